"""The thread that reads the keyboard."""

import os
import select
import threading
import time
from collections.abc import Callable

from perftui.tui.terminal.keyboard import Keyboard, Token
from perftui.tui.terminal.writer import Lost


class Reader:
    """Reads ``fd`` and hands each token on (in its own thread), until it is stopped or the line is gone."""

    def __init__(self, fd: int, keyboard: Keyboard, take: Callable[[Token], None], lost: Lost) -> None:
        self._fd = fd
        self._keyboard = keyboard
        self._take = take
        self._lost = lost
        self._stop_read, self._stop_write = os.pipe()
        self._thread = threading.Thread(target=self._run, name="terminal-input", daemon=True)
        self._thread.start()

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
            wait = None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000 + 1
            ready = dict(poll.poll(wait))
            if self._stop_read in ready:
                return
            if self._fd in ready:
                data = self._read()
                if not data:
                    self._lost()
                    return
                tokens = self._keyboard.feed(data, time.monotonic())
            else:
                tokens = self._keyboard.tick(time.monotonic())
            for token in tokens:
                self._take(token)

    def _read(self) -> bytes:
        """What was typed; nothing if the terminal is gone."""
        try:
            return os.read(self._fd, 65536)
        except OSError:
            return b""
