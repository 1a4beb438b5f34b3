"""Every rule there is, by id."""

from typing import Final

from perftui.review.rule_definition import Rule, Scope
from perftui.review.rules import (
    codes,
    comparison,
    copied_years,
    department_parts,
    department_texts,
    document,
    field_kinds,
    funds,
    goals,
    indicators_fit,
    indicators_rows,
    indicators_sense,
    indicators_values,
    indicators_words,
    open_remarks,
    plan,
    private_use,
    texts,
    unknown,
    unreviewed,
    weights,
    wording,
)

_FAMILIES: Final = (
    codes,
    funds,
    plan,
    goals,
    indicators_fit,
    indicators_rows,
    indicators_sense,
    indicators_values,
    indicators_words,
    department_parts,
    department_texts,
    texts,
    field_kinds,
    private_use,
    wording,
    copied_years,
    weights,
    comparison,
    document,
    unreviewed,
    open_remarks,
    unknown,
)

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted(
        (one for family in _FAMILIES for one in vars(family).values() if isinstance(one, Rule)), key=lambda one: one.id
    )
)
"""The rules in the order of their ids."""

_BY_ID: Final = {rule.id: rule for rule in RULES}
FILE_RULES: Final = tuple(rule for rule in RULES if rule.scope is Scope.FILE)
DOCUMENT_RULES: Final = tuple(rule for rule in RULES if rule.scope is Scope.DOCUMENT)


def rule_of(rule_id: str) -> Rule | None:
    """The rule with an id; ``None`` where there is none."""
    return _BY_ID.get(rule_id)


def ids_beginning_with(prefixes: tuple[str, ...]) -> frozenset[str]:
    """The ids that begin with one of the prefixes: ``I`` all indicators' rules, ``I01`` ten of them."""
    return frozenset(rule.id for rule in RULES if rule.id.startswith(prefixes))
