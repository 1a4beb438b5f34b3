"""A command's edits of one file: read, made and written under the file's lock. The last one wins, and says over what.

Nothing is journalled: a command that failed has told so, and never comes back by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from perftui.editing.edits import DropRow, Edit, SetValue, apply_all
from perftui.files.locks import writing_lock
from perftui.files.writing import until_unchanged
from perftui.model.conflicts import conflict_rows
from perftui.model.document import DEPARTMENT, Document
from perftui.model.frozen import frozen
from perftui.model.record import CONFLICTS, Record
from perftui.session.open_document import without_blanks
from perftui.session.unreviewed import changed_marks
from perftui.store.open import LoadedDocument, read_state
from perftui.store.save import save_file


@frozen
class LockedChange:
    """What a command made of a file."""

    before: Record
    """What the edits were made on."""
    after: Record
    doubt: str
    """The sentence about a write that the disk did not confirm; "" where it did."""


def change_at_once(opened: LoadedDocument, file: str, make: Callable[[Document], Sequence[Edit]]) -> LockedChange:
    """Make edits on a file as it is on disk now; a conflict of a field that they set is settled by them.

    ``make`` is given the document with that version of the file. Raises BadFile, a FileError, CannotApply, and what
    ``make`` raises; nothing was written then.
    """
    return until_unchanged(partial(_locked, opened, file, make))


def _locked(opened: LoadedDocument, file: str, make: Callable[[Document], Sequence[Edit]]) -> LockedChange:
    with writing_lock(opened.folder.path(file)) as lock:
        return _change(opened, file, make, locked=lock.held)


def _change(
    opened: LoadedDocument, file: str, make: Callable[[Document], Sequence[Edit]], *, locked: bool
) -> LockedChange:
    state = read_state(opened.folder, file, opened.form)
    document = _with(opened.document, file, state.merged_record)
    edits = [without_blanks(edit) for edit in make(document)]
    edits += [*_settling(state.merged_record, edits), *changed_marks(document, edits)]
    after = apply_all(document, tuple(edits))[0].record(file)
    saved = save_file(opened.folder, file, after, opened.form.spec_of(file), state, locked=locked)
    return LockedChange(before=state.merged_record, after=after, doubt=saved.doubt)


def _with(document: Document, file: str, record: Record) -> Document:
    return replace(document, department=record) if file == DEPARTMENT else document.with_record(file, record)


def _settling(record: Record, edits: Sequence[Edit]) -> list[Edit]:
    """The conflicts of the fields that are set go: a person said what stands there."""
    waiting = conflict_rows(record)
    paths = dict.fromkeys(edit.path for edit in edits if isinstance(edit, SetValue))
    return [
        DropRow(file=edits[0].file, group=CONFLICTS, row_id=row.id) for path in paths for row in waiting.get(path, ())
    ]
