"""Documents on disk for the tests of store and session."""

from pathlib import Path

from perftui.forms import load_form
from perftui.model.document import DEPARTMENT, Document
from perftui.store.folder import DocumentFolder, document_folder
from perftui.store.toml.canonical import canonical
from tests import factories


def write_document(data: Path, document: Document | None = None) -> DocumentFolder:
    """Write a sample document into a data folder as canonical files."""
    document = document or factories.document()
    folder = document_folder(data, document.year, document.unit)
    (folder.folder / "projects").mkdir(parents=True)
    for file, record in document.files():
        folder.path(file).write_bytes(canonical(record, load_form(document.form).spec_of(file)).encode())
    return folder


def first_file(document: Document) -> str:
    """The file of the first project."""
    return next(iter(document.projects))


def left_over(folder: Path) -> list[str]:
    """What lies about in a folder that is neither data nor a lock."""
    return sorted(
        path.name for path in folder.rglob("*") if path.is_file() and path.suffix not in (".toml", ".perftui-lock")
    )


__all__ = ["DEPARTMENT", "first_file", "left_over", "write_document"]
