"""The foot, rows of findings, presence, the start and a rule's page."""

import re
import time
from dataclasses import replace

import pytest

from perftui.forms import GroupRole, Kind, load_form
from perftui.forms.assembly import unknown_form
from perftui.locale import choose_language
from perftui.model.document import DEPARTMENT, Location
from perftui.model.width import cell_len
from perftui.review.catalogue import RULES
from perftui.review.finding import Finding, Severity
from perftui.session.presence import PresentUser
from perftui.viewmodel.changed_since import date_text
from perftui.viewmodel.document_view import BadFileView, DocumentView
from perftui.viewmodel.field_cells import edit_text, field_cell, shown_text
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.findings import findings_view
from perftui.viewmodel.foot import foot_text
from perftui.viewmodel.funds import funds_view
from perftui.viewmodel.grid import Tone
from perftui.viewmodel.other_users import others_text
from perftui.viewmodel.plan import plan_view
from perftui.viewmodel.project_form import form_view
from perftui.viewmodel.projects import counts_text, projects_view
from perftui.viewmodel.rule_page import page_lines, rule_lines
from perftui.viewmodel.start import START, StartValues, start_view
from tests import factories
from tests.unit.viewmodel.view_samples import BUDGET, FILE, FORM, PLAN, finding, shown_of, texts, with_amounts
from tests.unit.viewmodel.views import all_rows, cells


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
