"""Work on thousands of items, shared among the processors: forked copies of this process do parts of it."""

import marshal
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Generic, NoReturn, TypeAlias, TypeVar

MANY = 500
"""Fewer items are done faster by this process alone: forking a copy and reading its answer takes longer."""
SLICE = 50
"""So many items are done between two words of how far the work is."""

_Item = TypeVar("_Item")
_Work: TypeAlias = Callable[[Sequence[_Item]], list[Any]]
Told: TypeAlias = Callable[[float], None]
"""Is told how much of a work is done, from 0 to 1."""


def untold(_done: float) -> None:
    """For work that nobody watches."""


def shared(items: Sequence[_Item], work: _Work[_Item], told: Told = untold) -> list[Any]:
    """What ``work`` makes of the items, in their order: one plain value (that marshal knows) of each.

    ``work`` is given a part of the items and must do nothing but answer. A copy that fails leaves its part to us.
    ``told`` hears how far our own part is, which is as long as all others.
    """
    count = _processors() if len(items) >= MANY else 1
    step = -(-len(items) // count) or 1
    parts = [items[start : start + step] for start in range(0, len(items), step)] or [items]
    copies = [_Copy(work, part) for part in parts[1:]]
    try:
        answers = [_in_slices(parts[0], work, told), *(copy.answer() for copy in copies)]
    finally:
        for copy in copies:
            copy.end()
    return [one for answer in answers for one in answer]


def _in_slices(part: Sequence[_Item], work: _Work[_Item], told: Told) -> list[Any]:
    answers: list[Any] = []
    for start in range(0, len(part), SLICE):
        answers += work(part[start : start + SLICE])
        told(len(answers) / len(part))
    return answers


def _processors() -> int:
    """How many processors may be used: one where other threads run, whose locks a forked copy would find taken."""
    threading = sys.modules.get("threading")
    if sys.platform != "linux" or (threading is not None and threading.active_count() > 1):
        return 1
    return len(os.sched_getaffinity(0))


class _Copy(Generic[_Item]):
    """A copy of this process that does one part, and writes what came of it into a pipe."""

    def __init__(self, work: _Work[_Item], part: Sequence[_Item]) -> None:
        self._work, self._part = work, part
        self._reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            self._write(writing)
        os.close(writing)

    def answer(self) -> list[Any]:
        """What came of the part."""
        with open(self._reading, "rb", closefd=False) as pipe, suppress(EOFError, ValueError, TypeError):
            return list(marshal.loads(pipe.read()))
        return self._work(self._part)

    def end(self) -> None:
        """End the copy and close its pipe."""
        os.close(self._reading)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def _write(self, pipe: int) -> NoReturn:
        """In the copy: do the work, and end without anything that Python does at its end."""
        try:
            with open(pipe, "wb") as file:
                file.write(marshal.dumps(self._work(self._part)))
        finally:
            os._exit(0)
