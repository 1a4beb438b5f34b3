"""What an import gives: the records, and a report of what was understood and what was not."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from perftui.model.document import Document, Location
from perftui.model.frozen import frozen


class ImportRefused(Exception):  # noqa: N818 - named for what it says
    """A file that is not read; the message is the sentence for the person."""


class Confidence(StrEnum):
    """How sure the reader is of what a note says."""

    SURE = "sure"
    """Read as it stands."""
    LIKELY = "likely"
    """Understood by a rule: a unit converted, a number taken off, a cell filled from the one above."""
    UNSURE = "unsure"
    """Guessed: look at it."""
    LEFT = "left"
    """Not taken over."""


@frozen
class Note:
    """A line of the report."""

    place: str
    """Where it stands in the document that was read: 第 3 个表格第 5 行."""
    confidence: Confidence
    message: str
    target: Location | None = None
    """Where it went; ``None`` for what was not taken over or concerns the whole."""
    text: str = ""
    """The whole text that was not taken over; the message quotes its beginning."""


@frozen
class Counts:
    """What was found."""

    fields: int = 0
    """Filled fields of all files, without those of rows."""
    rows: Mapping[str, int]
    """Rows by what the form calls them."""
    taken: Mapping[str, int]
    """What was read though a person should know of it, such as tracked insertions."""
    left_out: Mapping[str, int]
    """What was seen and not read, such as pictures and tracked deletions."""


@frozen
class ImportResult:
    """A foreign document as records of a form."""

    document: Document
    """Its ``year`` is 0 and its ``unit`` "" where the document does not say them."""
    notes: tuple[Note, ...]
    counts: Counts
    printed_from: Mapping[str, str] = field(default_factory=dict)
    """Of a document that this program printed: the values of then, by the projects' names, "" the department."""
    marks: Mapping[Location, tuple[int, str]] = field(default_factory=dict)
    """Of its rows: which of those files each was of, counted from 0, and the id that it had there."""
