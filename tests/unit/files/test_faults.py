"""Every call of a save, a removal and an append refused in turn, once and from then on."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from perftui.files.appendlog import AppendLog, read_log
from perftui.files.errors import FileError, NotConfirmed
from perftui.files.filesystem import FileSystem
from perftui.files.reading import digest
from perftui.files.removing import create_folder, remove_file
from perftui.files.writing import write_file
from tests.unit.files.disks import FaultyDisk, strays

ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EINVAL, errno.ENOSYS)
OLD, NEW = b"old version", b"new version"
MAY_LEAVE_A_STRAY = {"unlink", "exchange", "stat", "open", "read", "fstat"}
"""A disk that from now on refuses these leaves a temporary file to the sweep."""


def replace(path: Path, fs: FileSystem) -> None:
    write_file(path, NEW, digest(OLD), fs=fs)


def remove(path: Path, fs: FileSystem) -> None:
    remove_file(path, digest(OLD), fs=fs)


def make(path: Path, fs: FileSystem) -> None:
    write_file(path.with_name("new"), NEW, None, fs=fs)


def outcome(act: Callable[[Path, FileSystem], None], path: Path, disk: FaultyDisk) -> str:
    try:
        act(path, disk)
    except NotConfirmed:
        return "not confirmed"
    except FileError:
        return "refused"
    return "done"


def rounds(folder: Path, act: Callable[[Path, FileSystem], None], number: int, lasting: bool, unsupported=()):
    """One attempt for every call: the fresh file, the disk that failed, how it ended."""
    when = 0
    while True:
        when += 1
        place = folder / f"{when}"
        place.mkdir()
        path = place / "a.toml"
        path.write_bytes(OLD)
        disk = FaultyDisk(when, number, lasting=lasting, unsupported=unsupported)
        ended = outcome(act, path, disk)
        if not disk.refused:
            assert when > 10
            return
        yield path, disk, ended


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_a_save_is_done_or_changes_nothing(tmp_path: Path, number: int, lasting: bool) -> None:
    for path, disk, ended in rounds(tmp_path, replace, number, lasting):
        where = f"{disk.refused}, call {len(disk.calls)}"
        assert path.read_bytes() == (OLD if ended == "refused" else NEW), where
        assert not strays(path.parent) or disk.refused in (MAY_LEAVE_A_STRAY if lasting else {"unlink"}), where


@pytest.mark.parametrize("unsupported", [("exchange", "rename_new"), ("exchange", "rename_new", "link")])
@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_so_is_one_on_a_poor_disk(tmp_path: Path, number: int, unsupported: tuple[str, ...]) -> None:
    for path, disk, ended in rounds(tmp_path, replace, number, False, unsupported):
        assert path.read_bytes() == (OLD if ended == "refused" else NEW), disk.refused
        assert not strays(path.parent) or disk.refused == "unlink"


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_a_new_file_is_whole_or_not_there(tmp_path: Path, number: int) -> None:
    for path, disk, ended in rounds(tmp_path, make, number, lasting=False):
        new = path.with_name("new")
        assert new.exists() == (ended != "refused"), disk.refused
        assert not new.exists() or new.read_bytes() == NEW, disk.refused
        assert not strays(path.parent) or disk.refused == "unlink"


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_a_removal_is_done_or_changes_nothing(tmp_path: Path, number: int) -> None:
    for path, disk, ended in rounds(tmp_path, remove, number, lasting=False):
        assert path.exists() == (ended == "refused"), disk.refused
        assert not strays(path.parent) or disk.refused == "unlink"


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_an_append_that_was_not_refused_is_in_the_log(tmp_path: Path, number: int) -> None:
    for when in range(1, 24):
        path = tmp_path / f"{when}"
        disk = FaultyDisk(when, number)
        told = []
        try:
            with AppendLog.open(path, fs=disk) as log:
                for value in ("一", "二", "三", "四"):
                    try:
                        log.append(value)
                        told.append(value)
                    except FileError:
                        continue
        except FileError:
            assert disk.refused
        found = read_log(path).entries
        assert [value for value in found if value in told] == told, disk.refused


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, number: int) -> None:
    for when in range(1, 9):
        path = tmp_path / f"{when}" / "below"
        disk = FaultyDisk(when, number)
        ended = outcome(lambda path, fs: create_folder(path, fs=fs), path, disk)
        assert path.is_dir() or ended != "done", disk.refused
