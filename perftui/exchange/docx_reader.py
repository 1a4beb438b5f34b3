"""Documents in: the text dump of a Word document and the DOCX itself, as records of a form with a report."""

from perftui.exchange.reading.assemble import match
from perftui.exchange.reading.dump import read_dump
from perftui.exchange.reading.imported import Confidence, Counts, Imported, ImportRefused, Note

__all__ = ["Confidence", "Counts", "ImportRefused", "Imported", "Note", "import_document"]


def import_document(data: bytes, *, form: str | None = None, year: int | None = None) -> Imported:
    """The records that a document holds, and what was understood and what not. Raises ImportRefused."""
    return match(read_dump(data), form=form, year=year)
