"""Conflicts that a merge left in a record: what they are, and the edits that settle them."""

from collections.abc import Mapping, Sequence

from perftui.editing.edits import DropFile, DropRow, Edit, PutRow, SetValue
from perftui.model.conflicts import (
    BASE,
    DELETED,
    OURS,
    OURS_BY,
    THEIRS,
    THEIRS_BY,
    WHOLE,
    Side,
    conflict_rows,
    dispute_of,
    is_about_row,
    value_at,
)
from perftui.model.document import Document, Location
from perftui.model.equality import equal
from perftui.model.frozen import frozen
from perftui.model.record import CONFLICTS, FieldPath, Plain, Record, Row


@frozen
class Conflict:
    """A field, or a whole row, to which several people gave different values."""

    ids: tuple[str, ...]
    """The rows of the table of conflicts that are settled with it."""
    place: Location
    base: Plain | None
    """What it was before; ``None``: blank or not there."""
    ours: Side
    """What the field holds now. Of a row: its values, ``None`` where this side took it out."""
    others: tuple[Side, ...]
    """Every other value, one at least."""
    is_row: bool

    @property
    def sides(self) -> Mapping[str, Side]:
        """All values that it can be settled for, by name: ``ours``, ``theirs``, ``theirs2`` and on, ``base`` last."""
        if self.place.path == WHOLE:  # a project stays, or goes
            return {OURS: self.ours, THEIRS: self.others[0]}
        others = {THEIRS if at == 1 else f"{THEIRS}{at}": side for at, side in enumerate(self.others, 1)}
        return {OURS: self.ours, **others, BASE: Side(value=self.base)}


def conflicts_of(file: str, record: Record) -> tuple[Conflict, ...]:
    """The conflicts of a file that nobody has settled yet, one a field, whatever its rows."""
    return tuple(_conflict(file, record, path, rows) for path, rows in conflict_rows(record).items())


def settling(record: Record, conflict: Conflict, side: str) -> list[Edit]:
    """The edits that settle a conflict for one of its sides, by name."""
    file, path, value = conflict.place.file, conflict.place.path, conflict.sides[side].value
    done: list[Edit] = [DropRow(file=file, group=CONFLICTS, row_id=row_id) for row_id in conflict.ids]
    if path == WHOLE:
        return [DropFile(file=file)] if value == DELETED else done
    if conflict.is_row:
        return [*_row_edits(file, record, path, value), *done]
    if len(path) == 1 and (isinstance(value, Mapping) or (path[0] not in record.head and value is not None)):
        return done if side == OURS else []  # a value on one side and a table on the other: for hand and editor
    gone = len(path) == 3 and record.row(path[0], path[1]) is None
    if gone or equal(record.value(path), value):
        return done
    return [SetValue(file=file, path=path, value=value), *done]


def settled_by_hand(seen: Document, now: Document, edits: Sequence[Edit]) -> list[Edit]:
    """What texts typed into fields settle: the conflicts that the person saw there, as far as they still stand."""
    typed = [edit for edit in edits if isinstance(edit, SetValue) and seen.has(edit.file) and now.has(edit.file)]
    return [
        DropRow(file=edit.file, group=CONFLICTS, row_id=row.id)
        for edit in typed
        for row in conflict_rows(seen.record(edit.file)).get(edit.path, ())
        if now.record(edit.file).row(CONFLICTS, row.id) == row
    ]


def _row_edits(file: str, record: Record, path: FieldPath, values: Plain | None) -> list[Edit]:
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
        if not equal(now.values.get(key), values.get(key))
    ]


def _conflict(file: str, record: Record, path: FieldPath, rows: Sequence[Row]) -> Conflict:
    is_row = is_about_row(record, path, rows)
    if is_row:
        held, by = rows[0].values.get(OURS), rows[0].text(OURS_BY)
    else:
        held, by = value_at(record, path), ""
    dispute = dispute_of(rows, held, by)
    others = dispute.others or (Side(value=rows[0].values.get(THEIRS), by=rows[0].text(THEIRS_BY)),)
    return Conflict(
        ids=tuple(row.id for row in rows), place=Location(file=file, path=path), base=dispute.base, ours=dispute.ours,
        others=others, is_row=is_row,
    )  # fmt: skip
