"""What a foreign document holds, as plain values: paragraphs and tables in reading order, and what was left out.

Both readers, of a text dump and of a DOCX, end here; matching with a form begins here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import NamedTuple

from perftui.model.frozen import frozen


@frozen
class SourceParagraph:
    """A paragraph outside of tables; its line breaks are ``\\n``."""

    text: str
    number: int
    """Its place among the paragraphs, from 1."""
    style: str = ""
    """The name of its style."""
    level: int = 0
    """Its outline level from 1; 0 for body text."""
    listed: bool = False
    """Word numbers it; the number is not part of the text."""
    contents: bool = False
    """An entry of the contents."""
    cover: bool = False
    """It stands on an office's own cover, in a document that this program printed."""


class SourceCell(NamedTuple):
    """A cell as it stands in its row. A tuple, for a long document has a hundred thousand of them."""

    text: str
    column: int
    """The first grid column that it covers, from 0."""
    span: int = 1
    merged: bool = False
    """Covered by the cell above."""

    def covers(self, column: int) -> bool:
        """Does it stand in a grid column?"""
        return self.column <= column < self.column + self.span


@frozen
class SourceTable:
    """A table: rows of cells. Rows may cover different columns."""

    rows: tuple[tuple[SourceCell, ...], ...]
    number: int
    """Its place among the tables, from 1."""
    merges_known: bool = True
    """A blank cell that is not ``merged`` really is blank; in a dump it may be either."""
    first: int = 0
    """The place of its first row in the table, where it is only a part of that."""
    numbers: tuple[int, ...] = ()
    """The places of its rows in the table, where they do not follow one another there."""

    def number_of(self, at: int) -> int:
        """The place of a row in the table that this one is a part of."""
        return self.numbers[at] if at < len(self.numbers) else self.first + at

    def part(self, start: int, end: int) -> "SourceTable":
        """Some rows that follow one another."""
        numbers = self.numbers[start:end]
        return replace(self, rows=self.rows[start:end], first=self.first + start, numbers=numbers)


Block = SourceParagraph | SourceTable


class Dropped(NamedTuple):
    """A text that was seen and not read: deleted, hidden, in a text box."""

    place: str
    kind: str
    """As people call it, before translation."""
    text: str


class SourceComment(NamedTuple):
    """What somebody said in the margin."""

    place: str
    """Where it stands; "" where nothing in the text belongs to it."""
    near: str
    """The whole text of the paragraph or cell that it stands in."""
    alike: int
    """How many cells of its row before that one say the same."""
    quote: str
    """The words that it is about; "" where none were marked."""
    text: str
    by: str
    date: str
    """The day, as ``2021-11-30``; "" where it says none."""
    answer: str
    settled: bool


@frozen
class SourceDocument:
    """A document ready to be matched with a form."""

    blocks: Iterable[Block]
    """In reading order; may be gone through more than once."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What the reader saw and did not take over, as people call it, and how often."""
    dropped: tuple[Dropped, ...] = ()
    """The texts of what was left out, as far as they were kept."""
    comments: tuple[SourceComment, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    """Where this program's own bookmarks stand: their names by the place of their row or paragraph."""
    printed_from: Mapping[str, str] = field(default_factory=dict)
    """The values that this program printed it from, by the projects' names, "" the department."""
    taken: Mapping[str, int] = field(default_factory=dict)
    """What was taken over though a person should know of it: tracked insertions, content controls."""
    named_year: int = 0
    """The year in the name of its file."""
    literal: bool = False
    """This program printed it: a blank cell is blank, a title is the title, texts are letter for letter."""

    def tables(self) -> Iterator[SourceTable]:
        """The tables in reading order."""
        yield from (block for block in self.blocks if isinstance(block, SourceTable))
