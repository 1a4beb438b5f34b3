"""Many processes write different fields of one file at once: nothing is lost, and nobody is told of a conflict."""

import os
import random
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from perftui.editing.edits import SetValue
from perftui.forms import GroupRole, Role, load_form
from perftui.model.document import project_file
from perftui.model.record import CONFLICTS
from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder
from perftui.store.open import open_document
from perftui.store.saver import SaveState
from tests import factories
from tests.soak.kills import strays
from tests.soak.place import own_place, write_document
from tests.soak.suite import Deadline, Suite, Tally

PROCESSES = 50
"""At once."""
LOST, CONFLICTED, REFUSED, STRAYS = "fields lost", "conflicts", "writers refused", "stray files"
_GOALS = load_form("hebei-2021").project.group_of(GroupRole.GOALS)


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many writers, 50 at a time, each of several edits."""
    tally = Tally("writers")
    tally.expect("writers", LOST, CONFLICTED, REFUSED, STRAYS)
    while tally.counts["writers"] < number and not over():
        with own_place() as place:
            tally.add(write_together(place, min(PROCESSES, number), rng.randrange(1, 4)))
    return tally


def write_together(place: Path, writers: int, edits: int) -> Tally:
    """All begin at once; each changes a row of its own."""
    tally = Tally("writers")
    assert _GOALS is not None
    document = factories.document(projects=1)
    file = project_file(factories.project_code(1))
    goals = [f"目标{number}" for number in range(writers)]
    document = document.with_record(file, factories.project(index=1, goals=goals))
    folder = write_document(place / "data", document)
    rows = [row.id for row in document.record(file).rows(_GOALS.key)]
    fork = get_context("fork")
    barrier = fork.Barrier(writers)
    processes = [
        fork.Process(target=_write, args=(folder, file, (_GOALS.key, row, _GOALS.key_of(Role.TEXT)), edits, barrier))
        for row in rows
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    tally.counts["writers"] += writers
    for process in processes:
        if process.exitcode:
            tally.fail(REFUSED, f"exit code {process.exitcode}")
    found = open_document(folder)
    record = found.document.projects.get(file)
    for row in rows:
        text = record.text((_GOALS.key, row, _GOALS.key_of(Role.TEXT))) if record else ""
        if text != f"{row} 第{edits}次":
            tally.fail(LOST, f"{row}: {text!r}")
    if record and record.rows(CONFLICTS):
        tally.fail(CONFLICTED, f"{record.rows(CONFLICTS)[0]}")
    for name in strays(folder.folder):
        tally.fail(STRAYS, name)
    return tally


def _write(folder: DocumentFolder, file: str, path: tuple[str, ...], edits: int, barrier: Barrier) -> None:
    code = 1
    try:
        session = OpenDocument.open(folder)
        barrier.wait(60)
        for number in range(1, edits + 1):
            session.run([SetValue(file=file, path=path, value=f"{path[1]} 第{number}次")], "填写")
        status = session.close(60)
        code = 0 if status.state is SaveState.SAVED else 2
    finally:
        os._exit(code)


SUITE = Suite(name="writers", what="50 processes writing fields of one file at once", full=2000, run=run)
