"""Tables of one markup, of which a long document has thousands, are read once.

A table whose markup was read before, byte for byte, is taken out of the stream before the XML is parsed, and its words
are put where the reader found those of the first. Where the reader finds words is asked of the reader itself, with a
sign for every word, so a table is read either as any other or not at all: whatever is odd about it goes the usual way.
"""

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.plain_tables import plain_rows
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.word import BODY, SPECIAL, TABLE
from perftui.exchange.importer.xml import children_of
from perftui.locale import _
from perftui.model.frozen import frozen

Rows = tuple[tuple[SourceCell, ...], ...]

_cell = partial(tuple.__new__, SourceCell)  # without the detour over its own, which checks names

_START, _OPEN, _CLOSE, _END = b"<w:body>", b"<w:tbl>", b"</w:tbl>", b"</w:body></w:document>"
_MARK = b"<w:bookmark"
_MARKS = re.compile(rb"<w:bookmark(?:Start|End) [^<>]*/>")
"""Bookmarks, in which no words are: each row of this program's own tables has one, and no two are alike."""
_WORDS = re.compile(rb">([^<>]+)<")
_FIRST, _LAST = "\ue000", "\ue001"
_SIGN = re.compile(f"{_FIRST}([0-9]+){_LAST}")
_ODD = re.compile("[\x01-\x08\x0b-\x1f\ufffe\uffff]")
_OTHER_ENTITY = re.compile("&(?!(?:amp|lt|gt);)")
"""Where a parser would refuse a text, or give another than what stands there; a return among it."""
_MOST_BYTES = 4 * 1024 * 1024  # of one table; a larger one is read by itself
_MOST_KNOWN = 256  # markups; a document with more of them gains nothing here


class SameMarkupTables:
    """The tables of one document's main part."""

    def __init__(self) -> None:
        self.tag = f"alike-{os.urandom(8).hex()}"
        """The element that stands where a table was taken out; no document has one of its own."""
        self._mark = f"<{self.tag}/>".encode()
        self._head: bytes | None = None
        self._given_up = False
        self._known: dict[bytes, _Places] = {}
        self._waiting: deque[Rows] = deque()

    def cut(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The main part with a mark instead of every table that was read already."""
        rest = b""
        for chunk in chunks:
            rest += chunk
            if self._head is None:
                start = rest.find(_START)
                self._head, self._given_up = rest[: start + len(_START)], start < 0
            if not self._given_up:
                whole, rest = self._cut(rest)
                yield whole
            if self._given_up or len(rest) > _MOST_BYTES:
                self._given_up = True
                yield rest
                rest = b""
        yield rest

    def next(self) -> Rows:
        """The rows of the table that the next mark stands for. Raises ImportRefused."""
        if not self._waiting:
            raise _astray()
        return self._waiting.popleft()

    def finish(self) -> None:
        """Every table that was taken out must have been asked for. Raises ImportRefused."""
        if self._waiting:
            raise _astray()

    def _cut(self, data: bytes) -> tuple[bytes, bytes]:
        """All that is whole, and the beginning of what is not."""
        done: list[bytes] = []
        at = 0
        while (start := data.find(_OPEN, at)) >= 0 and (end := data.find(_CLOSE, start)) >= 0:
            end += len(_CLOSE)
            if self._swallows(data[at:start]):
                break
            done += data[at:start], self._taken(data[start:end])
            at = end
            if self._given_up:
                break
        keep = start if start >= 0 else max(at, len(data) - len(_OPEN) + 1)
        if self._given_up or self._swallows(data[at:keep]):
            return b"".join(done), data[at:]
        done.append(data[at:keep])
        return b"".join(done), data[keep:]

    def _swallows(self, between: bytes) -> bool:
        """Does a comment begin between tables? Then no more of them are taken out."""
        self._given_up = b"<!" in between
        return self._given_up

    def _taken(self, table: bytes) -> bytes:
        """A mark, its rows put in the queue; or the table itself where it must be read as any other."""
        pieces = _WORDS.split(_MARKS.sub(b"", table) if _MARK in table else table)
        words = _decoded(pieces[1::2])
        if words is None:
            return table
        markup = b"\0".join(pieces[::2])
        places = self._known.get(markup)
        if places is None:
            places = self._places(pieces[::2])
            if places is None:  # of its kind there may be others, inside of it or around it
                self._given_up = True
                return table
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[markup] = places
        if places.count != len(words):
            return table
        self._waiting.append(places.filled(words))
        return self._mark

    def _places(self, markup: Sequence[bytes]) -> "_Places | None":
        """Where the reader puts the words of a table; ``None`` where it is no plain table by itself."""
        count = len(markup) - 1
        signs = [f">{_FIRST}{number}{_LAST}<".encode() for number in range(count)]
        sample = b"".join([piece for pair in zip(markup, [*signs, b""], strict=True) for piece in pair])
        try:
            children = list(children_of([(self._head or b"") + sample + _END], BODY))
            if len(children) != 1 or children[0].tag not in TABLE:
                return None
            if next(children[0].iterdescendants(*SPECIAL), None) is not None:
                return None
            return _Places.of(plain_rows(children[0]), count)
        except ImportRefused:
            return None


@frozen
class _Places:
    """Where the words of a table come."""

    rows: tuple[tuple[tuple[int, int, int, bool], ...], ...]
    """Of each cell: which of the texts is its, its column, its span, whether it is merged."""
    joined: tuple[tuple[int | str, ...], ...]
    """The texts behind the words: of what these are put together, words by their number."""
    count: int
    """How many words there are."""

    @classmethod
    def of(cls, rows: Rows, count: int) -> "_Places | None":
        """From a table that was read with a sign for each word; ``None`` where not all of them came through."""
        joined: list[tuple[int | str, ...]] = []
        made = []
        for row in rows:
            cells = []
            for cell in row:
                parts = _parts(cell.text)
                if len(parts) == 1 and isinstance(parts[0], int):
                    text = parts[0]
                else:
                    text = count + len(joined)
                    joined.append(parts)
                cells.append((text, cell.column, cell.span, cell.merged))
            made.append(tuple(cells))
        found = [part for row in rows for cell in row for part in _parts(cell.text) if isinstance(part, int)]
        return cls(rows=tuple(made), joined=tuple(joined), count=count) if found == list(range(count)) else None

    def filled(self, words: list[str]) -> Rows:
        """The rows with other words."""
        texts = [*words, *["".join([words[one] if isinstance(one, int) else one for one in parts])
                           for parts in self.joined]]  # fmt: skip
        return tuple(
            [tuple([_cell((texts[text], at, span, merged)) for text, at, span, merged in row]) for row in self.rows]
        )


def _parts(text: str) -> tuple[int | str, ...]:
    """A text that was read with signs: words by their number, and what stands between them."""
    pieces = _SIGN.split(text)
    parts = [int(piece) if number % 2 else piece for number, piece in enumerate(pieces)]
    return tuple([part for part in parts if part != ""])


def _decoded(words: Sequence[bytes]) -> list[str] | None:
    """Words as a parser gives them; ``None`` where one is odd."""
    if not words:
        return []
    try:
        text = b"\0".join(words).decode()
    except UnicodeDecodeError:
        return None
    found = text.split("\0")
    if len(found) != len(words) or _ODD.search(text):
        return None
    if "&" not in text:
        return found
    if _OTHER_ENTITY.search(text):
        return None
    return [word.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for word in found]


def _astray() -> ImportRefused:
    return ImportRefused(_("文件已损坏：里面的 XML 不完整或不正确"))
