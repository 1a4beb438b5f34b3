"""Suggestions, available_templates and marks over documents on disk."""

from pathlib import Path

import pytest

from perftui.forms import Role
from perftui.model.document import DEPARTMENT, Document, Location, project_file
from perftui.model.unreviewed import copied_from, marked_paths
from perftui.tui.panes import FORM
from perftui.tui.state import navigation
from perftui.tui.state.app_state import PENDING, AppState
from perftui.tui.state.cell_entry import enter, take_offer
from perftui.tui.state.row_edits import duplicate
from perftui.tui.state.suggestion_source import LIBRARY
from perftui.tui.state.templates import available_templates, choices_at, fill_from, suggested, text_of
from perftui.viewmodel.detail import detail_lines
from perftui.viewmodel.grid import RowView, Tone
from tests.factories import document, project
from tests.unit.tui.state.states import cell_at, opened, written

SKELETON = (
    'name = "本单位的样板"\nabout = "说明"\npurpose = "样板的用途"\n[[rows]]\nclasses = ["数量指标"]\nname = "次数"\n'
)


def rolled_over(data: Path, **changes: object) -> Document:
    """Last year's document is written; this year's has one project that comes from it."""
    last = document(projects=2)
    written(data, last)
    file = next(iter(last.projects))
    record = project(index=1, code=None, **changes).with_value(("origin",), file)
    made = document(projects=0, overall_goal=None).with_record(project_file("new-2"), record)
    return Document(year=2022, unit=made.unit, form=made.form, department=made.department, projects=made.projects)


def offer(state: AppState, *path: str, file: str = "") -> str:
    return state.shown.offers.get(Location(file=file or state.file, path=path), "")


# ---- where suggestions come from


def test_a_blank_field_is_offered_what_last_years_project_says(tmp_path: Path) -> None:
    with opened(tmp_path, rolled_over(tmp_path, purpose=None)) as state:
        assert offer(state, "budget", "purpose") == "用于第1个项目的人员补助和培训"
        take_offer(state, cell_at(state, ("budget", "purpose")))
        assert state.record.text(("budget", "purpose")) == "用于第1个项目的人员补助和培训"


def test_the_department_is_offered_last_years_goal(tmp_path: Path) -> None:
    with opened(tmp_path, rolled_over(tmp_path), "department") as state:
        assert offer(state, "overall_goal", file=DEPARTMENT) == "保障街道机关高效运转，为辖区3万居民提供优质服务。"


@pytest.mark.parametrize("origin", ["projects/../department.toml", "department.toml", "/etc/passwd", "projects/x.toml"])
def test_an_origin_that_is_no_project_of_last_year_offers_nothing(tmp_path: Path, origin: str) -> None:
    made = rolled_over(tmp_path, purpose=None)
    file = next(iter(made.projects))
    made = made.with_record(file, made.record(file).with_value(("origin",), origin))
    with opened(tmp_path, made) as state:
        assert state.suggestions.origin_of(state.record) is None


def test_the_data_folders_own_skeletons_come_first_and_a_bad_one_is_named(tmp_path: Path) -> None:
    folder = tmp_path / LIBRARY
    folder.mkdir()
    (folder / "a.toml").write_text(SKELETON, encoding="utf-8")
    (folder / "b.toml").write_text("name = 1", encoding="utf-8")
    (folder / "c.toml").write_bytes("name = '甲'".encode("gbk"))
    (folder / "d.txt").write_text("x", encoding="utf-8")
    with opened(tmp_path, document(projects=1)) as state:
        assert [one.name for one in state.suggestions.templates] == ["本单位的样板", "人员经费", "公用经费"]
        assert [problem.split()[1] for problem in state.suggestions.problems] == ["b.toml", "c.toml"]
        state.open_project(PENDING)
        fill_from(state, PENDING, "template:0")
        assert "b.toml" in state.notice


def test_a_bureaus_library_is_offered_however_long_it_could_be_read_in(tmp_path: Path) -> None:
    row = '[[rows]]\nclasses = ["数量指标"]\nname = "次数"\ndescription = "{text}"\n'
    rows = row.format(text="说" * 300) * 1200
    (tmp_path / LIBRARY).mkdir()
    (tmp_path / LIBRARY / "a.toml").write_text(f'name = "库"\nonly_rows = true\n{rows}', encoding="utf-8")
    with opened(tmp_path, document(projects=1)) as state:
        assert (len(state.suggestions.templates[0].rows), state.suggestions.problems) == (1200, ())


def test_what_review_objects_to_is_not_offered(tmp_path: Path) -> None:
    good = {Role.LEVEL1: "产出指标", Role.LEVEL2: "质量指标", Role.NAME: "准确率", Role.DESCRIPTION: "准确人数占比"}
    whole = document(projects=0)
    for index, value in ((1, "41人"), (2, "41人"), (3, "≥98%"), (4, None)):
        record = project(index=index, indicators=[{**good, Role.VALUE: value}])
        whole = whole.with_record(project_file(f"P{index}"), record)
    with opened(tmp_path, whole, file=project_file("P4")) as state:
        row = state.record.rows("indicators")[0]
        assert state.review is not None
        state.forget()
        assert offer(state, "indicators", row.id, "value") == "≥98%"
        assert [text for text, _why in suggested(state, cell_at(state, ("indicators", row.id, "value")))] == ["≥98%"]


# ---- choosing


def test_the_list_of_a_text_tells_where_each_suggestion_comes_from(tmp_path: Path) -> None:
    whole = document(projects=3)
    file = next(iter(whole.projects))
    whole = whole.with_record(file, project(index=1, indicators=[]))
    with opened(tmp_path, whole, file=file) as state:
        cell = cell_at(state, ("indicators", "+数量指标", "name"))
        found = suggested(state, cell)
        assert found[0] == ("发放补助人数", "照项目 2")
        assert [why for _text, why in found[1:]] == ["样板：人员经费", "样板：公用经费"]
        assert suggested(state, cell, "补助")[0][0] == "发放补助人数"
        assert suggested(state, cell, "wh") == [("维护办公设备台数", "样板：公用经费")]
        assert suggested(state, cell, "没有这样的") == []


def test_a_choice_of_the_form_lists_the_forms_words(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1)) as state:
        row = state.record.rows("indicators")[0]
        found = choices_at(state, cell_at(state, ("indicators", row.id, "class")), "效益指标")
        assert [one.text for one in found] == ["经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"]
        assert text_of(found[0].id) == "经济效益指标"


def test_patterns_stand_in_the_list_of_a_bare_projects_name_only(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=2)) as state:
        assert choices_at(state, cell_at(state, ("name",)), "") == []
        state.open_project(PENDING)
        found = choices_at(state, cell_at(state, ("name",)), "")
        assert [one.text for one in found] == [
            "样板：人员经费", "样板：公用经费", "照抄：街道工作者补助", "照抄：社区服务经费",
        ]  # fmt: skip
        assert [text_of(one.id) for one in found] == [None] * 4


# ---- available_templates and marks


def test_a_new_project_from_a_skeleton_is_one_step_and_marked(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1)) as state:
        state.open_project(PENDING)
        place = fill_from(state, PENDING, available_templates(state)[0].id)
        assert place == Location(file=state.file, path=("name",))
        assert state.file != PENDING
        assert len(state.record.rows("indicators")) == 9
        filled = [path for path, _field in state.session.form.project.fields(state.record) if state.record.text(path)]
        assert all(copied_from(state.record, path) for path in filled)
        state.undo()
        assert len(state.session.document.projects) == 1
        assert not any(map(marked_paths, state.document.projects.values()))


def test_a_project_that_was_begun_is_filled_where_it_is_blank(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1)) as state:
        other = state.file
        state.open_project(PENDING)
        place = enter(state, cell_at(state, ("name",), PENDING), "新的")
        assert place is not None
        state.open_project(place.file)
        fill_from(state, state.file, f"project:{other}")
        assert state.record.text(("name",)) == "新的"
        assert state.record.text(("code",)) == ""
        assert len(state.record.rows("goals")) == 2


def test_the_cursor_passing_by_confirms_nothing_and_a_text_typed_anew_does(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1)) as state:
        duplicate(state, RowView(cells=()))
        cell = cell_at(state, ("budget", "purpose"))
        assert state.shown.copied_from(cell.place) == "街道工作者补助"
        state.remember(cell.place)
        assert state.shown.copied_from(cell.place)
        enter(state, cell, cell.text)
        assert not state.shown.copied_from(cell.place)


def test_a_mark_is_a_tone_and_words_and_a_stop(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1)) as state:
        duplicate(state, RowView(cells=()))
        cell = cell_at(state, ("budget", "purpose"))
        assert cell.tone is Tone.HINT
        lines = [line.text for line in detail_lines(state.shown, cell, None, "", 80)]
        assert "照抄自“街道工作者补助”，还没有核对：没问题按 F3，其余一起按 F4" in lines
        amounts = detail_lines(state.shown, cell_at(state, ("budget", "fiscal")), None, "", 80)
        assert any("这 3 处没问题按 F3" in line.text for line in amounts)
        here = Location(file=state.file, path=("budget", "other"))
        assert state.walk.step(state.shown, state.file, here).place == cell.place


def test_fields_are_found_by_label_and_text(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1), FORM) as state:
        found = navigation.fields_of(state.shown, state.file)
        assert ("资金用途", "用于第1个项目的人员补助和培训") in [one[1:] for one in found]
        assert any(label.startswith("绩效指标1 三级指标") for _place, label, _text in found)
        assert navigation.fields_of(state.shown, "projects/none.toml") == []
