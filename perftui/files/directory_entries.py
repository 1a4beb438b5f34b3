"""Small steps that writing and removing share: giving a finished file its name, dropping one, confirming a folder."""

import os
from contextlib import suppress
from pathlib import Path

from perftui.files.errors import Digest, NotConfirmed
from perftui.files.filesystem import UNSUPPORTED, FileSystem


def place_new(temporary: Path, target: Path, fs: FileSystem) -> None:
    """Give the temporary file its name, which must be free: ``FileExistsError`` when it is not."""
    for way in (_rename, _link):
        try:
            return way(temporary, target, fs)
        except OSError as error:
            if error.errno not in UNSUPPORTED:
                raise
    return _reserve(temporary, target, fs)


def drop(path: Path, fs: FileSystem) -> None:
    """Remove a file that is no longer needed; where that fails, a later ``sweep`` removes it."""
    with suppress(OSError):
        fs.unlink(path)


def confirm(target: Path, digest: Digest | None, fs: FileSystem) -> None:
    """Wait until the names of the target's folder are on the disk; ``NotConfirmed`` when that is not certain."""
    try:
        fs.sync_folder(target.parent)
    except OSError as error:
        raise NotConfirmed(target, digest, error.errno or 0) from error


def _rename(temporary: Path, target: Path, fs: FileSystem) -> None:
    fs.rename_new(temporary, target)


def _link(temporary: Path, target: Path, fs: FileSystem) -> None:
    fs.link(temporary, target)
    drop(temporary, fs)


def _reserve(temporary: Path, target: Path, fs: FileSystem) -> None:
    """For disks that have neither a rename to a free name nor links: make an empty file, then replace it."""
    fs.close(fs.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW))
    try:
        fs.rename(temporary, target)
    except BaseException:
        drop(target, fs)
        raise
