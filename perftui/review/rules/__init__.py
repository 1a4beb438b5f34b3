"""The rules, one module a family.

A new rule is a function under ``@rule(id, severity, N_(title))`` in one of these modules, or in a new one that
``review/catalogue`` names; its page ``review/pages/ID.toml``; the English of its sentences in
``locale/en/review.toml``; and a higher ``RULES_VERSION`` in ``review/engine``, so that kept findings are made again.
Ids are never given twice. Where something is missing the tests of the pages and of the sentences say it.
"""
