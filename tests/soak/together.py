"""Several clerks type into one document at the same time, each in a program of their own; then all are killed.

What was told as saved stands in a file, as a value or as one side of a conflict, or somebody replaced it who saw it:
the journal of that step names it as the old value.
"""

import os
import random
import signal
import threading
from itertools import chain
from pathlib import Path

from perftui.files.appendlog import read_log
from perftui.session.journal.log import Entry, journal_folder
from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder
from tests import factories
from tests.pty.terminal import TerminalError
from tests.soak.kills import strays
from tests.soak.place import in_parts, own_place, write_document
from tests.soak.robot import Robot
from tests.soak.suite import Deadline, Suite, Tally

LOST, TRACES, STRAYS, STUCK = "cells lost", "tracebacks", "stray files", "programs that stood still"
CLERKS = 3
"""At one document."""


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many sessions of half a minute."""
    tally = Tally("together")
    tally.expect("sessions", "cells acknowledged", LOST, TRACES, STRAYS, STUCK)
    return in_parts(tally, _several, number, rng, over, size=1, at_once=2)


def _several(given: tuple[int, int]) -> Tally:
    seed, size = given
    tally = Tally("together")
    for number in range(size):
        tally.add(work_together(random.Random(seed + number), 30))
    return tally


def work_together(rng: random.Random, seconds: float) -> Tally:
    """One session of so many seconds."""
    tally = Tally("together")
    with own_place() as place:
        folder = write_document(place / "data", factories.document(projects=1))
        clerks = [Robot(folder.data, place / "home", random.Random(rng.random())) for _clerk in range(CLERKS)]
        threads = [threading.Thread(target=_work, args=(clerk, seconds, tally)) for clerk in clerks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for clerk in clerks:
            with clerk.terminal:
                os.kill(clerk.terminal.pid, signal.SIGKILL)
                clerk.terminal.wait_exit(5)
        tally.counts["sessions"] += 1
        _judge(folder, clerks, tally)
    return tally


def _work(clerk: Robot, seconds: float, tally: Tally) -> None:
    try:
        clerk.work(seconds)
    except TerminalError as error:
        tally.fail(STUCK, f"{error}\n{clerk.terminal.text()}")


def _judge(folder: DocumentFolder, clerks: list[Robot], tally: Tally) -> None:
    entries = [entry for path in journal_folder(folder.folder).glob("*.log") for entry in _entries(path)]
    seen = "\n".join(str(entry.get("inverses", entry)) for entry in entries if "do" in entry)
    session = OpenDocument.open(folder)
    session.draft(None)
    session.close()
    raw = "\n".join(path.read_text("utf-8") for path in sorted(folder.folder.rglob("*.toml")))
    for clerk in clerks:
        tally.counts["cells acknowledged"] += len(clerk.acknowledged)
        for text in clerk.acknowledged:
            if text not in raw and text not in seen:
                journals = [str(entry) for entry in entries if text in str(entry)]
                tally.fail(LOST, "\n".join([text, *journals, *clerk.diary[-8:], raw]))
    for name in strays(folder.folder):
        tally.fail(STRAYS, name)
    for report in Path(os.environ["XDG_STATE_HOME"]).rglob("crash-*"):
        tally.fail(TRACES, report.read_text("utf-8")[-1500:])


def _entries(path: Path) -> list[Entry]:
    """What a journal says: its steps with the values that they replaced, and what was undone and done again."""
    return [entry for entry in chain.from_iterable(read_log(path).entries) if isinstance(entry, dict)]


SUITE = Suite(name="together", what="three programs at one document, then kill -9 for all", full=200, run=run)
