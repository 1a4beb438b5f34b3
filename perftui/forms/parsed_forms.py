"""Definitions that were read and found right before, in the user's cache: a start neither parses nor checks again.

What is kept is found by the content of the file and by the program's own version, so it can be missing or damaged,
never wrong.
"""

import marshal
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from perftui.files.errors import FileError
from perftui.files.filesystem import DISK
from perftui.files.reading import digest, read_bytes
from perftui.files.removing import create_folder
from perftui.files.xdg_dirs import cache_folder

_DIGEST = 64
_PRIVATE = 0o700


def kept_plain(content: str) -> dict[str, Any] | None:
    """What the definition of a digest says; ``None`` where it is not kept."""
    with suppress(FileError, OSError, ValueError, EOFError, TypeError):
        data = read_bytes(_place(content))
        if digest(data[_DIGEST:]).encode() == data[:_DIGEST]:
            found = marshal.loads(data[_DIGEST:])  # our own bytes: the digest is right
            return found if isinstance(found, dict) else None
    return None


def keep_plain(content: str, plain: dict[str, Any]) -> None:
    """Keep what the definition of a digest says; one that cannot be kept is no misfortune."""
    from perftui.files.directory_entries import drop  # most starts find it kept
    from perftui.files.temporary import create_temporary, write_all

    with suppress(FileError, OSError, ValueError):
        data, path = marshal.dumps(plain), _place(content)
        create_folder(path.parent, _PRIVATE)
        temporary, fd = create_temporary(path, None, digest(data), DISK)
        try:
            try:
                write_all(fd, digest(data).encode() + data, DISK)
            finally:
                os.close(fd)
            os.replace(temporary, path)  # not synced: what a power failure leaves of it is not believed
            _clear(path)
        except BaseException:
            drop(temporary, DISK)
            raise


def _clear(kept: Path) -> None:
    """Take away what other versions of the program kept of the same definition."""
    for path in kept.parent.glob(f"{kept.name.partition('-')[0]}-*"):
        if path != kept:
            path.unlink(missing_ok=True)


def _place(content: str) -> Path:
    return cache_folder() / "forms" / f"{content[:32]}-{_program()}.kept"


@cache
def _program() -> str:
    """What tells one version of what reads definitions from another."""
    folder = os.path.dirname(os.path.abspath(__file__))
    sentences = [f"{sys.version_info[:3]}"]
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name.endswith(".py"):
                status = entry.stat()
                sentences.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}")
    return digest("\n".join(sentences).encode())[:16]
