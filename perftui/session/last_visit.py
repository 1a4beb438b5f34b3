"""When a person last left a document: what has changed since is told with the next look at all of it."""

from contextlib import suppress
from pathlib import Path

from perftui.files.errors import FileError
from perftui.store.document_state_dir import own_folder

_NAME = "left"


def note_visit(folder: Path) -> None:
    """The document is left now; where that cannot be kept, nothing is told the next time."""
    with suppress(OSError, FileError):
        (own_folder(folder, "visits") / _NAME).touch()


def last_visit(folder: Path) -> float | None:
    """When the document was left last, in seconds since 1970; ``None`` where it was never left."""
    with suppress(OSError, FileError):
        return (own_folder(folder, "visits") / _NAME).stat().st_mtime
    return None
