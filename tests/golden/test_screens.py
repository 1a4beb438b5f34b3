"""The screens of the real document as plain text, with the place of the terminal's cursor below.

A changed picture is looked at and then written anew with ``PERFTUI_GOLDEN=write``.
"""

import os
from pathlib import Path

import pytest

from perftui.locale import choose_language
from perftui.tui.panes import PANES
from tests.conftest import WRITE_GOLDEN
from tests.tui.flows import LARGE, SMALL, Flow, at_work, real

FOLDER = Path(__file__).parent / "screens"
LEAST = (60, 15)
LONG_AGO = 1_600_000_000
"""When the files were last changed, in September 2020."""
SESSIONS = [
    pytest.param("zh", SMALL, (*PANES, "form"), id="zh-80x24"),
    pytest.param("zh", LARGE, ("projects", "funds", "plan", "form"), id="zh-120x40"),
    pytest.param("zh", LEAST, ("form", "findings"), id="zh-60x15"),
    pytest.param("zh", (40, 10), ("form",), id="zh-40x10"),
    pytest.param("en", SMALL, (*PANES, "form"), id="en-80x24"),
    pytest.param("en", LARGE, ("funds", "plan", "form"), id="en-120x40"),
]


async def shown(flow: Flow, name: str) -> str:
    """The picture of a screen that is come to from the project list."""
    if flow.pane != "projects":
        await flow.press("ctrl+o", "1")
    if name == "form":
        await flow.press("enter")
    elif name != "projects":
        await flow.press("ctrl+o", str(PANES.index(name) + 1))
    flow.screen.show_detail()  # the cursor stays, as the timer would say a moment later
    await flow.pilot.pause()
    lines = [strip.text.rstrip() for strip in flow.screen._compositor.render_strips()]
    column, line = flow.app.cursor_position
    return "\n".join([*lines, f"[{column},{line}]", ""])


@pytest.mark.parametrize(("language", "size", "names"), SESSIONS)
async def test_the_screens(tmp_path: Path, language: str, size: tuple[int, int], names: tuple[str, ...]) -> None:
    choose_language(language)
    data = real(tmp_path)
    for path in data.rglob("*.toml"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    async with at_work(data, size) as flow:
        await flow.until(lambda: not flow.screen.state.shown.index.pending)
        for name in names:
            path = FOLDER / f"{language}-{size[0]}x{size[1]}-{name}.txt"
            picture = await shown(flow, name)
            if WRITE_GOLDEN:
                path.write_text(picture, encoding="utf-8")
            assert picture == path.read_text(encoding="utf-8")
