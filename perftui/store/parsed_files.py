"""The files of a large document as they were parsed before, in the user's cache: unchanged ones are not read again.

What is kept of a file is true as long as its size, times and inode are the same, and the program is. The time of the
content can be set back, as copying programs do; the time of the file itself cannot. A damaged, foreign or missing cache
costs time, never truth.
"""

import os
import sys
import time
from collections.abc import Iterable
from functools import partial
from typing import Any

from perftui.files.errors import FileError
from perftui.files.reading import Look, SeenFiles, Stamp, look, read_file
from perftui.forms import Form, RecordSpec, Role
from perftui.model.document import project_place
from perftui.model.record import FieldPath
from perftui.model.stored_record import StoredRecord, keep
from perftui.store.cache_file import CacheContents, CachePieces, Piece, load_cache, save_cache
from perftui.store.file_state import FileState, state_of
from perftui.store.folder import DocumentFolder
from perftui.store.program_stamp import program_stamp

FEW = 50
"""A document of fewer files is not cached: parsing them is faster than reading a cache."""

_STALE = 100
"""The cache is written anew when one file in so many is not in it as it is now."""
_DOUBT_NS = 2 * 10**9
"""A file that was changed so shortly before it was read may have been changed again within one tick of the clock."""


_SIZE, _CHANGED, _TOUCHED, _INODE, _READ_AT, _DIGEST, _CRLF, _PLACE, _TOLD, _RECORD, _OWN = range(11)
"""What an entry holds: first what a look at its file tells. The record, and a text that is not the canonical one, are
pieces in a cache."""


_NOT_SEEN: SeenFiles = {}


class ParsedFiles:
    """The cache of one document's parsed files."""

    def __init__(self, folder: DocumentFolder, form: Form, count: int) -> None:
        """``count``: how many files the document has."""
        self.read = 0
        """How many files had to be read: the cache did not have them as they are now."""
        self.places: dict[str, int] = {}
        """The places in reading order of the projects that were found."""
        self._folder = folder
        self._form = form
        self._count = count
        self._told = {path: number for number, path in enumerate(_listed(form.project))}
        self._key = (sys.version_info[:3], form.id, program_stamp("model", "store", "forms"))
        self._cache = load_cache(folder.folder, "files", self._key) if count >= FEW else CacheContents()
        self._old = self._cache.entries
        self._new: dict[str, tuple[Any, ...]] = {}

    def find(self, files: Iterable[str], seen: SeenFiles = _NOT_SEEN) -> dict[str, FileState]:
        """The states of the files that have not changed since they were kept, as they were when they were ``seen``."""
        if not self._old:
            return {}
        try:
            top = os.open(self._folder.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            return {}
        try:
            return {file: state for file in files if (state := self._find(file, seen.get(file) or look(file, top)))}
        finally:
            os.close(top)

    def _find(self, file: str, found: Look | None) -> FileState | None:
        entry = self._old.get(file)
        if entry is None or found is None or entry[:_READ_AT] != found:
            return None
        if max(found[_CHANGED], found[_TOUCHED]) > entry[_READ_AT] - _DOUBT_NS:
            entry = self._looked_into(file, entry)
            if entry is None:
                return None
        own = self._piece(entry[_OWN]) if entry[_OWN] else b""
        return None if own is None else self._taken(file, entry, own)

    def entry(self, file: str, state: FileState, read_at: int) -> tuple[Any, ...] | None:
        """The state of a file that was read at a moment (nanoseconds since 1970), as plain values.

        ``None`` where it hangs on more than the file, or holds what only TOML knows.
        """
        if state.merged is not None or state.stamp is None:
            return None
        record = state.record
        try:
            kept = keep(record)
        except ValueError:
            return None
        texts, place = tuple(map(record.text, self._told)), project_place(record)
        return (*state.stamp.look, read_at, state.digest, state.crlf, place, texts, kept, state.own.encode())

    def put(self, file: str, state: FileState, read_at: int) -> None:
        """Keep the state of a file that was read at a moment."""
        self.read += 1
        if self._count >= FEW and (entry := self.entry(file, state, read_at)):
            self._new[file] = entry

    def put_plain(self, file: str, entry: tuple[Any, ...]) -> FileState:
        """Keep what ``entry`` made of a file in a copy of the process; its state."""
        self.read += 1
        return self._taken(file, entry, entry[_OWN])

    def save(self) -> None:
        """Write what is kept where enough of it is new."""
        gone = len(self._old.keys() - self._new.keys())
        if self._count < FEW or (self.read + gone) * _STALE < self._count:
            return
        pieces, entries = CachePieces(), {}
        for file, entry in self._new.items():
            record, own = self._piece(entry[_RECORD]), self._piece(entry[_OWN])
            if record is not None and own is not None:
                entries[file] = (*entry[:_RECORD], pieces.put(record), pieces.put(own) if own else b"")
        save_cache(self._folder.folder, "files", self._key, entries, pieces)

    def _taken(self, file: str, entry: tuple[Any, ...], own: bytes) -> FileState:
        """The state that an entry tells of. ``own``: the text that somebody wrote by hand."""
        self._new[file] = entry
        self.places[file] = entry[_PLACE]
        size, changed, touched, inode = entry[:_READ_AT]
        return FileState(
            digest=entry[_DIGEST],
            record=StoredRecord.of(partial(self._record, file, entry), (self._told, entry[_TOLD])),
            spec=self._form.spec_of(file),
            own=own.decode(),
            crlf=entry[_CRLF],
            stamp=Stamp(size=size, mtime_ns=changed, ctime_ns=touched, inode=inode),
        )

    def _record(self, file: str, entry: tuple[Any, ...]) -> bytes:
        """A record as it was kept. Raises BadFile or a FileError where cache and file are gone."""
        record = self._piece(entry[_RECORD])
        if record is None:
            record = keep(state_of(read_file(self._folder.path(file)), self._form.spec_of(file)).record)
        return record

    def _piece(self, kept: bytes | Piece) -> bytes | None:
        """What was put aside: still in memory, or a piece of the cache; ``None`` where that is damaged."""
        return kept if isinstance(kept, bytes) else self._cache.piece(kept)

    def _looked_into(self, file: str, entry: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """The entry with a later moment, if the file still has the content that it is about."""
        now = time.time_ns()
        try:
            if read_file(self._folder.path(file)).digest != entry[_DIGEST]:
                return None
        except FileError:
            return None
        self.read += 1
        return (*entry[:_READ_AT], now, *entry[_DIGEST:])


def _listed(spec: RecordSpec) -> list[FieldPath]:
    """What lists tell of every project."""
    amounts = [group.path(amount) for group in spec.amounts for amount in group.amounts]
    return [*(path for role in (Role.NAME, Role.CODE) if (path := spec.path_of(role))), *amounts]
