"""Which files of a folder are a document's own: what a version of it holds, and nothing that lies beside them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from perftui.files.errors import FileError
from perftui.files.reading import read_file
from perftui.forms import RecordSpec
from perftui.model.document import is_record_file
from perftui.store.file_state import is_surely_cut
from perftui.store.folder import REVIEW_FILE, DocumentFolder
from perftui.store.git.repository import Repository
from perftui.store.git.stages import changed_since_staged
from perftui.store.problem import BadFile
from perftui.store.sync_copies import is_certainly_copy, original_of
from perftui.store.toml.decode import decode, text_of

_OF_THE_DATA = (".gitattributes", ".gitignore", REVIEW_FILE)
"""Files of the data folder that this program writes, or that the review of every document depends on."""

_FORMS = "forms/"


def own_files(repository: Repository, folder: DocumentFolder, names: Iterable[str]) -> Iterator[str]:
    """Those of some files, as git names them, that are the document's own: no copies of sync programs, no locks."""
    document, data = repository.name(folder.folder), repository.name(folder.data)
    return (name for name in names if _is_own(folder, _below(name, document), _below(name, data)))


def _is_own(folder: DocumentFolder, of_document: str, of_data: str) -> bool:
    if of_document:
        name = of_document.rpartition("/")[2]
        is_copy = is_certainly_copy(name) or (
            bool(original := original_of(name)) and folder.path(f"projects/{original}").exists()
        )
        return of_document == REVIEW_FILE or (is_record_file(of_document) and not is_copy)
    return of_data in _OF_THE_DATA or (of_data.startswith(_FORMS) and of_data.endswith(".toml"))


def is_whole(path: Path) -> bool:
    """Can a file be read as what it is? One that is empty, cut in a word or no TOML is no version of anything."""
    if path.suffix != ".toml" or not path.exists():
        return True
    try:
        data = read_file(path).data
        decode(data, RecordSpec(head=()))
    except (BadFile, FileError):
        return False
    return bool(data.strip())


def surely_cut(folder: DocumentFolder) -> Iterator[str]:
    """The document's files that were cut where they lie: what they lack was in the last version."""
    for file, data in changed_since_staged(folder).items():
        with suppress(BadFile, FileError):
            if is_surely_cut(text_of(data), text_of(read_file(folder.path(file)).data)):
                yield file


def _below(name: str, folder: str) -> str:
    """A file's name relative to a folder; "" for one outside of it."""
    prefix = "" if folder == "." else f"{folder}/"
    return name.removeprefix(prefix) if name.startswith(prefix) else ""
