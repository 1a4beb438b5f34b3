"""The system calls that reading and saving make, behind one small object.

Tests put a recording, failing or incomplete one in its place; the program has only ``DISK``.
"""

import errno
import fcntl
import os
from contextlib import suppress
from pathlib import Path

UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.ENOTTY})
"""Answers that mean "this file system cannot do that", so that another way is tried."""

_AT_FDCWD = -100
_NOREPLACE = 1
_EXCHANGE = 2
_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)


class FileSystem:
    """One method a system call; all of them raise ``OSError``."""

    def stat(self, path: Path) -> os.stat_result:
        """What the path (links followed) is."""
        return os.stat(path)

    def fstat(self, fd: int) -> os.stat_result:
        """What the open file is."""
        return os.fstat(fd)

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """Open, never inherited by other programs and never as a controlling terminal."""
        return os.open(path, flags | os.O_CLOEXEC | os.O_NOCTTY, mode)

    def read(self, fd: int, size: int) -> bytes:
        """At most ``size`` bytes; empty at the end."""
        return os.read(fd, size)

    def write(self, fd: int, data: bytes | memoryview) -> int:
        """Write a part, and say how many bytes it was."""
        return os.write(fd, data)

    def fsync(self, fd: int) -> None:
        """Wait until the file's bytes and attributes are on the disk."""
        os.fsync(fd)
        if _FULL_SYNC is not None:  # macOS: fsync leaves the bytes in the drive's own cache
            fcntl.fcntl(fd, _FULL_SYNC)

    def fdatasync(self, fd: int) -> None:
        """Wait until the file's bytes and size are on the disk."""
        if hasattr(os, "fdatasync"):
            os.fdatasync(fd)
        else:
            self.fsync(fd)

    def sync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are on the disk; nothing where folders cannot be synced."""
        fd = self.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(fd)

    def close(self, fd: int) -> None:
        """Close; network disks report a full quota here."""
        os.close(fd)

    def chmod(self, fd: int, mode: int) -> None:
        """Give the open file these permission bits."""
        os.fchmod(fd, mode)

    def chown(self, fd: int, user: int, group: int) -> None:
        """Give the open file to a user and group; -1 leaves one as it is."""
        os.fchown(fd, user, group)

    def copy_attributes(self, source: Path, fd: int) -> None:
        """Copy the access list and the other extended attributes as far as the system allows."""
        if not hasattr(os, "listxattr"):
            return
        with suppress(OSError):
            for name in os.listxattr(source):
                with suppress(OSError):
                    os.setxattr(fd, name, os.getxattr(source, name))

    def rename(self, source: Path, target: Path) -> None:
        """Give the file another name; what had that name is gone."""
        os.rename(source, target)

    def rename_new(self, source: Path, target: Path) -> None:
        """Give the file another name that must be free."""
        _renameat2(source, target, _NOREPLACE)

    def exchange(self, one: Path, other: Path) -> None:
        """Swap two files' names in one step."""
        _renameat2(one, other, _EXCHANGE)

    def link(self, source: Path, target: Path) -> None:
        """Give the file a second name that must be free."""
        os.link(source, target, follow_symlinks=False)

    def unlink(self, path: Path) -> None:
        """Take a name away."""
        os.unlink(path)

    def lock(self, fd: int) -> None:
        """Take the open file's lock, or fail at once."""
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def unlock(self, fd: int) -> None:
        """Let the lock go, also where a child has inherited the descriptor."""
        fcntl.flock(fd, fcntl.LOCK_UN)

    def mkdir(self, path: Path, mode: int) -> None:
        """Make one folder."""
        os.mkdir(path, mode)


DISK = FileSystem()
"""The real disk."""


def _renameat2(source: Path, target: Path, flags: int) -> None:
    import ctypes  # costs 2 ms, and only a save needs it

    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(source))
    if function(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), flags) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(source))
