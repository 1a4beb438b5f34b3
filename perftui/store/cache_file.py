"""The user's cache of what was computed from a document: plain values, valid for one key, ignored when in doubt.

A cache has two parts. The entries are read whole when it is loaded; pieces, which few ask for, are read one at a time
from the file, which stays open: one that takes its place is another file.
"""

import marshal
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Any, TypeAlias

from perftui.files.errors import Digest, FileError
from perftui.files.filesystem import DISK
from perftui.files.reading import digest, open_regular
from perftui.files.removing import create_folder
from perftui.files.xdg_dirs import cache_folder
from perftui.model.frozen import frozen
from perftui.store.document_state_dir import folder_key

LIMIT = 512 * 1024 * 1024
"""Bytes of the largest cache that is read."""

Piece: TypeAlias = tuple[int, int, int]
"""Where a piece is among the pieces, how many bytes it has, and their checksum."""

_DIGEST_BYTES = 64
_HEAD_BYTES = _DIGEST_BYTES + 16
_SIMPLE = 2
"""The version of marshal without references to values met before: entries are read in half the time."""


class CacheReader:
    """The pieces of a cache that was loaded."""

    def __init__(self, fd: int) -> None:
        """``fd``: the open file, closed with this."""
        self._fd = fd
        self.start = 0
        """Where the pieces begin."""

    def read(self, piece: Piece) -> bytes | None:
        """A piece as it was put there; ``None`` where the file is damaged."""
        from binascii import crc32

        place, size, check = piece
        try:
            data = os.pread(self._fd, size, self.start + place)
        except OSError:
            return None
        return data if crc32(data) == check else None

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        close(self._fd)  # held here, for a program that ends may have taken its modules apart already


@frozen
class CacheContents:
    """What ``save_cache`` wrote; nothing where it is missing, damaged or about something else."""

    entries: dict[str, Any] = field(default_factory=dict)
    cache: CacheReader | None = None

    def piece(self, piece: Piece) -> bytes | None:
        """One of its pieces; ``None`` where it is damaged."""
        return None if self.cache is None else self.cache.read(piece)


class CachePieces:
    """The pieces of a cache that is to be saved."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._end = 0

    def put(self, data: bytes) -> Piece:
        """Add one; what its entry holds in its stead."""
        from binascii import crc32

        place, self._end = self._end, self._end + len(data)
        self.parts.append(data)
        return place, len(data), crc32(data)


def load_cache(folder: Path, kind: str, key: object) -> CacheContents:
    """What ``save_cache`` wrote for a document's folder under the same key."""
    with suppress(FileError, OSError, ValueError, EOFError, TypeError):
        fd, status = open_regular(_place(folder, kind))
        cache = CacheReader(fd)  # closes the file, whatever happens
        head = os.pread(fd, _HEAD_BYTES, 0)
        cache.start = pieces_at(head)
        if _HEAD_BYTES < cache.start <= status.st_size <= LIMIT:
            data = os.pread(fd, cache.start - _HEAD_BYTES, _HEAD_BYTES)
            if digest(data).encode() == head[:_DIGEST_BYTES]:
                found, entries = marshal.loads(data)  # our own bytes: the digest is right
                return CacheContents(entries=entries, cache=cache) if found == key else CacheContents()
    return CacheContents()


def save_cache(folder: Path, kind: str, key: Any, entries: dict[str, Any], pieces: CachePieces | None = None) -> None:
    """Keep plain values for a document's folder. Errors are ignored: without a cache all is computed again."""
    with suppress(FileError, OSError, ValueError):
        data = marshal.dumps((key, entries), _SIMPLE)
        mark = digest(data)
        head = f"{mark}{len(data):016x}".encode()
        put_in_place(_place(folder, kind), mark, b"".join((head, data, *(pieces.parts if pieces else ()))))


def put_in_place(path: Path, mark: Digest, data: bytes) -> None:
    """Write a whole file of a cache. Raises FileError or OSError.

    Not synced: what a power failure leaves of it is not believed.
    """
    from perftui.files.directory_entries import drop  # most starts find the cache as it should be
    from perftui.files.temporary import create_temporary, write_all

    temporary, fd = create_temporary(path, None, mark, DISK)
    try:
        try:
            write_all(fd, data, DISK)
        finally:
            os.close(fd)
        os.replace(temporary, path)
    except BaseException:
        drop(temporary, DISK)
        raise


def pieces_at(head: bytes | bytearray) -> int:
    """Where the pieces begin in a cache, by its first bytes. Raises ValueError where those are damaged."""
    return _HEAD_BYTES + int(head[_DIGEST_BYTES:_HEAD_BYTES], 16)


def _place(folder: Path, kind: str) -> Path:
    place = cache_folder() / kind
    create_folder(place, 0o700, lasting=False)
    return place / f"{folder_key(folder)}.cache"
