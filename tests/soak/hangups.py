"""The line drops, stands still or the process is asked to end, in any screen and dialog: gone soon, nothing lost."""

import os
import random
import signal
import termios
import time
from collections.abc import Callable
from pathlib import Path

from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder
from tests.pty.terminal import Terminal, TerminalError, session_of
from tests.soak.kills import strays
from tests.soak.place import in_parts, own_place, python, surroundings, write_document
from tests.soak.robot import READY, SAVED
from tests.soak.suite import Deadline, Suite, Tally

LOST, ALIVE, BUSY, TRACES, STRAYS, BROKEN = (
    "cells lost", "processes left", "busy loops", "tracebacks", "stray files", "terminals left broken",
)  # fmt: skip
GONE = 5.0
"""Seconds in which the process ends."""
_BUSY_SHARE = 0.3
"""Of a processor, that a program may use while it has nothing to do; tests share the machine."""

Shutdown = Callable[["Line"], None]


class Line(Terminal):
    """The program in a terminal, with a cell half typed or a dialog open."""

    def __init__(self, data: Path, home: Path, *, ignore_hangup: bool = False) -> None:
        words = python("-m", "perftui", str(data))
        if ignore_hangup:  # as under nohup
            code = "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
            code += "; os.execvp(sys.argv[1], sys.argv[1:])"
            words = python("-c", code, *words)
        super().__init__(words, cols=100, rows=30, env=surroundings(home))
        self.settings = self.attributes()
        self.group = self.pid

    def processor(self) -> float:
        """Seconds of the processor that the program has used."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_bytes().rsplit(b")", 1)[1].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _hang_up(line: Line) -> None:
    line.hangup()


def _signal(number: signal.Signals) -> Shutdown:
    return lambda line: line.kill(number)


def _stalled(line: Line) -> None:
    """The reader stands still while much is to be painted; then the process is asked to end."""
    for _time in range(12):
        os.write(line.fd, b"\x1b[17~")
    time.sleep(0.1)
    line.kill(signal.SIGTERM)


def _stopped_and_dropped(line: Line) -> None:
    line.kill(signal.SIGSTOP)
    line.kill(signal.SIGHUP)
    line.kill(signal.SIGCONT)


def _twice(line: Line) -> None:
    line.kill(signal.SIGTERM)
    line.kill(signal.SIGHUP)
    line.hangup()


def _killed(line: Line) -> None:
    line.kill(signal.SIGKILL)


ENDINGS: dict[str, Shutdown] = {
    "line dropped": _hang_up,
    "SIGHUP": _signal(signal.SIGHUP),
    "SIGTERM": _signal(signal.SIGTERM),
    "line stands still": _stalled,
    "stopped and dropped": _stopped_and_dropped,
    "all at once": _twice,
    "SIGKILL": _killed,
}
"""How a line ends."""

DIALOGS: dict[str, tuple[str, ...]] = {
    "list": (),
    "filter": ("街", "道"),
    "form": ("enter",),
    "funds": ("f6",),
    "indicators": ("f6", "f6", "f6"),
    "department": ("f6", "f6", "f6", "f6"),
    "preview": ("f5",),
    "palette": ("ctrl+p",),
    "help": ("f1",),
    "jump": ("ctrl+o",),
    "find": ("ctrl+f",),
    "choices": ("enter", *("down",) * 8, "f4"),
    "export": ("f9",),
}
"""Keys that open each screen and dialog, from the list of projects."""


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many ends, each at a random place."""
    tally = Tally("hangups")
    tally.expect("runs", LOST, ALIVE, BUSY, TRACES, STRAYS, BROKEN)
    return in_parts(tally, _several, number, rng, over, size=8, at_once=6)


def _several(given: tuple[int, int]) -> Tally:
    seed, size = given
    rng = random.Random(seed)
    tally = Tally("hangups")
    with own_place() as place:
        for number in range(size):
            ending, dialog = rng.choice(list(ENDINGS)), rng.choice(list(DIALOGS))
            told = f"{dialog}, {ending}"
            tally.add(end_once(place / f"{number}", ending, dialog, told, ignore=rng.random() < 0.3))
    return tally


def end_once(place: Path, ending: str, dialog: str, told: str, *, ignore: bool = False) -> Tally:
    """Type and save a cell, half type another or open a dialog, end the line, and look at what is left."""
    tally = Tally("hangups")
    tally.counts["runs"] += 1
    folder = write_document(place / "data")
    home = place / "home"
    home.mkdir(exist_ok=True)
    before = dict(os.environ)
    os.environ.update(surroundings(home))
    try:
        with Line(folder.data, home, ignore_hangup=ignore) as line:
            try:
                saved, half = _prepare(line, dialog)
                started = line.processor()
                ENDINGS[ending](line)
                _wait_gone(line, tally, told, started, stalled=ending == "line stands still")
                if line.fd >= 0 and line._open and not _is_usable(line):
                    tally.fail(BROKEN, told)
            except TerminalError as error:
                tally.fail(ALIVE, f"{told}: {error}")
                return tally
        _look(folder, saved, half, told, tally, killed=ending == "SIGKILL")
    finally:
        os.environ.clear()
        os.environ.update(before)
    return tally


def _prepare(line: Line, dialog: str) -> tuple[str, str]:
    """A cell saved and, where something can be typed, one half typed; what was typed."""
    line.wait_for(READY)
    saved, half = "已经保存的用途", ""
    line.press("f6", "end")
    line.wait_idle(0.05)
    line.send(saved)
    line.wait_for(saved[-4:])
    line.press("enter", "ctrl+s")
    line.wait_for(SAVED)
    if dialog == "funds":
        half = "打到一半的"
        line.send(half)
        line.wait_for(half)
        noted = time.monotonic() + 1.2
        line.wait_until(lambda: time.monotonic() > noted)
    elif dialog != "list":
        line.press("escape", *DIALOGS[dialog])
        line.wait_idle(0.05)
    return saved, half


def _wait_gone(line: Line, tally: Tally, told: str, started: float, *, stalled: bool) -> None:
    """The process and all it started are gone in time, and have not spun meanwhile."""
    begun = time.monotonic()
    used = started
    while time.monotonic() - begun < GONE + 1:
        used = max(used, line.processor())
        if line._reap() and not session_of(line.pid):
            break
        if not stalled and not line.eof:
            line._pump(0.01)
        else:
            time.sleep(0.01)
    took = time.monotonic() - begun
    if took > GONE:
        tally.fail(ALIVE, f"{told}: {session_of(line.pid)} after {took:.1f} s")
    if used - started > 0.6 + _BUSY_SHARE * took:
        tally.fail(BUSY, f"{told}: {used - started:.1f} s of the processor in {took:.1f} s")


def _is_usable(line: Line) -> bool:
    try:
        line.wait_until(lambda: line.attributes()[:4] == line.settings[:4] and not line.in_alternate_screen, limit=3)
    except (TerminalError, termios.error, OSError):
        return False
    return True


def _look(folder: DocumentFolder, saved: str, half: str, told: str, tally: Tally, *, killed: bool) -> None:
    """The saved cell is in the file, the half typed one comes back."""
    whole = "".join(path.read_text("utf-8") for path in folder.folder.rglob("*.toml"))
    if saved not in whole:
        tally.fail(LOST, f"{told}: {saved}")
    session = OpenDocument.open(folder)
    draft = session.recovered.draft
    session.close()
    if half and half not in whole and (draft is None or draft.text != half):
        tally.fail(LOST, f"{told}: half typed {half!r}, came back {draft}")
    for name in strays(folder.folder):
        tally.fail(STRAYS, f"{told}: {name}")
    for report in Path(os.environ["XDG_STATE_HOME"]).rglob("crash-*"):
        tally.fail(TRACES, f"{told}: {report.read_text('utf-8')[-1500:]}")


def idle_share(line: Line, seconds: float) -> float:
    """Of a processor, what the program uses while nothing happens."""
    line.wait_idle(0.3)
    before = line.processor()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        line._pump(0.1)
    return (line.processor() - before) / seconds


def without_keyboard(data: Path, home: Path) -> int:
    """The exit status of the program when its keyboard ends at once."""
    words = " ".join(python("-m", "perftui", str(data)))
    with Terminal(["sh", "-c", f"exec {words} </dev/null"], env=surroundings(home)) as terminal:
        return terminal.wait_exit(GONE)


SUITE = Suite(name="hangups", what="dropped lines and signals, in every screen and dialog", full=500, run=run)
