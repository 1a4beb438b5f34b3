import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perftui.files.filesystem import FileSystem
from perftui.files.reading import digest
from perftui.files.sweep import MIN_AGE, sweep
from perftui.files.temporary import boot_id, parse_temporary, temporary_path
from tests.unit.files.disks import RefusingDisk

OLD, NEW = b"old", b"new"
LATER = 2 * MIN_AGE


@pytest.fixture(scope="module")
def gone() -> int:
    """The number of a process that has ended."""
    child = subprocess.Popen([sys.executable, "-S", "-E", "-c", ""])
    child.wait()
    return child.pid


def left_over(folder: Path, pid: int, content: bytes, boot: str | None = None) -> Path:
    path = temporary_path(folder / "a.toml", digest(OLD), digest(NEW))
    path = path.with_name(path.name.replace(f".{os.getpid()}-{boot_id()}-", f".{pid}-{boot or boot_id()}-"))
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [OLD, NEW, b""])
def test_removes_what_a_dead_process_left(tmp_path: Path, gone: int, content: bytes) -> None:
    path = left_over(tmp_path, gone, content)
    assert sweep(tmp_path, time.time() + LATER).removed == (path,)
    assert os.listdir(tmp_path) == []


def test_a_process_of_another_boot_is_gone(tmp_path: Path) -> None:
    path = left_over(tmp_path, os.getpid(), NEW, boot="0badb007")
    assert sweep(tmp_path, time.time() + LATER).removed == (path,)


def test_leaves_what_a_living_process_works_on(tmp_path: Path) -> None:
    for pid in (os.getpid(), 1):
        left_over(tmp_path, pid, NEW)
    assert sweep(tmp_path, time.time() + LATER).removed == ()
    assert len(os.listdir(tmp_path)) == 2


def test_leaves_what_is_not_a_day_old(tmp_path: Path, gone: int) -> None:
    path = left_over(tmp_path, gone, OLD)
    os.utime(path, (0, 0))  # an old version that an exchange has just moved here
    assert sweep(tmp_path).removed == ()
    assert path.exists()


def test_keeps_and_tells_what_may_be_somebodys_work(tmp_path: Path, gone: int) -> None:
    path = left_over(tmp_path, gone, b"their change")
    swept = sweep(tmp_path, time.time() + LATER)
    assert (swept.removed, swept.kept) == ((), (path,))
    assert path.read_bytes() == b"their change"


def test_touches_no_other_file(tmp_path: Path, gone: int) -> None:
    names = ["a.toml", ".a.toml.perftui-lock", "x.perftui-tmp", f".a.toml.{gone}-x-1.perftui-tmp", ".a.toml.swp"]
    for name in names:
        (tmp_path / name).touch()
    sweep(tmp_path, time.time() + LATER)
    assert sorted(os.listdir(tmp_path)) == sorted(names)


def test_a_pipe_and_a_folder_with_such_a_name_do_not_stop_it(tmp_path: Path, gone: int) -> None:
    pipe = temporary_path(tmp_path / "a", None, None)
    name = pipe.name.replace(f".{os.getpid()}-", f".{gone}-")
    os.mkfifo(tmp_path / name)
    (tmp_path / name.replace(".a.", ".b.")).mkdir()
    path = left_over(tmp_path, gone, NEW)
    assert sweep(tmp_path, time.time() + LATER).removed == (path,)


def test_what_cannot_be_read_or_removed_waits(tmp_path: Path, gone: int) -> None:
    path = left_over(tmp_path, gone, NEW)
    for disk in (RefusingDisk(open=13), RefusingDisk(unlink=13)):
        sweep(tmp_path, time.time() + LATER, fs=disk)
        assert path.exists()
    sweep(tmp_path, time.time() + LATER, fs=FileSystem())
    assert not path.exists()


def test_a_folder_that_is_gone_has_nothing_to_sweep(tmp_path: Path) -> None:
    assert sweep(tmp_path / "gone").removed == ()


def test_an_impossible_process_number_is_left_alone(tmp_path: Path) -> None:
    path = left_over(tmp_path, 9999999999, NEW)
    assert parse_temporary(path.name) is not None
    sweep(tmp_path, time.time() + LATER)
    assert path.exists()
