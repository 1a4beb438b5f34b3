"""Columns keep the form's widths as long as the texts are short, and give way to the one that needs more."""

import re

import pytest

from perftui.exchange.column_widths import on_page, suited
from perftui.exchange.layout import project_page
from perftui.exchange.page import TEXT_WIDTH, StyleName, Table, grid, shares
from perftui.exchange.page_measure import POINTS, estimate_pages
from perftui.exchange.page_styles import CELL_PADDING_X, STYLES
from perftui.exchange.paper_lines import line_count, look_of
from perftui.forms import Role, load_form
from tests import factories

COLUMNS = shares((20, 28, 28, 32, 20, 28))
SHORT = ("产出指标", "可持续影响指标", "发放补助人数", "全年领取补助的工作者总数", "≥18人", "年度工作计划")


def long(length: int, at: int = 3) -> tuple[str, ...]:
    return (*SHORT[:at], "补" * length, *SHORT[at + 1 :])


def test_short_texts_have_the_forms_widths() -> None:
    assert suited(COLUMNS, [SHORT, SHORT]) == COLUMNS


@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize("length", [200, 2000])
def test_a_long_text_has_the_most_room_and_every_other_enough_for_a_label(at: int, length: int) -> None:
    widths = suited(COLUMNS, [SHORT, long(length, at)])
    assert sum(widths) == pytest.approx(TEXT_WIDTH)
    assert max(widths) == widths[at] > 1.6 * COLUMNS[at]
    assert min(widths) > 4 * 10.5 / 72 * 25.4


def test_two_long_texts_share() -> None:
    widths = suited(COLUMNS, [long(600, 2), long(600, 3)])
    assert abs(widths[2] - widths[3]) <= 3.1


def test_one_long_text_among_many_rows_squeezes_nobody() -> None:
    usual = ("产出指标", "数量指标", "名" * 12, "描" * 24, "≥18人", "依" * 14)
    alone, among = suited(COLUMNS, [usual] * 63), suited(COLUMNS, [*[usual] * 62, long(800)])
    assert all(other > 0.75 * one for one, other in zip(alone, among, strict=True))


@pytest.mark.parametrize("amount", ["0.00", "123456789012.00", "123456789012345.00"])
def test_an_amount_never_breaks_inside_its_cell(amount: str) -> None:
    document = factories.document()
    file, form = next(iter(document.projects)), load_form("hebei-2021")
    amounts = dict.fromkeys(("budget.total", "budget.fiscal", "budget.other"), amount)
    document = document.with_record(file, factories.changed(document.projects[file], form.project, **amounts))
    table = next(block for block in project_page(document, form, file).blocks if isinstance(block, Table))
    cells = [slot for row in grid(table) for slot in row if slot.cell.text.isascii() and slot.cell.text]
    for slot in cells:
        width = sum(table.columns[slot.column : slot.column + slot.cell.col_span]) * POINTS - 2 * CELL_PADDING_X
        assert line_count(slot.cell.text, look_of(STYLES[StyleName.TABLE_TEXT], width)) == 1
    assert sum(table.columns) == pytest.approx(TEXT_WIDTH)


def test_a_long_description_takes_half_the_pages() -> None:
    form = load_form("hebei-2021")
    rows = [{Role.LEVEL1: "产出指标", Role.LEVEL2: "数量指标", Role.NAME: "人数", Role.DESCRIPTION: "补" * 2000}]
    document = factories.document()
    file = next(iter(document.projects))
    document = document.with_record(file, factories.changed(document.projects[file], form.project, indicators=rows))
    page = project_page(document, form, file)
    [table] = [block for block in page.blocks if isinstance(block, Table)][1:]
    assert estimate_pages(page).pages <= 4
    assert table.columns[3] > 2 * COLUMNS[3]


@pytest.mark.parametrize("value", ["≤1973600.00元", "≥36,500.50平方米", "不超过123456789012.00元", "99.9999999%"])
@pytest.mark.parametrize("described", ["人数", "补" * 300])
def test_a_number_never_breaks_inside_an_indicators_value(value: str, described: str) -> None:
    form = load_form("hebei-2021")
    rows = [{Role.LEVEL1: "产出指标", Role.LEVEL2: "成本指标", Role.NAME: "支出", Role.DESCRIPTION: described,
             Role.VALUE: value, Role.BASIS: "依" * 30}]  # fmt: skip
    document = factories.document()
    file = next(iter(document.projects))
    document = document.with_record(file, factories.changed(document.projects[file], form.project, indicators=rows))
    [table] = [one for one in project_page(document, form, file).blocks if isinstance(one, Table)][1:]
    [number] = re.findall(r"[≥≤]?[0-9][0-9.,]*%?", value)
    look = look_of(STYLES[StyleName.TABLE_TEXT], table.columns[4] * POINTS - 2 * CELL_PADDING_X)
    assert line_count(number, look) == 1
    assert sum(table.columns) == pytest.approx(TEXT_WIDTH)


def test_a_long_address_squeezes_nobody() -> None:
    form = load_form("hebei-2021")
    rows = [{Role.LEVEL1: "产出指标", Role.NAME: "支出", Role.VALUE: "≤1973600.00元", Role.BASIS: "http://" + "a" * 90}]
    document = factories.document()
    file = next(iter(document.projects))
    document = document.with_record(file, factories.changed(document.projects[file], form.project, indicators=rows))
    [table] = [one for one in project_page(document, form, file).blocks if isinstance(one, Table)][1:]
    assert sum(table.columns) == pytest.approx(TEXT_WIDTH)
    assert min(table.columns) > 4 * 10.5 / 72 * 25.4


@pytest.mark.parametrize("margins", [20, 31.8, 45])
def test_an_amount_never_breaks_on_a_page_with_an_offices_margins(margins: float) -> None:
    document, form, scale = factories.document(), load_form("hebei-2021"), (210 - 2 * margins) / TEXT_WIDTH
    file = next(iter(document.projects))
    amounts = dict.fromkeys(("budget.total", "budget.fiscal", "budget.other"), "12179600.00")
    document = document.with_record(file, factories.changed(document.projects[file], form.project, **amounts))
    table = next(block for block in project_page(document, form, file).blocks if isinstance(block, Table))
    made = on_page(table, scale)
    assert sum(made.columns) == pytest.approx(TEXT_WIDTH)
    for slot in (slot for row in grid(made) for slot in row if slot.cell.text == "12179600.00"):
        width = scale * sum(made.columns[slot.column : slot.column + slot.cell.col_span])
        look = look_of(STYLES[StyleName.TABLE_TEXT], width * POINTS - 2 * CELL_PADDING_X)
        assert line_count(slot.cell.text, look) == 1
