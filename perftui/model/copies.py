"""A record and a copy of it that are taken for one: nothing goes from one into the other unless a person says so."""

from collections.abc import Iterator
from dataclasses import replace

from perftui.model.conflicts import OURS, THEIRS, ConflictingValues, Side, rows_of, value_at
from perftui.model.diff import Change, FieldChange, diff
from perftui.model.equality import equal
from perftui.model.merge import MergeResult, merge
from perftui.model.record import CONFLICTS, ORDER, UNREVIEWED, FieldPath, Plain, Record, in_order

_Sides = tuple[Plain | None, Plain | None, Plain | None]
_APART = (CONFLICTS, UNREVIEWED)


def merge_with_copy(base: Record, ours: Record, theirs: Record, theirs_by: str, ours_by: str, copy: str) -> MergeResult:
    """Merge three versions of a record, of which ``ours`` or ``theirs`` may be a ``copy`` of what the others are."""
    if copy == OURS:
        return kept_apart(base, ours, theirs, ours_by, theirs_by)
    if copy == THEIRS:
        return kept_apart(base, theirs, ours, theirs_by, ours_by)
    return merge(base, ours, theirs, theirs_by, ours_by)


def kept_apart(base: Record, copy: Record, edited: Record, copied_by: str, edited_by: str) -> MergeResult:
    """The copy as it is, with all that was edited in the record it was made from, ``base``, as conflicts."""
    found = dict(_differing(base, copy, edited))
    known = {row.id for record in (base, copy) for row in record.rows(CONFLICTS)}
    rows = [*copy.rows(CONFLICTS), *(row for row in edited.rows(CONFLICTS) if row.id not in known)]
    for path, (before, held, new) in found.items():
        sides = Side(value=held, by=copied_by), Side(value=new, by=edited_by)
        dispute = ConflictingValues(base=before, ours=sides[0], others=sides[1:])
        rows += rows_of(path, dispute, [row.id for row in rows], {})
    groups = {**copy.groups, CONFLICTS: in_order(rows)} if rows else copy.groups
    return MergeResult(record=replace(copy, groups=groups), conflicts=tuple(found))


def _differing(base: Record, copy: Record, edited: Record) -> Iterator[tuple[FieldPath, _Sides]]:
    """What was edited and stands otherwise in the copy: before, in the copy, and as edited."""
    for change in diff(base, edited):
        path = _place(change, copy)
        if path[0] in _APART or path[-1] == ORDER:
            continue
        before, held, new = (_value(record, path) for record in (base, copy, edited))
        if not equal(held, new):
            yield path, (before, held, new)


def _place(change: Change, copy: Record) -> FieldPath:
    """What a change is about: a field, or the whole row where the copy does not have it."""
    if not isinstance(change, FieldChange):
        return change.group, change.row.id
    is_gone = len(change.path) == 3 and copy.row(change.path[0], change.path[1]) is None
    return change.path[:2] if is_gone else change.path


def _value(record: Record, path: FieldPath) -> Plain | None:
    row = record.row(*path) if len(path) == 2 and path[0] not in record.tables else None
    return dict(row.values) if row is not None else value_at(record, path)
