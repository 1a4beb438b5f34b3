"""Sums and widths over all projects; after an edit only the changed projects are looked at again."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal

from perftui.forms import RecordSpec, Role
from perftui.forms.computed_fields import role_text, value_of
from perftui.model.money import parse_amount
from perftui.model.record import FieldPath, Record
from perftui.model.width import cell_lens

Counted = Sequence[Decimal]
"""What one project adds to each of some sums."""

_NOTHING = Decimal("0.00")


class DocumentSums:
    """The sums of one document, kept up with it."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Mapping[str, Record], Counted]] = {}
        self._widest: dict[Hashable, tuple[Mapping[str, Record], tuple[int, ...]]] = {}

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

    def widest(
        self, what: Hashable, projects: Mapping[str, Record], of: Callable[[Record], Sequence[str]]
    ) -> tuple[int, ...]:
        """The cells of the widest text in each of some columns; ``of`` gives a project's texts, one a column.

        A column that was once wide stays so while the projects are the same ones: nothing moves under the hand.
        """
        known = self._widest.get(what)
        files = changed(known[0], projects) if known else None
        if known is None or files is None:
            files, widths = list(projects), tuple(0 for _text in of(Record()))
        else:
            widths = known[1]
        columns = zip(*(of(projects[file]) for file in files), strict=True)
        widths = tuple(map(max, widths, (max(cell_lens(column)) for column in columns))) if files else widths
        self._widest[what] = (projects, widths)
        return widths


def changed(before: Mapping[str, Record], after: Mapping[str, Record]) -> list[str] | None:
    """The files whose records are others than before; ``None`` where there are other files."""
    if before is after:
        return []
    if before.keys() != after.keys():
        return None
    return [file for file, record in after.items() if before[file] is not record]


def amounts_at(spec: RecordSpec, record: Record, paths: Iterable[FieldPath]) -> list[Decimal]:
    """A record's amounts in 元, as they stand or are computed; what is blank or no amount counts nothing."""
    return [parse_amount(value_of(spec, record, path)) or Decimal(0) for path in paths]


def total_of(spec: RecordSpec, record: Record) -> Decimal:
    """A project's total in 元, as it stands or is computed; 0 where it is blank or no amount, or the form has none."""
    return parse_amount(role_text(spec, record, Role.TOTAL)) or Decimal(0)


def _added(parts: Sequence[Counted]) -> Counted:
    return [sum(column, _NOTHING) for column in zip(*parts, strict=True)]
