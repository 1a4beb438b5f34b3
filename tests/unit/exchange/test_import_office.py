"""What an office program saved again comes in as it went out."""

from io import BytesIO
from pathlib import Path

import pytest

from perftui.exchange.docx_writer import write_docx
from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.layout import lay_out
from perftui.forms import load_form
from perftui.model.document import Document
from tests import factories
from tests.documents import import_document
from tests.office import saved_again

REFERENCE = Path(__file__).parents[2] / "data" / "reference" / "lunan-2021.txt"


def real_document() -> Document:
    return import_document(REFERENCE.read_bytes()).document


@pytest.mark.parametrize("formats", [("docx",), ("doc", "docx"), ("odt", "docx")])
@pytest.mark.parametrize("name", ["hebei-2021", "mof-2021"])
def test_a_document_saved_by_libreoffice_is_the_same(tmp_path: Path, name: str, formats: tuple[str, ...]) -> None:
    document = real_document() if name == "hebei-2021" else factories.document(name)
    out = BytesIO()
    write_docx(lay_out(document, load_form(name)), out)
    [data] = saved_again(tmp_path, {"printed.docx": out.getvalue()}, *formats).values()
    again = import_document(data)
    assert again.document == import_document(out.getvalue()).document
    assert read_docx(data).left_out == {}
    assert [note for note in again.notes if note.confidence is Confidence.LEFT] == []


def test_the_real_document_comes_back_whole() -> None:
    document = real_document()
    out = BytesIO()
    write_docx(lay_out(document, load_form(document.form)), out)
    assert import_document(out.getvalue()).document == document
