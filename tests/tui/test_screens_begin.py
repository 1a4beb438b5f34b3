"""Where the cursor stands when a screen is shown for the first time, and when it is shown again."""

from pathlib import Path

from perftui.viewmodel import moves
from tests.tui.flows import SMALL, at_work, real


async def test_a_screen_begins_at_its_first_field_wherever_the_cursor_was_before(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter", "pagedown", "pagedown")
        row, _column = flow.screen.sheet.at
        assert row > 15
        await flow.press("ctrl+o", "5")
        assert flow.pane == "department"
        assert flow.screen.sheet.at == moves.first(flow.screen.sheet.view)


async def test_a_screen_shown_again_is_as_it_was_left(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("ctrl+o", "5", "down", "down", "pagedown")
        place = flow.place
        await flow.press("ctrl+o", "2", "ctrl+o", "5")
        assert flow.place == place


async def test_the_project_at_hand_goes_along_to_the_next_sheet(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        file = flow.files[3]
        await flow.press("down", "down", "down", "ctrl+o", "2")
        assert flow.place.file == file
        await flow.press("ctrl+o", "3")
        assert flow.place.file == file
