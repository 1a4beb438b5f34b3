"""Disks for the tests: the real one, with calls counted, refused, left out or interrupted by somebody else."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from perftui.files.filesystem import FileSystem

CALLS = tuple(name for name in vars(FileSystem) if not name.startswith("_"))


class WatchedDisk(FileSystem):
    """Notes every call, and calls ``before`` ahead of it."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def before(self, name: str) -> None:
        """Look at the call that is about to be made (``self.calls[-1]`` already)."""

    def __getattribute__(self, name: str) -> Any:
        found = object.__getattribute__(self, name)
        if name not in CALLS:
            return found

        def call(*arguments: Any) -> Any:
            self.calls.append(name)
            self.before(name)
            return found(*arguments)

        return call


class FaultyDisk(WatchedDisk):
    """Refuses call number ``when`` (and, if ``lasting``, every later call of the same kind) with an error."""

    def __init__(self, when: int, number: int, *, lasting: bool = False, unsupported: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._unsupported = unsupported
        self._when = when
        self._number = number
        self._lasting = lasting
        self.refused = ""

    def before(self, name: str) -> None:
        if len(self.calls) == self._when:
            self.refused = name
        if self._refuses(name) and name != "close":
            raise OSError(self._number, os.strerror(self._number))
        if name in self._unsupported:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    def close(self, fd: int) -> None:
        """A refused close has closed the file all the same."""
        os.close(fd)
        if self._refuses("close"):
            raise OSError(self._number, os.strerror(self._number))

    def _refuses(self, name: str) -> bool:
        later = self._lasting and len(self.calls) > self._when
        return name == self.refused and (later or len(self.calls) == self._when)


class RefusingDisk(WatchedDisk):
    """Refuses every call of the named kinds with the error given for it."""

    def __init__(self, **numbers: int) -> None:
        super().__init__()
        self._numbers = numbers

    def before(self, name: str) -> None:
        if name in self._numbers:
            raise OSError(self._numbers[name], os.strerror(self._numbers[name]))


def disk_without_exchange() -> RefusingDisk:
    """As NFS: no ``renameat2`` flags, but hard links."""
    return RefusingDisk(exchange=errno.EINVAL, rename_new=errno.EINVAL)


def disk_without_links() -> RefusingDisk:
    """The poorest disk: plain rename is all it has."""
    return RefusingDisk(exchange=errno.EINVAL, rename_new=errno.EINVAL, link=errno.EPERM)


class MeddledDisk(WatchedDisk):
    """Somebody else acts once, just ahead of call number ``when``."""

    def __init__(self, when: int, act: Callable[[], None], unsupported: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._when = when
        self._act = act
        self._unsupported = unsupported

    def before(self, name: str) -> None:
        if len(self.calls) == self._when:
            self._act()
        if name in self._unsupported:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


class BlindDisk(FileSystem):
    """Sees the same content whatever is on the disk: a save without its digest checks."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._seen: set[int] = set()

    def read(self, fd: int, size: int) -> bytes:
        """The content once, then the end."""
        if fd in self._seen:
            self._seen.discard(fd)
            return b""
        self._seen.add(fd)
        return self._content


def strays(folder: Path) -> list[str]:
    """The temporary files in a folder."""
    return sorted(name for name in os.listdir(folder) if name.endswith(".perftui-tmp"))
