"""Removing a file and making a folder, so that both outlast a power failure."""

import os
from pathlib import Path

from perftui.files.directory_entries import confirm, drop, place_new
from perftui.files.errors import ChangedOnDisk, Digest, NotFolder, refusals
from perftui.files.filesystem import DISK, FileSystem
from perftui.files.permissions import folder_after_folder
from perftui.files.reading import LIMIT, current_digest
from perftui.files.temporary import create_temporary


def remove_file(path: Path, base: Digest, *, limit: int = LIMIT, fs: FileSystem = DISK) -> None:
    """Remove the file whose content has the digest ``base``; of a link, the link. ``ChangedOnDisk`` when it is another.

    The file is first moved aside and looked at there, so that a change in the last moment is seen and put back.
    """
    with refusals(path):
        _require(path, path, base, limit, fs)
        aside, fd = create_temporary(path, base, None, fs)
        try:
            fs.close(fd)
            fs.rename(path, aside)
        except BaseException as error:
            drop(aside, fs)
            if isinstance(error, FileNotFoundError):
                raise ChangedOnDisk(path, None) from error
            raise
        try:
            _require(aside, path, base, limit, fs)
        except BaseException as error:
            if not _put_back(aside, path, fs):
                raise ChangedOnDisk(path, current_digest(path, limit, fs), kept=aside) from error
            raise
        drop(aside, fs)
    confirm(path, None, fs)


def create_folder(path: Path, mode: int | None = None, *, lasting: bool = True, fs: FileSystem = DISK) -> None:
    """Make a folder and the folders above it; one that is there already is fine.

    Group and mode come from the folder above, or are ``mode``. What need not outlast a power failure (``lasting``) is
    not waited for. Raises ``NotFolder`` when a file is in the way.
    """
    with refusals(path):
        missing = _missing(path)
    for wanted in reversed(missing):
        with refusals(wanted):
            _make(wanted, mode, fs, lasting=lasting)
        if lasting:
            confirm(wanted, None, fs)


def _require(where: Path, path: Path, base: Digest, limit: int, fs: FileSystem) -> None:
    found = current_digest(where, limit, fs)
    if found != base:
        raise ChangedOnDisk(path, found)


def _put_back(aside: Path, path: Path, fs: FileSystem) -> bool:
    """Give the file its name again; False when somebody made a new one there in the meantime, so that both stay."""
    try:
        place_new(aside, path, fs)
    except OSError:
        return False
    return True


def _missing(path: Path) -> list[Path]:
    missing: list[Path] = []
    while not path.is_dir():
        if os.path.lexists(path):
            raise NotFolder(path)
        missing.append(path)
        path = path.parent
    return missing


def _make(folder: Path, mode: int | None, fs: FileSystem, *, lasting: bool) -> None:
    try:
        fs.mkdir(folder, 0o700)
    except FileExistsError:
        if not folder.is_dir():
            raise NotFolder(folder) from None
        return
    fd = fs.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if mode is None:
            folder_after_folder(fd, fs.stat(folder.parent), fs)
        else:
            fs.chmod(fd, mode)
        if lasting:
            fs.fsync(fd)
    finally:
        fs.close(fd)
