"""Temporary files beside the file they will replace: how they are named, made and recognised later."""

import errno
import os
import re
from functools import cache
from itertools import count
from mmap import mmap
from pathlib import Path

from perftui.files.errors import Digest
from perftui.files.filesystem import FileSystem
from perftui.files.names import cut_bytes
from perftui.model.frozen import frozen

SUFFIX = ".perftui-tmp"
"""End of the name of every temporary file; also a pattern for ``.gitignore``."""

_PATTERN = re.compile(
    r"\..*\.([0-9]{1,10})-([0-9a-f]{8})-[0-9]{1,12}-([0-9a-f]{12})-([0-9a-f]{12})\.perftui-tmp", re.DOTALL
)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_SHORT = 12
_NOTHING = "0" * _SHORT
_TRIES = 100
_numbers = count(1)


@frozen
class TemporaryName:
    """What the name of a temporary file says about it."""

    pid: int
    """The process that made it."""
    boot: str
    """The first 8 digits of that machine's boot id."""
    base: str
    """The first 12 digits of the digest of the file it was to replace."""
    new: str
    """The first 12 digits of the digest of what was written into it."""

    def belongs(self, content: Digest) -> bool:
        """Whether the content is one of the two that the save itself put there; anything else is somebody's work."""
        return content[:_SHORT] in (self.base, self.new)


def parse_temporary(name: str) -> TemporaryName | None:
    """Read the name of a temporary file of ours; None for every other file."""
    match = _PATTERN.fullmatch(name) if name.endswith(SUFFIX) else None
    if match is None:
        return None
    return TemporaryName(pid=int(match[1]), boot=match[2], base=match[3], new=match[4])


def temporary_path(target: Path, base: Digest | None, new: Digest | None) -> Path:
    """The next unused path for a temporary file beside ``target``, which goes from ``base`` to ``new``."""
    digests = f"{(base or _NOTHING)[:_SHORT]}-{(new or _NOTHING)[:_SHORT]}"
    stem = cut_bytes(target.name, 100)
    return target.with_name(f".{stem}.{os.getpid()}-{boot_id()}-{next(_numbers)}-{digests}{SUFFIX}")


def create_temporary(target: Path, base: Digest | None, new: Digest | None, fs: FileSystem) -> tuple[Path, int]:
    """Make an empty temporary file beside ``target``, readable by its owner alone; its path and descriptor."""
    for _attempt in range(_TRIES):
        path = temporary_path(target, base, new)
        try:
            return path, fs.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except FileExistsError:  # the same process number in another container or on another machine
            continue
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def write_all(fd: int, data: bytes | mmap, fs: FileSystem) -> None:
    """Write every byte, however few the system takes at a time."""
    rest = memoryview(data)
    while rest:
        written = fs.write(fd, rest)
        if written <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[written:]


@cache
def boot_id() -> str:
    """The first 8 digits of the running system's boot id; zeros where the system has none."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()[:8]
    except OSError:
        return "0" * 8
