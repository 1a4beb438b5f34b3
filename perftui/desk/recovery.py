"""What an ended process had journalled but not saved is merged into the files as they are now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from perftui.desk.journaling import Draft, Replayed, replay
from perftui.desk.unseen import Marks
from perftui.editing.edits import AddFile, CannotApply, DropFile, DropRow, Edit, PutRow, SetValue, apply_to_record
from perftui.editing.history import History
from perftui.locale import _
from perftui.model.diff import FieldChange, RowAdded, RowRemoved, diff, same_values
from perftui.model.document import Document, Location, file_stem
from perftui.model.merge import merge
from perftui.model.record import Record, Row
from perftui.store.journal import OldJournal


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What came back from the journals of earlier processes."""

    edits: tuple[Edit, ...] = ()
    """The edits that turn the files as they are now into what was typed."""
    conflicts: tuple[Location, ...] = ()
    """Fields that somebody else had changed meanwhile: both values are kept."""
    lost: tuple[str, ...] = ()
    """Files that cannot take their unsaved edits now; the journal keeps those."""
    history: History = field(default_factory=History)
    draft: Draft | None = None
    """The cell that was being typed."""
    position: Any = None
    """Where the cursor was."""
    unseen: Marks = field(default_factory=dict)
    """What was copied in and not looked at."""

    @property
    def message(self) -> str:
        """A sentence for the person; "" where nothing is to be said."""
        parts = []
        if self.edits:
            parts.append(_("恢复了上次没有保存的 {count} 处修改").format(count=len(self.edits)))
        if self.conflicts:
            parts.append(_("其中 {count} 处别人也改过，两边都留着").format(count=len(self.conflicts)))
        if self.draft:
            parts.append(_("恢复了正在输入的一格"))
        if self.lost:
            names = _("、").join(file_stem(file) for file in self.lost)
            parts.append(_("{names} 现在不能写，上次没有保存的修改还在日志里").format(names=names))
        return _("；").join(parts)


def recover(document: Document, locked: Sequence[str], journals: Sequence[OldJournal], person: str) -> Recovered:
    """Merge the unsaved edits of old journals, oldest first, into a document; ``locked`` files cannot be written."""
    edits: list[Edit] = []
    conflicts: list[Location] = []
    lost: list[str] = []
    mine = Replayed()
    for journal in journals:
        found = replay(journal.entries)
        for file, unsaved in found.unsaved.items():
            disk = document.record(file) if document.has(file) else None
            chain = versions(disk, [(edit, inverse) for _number, edit, inverse in unsaved])
            # A file that cannot be read is never written to, so its edits wait in the journal until it is mended.
            if file in locked or (disk is None and not any(chain)):
                lost.append(file)
                continue
            record, places = merged(file, disk, chain, found.person)
            edits += to_edits(file, disk, record)
            conflicts += places
            document = document.without(file) if record is None else document.with_record(file, record)
        if found.person == person and found.at >= mine.at:
            mine = found
    return Recovered(
        edits=tuple(edits),
        conflicts=tuple(conflicts),
        lost=tuple(lost),
        history=mine.history,
        draft=mine.draft,
        position=mine.position,
        unseen={file: marks for file, marks in mine.unseen.items() if document.has(file)},
    )


def versions(disk: Record | None, edits: Sequence[tuple[Edit, Edit]]) -> list[Record | None]:
    """Every version that a file went through while the edits were made, the first one before them."""
    record = disk
    for _edit, inverse in reversed(edits):
        record = _made(record, inverse)
    found = [record]
    for edit, _inverse in edits:
        record = _made(record, edit)
        found.append(record)
    return found


def merged(
    file: str, disk: Record | None, chain: Sequence[Record | None], person: str
) -> tuple[Record | None, list[Location]]:
    """What is on disk with the last version merged in; the fields found in conflict."""
    last = chain[-1]
    known = [record for record in chain if record is not None]
    if disk is None:
        return last, []
    if last is None:
        left_alone = any(same_values(record, disk) for record in known)
        return (None if left_alone else disk), []
    by = _("{person} 没有保存的修改").format(person=person)
    result = merge(_nearest(known, disk), disk, last, by)
    return result.record, [Location(file=file, path=path) for path in result.conflicts]


def to_edits(file: str, old: Record | None, new: Record | None) -> list[Edit]:
    """The edits that lead from one version of a file to another."""
    if old is None or new is None:
        return [AddFile(file=file, record=new)] if new else [DropFile(file=file)] if old else []
    edits: list[Edit] = []
    for change in diff(old, new):
        match change:
            case FieldChange():
                edits.append(SetValue(file=file, path=change.path, value=change.new))
            case RowAdded():
                notes = new.row_comments(change.group, change.row.id)
                edits.append(PutRow(file=file, group=change.group, row=change.row, comments=notes))
            case RowRemoved():
                edits.append(DropRow(file=file, group=change.group, row_id=change.row.id))
    return edits


def _made(record: Record | None, edit: Edit) -> Record | None:
    """A version after an edit, as far as the edit has its place in it."""
    if isinstance(edit, AddFile):
        return edit.record
    if record is None or isinstance(edit, DropFile):
        return None
    try:
        return apply_to_record(record, edit)
    except CannotApply:
        return record


def _nearest(chain: Sequence[Record], disk: Record) -> Record:
    """The base of the three-way merge: the first version, but field by field the later one of ours that is on disk."""
    base = chain[0]
    for change in diff(base, disk):
        match change:
            case FieldChange():
                if any(_holds(record, change) for record in chain):
                    base = base.with_value(change.path, change.new)
            case RowAdded():
                rows = [row for record in chain if (row := record.row(change.group, change.row.id))]
                if rows:
                    base = base.with_row(change.group, _nearest_row(rows, change.row))
            case RowRemoved():
                if any(record.row(change.group, change.row.id) is None for record in chain):
                    base = base.without_row(change.group, change.row.id)
    return base


def _holds(record: Record, change: FieldChange) -> bool:
    """Does a version hold the new value? A row that is not there holds no blank."""
    if len(change.path) == 3 and record.row(change.path[0], change.path[1]) is None:
        return False
    return bool(record.value(change.path) == change.new)


def _nearest_row(rows: Sequence[Row], disk: Row) -> Row:
    row = rows[0]
    for key, value in disk.values.items():
        if any(other.values.get(key) == value for other in rows):
            row = row.with_value(key, value)
    return row
