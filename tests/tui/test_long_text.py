"""A text of one line that is longer than its cell in the form: all of it is in sight while it is typed."""

from pathlib import Path

import pytest

from perftui.model.width import cell_len
from tests.tui.flows import LARGE, SMALL, Flow, at_work, real

LONG = "全年举办培训4次，参加60人次；" * 6


def painted(flow: Flow) -> list[str]:
    """The lines of the sheet as they are painted."""
    sheet = flow.screen.sheet
    return [sheet.render_line(y).text.rstrip() for y in range(sheet.size.height)]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_long_purpose_is_wrapped_while_it_is_typed(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        await flow.press("enter")
        while flow.path != ("budget", "purpose"):
            await flow.press("tab")
        cell = flow.screen.sheet.cell
        assert cell is not None
        assert cell_len(LONG) > cell.width
        first = flow.app.cursor_position.y - 1
        await flow.type(LONG)
        lines = painted(flow)
        x, y = flow.app.cursor_position
        shown = "".join(line[-cell.width :].strip() for line in lines[first:y]).replace("资金用途", "").replace(" ", "")
        assert shown == LONG
        assert cell_len(lines[y - 1]) == x
        await flow.press("enter")
        assert flow.text("budget", "purpose") == LONG
        assert painted(flow)[first:y] == lines[first:y]


async def test_the_caret_is_where_the_text_goes_in_on_every_line(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        while flow.path != ("budget", "purpose"):
            await flow.press("tab")
        await flow.type(LONG)
        end = flow.app.cursor_position
        await flow.press("enter")
        while flow.path != ("budget", "purpose"):
            await flow.press("shift+tab")
        await flow.press("f2")
        assert flow.app.cursor_position == end
        await flow.press("home")
        start = flow.app.cursor_position
        assert (start.x, end.y - start.y) == (15, 2)
        await flow.type("甲")
        assert flow.app.cursor_position == (17, start.y)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_long_text_of_a_table_is_opened_as_a_box_over_the_sheet(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        await flow.press("enter", "ctrl+o", "4")
        row = flow.rows("indicators")[-1].id
        await flow.go("indicators", row, "name")
        await flow.enter(LONG[:50])
        await flow.go("indicators", row, "name")
        await flow.press("f2")
        shown = "".join(line.strip() for line in painted(flow))
        assert LONG[:20] in shown
        await flow.press("up", "home")
        await flow.type("甲")
        assert "甲" + LONG[:20] in "".join(line.strip() for line in painted(flow))
        await flow.press("escape")
        assert flow.text("indicators", row, "name") == LONG[:50]
