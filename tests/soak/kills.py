"""``kill -9`` at a random moment while a robot types: what was saved is there, at most 1 s of the open cell goes."""

import os
import random
import signal
import termios
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from perftui.editing.edits import CannotApply, SetValue, apply_all, to_plain
from perftui.editing.history import History, Step
from perftui.files.sweep import sweep
from perftui.model.diff import diff, same_values
from perftui.model.document import Document
from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder
from perftui.store.open import open_document
from tests.pty.terminal import TerminalError
from tests.soak.place import in_parts, own_place, write_document
from tests.soak.robot import Robot
from tests.soak.suite import Deadline, Suite, Tally

LOST, LATE, TRACES, STRAYS, BROKEN = (
    "cells lost", "drafts older than 1 s", "tracebacks", "stray files", "terminals left broken",
)  # fmt: skip
_LONGEST = 3.0
_SLACK = 0.4
"""Seconds that a loaded machine may be late with a draft."""


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """Kill so many times, several times in one folder, in three processes: the robot thinks now and then."""
    tally = Tally("kills")
    tally.expect("runs", "cells acknowledged", LOST, LATE, TRACES, STRAYS, BROKEN)
    return in_parts(tally, _several, number, rng, over, size=10, at_once=12, jobs=3)


def _several(given: tuple[int, int]) -> Tally:
    seed, size = given
    with own_place() as place:
        return kill_in(place, random.Random(seed), size, f"seed {seed}")


def kill_in(place: Path, rng: random.Random, size: int, told: str) -> Tally:
    """Kill the program several times on one document."""
    tally = Tally("kills")
    folder = write_document(place / "data")
    before = Before(document=open_document(folder).document, history=History())
    for number in range(size):
        robot = Robot(folder.data, place / "home", rng)
        killed_at: list[float] = []
        with robot.terminal:
            settings = robot.terminal.attributes()
            delay = rng.random() * 0.6 if rng.random() < 0.1 else 0.5 + rng.random() * _LONGEST
            timer = threading.Timer(delay, _kill, (robot.terminal.pid, killed_at))
            timer.start()
            try:
                robot.work(60)
            except TerminalError as error:
                tally.fail(BROKEN, f"{told}, run {number}: {error}")
            timer.join()
            tally.counts["runs"] += 1
            tally.counts["cells acknowledged"] += len(robot.acknowledged)
            if not _is_usable(robot, settings):
                tally.fail(BROKEN, f"{told}, run {number}")
        before, wrong = judged(folder, before, robot, killed_at[0])
        for kind, what in wrong:
            tally.fail(kind, f"{told}, run {number}: {what}\n{chr(10).join(robot.diary[-8:])}")
    return tally


def _kill(pid: int, at: list[float]) -> None:
    at.append(time.monotonic())
    os.kill(pid, signal.SIGKILL)


def _is_usable(robot: Robot, settings: list[Any]) -> bool:
    """The settings of the terminal are as before, and its ordinary screen is shown, soon after the end."""
    terminal = robot.terminal
    terminal.wait_exit(5)
    flags = slice(0, 4)
    try:
        terminal.wait_until(
            lambda: terminal.attributes()[flags] == settings[flags] and not terminal.in_alternate_screen, limit=5
        )
    except TerminalError:
        return False
    return bool(terminal.attributes()[3] & termios.ISIG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How things stood when the robot began."""

    document: Document
    history: History


def judged(
    folder: DocumentFolder, before: Before, robot: Robot, killed_at: float
) -> tuple[Before, list[tuple[str, str]]]:
    """Open the document again, and compare: how things stand now, and each thing that is wrong."""
    wrong: list[tuple[str, str]] = []
    raw = "\n".join(path.read_text("utf-8") for path in sorted(folder.folder.rglob("*.toml")))
    session = OpenDocument.open(folder)
    history = session.recovered.history
    new, back = _since(before.history, history)
    session.draft(None)
    status = session.close()
    if status.waiting or status.message or session.no_journal:
        wrong.append((LOST, f"not saved: {status} {session.no_journal}"))
    noted, standing = _texts(new, history.undone), _standing(new)
    for text in robot.acknowledged:
        if text not in noted:
            wrong.append((LOST, f"acknowledged, but gone: {text}"))
        if text in standing and text not in raw:
            wrong.append((LOST, f"acknowledged, but not in the file: {text}"))
    try:
        edits = [edit for step in back for edit in step.inverses] + [edit for step in new for edit in step.edits]
        expected, _inverses = apply_all(before.document, tuple(edits))
        if not _same(expected, session.document):
            wrong.append((LOST, f"the document is not what was done: {_differences(expected, session.document)}"))
    except CannotApply as error:
        wrong.append((LOST, f"a step is missing: {error}"))
    wrong += _draft_lost(session, robot, killed_at, noted)
    wrong += [(STRAYS, name) for name in strays(folder.folder)]
    for report in Path(os.environ["XDG_STATE_HOME"]).rglob("crash-*"):
        wrong.append((TRACES, report.read_text("utf-8")[-1500:]))
        report.unlink()
    return Before(document=session.document, history=session.history), wrong


def _since(before: History, now: History) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps made since, and those of before that were taken back, the last one first."""
    same = sum(1 for _step in takewhile(lambda pair: pair[0] == pair[1], zip(before.done, now.done, strict=False)))
    return now.done[same:], before.done[same:][::-1]


def strays(folder: Path) -> list[str]:
    """What lies about that is neither data nor a lock, once what the dead had open is swept."""
    for place in (folder, folder / "projects"):
        sweep(place, time.time() + 3 * 24 * 3600)
    return [
        path.name for path in folder.rglob("*") if path.is_file() and not path.name.endswith((".toml", ".perftui-lock"))
    ]


def _same(one: Document, other: Document) -> bool:
    records, others = dict(one.files()), dict(other.files())
    return records.keys() == others.keys() and all(
        same_values(record, others[file]) for file, record in records.items()
    )


def _differences(one: Document, other: Document) -> str:
    records, others = dict(one.files()), dict(other.files())
    changed = [diff(record, others[file]) for file, record in records.items() if file in others]
    return f"{sorted(records.keys() ^ others.keys())} {[list(found) for found in changed if found]}"


def _texts(*lists: Sequence[Step]) -> str:
    """All that was typed in steps, as one text."""
    return "\n".join(repr(to_plain(edit)) for steps in lists for step in steps for edit in step.edits)


def _standing(steps: Sequence[Step]) -> str:
    """The values that no later step replaced."""
    values: dict[tuple[str, tuple[str, ...]], str] = {}
    for step in steps:
        for edit in step.edits:
            if isinstance(edit, SetValue):
                values[(edit.file, edit.path)] = str(edit.value)
            else:
                values = {place: value for place, value in values.items() if place[0] != edit.file}
    return "\n".join(values.values())


def _draft_lost(session: OpenDocument, robot: Robot, killed_at: float, committed: str) -> list[tuple[str, str]]:
    """What was on the screen for a second is in the draft, or was committed."""
    typed = robot.typed
    if typed is None:
        return []
    old = [text for at, text in typed.seen if at <= killed_at - 1.0 - _SLACK]
    draft = session.recovered.draft
    if not old or typed.text in committed or (draft is not None and old[-1] in draft.text):
        return []
    return [(LATE, f"{old[-1]!r} was there, {draft and draft.text!r} came back")]


SUITE = Suite(name="kills", what="kill -9 at random moments during entry in a pty", full=2000, run=run)
