"""One writer at a time on a file, as far as the disk can do that; the guarded write holds without it as well."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from perftui.files.filesystem import DISK, FileSystem
from perftui.files.permissions import take_after_folder
from perftui.locale import _

SUFFIX = ".perftui-lock"
"""End of the name of every lock file; also a pattern for ``.gitignore``."""

PATIENCE = 5.0
"""Seconds that a writer waits for another before it goes on without the lock."""

_FIRST_PAUSE = 0.001
_LONGEST_PAUSE = 0.05
_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK})
_said: set[Path] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """How the locking went."""

    held: bool
    """Whether the lock is held. Without it, the caller goes on: the guarded write refuses instead of overwriting."""
    note: str = ""
    """A sentence for the person, once for each folder, when the disk has no locks."""


def lock_path(path: Path) -> Path:
    """The lock file that stands for ``path``: hidden, beside it, made once and never removed.

    Never the data file itself: a save replaces that one, and a lock on the old one keeps nobody out.
    """
    return path.with_name(f".{path.name}{SUFFIX}")


@contextmanager
def writing_lock(path: Path, patience: float = PATIENCE, *, fs: FileSystem = DISK) -> Iterator[Locked]:
    """Hold the lock of a file's writers. Waits at most ``patience`` seconds, then goes on without."""
    target = Path(os.path.realpath(path))
    fd = _open(lock_path(target), fs)
    if fd is None:
        yield Locked(held=False)
        return
    try:
        with hold(fd, patience, fs) as held:
            yield Locked(held=bool(held), note=_note(target.parent) if held is None else "")
    finally:
        fs.close(fd)


@contextmanager
def hold(fd: int, patience: float, fs: FileSystem) -> Iterator[bool | None]:
    """Hold an open file's lock: True; False when it could not be had in time, None when the disk knows no locks."""
    held = _wait(fd, patience, fs)
    try:
        yield held
    finally:
        if held:
            with suppress(OSError):
                fs.unlock(fd)


def _open(path: Path, fs: FileSystem) -> int | None:
    """The open lock file, made if it is not there; None when there can be none."""
    for flags in (os.O_RDWR, os.O_RDWR | os.O_CREAT | os.O_EXCL, os.O_RDWR, os.O_RDONLY):
        try:
            fd = fs.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:  # not there yet; made by another writer just now; somebody else's, for reading only
            continue
        if flags & os.O_CREAT:
            with suppress(OSError):
                take_after_folder(fd, fs.stat(path.parent), fs)
        return fd
    return None


def _wait(fd: int, patience: float, fs: FileSystem) -> bool | None:
    end = time.monotonic() + patience
    pause = _FIRST_PAUSE
    while True:
        try:
            fs.lock(fd)
            return True
        except OSError as error:
            if error.errno not in _BUSY:
                return None
        if time.monotonic() >= end:
            return False
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _note(folder: Path) -> str:
    if folder in _said:
        return ""
    _said.add(folder)
    return _("{folder} 所在的磁盘不能加锁，同时保存时靠比较内容来防止覆盖").format(folder=folder.name)
