"""Sums over all projects, of which an edit has those added up again that it changed."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal

from perftui.model.record import Record

Counted = Sequence[Decimal]
"""What one project adds to each of some sums."""


class Tallies:
    """The sums of one document, kept up with it."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Mapping[str, Record], Counted]] = {}

    def sums(self, what: Hashable, projects: Mapping[str, Record], of: Callable[[Record], Counted]) -> Counted:
        """What ``of`` says of each project, added up; it is asked about the records that are new since the last time.

        ``what``: the name of these sums; what is counted under it is always the same. At least one project.
        """
        known = self._known.get(what)
        pairs = changed(known[0], projects) if known else None
        if known is None or pairs is None:
            total = _added(of(record) for record in projects.values())
        else:
            total = known[1]
            for old, new in pairs:
                total = [whole - gone + come for whole, gone, come in zip(total, of(old), of(new), strict=True)]
        self._known[what] = (projects, total)
        return total


def changed(before: Mapping[str, Record], after: Mapping[str, Record]) -> list[tuple[Record, Record]] | None:
    """The records that are others than before, each with the old one; ``None`` where the files are others."""
    if before is after:
        return []
    if len(before) != len(after) or list(before) != list(after):
        return None
    return [(old, new) for old, new in zip(before.values(), after.values(), strict=True) if old is not new]


def _added(parts: Iterable[Counted]) -> Counted:
    return [sum(column, Decimal(0)) for column in zip(*parts, strict=True)]
