"""What an office program saved again comes in as it went out."""

from pathlib import Path

import pytest

from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import Confidence
from perftui.forms import form_ids, load_form
from perftui.model.document import Document
from tests import factories
from tests.documents import docx_of, import_document
from tests.office import saved_again

REFERENCE = Path(__file__).parents[2] / "data" / "reference" / "lunan-2021.txt"


def real_document() -> Document:
    return import_document(REFERENCE.read_bytes()).document


def made_documents() -> list[Document]:
    return [factories.document(name) for name in form_ids() if name != "hebei-2021"]


@pytest.mark.parametrize("formats", [("docx",), ("doc", "docx"), ("odt", "docx")], ids="-".join)
def test_a_document_saved_by_libreoffice_is_the_same(tmp_path: Path, formats: tuple[str, ...]) -> None:
    printed = {f"{one.form}.docx": docx_of(one, load_form(one.form)) for one in (real_document(), *made_documents())}
    again = saved_again(tmp_path, printed, *formats)
    assert again.keys() == printed.keys()
    for name, data in again.items():
        imported = import_document(data)
        assert imported.document == import_document(printed[name]).document
        assert read_docx(data).left_out == {}
        assert [note for note in imported.notes if note.confidence is Confidence.LEFT] == []


def test_the_real_document_comes_back_whole() -> None:
    document = real_document()
    assert import_document(docx_of(document, load_form(document.form))).document == document


def test_numbers_that_do_not_go_on_by_one_are_told() -> None:
    told = [note.message for note in import_document(REFERENCE.read_bytes()).notes if "编号是" in note.message]
    assert told == ["文档里的编号是 1 2 2 3 4 5，印出来按次序编为 1 2 3 4 5 6"]
