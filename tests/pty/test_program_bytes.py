"""Bytes that the real program writes to the terminal, by what a person does; at 120x40 everything may cost twice."""

import re
import shutil
import statistics
import sys
from pathlib import Path

import pytest

from tests.bench.generate import main as generate
from tests.conftest import ROOT
from tests.pty.program import Program

SIZES = pytest.mark.parametrize(("cols", "rows", "times"), [(80, 24, 1), (120, 40, 2)])

STEP, TAB, ROW, LINE, PAGE, SWITCH, PREVIEW, FIRST_PAINT = 160, 160, 320, 300, 2048, 3072, 4096, 4096
TYPED, TYPED_AMOUNT = 32, 160
IDLE = 10.0
"""Seconds for which a program that is left alone writes nothing."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The real document."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


HEADINGS = {"2": "资金用途", "3": "3月额", "4": "指标值确定依据", "5": "行政区划代码", "6": "级别"}
_QUIET = 0.06
"""Seconds without a byte after which a key is taken to have been answered."""


def counted(program: Program, *keys: str) -> list[int]:
    """Bytes of each key."""
    program.wait_idle(_QUIET)
    return [_bytes_of(program, key) for key in keys]


def _bytes_of(program: Program, key: str) -> int:
    return program.bytes_of(lambda: program.press(key), quiet=_QUIET, first=0.5)


def done(program: Program, *keys: str) -> None:
    """Press keys and wait until their bytes have come, so that they are not counted with what follows."""
    program.press(*keys)
    program.wait_idle(0.12)


def go(program: Program, screen: str, *keys: str) -> None:
    """To a screen by its number, and there with keys to where the counting begins."""
    program.press("escape", "ctrl+o", screen)
    program.wait_for(HEADINGS[screen])
    program.press(*keys)
    program.wait_idle(0.5)  # the page of a rule follows when the cursor stays


def test_left_alone_it_writes_nothing(data: Path, tmp_path: Path) -> None:
    other = shutil.copytree(data, tmp_path / "other")
    with Program(data, 80, 24) as small, Program(other, 120, 40) as large:
        for program in (small, large):
            program.wait_for("提示 ")
            program.wait_idle(1)
        before = len(large.output)
        assert small.bytes_of(lambda: None, first=IDLE) == 0
        large.wait_idle()
        assert len(large.output) == before


@SIZES
def test_the_start_and_the_screens(data: Path, cols: int, rows: int, times: int) -> None:
    with Program(data, cols, rows) as program:
        program.wait_idle()
        assert len(program.output) <= FIRST_PAINT * times
        program.wait_for("提示 ")
        *switched, preview, _home = counted(program, *["f6"] * 7)
        assert max(switched) <= SWITCH * times
        assert preview <= PREVIEW * times
        jumped = counted(program, "f5", "escape", "enter", "escape")
        assert jumped[0] <= PREVIEW * times
        assert max(jumped[1:]) <= SWITCH * times


@SIZES
def test_typed_characters(data: Path, cols: int, rows: int, times: int) -> None:
    with Program(data, cols, rows) as program:
        program.open_first()
        done(program, "ctrl+home")
        assert statistics.median(counted(program, *"130303213IMBOCSFWWM1X")) <= TYPED * times
        done(program, "escape", "down")
        assert statistics.median(counted(program, *"社区ab12项目支出")) <= TYPED * times
        done(program, "escape", "f2", *["left"] * 4)
        assert statistics.median(counted(program, *"中间插入")) <= TYPED * times
        go(program, "2")
        assert max(counted(program, *"1234567.5")) <= TYPED_AMOUNT * times
        done(program, "escape", "end")
        assert statistics.median(counted(program, *"用于社区工作支出")) <= TYPED * times
        go(program, "4", "ctrl+home")
        assert statistics.median(counted(program, *"保障社区工作开展")) <= TYPED * times
        go(program, "5", "ctrl+home", *["tab"] * 4)
        assert statistics.median(counted(program, *"保障社区工作开展")) <= TYPED * times


@SIZES
def test_typing_on_while_a_suggestion_is_shown(data: Path, cols: int, rows: int, times: int) -> None:
    with Program(data, cols, rows) as program:
        go(program, "4", "ctrl+home", *["down"] * 3, "home", "tab", "tab")
        program.press("领")
        program.wait_for("F3 采纳：支付领取补助人员数量")
        program.wait_idle(0.6)
        assert max(counted(program, *"取补助")) <= TYPED * times
        assert "F3 采纳：支付领取补助人员数量" in program.text()
        done(program, "f3")
        program.wait_stored('name = "支付领取补助人员数量"')


def stepped(program: Program, *keys: str) -> list[tuple[int, int]]:
    """Bytes of each key, and by how many lines it scrolled."""
    found = []
    program.wait_idle(_QUIET)
    for key in keys:
        before = len(program.output)
        size = _bytes_of(program, key)
        scrolls = re.findall(rb"\x1b\[(\d+)[ST]", program.output[before:])
        found.append((size, sum(int(lines) for lines in scrolls)))
    assert sum(size > 0 for size, _lines in found) > len(keys) // 3  # the cursor really moved
    return found


def most_of(screen: str) -> int:
    """The most bytes of a step on a screen: where a cell may be as wide as a row of the window, it costs as much."""
    return ROW if screen in "56" else STEP


def check_steps(steps: list[tuple[int, int]], most: int) -> None:
    """A step costs at most so much, a scrolled one so much a line."""
    for size, lines in steps:
        assert size <= (LINE * most // STEP * lines if lines else most), steps


@SIZES
def test_steps_on_every_screen(data: Path, cols: int, rows: int, times: int) -> None:
    with Program(data, cols, rows) as program:
        program.wait_for("提示 ")
        check_steps(stepped(program, "down", "down", "down", "up"), ROW * times)
        program.press("home")
        program.open_first()
        done(program, "ctrl+home")
        check_steps(stepped(program, *["down"] * 17, *["up"] * 17), STEP * times)
        for screen, down in (("2", 5), ("3", 5), ("4", 12), ("5", 14), ("6", 14)):
            go(program, screen, "ctrl+home")
            check_steps(stepped(program, *["down"] * down, *["up"] * down), most_of(screen) * times)
            if screen in "23":
                done(program, "home")
                check_steps(stepped(program, "right", "right", "right", "left", "left"), STEP * times)
        done(program, "escape", "f5")
        program.wait_for("绩效目标表")
        check_steps(stepped(program, *["down"] * 12, *["up"] * 6), ROW * times)
        assert max(counted(program, "pagedown", "pagedown", "pageup")) <= PREVIEW * times


@SIZES
def test_tabs_on_every_screen(data: Path, cols: int, rows: int, times: int) -> None:
    with Program(data, cols, rows) as program:
        program.wait_for("提示 ")
        program.open_first()
        done(program, "ctrl+home")
        tabs = stepped(program, *["tab"] * 40)
        assert statistics.median(size for size, _lines in tabs) <= TAB * times
        check_steps(tabs, STEP * times)
        check_steps(tabs[:10], TAB * times)  # from the code to the goals nothing scrolls, and nothing is long
        for screen, count in (("2", 16), ("3", 16), ("4", 30), ("5", 16)):
            go(program, screen, "ctrl+home")
            tabs = stepped(program, *["tab"] * count, *["shift+tab"] * (count // 2))
            assert statistics.median(size for size, lines in tabs if not lines) <= most_of(screen) * times
            check_steps(tabs, most_of(screen) * times)


@SIZES
def test_what_there_is_to_read_follows_when_the_cursor_stays(data: Path, cols: int, rows: int, times: int) -> None:
    with Program(data, cols, rows) as program:
        program.wait_for("提示 ")
        go(program, "4", "ctrl+home")
        read = 0
        for _step in range(12):
            before = len(program.output)
            program.press("tab")
            program.wait_idle(0.5)
            said = "\n".join(program.screen()[-5:-2])
            read += "警告" in said or "错误" in said
            assert len(program.output) - before <= TAB * times + len(said.encode()) + 64  # besides the text itself
        assert read


def test_the_page_of_the_rule_follows_when_the_cursor_stays(data: Path) -> None:
    with Program(data, 120, 40) as program:
        program.wait_for("提示 ")
        done(program, "escape", "ctrl+o", "6")
        program.wait_for("自动修正")
        program.wait_idle(0.3)
        pages, sizes = set(), []
        for _row in range(24):
            before = len(program.output)
            program.press("down")
            program.wait_idle(0.5)
            pages.add(program.screen()[1].split("│")[1].strip())
            sizes.append(len(program.output) - before)
        assert len(pages) > 8
        assert max(sizes) <= PAGE * 2
        assert min(sizes) <= STEP * 2  # the same rule again: its page is there


def scrolled_down(program: Program, rows: int) -> None:
    """Go down by so many rows, until all of it is painted."""
    program.press(*["down"] * rows)
    program.wait_idle(0.5)


@SIZES
def test_a_thousand_projects_scroll(
    tmp_path: Path, cols: int, rows: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    monkeypatch.setattr(sys, "argv", ["generate", str(data), "--count", "1000", "--form", "hebei-2021"])
    generate()
    with Program(data, cols, rows, ready="（00001）") as program:
        program.wait_for("警 ", limit=20)  # the rules have been asked: nothing of theirs is painted later
        scrolled_down(program, rows)
        assert max(lines := counted(program, "down", "down", "down")) <= LINE * times
        assert max(pages := counted(program, "pagedown", "pagedown")) <= PAGE * times
        assert min(lines + pages) > 0
        done(program, "ctrl+o", "2")
        scrolled_down(program, rows)
        assert max(counted(program, "down", "down", "down")) <= LINE * times
        assert max(counted(program, "pagedown", "pagedown")) <= PAGE * times
