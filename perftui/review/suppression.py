"""One cause, one finding: where several rules find the same cause in one cell, only the first of them is kept."""

from collections.abc import Iterable
from typing import Final

from perftui.model.record import FieldPath
from perftui.review.rule_definition import Hit, Rule

_ORDER: Final = (
    ("G002", "G003", "G004"),
    ("I005", "I007", "I010", "I011", "I018", "I014", "I025", "I012", "I013", "I015", "I016", "I017"),
    ("I006", "I008"),
    ("P003", "P004", "P005"),
)
"""Families of rules that find the same cause, the most exact rule first."""
_RANK: Final = {rule: (family, rank) for family, rules in enumerate(_ORDER) for rank, rule in enumerate(rules)}


def suppress_repeats(hits: Iterable[tuple[Rule, Hit]]) -> list[tuple[Rule, Hit]]:
    """The hits without those that an earlier rule of the same family in ``_ORDER`` explains in the same cell."""
    found = list(hits)
    nearest: dict[tuple[FieldPath, int], int] = {}
    for rule, hit in found:
        if rule.id in _RANK:
            family, rank = _RANK[rule.id]
            nearest[hit.path, family] = min(rank, nearest.get((hit.path, family), rank))
    return [(rule, hit) for rule, hit in found if _is_nearest(rule, hit, nearest)]


def _is_nearest(rule: Rule, hit: Hit, nearest: dict[tuple[FieldPath, int], int]) -> bool:
    if rule.id not in _RANK:
        return True
    family, rank = _RANK[rule.id]
    return nearest[hit.path, family] == rank
