"""An open document: edits run on it, every one of them is written at once, and changes from outside are merged in."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from perftui.editing.editor import HistoryMove
from perftui.editing.edits import AddFile, Edit, PutRow, SetValue
from perftui.editing.history import History, Step
from perftui.files.errors import FileError
from perftui.files.reading import SeenFiles
from perftui.files.sweep import sweep
from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import PROJECTS, Document, Location
from perftui.model.record import Record
from perftui.session.journal.entries import REDO, UNDO, CellDraft, Offer
from perftui.session.journal.recorder import JournalRecorder
from perftui.session.journal.recovery import Recovery, half_typed, has_place, read_draft, recover, same_field, to_edits
from perftui.session.last_seen import keep_seen
from perftui.session.losses import Loss
from perftui.session.sync import SyncedDocument
from perftui.session.unreviewed import changed_marks
from perftui.session.user import person
from perftui.store.create import new_project_file
from perftui.store.folder import DocumentFolder, document_folder
from perftui.store.open import LoadedDocument, open_document
from perftui.store.problem import Problem
from perftui.store.save import save_file
from perftui.store.saver import Saver, SaveStatus
from perftui.store.trash import DeletedProject, deleted_projects, not_there, replaced_versions

FLUSH_TIMEOUT = 10.0
"""Seconds that are waited for writes to finish."""


class FileLocked(Exception):  # noqa: N818 - named for what it says
    """The file cannot be read, so it is never written to; ``str()`` of it is a sentence for the person."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(_("文件有问题，不能修改。{problem}").format(problem=problem))
        self.problem = problem


class OpenDocument:
    """What both front ends do with a document. All methods may be called from any thread."""

    def __init__(self, opened: LoadedDocument, *, journal: bool = True) -> None:
        self.opened = opened
        """The document as it was read."""
        self.folder: DocumentFolder = opened.folder
        self.form: Form = opened.form
        self.on_status: Callable[[SaveStatus], None] = lambda _status: None
        """Called from the saver's thread when the status changes."""
        self.recovered = Recovery()
        """What came back from earlier processes."""
        self.left_at: object = None
        """Where the cursor was last, as plain values (JSON): the next start puts it there again."""
        self.is_typing = False
        """Is a cell being edited, its text not yet committed?"""
        self.left_over = ""
        """The sentence about temporary files of killed programs that may be somebody's work; "" without any."""
        self._saver = Saver(self._write_journal, lambda status: self.on_status(status))
        self._journal = JournalRecorder(self._saver.wake)
        self._shared = SyncedDocument(opened, self._save, self._journal_steps, self._journal.renamed)
        self._shared.merge_unmerged()  # before the journal: what it holds is merged into the files as they are now
        if journal and self.form.is_known:
            self._open_journal()
            self.left_over = swept(opened.folder)
        self.left_at = self.recovered.position
        for edits, label in self.recovered.steps:
            self.run(edits, label)
        self._journal.wake(0)

    @classmethod
    def open(cls, folder: DocumentFolder, *, journal: bool = True, seen: SeenFiles | None = None) -> "OpenDocument":
        """Open a document, and bring back what an ended process had not saved. Raises a FileError for its folder."""
        return cls(open_document(folder, seen), journal=journal)

    @property
    def document(self) -> Document:
        """The document as it is now."""
        return self._shared.editor.document

    @property
    def history(self) -> History:
        """What can be undone and done again."""
        return self._shared.editor.history

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The files that cannot be read."""
        return self._shared.files.problems

    @property
    def no_journal(self) -> str:
        """Why the journal could not be written, as a sentence; "" where it holds every edit."""
        return self._journal.failure

    @property
    def status(self) -> SaveStatus:
        """How the saving stands."""
        return self._saver.status

    def run(
        self, edits: Sequence[Edit], label: str, place: Location | None = None, seen: Document | None = None
    ) -> Step:
        """Make edits as one step, to be undone as one. Raises FileLocked or CannotApply; nothing has changed then.

        ``seen`` is the document on which they were made, where others may have changed it since: a field that they
        changed too gets a conflict.
        """
        with self._shared.lock:  # number 3 in the order of locks (session/sync)
            edits = self._shared.names.in_files(edits, seen, self.document)
            for edit in edits:
                problem = self._shared.files.problem(edit.file) or self._no_form()
                if problem is not None:
                    raise FileLocked(problem)
            made = self._shared.beside_others([without_blanks(edit) for edit in edits], seen)
            made += changed_marks(self.document, made)
            step = self._shared.editor.run(made, label, place)
            self._journal.step(step)
            self._save(edit.file for edit in step.edits)
        return step

    def undo(self) -> HistoryMove | None:
        """Take the last step back, except where somebody else changed something since; ``None``: nothing to undo."""
        return self._move(UNDO, self._shared.editor.undo)

    def redo(self) -> HistoryMove | None:
        """Do the step undone last again, except where somebody else has changed something since."""
        return self._move(REDO, self._shared.editor.redo)

    def new_file(self, record: Record) -> str:
        """The file that a new project gets."""
        taken = {*self.document.projects, *self._shared.files.names(), *(one.file for one in self.problems)}
        return new_project_file(record, self.form.project, taken)

    def changed_at(self, file: str) -> float | None:
        """When a file was last changed on disk, seconds since 1970; ``None`` where it is not there yet."""
        state = self._shared.files.states.get(file)
        return state.changed_at if state is not None else None

    def changed_elsewhere_at(self, file: str) -> float | None:
        """When a file was last changed on disk by anything but this session; ``None`` where it was not."""
        return self._shared.files.changed_elsewhere.get(file)

    def deleted(self) -> tuple[DeletedProject, ...]:
        """The projects deleted in the last 30 days that are not there now, the latest first; to be added again."""
        return not_there(deleted_projects(self.folder.folder, self.form.project), self.document.projects, self.form)

    def losses(self) -> tuple[Loss, ...]:
        """What changes from outside took since the last call: the versions before can be had back."""
        return self._shared.losses()

    def renames(self) -> dict[str, str]:
        """The files that others gave another name since the last call, each with that."""
        return self._shared.renames()

    def replaced(self) -> tuple[DeletedProject, ...]:
        """The versions of files, of 30 days, before changes from outside took much out of them, the latest first."""
        return replaced_versions(self.folder.folder, self.form)

    def bring_back(self, version: DeletedProject, label: str) -> None:
        """Make a file what it was in a version, as one step that can be undone. Raises FileLocked or CannotApply."""
        now = self.document.record(version.file) if self.document.has(version.file) else None
        self.run(to_edits(version.file, now, version.record), label, Location(file=version.file))

    def write_back(self, file: str) -> bool:
        """Put a file that cannot be read any more back as it is held here; False where nothing of it is held.

        What stands in the file goes to the bin. Raises a FileError.
        """
        return self._shared.write_back(file)

    def merge_copy(self, copy: str, label: str) -> str:
        """Merge a copy that another program left into its file by field, and put it into the bin; the file.

        Raises FileLocked, CannotApply or a FileError.
        """
        file, edits = self._shared.copy_merged(copy)
        if edits:
            self.run(edits, label, Location(file=file))
        self._shared.files.drop_copy(copy)
        return file

    def poll(self) -> tuple[Location, ...]:
        """Merge in what others changed on disk; the places that changed since the last call. Reads: for a worker."""
        return self._shared.poll()

    def draft(self, place: Location | None, text: str = "", begun: Document | None = None) -> None:
        """The cell that is being typed (``None``: no longer); it is in the journal at most a second later.

        ``begun`` is the document in which it was begun: where somebody changes the cell before the text is committed,
        also after another start, both are kept.
        """
        self.is_typing = place is not None
        self._journal.draft(half_typed(self.form, begun or self.document, place, text) if place else None)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The half-typed texts of ended sessions that nobody has put in or let go of, the latest first."""
        return self._journal.offers

    def hold(self, place: Location, text: str, draft: CellDraft | None = None) -> Offer:
        """Keep a text, meant for a place, until it is put in or let go of; ``draft``: as it was half typed."""
        return self._journal.hold(draft or half_typed(self.form, self.document, place, text))

    def put_in(self, offer: Offer) -> Step | None:
        """Put a half-typed text into its field; ``None`` where that is gone, or another now, and it stays offered.

        Raises EntryRefused where the field does not take it, FileLocked or CannotApply; it stays offered then, too.
        """
        place = offer.draft.place
        if not place.path or not has_place(self.document, place) or not same_field(self.form, offer.draft):
            return None
        begun, typed = read_draft(self.document, self.form, offer.draft)
        edit = SetValue(file=place.file, path=place.path, value=typed.value)
        step = self.run([edit], _("放入没有写完的文字"), place, seen=begun)
        self.let_go(offer)
        return step

    def let_go(self, offer: Offer) -> None:
        """A half-typed text of an ended session is not wanted any more."""
        self._journal.answered(offer)

    def position(self, plain: object) -> None:
        """Where the cursor is, as plain values, for the next start."""
        if self._journal.is_open:
            self.left_at = plain
        self._journal.position(plain)

    def give_way(self, limit: float) -> None:
        """Wait until the queued saves are done, at most ``limit`` seconds, so that the caller does not slow them."""
        self._saver.give_way(limit)

    def flush(self, timeout: float = FLUSH_TIMEOUT) -> SaveStatus:
        """Try everything that is not yet written, failed or not, and wait for it."""
        self._saver.retry()
        return self._saver.flush(timeout)

    def retry(self) -> None:
        """Try again at once what could not be written."""
        self._saver.retry()

    def close(self, timeout: float = FLUSH_TIMEOUT) -> SaveStatus:
        """Write what waits and let go of the document."""
        status = self._saver.close(timeout)
        self._journal.close()
        return status

    def keep_seen(self) -> None:
        """Keep what the files hold as they are left, so that what goes from them meanwhile can be told."""
        keep_seen(self.folder, self._shared.files.states)

    def _open_journal(self) -> None:
        old = self._journal.open(self.folder.folder)
        if old is None:
            return
        self.recovered = recover(self.document, [one.file for one in self.problems], old, person())
        self._shared.editor.history = self.recovered.history
        self._journal.begin(self.recovered)

    def _write_journal(self) -> str:
        self._journal.write(self._shared.editor, self._shared.lock)
        return ""

    def _journal_steps(self) -> None:
        with suppress(FileError):  # the saver runs into it again at once, and tells the person
            self._write_journal()

    def _move(self, kind: str, move: Callable[[], HistoryMove | None]) -> HistoryMove | None:
        with self._shared.lock:  # number 3
            moved = move()
            if moved is not None:
                self._journal.moved(kind, moved)
                self._save(edit.file for edit in moved.applied)
        return moved

    def _no_form(self) -> Problem | None:
        """Why nothing is written where the form's definition is not here."""
        return None if self.form.is_known else next(iter(self.opened.problems), None)

    def _save(self, files: Iterable[str]) -> None:
        if not self.form.is_known:
            return
        for file in dict.fromkeys(files):
            self._saver.submit(file, lambda file=file: self._write(file))  # type: ignore[misc]

    def _write(self, file: str) -> str:
        number = self._journal.number
        doubt = self._shared.write(file)
        self._journal.saved(file, number)
        return doubt


def without_blanks(edit: Edit) -> Edit:
    """The edit with ``None`` in the place of empty texts: a blank field is an absent key in the file."""
    match edit:
        case SetValue(value=""):
            return replace(edit, value=None)
        case PutRow(row=row) if "" in row.values.values():
            values = {key: value for key, value in row.values.items() if value != ""}
            return replace(edit, row=replace(row, values=values))
        case AddFile(record=record):
            for path in [path for path in record.paths() if record.value(path) == ""]:
                record = record.with_value(path, None)
            return replace(edit, record=record)
    return edit


def write_copy(session: OpenDocument, data: Path) -> DocumentFolder:
    """Write the whole document into another data folder, where it must not be yet. Raises a FileError.

    Files that cannot be read are not in the document, and so not in the copy.
    """
    target = document_folder(data, session.folder.year, session.folder.unit)
    if target.folder.exists():
        raise FileError(target.folder, _("已经在那里了，换一个文件夹"))
    for file, record in session.document.files():
        save_file(target, file, record, session.form.spec_of(file), None)
    return target


def swept(folder: DocumentFolder) -> str:
    """Remove temporary files of killed programs; the sentence about those that are kept, "" where none is."""
    kept = [path.name for place in (folder.folder, folder.path(PROJECTS)) for path in sweep(place).kept]
    if not kept:
        return ""
    return _("文件夹里有没写完的文件 {names}，可能是别人的内容，没有动").format(names=_("、").join(kept))
