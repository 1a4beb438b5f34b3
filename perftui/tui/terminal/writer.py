"""The thread that writes to the terminal: it asks for the newest output whenever the line is free."""

import os
import select
import threading
from collections.abc import Callable

Lost = Callable[[], None]
"""Called from a thread when the terminal is gone."""


class Writer:
    """Writes what ``produce`` gives, whenever it is woken, until that is nothing.

    ``lost`` is called once, from the thread, when the line is gone. A line that stands still holds up this thread
    and nothing else.
    """

    def __init__(self, fd: int, produce: Callable[[], bytes], lost: Lost) -> None:
        self._fd = fd
        self._produce = produce
        self._lost = lost
        self._work = threading.Event()
        self._stopping = False
        self._abandoned = False
        self._thread = threading.Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something to write."""
        self._work.set()

    def stop(self, limit: float) -> bool:
        """Write what there is and end, within ``limit`` seconds; False if the line stood still and it was left."""
        self._stopping = True
        self._work.set()
        self._thread.join(limit)
        self._abandoned = True
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            self._work.wait()
            self._work.clear()
            while data := self._produce():
                try:
                    self._write(data)
                except OSError:
                    self._lost()
                    return
                if self._abandoned:
                    return
            if self._stopping:
                return

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left and not self._abandoned:
            try:
                left = left[os.write(self._fd, left) :]
            except BlockingIOError:
                select.select([], [self._fd], [], 0.2)
