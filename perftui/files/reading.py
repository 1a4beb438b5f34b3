"""Reading a file whole: bounded, plain files only, never waiting for a pipe or a device."""

import os
import stat as modes
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from mmap import mmap
from pathlib import Path
from typing import TypeAlias

from perftui.files.errors import Digest, Missing, NotRegular, TooLarge, Unreadable
from perftui.files.filesystem import DISK, FileSystem
from perftui.model.frozen import frozen

_PAGE = 4096
LIMIT = 1024 * 1024
"""The most bytes that a file of the data folder may have."""


@frozen
class Stamp:
    """What is compared often and cheaply to notice that a file may have changed."""

    size: int
    """Bytes."""
    mtime_ns: int
    """Time of the last change, nanoseconds since 1970; anybody can set it back."""
    ctime_ns: int
    """Time of the last change that nobody can set, of the file's mode and names too."""
    inode: int
    """Which file it is: another one after every replacement."""

    @property
    def look(self) -> "Look":
        """What ``look`` tells of the file as long as it is the same."""
        return self.size, self.mtime_ns, self.ctime_ns, self.inode


Look: TypeAlias = tuple[int, int, int, int]
"""A stamp as one looks at thousands: size, time of the last change, time of the file itself, inode."""

SeenFiles: TypeAlias = Mapping[str, Look]
"""Files that were looked at a moment ago: they need not be again, and what changed since is seen by the next look."""


@frozen
class FileBytes:
    """A file as it was read."""

    data: bytes
    """The whole content."""
    digest: Digest
    """Digest of the content: the base of a later write."""
    stamp: Stamp
    """Taken before the reading, so that a change during it differs from the stamp as well."""


def digest(data: bytes | memoryview | mmap) -> Digest:
    """SHA-256 of the bytes in hexadecimal."""
    return Digest(sha256(data).hexdigest())


def read_file(path: Path, limit: int = LIMIT, fs: FileSystem = DISK) -> FileBytes:
    """Read a plain file of at most ``limit`` bytes; links are followed.

    Raises ``Missing``, ``NotRegular``, ``TooLarge`` or ``Unreadable``.
    """
    data, found = _read(path, limit, fs)
    return FileBytes(data=data, digest=digest(data), stamp=_stamp_of(found))


def read_bytes(path: Path, limit: int = LIMIT, fs: FileSystem = DISK) -> bytes:
    """The bytes of a file that nobody will write again; as ``read_file``, without the digest."""
    return _read(path, limit, fs)[0]


def _read(path: Path, limit: int, fs: FileSystem) -> tuple[bytes, os.stat_result]:
    parts: list[bytes] = []
    found = _read_parts(path, limit, fs, parts.append)
    return b"".join(parts), found


def _read_parts(path: Path, limit: int, fs: FileSystem, take: Callable[[bytes], None]) -> os.stat_result:
    fd, found = open_regular(path, fs)
    try:
        _read_all(fd, path, limit, found.st_size, fs, take)
    except OSError as error:
        raise Unreadable(path, error.errno or 0) from error
    finally:
        with suppress(OSError):  # nothing was written: there is nothing that closing could still refuse
            fs.close(fd)
    return found


def open_regular(path: Path, fs: FileSystem = DISK) -> tuple[int, os.stat_result]:
    """Open a plain file to be read, and what it is. Raises as ``read_file`` does, but for its size."""
    try:
        _require_regular(path, fs.stat(path))  # before opening: opening a device can already do something
        fd = fs.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            found = fs.fstat(fd)
            _require_regular(path, found)
        except BaseException:
            with suppress(OSError):
                fs.close(fd)
            raise
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Missing(path) from error
    except OSError as error:
        raise Unreadable(path, error.errno or 0) from error
    return fd, found


def stamp(path: Path, fs: FileSystem = DISK) -> Stamp | None:
    """The stamp of the file that is there now; None when there is none or it cannot be looked at."""
    try:
        return _stamp_of(fs.stat(path))
    except OSError:
        return None


def look(path: str, folder: int | None = None) -> Look | None:
    """As ``stamp``, for thousands of files: a plain path, which may begin in an open ``folder``, and plain numbers."""
    try:
        found = os.stat(path, dir_fd=folder)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_unchanged(path: str, known: Stamp | None) -> bool:
    """Does a file still have the stamp that is known of it?"""
    return known is not None and look(path) == known.look


def current_digest(path: Path, limit: int = LIMIT, fs: FileSystem = DISK) -> Digest | None:
    """The digest of the file that is there now; None when there is none. Raises as ``read_file`` does otherwise.

    However large it is, it never stands in memory.
    """
    found = sha256()
    try:
        _read_parts(path, limit, fs, found.update)
    except Missing:
        return None
    return Digest(found.hexdigest())


def _stamp_of(found: os.stat_result) -> Stamp:
    return Stamp(size=found.st_size, mtime_ns=found.st_mtime_ns, ctime_ns=found.st_ctime_ns, inode=found.st_ino)


def _require_regular(path: Path, found: os.stat_result) -> None:
    if not modes.S_ISREG(found.st_mode):
        raise NotRegular(path)


def _read_all(fd: int, path: Path, limit: int, size: int, fs: FileSystem, take: Callable[[bytes], None]) -> None:
    room = limit + 1  # one more than allowed, to see that there is more
    wanted = min(size, LIMIT) + 1  # asking for the most there may be costs a small file more; the size may be old
    while room and (part := fs.read(fd, min(room, wanted))):
        take(part)
        room -= len(part)
        wanted = LIMIT if len(part) == wanted else _PAGE
    if not room:
        raise TooLarge(path, limit)
