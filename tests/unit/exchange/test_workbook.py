"""The document as a workbook: what stands on its sheets, and that it reads back as the records."""

from io import BytesIO

import openpyxl
import pytest

from perftui.exchange.docx_xml import UnprintableError
from perftui.exchange.importer.xlsx import read_workbook
from perftui.exchange.layout import lay_out
from perftui.exchange.proof import prove_content
from perftui.exchange.workbook import workbook
from perftui.forms import load_form
from perftui.model.document import Document
from tests import factories
from tests.bench.generate import document as documents


def opened(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook(document, load_form(document.form))))


@pytest.mark.parametrize("form", factories.FORMS)
def test_every_form_reads_back_as_it_was_laid_out(form: str) -> None:
    document, spec = documents(form, 2), load_form(form)
    content = read_workbook(workbook(document, spec))
    printed = lay_out(document, spec, front=False)
    assert prove_content(content, printed, document, spec, None, front=False) == ()


def test_texts_that_look_like_formulas_links_or_escapes_stay_texts() -> None:
    document = documents("hebei-2021", 1)
    ((file, record),) = document.projects.items()
    for text in ("=1+1", "http://a.cn", "_x0041_", " 前后 ", "第一行\n第二行", "0012"):
        changed = document.with_record(file, record.with_value(("budget", "purpose"), text))
        assert all(cell.data_type != "f" for row in opened(changed).worksheets[1].iter_rows() for cell in row)
        form = load_form(changed.form)
        printed = lay_out(changed, form, front=False)
        content = read_workbook(workbook(changed, form))
        assert prove_content(content, printed, changed, form, None, front=False) == ()


def test_the_flat_sheet_parts_a_value_and_has_numbers_as_numbers() -> None:
    document = documents("hebei-2021", 1)
    ((file, record),) = document.projects.items()
    for row, value in zip(record.rows("indicators"), ("≥95%", "是/否", "3-5天"), strict=False):
        record = record.with_value(("indicators", row.id, "value"), value)
    document = document.with_record(file, record)
    sheet = opened(document).worksheets[-1]
    heads = [cell.value for cell in sheet[1]]
    told = [dict(zip(heads, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)]
    parts = [(one["符号"], one["指标值"], one["计量单位"]) for one in told[:3]]
    assert parts == [("≥", 95, "%"), ("", "是/否", ""), ("", "3-5天", "")]
    assert told[0]["项目编码"] == record.text(("code",))


def test_sheets_have_names_of_their_own_however_long_and_alike_titles_are() -> None:
    document = documents("hebei-2021", 3)
    for at, (file, record) in enumerate(document.projects.items()):
        document = document.with_record(file, record.with_value(("title",), "甲[乙]" * (20 if at else 1)))
    names = opened(document).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in names)


def test_the_same_document_gives_the_same_bytes() -> None:
    document = documents("mof-2021", 2)
    form = load_form(document.form)
    assert workbook(document, form) == workbook(document, form)


def test_a_text_that_no_cell_holds_is_refused_by_its_name() -> None:
    document = documents("hebei-2021", 1)
    ((file, record),) = document.projects.items()
    long = document.with_record(file, record.with_value(("budget", "purpose"), "长" * 32_768))
    with pytest.raises(UnprintableError, match=r"budget\.purpose.*32768"):
        workbook(long, load_form(long.form))
