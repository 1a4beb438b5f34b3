"""Every rule there is, by id."""

from typing import Final

from perftui.review import (
    across,
    codes,
    department,
    department_texts,
    funds,
    goals,
    indicators_fit,
    indicators_rows,
    indicators_values,
    indicators_words,
    plan,
    private_use,
    texts,
    whole,
)
from perftui.review.rule import Rule, Scope

_FAMILIES: Final = (
    codes,
    funds,
    plan,
    goals,
    indicators_fit,
    indicators_rows,
    indicators_values,
    indicators_words,
    department,
    department_texts,
    texts,
    private_use,
    across,
    whole,
)

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda r: r.id)
)
"""The rules in the order of their ids."""

_BY_ID: Final = {rule.id: rule for rule in RULES}
FILE_RULES: Final = tuple(rule for rule in RULES if rule.scope is Scope.FILE)
SURVEY_RULES: Final = tuple(rule for rule in RULES if rule.scope is Scope.DOCUMENT)


def rule_of(rule_id: str) -> Rule | None:
    """The rule with an id; ``None`` where there is none."""
    return _BY_ID.get(rule_id)


def chosen(prefixes: tuple[str, ...]) -> frozenset[str]:
    """The ids that begin with one of the prefixes: ``I`` all indicators' rules, ``I01`` ten of them."""
    return frozenset(rule.id for rule in RULES if rule.id.startswith(prefixes))
