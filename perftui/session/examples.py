"""What the start screen offers: the documents of a data folder, and a copy of the shipped example."""

import shutil
from pathlib import Path

from perftui.files.errors import FileError, refusals
from perftui.store.create import prepare_for_git
from perftui.store.folder import DocumentFolder, NoFolder, find_documents

_PACKAGE = Path(__file__).resolve().parent.parent
_EXAMPLES = (_PACKAGE / "example", _PACKAGE.parent / "data")
"""Where the example is: in an installed package, and in a checkout."""


def documents_in(data: Path) -> tuple[DocumentFolder, ...]:
    """The documents of a data folder, newest year first; none where there is no folder yet. Raises a FileError."""
    try:
        return find_documents(data)
    except NoFolder:
        return ()


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
