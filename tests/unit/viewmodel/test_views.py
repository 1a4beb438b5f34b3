"""All views of both forms and of the real document, at every width: nothing overlaps, is cut off or out of reach."""

from dataclasses import replace
from itertools import pairwise

import pytest

from perftui.editing.rows import blank_project
from perftui.forms import GroupRole, form_ids, form_or_unknown, load_form
from perftui.locale import choose_language
from perftui.model.document import DEPARTMENT, Location
from perftui.model.width import cell_len, wrap
from perftui.review.engine import review_document
from perftui.session.last_hands import CloneStanding
from perftui.viewmodel.department import department_view
from perftui.viewmodel.detail import detail_lines
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.foot import foot_text
from perftui.viewmodel.funds import funds_view
from perftui.viewmodel.grid import GridView, Tone, find_place
from perftui.viewmodel.listed_rows import indicator_columns
from perftui.viewmodel.overview_grid import overview_view
from perftui.viewmodel.plan import plan_view
from perftui.viewmodel.project_form import form_view
from perftui.viewmodel.projects import projects_view
from perftui.viewmodel.sheet_columns import column_widths
from tests import factories
from tests.unit.viewmodel.views import NAMES, SAMPLES, WIDTHS, all_rows, cells, painted, sample, shown_of, view

EVERY = [
    pytest.param(name, one, width, id=f"{name}-{one}-{width}")
    for name in SAMPLES
    for one in NAMES
    for width in WIDTHS
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "width"), EVERY)
def test_cells_stand_side_by_side_inside_the_grid(name: str, one: str, width: int) -> None:
    grid = view(sample(name), one, width)
    for row in all_rows(grid):
        for left, right in pairwise(row.cells):
            assert left.x + left.width <= right.x, (left, right)
        if row.cells:
            assert row.cells[0].x >= 0
            last = row.cells[-1]
            assert last.x + last.width <= max(grid.width, width), last
    if one != "preview":
        assert all(cell.width > 0 for row in all_rows(grid) for cell in row.cells)


MANY = 9
"""Columns that do not stand side by side in 80 cells."""


@pytest.mark.parametrize(("name", "one", "width"), EVERY)
def test_only_sheets_of_many_columns_scroll_sideways(name: str, one: str, width: int) -> None:
    """A form, a list, the department and the findings are as wide as the window from 60 cells on.

    Rows of nine columns and more are looked at sideways.
    """
    shown = sample(name)
    grid = view(shown, one, width)
    many = any(len(group.columns) >= MANY for group in shown.form.project.groups)
    if one in ("projects", "department", "findings") or (one in ("form", "indicators") and not many):
        assert grid.width <= width
    assert grid.width <= width or grid.frozen <= width / 2


@pytest.mark.parametrize(("name", "one", "width"), EVERY)
def test_rows_are_as_high_as_their_texts(name: str, one: str, width: int) -> None:
    for row in view(sample(name), one, width).rows:
        wanted = max((len(wrap(cell.text, cell.width)) for cell in row.cells if cell.wrapped), default=1)
        assert row.height == wanted
        for cell in row.cells:
            lines = wrap(cell.text, cell.width) if cell.wrapped else ()
            assert all(cell_len(cell.text[start:end].rstrip("\n")) <= cell.width for start, end in lines)
            assert cell.wrapped or "\n" not in cell.text


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_field_of_the_form_can_be_reached(name: str, width: int) -> None:
    shown = sample(name)
    for number, (file, record) in enumerate(shown.document.projects.items()):
        grid = view(shown, "form", width, number)
        editable = {cell.place for cell in cells(grid) if cell.editable}
        assert {
            Location(file=file, path=path) for path, one in shown.form.project.fields(record) if not one.formula
        } <= editable
    grid = view(shown, "department", width)
    editable = {cell.place for cell in cells(grid) if cell.editable}
    fields = shown.form.department.fields(shown.document.department)
    assert {Location(file=DEPARTMENT, path=path) for path, _field in fields} <= editable


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("one", ["funds", "plan", "indicators", "form"])
def test_what_is_grey_says_by_a_sign_what_it_is(name: str, one: str) -> None:
    for row in view(sample(name), one, 120).rows:
        for cell in row.cells:
            if cell.text and cell.tone is Tone.LOCKED:
                assert cell.shown_text.startswith("="), cell
            if cell.text and cell.tone is Tone.DIM and cell.place is not None:
                assert cell.shown_text.startswith(("?", "↑")), cell
            if cell.offer and not cell.text:
                assert cell.shown_text == f"?{cell.offer}"


def test_a_sign_stands_before_the_text_and_is_no_part_of_it() -> None:
    grid = view(sample("real"), "indicators", 80)
    first, second = [row.cells[1] for row in grid.rows if row.mark is not None][:2]
    assert (first.shown_text, second.shown_text, second.edit_text) == ("产出指标", "↑产出指标", "产出指标")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sheets_show_every_amount_and_every_point_of_the_plan(name: str) -> None:
    shown = sample(name)
    amounts = [group.path(field) for group in shown.form.project.amounts for field in group.fields if not field.hidden]
    plan = shown.form.project.plan
    points = [plan.path(point) for point in plan.points] if plan else []
    for one, paths in (("funds", amounts), ("plan", points)):
        places = {cell.place for cell in cells(view(shown, one, 80)) if cell.editable}
        assert {Location(file=file, path=path) for file in shown.document.projects for path in paths} == places


@pytest.mark.parametrize(("name", "one", "width"), EVERY)
def test_a_place_is_shown_once(name: str, one: str, width: int) -> None:
    if one in ("preview", "findings"):
        return
    places = [cell.place for cell in cells(view(sample(name), one, width)) if cell.place is not None]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("one", ["projects", "funds", "plan", "findings"])
@pytest.mark.parametrize("name", SAMPLES)
def test_header_and_rows_stand_under_each_other(name: str, one: str, width: int) -> None:
    grid = view(sample(name), one, width)
    if grid.header is None:
        return
    columns = [(cell.x, cell.width) for cell in grid.header.cells]
    for row in grid.rows:
        assert [(cell.x, cell.width) for cell in row.cells] == columns
    if one in ("funds", "plan"):
        assert [(cell.x, cell.width) for cell in grid.footer[0].cells] == columns


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("one", ["projects", "funds", "plan", "form", "indicators"])
def test_no_amount_of_the_real_document_is_hidden(one: str, width: int) -> None:
    grid = view(sample("real"), one, width)
    assert "##" not in "\n".join(painted(grid, row) for row in all_rows(grid))


@pytest.mark.parametrize("one", ["projects", "funds", "plan", "form"])
@pytest.mark.parametrize("unit", ["元", "万元"])
def test_an_amount_however_long_stands_whole(one: str, unit: str) -> None:
    document = factories.document(projects=1)
    file = next(iter(document.projects))
    huge = document.with_record(file, document.record(file).with_value(("budget", "total"), "123456789012345.67"))
    huge = huge.with_record(DEPARTMENT, huge.department.with_value(("amount_unit",), unit))
    grid = view(shown_of(huge), one, 80)
    told = "\n".join(painted(grid, row) for row in all_rows(grid))
    assert "##" not in told
    assert ("123456789012345.67" if unit == "元" else "12345678901.234567") in told or one == "plan"


def short_labels(grid: GridView) -> list[str]:
    """Words of the program that are cut; the columns of indicators are named in full under the sheet."""
    heads = [grid.header] if grid.header else []
    rows = [*heads, *(row for row in grid.rows if row.cells[0].tone is not Tone.HEAD)]
    labels = [cell for row in rows for cell in row.cells if cell.place is None and not cell.number]
    return [cell.text for cell in labels for line in cell.text.split("\n") if cell_len(line) > cell.width]


@pytest.mark.parametrize("one", ["projects", "funds", "plan", "form", "department"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_label_is_cut_at_80(one: str, language: str) -> None:
    choose_language(language)
    try:
        names = {sample("real").name(file) for file in sample("real").document.projects}
        assert [label for label in short_labels(view(sample("real"), one, 80)) if label not in names] == []
    finally:
        choose_language("zh")


@pytest.mark.parametrize("name", SAMPLES)
def test_places_are_found_again_at_another_width(name: str) -> None:
    shown = sample(name)
    for one in ("form", "indicators", "department", "funds"):
        narrow, wide = view(shown, one, 60), view(shown, one, 120)
        for number, row in enumerate(narrow.rows):
            for column, cell in enumerate(row.cells):
                if cell.place is not None:
                    assert find_place(narrow, cell.place) == (number, column)
                    assert find_place(wide, cell.place) is not None


@pytest.mark.parametrize("one", ["projects", "funds", "plan"])
@pytest.mark.parametrize("form", factories.FORMS)
def test_an_empty_document_says_what_to_do(form: str, one: str) -> None:
    shown = shown_of(factories.document(form, projects=0))
    grid = {"projects": projects_view, "funds": funds_view, "plan": plan_view}[one](shown, 80)
    assert list(grid.rows) == []
    assert "Ins" in grid.empty or shown.form.project.plan is None


@pytest.mark.parametrize("one", ["form", "indicators"])
@pytest.mark.parametrize("form", factories.FORMS)
def test_a_blank_project_can_be_typed_into(form: str, one: str) -> None:
    document = factories.document(form, projects=0)
    blank = blank_project(document, load_form(form))
    grid = view(shown_of(document.with_record("projects/+.toml", blank)), one, 80)
    assert any(cell.editable for cell in cells(grid))


def test_a_list_too_narrow_for_codes_shows_the_code_of_a_project_without_a_name() -> None:
    document = factories.document(projects=2)
    file = next(iter(document.projects))
    nameless = document.with_record(file, document.record(file).with_value(("name",), None))
    for width, told in ((80, factories.project_code(1)), (100, "（未命名）")):
        assert told in [cell.text for cell in projects_view(shown_of(nameless), width).rows[0].cells]


@pytest.mark.parametrize(("length", "gap"), [(10, 48), (40, 80)])
def test_in_a_wide_window_amounts_do_not_stand_far_from_the_names(length: int, gap: int) -> None:
    document = factories.document(projects=1)
    (file,) = document.projects
    named = document.with_record(file, document.record(file).with_value(("name",), "长" * length))
    (row,) = projects_view(shown_of(named), 200).rows
    name = next(cell for cell in row.cells if "长" in cell.text)
    assert (name.text, name.width) == ("长" * length, gap)


@pytest.mark.parametrize("form_id", form_ids())
def test_the_titles_of_the_indicators_stand_whole_at_80_columns(form_id: str) -> None:
    form = load_form(form_id)
    group = (form.project if form.has_projects else form.department).group_of(GroupRole.INDICATORS)
    assert group is not None
    _mark, *widths = column_widths(indicator_columns(group, 80), 80)
    columns = list(zip(group.columns, widths, strict=True))
    assert len(columns) >= MANY or all(cell_len(column.label) <= width for column, width in columns)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_a_clone_says_who_kept_each_project_last_where_names_keep_their_room(width: int) -> None:
    shown = sample("hebei-2021")
    first, second, third = shown.document.projects
    standing = CloneStanding(
        in_clone=True,
        last_hands={first: "甲", second: "乙", third: "丙"},
        not_kept=frozenset([second]),
        not_sent=frozenset([third]),
    )
    told = projects_view(replace(shown, standing=standing), width)
    names = [next(cell for cell in row.cells if cell.place is not None) for row in all_rows(told) if row.key]
    hands = [cell.text for row in all_rows(told) for cell in row.cells if cell.text in ("甲", "没存版本", "没送出")]
    assert hands in ([], ["甲", "没存版本", "没送出"])
    assert not hands or min(cell.width for cell in names) >= 20
    assert bool(hands) == (width >= 80)
    beside = detail_lines(replace(shown, standing=standing), names[1], None, "", width)
    assert "最后经手 乙，有改动没存版本" in beside[0].text


def test_the_name_of_who_changed_a_file_cannot_steer_the_screen() -> None:
    shown = sample("hebei-2021")
    first = next(iter(shown.document.projects))
    standing = CloneStanding(changed_by={first: "甲\x1b[2J"})
    told = overview_view(replace(shown, standing=standing, changed_at={first: 1.0}.get), 120)
    text = "".join(cell.text for row in all_rows(told) for cell in row.cells)
    assert "甲␛[2J" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("form_id", factories.FORMS)
def test_every_title_has_its_english_at_80_columns_and_nothing_of_either_is_cut(form_id: str) -> None:
    form = load_form(form_id)
    many = any(len(group.columns) >= MANY for group in form.project.groups)
    choose_language("en")
    try:
        shown = shown_of(factories.document(form_id, projects=2))
        for one in ("projects", "funds", "plan", "indicators"):
            grid = view(shown, one, 80)
            rows = [*([grid.header] if grid.header else []), *grid.rows]
            heads = [cell.text for row in rows for cell in row.cells if cell.tone is Tone.HEAD]
            assert [head for head in heads if head in form.english] == []
            assert many or form_id in CUT or not [head for head in heads if "…" in head]
    finally:
        choose_language("zh")


CUT = ("bingtuan-2021", "jiaxian-2016")
"""Forms of two dozen amounts side by side, or of seven that leave a title five cells."""


def test_a_document_whose_form_is_not_here_shows_its_values_under_their_own_keys() -> None:
    document = factories.document(projects=1)
    file, record = next(iter(document.projects.items()))
    gone, _why = form_or_unknown("gone-2020")
    findings = review_document(document, gone).findings
    assert findings == (), "that the form is not here is said once, by who opens it"
    shown = DocumentView(document=document, form=gone, index=FindingIndex.of(findings), offers={})
    told = {cell.place.path: cell for cell in cells(form_view(shown, file, record, 80)) if cell.place}
    row = record.rows("indicators")[0]
    for path in (("name",), ("budget", "fiscal"), ("indicators", row.id, "value")):
        assert (told[path].text, told[path].editable) == (record.text(path), False)
    department = [cell.text for cell in cells(department_view(shown, 80))]
    assert document.department.text(("overall_goal",)) in department
    assert foot_text(shown, file, "").startswith("没有表样“gone-2020”，只能看")


@pytest.mark.parametrize("form_id", factories.FORMS)
def test_every_category_stands_whole_at_80_columns(form_id: str) -> None:
    shown = shown_of(factories.document(form_id, projects=1))
    if shown.document.projects:
        spec, grid = shown.form.project, view(shown, "indicators", 80)
    else:
        spec, grid = shown.form.department, department_view(shown, 80)
    names = {category.name for category in spec.taxonomy.categories}
    found = [cell for row in grid.rows for cell in row.cells if cell.text in names]
    assert found
    assert [cell.text for cell in found if cell_len(cell.shown_text) > cell.width] == []
