"""Bytes that the real program writes to the terminal, by what a person does; at 120x40 everything may cost twice."""

import shutil
import statistics
import sys
from pathlib import Path

import pytest

from tests.bench.generate import main as generate
from tests.conftest import ROOT
from tests.pty.program import Program

SIZES = pytest.mark.parametrize(("cols", "rows", "times"), [(80, 24, 1), (120, 40, 2)])

STEP, TAB, LINE, PAGE, SWITCH, PREVIEW, FIRST_PAINT = 160, 64, 300, 2048, 3072, 4096, 4096
TYPED, TYPED_AMOUNT = 32, 160


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The real document."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def counted(program: Program, *keys: str) -> list[int]:
    """Bytes of each key."""
    return [program.bytes_of(lambda key=key: program.press(key), quiet=0.06, first=0.5) for key in keys]  # type: ignore[misc]


@SIZES
def test_the_start_the_screens_and_nothing(data: Path, cols: int, rows: int, times: int) -> None:
    with Program(data, cols, rows) as program:
        assert len(program.output) <= FIRST_PAINT * times
        program.wait_for("错 ")
        assert program.bytes_of(lambda: None, first=3.0) == 0
        *switched, preview, _home = counted(program, *["f6"] * 7)
        assert max(switched) <= SWITCH * times
        assert preview <= PREVIEW * times
        jumped = counted(program, "f5", "escape", "enter", "escape")
        assert jumped[0] <= PREVIEW * times
        assert max(jumped[1:]) <= SWITCH * times


@SIZES
def test_typed_characters(data: Path, cols: int, rows: int, times: int) -> None:
    with Program(data, cols, rows) as program:
        program.do("enter", "down")
        assert statistics.median(counted(program, *"社区ab12项目支出")) <= TYPED * times
        program.do("escape", "f2", *["left"] * 4)
        assert statistics.median(counted(program, *"中间插入")) <= TYPED * times
        program.do("escape", "ctrl+o", "2")
        program.wait_for("财政资金")
        assert max(counted(program, *"1234567.5")) <= TYPED_AMOUNT * times


@SIZES
def test_steps_and_tabs(data: Path, cols: int, rows: int, times: int) -> None:
    with Program(data, cols, rows) as program:
        program.wait_for("错 ")
        assert max(counted(program, "down", "down", "down", "up")) <= STEP * times
        program.do("ctrl+o", "2")
        steps = counted(program, "right", "right", "down", "down", "left", "up")
        program.do("ctrl+o", "3")
        steps += counted(program, "right", "right", "left")
        assert max(steps) <= STEP * times
        assert min(steps) > 0  # the cursor really moved
        program.do("ctrl+o", "1")
        program.do("home", "enter", "ctrl+home")
        tabs = counted(program, *["tab"] * 9)  # the fields from the code to the last quarter of the plan
        assert statistics.median(tabs) <= TAB * times
        assert 0 < min(tabs) <= max(tabs) <= STEP * times


@SIZES
def test_a_thousand_projects_scroll(
    tmp_path: Path, cols: int, rows: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    monkeypatch.setattr(sys, "argv", ["generate", str(data), "--count", "1000", "--form", "hebei-2021"])
    generate()
    with Program(data, cols, rows, ready="（00001）") as program:
        program.wait_for("警 ", limit=20)  # the rules have been asked: nothing of theirs is painted later
        program.do(*["down"] * rows)
        assert max(lines := counted(program, "down", "down", "down")) <= LINE * times
        assert max(pages := counted(program, "pagedown", "pagedown")) <= PAGE * times
        assert min(lines + pages) > 0
        program.do("ctrl+o", "2")
        program.do(*["down"] * rows)
        assert max(counted(program, "down", "down", "down")) <= LINE * times
        assert max(counted(program, "pagedown", "pagedown")) <= PAGE * times
