"""Reads a file that git may be replacing at this moment: git removes a file and then writes it anew."""

import time
from pathlib import Path

from perftui.files.errors import Missing
from perftui.files.filesystem import DISK, FileSystem
from perftui.files.reading import FileBytes, read_file

PATIENCE = 3.0
"""Seconds that are waited for git to finish."""

_PAUSE = 0.03


def read_settled(path: Path, git_folder: Path | None = None, *, fs: FileSystem = DISK) -> FileBytes | None:
    """The file once two readings are equal and git is not at work; ``None`` where there is none.

    Raises as ``read_file`` does.
    """
    end = time.monotonic() + PATIENCE
    before, known = None, False
    while True:
        found = _read(path, fs)
        equal = known and (found.digest if found else None) == (before.digest if before else None)
        if (equal and not is_git_busy(git_folder)) or time.monotonic() >= end:
            return found
        before, known = found, True
        time.sleep(_PAUSE)


def is_git_busy(git_folder: Path | None) -> bool:
    """Is git changing its index, and so the files?"""
    return git_folder is not None and (git_folder / "index.lock").exists()


def _read(path: Path, fs: FileSystem) -> FileBytes | None:
    try:
        return read_file(path, fs=fs)
    except Missing:
        return None
