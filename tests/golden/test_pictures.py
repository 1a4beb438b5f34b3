"""The pictures in the papers are what the program draws now.

Pictures that have changed are looked at and then written anew with ``python -m tests.pictures``.
"""

import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, WRITE_GOLDEN
from tests.golden.test_screens import LONG_AGO
from tests.pictures import FOLDER, svg
from tests.tui.flows import Flow, at_work, real


async def form(flow: Flow) -> None:
    """A project is filled in: its total is being typed, in the ten thousands that people write."""
    await flow.press("enter")
    await flow.go("budget", "total")
    await flow.type("217.96万")


async def indicators(flow: Flow) -> None:
    """The goals and indicators of a project."""
    await flow.press("enter", "ctrl+o", "4")


async def findings(flow: Flow) -> None:
    """What the review found, the page of the rule beside it."""
    await flow.press("ctrl+o", "6", "down")


PICTURES: dict[str, tuple[tuple[int, int], Callable[[Flow], Awaitable[None]]]] = {
    "form": ((100, 30), form),
    "indicators": ((120, 24), indicators),
    "findings": ((130, 24), findings),
}


@pytest.mark.parametrize("name", PICTURES)
async def test_a_picture_is_what_the_program_draws(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    size, hands = PICTURES[name]
    data = real(tmp_path)
    for path in data.rglob("*.toml"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    async with at_work(data, size) as flow:
        await flow.until(lambda: not flow.screen.state.shown.index.pending)
        await hands(flow)
        flow.screen.show_detail()  # as the timer would a moment later
        await flow.pilot.pause()
        drawn = svg(flow.screen._compositor.render_strips(), flow.app.cursor_position)
    path = FOLDER / f"{name}.svg"
    if WRITE_GOLDEN:
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


def test_every_picture_stands_in_a_paper() -> None:
    papers = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "tests/README.md"))
    assert set(re.findall(r"\.readme/(\w+)\.svg", papers)) == set(PICTURES) == {path.stem for path in FOLDER.iterdir()}
