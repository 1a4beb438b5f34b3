"""The bin: what went is kept for 30 days in the user's state folder, to be brought back without git.

Deleted projects, and the versions of files that somebody else's change took much out of.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

from perftui.files.errors import FileError
from perftui.files.reading import digest, read_file
from perftui.files.writing import write_file
from perftui.forms import Form, RecordSpec, Role
from perftui.model.document import DEPARTMENT, file_stem, project_file
from perftui.model.frozen import frozen
from perftui.model.record import Record
from perftui.store.document_state_dir import own_folder
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode

KEPT_DAYS = 30

_DELETED, _REPLACED = "deleted", "replaced"
_ENDING = ".toml"
_NANO = 10**9
_LONGEST_NAME = 16  # characters of a person's name in a file's


@frozen
class DeletedProject:
    """A project that was deleted, or a file's version before a change from outside."""

    file: str
    """The file that it was in."""
    at: float
    """When it went, seconds since 1970."""
    record: Record
    by: str = ""
    """Who deleted it; "" where it went from outside."""


def keep_deleted(folder: Path, file: str, data: bytes, by: str = "") -> None:
    """Keep a project's file that is about to be deleted from a document's folder. Raises a FileError."""
    _keep(own_folder(folder, _DELETED), file, data, by)


def keep_replaced(folder: Path, file: str, data: bytes) -> None:
    """Keep the version of a file that a change from outside takes the place of. Raises a FileError."""
    _keep(own_folder(folder, _REPLACED), file, data)


def deleted_projects(folder: Path, spec: RecordSpec) -> tuple[DeletedProject, ...]:
    """The projects that were deleted from a document's folder, the latest first. Raises a FileError."""
    found = [
        DeletedProject(file=project_file(stem), at=at, record=record, by=by)
        for stem, at, data, by in _kept(own_folder(folder, _DELETED))
        if (record := _decoded(data, spec)) is not None
    ]
    return tuple(sorted(found, key=lambda one: -one.at))


def not_there(
    deleted: Sequence[DeletedProject], projects: Mapping[str, Record], form: Form
) -> tuple[DeletedProject, ...]:
    """Of deleted projects those whose file and code are not there again, each as it was last."""
    spec = form.project
    codes = {spec.text_of(record, Role.CODE) for record in projects.values()} - {""}
    found: dict[str, DeletedProject] = {}
    for one in deleted:
        if one.file not in projects and spec.text_of(one.record, Role.CODE) not in codes:
            found.setdefault(one.file, one)
    return tuple(found.values())


def replaced_versions(folder: Path, form: Form) -> tuple[DeletedProject, ...]:
    """The versions of files before changes from outside, the latest first. Raises a FileError."""
    found = []
    for stem, at, data, _by in _kept(own_folder(folder, _REPLACED)):
        file = DEPARTMENT if stem == file_stem(DEPARTMENT) else project_file(stem)
        record = _decoded(data, form.spec_of(file))
        if record is not None:
            found.append(DeletedProject(file=file, at=at, record=record))
    return tuple(sorted(found, key=lambda one: -one.at))


def _keep(place: Path, file: str, data: bytes, by: str = "") -> None:
    whose = f"@{quote(by[:_LONGEST_NAME], safe='')}" if by else ""
    path = place / f"{time.time_ns()}-{digest(data)[:8]}-{file_stem(file)}{whose}{_ENDING}"
    write_file(path, data, None)
    _sweep(place)


def _kept(place: Path) -> Iterator[tuple[str, float, bytes, str]]:
    """What a folder holds: the stem of each file's name, when it was put there, its bytes, and who put it there."""
    for path in place.glob(f"*{_ENDING}"):
        at, _digest, stem = path.stem.split("-", 2) if path.stem.count("-") >= 2 else ("", "", "")
        with suppress(FileError):
            if at.isdecimal():
                name, _sign, by = stem.partition("@")
                yield name, int(at) / _NANO, read_file(path).data, unquote(by)


def _decoded(data: bytes, spec: RecordSpec) -> Record | None:
    with suppress(BadFile):
        return decode(data, spec)
    return None


def _sweep(place: Path) -> None:
    before = time.time() - KEPT_DAYS * 24 * 3600
    for path in place.glob(f"*{_ENDING}"):
        at = path.stem.partition("-")[0]
        with suppress(OSError):
            if at.isdecimal() and int(at) / _NANO < before:
                path.unlink()
