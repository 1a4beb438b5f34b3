"""Sums over all projects; after an edit only the changed projects are added up again."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal

from perftui.forms import RecordSpec
from perftui.forms.computed_fields import value_of
from perftui.model.money import parse_amount
from perftui.model.record import FieldPath, Record

Counted = Sequence[Decimal]
"""What one project adds to each of some sums."""

_NOTHING = Decimal("0.00")


class DocumentSums:
    """The sums of one document, kept up with it."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Mapping[str, Record], Counted]] = {}

    def sums(self, what: Hashable, projects: Mapping[str, Record], of: Callable[[Record], Counted]) -> Counted:
        """What ``of`` says of each project, added up; it is asked about the records that are new since the last time.

        ``what``: the name of these sums; what is counted under it is always the same. Without projects all are 0.
        """
        known = self._known.get(what)
        files = changed(known[0], projects) if known else None
        if known is None or files is None:
            total = _added([of(record) for record in projects.values()]) or [_NOTHING for _one in of(Record())]
        else:
            before, total = known
            for file in files:  # amounts are exact decimals: taking away and adding gives what adding anew would
                parts = zip(total, of(before[file]), of(projects[file]), strict=True)
                total = [whole - gone + come for whole, gone, come in parts]
        self._known[what] = (projects, total)
        return total


def changed(before: Mapping[str, Record], after: Mapping[str, Record]) -> list[str] | None:
    """The files whose records are others than before; ``None`` where there are other files, or in another order."""
    if before is after:
        return []
    if len(before) != len(after) or list(before) != list(after):
        return None
    return [file for file, old, new in zip(after, before.values(), after.values(), strict=True) if old is not new]


def amounts_at(spec: RecordSpec, record: Record, paths: Iterable[FieldPath]) -> list[Decimal]:
    """A record's amounts in 元, as they stand or are computed; what is blank or no amount counts nothing."""
    return [parse_amount(value_of(spec, record, path)) or Decimal(0) for path in paths]


def _added(parts: Sequence[Counted]) -> Counted:
    return [sum(column, _NOTHING) for column in zip(*parts, strict=True)]
