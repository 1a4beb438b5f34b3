"""The files of a large document as they were parsed before, in the user's cache: unchanged ones are not read again.

What is kept of a file is true as long as its size, time and inode are the same, and the program is. A damaged, foreign
or missing cache costs time, never truth.
"""

import os
import sys
import time
from typing import Any

from perftui.files.errors import FileError
from perftui.files.reading import Stamp, read_file
from perftui.forms import Form, RecordSpec
from perftui.model.document import project_place
from perftui.model.kept import KeptRecord, keep
from perftui.store.caches import load_cache, program_stamp, save_cache
from perftui.store.canonical import canonical
from perftui.store.folder import DocumentFolder
from perftui.store.state import FileState

FEW = 50
"""A document of fewer files is parsed sooner than its cache is looked up."""

_STALE = 100
"""The cache is written anew when one file in so many is not in it as it is now."""
_DOUBT_NS = 2 * 10**9
"""A file that was changed so shortly before it was read may have been changed again within one tick of the clock."""


class KeptState(FileState):
    """A file's state whose text is made when somebody asks for it: to save the file, or to find a line in it."""

    __slots__ = ("_entry", "_spec")
    _entry: tuple[Any, ...]
    _spec: RecordSpec

    @classmethod
    def of(cls, entry: tuple[Any, ...], spec: RecordSpec) -> FileState:
        """The state that ``KeptFiles.put`` made plain."""
        state = cls.__new__(cls)
        put = object.__setattr__
        put(state, "digest", entry[2])
        put(state, "record", KeptRecord.of(entry[5]))
        put(state, "merged", None)
        put(state, "_entry", entry)
        put(state, "_spec", spec)
        return state

    def __getattr__(self, name: str) -> Any:
        """Make what a list does not ask for; Python asks here only for what is not there yet."""
        if name in KeptState.__slots__:
            raise AttributeError(name)
        (size, changed, inode), _read, _digest, crlf, _place, _record, own_text = self._entry
        match name:
            case "text":  # the canonical one, where no other was kept
                value: Any = own_text.decode() if own_text else canonical(self.record, self._spec)
            case "stamp":
                value = Stamp(size=size, mtime_ns=changed, inode=inode)
            case "crlf":
                value = crlf
            case "canonical":
                value = not own_text
            case "origin" | "doubt":
                value = "" if name == "doubt" else None
            case _:
                raise AttributeError(name)
        object.__setattr__(self, name, value)
        return value


def plain_entry(state: FileState, spec: RecordSpec, read_at: int) -> tuple[Any, ...] | None:
    """A file's state as plain values; ``None`` where it hangs on more than the file, or holds what only TOML knows."""
    if state.merged is not None or state.stamp is None:
        return None
    try:
        record = keep(state.record)
    except ValueError:
        return None
    same = state.canonical or state.text == canonical(state.record, spec)
    own = b"" if same else state.text.encode()
    stamp = (state.stamp.size, state.stamp.mtime_ns, state.stamp.inode)
    return stamp, read_at, state.digest, state.crlf, project_place(state.record), record, own


class KeptFiles:
    """What is kept of one document."""

    def __init__(self, folder: DocumentFolder, form: Form, count: int) -> None:
        """``count``: how many files the document has."""
        self.read = 0
        """How many files were not kept as they are now."""
        self.places: dict[str, int] = {}
        """The places in reading order of the projects that were found."""
        self._folder = folder
        self._form = form
        self._count = count
        self._base = f"{folder.folder}{os.sep}"
        self._key = (sys.version_info[:3], form.id, program_stamp("model", "store", "forms"))
        self._old = load_cache(folder.folder, "files", self._key) if count >= FEW else {}
        self._new: dict[str, tuple[Any, ...]] = {}

    def find(self, file: str, spec: RecordSpec) -> FileState | None:
        """The state of a file that has not changed since it was kept."""
        entry = self._old.get(file)
        if entry is None:
            return None
        try:
            found = os.stat(self._base + file)
        except OSError:
            return None
        if entry[0] != (found.st_size, found.st_mtime_ns, found.st_ino):
            return None
        if found.st_mtime_ns > entry[1] - _DOUBT_NS:
            entry = self._looked_into(file, entry)
            if entry is None:
                return None
        self._new[file] = entry
        self.places[file] = entry[4]
        return KeptState.of(entry, spec)

    def put(self, file: str, state: FileState, spec: RecordSpec, read_at: int) -> None:
        """Keep the state of a file that was read at a moment (nanoseconds since 1970)."""
        self.read += 1
        if self._count >= FEW and (entry := plain_entry(state, spec, read_at)):
            self._new[file] = entry

    def put_plain(self, file: str, entry: tuple[Any, ...], spec: RecordSpec) -> FileState:
        """Keep what ``plain_entry`` made of a file in a copy of the process; its state."""
        self.read += 1
        self._new[file] = entry
        self.places[file] = entry[4]
        return KeptState.of(entry, spec)

    def save(self) -> None:
        """Write what is kept where enough of it is new."""
        gone = len(self._old.keys() - self._new.keys())
        if self._count >= FEW and (self.read + gone) * _STALE >= self._count:
            save_cache(self._folder.folder, "files", self._key, self._new)

    def _looked_into(self, file: str, entry: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """The entry with a later moment, if the file still has the content that it is about."""
        now = time.time_ns()
        try:
            if read_file(self._folder.path(file)).digest != entry[2]:
                return None
        except FileError:
            return None
        self.read += 1
        return (entry[0], now, *entry[2:])
