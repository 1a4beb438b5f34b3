import errno
import os
from pathlib import Path

import pytest

from perftui.files.errors import ChangedOnDisk, NotConfirmed, NotFolder, NotRegular, Unwritable
from perftui.files.filesystem import FileSystem
from perftui.files.reading import digest
from perftui.files.removing import create_folder, remove_file
from tests.unit.files.disks import RefusingDisk, disk_without_exchange, disk_without_links

OLD = b"old"
DISKS = {"exchange": FileSystem, "links": disk_without_exchange, "rename": disk_without_links}


@pytest.fixture(params=DISKS)
def disk(request: pytest.FixtureRequest) -> FileSystem:
    return DISKS[request.param]()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    return path


def test_removes_the_version_that_was_read(path: Path, disk: FileSystem) -> None:
    remove_file(path, digest(OLD), fs=disk)
    assert os.listdir(path.parent) == []


def test_another_version_stays(path: Path) -> None:
    with pytest.raises(ChangedOnDisk) as caught:
        remove_file(path, digest(b"other"))
    assert caught.value.found == digest(OLD)
    assert os.listdir(path.parent) == [path.name]


def test_a_change_of_the_last_moment_is_put_back(path: Path, disk: FileSystem) -> None:
    rename = disk.rename

    def changed(source: Path, target: Path) -> None:
        if source == path:
            path.write_bytes(b"theirs")
        rename(source, target)

    disk.rename = changed
    with pytest.raises(ChangedOnDisk) as caught:
        remove_file(path, digest(OLD), fs=disk)
    assert caught.value.found == digest(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert os.listdir(path.parent) == [path.name]


def test_a_change_and_a_new_file_of_the_last_moment_both_stay(path: Path) -> None:
    class Busy(FileSystem):
        def rename(self, source: Path, target: Path) -> None:
            path.write_bytes(b"one")
            super().rename(source, target)
            path.write_bytes(b"two")

    with pytest.raises(ChangedOnDisk) as caught:
        remove_file(path, digest(OLD), fs=Busy())
    assert caught.value.kept is not None
    assert (path.read_bytes(), caught.value.kept.read_bytes()) == (b"two", b"one")
    assert caught.value.found == digest(b"two")


def test_of_a_link_only_the_link_is_removed(path: Path) -> None:
    link = path.with_name("link.toml")
    link.symlink_to(path.name)
    remove_file(link, digest(OLD))
    assert os.listdir(path.parent) == [path.name]


def test_what_is_gone_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChangedOnDisk, match="删除或移走"):
        remove_file(tmp_path / "gone", digest(OLD))
    with pytest.raises(NotRegular):
        remove_file(tmp_path, digest(OLD))
    assert os.listdir(tmp_path) == []


def test_a_removal_may_be_unconfirmed(path: Path) -> None:
    with pytest.raises(NotConfirmed) as caught:
        remove_file(path, digest(OLD), fs=RefusingDisk(sync_folder=errno.EIO))
    assert caught.value.digest is None
    assert not path.exists()


def test_makes_a_folder_and_those_above_it_once(tmp_path: Path) -> None:
    for _again in range(2):
        create_folder(tmp_path / "2021" / "613001" / "projects")
    assert (tmp_path / "2021" / "613001" / "projects").is_dir()


def test_a_folder_with_a_mode_of_its_own(tmp_path: Path) -> None:
    create_folder(tmp_path / "private", 0o700)
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["file", "file/below", "dangling"])
def test_a_file_in_the_folders_way_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to("nowhere")
    with pytest.raises(NotFolder, match="不是文件夹"):
        create_folder(tmp_path / name)


def test_a_folder_that_somebody_makes_at_the_same_time_is_fine(tmp_path: Path) -> None:
    class Late(FileSystem):
        def mkdir(self, path: Path, mode: int) -> None:
            path.mkdir()
            super().mkdir(path, mode)

    create_folder(tmp_path / "a", fs=Late())
    assert (tmp_path / "a").is_dir()


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="磁盘已满，没有保存 a"):
        create_folder(tmp_path / "a", fs=RefusingDisk(mkdir=errno.ENOSPC))
