"""The rules, one module a family; each is a function that ``rule_definition`` makes a rule."""
