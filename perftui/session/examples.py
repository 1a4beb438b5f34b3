"""What the start screen offers: the documents of a data folder by name, and a copy of the shipped example."""

import shutil
from pathlib import Path

from perftui.files.errors import FileError, refusals
from perftui.forms import Role
from perftui.store.create import prepare_for_git
from perftui.store.folder import DocumentFolder, NoFolder, find_documents
from perftui.store.open import open_document

_PACKAGE = Path(__file__).resolve().parent.parent
_EXAMPLES = (_PACKAGE / "example", _PACKAGE.parent / "data")
"""Where the example is: in an installed package, and in a checkout."""


def documents_in(data: Path) -> tuple[DocumentFolder, ...]:
    """The documents of a data folder, newest year first; none where there is no folder yet. Raises a FileError."""
    try:
        return find_documents(data)
    except NoFolder:
        return ()


def document_name(folder: DocumentFolder) -> str:
    """A document in words: year, unit code, and the unit's name where it can be read."""
    try:
        opened = open_document(folder)
    except FileError:
        return f"{folder.year} {folder.unit}"
    name = opened.form.department.text_of(opened.document.department, Role.UNIT_NAME)
    return f"{folder.year} {folder.unit} {name}".strip()


def has_example() -> bool:
    """Is the example at hand?"""
    return _example() is not None


def copy_example(data: Path) -> DocumentFolder:
    """Copy the shipped example into a data folder. Raises a FileError."""
    source = _example()
    if source is None:
        raise FileError(data, "")
    target = data / str(source.year) / source.unit
    with refusals(target):
        data.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source.folder, target, copy_function=shutil.copyfile)
    prepare_for_git(data)
    return DocumentFolder(year=source.year, unit=source.unit, folder=target)


def _example() -> DocumentFolder | None:
    for place in _EXAMPLES:
        if place.is_dir():
            found = find_documents(place)
            if found:
                return found[0]
    return None
