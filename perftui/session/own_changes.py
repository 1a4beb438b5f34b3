"""The document as it was in its last version: what is compared to say what a new one changed."""

from perftui.forms import Form
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.session.revisions import document_in, seen_here
from perftui.session.versions import repository_of
from perftui.store.folder import DocumentFolder

_LAST = "HEAD"


def last_version(folder: DocumentFolder, form: Form) -> Document:
    """The document in the last version; an empty one before the first.

    Raises NoRepository, GitFailed and UnreadableRevision.
    """
    repository = repository_of(folder)
    if repository.known(_LAST):
        return seen_here(repository, folder, document_in(repository, _LAST, folder, form))
    return Document(year=folder.year, unit=folder.unit, form=form.id, department=Record())
