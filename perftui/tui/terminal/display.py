"""The terminal as the driver writes to it: control sequences in order, and the newest screen when the line is free."""

import os
import threading
from collections import deque
from collections.abc import Callable

from rich.cells import get_character_cell_size

from perftui.model.lazy_regex import lazily
from perftui.tui.terminal.shadow import Shadow, erases_in_colour, scrolls_regions
from perftui.tui.terminal.tty_line import open_line
from perftui.tui.terminal.writer import Lost, Writer

SYNC_BEGIN, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_SYNC_FROM = 256
"""Shorter output is one packet and needs no marks around it (bytes)."""
_MOST_CONTROLS = 1000
"""So much that is not understood is kept for a line that stands still; of more only the newest."""
_DRAIN_LIMIT = 1.0
"""So long the last output may take before a line that stands still is left (seconds)."""


_STRING_END = "\x1b\\"
_NOT_ASCII = lazily("[^\x00-\x7f]")


class Display:
    """Takes frames and control sequences from the event loop's thread without ever blocking it."""

    def __init__(self, term: str) -> None:
        self._lock = threading.RLock()
        self._shadow = Shadow(1, 1, colour_erase=erases_in_colour(term), scroll=scrolls_regions(term))
        self._controls: deque[str] = deque(maxlen=_MOST_CONTROLS)
        self._painting = False
        self._held = False
        self._synchronised = False
        self._plain = False
        self._asked: Callable[[], object] | None = None
        self._written: Callable[[], object] | None = None
        self._writer: Writer | None = None
        self._line: tuple[int, bool] = (-1, False)

    def open(self, fd: int, lost: Lost) -> None:
        """Begin to write to the terminal behind ``fd``; ``lost`` is called from a thread when it is gone."""
        self._line = open_line(fd)
        self._writer = Writer(self._line[0], self._produce, lost)
        self._writer.wake()

    def close(self) -> bool:
        """Write what is left and end; False if the line stands still and something was left."""
        writer, self._writer = self._writer, None
        if writer is None:
            return True
        if not writer.stop(_DRAIN_LIMIT):
            return False
        fd, own = self._line
        if own:
            os.close(fd)
        return True

    def frame(self, data: str, cols: int, rows: int) -> None:
        """A frame of Textual's for a screen of this size."""
        with self._lock:
            if (self._shadow.cols, self._shadow.rows) != (cols, rows) and cols and rows:
                self._shadow.resize(cols, rows)
            if not self._shadow.read(data):
                # In order: what was understood before, this as it is, and from now on nothing is known.
                self._controls.append(self._shadow.render() + data)
                self._shadow.forget()
        self._wake()

    def control(self, sequence: str) -> None:
        """A sequence that does not touch what the screen shows."""
        with self._lock:
            self._controls.append(sequence)
        self._wake()

    def enter(self, sequence: str, cols: int, rows: int, *, painted: str | None = None) -> bool:
        """The terminal is ours from now on, and is prepared by ``sequence``; True if ``painted`` stands on it."""
        with self._lock:
            if (self._shadow.cols, self._shadow.rows) != (cols, rows):
                self._shadow.resize(cols, rows)
            self._shadow.invalidate()
            assumed = painted is not None and self._shadow.assume(painted)
            self._controls.append(sequence)
            self._painting = True
        self._wake()
        return assumed

    def leave(self, sequence: str) -> None:
        """Nothing is painted any more; ``sequence`` gives the terminal back."""
        with self._lock:
            self._painting = False
            self._controls.append(sequence)
            self._shadow.invalidate()
        self._wake()

    def invalidate(self, *, hold: bool = False) -> None:
        """Everything is to be painted anew; with ``hold`` not before ``release``."""
        with self._lock:
            self._held = self._held or hold
            self._shadow.invalidate()
        self._wake()

    def release(self) -> None:
        """Paint what was held."""
        with self._lock:
            self._held = False
        self._wake()

    def move_cursor(self, x: int, y: int) -> None:
        """Where the cursor shall stand."""
        with self._lock:
            self._shadow.move_cursor(x, y)
        self._wake()

    def show_cursor(self, *, shown: bool) -> None:
        """Whether the cursor shall be seen."""
        with self._lock:
            self._shadow.show_cursor(shown=shown)
        self._wake()

    def ambiguous(self, cells: int) -> None:
        """In how many cells the terminal draws characters of ambiguous width."""
        with self._lock:
            self._shadow.set_ambiguous(cells)
        self._wake()

    def write_ascii(self) -> None:
        """The terminal reads no UTF-8: what is not ASCII is a question mark a cell from now on.

        Bytes of a Hanzi may be control characters there, and swallow what follows: that is ended first.
        """
        with self._lock:
            self._plain = True
            self._controls.append(_STRING_END)
            self._shadow.invalidate()
        self._wake()

    def synchronise(self) -> None:
        """The terminal knows synchronised output: longer output is shown at once."""
        self._synchronised = True

    def when_written(self, call: Callable[[], object]) -> None:
        """Call this once, from the writer's thread, when everything up to now has been written."""
        with self._lock:
            self._asked, self._written = call, None
        self._wake()

    def _produce(self) -> bytes:
        """What is to be written now; called by the writer's thread when the line is free."""
        with self._lock:
            written, self._written, self._asked = self._written, self._asked, None
        if written is not None:
            written()
        data = self._output()
        if not data and self._written is not None:  # all of it stands there already
            return self._produce()
        return data

    def _output(self) -> bytes:
        with self._lock:
            controls = "".join(self._controls)
            self._controls.clear()
            frame = self._shadow.render() if self._painting and not self._held else ""
        data = _ascii(frame) if self._plain else frame.encode("utf-8", "replace")
        if self._synchronised and len(data) > _SYNC_FROM:
            data = SYNC_BEGIN.encode() + data + SYNC_END.encode()
        return controls.encode("utf-8", "replace") + data

    def _wake(self) -> None:
        if self._writer is not None:
            self._writer.wake()


def _ascii(frame: str) -> bytes:
    return _NOT_ASCII.sub(lambda match: "?" * get_character_cell_size(match[0]), frame).encode()
