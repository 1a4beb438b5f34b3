"""A program in a pseudo terminal with the time at which each byte came: what a person waits for."""

import os
import select
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.pty.terminal import KEYS, Terminal, TerminalError

QUIET = 0.03
"""Seconds without output after which a program is taken to have answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPressed:
    """What one key cost."""

    first: float
    """Milliseconds to the first byte of the answer; 0.0 where none came."""
    last: float
    """Milliseconds to its last byte."""
    size: int
    """Bytes."""
    cpu: float
    """Milliseconds of processor time."""


class Watched(Terminal):
    """Stamps bytes when they are read; the screen is only drawn when the program pauses, so that it delays nothing."""

    def __init__(self, argv: list[str], cols: int = 80, rows: int = 24, *, home: Path, cwd: Path | None = None) -> None:
        self._waiting: deque[tuple[float, bytes]] = deque()
        self.cpu = 0.0
        """Milliseconds of processor time used when the text that was waited for had come, nearly."""
        self.last = 0.0
        """When the last byte came (``time.perf_counter``)."""
        self.started = time.perf_counter()
        env = {"XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state"),
               "XDG_CONFIG_HOME": str(home / "config")}  # fmt: skip
        super().__init__(argv, cols, rows, env=env, cwd=cwd)

    def until(self, seen: Callable[[str], object], limit: float = 60) -> float:
        """Milliseconds from the start until the screen's text is as wanted (at the byte that made it so)."""
        deadline = self.started + limit
        while time.perf_counter() < deadline:
            more = self._read(0.01)
            spent = cpu_of(self.pid) * 1000
            if more and len(self._waiting) < 200:
                continue
            while self._waiting:
                stamp, data = self._waiting.popleft()
                self._feed(data)
                if seen("\n".join(self._emulator.lines())):
                    self.cpu = spent
                    return (stamp - self.started) * 1000
            if self.eof:
                break
        raise TerminalError(f"not seen; screen:\n{self.text()}")

    def settle(self, quiet: float = 0.25, limit: float = 3.0) -> None:
        """Wait until the program is quiet; one whose cursor blinks never is."""
        end = time.perf_counter() + limit
        while self._pump(quiet) and time.perf_counter() < end:
            pass

    def key(self, name: str, *, quiet: float = QUIET, limit: float = 1.0) -> KeyPressed:
        """Press a key and wait until the answer is complete."""
        before, cpu = len(self.output), cpu_of(self.pid)
        at = time.perf_counter()
        os.write(self.fd, KEYS.get(name, name.encode()))
        first = last = 0.0
        wait = limit
        while self._read(wait):
            first = first or self.last
            last = self.last
            wait = quiet
        spent = cpu_of(self.pid) - cpu
        self._draw()
        passed = [(moment - at) * 1000 if moment else 0.0 for moment in (first, last)]
        return KeyPressed(first=passed[0], last=passed[1], size=len(self.output) - before, cpu=spent * 1000)

    def _pump(self, timeout: float) -> bool:
        more = self._read(timeout)
        self._draw()
        return more

    def _read(self, timeout: float) -> bool:
        """Read once without drawing, except where the program asks the terminal something."""
        if self.eof or not select.select([self.fd], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self.eof = True
            return False
        self.last = time.perf_counter()
        self.output += data
        self._waiting.append((self.last, data))
        return True

    def _draw(self) -> None:
        while self._waiting:
            self._feed(self._waiting.popleft()[1])


def tree(root: int) -> list[int]:
    """A process and all below it."""
    below: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = Path(f"/proc/{entry}/stat").read_bytes().rsplit(b")", 1)[1].split()
            except OSError:
                continue
            below.setdefault(int(fields[1]), []).append(int(entry))
    found, todo = [], [root]
    while todo:
        found.append(todo.pop())
        todo += below.get(found[-1], [])
    return found


def pss(root: int) -> float:
    """MiB of a process and all below it, shared pages divided among those who share them."""
    total = 0
    for pid in tree(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def cpu_of(root: int) -> float:
    """Seconds of processor time of all threads of a process, to the nanosecond."""
    total = 0.0
    try:
        for thread in os.listdir(f"/proc/{root}/task"):
            total += int(Path(f"/proc/{root}/task/{thread}/schedstat").read_bytes().split()[0]) / 1e9
    except OSError:
        return total
    return total
