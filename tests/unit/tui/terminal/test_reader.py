"""The thread that reads the keyboard."""

import os
import sys
import threading
import time

from perftui.tui.terminal.keyboard import QUIET, Keyboard
from perftui.tui.terminal.reader import Reader
from perftui.tui.terminal.tokens import Arrival


class Watched(Keyboard):
    """A keyboard that notes how long a silence it is told of."""

    def __init__(self) -> None:
        super().__init__()
        self.came = 0.0
        self.silences: list[float] = []
        self.fed, self.told = threading.Event(), threading.Event()

    def feed(self, data: bytes, now: float) -> list[Arrival]:
        self.came = now
        self.fed.set()
        return super().feed(data, now)

    def tick(self, now: float) -> list[Arrival]:
        self.silences.append(now - self.came)
        self.told.set()
        return super().tick(now)


def test_a_silence_is_as_long_as_nothing_was_seen_to_come_and_no_longer() -> None:
    """While the program works, what comes is seen late: that is no pause between two keys."""
    ours, line = os.pipe()
    keyboard = Watched()
    reader = Reader(ours, keyboard, lambda _arrival: None, lambda: None)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.3)
    try:
        os.write(line, b"\x07")
        assert keyboard.fed.wait(5)
        busy = time.monotonic() + 0.1
        while time.monotonic() < busy:
            pass
        assert keyboard.told.wait(5)
        assert QUIET <= keyboard.silences[0] < 2 * QUIET
    finally:
        sys.setswitchinterval(interval)
        reader.stop()
        os.close(line)
        os.close(ours)
