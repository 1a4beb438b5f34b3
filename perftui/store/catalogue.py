"""The list of a document's projects, kept in the user's cache so that unchanged files need not be read again.

An entry is true as long as its file's size, time and inode are the same. A damaged, foreign or missing cache costs
time, never truth.
"""

import marshal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perftui.files.errors import FileError
from perftui.files.places import cache_folder
from perftui.files.reading import FileBytes, Stamp, digest, read_file, stamp
from perftui.files.removing import create_folder
from perftui.files.writing import write_file
from perftui.forms import Form, Role
from perftui.model.document import DEPARTMENT, project_place
from perftui.model.record import Record
from perftui.store.folder import DocumentFolder, project_files
from perftui.store.opening import form_of, spec_of, state_read
from perftui.store.own import folder_key
from perftui.store.problem import BadFile, Problem
from perftui.store.state import FileState

Facts = Callable[[Form, str, Record], Any]
"""What a caller wants kept of a file: plain values (texts, numbers, tuples, lists, dicts) made from its record."""

LIMIT = 256 * 1024 * 1024
"""Bytes of the largest cache that is read."""

_LAYOUT = 1
_DIGEST_BYTES = 64
_DOUBT_NS = 2 * 10**9
"""A file that was changed so shortly before it was read may have been changed again within one tick of the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What is known of a file without reading it."""

    file: str
    order: int
    code: str
    name: str
    amounts: tuple[str, ...]
    """The texts of the form's amounts in its order, group after group; "" for a blank one."""
    digest: str
    facts: Any
    """What the caller's function made of it; ``None`` for a file that cannot be read."""
    problem: Problem | None = None
    """Why it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A document's list."""

    folder: DocumentFolder
    form: Form
    department: Listed | None
    """``None`` where the document has no department's file."""
    projects: tuple[Listed, ...]
    """In reading order, those that cannot be read last."""
    problems: tuple[Problem, ...]
    read: int
    """How many files had to be read."""


def open_catalogue(folder: DocumentFolder, facts: Facts | None = None, version: str = "") -> Catalogue:
    """List a document, reading only what changed since the last time. Raises a FileError for its folder.

    ``version`` names what ``facts`` does: facts made by another version are made anew.
    """
    files, problems = project_files(folder)
    form, form_problems = form_of(folder, files)
    cache = _Cache(folder, form.id, version if facts else None)
    department = _listed(cache, form, DEPARTMENT, facts) if stamp(folder.path(DEPARTMENT)) else None
    projects = [_listed(cache, form, file, facts) for file in files]
    cache.keep()
    bad = [one.problem for one in (department, *projects) if one and one.problem]
    return Catalogue(
        folder=folder,
        form=form,
        department=department,
        projects=tuple(sorted(projects, key=lambda one: (one.problem is not None, one.order, one.file))),
        problems=(*form_problems, *problems, *bad),
        read=cache.read,
    )


class _Cache:
    """The kept entries of one document: by file, its stamp, when it was read, and what is listed of it."""

    def __init__(self, folder: DocumentFolder, form: str, version: str | None) -> None:
        self.folder = folder
        self.read = 0
        self._key = (_LAYOUT, sys.version_info[:3], form)
        self._version = version
        self._old = self._load()
        self._new: dict[str, tuple[Any, ...]] = {}

    def find(self, file: str) -> tuple[Any, ...] | None:
        """The entry of a file that has not changed."""
        entry = self._old.get(file)
        now = stamp(self.folder.path(file))
        if entry is None or now is None or entry[0] != (now.size, now.mtime_ns, now.inode):
            return None
        if now.mtime_ns > entry[1] - _DOUBT_NS:
            if not self._is_same(file, entry):
                return None
            entry = (entry[0], time.time_ns(), *entry[2:])
        self._new[file] = entry
        return entry

    def put(self, file: str, found: Stamp, values: tuple[Any, ...], facts: Any) -> None:
        """Keep the entry of a file that was just read."""
        self._new[file] = ((found.size, found.mtime_ns, found.inode), time.time_ns(), values, facts, self._version)

    def is_current(self, entry: tuple[Any, ...]) -> bool:
        """Were the entry's facts made by the version that asks? One that wants none takes any."""
        return self._version is None or bool(entry[4] == self._version)

    def keep(self) -> None:
        """Write the entries where something changed; a cache that cannot be written is no misfortune."""
        if self._new == self._old:
            return
        with suppress(FileError, ValueError):
            payload = marshal.dumps((self._key, self._new))
            path = self._path()
            base = read_file(path, LIMIT).digest if path.exists() else None
            write_file(path, digest(payload).encode() + payload, base, limit=LIMIT)

    def _is_same(self, file: str, entry: tuple[Any, ...]) -> bool:
        try:
            return read_file(self.folder.path(file)).digest == str(entry[2][-1])
        except FileError:
            return False

    def _load(self) -> dict[str, tuple[Any, ...]]:
        with suppress(FileError, ValueError, EOFError, TypeError):
            data = read_file(self._path(), LIMIT).data
            if digest(data[_DIGEST_BYTES:]).encode() == data[:_DIGEST_BYTES]:
                key, entries = marshal.loads(data[_DIGEST_BYTES:])  # our own bytes: the digest is right
                return dict(entries) if key == self._key else {}
        return {}

    def _path(self) -> Path:
        place = cache_folder() / "lists"
        create_folder(place, 0o700)
        return place / f"{folder_key(self.folder.folder)}.list"


def _listed(cache: _Cache, form: Form, file: str, facts: Facts | None) -> Listed:
    entry = cache.find(file)
    if entry is not None and cache.is_current(entry):
        order, code, name, amounts, content = entry[2]
        return Listed(file=file, order=order, code=code, name=name, amounts=amounts, digest=content, facts=entry[3])
    cache.read += 1
    try:
        found = read_file(cache.folder.path(file))
        state = state_read(cache.folder, file, found, form)
    except (FileError, BadFile) as error:
        bad = error if isinstance(error, BadFile) else BadFile(str(error))
        return Listed(
            file=file, order=0, code="", name="", amounts=(), digest="", facts=None, problem=bad.problem(file)
        )
    return _read(cache, form, file, found, state, facts)


def _read(cache: _Cache, form: Form, file: str, found: FileBytes, state: FileState, facts: Facts | None) -> Listed:
    spec, record = spec_of(form, file), state.held
    values = (
        project_place(record),
        spec.text_of(record, Role.CODE),
        spec.text_of(record, Role.NAME),
        tuple(record.text(group.path(amount)) for group in spec.amounts for amount in group.amounts),
        str(found.digest),
    )
    made = facts(form, file, record) if facts else None
    if state.merged is None:  # what git's versions merge to hangs on more than the file
        cache.put(file, found.stamp, values, made)
    return Listed(
        file=file,
        order=values[0],
        code=values[1],
        name=values[2],
        amounts=values[3],
        digest=values[4],
        facts=made,
    )
