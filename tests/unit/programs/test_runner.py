"""Other programs: without the terminal, ended with all that they started, and never killed while they write."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from perftui.programs.runner import Cancel, Cancelled, NotStarted, RunProgress, RunResult, TooLong, run

WRITES = RunProgress()


def shell(folder: Path, script: str, watch: RunProgress = WRITES, given: bytes = b"") -> RunResult:
    return run(["/bin/sh", "-c", script], folder, os.environ, watch, given)


def is_gone(pid: int) -> bool:
    """Is a process gone, or about to be? One that was just killed may still wait for a processor."""
    end = time.monotonic() + 10
    while time.monotonic() < end and is_alive(pid):
        time.sleep(0.01)
    return not is_alive(pid)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def number_in(path: Path) -> int:
    """The number that a program writes into a file when it has begun."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if path.exists() and (text := path.read_text().strip()):
            return int(text)
        time.sleep(0.01)
    raise AssertionError(path)


def test_what_it_prints_and_its_code_come_back(tmp_path: Path) -> None:
    ran = shell(tmp_path, "cat; echo bad >&2; pwd >&2; exit 3", given=b"\x00\xff")
    assert ran == RunResult(code=3, out=b"\x00\xff", said=f"bad\n{tmp_path}\n".encode())


def test_it_is_waited_for_where_the_system_has_no_handles_of_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "pidfd_open")
    assert shell(tmp_path, "echo done").out == b"done\n"


def test_it_has_no_terminal_to_ask_at(tmp_path: Path) -> None:
    assert b"no terminal" in shell(tmp_path, "(: < /dev/tty) 2>/dev/null || echo no terminal; cat").out


def test_a_helper_that_it_leaves_behind_holds_nobody_up(tmp_path: Path) -> None:
    began = time.monotonic()
    ran = shell(tmp_path, "sleep 20 & echo $!")
    assert time.monotonic() - began < 10
    os.kill(int(ran.out), signal.SIGTERM)


def test_one_that_only_reads_is_ended_with_all_it_started_when_the_time_is_up(tmp_path: Path) -> None:
    with pytest.raises(TooLong):
        shell(tmp_path, "trap '' TERM; sleep 60 & echo $! > child; wait", RunProgress(limit=0.5))
    assert is_gone(number_in(tmp_path / "child"))


def test_one_that_writes_may_clean_up_when_it_is_cancelled(tmp_path: Path) -> None:
    cancel = Cancel()
    script = "touch lock; trap 'sleep 0.3; rm lock; exit 1' TERM; echo hook >&2; sleep 60 & echo $! > child; wait"

    def stop() -> None:
        number_in(tmp_path / "child")
        cancel.tell()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Cancelled) as ended:
        shell(tmp_path, script, RunProgress(cancel=cancel))
    thread.join()
    assert ended.value.said == b"hook\n"
    assert not (tmp_path / "lock").exists()
    assert is_gone(number_in(tmp_path / "child"))


def test_what_it_says_while_it_runs_is_passed_on_line_by_line(tmp_path: Path) -> None:
    lines: list[str] = []
    shell(
        tmp_path,
        r"printf 'one\rtwo\nthr' >&2; sleep 0.3; printf 'ee\n' >&2; sleep 0.2",
        RunProgress(progress=lines.append),
    )
    assert lines == ["one", "two", "three"]


def test_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotStarted) as told:
        run(["/nowhere/program"], tmp_path, {}, WRITES)
    assert told.value.missing
    (tmp_path / "plain").write_text("")
    with pytest.raises(NotStarted) as told:
        run([str(tmp_path / "plain")], tmp_path, {}, WRITES)
    assert not told.value.missing
