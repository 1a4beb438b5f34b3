import errno
import fcntl
import multiprocessing
import os
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from perftui.files.locks import lock_path, writing_lock
from tests.unit.files.disks import RefusingDisk

FORK = multiprocessing.get_context("fork")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.toml"
    path.write_bytes(b"x")
    return path


def hold(path: Path, held: Event, enough: Event) -> None:
    with writing_lock(path) as lock:
        assert lock.held
        held.set()
        enough.wait(10)


def test_keeps_another_process_out_until_it_ends(path: Path) -> None:
    held, enough = FORK.Event(), FORK.Event()
    other = FORK.Process(target=hold, args=(path, held, enough))
    other.start()
    assert held.wait(10)
    with writing_lock(path, patience=0.02) as lock:
        assert not lock.held
        assert lock.note == ""
    enough.set()
    with writing_lock(path) as lock:
        assert lock.held
    other.join(10)
    assert other.exitcode == 0


def test_a_killed_holder_lets_go(path: Path) -> None:
    held, enough = FORK.Event(), FORK.Event()
    other = FORK.Process(target=hold, args=(path, held, enough))
    other.start()
    assert held.wait(10)
    other.kill()
    other.join(10)
    with writing_lock(path, patience=0) as lock:
        assert lock.held


def test_keeps_another_thread_of_the_same_program_out(path: Path) -> None:
    with writing_lock(path), writing_lock(path, patience=0) as second:
        assert not second.held


def test_a_child_that_inherited_the_lock_does_not_keep_it(path: Path) -> None:
    with writing_lock(path) as lock:
        assert lock.held
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(writer)
            os.read(reader, 1)
            os._exit(0)
    with writing_lock(path, patience=0) as again:
        assert again.held
    os.close(writer)
    os.close(reader)
    os.waitpid(child, 0)


def test_the_lock_file_stays_hidden_and_is_the_same_through_a_link(path: Path) -> None:
    path.with_name("link").symlink_to(path.name)
    with writing_lock(path.with_name("link")), writing_lock(path, patience=0) as second:
        assert not second.held
    assert lock_path(path).name == ".a.toml.perftui-lock"
    assert sorted(os.listdir(path.parent)) == [".a.toml.perftui-lock", "a.toml", "link"]
    inode = lock_path(path).stat().st_ino
    with writing_lock(path):
        assert lock_path(path).stat().st_ino == inode


def test_everybody_who_may_write_in_the_folder_may_lock(path: Path) -> None:
    path.parent.chmod(0o770)
    with writing_lock(path):
        assert lock_path(path).stat().st_mode & 0o777 == 0o660


def test_a_disk_without_locks_is_said_once(path: Path) -> None:
    notes = []
    for _again in range(3):
        with writing_lock(path, fs=RefusingDisk(lock=errno.ENOLCK)) as lock:
            assert not lock.held
            notes.append(lock.note)
    assert notes == [f"{path.parent.name} 所在的磁盘不能加锁，同时保存时靠比较内容来防止覆盖", "", ""]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_goes_on_where_no_lock_file_can_be_made(path: Path, number: int) -> None:
    with writing_lock(path, fs=RefusingDisk(open=number)) as lock:
        assert not lock.held


def test_a_lock_file_of_somebody_else_can_be_locked_for_reading(path: Path) -> None:
    class ReadOnly(RefusingDisk):
        def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
            if flags & os.O_RDWR:
                raise PermissionError(errno.EACCES, "")
            return super().open(path, flags, mode)

    lock_path(path).touch()
    with writing_lock(path, fs=ReadOnly()) as lock:
        assert lock.held


def test_a_link_in_the_lock_files_place_is_not_followed(path: Path) -> None:
    victim = path.with_name("victim")
    lock_path(path).symlink_to(victim.name)
    with writing_lock(path) as lock:
        assert not lock.held
    assert not victim.exists()
    victim.touch()
    with writing_lock(path) as lock:
        assert not lock.held


def test_a_pipe_in_the_lock_files_place_does_not_hang(path: Path) -> None:
    os.mkfifo(lock_path(path))
    with writing_lock(path) as lock:
        assert lock.held


def test_an_error_inside_lets_go(path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), writing_lock(path):
        raise ValueError("inside")
    with writing_lock(path, patience=0) as lock:
        assert lock.held


def test_locks_lie_where_git_looks_at_nothing_and_colleagues_look(tmp_path: Path) -> None:
    plain = tmp_path / "data" / "2021" / "613001" / "projects" / "A.toml"
    plain.parent.mkdir(parents=True)
    (tmp_path / "data").chmod(0o2770)
    assert lock_path(plain).parent == tmp_path / "data" / ".perftui"
    assert lock_path(plain).parent.stat().st_mode & 0o7777 == 0o2770
    assert lock_path(plain) != lock_path(plain.with_name("B.toml"))
    (tmp_path / ".git").mkdir()
    assert lock_path(plain).parent == tmp_path / ".git" / "perftui"
    with writing_lock(plain), writing_lock(plain, patience=0) as second:
        assert not second.held
    assert os.listdir(plain.parent) == []


def test_the_lock_file_of_the_version_before_keeps_others_out_as_well(tmp_path: Path) -> None:
    path = tmp_path / "data" / "2021" / "613001" / "A.toml"
    path.parent.mkdir(parents=True)
    old = path.with_name(".A.toml.perftui-lock")
    old.touch()
    with writing_lock(path) as lock:
        assert lock.held
        with open(old) as held, pytest.raises(BlockingIOError):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
