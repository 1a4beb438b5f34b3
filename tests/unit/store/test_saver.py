"""The saver's thread: in order, newest only, honest."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perftui.files.errors import FileError
from perftui.store.saver import Saver, SaveState, SaveStatus

LONG = 10.0


class Recorder:
    """Jobs that note what they did, and can be held up or made to fail."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.told: list[SaveStatus] = []
        self.gate = threading.Event()
        self.gate.set()
        self.failing: set[str] = set()
        self.before = ""

    def job(self, name: str, doubt: str = "") -> Callable[[], str]:
        def run() -> str:
            self.gate.wait(LONG)
            if name in self.failing:
                raise FileError(Path(name), f"没有保存 {name}")
            self.done.append(name)
            return doubt

        return run

    def run_before(self) -> str:
        if self.before:
            raise FileError(Path("journal"), self.before)
        self.done.append("journal")
        return ""


@pytest.fixture
def work() -> Recorder:
    return Recorder()


@pytest.fixture
def saver(work: Recorder) -> Iterator[Saver]:
    made = Saver(work.run_before, work.told.append)
    yield made
    work.gate.set()
    made.close(LONG)


def test_jobs_are_done_in_order_behind_the_journal(work: Recorder, saver: Saver) -> None:
    for name in "abc":
        saver.submit(name, work.job(name))
    status = saver.flush(LONG)
    assert [name for name in work.done if name != "journal"] == ["a", "b", "c"]
    assert work.done[0] == "journal"
    assert (status.state, status.waiting) == (SaveState.SAVED, ())
    assert status.at > 0


def test_a_newer_job_overtakes_one_that_has_not_begun(work: Recorder, saver: Saver) -> None:
    work.gate.clear()
    saver.submit("first", work.job("first"))
    for name, job in (("a", "a1"), ("b", "b1"), ("a", "a2")):
        saver.submit(name, work.job(job))
    assert saver.status.state is SaveState.SAVING
    assert set(saver.status.waiting) == {"first", "a", "b"}
    work.gate.set()
    saver.flush(LONG)
    assert [name for name in work.done if name != "journal"] == ["first", "b1", "a2"]


def test_a_failure_is_told_kept_and_tried_again(work: Recorder, saver: Saver) -> None:
    work.failing.add("a")
    saver.submit("a", work.job("a"))
    saver.submit("b", work.job("b"))
    status = saver.flush(LONG)
    assert (status.state, status.message, status.waiting) == (SaveState.FAILED, "没有保存 a", ("a",))
    assert "b" in work.done
    work.failing.clear()
    saver.retry()
    assert saver.flush(LONG).state is SaveState.SAVED
    assert "a" in work.done


def test_a_failure_is_tried_again_by_itself(work: Recorder, saver: Saver, monkeypatch: pytest.MonkeyPatch) -> None:
    work.failing.add("a")
    saver._pause = 0.01
    saver.submit("a", work.job("a"))
    saver.flush(LONG)
    work.failing.clear()
    with saver._changed:
        assert saver._changed.wait_for(lambda: "a" in work.done, LONG)


def test_a_newer_job_takes_the_place_of_a_failed_one(work: Recorder, saver: Saver) -> None:
    work.failing.add("a1")
    saver.submit("a", work.job("a1"))
    saver.flush(LONG)
    saver.submit("a", work.job("a2"))
    assert saver.flush(LONG).state is SaveState.SAVED
    assert "a1" not in work.done


def test_an_error_of_the_program_does_not_end_the_thread(work: Recorder, saver: Saver) -> None:
    saver.submit("a", lambda: str(1 // 0))
    status = saver.flush(LONG)
    assert status.state is SaveState.FAILED
    assert "ZeroDivisionError" in status.message
    saver.submit("a", work.job("a"))
    assert saver.flush(LONG).state is SaveState.SAVED


def test_what_the_disk_did_not_confirm_is_told_until_it_does(work: Recorder, saver: Saver) -> None:
    saver.submit("a", work.job("a", "没有确认"))
    status = saver.flush(LONG)
    assert (status.state, status.message) == (SaveState.UNCONFIRMED, "没有确认")
    saver.submit("a", work.job("a"))
    assert saver.flush(LONG).state is SaveState.SAVED


def test_a_journal_that_cannot_be_written_stops_no_file(work: Recorder, saver: Saver) -> None:
    work.before = "没有日志"
    saver.submit("a", work.job("a"))
    status = saver.flush(LONG)
    assert (status.state, status.message) == (SaveState.SAVED, "没有日志")
    assert work.done == ["a"]
    work.before = ""
    assert saver.flush(LONG).message == ""


def test_the_status_is_told_as_it_changes(work: Recorder, saver: Saver) -> None:
    saver.submit("a", work.job("a"))
    saver.flush(LONG)
    saver.close(LONG)
    assert [status.state for status in work.told] == [SaveState.SAVING, SaveState.SAVED]


def test_flush_gives_up_in_time(work: Recorder, saver: Saver) -> None:
    work.gate.clear()
    saver.submit("a", work.job("a"))
    assert saver.flush(0.05).state is SaveState.SAVING


def test_before_runs_when_it_is_due(work: Recorder, saver: Saver) -> None:
    saver.wake(0.01)
    with saver._changed:
        assert saver._changed.wait_for(lambda: work.done == ["journal"], LONG)


def test_closing_writes_what_waits_and_ends_the_thread(work: Recorder, saver: Saver) -> None:
    work.failing.add("a")
    saver.submit("a", work.job("a"))
    saver.flush(LONG)
    saver.submit("b", work.job("b"))
    work.failing.clear()
    assert saver.close(LONG).state is SaveState.SAVED
    assert {"a", "b"} <= set(work.done)
    assert not saver._thread.is_alive()


def test_who_gives_way_sees_what_is_quickly_done_and_waits_for_nothing_slow(work: Recorder, saver: Saver) -> None:
    saver.submit("quick", work.job("quick"))
    assert saver.give_way(LONG)
    assert "quick" in work.done
    assert saver.status.state is SaveState.SAVED
    work.gate.clear()
    saver.submit("slow", work.job("slow"))
    assert not saver.give_way(0.001)
    assert saver.status.state is SaveState.SAVING


def test_a_screen_that_fails_to_hear_stops_no_saving(work: Recorder) -> None:
    heard: list[SaveStatus] = []

    def hear(status: SaveStatus) -> None:
        heard.append(status)
        if len(heard) == 1:
            raise MemoryError

    saver = Saver(work.run_before, hear)
    saver.submit("a", work.job("a"))
    saver.flush(LONG)
    saver.submit("b", work.job("b"))
    assert saver.flush(LONG).state is SaveState.SAVED
    assert [name for name in work.done if name != "journal"] == ["a", "b"]
    saver.close(LONG)


def test_a_job_is_not_dropped_where_its_outcome_cannot_be_told(work: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of memory anywhere between taking a job and noting how it went: it is done again."""
    finish = Saver._finish
    left = ["a"]

    def without_memory(saver: Saver, name: str, *rest: object) -> None:
        if name in left:
            left.remove(name)
            raise MemoryError
        finish(saver, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Saver, "_finish", without_memory)
    saver = Saver(work.run_before, work.told.append)
    saver.submit("a", work.job("a"))
    assert saver.flush(LONG).state is SaveState.SAVED
    assert [name for name in work.done if name != "journal"] == ["a", "a"]
    saver.close(LONG)
