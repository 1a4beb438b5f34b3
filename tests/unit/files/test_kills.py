"""``kill -9`` at every call of a save and of a log: the file is whole, and what is left over can be swept."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perftui.files.appendlog import AppendLog, read_log
from perftui.files.reading import current_digest
from perftui.files.sweep import sweep
from perftui.files.writing import write_file
from tests.programs import missing, require
from tests.unit.files.disks import CALLS

ROOT = Path(__file__).parents[3]
OLD, NEW = b"old " * 3000, b"new " * 4000
SAVE = f"write_file(path, {NEW!r}, current_digest(path), fs=disk)"
LOG = "log = AppendLog.open(path, fs=disk); log.append('二'); log.compact(lambda now: now); log.append('三')"
WORKER = """
import ctypes, os, signal, sys
sys.path.insert(0, os.getcwd())
from pathlib import Path
from perftui.files.appendlog import AppendLog
from perftui.files.filesystem import DISK, FileSystem
from perftui.files.reading import current_digest
from perftui.files.writing import write_file
from tests.unit.files.disks import WatchedDisk
class Deadly(WatchedDisk):
    def before(self, name):
        if len(self.calls) == when:
            os.kill(os.getpid(), signal.SIGKILL)
path, when, told = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
disk = Deadly() if when else DISK
os.access("/the-work-begins", 0)
{work}
os.access("/the-work-is-done", 0)
Path(told).touch()
"""
CHANGING = "write,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,fchmod,fchown,fsetxattr"
MARKS = "access,faccessat,faccessat2"


def command(work: str, path: Path, when: int) -> list[str]:
    script = WORKER.replace("{work}", work)
    return [sys.executable, "-S", "-E", "-c", script, str(path), str(when), str(path.parent / "told")]


def run(arguments: list[str]) -> int:
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, check=False).returncode


def killed_between_calls(work: str, folder: Path, prepare: Callable[[Path], None]) -> Iterator[Path]:
    """The disk object itself kills the process ahead of every call."""
    for when in range(1, 99):
        path = fresh(folder / f"{when}", prepare)
        if run(command(work, path, when)) == 0:
            assert when > 10
            return
        yield path


def killed_in_system_calls(work: str, folder: Path, prepare: Callable[[Path], None]) -> Iterator[Path]:
    """The system kills the process inside every system call that changes something."""
    trace = folder / "trace"
    first = command(work, fresh(folder / "whole", prepare), 0)
    assert run(["strace", "-f", "-o", str(trace), "-e", f"trace=openat,{CHANGING},{MARKS}", *first]) == 0
    for number, (name, count) in enumerate(calls_of_the_work(trace.read_text())):
        path = fresh(folder / f"{number}", prepare)
        inject = ["-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={count}"]
        run(["strace", "-f", "-o", "/dev/null", *inject, *command(work, path, 0)])
        assert not (path.parent / "told").exists(), f"{name} {count} did not come"
        yield path


def calls_of_the_work(trace: str) -> list[tuple[str, int]]:
    """Name and number (among the process's calls of that name) of every call between the two marks."""
    seen: dict[str, int] = {}
    found: list[tuple[str, int]] = []
    working = False
    for line in trace.splitlines():
        match = re.match(r"\d+ +(\w+)\(", line)
        if match is None:
            continue
        seen[match[1]] = seen.get(match[1], 0) + 1
        if "/the-work" in line:
            working = "begins" in line
        elif working and (match[1] != "openat" or "O_CREAT" in line):
            found.append((match[1], seen[match[1]]))
    return found


def fresh(folder: Path, prepare: Callable[[Path], None]) -> Path:
    folder.mkdir()
    prepare(folder / "a.toml")
    return folder / "a.toml"


@pytest.fixture(
    params=[killed_between_calls, killed_in_system_calls], ids=lambda killer: killer.__name__.replace("_", " ")
)
def killed(request: pytest.FixtureRequest):
    if request.param is killed_in_system_calls and run([require("strace"), "-o", "/dev/null", "true"]) != 0:
        missing("a strace that is allowed to trace")
    return request.param


def test_a_killed_save_leaves_the_whole_old_or_the_whole_new_version(tmp_path: Path, killed) -> None:
    seen = set()
    left_over = 0
    for path in killed(SAVE, tmp_path, lambda path: path.write_bytes(OLD)):
        found = path.read_bytes()
        assert found in (OLD, NEW)
        seen.add(found)
        swept = sweep(path.parent, time.time() + 2 * 24 * 3600)
        left_over += len(swept.removed)
        assert swept.kept == ()
        assert set(os.listdir(path.parent)) <= {path.name, "told"}
        write_file(path, b"next", current_digest(path))
    assert seen == {OLD, NEW}
    assert left_over > 3


def test_a_killed_save_of_a_new_file_leaves_it_whole_or_not_there(tmp_path: Path, killed) -> None:
    seen = set()
    for path in killed(SAVE, tmp_path, lambda path: None):
        seen.add(path.read_bytes() if path.exists() else None)
    assert seen == {None, NEW}


def test_a_killed_log_has_all_it_had_and_takes_more(tmp_path: Path, killed) -> None:
    def prepare(path: Path) -> None:
        with AppendLog.open(path) as log:
            log.append("一")

    lengths = set()
    for path in killed(LOG, tmp_path, prepare):
        found = read_log(path).entries
        assert found == ("一", "二", "三")[: len(found)]
        lengths.add(len(found))
        with AppendLog.open(path) as log:
            log.append("四")
        assert read_log(path).entries == (*found, "四")
    assert lengths == {1, 2, 3}


def test_every_call_of_the_disk_is_among_those_that_kill() -> None:
    assert {"open", "write", "fsync", "fdatasync", "exchange", "rename_new", "unlink", "sync_folder"} <= set(CALLS)
