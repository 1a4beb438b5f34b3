"""What an ended process had journalled but not saved is merged into the files as they are now."""

from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any

from perftui.editing.edits import AddFile, CannotApply, DropFile, DropRow, Edit, PutRow, SetValue, apply_to_record
from perftui.editing.entry import EntryResult, read_as_begun
from perftui.editing.history import MOST_STEPS, History, Step
from perftui.forms import Form, Role
from perftui.locale import _
from perftui.model.diff import FieldChange, RowAdded, RowRemoved, diff, same_values
from perftui.model.document import Document, Location, file_stem
from perftui.model.frozen import frozen
from perftui.model.merge import merge
from perftui.model.record import Record, Row
from perftui.session.journal.entries import CellDraft, JournalReplay, Offer, replay
from perftui.session.journal.log import EndedJournal
from perftui.session.journal.old_marks import marks_again


@frozen
class Recovery:
    """What came back from the journals of earlier processes."""

    edits: tuple[Edit, ...] = ()
    """The edits that turn the files as they are now into what was typed."""
    conflicts: tuple[Location, ...] = ()
    """Fields that somebody else had changed meanwhile: both values are kept."""
    lost: tuple[str, ...] = ()
    """Files that cannot take their unsaved edits now; the journal keeps those."""
    history: History = field(default_factory=History)
    draft: CellDraft | None = None
    """The cell that was being typed last."""
    offers: tuple[Offer, ...] = ()
    """The other texts that were left half typed, the latest first."""
    position: Any = None
    """Where the cursor was."""
    marks: tuple[Edit, ...] = ()
    """The edits that mark again what a journal of the version before says was copied and not looked at."""

    @property
    def steps(self) -> list[tuple[tuple[Edit, ...], str]]:
        """The edits to be run, each lot as a step of its own, so that the person can undo it, with its label."""
        lots = [(self.edits, _("恢复没有保存的修改")), (self.marks, _("恢复“还没有核对”的记号"))]
        return [(edits, label) for edits, label in lots if edits]

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
        if self.offers:
            parts.append(_("还有 {count} 处没有写完的文字留着").format(count=len(self.offers)))
        if self.lost:
            names = _("、").join(file_stem(file) for file in self.lost)
            parts.append(_("{names} 现在不能写，上次没有保存的修改还在日志里").format(names=names))
        return _("；").join(parts)


def recover(document: Document, locked: Sequence[str], journals: Sequence[EndedJournal], person: str) -> Recovery:
    """Merge the unsaved edits of old journals, oldest first, into a document; ``locked`` files cannot be written."""
    edits: list[Edit] = []
    conflicts: list[Location] = []
    lost: list[str] = []
    all_found: list[JournalReplay] = []
    for journal in journals:
        found = replay(journal.entries)
        all_found.append(found)
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
    own = sorted((found for found in all_found if found.person == person), key=lambda found: found.at)
    mine = own[-1] if own else JournalReplay()
    last = next((found for found in reversed(own) if found.draft and found.draft.place.file), None)
    return Recovery(
        edits=tuple(edits),
        conflicts=tuple(conflicts),
        lost=tuple(lost),
        history=_histories(own),
        draft=last.draft if last else None,
        offers=_offers(document, all_found, last),
        position=(last or mine).position,
        marks=tuple(marks_again(document, [found.marks for found in own])),
    )


def _offers(document: Document, all_found: Sequence[JournalReplay], last: JournalReplay | None) -> tuple[Offer, ...]:
    """Every half-typed text but the one that is opened again, unless its field has come to hold it."""
    offers: dict[str, Offer] = {}
    for found in all_found:
        offers.update(found.offers)
        if found.draft and found is not last:
            place = found.draft.place
            made = f"{found.at} {place.file} {'.'.join(place.path)}"
            offers[made] = Offer(id=made, draft=found.draft, person=found.person, at=found.at)
    waiting = [one for one in offers.values() if one.draft.text and not _is_there(document, one.draft)]
    return tuple(sorted(waiting, key=lambda one: -one.at))


def _is_there(document: Document, draft: CellDraft) -> bool:
    place = draft.place
    if not place.path or not document.has(place.file):
        return False
    return document.record(place.file).text(place.path) == draft.text


def _histories(own: Sequence[JournalReplay]) -> History:
    """The steps of all sessions in the order of their times; each began with those of the sessions before it."""
    done: list[Step] = []
    for found in own:
        done += [step for step in found.history.done if step not in done]
    done.sort(key=lambda step: step.at)
    return History(done=tuple(done[-MOST_STEPS:]), undone=own[-1].history.undone if own else ())


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


def half_typed(form: Form, begun: Document, place: Location, text: str) -> CellDraft:
    """A text that is being typed, or is kept, in a document as it was ``begun``."""
    known = place.path and begun.has(place.file)
    held = (begun.record(place.file).value(place.path),) if known else ()
    unit = form.amount_unit_of(begun.department)
    return CellDraft(place=place, text=text, over=held, unit=unit, kind=_kind_at(form, place))


def same_field(form: Form, draft: CellDraft) -> bool:
    """Does the field of a half-typed text hold, after the form as it is now, what it held then?"""
    return draft.kind in ("", _kind_at(form, draft.place))


def _kind_at(form: Form, place: Location) -> str:
    field = form.spec_of(place.file).field(place.path)
    return field.kind.value if field is not None else ""


def read_draft(document: Document, form: Form, draft: CellDraft) -> tuple[Document, EntryResult]:
    """The document as it was when a text was begun, and the value that its field takes. Raises EntryRefused."""
    place, begun = draft.place, as_begun(document, form, draft)
    now, then = (form.amount_unit_of(one.department) for one in (document, begun))
    return begun, read_as_begun(form, form.spec_of(place.file), place.path, draft.text, now, then)


def as_begun(document: Document, form: Form, draft: CellDraft) -> Document:
    """The document in which a half-typed cell was begun, as far as that cell is concerned.

    An edit that is run as seen in it is an ordinary one where the cell is as it was, and else a conflict.
    """
    place, unit_at = draft.place, form.department.path_of(Role.AMOUNT_UNIT)
    if draft.unit and unit_at is not None and draft.unit != form.amount_unit_of(document.department):
        document = replace(document, department=document.department.with_value(unit_at, draft.unit))
    record = document.record(place.file)
    if not draft.over or not has_place(document, place) or draft.over[0] == record.value(place.path):
        return document
    return document.with_record(place.file, record.with_value(place.path, draft.over[0]))


def has_place(document: Document, place: Location) -> bool:
    """Is the file there, and where a place is in a row, the row?"""
    if not document.has(place.file):
        return False
    return len(place.path) != 3 or document.record(place.file).row(place.path[0], place.path[1]) is not None
