import errno
import multiprocessing
import os
from pathlib import Path

import pytest

from perftui.files import appendlog
from perftui.files.appendlog import AppendLog, decode_log, encode_record, read_log
from perftui.files.errors import FileError, NotRegular, TooLarge, Unwritable
from perftui.files.filesystem import FileSystem
from tests.unit.files.disks import RefusingDisk, WatchedDisk

VALUES = (
    {"路": "南", "行": ["第一行\n第二行\r\n", "\u0085\u2028\u2029\x00\x1b"], "n": 1, "empty": None},
    "lone \ud800 surrogate",
    [],
    0,
    "",
    1.5,
    True,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def test_gives_back_what_was_appended(path: Path) -> None:
    with AppendLog.open(path) as log:
        for value in VALUES:
            log.append(value)
        assert log.read().entries == VALUES
    assert read_log(path) == appendlog.LogRead(entries=VALUES, damaged=0)
    assert len(path.read_bytes().splitlines()) >= len(VALUES)


def test_one_record_is_one_line() -> None:
    assert encode_record({"a": "x\ny"}) == b'\n1d21369d 12 {"a":"x\\ny"}'


def test_opens_again_and_goes_on(path: Path) -> None:
    for number in range(3):
        with AppendLog.open(path) as log:
            log.append(number)
    assert read_log(path).entries == (0, 1, 2)


def test_a_log_that_is_not_there_is_empty(path: Path) -> None:
    assert read_log(path).entries == ()


def test_is_the_users_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        with AppendLog.open(path) as log:
            log.append(1)
            log.compact(lambda now: now)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"x", object()])
def test_what_json_cannot_hold_never_reaches_the_disk(path: Path, value: object) -> None:
    with AppendLog.open(path) as log, pytest.raises((ValueError, TypeError)):
        log.append(value)
    assert path.read_bytes() == b""


@pytest.mark.parametrize("tail", [b'\n1d21369d 12 {"a', b"\n", b"\0\0\0\0", b"\n1d21369d 999 ", "\n路".encode()[:-1]])
def test_a_torn_tail_never_eats_the_next_append(path: Path, tail: bytes) -> None:
    path.write_bytes(encode_record("一") + tail)
    with AppendLog.open(path) as log:
        log.append("二")
    assert read_log(path).entries == ("一", "二")


def test_a_record_quoted_inside_a_damaged_one_is_not_taken_for_one() -> None:
    quoted = encode_record(5)[1:].decode()
    data = encode_record({"pasted": f"x\n{quoted}"})
    assert decode_log(data.replace(b"pasted", b"Pasted")).entries == ()


def test_says_how_many_places_are_damaged() -> None:
    records = [encode_record(number) for number in range(7)]
    records[2] = records[2].replace(b"2", b"3")
    records[4] = records[5] = b"\ngarbage"
    assert decode_log(b"".join(records)) == appendlog.LogRead(entries=(0, 1, 3, 6), damaged=2)


def test_a_full_disk_is_said_and_the_next_append_works(path: Path) -> None:
    class Filling(FileSystem):
        full = True

        def write(self, fd: int, data: bytes | memoryview) -> int:
            if self.full and len(data) < 12:
                raise OSError(errno.ENOSPC, "")
            return super().write(fd, data[:8] if self.full else data)

    disk = Filling()
    with AppendLog.open(path, fs=disk) as log:
        with pytest.raises(Unwritable, match="磁盘已满"):
            log.append("一个长一点的值")
        disk.full = False
        log.append("二")
        found = log.read()
    assert (found.entries, found.damaged) == (("二",), 1)


def test_after_a_failed_sync_the_next_append_goes_into_a_fresh_file(path: Path) -> None:
    class Failing(WatchedDisk):
        def fdatasync(self, fd: int) -> None:
            if self.calls.count("fdatasync") == 2:
                raise OSError(errno.EIO, "")
            super().fdatasync(fd)

    disk = Failing()
    with AppendLog.open(path, fs=disk) as log:
        log.append(1)
        inode = path.stat().st_ino
        with pytest.raises(Unwritable, match="磁盘读写错误"):
            log.append(2)
        assert path.stat().st_ino == inode
        log.append(3)
    assert path.stat().st_ino != inode
    assert read_log(path).entries[0::2] == (1, 3)


def test_a_log_that_somebody_removed_is_made_again(path: Path) -> None:
    with AppendLog.open(path) as log:
        log.append(1)
        path.unlink()
        log.append(2)
    assert read_log(path).entries == (2,)


def test_rewrites_with_the_newest_that_fit(path: Path) -> None:
    with AppendLog.open(path) as log:
        log.append("before")
        log.rewrite(range(100), limit=3 * len(encode_record(10)))
        assert log.read().entries == (97, 98, 99)
        assert log.size() == 3 * len(encode_record(10))
        log.append("after")
    assert read_log(path).entries == (97, 98, 99, "after")
    assert os.listdir(path.parent) == [path.name]


def test_a_rewrite_that_fails_keeps_the_log(path: Path) -> None:
    with AppendLog.open(path, fs=RefusingDisk(fsync=errno.ENOSPC)) as log:
        log.append(1)
        with pytest.raises(Unwritable, match="磁盘已满"):
            log.compact(lambda now: ())
        log.append(2)
    assert read_log(path).entries == (1, 2)


def test_another_open_log_follows_a_rewrite(path: Path) -> None:
    with AppendLog.open(path) as one, AppendLog.open(path) as other:
        one.append(1)
        other.append(2)
        one.compact(lambda entries: [sum(entries)])
        other.append(4)
        assert one.read().entries == (3, 4)


def test_follows_a_link_to_the_log(path: Path) -> None:
    link = path.with_name("link")
    link.symlink_to(path.name)
    with AppendLog.open(link) as log:
        log.append(1)
        log.compact(lambda now: now)
    assert link.is_symlink()
    assert read_log(path).entries == (1,)


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir])
def test_refuses_what_is_no_plain_file(path: Path, make) -> None:
    make(path)
    with pytest.raises(FileError):
        AppendLog.open(path)
    with pytest.raises(NotRegular):
        read_log(path)


def test_a_folder_that_is_gone_is_said(path: Path) -> None:
    with pytest.raises(Unwritable, match="目录不见了"):
        AppendLog.open(path.parent / "gone" / "journal")


def test_reads_no_more_than_it_may(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(appendlog, "LARGEST", 10)
    path.write_bytes(encode_record("too much"))
    with pytest.raises(TooLarge):
        read_log(path)


def test_leaves_no_file_open(path: Path) -> None:
    before = os.listdir("/dev/fd")
    for disk in (FileSystem(), RefusingDisk(sync_folder=errno.EIO), RefusingDisk(fdatasync=errno.EIO)):
        try:
            with AppendLog.open(path, fs=disk) as log:
                log.append(1)
                log.compact(lambda now: now)
        except FileError:
            continue
    assert os.listdir("/dev/fd") == before


WRITERS, ROUNDS = 4, 60


def append_and_compact(path: Path, writer: int) -> None:
    with AppendLog.open(path) as log:
        for number in range(ROUNDS):
            log.append([writer, number])
            if number % 7 == writer:
                log.compact(lambda entries: entries)


def test_no_record_of_four_processes_is_lost_while_they_rewrite(path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=append_and_compact, args=(path, number)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = read_log(path)
    assert found.damaged == 0
    assert sorted(found.entries) == [[writer, number] for writer in range(WRITERS) for number in range(ROUNDS)]


def test_a_disk_that_denies_the_log_it_just_made_is_not_asked_for_ever(tmp_path: Path) -> None:
    class Denying(FileSystem):
        denies = False

        def stat(self, path: Path) -> os.stat_result:
            if self.denies:
                raise FileNotFoundError(errno.ENOENT, "", str(path))
            return super().stat(path)

    disk = Denying()
    with AppendLog.open(tmp_path / "log", fs=disk) as log:
        disk.denies = True
        with pytest.raises(Unwritable):
            log.append("一")
        disk.denies = False
        log.append("二")
        assert log.read().entries[-1] == "二"
