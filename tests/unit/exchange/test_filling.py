"""Empty forms filled: every value where the importer reads it, every other byte as the office made it."""

import zipfile
from copy import deepcopy
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from time import process_time

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt
from lxml import etree
from openpyxl.styles import Border, Side

from perftui.exchange.filling.blank_form import BlankForm
from perftui.exchange.filling.gaps import gaps
from perftui.exchange.filling.place import FormOwner
from perftui.exchange.filling.proven_fill import FilledForm, fill
from perftui.exchange.filling.sheet_form import SheetForm
from perftui.exchange.filling.word_form import WordForm
from perftui.exchange.filling.word_text import WordText
from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.numbers import is_amount
from perftui.exchange.importer.read_document import match
from perftui.exchange.importer.source import SourceDocument, SourceParagraph
from perftui.exchange.importer.xlsx import read_sheet
from perftui.forms import Form, GroupRole, Role, load_form
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from tests import factories
from tests.conftest import ROOT
from tests.gallery.containers import to_docx, to_xlsx
from tests.gallery.layouts import Layout, layouts
from tests.office import saved_again

PLACELESS = {
    "zhejiang-aid-report-2023", "sichuan-town-list-2023", "neimenggu-two-sections-2024",
    "shanxi-periods-side-2020", "zhejiang-text-and-table-2021",
    "hainan-summary-2022", "jilin-evaluation-2019", "zhejiang-list-sentences-2023", "hebei-numbered-goals-2019",
}  # fmt: skip
"""Forms whose empty lines are no labels with blanks, whose printed classes are other projects', which ask for the whole
project first, whose labels have their values behind them in one cell or sentence, or which have no cell for an
indicator: what has no place is said."""
REARRANGED = {
    "sichuan-town-list-2023", "henan-category-columns-2023", "hunan-public-list-2024", "yunnan-tree-list-2024",
    "hunan-class-columns-2022", "hainan-summary-2022", "zhejiang-list-sentences-2023",
}  # fmt: skip
"""Lists in which rows are added: their rows do not stand where people's own do."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


NOBODY = FormOwner()


def real_document() -> Document:
    return open_document(find_documents(ROOT / "data")[0]).document


def layout(key: str) -> Layout:
    return next(one for one in layouts() if one.key == key)


def records_of(one: Layout) -> tuple[list[Record], Form]:
    """What the filled form says, as the importer reads it."""
    return _records_of(one.key)


@cache
def _records_of(key: str) -> tuple[list[Record], Form]:
    one = layout(key)
    document = match(read_docx(to_docx(one.page()))).document
    return list(document.projects.values()), load_form(document.form)


def word(data: bytes, records: list[Record], form: Form, owner: FormOwner = NOBODY) -> FilledForm:
    return fill(lambda: WordForm(data), records, form, owner)


@cache
def filled_form(key: str) -> FilledForm:
    """The empty form of the gallery with what the filled one says."""
    one = layout(key)
    records, form = records_of(one)
    return word(to_docx(one.page(empty=True)), records, form, owner_of(key))


@cache
def owner_of(key: str) -> FormOwner:
    """Unit and year as the filled form says them."""
    document = match(read_docx(to_docx(layout(key).page()))).document
    form = load_form(document.form)
    return FormOwner(form.department.text_of(document.department, Role.UNIT_NAME), document.year)


@cache
def filled_records(key: str) -> list[Record]:
    """What the importer reads of it."""
    return read_again(filled_form(key).data, records_of(layout(key))[1])


def read_again(data: bytes, form: Form) -> list[Record]:
    return list(match(read_docx(data), form=form.id).document.projects.values())


def words_of(record: Record, form: Form) -> list[str]:
    """What a record says, without words about amounts, which no form has a cell for."""
    notes = {group.path(one) for group in form.project.amounts for one in group.others if one.hidden}
    return sorted(record.text(path) for path in record.paths() if path[-1] != "order" and path not in notes)


def placeless(filled: FilledForm, form: Form) -> list[str]:
    notes = {one.label for group in form.project.amounts for one in group.others if one.hidden}
    return [one.text for one in filled.missing if one.label not in notes]


FILLED = layouts()
WHOLE = [one for one in FILLED if one.key not in PLACELESS]


@pytest.mark.parametrize("one", WHOLE, ids=lambda one: one.key)
def test_a_filled_form_is_read_as_the_one_that_people_filled(one: Layout) -> None:
    records, form = records_of(one)
    assert placeless(filled_form(one.key), form) == []
    assert [words_of(record, form) for record in filled_records(one.key)] == [
        words_of(record, form) for record in records
    ]


@pytest.mark.parametrize("one", FILLED, ids=lambda one: one.key)
def test_every_value_is_in_the_form_or_said_to_have_no_place(one: Layout) -> None:
    records, form = records_of(one)
    said = " ".join(value.text for value in filled_form(one.key).missing)
    for record, again in zip(records, filled_records(one.key), strict=True):
        group_texts = [text for path in record.paths() if len(path) == 3 and (text := record.text(path))]
        lost = [text for text in group_texts if text not in words_of(again, form) and text not in said]
        assert [text for text in lost if not text.isdecimal()] == []


@pytest.mark.parametrize("one", [one for one in FILLED if one.key not in REARRANGED], ids=lambda one: one.key)
def test_what_people_left_blank_stays_blank(one: Layout) -> None:
    """A value in another cell than people's own would be read back equal, and be wrong."""
    ours, theirs = (docx.Document(BytesIO(data)).tables for data in (filled_form(one.key).data, to_docx(one.page())))
    wrong = [
        (cell.text, other.text)
        for table, right in zip(ours, theirs, strict=True)
        for row, by_people in zip(table.rows, right.rows, strict=True)
        for cell, other in zip(row.cells, by_people.cells, strict=True)
        if cell.text.strip() and not other.text.strip()
    ]
    assert wrong == []


@pytest.mark.parametrize("key", ["monitoring-flat", "three-years-columns"])
def test_sign_number_and_unit_go_into_their_columns(key: str) -> None:
    cells = [cell.text for row in docx.Document(BytesIO(filled_form(key).data)).tables[0].rows for cell in row.cells]
    assert {"≥", "90"} <= set(cells)
    assert not [text for text in cells if text.startswith("≥") and text != "≥"]


@pytest.mark.parametrize("key", ["sichuan-town-list-2023", "hunan-public-list-2024", "yunnan-tree-list-2024"])
def test_a_list_holds_sign_number_and_unit_as_people_write_them(key: str) -> None:
    """指标性质 over ≥ is told by what stands in it, which an empty form does not show."""
    ours, theirs = (_measures(data) for data in (filled_form(key).data, to_docx(layout(key).page())))
    assert len(ours) > 5
    assert all(parts in (theirs[name], [*theirs[name][:-1], ""]) for name, parts in ours.items())


def _measures(data: bytes) -> dict[str, list[str]]:
    """By an indicator's name its sign, value and unit, as far as the list has columns for them."""
    rows = [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(data)).tables[0].rows]
    titles = next(row for row in rows if "度量单位" in row)
    name, *at = (titles.index(one) for one in ("三级指标", "指标性质", "指标值", "度量单位") if one in titles)
    return {row[name]: [row[place] for place in at] for row in rows[rows.index(titles) + 1 :] if row[name]}


def _take_out_what_was_filled(blank: etree._Element, filled: etree._Element) -> None:
    """Takes the runs out of both trees where the empty form has a blank cell, or a blank in a text."""
    for before, after in zip(blank.iter(f"{W}p"), filled.iter(f"{W}p"), strict=True):
        texts = ["".join(map(str, one.itertext())) for one in (before, after)]
        if texts[0] != texts[1]:
            assert not texts[0].strip() or gaps(texts[0])
            left = iter(texts[1])
            assert all(sign in left for sign in "".join(texts[0].split())), "a printed word is gone"
            for run in (*before.findall(f"{W}r"), *after.findall(f"{W}r")):
                run.getparent().remove(run)


@pytest.mark.parametrize("one", FILLED, ids=lambda one: one.key)
def test_nothing_but_the_filled_cells_changes(one: Layout) -> None:
    """The filled form without what stands in the cells that were blank is the empty form."""
    blank, filled = to_docx(one.page(empty=True)), filled_form(one.key).data
    before, after = (zipfile.ZipFile(BytesIO(data)) for data in (blank, filled))
    assert before.namelist() == after.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["word/document.xml"]
    trees = [etree.fromstring(package.read("word/document.xml")) for package in (before, after)]
    if len(list(trees[0].iter(f"{W}tr"))) == len(list(trees[1].iter(f"{W}tr"))):
        _take_out_what_was_filled(trees[0], trees[1])
        assert etree.tostring(trees[0], method="c14n") == etree.tostring(trees[1], method="c14n")


@pytest.mark.parametrize("key", ["hunan-city-2023", "jiangxi-result-2017", "yunnan-result", "four-grades"])
def test_a_workbook_is_filled_cell_by_cell(key: str) -> None:
    one = layout(key)
    document = match(SourceDocument(blocks=(read_sheet(to_xlsx(one.page())),))).document
    blank = to_xlsx(one.page(empty=True))
    filled = fill(lambda: SheetForm(blank), list(document.projects.values()), load_form(document.form))
    sheet, right = (openpyxl.load_workbook(BytesIO(data)).active for data in (filled.data, to_xlsx(one.page())))
    assert sheet is not None
    assert right is not None
    wrong = [
        (cell.coordinate, cell.value, sheet[cell.coordinate].value)
        for row in openpyxl.load_workbook(BytesIO(blank)).active.iter_rows()  # type: ignore[union-attr]
        for cell in row
        if cell.value is not None and sheet[cell.coordinate].value != cell.value
    ]
    assert wrong == []
    assert filled.written > 8
    names = [p.name for p in one.projects]
    assert all(any(name == cell for row in sheet.values for cell in row) for name in names)
    before, after = (zipfile.ZipFile(BytesIO(data)) for data in (blank, filled.data))
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["xl/worksheets/sheet1.xml"]


def test_rows_are_added_where_the_form_has_too_few_and_its_words_go_on_over_them() -> None:
    one = layout("hunan-city-2023")
    records, form = records_of(one)
    group = form.project.groups[-1]
    first = records[0].rows(group.key)[0]
    more = deepcopy(records[0])
    for number in (1, 2):
        values = {**first.values, group.key_of("name"): f"清扫第{number}片区", "order": 1000 + number}  # type: ignore[arg-type]
        more = more.with_row(group.key, type(first)(id=f"more{number}", values=values))
    blank = to_docx(one.page(empty=True))
    filled = word(blank, [more], form)
    tables = [docx.Document(BytesIO(data)).tables[0] for data in (blank, filled.data)]
    assert len(tables[1].rows) == len(tables[0].rows) + 2
    names = [row.cells[2].text for row in tables[1].rows]
    at = names.index("清扫第1片区")
    assert {row.cells[1].text for row in tables[1].rows[at - 1 : at + 2]} == {"数量指标"}
    classes = [row.cells[1]._tc for row in tables[1].rows[at - 1 : at + 2]]
    assert all(one is classes[0] for one in classes)


def test_seven_projects_are_seven_tables_in_less_than_a_second() -> None:
    document = real_document()
    blank = to_docx(layout("hunan-city-2023").page(empty=True))
    begun = process_time()
    filled = word(blank, list(document.projects.values()), load_form(document.form))
    assert process_time() - begun < 1
    assert len(docx.Document(BytesIO(filled.data)).tables) == len(document.projects) == 7


def test_seven_projects_are_seven_rows_of_a_list() -> None:
    document = real_document()
    blank = to_docx(layout("unit-wide-list").page(empty=True))
    filled = word(blank, list(document.projects.values()), load_form(document.form))
    assert len(docx.Document(BytesIO(filled.data)).tables) == 1
    names = [record.text(("name",)) for record in read_again(filled.data, load_form(document.form))]
    assert names == [record.text(("name",)) for record in document.projects.values()]


_LISTED = ["序号", "项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]


def _ruled_list(*above: list[str], ruled: int, line: str = "thin") -> bytes:
    """A list without a word below its titles, and rows with borders there."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (*above, _LISTED):
        sheet.append(row)
    for line_of_cells in sheet.iter_rows(len(above) + 2, len(above) + 1 + ruled, 1, len(_LISTED)):
        for cell in line_of_cells:
            cell.border = Border(*[Side(line)] * 4)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_rows_with_borders_alone_are_rows_of_the_list() -> None:
    document = real_document()
    records, form = list(document.projects.values()), load_form(document.form)
    filled = fill(lambda: SheetForm(_ruled_list(["项目绩效目标表"], ruled=5)), records, form)
    rows = list(openpyxl.load_workbook(BytesIO(filled.data)).worksheets[0].values)[2:]
    assert [row[1] for row in rows if row[1]] == [record.text(("name",)) for record in records]
    assert len(rows) == sum(len(record.rows("indicators")) for record in records) == 56
    starts = [row[0] for row in rows if row[1]]
    assert starts == [*range(1, len(records) + 1)] == [row[0] for row in rows if row[0]]
    assert filled.blank == ()


@pytest.mark.parametrize("above", [["2021年项目绩效目标表"], ["附件1"], ["项目绩效目标表"]])
def test_the_line_over_a_list_says_the_unit_of_its_amounts(above: list[str]) -> None:
    record = real_document().projects[next(iter(real_document().projects))]
    data = _ruled_list(above, ["单位：万元"], ruled=2)
    filled = fill(lambda: SheetForm(_retitled(data, "预算数")), [record], load_form("hebei-2021"))
    sheet = openpyxl.load_workbook(BytesIO(filled.data)).worksheets[0]
    assert sheet["C4"].value == 217.96
    assert [sheet.cell(row, column).value for row in (1, 2) for column in range(2, 10)] == [None] * 16


def test_rows_are_counted_and_say_whose_they_are() -> None:
    document = real_document()
    form = load_form(document.form)
    head = ["序号", "单位名称", "项目名称", "预算数（元）", "三级指标", "指标值"]
    blank = _table_form("docx", [], [head, ["1", *[""] * 5], *[[""] * 6] * 4])
    filled = word(blank, list(document.projects.values())[:3], form, FormOwner("桃花县财政局"))
    rows = [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(filled.data)).tables[0].rows]
    said = {row[2]: row[:2] for row in rows[1:]}
    assert list(said.values()) == [*([str(number), "桃花县财政局"] for number in (1, 2, 3)), ["", ""]]


def test_the_rows_of_indicators_are_counted() -> None:
    document = real_document()
    blank = _table_form(
        "docx", [], [["项目名称", "", "备注", ""], ["序号", "三级指标", "指标值", "备注"], *[[""] * 4] * 2]
    )
    filled = word(blank, list(document.projects.values())[:2], load_form(document.form))
    tables = [[row.cells[0].text for row in table.rows] for table in docx.Document(BytesIO(filled.data)).tables]
    assert tables == [["项目名称", "序号", *map(str, range(1, 10))]] * 2


def test_several_projects_are_not_filled_where_nothing_would_tell_them_apart() -> None:
    document = real_document()
    form, records = load_form(document.form), list(document.projects.values())
    blank = _table_form("docx", [], [["预算数（元）", "", "财政资金", ""], ["资金用途", "", "绩效目标", ""]])
    assert word(blank, records[:1], form).written == 4
    with pytest.raises(ImportRefused, match="项目名称"):
        word(blank, records[:2], form)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_goals_go_behind_their_numbers_in_cells_of_their_own(count: int) -> None:
    document, form = real_document(), load_form("hebei-2021")
    record = next(iter(document.projects.values()))
    goals = [{Role.TEXT: f"保障事项{number}顺利开展"} for number in range(1, count + 1)]
    record = factories.changed(record, form.project, goals=goals)
    rows = [["项目名称", ""], ["绩效目标", "1."], ["", "2、"], ["", "3. "], ["资金用途", ""]]
    blank = docx.Document(BytesIO(_table_form("docx", [], rows)))
    blank.tables[0].cell(1, 0).merge(blank.tables[0].cell(3, 0))
    made = BytesIO()
    blank.save(made)
    filled = word(made.getvalue(), [record], form)
    assert not [one for one in filled.missing if one.label in ("绩效目标", "次序")]
    [again] = read_again(filled.data, form)
    assert [row.text("text") for row in again.rows("goals")] == [one[Role.TEXT] for one in goals]
    assert "4. 保障事项4" in docx.Document(BytesIO(filled.data)).tables[0].cell(3, 1).text or count < 4


def test_nothing_is_written_beside_titles_that_stand_over_their_values() -> None:
    document = real_document()
    rows = [["项目名称", "", "", ""], ["支出计划", "10月底", "12月底", ""], ["", "", "", ""]]
    record = next(iter(document.projects.values()))
    filled = word(_table_form("docx", [], rows), [record], load_form(document.form))
    assert [cell.text for cell in docx.Document(BytesIO(filled.data)).tables[0].rows[1].cells] == rows[1]


@pytest.mark.parametrize(
    ("rows", "written"),
    [
        pytest.param(["预算总额||财政资金|其他资金", "金额（元）|||"], (2, 1), id="beside a title over its amount"),
        pytest.param(["资金来源|金额（元）||", "预算总额|||"], (2, 1), id="beside a title over labels"),
        pytest.param(["预算总额|财政资金|其他资金|", "金额（元）|||"], None, id="under another amount's title"),
        pytest.param(
            ["预算资金|预算总额||", "|财政资金|其他资金|", "金额（元）|||"], None, id="under two rows of titles"
        ),
        pytest.param(["资金|预算总额|财政资金|其他资金", "金额（元）|||"], (2, 1), id="under its own title"),
        pytest.param(["预算总额|||", "财政资金|||"], (1, 1), id="beside its label"),
    ],
)
def test_an_amount_goes_below_its_title_and_under_no_other(rows: list[str], written: tuple[int, int] | None) -> None:
    document = real_document()
    record, form = next(iter(document.projects.values())), load_form(document.form)
    record = record.with_value(("budget", "total"), "700.00").with_value(("budget", "fiscal"), "")
    texts = [row.split("|") for row in ("项目名称|||", *rows)]
    filled = word(_table_form("docx", [], texts), [record], form)
    found = [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(filled.data)).tables[0].rows]
    at = [(row, place) for row, texts in enumerate(found) for place, text in enumerate(texts) if text == "700"]
    assert at == ([written] if written else [])
    assert ("700.00" in [one.text for one in filled.missing]) == (written is None)


def _retitled(data: bytes, title: str) -> bytes:
    """The list with another title over its amounts."""
    book = openpyxl.load_workbook(BytesIO(data))
    next(cell for row in book.worksheets[0] for cell in row if cell.value == "预算数（万元）").value = title
    made = BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("above", "cell"), [(["填报单位：", ""], "B1"), (["填报单位（盖章）", ""], "B1"), (["填报单位：　　　　"], "A1")]
)
def test_whose_list_it_is_stands_over_it(above: list[str], cell: str) -> None:
    records, form = records_of(layout("hunan-city-2023"))
    owner = FormOwner("桃花县财政局", 2021)
    filled = fill(lambda: SheetForm(_ruled_list(above, ruled=9)), records, form, owner)
    sheet = openpyxl.load_workbook(BytesIO(filled.data)).worksheets[0]
    assert str(sheet[cell].value).removeprefix("填报单位：") == "桃花县财政局"
    assert sum("桃花县财政局" in str(one.value) for one in sheet[1]) == 1
    assert not [one for one in filled.blank if "单位" in one]


def test_a_column_of_units_before_the_projects_is_none_of_what_is_counted() -> None:
    values = [row.text("value") for row in filled_records("hainan-summary-2022")[0].rows("indicators")]
    assert values == ["≥300个", "100%", "0起", "≥95%"]


def test_an_indicator_is_written_with_its_value_or_not_at_all() -> None:
    """Where only names have a column both are one text there, if it is read back as the two."""
    form = load_form("hebei-2021")
    record = factories.project("hebei-2021", 1)
    said = [("造林面积", "≥6200亩"), ("群众反映", "大家都说好")]
    levels = {Role.LEVEL1: "产出指标", Role.LEVEL2: "数量指标"}
    group = form.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    rows = [levels | {Role.NAME: name, Role.VALUE: value} for name, value in said]
    record = factories.with_rows(record, group, rows)
    row = ["产出指标", "数量指标", ""]
    blank = [["项目名称", "", ""], ["一级指标", "二级指标", "三级指标"], row, row]
    filled = word(_table_form("docx", [], blank), [record], form)
    names = [row.cells[2].text for row in docx.Document(BytesIO(filled.data)).tables[0].rows[2:]]
    assert names == ["造林面积≥6200亩", ""]
    assert "大家都说好" in " ".join(one.text for one in filled.missing)


@pytest.mark.parametrize("data", [_ruled_list(ruled=0), _ruled_list(ruled=3, line="none")], ids=["no rows", "no lines"])
def test_nothing_is_written_below_a_list_where_no_row_is_drawn(data: bytes) -> None:
    records, form = records_of(layout("hunan-city-2023"))
    with pytest.raises(ImportRefused, match="没有找到可以填的空格"):
        fill(lambda: SheetForm(data), records, form)


def test_amounts_are_in_the_forms_unit_to_the_last_fen() -> None:
    """255240 元 are 25.524 万元, which is read as a number."""
    assert is_amount("25.524")
    one = layout("hunan-city-2023")
    records, form = records_of(one)
    record = records[0].with_value(("funds", "total"), "255240.01")
    filled = word(to_docx(one.page(empty=True)), [record], form)
    assert "25.524001" in [
        cell.text for row in docx.Document(BytesIO(filled.data)).tables[0].rows for cell in row.cells
    ]


def test_the_cells_own_style_is_kept() -> None:
    one = layout("hunan-city-2023")
    records, form = records_of(one)
    document = docx.Document(BytesIO(to_docx(one.page(empty=True))))
    paragraph = document.tables[0].cell(0, 1).paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("").font.size = Pt(9)
    out = BytesIO()
    document.save(out)
    written = docx.Document(BytesIO(word(out.getvalue(), records, form).data)).tables[0].cell(0, 1).paragraphs[0]
    assert (written.text, written.alignment) == (one.projects[0].name, WD_ALIGN_PARAGRAPH.RIGHT)
    assert written.runs[0].font.size == Pt(9)


def _with_element(data: bytes, *, control: bool) -> bytes:
    document = docx.Document(BytesIO(data))
    cell = document.tables[0].cell(0, 1)._tc
    element = OxmlElement("w:sdt") if control else OxmlElement("w:ins")
    cell.p_lst[0].append(element)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _protected(data: bytes) -> bytes:
    document = docx.Document(BytesIO(data))
    protection = OxmlElement("w:documentProtection")
    protection.set(f"{W}edit", "readOnly")
    protection.set(f"{W}enforcement", "1")
    document.settings.element.insert(0, protection)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _with_part(data: bytes, name: str) -> bytes:
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, b"x")
    return out.getvalue()


BLANK = to_docx(layout("hunan-city-2023").page(empty=True))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (_with_element(BLANK, control=True), "内容控件"),
        (_with_element(BLANK, control=False), "修订"),
        (_protected(BLANK), "停止保护"),
        (_with_part(BLANK, "word/vbaProject.bin"), "宏"),
        (_with_part(BLANK, "_xmlsignatures/sig1.xml"), "数字签名"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "旧格式"),
        (BLANK[:-100], "损坏"),
        (b"x" * (50 << 20), "MiB"),
        (to_docx(layout("hunan-city-2023").page()), "没有找到可以填的空格"),
        (to_docx(["通知", "各单位："]), "没有"),
    ],
    ids=["control", "tracked", "protected", "macros", "signed", "doc", "cut", "50 MB", "filled", "no table"],
)
def test_a_form_that_cannot_be_filled_is_refused_with_the_reason(data: bytes, says: str) -> None:
    records, form = records_of(layout("hunan-city-2023"))
    with pytest.raises(ImportRefused, match=says):
        word(data, records, form)


def test_a_protected_sheet_is_refused() -> None:
    one = layout("hunan-city-2023")
    records, form = records_of(one)
    book = openpyxl.load_workbook(BytesIO(to_xlsx(one.page(empty=True))))
    assert book.active is not None
    book.active.protection.sheet = True
    out = BytesIO()
    book.save(out)

    def opened() -> BlankForm:
        return SheetForm(out.getvalue())

    with pytest.raises(ImportRefused, match="撤消工作表保护"):
        fill(opened, records, form)


def test_a_sheet_that_a_system_gave_out_is_filled_cell_by_cell_with_numbers_alone() -> None:
    document, form = real_document(), load_form("hebei-2021")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    names = (("数量指标", "支付工资及保险人员数量", "人"), ("质量指标", "工资及保险发放准确率", "%"),
             ("社会效益指标", "系统里另外的指标", "%"), ("时效指标", "资金支付及时率", "%"))  # fmt: skip
    sheet.append(["项目编码", "130303213IMBOCSFWWM1", "项目名称", "社区工作专项补助"])
    sheet.append(["序号", "二级指标", "三级指标", "指标符号", "指标值", "计量单位"])
    for number, (kind, name, unit) in enumerate(names, 1):
        sheet.append([number, kind, name, None, None, unit])
    data = BytesIO()
    book.save(data)
    filled = fill(lambda: SheetForm(data.getvalue()), list(document.projects.values())[:1], form)
    made = openpyxl.load_workbook(BytesIO(filled.data)).active
    assert made is not None
    rows = [row[2:] for row in made.iter_rows(min_row=3, values_only=True)]
    assert rows == [
        ("支付工资及保险人员数量", None, 41, "人"),
        ("工资及保险发放准确率", None, None, "%"),  # 41人 is no percentage: it has no place
        ("系统里另外的指标", None, None, "%"),
        ("资金支付及时率", None, 100, "%"),
    ]
    assert "41人" in [one.text for one in filled.missing]
    assert "项目编码" not in [one.label for one in filled.missing]
    assert filled.ends_full


def test_libreoffice_shows_every_value_in_its_cell(tmp_path: Path) -> None:
    """LibreOffice's own copies of the filled forms are read as the records that they were filled with."""
    again = saved_again(tmp_path, {f"{one.key}.docx": filled_form(one.key).data for one in WHOLE}, "docx")
    for one in WHOLE:
        records, form = records_of(one)
        found = read_again(again[f"{one.key}.docx"], form)
        assert [words_of(record, form) for record in found] == [words_of(record, form) for record in records], one.key


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_value_is_written_behind_the_label_in_its_own_cell(kind: str) -> None:
    form = load_form("mof-2021")
    record = factories.project("mof-2021", 1)
    supervisor = record.text(("supervisor",))
    page = [
        [["项目名称：", "主管部门：", "实施单位", ""], ["一级指标", "二级指标", "三级指标", "指标值"], ["", "", "", ""]]
    ]
    if kind == "docx":
        made = docx.Document()
        table = made.add_table(rows=0, cols=4)
        for texts in page[0]:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        data = BytesIO()
        made.save(data)
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        for texts in page[0]:
            book.active.append([text or None for text in texts])
        data = BytesIO()
        book.save(data)
    opened = WordForm if kind == "docx" else SheetForm
    filled = fill(lambda: opened(data.getvalue()), [record], form)
    content = opened(filled.data).content()
    cells = [cell.text for table in content.tables() for cell in table.rows[0]]
    assert cells == [
        f"项目名称：{record.text(('name',))}",
        f"主管部门：{supervisor}",
        "实施单位",
        record.text(("implementer",)),
    ]


def _table_form(kind: str, head: list[str], rows: list[list[str]]) -> bytes:
    """A form of some lines and a table."""
    data = BytesIO()
    if kind == "docx":
        made = docx.Document()
        for line in head:
            made.add_paragraph(line)
        table = made.add_table(rows=0, cols=len(rows[0]))
        for texts in rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        made.save(data)
    else:
        book = openpyxl.Workbook()
        assert book.active is not None
        for texts in [*([line] for line in head), *rows]:
            book.active.append([text or None for text in texts])
        book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_blanks_in_lines_and_boxes_are_filled_too(kind: str) -> None:
    form = load_form("bingtuan-2021")
    record = factories.project("bingtuan-2021", 1)
    record = record.with_value(("nature",), "延续项目").with_value(("name",), "校园足球推广")
    head = [
        "项目支出绩效目标表（　　年度）",
        "填报单位（盖章）：__________　　单位：万元",
        "填表人：____　联系电话：____",
    ]
    rows = [["项目名称：____________", "项目属性", "□新增　□延续"], ["一级指标", "二级指标", "三级指标"], ["", "", ""]]
    data = _table_form(kind, head, rows)
    opened = WordForm if kind == "docx" else SheetForm
    filled = fill(lambda: opened(data), [record], form, FormOwner("某县教育局", 2023))
    content = opened(filled.data).content()
    texts = [one.text for one in content.blocks if isinstance(one, SourceParagraph)]
    texts += [cell.text for table in content.tables() for row in table.rows for cell in row]
    said = {"项目支出绩效目标表（2023年度）", "填报单位（盖章）：某县教育局　　单位：万元",
            "填表人：____　联系电话：____", "项目名称：校园足球推广", "□新增　☑延续"}  # fmt: skip
    assert said <= set(texts)
    assert {"填表人", "联系电话"} <= set(filled.blank)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_budgets_year_goes_into_no_blank_of_another_year(kind: str) -> None:
    """How long a project lasts and when it was begun is not known, and would be read back without a word."""
    form = load_form("bingtuan-2021")
    head = [
        "项目支出绩效目标表（　　年度）",
        "项目起止：____年度至____年度",
        "立项年度：____年度",
        "预算年度：____年度",
    ]
    rows = [["项目名称", "", "实施期", "（20__年—20__年）"], ["中期", "（20__-20__年）", "年度", "（20__年）"],
            ["一级指标", "二级指标", "三级指标", "指标值"], ["", "", "", ""]]  # fmt: skip
    data = _table_form(kind, head, rows)
    opened = WordForm if kind == "docx" else SheetForm
    filled = fill(lambda: opened(data), [factories.project("bingtuan-2021", 1)], form, FormOwner("", 2023))
    content = opened(filled.data).content()
    texts = [one.text for one in content.blocks if isinstance(one, SourceParagraph)]
    texts += [cell.text for table in content.tables() for row in table.rows for cell in row]
    assert [text for text in texts if "2023" in text] == [
        "项目支出绩效目标表（2023年度）", "预算年度：2023年度", "（2023年）",
    ]  # fmt: skip
    assert {*head[1:3], rows[0][3], rows[1][1]} <= set(texts)


def test_a_box_of_a_symbol_font_is_ticked_with_a_sign_of_that_font() -> None:
    form = load_form("bingtuan-2021")
    record = factories.project("bingtuan-2021", 1).with_value(("nature",), "延续项目")
    made = docx.Document()
    cells = made.add_table(rows=1, cols=4).rows[0].cells
    cells[0].text, cells[2].text = "项目名称", "项目属性"
    for choice in ("新增项目 ", "延续项目"):
        box = OxmlElement("w:sym")
        box.set(f"{W}font", "Wingdings")
        box.set(f"{W}char", "F0A8")
        cells[3].paragraphs[0].add_run()._r.append(box)
        cells[3].paragraphs[0].add_run(choice)
    data = BytesIO()
    made.save(data)
    filled = word(data.getvalue(), [record], form)
    signs = [one.get(f"{W}char") for one in docx.Document(BytesIO(filled.data)).element.iter(f"{W}sym")]
    assert signs == ["F0A8", "F0FE"]
    assert read_again(filled.data, form)[0].text(("nature",)) == "延续项目"


def test_a_printed_level_that_says_more_is_where_the_indicator_goes() -> None:
    """The form prints 社会公众或服务对象满意度指标, the document's is 满意度指标; and a label is filled but once."""
    record, form = next(iter(real_document().projects.values())), load_form("hebei-2021")
    filled = word(BLANK, [record], form)
    rows = [[cell.text for cell in row.cells] for row in docx.Document(BytesIO(filled.data)).tables[0].rows]
    assert [row[2:4] for row in rows if row[0].endswith("满意度指标")] == [["职工满意度", "≥95%"]]
    assert not [one for one in filled.missing if one.label == "绩效指标"]
    wide = word(to_docx(layout("xinjiang-empty-columns-2021").page(empty=True)), [record], form)
    assert "项目名称" not in wide.blank


def test_a_level_that_may_be_any_of_several_printed_ones_has_no_place() -> None:
    """效益指标 is 经济效益指标 or 社会效益指标 or 生态效益指标: it is made none of them."""
    record, form = next(iter(real_document().projects.values())), load_form("hebei-2021")
    first = record.rows("indicators")[5]
    values = {**first.values, "class": "效益指标", "name": "某某效益"}
    record = replace(record, groups={**record.groups, "indicators": (replace(first, values=values),)})
    filled = word(BLANK, [record], form)
    assert "某某效益" not in [
        cell.text for row in docx.Document(BytesIO(filled.data)).tables[0].rows for cell in row.cells
    ]
    assert [one.text for one in filled.missing if one.label == "绩效指标" and "某某效益" in one.text]


def test_the_box_whose_word_is_the_value_is_ticked_before_one_that_only_begins_it() -> None:
    form = load_form("bingtuan-2021")
    record = factories.project("bingtuan-2021", 1).with_value(("nature",), "新增一次性")
    rows = [
        ["项目名称", "", "项目属性", "□新增 □新增一次性 □延续"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        [""] * 4,
    ]
    filled = word(_table_form("docx", [], rows), [record], form)
    assert docx.Document(BytesIO(filled.data)).tables[0].cell(0, 3).text == "□新增 ☑新增一次性 □延续"
    assert read_again(filled.data, form)[0].text(("nature",)) == "新增一次性"


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_goals_and_names_go_behind_the_numbers_that_the_form_prints(kind: str) -> None:
    form = load_form("hebei-2021")
    record = numbered_record(form)
    rows = [
        ["项目名称", "", "", ""],
        ["年度目标", "目标1：\n目标2：\n目标3：\n……", "实施单位", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "指标1", ""],
        ["产出指标", "数量指标", "指标2：", ""],
        ["产出指标", "质量指标", "指标1", ""],
    ]
    data, opened = _table_form(kind, [], rows), WordForm if kind == "docx" else SheetForm
    filled = fill(lambda: opened(data), [record], form)
    texts = [[cell.text for cell in row] for table in opened(filled.data).content().tables() for row in table.rows]
    assert texts[1][1] == "目标1：第1件\n目标2：第2件\n目标3：第3件\n目标4：第4件\n……"
    assert [row[2:4] for row in texts[3:]] == [["指标1：名称1", "1项"], ["指标2：名称2", "2项"], ["指标1", ""]]
    assert not placeless(filled, form)


def test_goals_that_are_one_text_stand_where_the_form_prints_their_numbers() -> None:
    form = load_form("mof-2021")
    rows = [["项目名称", ""], ["年度目标", "目标1：\n目标2：\n……"]]
    data = _table_form("docx", [], rows)
    record = numbered_record(form)
    filled = fill(lambda: WordForm(data), [record], form)
    (goals,) = docx.Document(BytesIO(filled.data)).tables[0].columns[1].cells[1:]
    assert goals.text == record.rows("goals")[0].text("text") == "\n".join(f"目标{at}：第{at}件" for at in range(1, 5))


def numbered_record(form: Form) -> Record:
    """A project with a name, goals and indicators of one class."""
    lines = [f"目标{number}：第{number}件" for number in range(1, 5)]
    rows = [["产出指标", "数量指标", f"名称{number}", f"{number}项"] for number in range(1, 3)]
    head = [["项目名称", "甲项目", "", ""], ["年度目标", "\n".join(lines), "", ""]]
    data = _table_form("docx", [], [*head, ["一级指标", "二级指标", "三级指标", "指标值"], *rows])
    return next(iter(match(read_docx(data), form=form.id).document.projects.values()))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_each_project_of_a_list_has_as_many_rows_as_it_has_indicators(kind: str) -> None:
    document, form = real_document(), load_form("hebei-2021")
    head = ["项目名称", "项目编码", "预算数", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值"]
    line, foot = ["填报单位：", *[""] * 6, "单位：万元"], ["填表人：", *[""] * 7]
    data = _table_form(kind, [], [line, head, *[[""] * 8] * 3, foot])
    opened = WordForm if kind == "docx" else SheetForm
    filled = fill(lambda: opened(data), list(document.projects.values()), form)
    content = opened(filled.data).content()
    again = list(match(content, form=form.id).document.projects.values())
    for record, read in zip(document.projects.values(), again, strict=True):
        paths = [("name",), ("code",), ("budget", "total")]
        assert [read.text(path) for path in paths] == [record.text(path) for path in paths]
        assert [row.text("name") for row in read.rows("indicators")] == [
            row.text("name") for row in record.rows("indicators")
        ]
    table = list(content.tables())[-1]
    assert [cell.text for cell in table.rows[-1]] in (foot, [*foot[:1], *[""] * 7])


@pytest.mark.parametrize(("font", "said"), [("Wingdings", "□"), ("Wingdings 2", "□"), ("Symbol", "≤")])
def test_what_a_sign_of_a_symbol_font_is_the_font_says(font: str, said: str) -> None:
    paragraph = docx.Document().add_paragraph()
    sign, text = OxmlElement("w:sym"), paragraph.add_run("\uf0a3")
    sign.set(f"{W}font", font)
    sign.set(f"{W}char", "F0A3")
    paragraph.add_run()._r.append(sign)
    text.font.name = font
    assert str(WordText([paragraph._p], W)) == said * 2


def test_a_departments_table_is_filled_where_the_form_has_no_projects() -> None:
    one, form = layout("ningde-department-2019"), load_form("guangshui-2021")
    people = match(read_docx(to_docx(one.page())), form=form.id).document
    owner = FormOwner(form.department.text_of(people.department, Role.UNIT_NAME), people.year)
    filled = word(to_docx(one.page(empty=True)), [people.department], form, owner)
    assert [one.text for one in filled.missing] == []
    again = match(read_docx(filled.data), form=form.id).document
    assert (again.year, again.department.tables) == (2019, people.department.tables)
    for key in ("goals", "indicators"):
        said, right = ([row.values for row in record.rows(key)] for record in (again.department, people.department))
        assert said == right != []


def test_rows_that_a_form_has_no_place_for_are_told() -> None:
    form, department = load_form("guangshui-2021"), factories.document("guangshui-2021", projects=0).department
    assert department.rows("tasks")
    filled = word(to_docx(layout("ningde-department-2019").page(empty=True)), [department], form)
    assert sum(one.label == "主要工作任务" for one in filled.missing) == len(department.rows("tasks"))
    assert not {"预算年度", "单位名称", "表样"} & {one.label for one in filled.missing}
