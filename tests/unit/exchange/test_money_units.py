"""The units of money that tables of other places say: what is converted, what is not, what a form is filled in."""

from io import BytesIO

import openpyxl
import pytest

from perftui.exchange.filling.place import FormOwner
from perftui.exchange.filling.proven_fill import fill
from perftui.exchange.filling.word_form import WordForm
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.read_document import match
from perftui.exchange.importer.xlsx import read_workbook
from perftui.forms import load_form
from tests.documents import import_document
from tests.unit.exchange.read_samples import docx, para, row, table
from tests.unit.exchange.test_import_counties import only, said

SIZES = {
    "元": 1, "百元": 100, "千元": 1000, "万元": 10**4, "十万元": 10**5, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8,
}  # fmt: skip
LINES = (
    "单位：{unit}", "金额单位：{unit}", "（单位：{unit}）", "单位：人民币{unit}", "单位：{unit}、%",
    "金额单位：人民币（{unit}）",
)  # fmt: skip


def money(label: str = "预算数") -> str:
    return table(
        row("项目名称", "道路维修", "主管部门", "某局"),
        row(label, "12", "财政资金", "10"),
        row("其他资金", "2", "", ""),
    )


@pytest.mark.parametrize("unit", SIZES)
@pytest.mark.parametrize("line", LINES)
def test_a_line_over_a_table_says_the_unit_of_its_amounts(unit: str, line: str) -> None:
    imported = import_document(docx(para(line.format(unit=unit)) + money()), form="mof-2021")
    assert only(imported).tables["funds"] == {
        "total": f"{12 * SIZES[unit]}.00", "appropriation": f"{10 * SIZES[unit]}.00", "other": f"{2 * SIZES[unit]}.00",
    }  # fmt: skip
    assert "unit_name" not in imported.document.department.head


def test_a_label_says_the_unit_of_its_amount() -> None:
    imported = import_document(docx(para("单位：元") + money("预算数（千元）")), form="mof-2021")
    assert only(imported).tables["funds"]["total"] == "12000.00"


def total(body: str, form: str = "mof-2021") -> str:
    return only(import_document(docx(body), form=form)).tables["funds"]["total"]


@pytest.mark.parametrize("note", ["注：本表金额单位为千元。", "说明：1.金额单位：千元", "备注：单位：人民币千元"])
def test_a_note_under_a_table_says_the_unit(note: str) -> None:
    assert total(money() + para(note)) == "12000.00"
    assert total(money().replace("</w:tbl>", row(note) + "</w:tbl>")) == "12000.00"


@pytest.mark.parametrize("label", ["单位：", "金额单位", "货币单位："])
def test_the_unit_stands_in_the_cell_beside_its_label(label: str) -> None:
    grid = table(row("预算年度", "2023", label, "千元"), row("项目名称", "道路", "资金总额", "12"))
    imported = import_document(docx(grid), form="mof-2021")
    assert only(imported).tables["funds"]["total"] == "12000.00"
    assert "unit_name" not in imported.document.department.head


@pytest.mark.parametrize("line", ["单位：元/万元", "单位：元、万元", "单位：万元或元"])
def test_two_units_in_one_line_leave_it_in_doubt(line: str) -> None:
    imported = import_document(docx(para(line) + money()), form="mof-2021")
    assert any("没有写明金额单位" in one for one in said(imported, Confidence.UNSURE))


def test_an_unsaid_unit_is_told_by_the_size_of_the_first_amount() -> None:
    grid = table(row("项目名称", "道路"), row("资金总额", "3260000.00"), row("其他资金", "2600.00"))
    imported = import_document(docx(grid), form="mof-2021")
    assert only(imported).tables["funds"] == {"total": "3260000.00", "other": "2600.00"}
    assert any("看数的大小按元读入" in one for one in said(imported, Confidence.UNSURE))


def test_an_unsaid_unit_is_that_of_the_project_before() -> None:
    second = money().replace("道路维修", "桥梁维修")
    imported = import_document(
        docx(para("单位：千元") + money() + para("桥梁维修项目绩效目标表") + second), form="mof-2021"
    )
    assert [one.tables["funds"]["total"] for one in imported.document.projects.values()] == ["12000.00"] * 2
    assert sum("没有写明金额单位，按千元读入" in one for one in said(imported, Confidence.UNSURE)) == 1


def test_what_a_whole_unit_spends_is_no_projects() -> None:
    grid = table(row("项目名称", "道路"), row("资金总额", "120"), row("基本支出", "80"), row("项目支出", "40"))
    imported = import_document(docx(para("单位：万元") + grid), form="mof-2021")
    assert "funds" not in only(imported).tables or "total" not in only(imported).tables["funds"]
    assert any("120" in one for one in said(imported, Confidence.LEFT))


def test_a_label_and_its_number_in_one_cell_stand_under_their_own_total() -> None:
    grid = table(
        row("项目名称", "道路"),
        row("实施期资金总额：900", "年度资金总额：320"),
        row("其中：财政拨款：900", "其中：财政拨款：320"),
        row("其他资金0", "其他资金0"),
    )
    imported = import_document(docx(para("单位：万元") + grid), form="mof-2021")
    assert only(imported).tables["funds"] == {"total": "3200000.00", "appropriation": "3200000.00", "other": "0.00"}


@pytest.mark.parametrize("unit", ["万美元", "美元", "千港元", "港币", "万欧元"])
def test_another_countrys_money_is_kept_as_words(unit: str) -> None:
    imported = import_document(docx(para(f"单位：{unit}") + money()), form="mof-2021")
    note = f"年度资金总额：12{unit}；财政拨款：10{unit}；其他资金：2{unit}"
    assert only(imported).tables["funds"] == {"note": note}
    assert any(f"金额单位是{unit}，不是人民币" in one for one in said(imported, Confidence.UNSURE))
    assert "unit_name" not in imported.document.department.head


@pytest.mark.parametrize(("typed", "fiscal"), [("12，000", "12000.00"), ("1，200，000", "1200000.00"), ("1，2", None)])
def test_a_wide_comma_between_digits_begins_no_words(typed: str, fiscal: str | None) -> None:
    grid = table(row("项目名称", "道路"), row("财政资金", typed))
    imported = import_document(docx(para("单位：元") + grid), form="mof-2021")
    assert only(imported).tables["funds"].get("appropriation") == fiscal


@pytest.mark.parametrize("unit", [*SIZES, "万美元"])
def test_a_form_is_filled_in_the_unit_that_it_says(unit: str) -> None:
    form = load_form("mof-2021")
    record = only(import_document(docx(para("单位：元") + money()), form=form.id))
    blank = table(row("项目名称", ""), row("预算数", ""), row("财政资金", ""), row("其他资金", ""))
    data = docx(para(f"单位：{unit}") + blank)
    filled = fill(lambda: WordForm(data), [record], form, FormOwner())
    again = only(import_document(filled.data, form=form.id)).tables.get("funds", {})
    assert again == (record.tables["funds"] if unit in SIZES else {})
    assert ("年度资金总额" in [one.label for one in filled.missing]) == (unit not in SIZES)


def test_the_year_stands_beside_the_unit_in_a_sheet() -> None:
    book, data = openpyxl.Workbook(), BytesIO()
    assert book.active is not None
    for texts in (["项目支出绩效目标表"], ["（2022年度）", "", "单位：千元"], ["项目名称", "道路"], ["财政资金", 12]):
        book.active.append(texts)
    book.save(data)
    imported = match(read_workbook(data.getvalue()), form="mof-2021")
    assert imported.document.year == 2022
    assert only(imported).tables["funds"] == {"appropriation": "12000.00"}


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_the_error_of_a_formula_is_a_blank_that_is_told(error: str) -> None:
    """A cell whose formula comes to nothing is no text; it was dropped, and parted its table in two."""
    book = openpyxl.Workbook()
    for texts in (["项目名称", "道路"], ["主管部门", error], ["预算数（千元）", error], ["财政资金", 12]):
        book.active.append(texts)
    for cell in (book.active["B2"], book.active["B3"]):
        cell.data_type = "e"
    out = BytesIO()
    book.save(out)
    imported = match(read_workbook(out.getvalue()), form="mof-2021")
    record = only(imported)
    assert "department" not in record.head
    assert "total" not in record.tables["funds"]
    told = [message for message in said(imported, Confidence.UNSURE) if f"写的是“{error}”，当作空白" in message]
    assert len(told) == 2


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("部门预算收支（万元）", "收入：2380.6"), ("部门收支情况（万元）", "收入：2380.6"),
        ("本年收入合计（万元）", "2380.6"),
        ("收入（万元）", "2380.6"), ("部门整体支出（万元）", "2380.6"),
    ],
)  # fmt: skip
def test_the_income_of_a_department_is_no_budget_of_a_project(label: str, said: str) -> None:
    grid = table(row("项目名称", "道路维修"), row(label, said))
    imported = import_document(docx(grid), form="mof-2021")
    assert "total" not in only(imported).tables["funds"]
    left = [f"{note.message} {note.text}" for note in imported.notes if note.confidence is Confidence.LEFT]
    assert any("2380.6" in line for line in left)


def test_a_number_of_the_departments_budget_says_nothing_of_the_money_beside_it() -> None:
    grid = table(row("项目名称", "道路维修", "", ""), row("部门预算编码", "613", "预算数（万元）", "12"))
    assert total(grid) == "120000.00"
