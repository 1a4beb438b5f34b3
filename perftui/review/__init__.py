"""The review of a document: the rules, the engine that asks them, what they find, and the reports of it."""
