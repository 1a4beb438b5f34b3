"""Which files of a folder are a document's own: what a version of it holds, and nothing that lies beside them."""

from perftui.model.document import is_record_file
from perftui.session.review_settings import REVIEW_FILE
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import Repository
from perftui.store.sync_copies import is_certainly_copy, original_of

_OF_THE_DATA = (".gitattributes", ".gitignore", REVIEW_FILE)
"""Files of the data folder that this program writes, or that the review of every document depends on."""

_FORMS = "forms/"


def is_own_file(repository: Repository, folder: DocumentFolder, name: str) -> bool:
    """Is a file, as git names it, one of the document's own? Copies of sync programs and lock files are none."""
    of_document, of_data = _below(name, repository.name(folder.folder)), _below(name, repository.name(folder.data))
    if of_document:
        is_copy = is_certainly_copy(name.rpartition("/")[2]) or (
            bool(original := original_of(name.rpartition("/")[2])) and folder.path(f"projects/{original}").exists()
        )
        return of_document == REVIEW_FILE or (is_record_file(of_document) and not is_copy)
    return of_data in _OF_THE_DATA or (of_data.startswith(_FORMS) and of_data.endswith(".toml"))


def _below(name: str, folder: str) -> str:
    """A file's name relative to a folder; "" for one outside of it."""
    prefix = "" if folder == "." else f"{folder}/"
    return name.removeprefix(prefix) if name.startswith(prefix) else ""
