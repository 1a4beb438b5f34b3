"""The last good version of a file that cannot be read now: bin, git, journal and the last visit have it."""

from collections.abc import Iterator
from contextlib import suppress

from perftui.editing.edits import AddFile, CannotApply, DropFile, apply_to_record
from perftui.editing.history import History
from perftui.files.errors import FileError
from perftui.forms import Form
from perftui.model.record import Record
from perftui.session.last_seen import SeenTexts
from perftui.session.last_visit import last_visit
from perftui.session.revisions import UnreadableRevision, record_in
from perftui.session.versions import NoRepository, repository_of
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import GitFailed
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode
from perftui.store.trash import replaced_versions

_LAST = "HEAD"


def last_good(folder: DocumentFolder, file: str, form: Form, history: History) -> Record | None:
    """The latest of what bin, last visit and last version of git have of a file, and what the journal edited since.

    ``None`` where none of them has the whole of it.
    """
    at, record = max(_versions(folder, file, form), key=lambda one: one[0], default=(0.0, None))
    for step in history.done:
        for edit in step.edits if step.at > at else ():
            if edit.file != file or isinstance(edit, DropFile):
                continue
            if isinstance(edit, AddFile):
                record = edit.record
            elif record is not None:
                with suppress(CannotApply):  # of a row that somebody else took out
                    record = apply_to_record(record, edit)
    return record


def _versions(folder: DocumentFolder, file: str, form: Form) -> Iterator[tuple[float, Record]]:
    """What is kept of a file, each with the moment up to which it has everything, in seconds since 1970."""
    with suppress(FileError):
        yield from ((one.at, one.record) for one in replaced_versions(folder.folder, form) if one.file == file)
    if text := SeenTexts(folder).text(file):
        with suppress(BadFile):
            yield last_visit(folder.folder) or 0.0, decode(text.encode(), form.spec_of(file))
    with suppress(NoRepository, GitFailed, UnreadableRevision, ValueError):
        repository = repository_of(folder)
        if (record := record_in(repository, _LAST, folder, file, form)) is not None:
            at = repository.text("log", "-1", "--format=%ct", _LAST, "--", repository.name(folder.path(file)))
            yield float(at), record
