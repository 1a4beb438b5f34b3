"""No memory left at any one moment of editing and saving: what was told as saved is there, and it goes on."""

import os
import random
import signal
import time
import traceback
from pathlib import Path

from perftui.editing.edits import SetValue
from perftui.model.document import project_file
from perftui.session.open_document import FLUSH_TIMEOUT, OpenDocument
from perftui.store.folder import DocumentFolder
from perftui.store.open import open_document
from perftui.store.saver import SaveState
from tests import factories
from tests.soak.kills import strays
from tests.soak.place import in_parts, own_place, write_document
from tests.soak.suite import Deadline, Suite, Tally

LOST, HALF, STRAYS, HUNG, STUCK = (
    "cells lost", "files not whole", "stray files", "hung", "not saving once there is memory again",
)  # fmt: skip
FILE = project_file(factories.project_code(1))
_SPAN = 20_000
"""Allocations of one edit and its saving, about; later ones are not reached."""
_JOBS = 6
_LONGEST = 30
"""Seconds after which a child counts as hung."""


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many processes, each without memory for a while from some allocation on; they wait most of the time."""
    tally = Tally("memory")
    tally.expect("runs", "went on", "ended", LOST, HALF, STRAYS, HUNG, STUCK)
    return in_parts(tally, _several, number, rng, over, size=25, at_once=2 * _JOBS, jobs=_JOBS)


def _several(given: tuple[int, int]) -> Tally:
    seed, size = given
    rng, tally = random.Random(seed), Tally("memory")
    for _run in range(size):
        starve(int(_SPAN * rng.random() ** 2), rng.choice((1, 3, 30, 300, 3000)), tally)
    return tally


def starve(first: int, count: int, tally: Tally) -> None:
    """Let ``count`` allocations fail from the ``first`` on, in a process that edits, and look at what it left."""
    told = f"allocations {first} to {first + count}"
    with own_place() as place:
        folder = write_document(place / "data")
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            code = _ENDED
            try:
                os.close(reading)
                code = _edit(folder, first, count, writing, place / "trace")
            finally:
                os._exit(code)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            saved = [line.rstrip("\n") for line in pipe if line.endswith("\n")]
        _pid, status = os.waitpid(child, 0)
        tally.counts["runs"] += 1
        tally.counts["went on" if status == 0 else "ended"] += 1
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
            tally.fail(HUNG, told)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _NOT_SAVING:
            trace = (place / "trace").read_text("utf-8") if (place / "trace").exists() else ""
            tally.fail(STUCK, f"{told} {trace}")
        _look(folder, saved, tally, told)


_NOT_SAVING, _ENDED = 7, 8


def _edit(folder: DocumentFolder, first: int, count: int, writing: int, trace: Path) -> int:
    """Edit without memory, then with it again; each text that is said to be on the disk goes to the pipe."""
    import _testcapi  # not with every Python

    signal.alarm(_LONGEST)
    session = OpenDocument.open(folder)
    _set(session, 0)
    if session.flush().state is SaveState.SAVED:
        os.write(writing, b"0\n")
    done, states = [False] * 4, [SaveState.SAVING] * 4
    try:
        _testcapi.set_nomemory(first, first + count)
        for number in (1, 2):
            try:
                _set(session, number)
                done[number] = True
                states[number] = session.flush(1.0).state
            except MemoryError:
                continue
    finally:
        _testcapi.remove_mem_hooks()
    for number in (1, 2):
        if done[number] and states[number] is SaveState.SAVED:
            os.write(writing, f"{number}\n".encode())
    try:
        _set(session, 3)
        status = session.flush()
        on_disk = open_document(folder).document.record(FILE)
        wanted = [number for number in (0, 1, 2, 3) if number in (0, 3) or done[number]]
        if status.state is SaveState.SAVED and all(on_disk.text(_PATHS[number]) == _TEXTS[number] for number in wanted):
            begun = time.monotonic()
            session.close()
            if time.monotonic() - begun < FLUSH_TIMEOUT:
                return 0
        trace.write_text(f"{status} {done} {on_disk.head} {on_disk.tables}", "utf-8")
    except Exception:
        trace.write_text(traceback.format_exc(), "utf-8")
    return _NOT_SAVING


_PATHS = (("name",), ("code",), ("plan", "m03"), ("plan", "m06"))
_TEXTS = ("第一次改的名称", "13010221P0031", "11", "22")


def _set(session: OpenDocument, number: int) -> None:
    session.run([SetValue(file=FILE, path=_PATHS[number], value=_TEXTS[number])], "改")


def _look(folder: DocumentFolder, saved: list[str], tally: Tally, told: str) -> None:
    """Open again what a process left."""
    opened = open_document(folder)
    if opened.problems:
        tally.fail(HALF, f"{told}: {opened.problems}")
        return
    session = OpenDocument.open(folder)
    record = session.document.record(FILE)
    session.close()
    for number in map(int, saved):
        if record.text(_PATHS[number]) != _TEXTS[number]:
            tally.fail(LOST, f"{told}: {_TEXTS[number]}")
    for name in strays(folder.folder):
        tally.fail(STRAYS, f"{told}: {name}")


SUITE = Suite(name="memory", what="no memory left at any moment of editing and saving", full=3000, run=run)
