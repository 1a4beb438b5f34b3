"""Documents written and read without the proof, the files and the questions of an export or import."""

from io import BytesIO

from perftui.exchange.docx_writer import write_docx
from perftui.exchange.importer.file_kind import FileKind, file_kind
from perftui.exchange.importer.imported import ImportResult
from perftui.exchange.importer.source import SourceDocument
from perftui.exchange.layout import lay_out
from perftui.forms import Form
from perftui.model.document import Document
from perftui.session.export import WHOLE, ExportRequest


def docx_of(document: Document, form: Form, wanted: ExportRequest = WHOLE) -> bytes:
    """The document as the bytes of a DOCX, not read back. Raises UnprintableError."""
    out = BytesIO()
    write_docx(lay_out(document, form, wanted.files, remarks=wanted.remarks, stamp=wanted.stamp), out)
    return out.getvalue()


def import_document(data: bytes, *, form: str | None = None) -> ImportResult:
    """The records that a DOCX or a text dump holds, and what was understood. Raises ImportRefused."""
    from perftui.exchange.importer.read_document import match

    return match(read_content(data), form=form)


def read_content(data: bytes) -> SourceDocument:
    """The paragraphs and tables of a document, by what its first bytes say it is. Raises ImportRefused."""
    from perftui.exchange.importer.docx import read_docx  # lxml, which not every Python that writes has
    from perftui.exchange.importer.text_dump import read_dump

    return read_dump(data) if file_kind(data) is FileKind.TEXT else read_docx(data)
