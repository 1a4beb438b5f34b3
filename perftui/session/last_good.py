"""The last version of a file that could be read, where what is in its place now cannot: from the bin, else from git."""

from contextlib import suppress

from perftui.files.errors import FileError
from perftui.forms import Form
from perftui.model.record import Record
from perftui.session.revisions import UnreadableRevision, record_in
from perftui.session.versions import NoRepository, repository_of
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import GitFailed
from perftui.store.trash import replaced_versions


def last_good(folder: DocumentFolder, file: str, form: Form) -> Record | None:
    """The last good version of a file; ``None`` where neither the bin nor the last version of git has one."""
    with suppress(FileError):
        for version in replaced_versions(folder.folder, form):
            if version.file == file:
                return version.record
    with suppress(NoRepository, GitFailed, UnreadableRevision, ValueError):
        return record_in(repository_of(folder), "HEAD", folder, file, form)
    return None
