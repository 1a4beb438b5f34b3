import errno
import os
import socket
from pathlib import Path

import pytest

from perftui.files.errors import Missing, NotRegular, TooLarge, Unreadable
from perftui.files.reading import LIMIT, current_digest, digest, read_file, stamp
from tests.unit.files.disks import MeddledDisk, RefusingDisk

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_reads_bytes_digest_and_stamp(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes("路南\r\n".encode())
    found = read_file(path)
    assert found.data == "路南\r\n".encode()
    assert found.digest == digest(found.data)
    assert found.stamp == stamp(path)
    assert (found.stamp.size, found.stamp.inode) == (8, path.stat().st_ino)


def test_the_digest_is_sha256() -> None:
    assert digest(b"") == EMPTY


def test_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to("real")
    assert read_file(tmp_path / "link").data == b"x"


def fifo(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


@pytest.mark.parametrize("make", [fifo, folder, device, unix_socket])
def test_refuses_at_once_what_is_no_plain_file(tmp_path: Path, make) -> None:
    make(tmp_path / "a")
    with pytest.raises(NotRegular, match="a 不是普通文件"):
        read_file(tmp_path / "a")


def test_refuses_a_pipe_that_took_the_files_place_before_it_was_opened(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")

    def replace() -> None:
        path.unlink()
        os.mkfifo(path)

    with pytest.raises(NotRegular):
        read_file(path, fs=MeddledDisk(2, replace))


def test_refuses_more_bytes_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 2048)
    assert len(read_file(path, 2048).data) == 2048
    with pytest.raises(TooLarge, match="最多 2 KB"):
        read_file(path, 2047)


def test_the_limit_holds_for_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * LIMIT)
    with pytest.raises(TooLarge):
        read_file(path, fs=MeddledDisk(4, lambda: os.truncate(path, LIMIT * 50)))


def test_a_change_during_the_reading_differs_from_the_stamp(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    found = read_file(path, fs=MeddledDisk(4, lambda: path.write_bytes(b"newer")))
    assert found.stamp != stamp(path)


@pytest.mark.parametrize("name", ["gone", "file/inside"])
def test_what_is_not_there_is_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Missing, match="没有文件"):
        read_file(tmp_path / name)
    assert current_digest(tmp_path / name) is None
    assert stamp(tmp_path / name) is None


def test_a_link_in_a_circle_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("a")
    with pytest.raises(Unreadable, match="链接绕成了圈"):
        read_file(tmp_path / "a")


@pytest.mark.parametrize(("number", "words"), [(errno.EACCES, "没有读权限"), (errno.EIO, "磁盘读写错误")])
def test_says_why_it_cannot_read(tmp_path: Path, number: int, words: str) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(Unreadable, match=words) as caught:
        read_file(tmp_path / "a", fs=RefusingDisk(open=number))
    assert caught.value.errno == number


def test_leaves_no_file_open(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 99)
    before = os.listdir("/dev/fd")
    for disk in (RefusingDisk(), RefusingDisk(read=errno.EIO), RefusingDisk(fstat=errno.EIO)):
        try:
            read_file(tmp_path / "a", 9, disk)
        except (TooLarge, Unreadable):
            continue
    assert os.listdir("/dev/fd") == before
