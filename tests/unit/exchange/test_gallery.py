"""Forms of other places: each is written as its description says, and read no worse than it was read before."""

from io import BytesIO

import docx
import openpyxl
import pytest

from tests.bench.reading import total, verdict_of
from tests.documents import import_document
from tests.gallery.containers import to_docx, to_html, to_xlsx
from tests.gallery.layouts import Block, Layout, layouts

FLOORS = dict.fromkeys(("names", "amounts", "goals", "rows", "classes", "values", "texts"), 100)
"""Precision and recall over each half, in percent; they only rise."""


LABELS = ("完成时间",)
"""Names of indicators that are a form's labels as well."""


def texts(page: list[Block]) -> list[str]:
    """The paragraphs' and the cells' texts, tables behind paragraphs."""
    cells = [cell.text for block in page if not isinstance(block, str) for cell in block.cells if cell.text]
    return [block for block in page if isinstance(block, str)] + cells


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.key)
def test_every_container_holds_the_page(layout: Layout) -> None:
    page = layout.page()
    word = docx.Document(BytesIO(to_docx(page)))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    found = [one.text for one in word.paragraphs if one.text] + list({id(one._tc): one.text for one in cells}.values())
    assert [text for text in found if text] == texts(page)
    sheet = openpyxl.load_workbook(BytesIO(to_xlsx(page))).active
    assert sheet is not None
    assert sorted(str(cell) for row in sheet.values for cell in row if cell is not None) == sorted(texts(page))
    web = to_html(page).decode()
    assert web.count("<td") == sum(len(block.cells) for block in page if not isinstance(block, str))


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.key)
def test_an_empty_form_is_the_same_page_without_what_is_right(layout: Layout) -> None:
    blank = "\n".join(texts(layout.page(empty=True)))
    filled = "\n".join(texts(layout.page()))
    assert all(name in filled for name in (*layout.private, *(project.name for project in layout.projects)))
    assert not any(name in blank for name in layout.private)
    typed = [row["name"] for project in layout.projects for row in project.rows if f"|{{{row['name']}}}" in layout.body]
    assert not [name for name in typed if f"\n{name}\n" in f"\n{blank}\n" and name not in LABELS]


@pytest.mark.parametrize("form", [None, "hebei-2021"])
@pytest.mark.parametrize("half", [1, 2])
def test_each_half_is_read_no_worse_than_before(half: int, form: str | None) -> None:
    verdicts = [verdict_of(layout, form=form) for layout in layouts() if layout.half == half]
    for kind, floor in FLOORS.items():
        figures = total(verdicts, kind)
        assert figures.precision >= floor, kind
        assert figures.recall >= floor, kind
    assert [one.misplaced or one.unsaid for one in verdicts if one.misplaced or one.unsaid] == []


@pytest.mark.parametrize("layout", [one for one in layouts() if one.fillable], ids=lambda layout: layout.key)
def test_nothing_is_read_out_of_an_empty_form(layout: Layout) -> None:
    assert verdict_of(layout, empty=True).wrong == ()


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.key)
def test_the_year_is_the_forms_own(layout: Layout) -> None:
    assert import_document(to_docx(layout.page())).document.year == layout.year
