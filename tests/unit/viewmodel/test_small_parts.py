"""Sums and differences, bars, the foot, the detail lines, presence, the start and a rule's page."""

import re
import time
from dataclasses import replace
from decimal import Decimal

import pytest

from perftui.forms import AmountGroup, GroupRole, Kind, RecordSpec, Role, load_form
from perftui.forms.assembly import unknown_form
from perftui.locale import choose_language
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.money import format_amount
from perftui.model.record import Record
from perftui.model.width import cell_len
from perftui.review.catalogue import RULES
from perftui.review.finding import Acceptance, Finding, Severity
from perftui.session.presence import PresentUser
from perftui.viewmodel import foot
from perftui.viewmodel.bars import plan_bar, share_bar
from perftui.viewmodel.changed_since import date_text
from perftui.viewmodel.detail import detail_lines, lines_of_step
from perftui.viewmodel.document_view import BadFileView, DocumentView
from perftui.viewmodel.field_cells import edit_text, field_cell, shown_text
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.findings import findings_view
from perftui.viewmodel.foot import foot_text
from perftui.viewmodel.funds import difference, funds_view
from perftui.viewmodel.grid import CellView, RowView, Tone
from perftui.viewmodel.other_users import others_text
from perftui.viewmodel.plan import plan_view, planned_amount
from perftui.viewmodel.project_form import form_view
from perftui.viewmodel.projects import counts_text, projects_view
from perftui.viewmodel.rule_page import page_lines, rule_lines
from perftui.viewmodel.start import START, StartValues, start_view
from perftui.viewmodel.tally import amounts_at
from tests import factories
from tests.unit.viewmodel.views import all_rows, cells

FORM = load_form("hebei-2021")
BUDGET = FORM.project.amounts[0]
PLAN = FORM.project.plan
assert PLAN is not None
FILE = "projects/a.toml"


def with_amounts(total: str | None, fiscal: str | None, other: str | None) -> Record:
    amounts = {"budget.total": total, "budget.fiscal": fiscal, "budget.other": other}
    return factories.changed(factories.project(), FORM.project, **amounts)


def test_all_projects_are_added_up_once_however_often_the_list_is_filtered(monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[Record] = []

    def noted(spec: RecordSpec, group: AmountGroup, record: Record) -> Decimal | None:
        added.append(record)
        return difference(spec, group, record)

    monkeypatch.setattr(foot, "difference", noted)
    shown = DocumentView(document=factories.document(projects=3), form=load_form("hebei-2021"))
    told = [foot_text(shown, None, ""), foot_text(shown, None, "")]
    assert told[0] == told[1]
    assert len(added) == 3
    changed = shown.document.without(next(iter(shown.document.projects)))
    foot_text(replace(shown, document=changed), None, "")
    assert len(added) == 5


def document_of(*records: Record) -> Document:
    empty = factories.document(projects=0)
    for number, record in enumerate(records, 1):
        empty = empty.with_record(f"projects/{number}.toml", record.with_value(("order",), number))
    return empty


def shown_of(*records: Record, **more: object) -> DocumentView:
    return DocumentView(document=document_of(*records), form=FORM, **more)  # type: ignore[arg-type]


def texts(row: RowView | None) -> list[str]:
    assert row is not None
    return [cell.text for cell in row.cells]


@pytest.mark.parametrize(
    ("amounts", "gap"),
    [
        (("10.00", "7.00", "3.00"), "0.00"),
        (("10.00", "7.00", None), "3.00"),
        (("10.00", "7.05", "3.00"), "-0.05"),
        ((None, "7.00", "3.00"), "-10.00"),
        ((None, None, None), None),
        (("十元", "7.00", "3.00"), None),
        (("999999999999999.99", "999999999999999.98", "0.00"), "0.01"),
    ],
)
def test_the_difference_of_a_total_and_its_parts(amounts: tuple[str | None, ...], gap: str | None) -> None:
    found = difference(FORM.project, BUDGET, with_amounts(*amounts))
    assert found == (None if gap is None else Decimal(gap))


def test_totals_of_the_funds_are_sums_to_the_cent() -> None:
    records = [with_amounts("0.10", "0.10", "0.00"), with_amounts("0.20", "0.10", "0.05"), with_amounts(None, "x", "")]
    grid = funds_view(shown_of(*records), 100)
    assert texts(grid.footer[0])[2:6] == ["0.30", "0.20", "0.05", "0.05"]
    assert [cell.tone for cell in grid.footer[0].cells][2:6] == [Tone.TOTAL, Tone.TOTAL, Tone.TOTAL, Tone.ERROR]
    assert [texts(row)[5] for row in grid.rows] == ["0", "0.05", ""]
    assert [row.cells[5].tone for row in grid.rows][:2] == [Tone.LOCKED, Tone.ERROR]
    assert "合计 3 个项目  0.30 元" in texts(projects_view(shown_of(*records), 80).footer[0])[0]


@pytest.mark.parametrize(
    ("written", "amount", "told", "tone"),
    [
        ("3000.00", "3000.00", "与合计一致", Tone.TOTAL),
        ("2999.99", "2999.99", "合计多 0.01", Tone.ERROR),
        ("5000.00", "5000.00", "合计少 2000.00", Tone.ERROR),
        ("五千", "五千", "", Tone.TOTAL),
    ],
)
def test_the_approved_total_stands_below_the_sum_with_the_difference(
    written: str, amount: str, told: str, tone: Tone
) -> None:
    shown = shown_of(with_amounts("1000.00", "1000.00", "0.00"), with_amounts("2000.00", "2000.00", "0.00"))
    path = FORM.department.path_of(Role.APPROVED_TOTAL)
    assert path is not None
    department = shown.document.department.with_value(path, written)
    shown = replace(shown, document=shown.document.with_record(DEPARTMENT, department))
    for width in (60, 80, 120):
        sums, approved = funds_view(shown, width).footer
        assert (texts(sums)[2], texts(approved)) == ("3000.00", ["", "批复总额", amount, told])
        assert (approved.cells[2].x, approved.cells[3].tone) == (sums.cells[2].x, tone)
        assert cell_len(told) <= approved.cells[3].width
        (foot,) = projects_view(shown, width).footer
        assert texts(foot) == [f"合计 2 个项目  3000.00 元  批复 {amount}  {told}".rstrip()]
        assert foot.cells[0].tone is tone


def test_where_nothing_is_approved_or_an_amount_is_none_nothing_is_compared() -> None:
    records = [with_amounts("1000.00", "1000.00", "0.00"), with_amounts("x", "0.00", "0.00")]
    shown = shown_of(*records)
    assert len(funds_view(shown, 80).footer) == 1
    path = FORM.department.path_of(Role.APPROVED_TOTAL)
    assert path is not None
    department = shown.document.department.with_value(path, "1000.00")
    shown = replace(shown, document=shown.document.with_record(DEPARTMENT, department))
    assert texts(funds_view(shown, 80).footer[1]) == ["", "批复总额", "1000.00", ""]


def test_planned_amounts_are_the_percents_of_the_total_rounded_half_up() -> None:
    record = factories.changed(
        with_amounts("0.50", "0.50", "0.00"), FORM.project, **{"plan.m03": "25", "plan.m06": "3"}
    )
    shown = shown_of(record)
    assert PLAN is not None
    amounts = [planned_amount(shown, PLAN, point, record) for point in PLAN.points[:2]]
    assert [format_amount(amount) for amount in amounts if amount is not None] == ["0.13", "0.02"]
    blank = record.with_value(("plan", "m03"), None)
    assert planned_amount(shown, PLAN, PLAN.points[0], blank) is None
    assert planned_amount(shown, PLAN, PLAN.points[0], with_amounts(None, None, None)) is None


def test_the_plans_foot_adds_the_amounts() -> None:
    whole = [with_amounts("1000.00", "1000.00", "0.00"), with_amounts("3000.00", "3000.00", "0.00")]
    grid = plan_view(shown_of(*whole), 100)
    assert texts(grid.footer[0])[5:9] == ["1000", "2000", "3000", "4000"]


def test_bars() -> None:
    assert PLAN is not None
    record = factories.project("hebei-2021")
    assert plan_bar(FORM.project, record) == "▂▂ ▄▄ ▆▆ ██"
    assert plan_bar(FORM.project, record, ascii_only=True).isascii()
    none = factories.changed(record, FORM.project, **{f"plan.{point.key}": None for point in PLAN.points})
    assert plan_bar(FORM.project, none) == ""
    assert plan_bar(FORM.project, none.with_value(("plan", "m12"), "999")).endswith("██")
    assert plan_bar(FORM.department, record) == ""


@pytest.mark.parametrize(
    ("fiscal", "other", "bar"),
    [
        ("5.00", "5.00", "█████▒▒▒▒▒  50%"),
        ("10.00", "0.00", "██████████ 100%"),
        ("999.00", "1.00", "██████████  99%"),
        ("0.00", "0.00", ""),
        ("-1.00", "2.00", ""),
        (None, "1.00", "▒▒▒▒▒▒▒▒▒▒   0%"),
        ("1.00", "2.00", "███▒▒▒▒▒▒▒  33%"),
    ],
)
def test_shares_fill_the_bar(fiscal: str | None, other: str, bar: str) -> None:
    parts = [BUDGET.path(part.field) for part in BUDGET.total.parts]
    assert share_bar(amounts_at(FORM.project, with_amounts("9.00", fiscal, other), parts), 10) == bar


def test_the_foot_tells_the_gap_the_plan_the_findings_and_the_save() -> None:
    good, bad = factories.project(), with_amounts("10.00", "4.00", "3.00").with_value(("plan", "m12"), "99")
    finding = Finding(
        rule="R", severity=Severity.ERROR, location=Location(file="projects/1.toml"), message="错", advice="改"
    )
    shown = shown_of(good, bad, index=FindingIndex.of((finding,)))
    told = foot_text(shown, None, "已保存 14:03:22")
    assert told.endswith("处 · 警 0 提示 0 · 已保存 14:03:22 · 资金差额 3.00")
    assert told.startswith("全文还差 ")
    assert foot_text(shown, "projects/1.toml", "").startswith("本项目还差 1 处 · 全文 1 处")
    assert foot_text(shown, "department.toml", "").startswith("本部门填好了 · 全文 1 处")
    assert foot_text(replace(shown, index=FindingIndex()), None, "").startswith("全文填好了 · 警 0")
    assert "审核中…" in foot_text(replace(shown, index=FindingIndex(pending=True)), None, "")


def finding(severity: Severity, *path: str, file: str = "projects/1.toml", accepted: bool = False) -> Finding:
    word = Acceptance(rule="R1", file=file, path=path, digest="", reason="有批文", by="张三") if accepted else None
    place = Location(file=file, path=path)
    return Finding(rule="R1", severity=severity, location=place, message="数不对", advice="改数", accepted=word)


def test_accepted_findings_stay_in_the_list_and_count_no_more() -> None:
    found = (finding(Severity.ERROR, "name", accepted=True), finding(Severity.WARNING, "budget", "total"))
    index = FindingIndex.of(found)
    shown = shown_of(factories.project(), index=index)
    grid = findings_view(shown, 80)
    assert [row.cells[0].text for row in grid.rows] == [" ", "!"]
    assert texts(grid.rows[0])[3] == "（已接受）数不对"
    assert index.tone(Location(file="projects/1.toml", path=("name",))) is None
    assert counts_text(index, "projects/1.toml") == "警1"
    assert counts_text(index, DEPARTMENT) == "通过"
    assert texts(findings_view(shown, 80, "预算数").rows[0])[0] == "!"
    assert findings_view(shown, 80, "没有这样的").empty == "没有含“没有这样的”的问题"


def test_the_same_sentence_is_one_row_that_names_its_first_place_and_their_number() -> None:
    index = FindingIndex.of(tuple(finding(Severity.ERROR, "budget", key) for key in ("total", "fiscal", "other")))
    (row,) = findings_view(shown_of(factories.project(), index=index), 80).rows
    assert row.key == Location(file="projects/1.toml", path=("budget", "total"))
    assert texts(row)[2].endswith("等 3 处")
    assert cell_len(texts(row)[2]) <= row.cells[2].width


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_column_of_levels_holds_its_heading_and_every_level(language: str) -> None:
    try:
        choose_language(language)
        index = FindingIndex.of(tuple(finding(severity, "name") for severity in Severity))
        grid = findings_view(shown_of(factories.project(), index=index), 80)
        assert grid.header is not None
        assert all(cell_len(row.cells[1].text) <= row.cells[1].width for row in (grid.header, *grid.rows))
    finally:
        choose_language("zh")


def test_a_cell_has_the_tone_of_its_worst_finding() -> None:
    found = (finding(Severity.HINT, "name"), finding(Severity.ERROR, "name"))
    shown = shown_of(factories.project(), index=FindingIndex.of(found))
    field = FORM.project.field(("name",))
    assert field is not None
    assert field_cell(shown, "projects/1.toml", ("name",), field).tone is Tone.ERROR
    assert projects_view(shown, 80).rows[0].mark is Tone.ERROR


def test_what_cells_show_and_edit() -> None:
    goals = FORM.project.group_of(GroupRole.GOALS)
    assert PLAN is not None
    assert goals is not None
    total, percent, goal = BUDGET.total.field, PLAN.points[0], goals.columns[0]
    assert shown_text(total, "120000.00", "万元") == edit_text(total, "120000.00", "万元") == "12"
    assert (shown_text(total, "", "元"), shown_text(total, "约十万", "元")) == ("", "约十万")
    assert (shown_text(percent, "25", "元"), edit_text(percent, "25", "元")) == ("25%", "25")
    assert "\x1b" not in shown_text(goal, "a\x1b[31mb", "元")
    long = next(field for field in FORM.department.head if field.kind is Kind.LONG_TEXT)
    assert shown_text(long, "一\n二\x1b", "元").split("\n")[0] == "一"


def cell_of(shown: DocumentView, *path: str) -> CellView:
    field = FORM.project.field(path)
    assert field is not None
    return field_cell(shown, "projects/1.toml", path, field)


def test_detail_tells_the_cell_then_its_findings() -> None:
    shown = shown_of(factories.project(), index=FindingIndex.of((finding(Severity.ERROR, "budget", "total"),)))
    lines = detail_lines(shown, cell_of(shown, "budget", "total"), None, "", 80)
    assert [line.text for line in lines] == [
        "预算数：1201000.00",
        "错误：数不对。改数",
    ]
    assert lines[1].tone is Tone.ERROR
    told = detail_lines(shown, cell_of(shown, "budget", "total"), None, "这里没有灰色的建议", 80)
    assert [line.text for line in told] == ["预算数：1201000.00", "这里没有灰色的建议", "错误：数不对。改数"]
    assert detail_lines(shown, None, None, "", 80) == detail_lines(shown, CellView(text="x"), None, "", 80) == ()


def test_detail_does_not_repeat_what_the_sheet_shows_whole() -> None:
    shown = shown_of(factories.project())
    cell = replace(cell_of(shown, "budget", "total"), width=10)
    assert [line.text for line in detail_lines(shown, cell, None, "", 80)] == ["预算数"]
    offered = replace(cell, text="", typed="", offer="12000.00")
    assert [line.text for line in detail_lines(shown, offered, None, "", 80)] == ["预算数", "F3 采纳"]
    cut = replace(offered, width=6)
    for one in (cut, replace(cut, wrapped=True)):  # what is dim is never wrapped
        assert [line.text for line in detail_lines(shown, one, None, "", 80)] == ["预算数", "F3 采纳：12000.00"]


def test_detail_says_an_amount_in_words_while_it_is_typed() -> None:
    shown = shown_of(factories.project())
    cell = cell_of(shown, "budget", "total")
    assert "壹拾贰万元整" in detail_lines(shown, cell, "12万", "", 80)[0].text
    assert [line.text for line in detail_lines(shown, cell, "12x", "", 80)][:1] == ["预算数"]


def test_detail_says_what_is_typed_over() -> None:
    shown = shown_of(factories.project())
    cell = cell_of(shown, "name")
    told = f"按 Esc 还是原来的：{cell.edit_text}"
    assert [line.text for line in detail_lines(shown, cell, "别的", "", 80)][1:] == [told]
    assert told not in [line.text for line in detail_lines(shown, cell, cell.edit_text, "", 80)], (
        "nothing is changed yet"
    )
    assert told not in [line.text for line in detail_lines(shown, replace(cell, text="", typed=None), "别的", "", 80)]


def test_behind_a_step_only_the_label_is_said_and_what_stands_there_already() -> None:
    shown = shown_of(factories.project(), index=FindingIndex.of((finding(Severity.ERROR, "budget", "total"),)))
    cell = cell_of(shown, "budget", "total")
    whole = detail_lines(shown, cell, None, "", 80)
    assert [line.text for line in lines_of_step(cell, whole, ["项目名称：", ""])] == ["预算数", ""]
    assert lines_of_step(cell, whole, [line.text for line in whole]) == whole
    kept = lines_of_step(cell, whole, ["", "错误：数不对。改数", ""])
    assert [line.text for line in kept] == ["预算数", "错误：数不对。改数"]
    unnamed = replace(cell, label="")
    assert [line.text for line in lines_of_step(unnamed, whole, [])] == ["", ""]


def test_a_code_is_counted_at_a_fixed_place_and_shown_in_groups() -> None:
    shown = shown_of(factories.project())
    cell = cell_of(shown, "code")
    for typed, said in (("13", "项目编码： 2/21 位 13"), ("130303213IM", "项目编码：11/21 位 130303 21 3IM")):
        assert detail_lines(shown, cell, typed, "", 80)[0].text == said


def test_a_notice_comes_before_findings_and_nothing_is_wider_than_the_window() -> None:
    record = factories.project("hebei-2021", goals=["目" * 300])
    shown = shown_of(record, index=FindingIndex.of((finding(Severity.ERROR, "name"),)))
    lines = detail_lines(shown, cell_of(shown, "name"), None, "收到了", 80)
    assert (lines[1].text, lines[1].tone) == ("收到了", Tone.ACCENT)
    row = record.rows("goals")[0].id
    for width in (20, 60, 80, 120):
        for draft, notice in ((None, ""), ("字" * 450, ""), (None, "注" * 200)):
            lines = detail_lines(shown, cell_of(shown, "goals", row, "text"), draft, notice, width)
            assert 1 <= len(lines) <= 3
            assert all(cell_len(line.text) <= width for line in lines)


def test_what_there_is_no_room_for_is_hinted_at() -> None:
    found = replace(finding(Severity.ERROR, "name"), advice="改" * 40)
    shown = shown_of(factories.project(), index=FindingIndex.of((found,)))
    (label, said) = detail_lines(shown, cell_of(shown, "name"), None, "", 60, 2)
    assert said.text.startswith("错误：数不对。改")
    assert said.text.endswith("改…")
    assert detail_lines(shown, cell_of(shown, "name"), None, "", 60, 3)[0] == label
    assert detail_lines(shown, None, None, "说" * 99, 60, 1)[0].text.endswith("说…")


def test_a_whole_group_or_table_is_called_by_its_name() -> None:
    shown = shown_of(factories.project())
    for key, label in (("indicators", "绩效指标"), ("goals", "绩效目标"), ("budget", BUDGET.label)):
        assert shown.place_label(Location(file=FILE, path=(key,))) == label


def test_a_title_stands_over_its_amounts() -> None:
    for width in (60, 80, 100, 120):
        grid = projects_view(shown_of(factories.project()), width)
        assert grid.header is not None
        (amount,) = [cell for cell in grid.header.cells if cell.text == "预算数"]
        assert [amount.align] == [cell.align for cell in grid.rows[0].cells if cell.x == amount.x]


def test_others_are_named_with_since_when_and_where() -> None:
    since = time.mktime((2021, 3, 1, 9, 12, 0, 0, 0, -1))
    here = PresentUser(person="王芳", since=since, file=FILE, host="pc1", here=True, certain=True)
    away = replace(here, person="李强", file="", here=False, certain=False)
    assert others_text([here, away], lambda file: f"<{file}>") == (
        f"另有 王芳 09:12 起（<{FILE}>）  另有 李强@pc1 09:12 起（可能已离开）"
    )
    assert others_text([], str) == ""


GOOD = StartValues(form="hebei-2021", year="2021", unit="613001", name="街道")


@pytest.mark.parametrize(
    ("key", "text", "wrong"),
    [
        ("year", "2021", None),
        ("year", "21", "year"),
        ("year", "２０２１", "year"),
        ("unit", "61 3001", "unit"),
        ("unit", "../613", "unit"),
        ("unit", "", "unit"),
        ("name", "", "name"),
        ("division", "", None),
    ],
)
def test_the_start_says_which_field_is_not_right(key: str, text: str, wrong: str | None) -> None:
    problem = GOOD.with_value(key, text).problem()
    assert (problem[0] if problem else None) == wrong


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("names", [(), (("open-0", "2021 613001 街道"),)])
def test_the_start_fits_and_offers_the_example_to_the_new_only(names: tuple[tuple[str, str], ...], width: int) -> None:
    grid = start_view(GOOD, names, width, example=True)
    for row in all_rows(grid):
        for left, right in zip(row.cells, row.cells[1:], strict=False):
            assert left.x + left.width < right.x
        assert row.cells[-1].x + row.cells[-1].width <= width
    actions = {cell.place.path[0] for cell in cells(grid) if cell.place}
    assert ("example" in actions) == (not names)
    assert {"year", "unit", "name", "division", "form", "create", "import"} <= actions
    assert {cell.place.file for cell in cells(grid) if cell.place} == {START}


def test_the_page_of_every_rule_has_its_parts() -> None:
    for rule in RULES:
        lines = list(rule_lines(rule))
        assert lines[0].startswith(rule.id)
        assert [line.split("：")[0] for line in lines[1:6]] == ["问题", "原因", "依据", "怎么改", "自动修正"]
        assert all(line.split("：", 1)[1] for line in lines[1:6])
        assert ("Ctrl+E" in lines[5]) == rule.page.has_fix
        assert [line for line in lines[6:] if not line.startswith(" ")] == ["错例：", "正例："]


def test_the_examples_of_a_rule_have_the_english_of_the_form_s_words() -> None:
    choose_language("en")
    told = "\n".join(rule_lines(next(rule for rule in RULES if rule.id == "D001")))
    assert "绩效标准 (standard): " in told
    assert "Put right by a key: no" in told


@pytest.mark.parametrize(("width", "height"), [(42, 33), (46, 33), (46, 13), (42, 2), (42, 1)])
def test_the_page_of_every_rule_fits_beside_the_list(width: int, height: int) -> None:
    whole = 0
    for rule in RULES:
        lines = page_lines(rule, width, height)
        assert len(lines) <= height
        assert max(cell_len(text) for text, _tone in lines) <= width
        told = re.sub(r"\s", "", "".join(rule_lines(rule)))
        shown = re.sub(r"\s", "", "".join(text for text, _tone in lines))
        whole += shown == told
        assert shown == told or lines[-1][0].startswith("…") or height == 1
    assert (whole >= len(RULES) - 2) == (height == 33)  # but for the two that copy whole tables


@pytest.mark.parametrize("line", [None, 3])
def test_a_file_that_cannot_be_read_has_a_row(line: int | None) -> None:
    bad = BadFileView(file="projects/x.toml", line=line, reason="缺引号")
    grid = projects_view(shown_of(factories.project(), problems=(bad,)), 80)
    assert grid.rows[-1].mark is Tone.ERROR
    assert ("第 3 行" in grid.rows[-1].cells[1].text) == (line == 3)
    assert "缺引号" in grid.rows[-1].cells[1].text


@pytest.mark.parametrize(
    ("then", "told"),
    [((2026, 3, 9, 8, 5), "08:05"), ((2026, 3, 8, 23, 59), "03-08"), ((2025, 12, 31, 12, 0), "2025-12")],
)
def test_a_moment_is_told_as_short_as_it_can_be(then: tuple[int, ...], told: str) -> None:
    at, now = (time.mktime((*moment, 0, 0, 0, -1)) for moment in (then, (2026, 3, 9, 17, 30)))
    assert date_text(at, now) == told


def test_a_wide_list_says_when_a_project_was_last_changed() -> None:
    document = factories.document(projects=1)
    at = time.mktime((2020, 9, 1, 12, 0, 0, 0, 0, -1))
    shown = DocumentView(document=document, form=load_form(document.form), changed_at=lambda _file: at)
    assert "2020-09" in [cell.text for cell in projects_view(shown, 120).rows[0].cells]
    assert "2020-09" not in [cell.text for cell in projects_view(shown, 80).rows[0].cells]


def test_a_document_without_its_form_is_shown_by_every_view() -> None:
    document = factories.document("mof-2021")
    shown = DocumentView(document=document, form=unknown_form("none"))
    file, record = next(iter(document.projects.items()))
    assert len(projects_view(shown, 120).rows) == len(document.projects)
    assert len(funds_view(shown, 120).rows) == len(document.projects)
    assert len(plan_view(shown, 120).rows) == 0
    assert all(row.key.file == file for row in form_view(shown, file, record, 100).rows if row.key)
