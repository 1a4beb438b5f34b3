"""Conflicts that a merge left in a record: what they are, and the edits that settle them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perftui.editing.edits import DropRow, Edit, PutRow, SetValue
from perftui.model.document import Document, Location
from perftui.model.merge import BASE, FIELD, OURS, THEIRS, THEIRS_BY
from perftui.model.record import CONFLICTS, Path, Plain, Record, Row

_ROW_PARTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field, or a whole row, that two sides changed."""

    id: str
    place: Location
    base: Plain | None
    """What it was before; ``None``: blank or not there."""
    ours: Plain | None
    """What the field holds now. Of a row: its values, ``None`` where this side took it out."""
    theirs: Plain | None
    theirs_by: str
    is_row: bool


def conflicts_of(file: str, record: Record) -> tuple[Conflict, ...]:
    """The conflicts of a file that nobody has settled yet."""
    return tuple(_conflict(file, record, row) for row in record.rows(CONFLICTS) if row.text(FIELD))


def settling(record: Record, conflict: Conflict, side: str) -> list[Edit]:
    """The edits that settle a conflict for ``"base"``, ``"ours"`` or ``"theirs"``."""
    file, path = conflict.place.file, conflict.place.path
    value: Plain | None = {BASE: conflict.base, OURS: conflict.ours, THEIRS: conflict.theirs}[side]
    done = DropRow(file=file, group=CONFLICTS, row_id=conflict.id)
    if conflict.is_row:
        return [*_row_edits(file, record, path, value), done]
    if len(path) == 1 and (isinstance(value, Mapping) or (path[0] not in record.head and value is not None)):
        return [done] if side == OURS else []  # a value on one side and a table on the other: for hand and editor
    gone = len(path) == 3 and record.row(path[0], path[1]) is None
    if gone or record.value(path) == value:
        return [done]
    return [SetValue(file=file, path=path, value=value), done]


def settled_by_hand(seen: Document, now: Document, edits: Sequence[Edit]) -> list[Edit]:
    """What texts typed into fields settle: the conflicts that the person saw there, as far as they still stand."""
    typed = [edit for edit in edits if isinstance(edit, SetValue) and seen.has(edit.file) and now.has(edit.file)]
    return [
        DropRow(file=edit.file, group=CONFLICTS, row_id=conflict.id)
        for edit in typed
        for conflict in conflicts_of(edit.file, seen.record(edit.file))
        if conflict.place.path == edit.path and now.record(edit.file).row(CONFLICTS, conflict.id)
    ]


def _row_edits(file: str, record: Record, path: Path, values: Plain | None) -> list[Edit]:
    group, row_id = path
    now = record.row(group, row_id)
    if not isinstance(values, Mapping):
        return [DropRow(file=file, group=group, row_id=row_id)] if now else []
    if now is None:
        return [PutRow(file=file, group=group, row=Row(id=row_id, values=dict(values)))]
    keys = dict.fromkeys((*now.values, *values))
    return [
        SetValue(file=file, path=(group, row_id, key), value=values.get(key))
        for key in keys
        if now.values.get(key) != values.get(key)
    ]


def _conflict(file: str, record: Record, row: Row) -> Conflict:
    path = record.path_named(row.text(FIELD))
    base, ours, theirs = (row.values.get(side) for side in (BASE, OURS, THEIRS))
    is_row = (
        len(path) == _ROW_PARTS
        and path[0] not in record.tables
        and any(isinstance(side, Mapping) for side in (base, ours, theirs))
    )
    return Conflict(
        id=row.id,
        place=Location(file=file, path=path),
        base=base,
        ours=ours,
        theirs=theirs,
        theirs_by=row.text(THEIRS_BY),
        is_row=is_row,
    )
