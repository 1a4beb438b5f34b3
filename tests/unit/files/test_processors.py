"""Work that copies of the process share is answered in order and whole, whatever happens to a copy."""

import os
import signal
import threading
from collections.abc import Sequence

import pytest

from perftui.files import processors
from perftui.files.processors import shared

ITEMS = list(range(11))


@pytest.fixture(autouse=True)
def copies(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Three processors, whatever the machine has; the copies that are made."""
    made: list[int] = []
    fork = os.fork

    def noted() -> int:
        made.append(fork())
        return made[-1]

    monkeypatch.setattr(processors, "MANY", 5)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1, 2})
    monkeypatch.setattr(os, "fork", noted)
    return made


def doubled(part: Sequence[int]) -> list[tuple[int, int]]:
    return [(2 * one, os.getpid()) for one in part]


def none_is_left(copies: list[int]) -> bool:
    assert len(copies) == 2
    for pid in copies:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
    return True


def test_every_processor_does_a_part_and_the_answers_are_in_order(copies: list[int]) -> None:
    answers = shared(ITEMS, doubled)
    assert [number for number, _pid in answers] == [2 * one for one in ITEMS]
    assert len({pid for _number, pid in answers}) == 3
    assert none_is_left(copies)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_few_things_are_done_here(count: int) -> None:
    assert shared(ITEMS[:count], doubled) == [(2 * one, os.getpid()) for one in ITEMS[:count]]


def test_beside_another_thread_no_copy_is_made() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert {pid for _number, pid in shared(ITEMS, doubled)} == {os.getpid()}
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("end", ["raises", "dies", "answers what cannot be written"])
def test_the_part_of_a_copy_that_fails_is_done_here(end: str, copies: list[int]) -> None:
    here = os.getpid()

    def work(part: Sequence[int]) -> list[object]:
        if os.getpid() != here:
            if end == "raises":
                raise KeyboardInterrupt
            if end == "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            return [object() for _one in part]
        return list(part)

    assert shared(ITEMS, work) == ITEMS
    assert none_is_left(copies)


def test_what_fails_here_is_told_and_no_copy_is_left(copies: list[int]) -> None:
    here = os.getpid()

    def work(part: Sequence[int]) -> list[int]:
        if os.getpid() == here:
            raise ZeroDivisionError
        return list(part)

    with pytest.raises(ZeroDivisionError):
        shared(ITEMS, work)
    assert none_is_left(copies)


def test_a_slice_is_never_more_than_so_many_items_and_all_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processors, "_processors", lambda: 1)
    items, slices, told = list(range(3 * processors.SLICE + 1)), [], []

    def work(part: Sequence[int]) -> list[int]:
        slices.append(len(part))
        return list(part)

    assert shared(items, work, told.append) == items
    assert max(slices) <= processors.SLICE <= 50
    assert (len(told), told[-1], told) == (4, 1.0, sorted(told))
