"""The thread that reads the keyboard."""

import os
import select
import threading
import time
from collections.abc import Callable, Iterable

from perftui.tui.terminal.keyboard import QUIET, Keyboard
from perftui.tui.terminal.tokens import Arrival
from perftui.tui.terminal.writer import Lost

_MORE = 0.001
"""Seconds beyond a deadline that are waited, so that it is past."""


class Reader:
    """Reads ``fd`` and hands on what has arrived (in its own thread), until it is stopped or the line is gone."""

    def __init__(self, fd: int, keyboard: Keyboard, take: Callable[[Arrival], None], lost: Lost) -> None:
        self._fd = fd
        self._keyboard = keyboard
        self._take = take
        self._lost = lost
        self._stop_read, self._stop_write = os.pipe()
        self._thread = threading.Thread(target=self._run, name="terminal-input", daemon=True)
        self._thread.start()

    def ask(self, since: float | None) -> None:
        """A question was written out then, which only a key by itself may answer; ``None``: none is open."""
        self._keyboard.asked = since
        os.write(self._stop_write, b".")  # the poll is to wait no longer than that key must

    def question_is_read(self) -> bool:
        """Has the open question stood long enough, with nothing typed since?"""
        return self._keyboard.question_is_read(time.monotonic())

    def arrows_leave(self, *, leave: bool) -> None:
        """Does an arrow leave the text that is being typed? A wheel's, which come together, do not."""
        self._keyboard.arrows_leave = leave

    def take_ascii_only(self) -> None:
        """The terminal is not UTF-8."""
        self._keyboard.ascii_only = True

    def stop(self) -> None:
        """End the thread, and wait for it."""
        os.close(self._stop_write)
        self._thread.join()
        os.close(self._stop_read)

    def _run(self) -> None:
        poll = select.poll()
        poll.register(self._fd, select.POLLIN)
        poll.register(self._stop_read, select.POLLIN)
        while True:
            deadline = self._keyboard.deadline
            until = None if deadline is None else deadline + _MORE
            ready = dict(poll.poll(None if until is None else max(0.0, until - time.monotonic()) * 1000))
            if self._stop_read in ready and not os.read(self._stop_read, 64):
                self._hand_on(self._keyboard.tick(time.monotonic() + QUIET))
                return
            if self._fd in ready:
                data = self._read()
                if not data:
                    self._lost()
                    return
                arrivals = self._keyboard.feed(data, time.monotonic())
            else:  # that nothing came is known until then, and not of the time that we waited for the processor
                arrivals = [] if ready or until is None else self._keyboard.tick(until)
            self._hand_on(arrivals)

    def _hand_on(self, arrivals: Iterable[Arrival]) -> None:
        for arrival in arrivals:
            self._take(arrival)

    def _read(self) -> bytes:
        """What was typed; nothing if the terminal is gone."""
        try:
            return os.read(self._fd, 65536)
        except OSError:
            return b""
