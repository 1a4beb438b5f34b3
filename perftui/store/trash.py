"""The bin: deleted projects are kept for 30 days in the user's state folder, to be restored without git."""

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from perftui.files.errors import FileError
from perftui.files.reading import digest, read_file
from perftui.files.writing import write_file
from perftui.forms import RecordSpec
from perftui.model.document import file_stem, project_file
from perftui.model.record import Record
from perftui.store.codec import decode
from perftui.store.own import own_folder
from perftui.store.problem import BadFile

KEPT_DAYS = 30

_KIND = "deleted"
_ENDING = ".toml"
_NANO = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A project that was deleted."""

    file: str
    """The file that it was in."""
    at: float
    """When it was deleted, seconds since 1970."""
    record: Record


def keep_deleted(folder: Path, file: str, data: bytes) -> None:
    """Keep a project's file that is about to be deleted from a document's folder. Raises a FileError."""
    place = own_folder(folder, _KIND)
    path = place / f"{time.time_ns()}-{digest(data)[:8]}-{file_stem(file)}{_ENDING}"
    write_file(path, data, None)
    _sweep(place)


def deleted_projects(folder: Path, spec: RecordSpec) -> tuple[Deleted, ...]:
    """The projects that were deleted from a document's folder, the latest first. Raises a FileError."""
    found: list[Deleted] = []
    for path in own_folder(folder, _KIND).glob(f"*{_ENDING}"):
        at, _digest, stem = path.stem.split("-", 2) if path.stem.count("-") >= 2 else ("", "", "")
        with suppress(FileError, BadFile):
            if at.isdecimal():
                record = decode(read_file(path).data, spec)
                found.append(Deleted(file=project_file(stem), at=int(at) / _NANO, record=record))
    return tuple(sorted(found, key=lambda one: -one.at))


def _sweep(place: Path) -> None:
    before = time.time() - KEPT_DAYS * 24 * 3600
    for path in place.glob(f"*{_ENDING}"):
        at = path.stem.partition("-")[0]
        with suppress(OSError):
            if at.isdecimal() and int(at) / _NANO < before:
                path.unlink()
