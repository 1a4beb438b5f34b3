"""Edits made on an older version than the current one: what others changed since becomes a conflict or a refusal."""

from collections.abc import Sequence

from perftui.editing.edits import CannotApply, DropFile, DropRow, Edit, PutRow, SetValue
from perftui.model.conflicts import FIELD
from perftui.model.document import Document, Location
from perftui.model.merge import merge
from perftui.model.record import CONFLICTS, Record, parse_path


class StaleEdit(CannotApply):
    """What was to be deleted has been changed by somebody else since it was seen."""


def with_conflicts(
    seen: Document, now: Document, edits: Sequence[Edit], theirs_by: str, ours_by: str = ""
) -> list[Edit]:
    """Edits made on the document as it was seen, to be applied to the one that is there now.

    A field that somebody else gave another value meanwhile takes ours, and theirs is kept beside it as a conflict.
    Raises StaleEdit where a row or a project was to be deleted that is another now.
    """
    settled = [edit for edit in edits if isinstance(edit, DropRow) and edit.group == CONFLICTS]
    drops = [edit for edit in settled if not seen.has(edit.file) or _stands(seen, now, edit)]
    found: list[Edit] = list(drops)
    for edit in edits:
        if edit in settled:
            continue
        found.append(edit)
        if not seen.has(edit.file) or not now.has(edit.file):
            continue
        before, after = seen.record(edit.file), now.record(edit.file)
        if before is after:
            continue
        if isinstance(edit, SetValue):
            found += _conflict(before, _without(after, edit.file, drops), edit, theirs_by, ours_by)
        elif isinstance(edit, DropFile) or (isinstance(edit, DropRow) and _is_another(before, after, edit)):
            raise StaleEdit(edit.file)
    return found


def disputed(edits: Sequence[Edit]) -> tuple[Location, ...]:
    """The fields of conflicts among edits: somebody else had changed what they changed."""
    return tuple(
        Location(file=edit.file, path=parse_path(edit.row.text(FIELD)))
        for edit in edits
        if isinstance(edit, PutRow) and edit.group == CONFLICTS
    )


def _conflict(before: Record, after: Record, edit: SetValue, theirs_by: str, ours_by: str) -> list[Edit]:
    """The merge of ours, made on what was there before, with what is there after somebody else's change."""
    if len(edit.path) == 3 and after.row(edit.path[0], edit.path[1]) is None:
        return []
    base, ours = (after.with_value(edit.path, value) for value in (before.value(edit.path), edit.value))
    merged = merge(base, ours, after, theirs_by, ours_by).record
    old, new = after.rows(CONFLICTS), merged.rows(CONFLICTS)
    return [
        *(DropRow(file=edit.file, group=CONFLICTS, row_id=row.id) for row in old if row not in new),
        *(PutRow(file=edit.file, group=CONFLICTS, row=row) for row in new if row not in old),
    ]


def _stands(seen: Document, now: Document, drop: DropRow) -> bool:
    """Is a conflict that was settled still the one that was seen? Else what came since waits to be settled too."""
    row = now.record(drop.file).row(CONFLICTS, drop.row_id) if now.has(drop.file) else None
    return row is not None and row == seen.record(drop.file).row(CONFLICTS, drop.row_id)


def _without(record: Record, file: str, drops: Sequence[DropRow]) -> Record:
    for drop in drops:
        record = record.without_row(CONFLICTS, drop.row_id) if drop.file == file else record
    return record


def _is_another(before: Record, after: Record, edit: DropRow) -> bool:
    now = after.row(edit.group, edit.row_id)
    return now is not None and now != before.row(edit.group, edit.row_id)
