"""Keys that hands know from spreadsheets, on the sheets and forms: each does one thing, and none is dead."""

from pathlib import Path

import pytest

from perftui.model.document import Location
from tests.tui.flows import SMALL, at_work, real


async def test_ctrl_arrows_go_to_the_edge_of_the_data_and_move_no_row(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("alt+3")
        assert flow.pane == "plan"
        files = flow.files
        await flow.go("plan", "m03", file=files[0])
        await flow.press("ctrl+down")
        assert flow.place.file == files[3], "project 5 has no plan"
        await flow.press("ctrl+down")
        assert flow.place.file == files[5]
        await flow.press("ctrl+right")
        assert flow.path == ("plan", "m12")
        await flow.press("ctrl+up", "ctrl+left")
        assert flow.path == ("plan", "m03")
        assert flow.files == files


async def test_ctrl_home_and_end_are_the_corners(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("alt+2", "ctrl+end")
        assert (flow.place.file, flow.path) == (flow.files[-1], ("budget", "purpose"))
        await flow.press("ctrl+home")
        assert (flow.place.file, flow.path) == (flow.files[0], ("budget", "total"))


async def test_ctrl_a_selects_the_sheet(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("alt+3", "ctrl+a")
        assert [len(row) for row in flow.screen.sheet.selected()] == [4] * len(flow.files)
        await flow.press("up")
        assert len(flow.screen.sheet.selected()) == 1


@pytest.mark.parametrize("pane", ["4", "enter"])
async def test_ctrl_a_selects_all_columns_of_a_projects_rows(tmp_path: Path, pane: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press(*(["enter"] if pane == "enter" else [f"alt+{pane}"]), "ctrl+a")
        selected = [cell.place for row in flow.screen.sheet.selected() for cell in row]
        for row in flow.rows("indicators"):
            for column in ("category", "name", "basis"):
                assert Location(file=flow.screen.state.file, path=("indicators", row.id, column)) in selected


async def test_ctrl_shift_arrows_select_to_the_edge(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("alt+3")
        await flow.go("plan", "m03", file=flow.files[0])
        await flow.press("ctrl+shift+right")
        assert [len(row) for row in flow.screen.sheet.selected()] == [4]


@pytest.mark.parametrize(
    ("key", "pane"),
    [
        ("alt+1", "projects"), ("alt+2", "funds"), ("alt+3", "plan"), ("alt+4", "indicators"),
        ("alt+5", "department"), ("alt+6", "findings"), ("alt+7", "preview"), ("alt+8", "overview"),
    ],
)  # fmt: skip
async def test_alt_and_a_digit_is_a_screen(tmp_path: Path, key: str, pane: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("alt+2", key)
        assert flow.pane == pane


@pytest.mark.parametrize("screen", ["alt+1", "alt+2", "alt+3", "alt+4", "alt+5", "alt+6", "alt+7"])
async def test_a_key_that_does_nothing_says_so_and_changes_nothing(tmp_path: Path, screen: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press(screen)
        before = flow.document
        await flow.press("f11")
        assert flow.notice == "F11 在这里没有作用：F1 看所有按键"
        assert flow.document is before


async def test_a_large_difference_is_shown_whole(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("alt+2")
        await flow.go("budget", "fiscal", file=flow.files[0])
        await flow.press("delete")
        shown = [cell.text for cell in flow.screen.sheet.view.rows[0].cells if cell.text == "2179600.00"]
        assert shown
        assert all(
            len(cell.text) <= cell.width
            for row in flow.screen.sheet.view.rows
            for cell in row.cells
            if cell.number and cell.place is None
        )


async def test_what_is_selected_in_a_list_is_seen(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("f8")
        assert "F8" in flow.notice, "nothing is to be seen of it yet"
        await flow.press("down", "down")
        looks = [flow.screen.sheet.render_line(y)._segments[0].style for y in range(1, 5)]
        assert [look is not None and bool(look.reverse and look.underline) for look in looks] == [
            True,
            True,
            False,
            False,
        ]
        assert [look is not None and bool(look.reverse) for look in looks] == [True, True, True, False]
        await flow.press("escape")
        assert flow.screen.sheet.selection[0] == flow.screen.sheet.selection[2]
