"""Documents in: a DOCX, or the text dump of one, as records of a form with a report of what was understood."""

from perftui.exchange.reading.assemble import match
from perftui.exchange.reading.content import Block, Content, Grid, GridCell, Para
from perftui.exchange.reading.docx import read_docx
from perftui.exchange.reading.dump import read_dump
from perftui.exchange.reading.imported import Confidence, Counts, Imported, ImportRefused, Note

__all__ = [
    "Block", "Confidence", "Content", "Counts", "Grid", "GridCell", "ImportRefused", "Imported", "Note", "Para",
    "import_document", "match", "read_content", "read_docx", "read_dump",
]  # fmt: skip

_BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")


def import_document(data: bytes, *, form: str | None = None, year: int | None = None) -> Imported:
    """The records that a document holds, and what was understood and what not. Raises ImportRefused.

    ``form`` (an id) wins over the form whose labels fit best, ``year`` over the year that the document says.
    """
    return match(read_content(data), form=form, year=year)


def read_content(data: bytes) -> Content:
    """The paragraphs and tables of a document, by what its first bytes say it is. Raises ImportRefused."""
    return read_docx(data) if not data or data.startswith(_BINARY) else read_dump(data)
