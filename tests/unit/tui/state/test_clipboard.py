"""Copying, pasting and filling on the sheets, over a document on disk."""

import base64
import re
from pathlib import Path

import pytest

from perftui.forms import Role, look_in
from perftui.tui.state import clipboard
from perftui.tui.state.app_state import PENDING, AppState
from perftui.tui.state.clipboard import fill_down, fill_right, plan_clip, plan_paste, run_clip, run_plan
from perftui.tui.state.desktop_clipboard import desktop_copy
from perftui.viewmodel.grid import GridView
from perftui.viewmodel.paste_preview import preview_lines
from tests.factories import document, project
from tests.unit.forms.sample import sample_text
from tests.unit.tui.state.states import at, cell_at, opened, view_of

QUANTITY = {Role.LEVEL1: "产出指标", Role.LEVEL2: "数量指标", Role.NAME: "甲", Role.VALUE: "1人"}


class Marked:
    """A sheet with cells selected."""

    def __init__(self, view: GridView, selection: tuple[int, int, int, int]) -> None:
        self.view = view
        self.selection = selection


def marked(state: AppState, first: tuple[int, int], last: tuple[int, int] | None = None) -> Marked:
    return Marked(view_of(state), (*first, *(last or first)))


def names(state: AppState) -> list[str]:
    return [row.text("name") for row in state.record.rows("indicators")]


def with_row(**_: object):  # type: ignore[no-untyped-def]
    whole = document(projects=2)
    file = next(iter(whole.projects))
    return whole.with_record(file, project(index=1, indicators=[QUANTITY]))


def test_a_paste_is_one_step_of_undo_and_the_cursor_goes_to_its_first_cell(tmp_path: Path) -> None:
    with opened(tmp_path, with_row()) as state:
        before = state.record
        text = "二级指标\t三级指标\t指标值\r\n质量指标\t乙\t≥9%\r\n时效指标\t丙\t≥8%\r\n"
        plan = plan_paste(state, view_of(state), at(state, ("name",)), text)
        place = run_plan(state, plan)
        assert names(state) == ["甲", "乙", "丙"]
        assert place is not None
        assert state.record.text((*place.path[:2], "name")) == "乙"
        assert "新增 2 行" in state.notice
        state.undo()
        assert state.record == before


def test_the_preview_tells_what_is_new_what_is_replaced_and_what_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path, with_row()) as state:
        text = f"二级指标\t三级指标\t指标值\t备注\n数量指标\t甲\t2人\t说明\n\t{'长' * 61}\t3人\t\n"
        plan = plan_paste(state, view_of(state), at(state, ("name",)), text)
        lines = preview_lines(plan)
        assert "认出了表头" in lines[0]
        assert "合并的空格照上面补了 1 格" in lines[0]
        assert any("最多 60 个字" in line and line.startswith("×") for line in lines)
        assert any("没有地方放：说明" in line for line in lines)
        assert any("指标值=2人（原来：1人）" in line for line in lines)
        run_plan(state, plan)
        assert [one.draft.text for one in state.session.offers] == ["说明", "长" * 61]
        assert state.clip == ()


def test_what_was_copied_inside_falls_from_the_cursor_on_blanks_included(tmp_path: Path) -> None:
    with opened(tmp_path, with_row()) as state:
        row = state.record.rows("indicators")[0].id
        state.keep_clip((("丁", "", "5人"), ("戊", "描述", "")))
        plan = plan_clip(state, view_of(state), at(state, ("indicators", row, "name")))
        assert plan is not None
        run_clip(state, plan)
        rows = state.record.rows("indicators")
        assert [(one.text("class"), one.text("name"), one.text("value")) for one in rows] == [
            ("数量指标", "丁", "5人"),
            ("质量指标", "戊", ""),
        ]


def test_nothing_copied_says_how_the_terminal_pastes(tmp_path: Path) -> None:
    with opened(tmp_path, with_row()) as state:
        assert plan_clip(state, view_of(state), (0, 1)) is None
        assert "Shift+Ins" in state.notice


def test_a_printed_project_pasted_into_a_new_form_makes_the_project(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1)) as state:
        state.open_project(PENDING)
        text = "项目名称\t新的\t预算数\t12万\n二级指标\t三级指标\n数量指标\t甲\n"
        place = run_plan(state, plan_paste(state, view_of(state), at(state, ("code",), PENDING), text))
        assert place is not None
        assert place.file == state.file != PENDING
        assert state.record.text(("budget", "total")) == "120000.00"
        assert names(state) == ["甲"]
        assert len(state.session.document.projects) == 2


def test_new_projects_from_a_sheet_get_files_of_their_own(tmp_path: Path) -> None:
    whole = document(projects=1)
    file = next(iter(whole.projects))
    with opened(tmp_path, whole, "funds") as state:
        text = "项目名称\t项目编码\t财政资金\n一\tABC\t1\n二\tABC\t2\n三\t\t3\n"
        place = at(state, ("budget", "total"), file)
        run_plan(state, plan_paste(state, view_of(state), place, text))
        added = [one for name, one in state.session.document.projects.items() if name != file]
        assert [one.text(("name",)) for one in added] == ["一", "二", "三"]
        assert [one.text(("budget", "fiscal")) for one in added] == ["1.00", "2.00", "3.00"]
        state.undo()
        assert list(state.session.document.projects) == [file]


def test_a_block_on_a_place_that_is_not_typed_into_is_kept_and_told(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1), "projects") as state:
        plan = plan_paste(state, view_of(state), (0, 3), "甲\t乙\n")
        assert run_plan(state, plan) is None
        assert [one.draft.text for one in state.session.offers] == ["甲", "乙"]


def test_fields_of_the_form_one_below_the_other(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1)) as state:
        plan = plan_paste(state, view_of(state), at(state, ("code",)), "1303032100000000000ZZ\n新名字\n")
        run_plan(state, plan)
        assert state.record.head["code"] == "1303032100000000000ZZ"
        assert state.record.head["name"] == "新名字"


# ---- filling


def test_a_single_cell_is_filled_from_the_one_above(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=2), "funds") as state:
        first, second = state.session.document.projects
        fill_down(state, marked(state, at(state, ("budget", "purpose"), second)))
        documents = state.session.document
        assert documents.record(second).text(("budget", "purpose")) == documents.record(first).text(
            ("budget", "purpose")
        )


def test_a_selection_is_filled_from_its_first_row_and_rows_that_are_not_stored_are_made(tmp_path: Path) -> None:
    with opened(tmp_path, with_row(), "indicators") as state:
        top = at(state, ("indicators", state.record.rows("indicators")[0].id, "name"))
        bottom = at(state, ("indicators", "+成本指标", "value"))
        fill_down(state, marked(state, top, bottom))
        rows = state.record.rows("indicators")
        assert [(one.text("class"), one.text("name"), one.text("value")) for one in rows] == [
            (name, "甲", "1人") for name in ("数量指标", "质量指标", "时效指标", "成本指标")
        ]
        assert [one.text("category") for one in rows] == ["产出指标"] * 4
        state.undo()
        assert names(state) == ["甲"]


def test_a_single_row_that_is_not_stored_is_filled_from_the_one_above(tmp_path: Path) -> None:
    with opened(tmp_path, with_row(), "indicators") as state:
        fill_down(state, marked(state, at(state, ("indicators", "+质量指标", "name"))))
        assert names(state) == ["甲", "甲"]


def test_a_label_above_is_never_filled_in(tmp_path: Path) -> None:
    with opened(tmp_path, with_row(), "indicators") as state:
        before = state.session.document
        fill_down(state, marked(state, at(state, ("indicators", state.record.rows("indicators")[0].id, "name"))))
        assert state.session.document == before


def test_filling_right_takes_the_nearest_cell_at_the_left_that_can_be_typed_into(tmp_path: Path) -> None:
    whole = document(projects=1)
    file = next(iter(whole.projects))
    with opened(tmp_path, whole, "plan") as state:
        first, last = at(state, ("plan", "m03"), file), at(state, ("plan", "m12"), file)
        fill_right(state, marked(state, first, last))
        assert set(state.record.tables["plan"].values()) == {"25"}
        fill_right(state, marked(state, first))
        assert "左边没有" in state.notice


def test_filling_goes_over_what_is_locked(tmp_path: Path) -> None:
    whole = document(projects=1)
    file = next(iter(whole.projects))
    with opened(tmp_path, whole, "funds") as state:
        view = view_of(state)
        row, purpose = at(state, ("budget", "purpose"), file)
        total = at(state, ("budget", "total"), file)[1]
        assert purpose > total
        sheet = Marked(view, (row, purpose, row, purpose))
        fill_right(state, sheet)
        assert "左边不是同一种栏" in state.notice, "the amount beyond the locked difference"
        assert state.record.text(("budget", "purpose")) != "0"
        fill_down(state, Marked(view, (0, 0, 0, 0)))
        assert "上面没有" in state.notice


def test_the_new_project_is_stored_by_filling(tmp_path: Path) -> None:
    with opened(tmp_path, document(projects=1), "indicators") as state:
        state.open_project(PENDING, "indicators")
        top, bottom = (
            at(state, ("indicators", "+数量指标", "class"), PENDING),
            at(state, ("indicators", "+质量指标", "class"), PENDING),
        )
        fill_down(state, marked(state, top, bottom))
        assert state.file != PENDING
        assert [row.text("class") for row in state.record.rows("indicators")] == ["数量指标"]


def test_a_row_is_filled_to_the_right_between_texts_only(tmp_path: Path) -> None:
    with opened(tmp_path, with_row(), "indicators") as state:
        row_id = state.record.rows("indicators")[0].id
        name, description = (at(state, ("indicators", row_id, key)) for key in ("name", "description"))
        fill_right(state, marked(state, name, description))
        assert state.record.rows("indicators")[0].text("description") == names(state)[0]
        before = state.record
        fill_right(state, marked(state, at(state, ("indicators", row_id, "class")), name))
        assert state.record == before
        assert "左边不是同一种栏" in state.notice


# ---- the desktop


def test_a_copy_can_be_pasted_into_a_spreadsheet(tmp_path: Path) -> None:
    with opened(tmp_path, with_row(), "indicators") as state:
        row = view_of(state).rows[at(state, ("indicators", state.record.rows("indicators")[0].id, "name"))[0]]
        text = clipboard.copy(state, [[cell for cell in row.cells if cell.place]])
        assert text == "产出指标\t数量指标\t甲\t\t1人\t"
        assert clipboard.cut(state, [[cell for cell in row.cells if cell.place]]) == text
        assert names(state) == [""]


@pytest.mark.parametrize(
    ("environ", "wrapped"),
    [
        ({"TERM": "xterm-256color"}, "\x1b]52;c;{}\x07"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x"}, "\x1b]52;c;{0}\x07\x1bPtmux;\x1b\x1b]52;c;{0}\x07\x1b\\"),
        ({"TERM": "screen", "STY": "1"}, "\x1bP\x1b]52;c;{}\x07\x1b\\"),
        ({"TERM": "screen.xterm-256color"}, "\x1bP\x1b]52;c;{}\x07\x1b\\"),
    ],
)
def test_the_desktop_is_reached_through_what_lies_between(environ: dict[str, str], wrapped: str) -> None:
    sequence, told = desktop_copy("甲\t乙", environ)
    assert sequence == wrapped.format(base64.b64encode("甲\t乙".encode()).decode())
    assert told


@pytest.mark.parametrize("term", ["linux", "vt100", "vt220", "dumb"])
def test_where_there_is_no_desktop_that_is_said_and_nothing_sent(term: str) -> None:
    sequence, told = desktop_copy("甲", {"TERM": term})
    assert (sequence, term in told) == ("", True)


def test_what_is_too_long_is_not_sent_in_part() -> None:
    assert desktop_copy("甲" * 20_000, {"TERM": "xterm"})[0] == ""


def test_screen_gets_pieces_that_it_passes_on() -> None:
    text = "一二三" * 700
    sequence, _told = desktop_copy(text, {"TERM": "screen"})
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", sequence, re.S)
    assert all(len(piece) <= 768 for piece in pieces)
    assert "".join(pieces) == f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


def test_numbered_lines_are_goals_also_where_a_goal_is_a_long_text(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "sample.toml").write_text(sample_text(), encoding="utf-8")
    look_in(tmp_path)
    with opened(tmp_path, document("sample", projects=1)) as state:
        view, place = view_of(state), at(state, ("long_goals", "+", "text"))
        cell = view.rows[place[0]].cells[place[1]]
        assert not clipboard.is_block(state, cell, "修好东路，\n长 5 公里")
        text = "1、修好东路\n2、修好西路\n"
        assert clipboard.is_block(state, cell, text)
        run_plan(state, plan_paste(state, view, place, text))
        assert [row.text("text") for row in state.record.rows("long_goals")][-2:] == ["修好东路", "修好西路"]
        goal = state.record.rows("goals")[0].id
        single = cell_at(state, ("goals", goal, "text"))
        assert not clipboard.is_block(state, single, text)
