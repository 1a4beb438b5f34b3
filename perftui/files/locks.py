"""One writer at a time on a file, as far as the disk can do that; the guarded write holds without it as well."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from hashlib import blake2b
from pathlib import Path

from perftui.files.errors import FileError
from perftui.files.filesystem import DISK, FileSystem
from perftui.files.permissions import take_after_folder
from perftui.files.removing import create_folder
from perftui.files.worktree import working_copy
from perftui.locale import _
from perftui.model.frozen import frozen

SUFFIX = ".perftui-lock"
"""End of the name of every lock file; also a pattern for ``.gitignore``."""

PATIENCE = 5.0
"""Seconds that a writer waits for another before it goes on without the lock."""

_GIT_FOLDER, _OWN_FOLDER = "perftui", ".perftui"
_MOST_NAME = 60
_FIRST_PAUSE = 0.001
_LONGEST_PAUSE = 0.05
_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK})
_said: set[Path] = set()


@frozen
class Locked:
    """How the locking went."""

    held: bool
    """Whether the lock is held. Without it, the caller goes on: the guarded write refuses instead of overwriting."""
    note: str = ""
    """A sentence for the person, once for each folder, when the disk has no locks."""


def lock_path(path: Path) -> Path:
    """The lock file that stands for ``path``, made once and never removed.

    It lies where everybody finds it who works in the same folder, and no version ever holds it: in git's own folder of
    a working copy, in ``.perftui`` of a data folder, elsewhere hidden beside the file. Never the data file itself: a
    save replaces that one, and a lock on the old one keeps nobody out.
    """
    found = working_copy(path.parent)
    top, place = (found[0], found[1] / _GIT_FOLDER) if found else _data_folder(path)
    if place is None or not _is_usable(place):
        return _beside(path)
    name = os.path.relpath(os.path.join(os.path.realpath(path.parent), path.name), top)
    number = blake2b(name.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return place / f"{number}-{path.name[:_MOST_NAME]}{SUFFIX}"


def locks_beside(path: Path) -> Path | None:
    """The lock file of a data file where the version before this one looked for it; ``None`` where it is not there."""
    old = _beside(path)
    return old if old != lock_path(path) and os.path.exists(old) else None  # no name is too long for that question


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}{SUFFIX}")


def _data_folder(path: Path) -> tuple[Path, Path | None]:
    """The data folder ``DATA`` of a file below ``DATA/YEAR/UNIT``, and its place for locks; none for another file."""
    for folder in path.parents[1:4]:
        if folder.name.isdecimal() and len(folder.name) == 4:
            top = Path(os.path.realpath(folder.parent))
            return top, top / _OWN_FOLDER
    return path.parent, None


def _is_usable(place: Path) -> bool:
    """Is the folder there, or can it be made?"""
    with suppress(FileError):
        if place.parent.is_dir():  # else the data folder itself would come back that somebody has moved away
            create_folder(place, lasting=False)
        return os.access(place, os.W_OK)
    return False


@contextmanager
def writing_lock(path: Path, patience: float = PATIENCE, *, fs: FileSystem = DISK) -> Iterator[Locked]:
    """Hold the lock of a file's writers. Waits at most ``patience`` seconds, then goes on without."""
    target = Path(os.path.realpath(path))
    old = locks_beside(target)
    earlier = _held(old, target, patience, fs) if old else nullcontext()
    with earlier, _held(lock_path(target), target, patience, fs) as lock:
        yield lock


@contextmanager
def _held(place: Path, target: Path, patience: float, fs: FileSystem) -> Iterator[Locked]:
    """Hold the lock file that stands for a target."""
    fd = _open(place, fs)
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
