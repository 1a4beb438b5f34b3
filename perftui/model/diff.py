"""How two records differ: field by field, rows by id. The one comparison that undo, saving, merge and git views use."""

from collections.abc import Iterator, Mapping

from perftui.model.equality import equal
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Plain, Record, Row


@frozen
class FieldChange:
    """A field that has another value; ``None`` stands for blank."""

    path: FieldPath
    old: Plain | None
    new: Plain | None


@frozen
class RowAdded:
    """A row that the old record did not have."""

    group: str
    row: Row


@frozen
class RowRemoved:
    """A row that the new record does not have."""

    group: str
    row: Row


Change = FieldChange | RowAdded | RowRemoved


def diff(old: Record, new: Record) -> tuple[Change, ...]:
    """The changes that lead from the old record to the new, in the new record's order."""
    changes: list[Change] = list(_values((), old.head, new.head))
    for table in _keys(old.tables, new.tables):
        changes += _values((table,), old.tables.get(table, {}), new.tables.get(table, {}))
    for group in _keys(old.groups, new.groups):
        changes += _rows(group, old, new)
    return tuple(changes)


def _values(prefix: FieldPath, old: Mapping[str, Plain], new: Mapping[str, Plain]) -> Iterator[FieldChange]:
    for key in _keys(old, new):
        before, after = old.get(key), new.get(key)
        if before is not after and not equal(before, after):
            yield FieldChange(path=(*prefix, key), old=before, new=after)


def _rows(group: str, old: Record, new: Record) -> Iterator[Change]:
    before = {row.id: row for row in old.rows(group)}
    after = {row.id: row for row in new.rows(group)}
    for row_id, row in after.items():
        if row_id in before:
            yield from _values((group, row_id), before[row_id].values, row.values)
        else:
            yield RowAdded(group=group, row=row)
    yield from (RowRemoved(group=group, row=row) for row_id, row in before.items() if row_id not in after)


def _keys(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    return [*new, *(key for key in old if key not in new)]


def same(one: Record, other: Record) -> bool:
    """Do two records hold the same values and the same comments?"""
    return same_values(one, other) and one.comments == other.comments


def same_values(one: Record, other: Record) -> bool:
    """Do two records hold the same values, whatever their comments?"""
    return not diff(one, other)
