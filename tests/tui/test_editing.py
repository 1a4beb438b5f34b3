"""The keys inside a cell: overwriting, editing, leaving, refusing."""

from pathlib import Path

import pytest

from tests import factories
from tests.tui.flows import LARGE, SMALL, Flow, at_work, real, sample


async def on_name(flow: Flow, name: str = "一二三四") -> str:
    """The form of the first project, the cursor on its name, which holds a known text."""
    await flow.press("enter")
    await flow.go("name")
    await flow.enter(name)
    await flow.go("name")
    assert flow.text("name") == name
    return flow.screen.state.file


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_printable_key_overwrites(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        file = await on_name(flow)
        await flow.enter("新名称")
        assert flow.disk(file)["name"] == "新名称"


async def test_f2_goes_on_at_the_end(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_name(flow)
        await flow.press("f2")
        await flow.enter("五")
        assert flow.disk(file)["name"] == "一二三四五"


async def test_backspace_clears_and_edits_and_del_clears(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_name(flow)
        await flow.press("backspace", "escape")
        assert flow.text("name") == "一二三四"
        await flow.press("backspace", "enter")
        assert "name" not in flow.disk(file)
        await flow.press("ctrl+z")
        await flow.go("name")
        await flow.press("delete")
        assert "name" not in flow.disk(file)


async def test_arrows_leave_what_overwrites_and_move_inside_an_edit(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_name(flow)
        await flow.type("丙")
        await flow.press("down")
        assert flow.path != ("name",)
        assert flow.text("name") == "丙"
        await flow.go("name")
        await flow.press("f2")
        await flow.type("丁")
        await flow.press("left", "left")
        await flow.type("甲")
        await flow.press("right")
        await flow.type("乙")
        await flow.press("down", "up", "enter")
        assert flow.disk(file)["name"] == "甲丙乙丁"


async def test_home_end_del_and_backspace_inside_an_edit(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_name(flow)
        await flow.press("f2", "home", "delete")
        await flow.type("甲")
        await flow.press("end", "backspace")
        await flow.enter("丁")
        assert flow.disk(file)["name"] == "甲二三丁"


async def test_a_selection_inside_an_edit_is_replaced(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_name(flow)
        await flow.press("f2", "shift+left", "shift+left")
        await flow.type("末")
        await flow.press("shift+home", "ctrl+right")
        await flow.enter("了")
        assert flow.disk(file)["name"] == "一二末了"


async def test_esc_restores(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await on_name(flow)
        before = flow.document
        await flow.type("不要的")
        await flow.press("escape")
        await flow.press("f2")
        await flow.type("也不要")
        await flow.press("escape")
        assert flow.document == before
        assert flow.pane == "form"


async def test_undo_and_redo_inside_the_cell_come_first(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_name(flow)
        await flow.press("f2")
        await flow.type("五")
        await flow.press("ctrl+z", "enter")
        assert flow.text("name") == "一二三四"
        await flow.go("name")
        await flow.press("f2")
        await flow.type("五")
        await flow.press("ctrl+z", "ctrl+y", "enter")
        assert flow.disk(file)["name"] == "一二三四五"


async def test_tab_commits_and_goes_on_and_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_name(flow)
        await flow.type("甲")
        await flow.press("tab")
        assert flow.path != ("name",)
        await flow.press("shift+tab")
        assert flow.path == ("name",)
        await flow.type("乙")
        await flow.press("shift+tab")
        assert flow.path == ("code",)
        assert flow.disk(file)["name"] == "乙"


async def test_enter_in_a_form_goes_on_and_never_empties(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("enter")
        before = flow.document
        for _field in range(18):
            await flow.press("enter")
        assert flow.document == before


async def test_a_dim_text_is_taken_by_f3_only(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    file = next(iter(document.projects))
    blank = factories.project("hebei-2021", 1, **{"budget.other": None})
    async with at_work(sample(tmp_path, document.with_record(file, blank))) as flow:
        await flow.press("enter")
        await flow.go("budget", "other")
        assert flow.screen.sheet.cell is not None
        assert flow.screen.sheet.cell.offer
        await flow.press("enter", "shift+tab", "tab", "tab")
        assert "other" not in flow.disk(file)["budget"]
        await flow.go("budget", "other")
        await flow.press("f3")
        assert flow.disk(file)["budget"]["other"] == "0.00"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("１２３．４５", "123.45"), ("12万", "120000.00"), ("1，234，567", "1234567.00"), ("12。5", "12.50"),
        ("12.5+3", "15.50"), ("0", "0.00"),
    ],
)  # fmt: skip
async def test_amounts_as_hands_type_them(tmp_path: Path, typed: str, stored: str) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        await flow.press("enter")
        await flow.go("budget", "total")
        await flow.enter(typed)
        assert flow.disk(flow.files[0])["budget"]["total"] == stored


@pytest.mark.parametrize(
    ("typed", "stored"), [("》=95％", "≥95%"), ("大于等于９５％", "≥95%"), ("<=3次", "≤3次"), ("１８人", "18人")]
)
async def test_values_as_hands_type_them(tmp_path: Path, typed: str, stored: str) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        await flow.press("enter")
        row = flow.rows("indicators")[0]
        await flow.go("indicators", row.id, "value")
        await flow.enter(typed)
        assert flow.disk(flow.files[0])["indicators"][row.id]["value"] == stored


async def test_a_refused_text_stays_open_at_every_way_out(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        await flow.press("enter")
        await flow.go("budget", "total")
        before = flow.document
        await flow.type("很多")
        for key in ("enter", "tab", "shift+tab", "up", "down", "f9", "ctrl+s", "f6", "ctrl+o", "f5"):
            await flow.press(key)
            assert (flow.pane, flow.path) == ("form", ("budget", "total")), key
            assert not flow.screen.picker.is_open, key
            assert flow.notice, key
        assert flow.document == before
        await flow.press("escape")
        assert flow.document == before


@pytest.mark.parametrize("key", ["enter", "tab", "down"])
async def test_what_was_taken_out_of_a_text_is_still_said_when_the_cursor_has_gone_on(tmp_path: Path, key: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        file = flow.screen.state.file
        row = flow.app.session.document.record(file).rows("goals")[0].id
        await flow.go("goals", row, "text")
        await flow.type("1. 按月发放")
        await flow.press(key)
        assert flow.text("goals", row, "text", file=file) == "按月发放"
        assert "序号“1”去掉了" in flow.notice
        await flow.press("down")
        assert flow.notice == ""


async def test_a_line_too_many_goes_over_cells_only_when_it_is_confirmed(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await on_name(flow)
        before = flow.document
        await flow.paste("甲\n乙\n丙")
        await flow.press("escape")
        assert flow.document == before


async def test_keys_without_a_meaning_lose_nothing(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_name(flow)
        await flow.type("写着")
        await flow.press("f11", "f12", "ctrl+t", "f10")
        await flow.enter("的")
        assert flow.disk(file)["name"] == "写着的"
