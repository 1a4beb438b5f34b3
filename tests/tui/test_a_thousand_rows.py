"""What a key costs in a sheet of 1,000 projects: as much as in one of 9, in calls, rows made and lines painted."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from perftui.tui.widgets.grid_widget import GridWidget
from perftui.viewmodel.grid import LazyRows
from tests.bench import generate
from tests.tui.flows import SMALL, Flow, at_work

STEPS = ("down", "right", "left", "up", "tab", "shift+tab", "1", "2", "escape")


class Counts:
    """What was done while keys were worked on."""

    def __init__(self) -> None:
        self.calls = 0
        self.rows = 0
        self.lines = 0


@contextmanager
def counted() -> Iterator[Counts]:
    """Count this thread's calls of functions, among them of those that make rows and paint lines."""
    counts = Counts()
    makes, paints = LazyRows._item.__code__, GridWidget.render_line.__code__

    def called(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call":
            counts.calls += 1
            counts.lines += frame.f_code is paints
            counts.rows += frame.f_back is not None and frame.f_back.f_code is makes

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        yield counts
    finally:
        sys.setprofile(before)


async def cost(flow: Flow, *keys: str) -> Counts:
    """The cost of keys, with all that is painted for them."""
    with counted() as counts:
        await flow.press(*keys)
        await flow.pilot.pause()
    return counts


async def opened(flow: Flow) -> None:
    """The sheet of amounts, the cursor in its first row, the rules asked, what is made once made."""
    await flow.until(lambda: not flow.screen.state.shown.index.pending)
    await flow.press("f6", "home", "right", *STEPS, "ctrl+home")
    await flow.pilot.pause(0.3)


@pytest.mark.parametrize("screen", ["sheet", "list"])
async def test_steps_and_typing_cost_as_much_as_in_nine_rows(tmp_path: Path, screen: str) -> None:
    keys = STEPS if screen == "sheet" else ("down", "down", "up", "up")
    found = {}
    for count in (9, 1000):
        generate.write(tmp_path / str(count), "hebei-2021", count)
        async with at_work(tmp_path / str(count), SMALL) as flow:
            await opened(flow)
            if screen == "list":
                await flow.press("escape", "home", "down", "up")
                assert flow.pane == "projects"
            found[count] = await cost(flow, *keys)
    assert found[1000].rows == found[9].rows == 0
    assert found[1000].lines <= found[9].lines <= 4 * len(keys)  # of nine rows there is room for names of two lines
    assert found[1000].calls <= 1.25 * found[9].calls


async def test_pages_and_ends_make_what_is_seen_alone(tmp_path: Path) -> None:
    generate.write(tmp_path, "hebei-2021", 1000)
    async with at_work(tmp_path, SMALL) as flow:
        await opened(flow)
        height = flow.screen.sheet.size.height
        made = 0
        for key in ("pagedown", "pagedown", "ctrl+end", "pageup", "ctrl+home", "end"):
            found = await cost(flow, key)
            assert found.rows <= 2 * height, key
            assert found.lines <= height, key
            assert found.calls < 60_000, key
            made += found.rows
        assert made >= height, "rows are counted"


async def test_a_text_is_found_behind_the_keys_and_enter_does_not_wait_for_it(tmp_path: Path) -> None:
    generate.write(tmp_path, "hebei-2021", 130)
    async with at_work(tmp_path, SMALL) as flow:
        picker = flow.screen.picker
        await flow.press("ctrl+f")
        await flow.type("（00077）")
        await flow.until(lambda: "0" in [item.id for item in picker._found])
        await flow.press("enter")
        assert "（00077）" in flow.text(*flow.path, file=flow.place.file)
        await flow.press("ctrl+f")
        await flow.type("没有这几个字")
        await flow.until(lambda: picker._found == ())
        await flow.press("escape", "ctrl+f")
        await flow.pilot.pause()
        flow.screen.sheet.popup.take_paste("（00099）")  # type: ignore[union-attr]
        await flow.press("enter")
        assert "（00099）" in flow.text(*flow.path, file=flow.place.file)
