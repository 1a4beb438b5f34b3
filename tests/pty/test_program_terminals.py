"""The program in all sorts of terminals, two of it on one document, and where its cursor stands while one types."""

import os
import resource
from pathlib import Path

import pytest

from perftui.model.width import cell_len
from tests.pty.program import FIRST, Program, real_data

LONG = "甲一乙二丙三丁四戊五己六庚七辛八壬九癸十子丑寅卯辰巳午未申酉戌亥春夏秋冬东南西北abcd完；"


HEADINGS = ("资金用途", "3月额", "指标值确定依据", "行政区划代码", "级别", "单位：元", "序时进度")
"""A word of each screen behind the list, in the order of F6."""
ENGLISH_HEADINGS = ("Diff.", "3月 ¥", "指标值确定依据", "行政区划代码", "Severity", "单位：元", "share of the year")


@pytest.mark.parametrize("term", ["xterm-256color", "screen", "tmux", "linux", "vt100"])
def test_every_terminal_takes_a_chinese_text(tmp_path: Path, term: str) -> None:
    with Program(real_data(tmp_path), env={"TERM": term}) as program:
        program.open_first("down")
        program.send("街道工作经费\r")
        program.wait_stored('name = "街道工作经费"')
        program.wait_for("街道工作经费")
        program.quit()


def test_without_colour(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    colours = {str(code) for code in (*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108))}
    for start in range(2):  # the second one begins with the picture that the first has left
        with Program(data, env={"NO_COLOR": "1"}) as program:
            for heading in (*HEADINGS, "合计 7 个项目"):
                program.press("f6")
                program.wait_for(heading)
            for part in program.output.split(b"\x1b[")[1:]:
                parameters, end, _rest = part.partition(b"m")
                if end and parameters.replace(b";", b"").isdigit():
                    assert not colours & set(parameters.decode().split(";")), (start, parameters)
            program.quit()


@pytest.mark.parametrize(
    ("env", "words"), [({"PERFTUI_LANG": "en"}, ()), ({}, ("--lang", "en")), ({"PERFTUI_LANG": "zh"}, ("--lang=en",))]
)
def test_english(tmp_path: Path, env: dict[str, str], words: tuple[str, ...]) -> None:
    with Program(real_data(tmp_path), env=env, words=words) as program:
        program.wait_for("Saved")
        for heading in (*ENGLISH_HEADINGS, "Project name"):
            program.press("f6")
            program.wait_for(heading)
            title, *_sheet, foot, keys = program.text().rstrip().splitlines()
            assert title.startswith("1Project 2Funds")
            assert "Saved" in foot
            assert not any("\u4e00" <= sign <= "\u9fff" or sign in "：（）。，" for sign in foot + keys)
        program.quit()


@pytest.mark.parametrize("key", ["f5", "f6", "f7", "f9", "ctrl+g", "ctrl+s"])
def test_a_command_while_typing_commits_first(tmp_path: Path, key: str) -> None:
    with Program(real_data(tmp_path)) as program:
        program.open_first("down")
        program.send("先写下来")
        program.press(key)
        program.wait_stored('name = "先写下来"')


def test_what_another_program_changes_comes_in_while_a_cell_is_typed(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    with Program(data) as one, Program(data) as two:
        one.open_first("down")
        one.send("正在填写")
        two.open_first("ctrl+f")
        two.send("保障社区人员经费足额发放\r")
        two.wait_for("绩效目标")
        two.wait_idle()
        two.send("保障经费按月发放\r")
        two.wait_stored("保障经费按月发放")
        one.wait_for("保障经费按月发放", limit=3)
        assert "正在填写" in one.text()
        one.press("enter")
        one.wait_stored('name = "正在填写"')
        assert "保障经费按月发放" in one.path(FIRST).read_text(encoding="utf-8")
        one.quit()
        two.quit()


def test_a_killed_program_comes_back_with_the_half_typed_text(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    with Program(data) as program:
        program.open_first("down")
        program.send("只写了一半")
        program.wait_for("只写了一半")
        program.wait_until(lambda: any("只写了一半" in text for text in _journals()), limit=3)
        program.kill()
        program.wait_exit()
    with Program(data, ready="只写了一半") as program:
        program.send("又接着写\r")
        program.wait_stored('name = "只写了一半又接着写"')
        program.quit()


def _journals() -> list[str]:
    state = Path(os.environ["XDG_STATE_HOME"])
    return [path.read_text(encoding="utf-8", errors="replace") for path in state.rglob("*.log")]


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    """No file may grow over 300 bytes: neither a project nor its journal fits, until the limit is lifted."""
    data = real_data(tmp_path)
    before = ("prlimit", "--fsize=300:unlimited")
    with Program(data, before=before) as program:
        program.open_first("down")
        program.send("写不下\r")
        program.wait_for("未能保存")
        assert "写不下" not in program.path().read_text(encoding="utf-8")
        _lift(program.pid)
        program.press("ctrl+p")
        program.send("重新保存\r")
        program.wait_stored('name = "写不下"')
        program.quit()


def _lift(pid: int) -> None:
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def stands_at_the_end(program: Program) -> bool:
    """The cursor stands behind the end of the long text."""
    x, y = program.cursor
    line = program.screen()[y]
    return line.endswith(LONG[-3:]) and x == cell_len(line)


class TestTheCursor:
    """It stands where text goes in: the input method draws its window there."""

    def test_after_a_resize_in_a_text_that_is_longer_than_its_place(self, tmp_path: Path) -> None:
        with Program(real_data(tmp_path)) as program:
            program.open_first("down")
            program.send(LONG)
            program.wait_for(LONG[-3:])
            for cols, rows in ((120, 40), (70, 20), (80, 24)):
                program.resize(cols, rows)
                program.wait_until(lambda: stands_at_the_end(program) and "Ctrl+" in program.screen()[-1])

    def test_in_the_picker(self, tmp_path: Path) -> None:
        with Program(real_data(tmp_path)) as program:
            program.press("ctrl+p")
            program.wait_until(lambda: program.cursor[0] == 2 and program.screen()[program.cursor[1]] == ">")
            before = program.cursor
            for keys, moved in (("导", 2), ("a", 3)):
                program.press(keys)
                program.wait_until(lambda moved=moved: program.cursor == (before[0] + moved, before[1]))
            program.press("left", "left")
            program.wait_until(lambda: program.cursor == before)
            program.press("escape")
            program.wait_until(lambda: program.cursor != before)
