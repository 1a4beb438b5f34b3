"""The review rules, one small module a family."""
