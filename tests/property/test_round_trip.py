"""Every document that can be kept is exported, proven, and comes in again; also after LibreOffice saved it."""

import random
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.source import SourceDocument, SourceParagraph
from perftui.exchange.layout import lay_out
from perftui.exchange.proof import ExportDiffers, prove
from perftui.forms import Form, Kind, Role, form_ids, load_form
from perftui.model.document import DEPARTMENT, Document
from perftui.model.record import Record
from perftui.session.export import ExportRequest, proven_docx
from tests import factories
from tests.documents import docx_of
from tests.office import saved_again
from tests.property.test_import_round_trip import LEADS, compare, documents, texts

HOSTILE = st.one_of(
    texts(lines=True),
    st.sampled_from(
        [*LEADS, *(f"甲\n{lead}乙" for lead in LEADS), " \t甲 ", "1、\n2、", "\n甲\n", "甲\u200b乙", "e\u0301"]
    ),
)
"""Also what a file may hold and no door lets in, and what reads as another field."""


@pytest.mark.parametrize("name", form_ids())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_text_that_is_legal_keeps_a_document_from_being_exported(name: str, data: st.DataObject) -> None:
    """It may be doubtful how a text would be read, never whether it is printed."""
    form = load_form(name)
    document = data.draw(documents(form))
    for file, record in list(document.files()):
        spec = form.spec_of(file)
        paths = [path for path, one in spec.fields(record) if one.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.CODE)]
        for path in data.draw(st.lists(st.sampled_from(paths), max_size=4, unique=True)):
            document = document.with_record(file, document.record(file).with_value(path, data.draw(HOSTILE)))
    some = st.sets(st.sampled_from(list(document.projects)), min_size=1) if document.projects else st.none()
    files = data.draw(st.none() | some)
    wanted = ExportRequest(
        files=None if files is None else frozenset(files),
        remarks=data.draw(st.none() | st.just((("错误 甲", "乙", "丙", "丁"),))),
    )
    proven_docx(document, form, wanted)


def slightly_changed(text: str, draw: random.Random) -> str:
    """The text with one sign another, doubled or gone."""
    at = draw.randrange(len(text))
    return draw.choice(
        [text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[:at] + "改" + text[at + 1 :]]
    )


@pytest.mark.parametrize("name", form_ids())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_any_value_that_is_another_on_paper_is_found_out(name: str, data: st.DataObject, seed: int) -> None:
    """A document made of other records than it is held against."""
    form, draw = load_form(name), random.Random(seed)
    document = data.draw(documents(form))
    file, path = draw.choice(_printed_texts(form, document))
    record = document.record(file)
    one = form.spec_of(file).field(path)
    other = slightly_changed(record.text(path), draw)
    if one is not None and (one.kind.is_number or one.kind in (Kind.DATE, Kind.PERIOD)):  # 2000-1-01 is 2000-01-01
        other = str(factories.other_value(one, record, path))
    changed = document.with_record(file, record.with_value(path, other))
    docx = proven_docx(changed, form).data
    if _said(read_docx(docx)) == _said(read_docx(docx_of(document, form))):  # the title was typed as it is made
        return
    with pytest.raises(ExportDiffers):
        prove(BytesIO(docx), lay_out(document, form), document, form, None)


def _printed_texts(form: Form, document: Document) -> list[tuple[str, tuple[str, ...]]]:
    shown = set()
    for one in form.layout.tables:
        shown |= {cell.field for row in one.rows for cell in row.cells if cell.field}
    found = [
        (file, path)
        for file, record in document.files()
        for path, one in form.spec_of(file).fields(record)
        if record.text(path).strip() and (len(path) == 3 or path in shown) and one.role not in (Role.AMOUNT_UNIT,)
    ]
    return found or [(DEPARTMENT, form.department.path_of(Role.UNIT_NAME) or ())]


# ---- through LibreOffice


def printable(document: Document) -> Document:
    """Without what LibreOffice changes in its own formats and no person types: fixed blanks, signs of private use."""

    def plain(record: Record) -> Record:
        for path in list(record.paths()):
            value = record.value(path)
            if isinstance(value, str):
                record = record.with_value(path, "".join(sign for sign in value if _is_kept(sign)).strip() or "甲")
        return record

    for file, record in list(document.files()):
        document = document.with_record(file, plain(record))
    return with_title_of_number(document)


def with_title_of_number(document: Document) -> Document:
    """A unit whose name begins with a number has it on the cover too, as ``documents`` makes it."""
    unit, cover = (load_form(document.form).department.path_of(one) for one in (Role.UNIT_NAME, Role.DEPARTMENT_NAME))
    name = document.department.text(unit) if unit and cover else ""
    if not cover or name[:1] not in tuple("0123456789"):
        return document
    return document.with_record(DEPARTMENT, document.department.with_value(cover, name))


@pytest.mark.parametrize("name", form_ids())
def test_a_document_that_is_made_printable_comes_in_again(name: str) -> None:
    """A fixed blank before the number of a unit's name goes, and the number stands right behind the code."""
    form, document = load_form(name), factories.document(name)
    unit, cover = (form.department.path_of(one) or () for one in (Role.UNIT_NAME, Role.DEPARTMENT_NAME))
    record = document.department.with_value(unit, "\xa01/0甲")
    made = printable(document.with_record(DEPARTMENT, record.with_value(cover, "100%") if cover else record))
    assert made.department.text(unit) == "1/0甲"
    compare(made, read_docx(docx_of(made, form)), form)


def _is_kept(sign: str) -> bool:
    return sign.isprintable() and sign not in "\xa0\u2011" and not "\ue000" <= sign <= "\uf8ff" and ord(sign) < 0xF0000


def drawn(form: Form) -> list[Document]:
    """The same documents of a form in every run."""
    found = list[Document]()

    @settings(max_examples=12, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(document=documents(form))
    def draw(document: Document) -> None:
        found.append(printable(document))

    draw()
    assert len(found) >= 12
    return found


@cache
def printed() -> dict[str, tuple[Document, bytes, list[str]]]:
    """Documents of every form, what is printed of them, and its texts, by the file's name."""
    forms = [load_form(name) for name in form_ids()]
    made = {f"{form.id}-{number}.docx": (one, form) for form in forms for number, one in enumerate(drawn(form))}
    files = {name: (one, docx_of(one, form)) for name, (one, form) in made.items()}
    return {name: (one, data, _said(read_docx(data))) for name, (one, data) in files.items()}


@pytest.mark.parametrize("formats", [("docx",), ("doc", "docx"), ("odt", "docx")], ids="-".join)
def test_documents_saved_by_libreoffice_come_in_again_as_they_were(tmp_path: Path, formats: tuple[str, ...]) -> None:
    again = saved_again(tmp_path, {name: data for name, (_document, data, _texts) in printed().items()}, *formats)
    assert again.keys() == printed().keys()
    for name, (document, _data, said) in printed().items():
        content = read_docx(again[name])
        assert _said(content) == said, name
        compare(document, content, load_form(document.form))


def _said(content: SourceDocument) -> list[str]:
    """Every text in its order."""
    return [
        text
        for block in content.blocks
        for text in (
            [block.text] if isinstance(block, SourceParagraph) else [cell.text for row in block.rows for cell in row]
        )
        if text and not (isinstance(block, SourceParagraph) and block.contents)
    ]
