import errno
import os
import stat as modes
from contextlib import suppress
from pathlib import Path

import pytest

from perftui.files.errors import Unwritable
from perftui.files.filesystem import FileSystem
from perftui.files.reading import digest
from perftui.files.removing import create_folder
from perftui.files.writing import write_file
from tests.unit.files.disks import RefusingDisk


def mode_of(path: Path) -> int:
    return modes.S_IMODE(path.stat().st_mode)


class OtherGroup(FileSystem):
    """As for a user who is not in the file's group: it cannot be given, and is another one."""

    def chown(self, fd: int, user: int, group: int) -> None:
        raise PermissionError(errno.EPERM, "")

    def fstat(self, fd: int) -> os.stat_result:
        found = list(super().fstat(fd))
        found[modes.ST_GID] += 1
        return os.stat_result(found)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_replaced_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_file(path, b"new", digest(b"old"))
    assert mode_of(path) == mode


def test_a_replaced_file_is_offered_to_its_owner_and_group(tmp_path: Path) -> None:
    given = []

    class Noted(FileSystem):
        def chown(self, fd: int, user: int, group: int) -> None:
            given.append((user, group))
            if user != -1:
                raise PermissionError(errno.EPERM, "")

    path = tmp_path / "a"
    path.write_bytes(b"old")
    write_file(path, b"new", digest(b"old"), fs=Noted())
    owner = path.stat().st_uid, path.stat().st_gid
    assert given == [owner, (-1, owner[1])]


def test_a_replaced_file_keeps_its_attributes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    before = []
    with suppress(OSError, AttributeError):  # not every disk has them
        os.setxattr(path, "user.perftui", b"1")
        before = os.listxattr(path)
    write_file(path, b"new", digest(b"old"))
    assert before == (os.listxattr(path) if before else [])


def test_a_group_the_writer_is_not_in_takes_no_rights_along(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o664)
    write_file(path, b"new", digest(b"old"), fs=OtherGroup())
    assert mode_of(path) == 0o644


@pytest.mark.parametrize(
    ("folder", "expected"), [(0o700, 0o600), (0o750, 0o640), (0o775, 0o664), (0o2770, 0o660), (0o1777, 0o644)]
)
def test_a_new_file_takes_mode_and_group_from_its_folder(tmp_path: Path, folder: int, expected: int) -> None:
    place = tmp_path / "shared"
    place.mkdir()
    place.chmod(folder)
    write_file(place / "a", b"new", None)
    assert mode_of(place / "a") == expected
    assert (place / "a").stat().st_gid == place.stat().st_gid


def test_a_new_file_of_another_group_is_as_open_as_to_everybody(tmp_path: Path) -> None:
    tmp_path.chmod(0o770)
    write_file(tmp_path / "a", b"new", None, fs=OtherGroup())
    assert mode_of(tmp_path / "a") == 0o600


@pytest.mark.parametrize(("parent", "expected"), [(0o700, 0o700), (0o2775, 0o2775), (0o1777, 0o755)])
def test_a_new_folder_takes_mode_from_the_one_above(tmp_path: Path, parent: int, expected: int) -> None:
    place = tmp_path / "shared"
    place.mkdir()
    place.chmod(parent)
    create_folder(place / "2021")
    assert mode_of(place / "2021") == expected


def test_a_disk_without_modes_is_no_reason_to_refuse(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"new", None, fs=RefusingDisk(chmod=errno.EPERM, chown=errno.EPERM))
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_mode_that_cannot_be_set_for_another_reason_is(tmp_path: Path) -> None:
    with pytest.raises(Unwritable):
        write_file(tmp_path / "a", b"new", None, fs=RefusingDisk(chmod=errno.EIO))
    assert os.listdir(tmp_path) == []
