"""Clearing away the temporary files of programs that were killed."""

import os
import time
from contextlib import suppress
from pathlib import Path

from perftui.files.directory_entries import drop
from perftui.files.errors import FileError, TooLarge
from perftui.files.filesystem import DISK, FileSystem
from perftui.files.reading import read_file
from perftui.files.temporary import TemporaryName, boot_id, parse_temporary
from perftui.model.frozen import frozen

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest left-over that is looked into."""
MIN_AGE = 24 * 3600
"""Seconds after which a temporary file is old enough to be cleared away."""


@frozen
class SweepResult:
    """What a sweep found."""

    removed: tuple[Path, ...]
    """Left-overs that are gone now."""
    kept: tuple[Path, ...]
    """Left-overs that hold neither the old nor the new version of their save: perhaps somebody's work, left alone."""


def sweep(folder: Path, now: float | None = None, *, fs: FileSystem = DISK) -> SweepResult:
    """Remove our own temporary files whose process is gone and that are older than a day.

    ``now`` is in seconds since 1970. A folder that cannot be listed has nothing to sweep.
    """
    removed: list[Path] = []
    kept: list[Path] = []
    for path, name in _left_over(folder, (time.time() if now is None else now) - MIN_AGE):
        try:
            found = read_file(path, LARGEST, fs)
        except TooLarge:
            kept.append(path)
            continue
        except FileError:  # gone just now, or another user's
            continue
        if found.data and not name.belongs(found.digest):
            kept.append(path)
            continue
        drop(path, fs)
        removed.append(path)
    return SweepResult(removed=tuple(removed), kept=tuple(kept))


def _left_over(folder: Path, before: float) -> list[tuple[Path, TemporaryName]]:
    found: list[tuple[Path, TemporaryName]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            name = parse_temporary(entry.name)
            if name is None or _alive(name):
                continue
            with suppress(OSError):
                seen = entry.stat(follow_symlinks=False)
                if max(seen.st_mtime, seen.st_ctime) < before:  # a rename sets the second only
                    found.append((Path(entry.path), name))
    return sorted(found, key=lambda item: item[0])


def _alive(name: TemporaryName) -> bool:
    """Whether the process that made the file may still run. One of another boot or machine is taken for gone."""
    if name.boot != boot_id():
        return False
    try:
        os.kill(name.pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
