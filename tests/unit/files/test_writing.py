import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from perftui.files.errors import ChangedOnDisk, NotConfirmed, NotRegular, TooLarge, Unwritable
from perftui.files.filesystem import FileSystem
from perftui.files.reading import digest
from perftui.files.temporary import parse_temporary
from perftui.files.writing import write_file
from tests.unit.files.disks import RefusingDisk, WatchedDisk, disk_without_exchange, disk_without_links, strays

OLD, NEW = b"old\n", b"new, and longer\n"
DISKS = {"exchange": FileSystem, "links": disk_without_exchange, "rename": disk_without_links}


@pytest.fixture(params=DISKS)
def disk(request: pytest.FixtureRequest) -> FileSystem:
    return DISKS[request.param]()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "project.toml"
    path.write_bytes(OLD)
    return path


def test_replaces_the_version_it_was_made_from(path: Path, disk: FileSystem) -> None:
    assert write_file(path, NEW, digest(OLD), fs=disk) == digest(NEW)
    assert path.read_bytes() == NEW
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize("content", [b"", b"x", bytes(range(256)) * 4000])
def test_makes_a_new_file(tmp_path: Path, disk: FileSystem, content: bytes) -> None:
    path = tmp_path / "路南.toml"
    assert write_file(path, content, None, fs=disk) == digest(content)
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == [path.name]


def test_refuses_when_somebody_changed_the_file(path: Path, disk: FileSystem) -> None:
    path.write_bytes(b"theirs")
    with pytest.raises(ChangedOnDisk, match="已被别人修改") as caught:
        write_file(path, NEW, digest(OLD), fs=disk)
    assert (caught.value.found, caught.value.kept) == (digest(b"theirs"), None)
    assert path.read_bytes() == b"theirs"
    assert strays(path.parent) == []


def test_refuses_when_somebody_removed_the_file(path: Path, disk: FileSystem) -> None:
    path.unlink()
    with pytest.raises(ChangedOnDisk, match="删除或移走") as caught:
        write_file(path, NEW, digest(OLD), fs=disk)
    assert caught.value.found is None
    assert os.listdir(path.parent) == []


def test_a_new_file_never_overwrites_one(path: Path, disk: FileSystem) -> None:
    with pytest.raises(ChangedOnDisk) as caught:
        write_file(path, NEW, None, fs=disk)
    assert caught.value.found == digest(OLD)
    assert path.read_bytes() == OLD
    assert strays(path.parent) == []


def test_bytes_that_are_refused_never_reach_the_disk(path: Path) -> None:
    def verify(data: bytes) -> None:
        raise ValueError(data)

    disk = WatchedDisk()
    with pytest.raises(ValueError, match="longer"):
        write_file(path, NEW, digest(OLD), verify, fs=disk)
    assert disk.calls == []


def test_writes_through_links(path: Path) -> None:
    link = path.with_name("link.toml")
    link.symlink_to(path.name)
    write_file(link, NEW, digest(OLD))
    assert link.is_symlink()
    assert path.read_bytes() == NEW


def test_never_follows_a_link_that_took_the_temporary_name(path: Path) -> None:
    class Trap(WatchedDisk):
        def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
            if flags & os.O_CREAT and not path.is_symlink():
                path.symlink_to("victim")
            return super().open(path, flags, mode)

    with pytest.raises(Unwritable):
        write_file(path, NEW, digest(OLD), fs=Trap())
    assert not path.with_name("victim").exists()
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/null")])
@pytest.mark.parametrize("base", [digest(OLD), None])
def test_refuses_what_is_no_plain_file(tmp_path: Path, make, base) -> None:
    make(tmp_path / "a")
    with pytest.raises(NotRegular):
        write_file(tmp_path / "a", NEW, base)
    assert strays(tmp_path) == []


def test_a_large_foreign_version_is_refused_and_stays(path: Path) -> None:
    path.write_bytes(b"x" * 5000)
    with pytest.raises(TooLarge):
        write_file(path, NEW, digest(OLD), limit=4000)
    assert path.stat().st_size == 5000
    assert strays(path.parent) == []


def test_short_writes_are_continued(path: Path) -> None:
    class Slow(FileSystem):
        def write(self, fd: int, data: bytes | memoryview) -> int:
            return super().write(fd, data[:1])

    write_file(path, NEW, digest(OLD), fs=Slow())
    assert path.read_bytes() == NEW


def test_a_write_that_takes_nothing_is_an_error(path: Path) -> None:
    class Stuck(FileSystem):
        def write(self, fd: int, data: bytes | memoryview) -> int:
            return 0

    with pytest.raises(Unwritable, match="磁盘读写错误"):
        write_file(path, NEW, digest(OLD), fs=Stuck())
    assert path.read_bytes() == OLD


def test_a_file_its_owner_made_read_only_is_not_replaced(path: Path) -> None:
    class NotOurs(FileSystem):
        """As for a user who may read but not write the file; root may always."""

        def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
            if flags & os.O_WRONLY and not flags & os.O_CREAT and not path.stat().st_mode & 0o222:
                raise PermissionError(errno.EACCES, "")
            return super().open(path, flags, mode)

    path.chmod(0o444)
    with pytest.raises(Unwritable, match="没有写权限"):
        write_file(path, NEW, digest(OLD), fs=NotOurs())
    assert path.read_bytes() == OLD


def test_the_third_outcome_in_place_but_not_confirmed(path: Path) -> None:
    with pytest.raises(NotConfirmed, match="已写入，但磁盘没有确认：磁盘读写错误") as caught:
        write_file(path, NEW, digest(OLD), fs=RefusingDisk(sync_folder=errno.EIO))
    assert caught.value.digest == digest(NEW)
    assert path.read_bytes() == NEW
    assert strays(path.parent) == []


def test_after_a_failed_sync_the_next_save_writes_a_fresh_file(path: Path) -> None:
    class Failing(WatchedDisk):
        def fsync(self, fd: int) -> None:
            if self.calls.count("fsync") == 1:
                raise OSError(errno.EIO, "")
            super().fsync(fd)

    disk = Failing()
    with pytest.raises(Unwritable, match="磁盘读写错误"):
        write_file(path, NEW, digest(OLD), fs=disk)
    write_file(path, NEW, digest(OLD), fs=disk)
    assert disk.calls.count("fsync") == 2
    assert disk.calls.count("write") == 2
    assert path.read_bytes() == NEW


def test_the_temporary_name_tells_what_it_is(path: Path) -> None:
    class Curious(FileSystem):
        def fsync(self, fd: int) -> None:
            self.name = parse_temporary(strays(path.parent)[0])

    disk = Curious()
    write_file(path, NEW, digest(OLD), fs=disk)
    assert disk.name is not None
    assert disk.name.pid == os.getpid()
    assert disk.name.belongs(digest(OLD))
    assert disk.name.belongs(digest(NEW))
    assert not disk.name.belongs(digest(b"theirs"))


def test_the_longest_names_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / ("路" * 83 + ".toml")
    write_file(path, NEW, write_file(path, OLD, None))
    assert path.read_bytes() == NEW


def test_an_exchange_that_fails_is_not_tried_in_a_weaker_way(path: Path) -> None:
    disk = RefusingDisk(exchange=errno.EIO)
    with pytest.raises(Unwritable, match="磁盘读写错误"):
        write_file(path, NEW, digest(OLD), fs=disk)
    assert not {"rename", "link"} & set(disk.calls)
    assert path.read_bytes() == OLD


def test_a_name_that_was_only_reserved_is_given_up_again(tmp_path: Path) -> None:
    disk = RefusingDisk(rename_new=errno.EINVAL, link=errno.EPERM, rename=errno.ENOSPC)
    with pytest.raises(Unwritable, match="磁盘已满"):
        write_file(tmp_path / "a", NEW, None, fs=disk)
    assert os.listdir(tmp_path) == []


def test_a_foreign_version_that_cannot_be_given_back_is_kept(path: Path) -> None:
    class Failing(RefusingDisk):
        def rename(self, source: Path, target: Path) -> None:
            if self.calls.count("rename") == 2:
                raise OSError(errno.EIO, "")
            self.theirs.write(b"theirs")
            self.theirs.flush()
            super().rename(source, target)

    disk = Failing(exchange=errno.EINVAL)
    with path.open("r+b") as disk.theirs, pytest.raises(ChangedOnDisk) as caught:
        write_file(path, NEW, digest(OLD), fs=disk)
    assert (caught.value.found, path.read_bytes()) == (digest(NEW), NEW)
    assert caught.value.kept is not None
    assert caught.value.kept.read_bytes() == b"theirs"


def test_says_that_the_folder_is_gone(tmp_path: Path) -> None:
    for base in (digest(OLD), None):
        with pytest.raises(Unwritable, match="目录不见了，没有保存 a"):
            write_file(tmp_path / "gone" / "a", NEW, base)


FULL = """
import resource, sys
from pathlib import Path
from perftui.files.errors import Unwritable
from perftui.files.reading import current_digest
from perftui.files.writing import write_file
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
path = Path(sys.argv[1])
try:
    write_file(path, b"x" * 8192, current_digest(path))
except Unwritable as error:
    print(error)
"""


def test_a_real_limit_on_the_size_of_files_leaves_the_old_version(path: Path) -> None:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", FULL, str(path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "超过了系统允许的文件大小，没有保存 project.toml" in done.stdout
    assert path.read_bytes() == OLD
    assert strays(path.parent) == []
