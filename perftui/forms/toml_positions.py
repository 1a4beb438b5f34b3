"""Where each key of a TOML text stands, also inside arrays and inline tables: line and column, from 1.

A scanner, no parser: it is used on texts that tomllib has read without complaint.
"""

import re
from collections.abc import Mapping

Place = tuple[int, int]
"""Line and column, from 1."""
Way = tuple[str | int, ...]
"""Keys, and numbers of elements, that lead to a value."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}#\n]*")


def positions(text: str) -> Mapping[Way, Place]:
    """The place of every key, table and element of a valid text."""
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._found: dict[Way, Place] = {}
        self._counts: dict[Way, int] = {}
        self._line, self._line_at = 1, 0

    def run(self) -> Mapping[Way, Place]:
        table: Way = ()
        self._skip()
        while self._at < len(self._text):
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()
        return self._found

    def _header(self) -> Way:
        begin = self._at
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        way: Way = ()
        *outer, last = self._key()
        for part in outer:
            way = self._latest((*way, part))
        way = (*way, last)
        if brackets == 2:
            self._found.setdefault(way, self._place(begin))
            self._counts[way] = self._counts.get(way, -1) + 1
            way = (*way, self._counts[way])
        self._found.setdefault(way, self._place(begin))
        self._at += brackets
        return way

    def _latest(self, way: Way) -> Way:
        return (*way, self._counts[way]) if way in self._counts else way

    def _pair(self, table: Way) -> None:
        begin = self._at
        way = (*table, *self._key())
        self._found.setdefault(way, self._place(begin))
        self._at += 1
        self._value(way)

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip()
            match = _BARE.match(self._text, self._at) or _STRING.match(self._text, self._at)
            if match is None:
                raise ValueError(self._at)
            parts.append(match[0].strip("\"'"))
            self._at = match.end()
            self._skip()
            if self._peek() != ".":
                return parts
            self._at += 1

    def _value(self, way: Way) -> None:
        self._skip()
        sign = self._peek()
        if sign == "[":
            self._array(way)
        elif sign == "{":
            self._inline(way)
        else:
            pattern = _STRING if sign in ('"', "'") and sign else _SCALAR
            match = pattern.match(self._text, self._at)
            self._at = match.end() if match else self._at + 1

    def _array(self, way: Way) -> None:
        self._at += 1
        number = 0
        while True:
            self._skip()
            if self._peek() in ("]", ""):
                self._at += 1
                return
            if self._peek() == ",":
                self._at += 1
                continue
            self._found.setdefault((*way, number), self._place(self._at))
            self._value((*way, number))
            number += 1

    def _inline(self, way: Way) -> None:
        self._at += 1
        while True:
            self._skip()
            if self._peek() in ("}", ""):
                self._at += 1
                return
            if self._peek() == ",":
                self._at += 1
                continue
            self._pair(way)

    def _skip(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _place(self, at: int) -> Place:
        """Line and column; asked for places that only go forward."""
        self._line += self._text.count("\n", self._line_at, at)
        self._line_at = at
        return self._line, at - self._text.rfind("\n", 0, at)
