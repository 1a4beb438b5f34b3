"""A terminal's screen for tests: pyte, with what pyte leaves out or does otherwise than real terminals."""

import re
from itertools import chain
from typing import Any

import pyte
from pyte import modes
from pyte.screens import Char
from wcwidth import wcwidth

# Sequences that pyte would print as text, or has wrong meanings for.
_STRIPPED = re.compile(
    rb"\x1b[P_X^].*?(?:\x1b\\|\x07)"  # DCS, APC, SOS and PM strings
    rb"|\x1b\[[<>=][0-9;:]*[ -/]*[@-~]"  # private CSI with < > =
    rb"|\x1b\[\??[0-9;:]*[!\"#$%&'*+,\-./ ][@-~]"  # CSI with an intermediate
    rb"|\x1b\[\?[0-9;]*[mSTu]",
    re.S,
)
_COLON_SGR = re.compile(rb"\x1b\[([0-9;:]*:[0-9;:]*)m")
_INCOMPLETE_TAIL = re.compile(rb"\x1b(?:[P_X^\]][^\x07\x1b]*\x1b?|\[[0-9;:<>=? -/]*|)$", re.S)


class Screen(pyte.Screen):
    """pyte's screen with REP, SU, SD, the alternate screen, whole wide characters and joined zero-width ones."""

    def __init__(self, columns: int, lines: int, *, ambiguous: int = 1) -> None:
        self.ambiguous = ambiguous
        self._last = " "
        self._main: tuple[dict[int, Any], int, int] | None = None
        super().__init__(columns, lines)

    def width(self, character: str) -> int:
        """Cells that this terminal draws a character in, each code point by itself (as xterm does)."""
        cells = wcwidth(character)
        if cells == 1 and self.ambiguous == 2 and not character.isascii():
            from unicodedata import east_asian_width

            return 2 if east_asian_width(character) == "A" else 1
        return max(cells, 0)

    def draw(self, data: str) -> None:
        for character in data:
            cells = self.width(character)
            if cells == 0:
                self._join(character)
            else:
                self._put(character, cells)
            self._last = character
        self.dirty.add(self.cursor.y)

    def _join(self, character: str) -> None:
        line = self.buffer[self.cursor.y]
        at = self.cursor.x - 1
        while at > 0 and line[at].data == "":
            at -= 1
        if at >= 0:
            line[at] = line[at]._replace(data=line[at].data + character)

    def _put(self, character: str, cells: int) -> None:
        if self.cursor.x + cells > self.columns:
            if modes.DECAWM in self.mode:
                self.carriage_return()
                self.linefeed()
            else:
                self.cursor.x = max(self.columns - cells, 0)
        x = self.cursor.x
        for at in range(x, x + cells):
            self._break_wide(at)
        line = self.buffer[self.cursor.y]
        line[x] = self.cursor.attrs._replace(data=character)
        if cells == 2:
            line[x + 1] = self.cursor.attrs._replace(data="")
        self.cursor.x = min(x + cells, self.columns)

    def _break_wide(self, at: int) -> None:
        """Half a wide character cannot stay: the other half becomes a blank."""
        line = self.buffer[self.cursor.y]
        if line[at].data == "" and at:
            line[at - 1] = line[at - 1]._replace(data=" ")
        elif at + 1 < self.columns and line[at + 1].data == "":
            line[at + 1] = line[at + 1]._replace(data=" ")

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        x = min(self.cursor.x, self.columns - 1)
        self._erase(self.cursor.y, *{0: (x, self.columns), 1: (0, x + 1), 2: (0, self.columns)}[how])

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        rows = {0: range(self.cursor.y + 1, self.lines), 1: range(self.cursor.y), 2: range(self.lines)}
        for y in rows.get(how, range(0)):
            self._erase(y, 0, self.columns)
        if how in (0, 1):
            self.erase_in_line(how)

    def _erase(self, y: int, start: int, end: int) -> None:
        """Erased cells take the pen's background and nothing else of it."""
        if start and self.buffer[y][start].data == "":
            self.buffer[y][start - 1] = self.buffer[y][start - 1]._replace(data=" ")
        for x in range(start, end):
            self.buffer[y][x] = self.default_char._replace(bg=self.cursor.attrs.bg)

    def repeat_last(self, count: int = 1) -> None:
        self.draw(self._last * max(1, count))

    def scroll_up(self, count: int = 1) -> None:
        self._scroll(max(1, count), up=True)

    def scroll_down(self, count: int = 1) -> None:
        self._scroll(max(1, count), up=False)

    def _scroll(self, count: int, *, up: bool) -> None:
        top, bottom = self.margins or (0, self.lines - 1)
        saved = self.cursor.x, self.cursor.y
        self.cursor.y = bottom if up else top
        for _ in range(count):
            if up:
                self.index()
            else:
                self.reverse_index()
        self.cursor.x, self.cursor.y = saved

    def set_mode(self, *numbers: int, **kwargs: Any) -> None:
        super().set_mode(*numbers, **kwargs)
        if kwargs.get("private") and 1049 in numbers:
            if self._main is None:
                self._main = ({y: dict(line) for y, line in self.buffer.items()}, self.cursor.x, self.cursor.y)
            self.buffer.clear()

    def reset_mode(self, *numbers: int, **kwargs: Any) -> None:
        super().reset_mode(*numbers, **kwargs)
        if kwargs.get("private") and 1049 in numbers and self._main is not None:
            saved, self.cursor.x, self.cursor.y = self._main
            self._main = None
            self.buffer.clear()
            for y, line in saved.items():
                self.buffer[y].update(line)

    @property
    def alternate(self) -> bool:
        """Is the alternate screen shown?"""
        return self._main is not None

    # pyte would write answers into a process that it does not have
    def report_device_attributes(self, *args: Any, **kwargs: Any) -> None:
        pass

    def report_device_status(self, *args: Any, **kwargs: Any) -> None:
        pass


class _Stream(pyte.ByteStream):
    csi = {**pyte.ByteStream.csi, "b": "repeat_last", "S": "scroll_up", "T": "scroll_down"}  # noqa: RUF012
    events = frozenset(
        chain(
            pyte.ByteStream.basic.values(),
            pyte.ByteStream.escape.values(),
            pyte.ByteStream.sharp.values(),
            csi.values(),
            ["define_charset", "set_icon_name", "set_title", "draw", "debug"],
        )
    )


class Emulator:
    """What a terminal of ``cols`` x ``rows`` shows after the bytes fed to it."""

    def __init__(self, cols: int, rows: int, *, encoding: str = "utf-8", ambiguous: int = 1) -> None:
        self.encoding = encoding
        self.screen = Screen(cols, rows, ambiguous=ambiguous)
        self._stream = _Stream(self.screen)
        self._carry = b""

    def feed(self, data: bytes) -> None:
        data = self._carry + data
        tail = _INCOMPLETE_TAIL.search(data[-4096:])
        cut = len(data) - len(tail.group(0)) if tail else len(data)
        data, self._carry = data[:cut], data[cut:]
        data = _STRIPPED.sub(b"", data)
        data = _COLON_SGR.sub(lambda m: b"\x1b[" + m[1].replace(b":", b";") + b"m", data)
        if self.encoding != "utf-8":
            data = data.decode(self.encoding, "replace").encode()
        self._stream.feed(data)

    def resize(self, cols: int, rows: int) -> None:
        self.screen.resize(rows, cols)

    def cells(self) -> list[list[Char]]:
        """Every cell, row by row; the right half of a wide character is a cell with empty text."""
        screen = self.screen
        return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]

    def lines(self) -> list[str]:
        """The rows as text, a wide character once, without the blanks at the end."""
        return ["".join(cell.data for cell in row).rstrip() for row in self.cells()]

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        return min(self.screen.cursor.x, self.screen.columns - 1), self.screen.cursor.y
