"""Mode, owner and access list of a new file: those of the file it replaces, else those its folder asks for."""

import os
import stat as modes
from contextlib import suppress
from pathlib import Path

from perftui.files.filesystem import UNSUPPORTED, FileSystem

_READ_WRITE = 0o666
_OTHERS_WRITE = 0o022


def take_after_file(fd: int, old: os.stat_result, source: Path, fs: FileSystem) -> None:
    """Make the open file as accessible as ``source``, whose ``stat`` is ``old``."""
    mode = old.st_mode & 0o777
    if _give(fd, old.st_uid, old.st_gid, fs):
        _chmod(fd, mode, fs)
        fs.copy_attributes(source, fd)
    else:
        _chmod(fd, _group_as_others(mode), fs)


def take_after_folder(fd: int, folder: os.stat_result, fs: FileSystem) -> None:
    """Make the open new file as accessible as its folder: who may list the folder reads, who may add to it writes."""
    mode = folder.st_mode & _READ_WRITE
    if folder.st_mode & modes.S_ISVTX:  # a folder like /tmp, where nobody may change what is another's
        mode &= ~_OTHERS_WRITE
    _chmod(fd, mode if _give(fd, -1, folder.st_gid, fs) else _group_as_others(mode), fs)


def folder_after_folder(fd: int, parent: os.stat_result, fs: FileSystem) -> None:
    """Make the open new folder as accessible as its parent."""
    mode = parent.st_mode & (0o777 | modes.S_ISGID)
    if parent.st_mode & modes.S_ISVTX:
        mode &= ~_OTHERS_WRITE
    _chmod(fd, mode if _give(fd, -1, parent.st_gid, fs) else _group_as_others(mode), fs)


def _give(fd: int, user: int, group: int, fs: FileSystem) -> bool:
    """Try to give the file to the user and the group; whether it has the group now."""
    with suppress(OSError):
        fs.chown(fd, user, group)
        return True
    with suppress(OSError):  # only root gives files away; one's own groups are everybody's to give
        fs.chown(fd, -1, group)
        return True
    return fs.fstat(fd).st_gid == group


def _group_as_others(mode: int) -> int:
    """The mode for a file that got another group than it should: that group sees no more than everybody does."""
    return (mode & ~0o070) | (mode & 0o007) << 3


def _chmod(fd: int, mode: int, fs: FileSystem) -> None:
    try:
        fs.chmod(fd, mode)
    except OSError as error:  # a disk without modes (FAT, some shares) gives every file the same one
        if error.errno not in UNSUPPORTED:
            raise
