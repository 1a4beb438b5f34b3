"""Who else has the document open: shown, never a reason to wait. An entry holds while its process has its lock.

Each process takes the first free slot, a small file where locks lie, which no version ever holds.
"""

import json
import os
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from perftui.files.filesystem import DISK
from perftui.files.locks import lock_path, locks_beside
from perftui.files.permissions import take_after_folder
from perftui.files.temporary import boot_id
from perftui.model.frozen import frozen
from perftui.session.user import person

_SLOTS = 64
_MOST_BYTES = 4096


@frozen
class PresentUser:
    """Somebody who has the document open."""

    person: str
    since: float
    """Seconds since 1970."""
    file: str
    """The project's file that they are in; "" for none."""
    typing: str = ""
    """What they call the field that they have half typed; "" for none."""
    host: str
    here: bool
    """On this machine."""
    certain: bool
    """A lock, or the running process, says so; on a disk without locks another machine's entry may be old."""


class Presence:
    """This process's entry for one document."""

    def __init__(self, folder: Path) -> None:
        """Enter a document's folder; where no entry can be made, others are still seen."""
        self._folder = folder
        self._since = time.time()
        self._file = self._typing = ""
        self._slot, self._fd = self._take()
        self._write()

    def at(self, file: str, typing: str = "") -> None:
        """Note which project's file this person is editing, and the field that is half typed; "" for none."""
        if (file, typing) != (self._file, self._typing):
            self._file, self._typing = file, typing
            self._write()

    def others(self) -> tuple[PresentUser, ...]:
        """Everybody else who has the document open, the first come first."""
        found: list[PresentUser] = []
        for number in range(_SLOTS):
            path = self._path(number)
            if number == self._slot:
                continue
            if not path.exists():
                break
            if (entry := _look(path)) is not None:
                found.append(entry)
        for number in range(_SLOTS):  # of the version before this one
            old = locks_beside(self._folder / f"present-{number}")
            if old is None:
                break
            if (entry := _look(old)) is not None:
                found.append(entry)
        return tuple(sorted(found, key=lambda one: one.since))

    def leave(self) -> None:
        """Take the entry back."""
        if self._fd is not None:
            with suppress(OSError):
                os.ftruncate(self._fd, 0)
            os.close(self._fd)  # lets the lock go as well
            self._fd, self._slot = None, -1

    def _path(self, number: int) -> Path:
        return lock_path(self._folder / f"present-{number}")

    def _take(self) -> tuple[int, int | None]:
        for number in range(_SLOTS):
            fd = _open(self._path(number), os.O_RDWR | os.O_CREAT)
            if fd is None:
                continue
            got = _lock(fd)
            if got or (got is None and _entry(fd) is None):
                return number, fd
            os.close(fd)
        return -1, None

    def _write(self) -> None:
        if self._fd is None:
            return
        entry = {
            "person": person(),
            "since": self._since,
            "file": self._file,
            "typing": self._typing,
            "host": socket.gethostname(),
            "boot": boot_id(),
            "pid": os.getpid(),
        }
        with suppress(OSError):  # a full disk: nobody sees where one is, and nothing else happens
            data = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace")
            os.pwrite(self._fd, data, 0)
            os.ftruncate(self._fd, len(data))


def _look(path: Path) -> PresentUser | None:
    """Who holds a slot; ``None`` for nobody."""
    fd = _open(path, os.O_RDWR) or _open(path, os.O_RDONLY)
    if fd is None:
        return None
    try:
        got, entry = _lock(fd), _entry(fd)
        if entry is None or got:  # the lock could be had: its process is gone
            return None
        return _present(entry, locks=got is False)
    except (KeyError, TypeError, ValueError):
        return None
    finally:
        os.close(fd)


def _present(entry: dict[str, Any], *, locks: bool) -> PresentUser | None:
    here = entry["boot"] == boot_id() and entry["host"] == socket.gethostname()
    if not locks and here and not _runs(int(entry["pid"])):
        return None
    return PresentUser(
        person=str(entry["person"]),
        since=float(entry["since"]),
        file=str(entry["file"]),
        typing=str(entry.get("typing", "")),
        host=str(entry["host"]),
        here=here,
        certain=locks or here,
    )


def _entry(fd: int) -> dict[str, Any] | None:
    with suppress(OSError, ValueError):
        entry = json.loads(os.pread(fd, _MOST_BYTES, 0))
        return entry if isinstance(entry, dict) else None
    return None


def _open(path: Path, flags: int) -> int | None:
    try:
        fd = DISK.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:  # a folder that one may not write into, or somebody else's file
        return None
    if flags & os.O_CREAT:
        with suppress(OSError):
            take_after_folder(fd, DISK.stat(path.parent), DISK)
    return fd


def _lock(fd: int) -> bool | None:
    """Could the lock be had? ``None`` where the disk knows no locks."""
    try:
        DISK.lock(fd)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
