"""Where the terminal's cursor stands: where text goes in, for there the input method draws its window."""

from pathlib import Path

import pytest

from tests.pty.program import Program, real_data

SIZES = pytest.mark.parametrize(("cols", "rows"), [(80, 24), (120, 40)])
VALUE = 15
"""The column of a form's values."""


@SIZES
def test_at_the_end_the_middle_and_the_start_of_a_chinese_text(tmp_path: Path, cols: int, rows: int) -> None:
    with Program(real_data(tmp_path), cols, rows) as program:
        program.open_first("down", "f2")
        end = VALUE + 2 * len("社区工作专项补助")
        program.wait_cursor(end, 2)
        for keys, column in (
            (("left", "left", "left"), end - 6), (("a",), end - 5), (("home",), VALUE), (("中",), VALUE + 2),
            (("end",), end + 3), (("backspace",), end + 1),
        ):  # fmt: skip
            program.press(*keys)
            program.wait_cursor(column, 2)
        program.press("enter")
        program.wait_stored("中社区工作专a项补")
        program.quit()


@SIZES
def test_in_a_text_that_is_too_long_for_its_line(tmp_path: Path, cols: int, rows: int) -> None:
    with Program(real_data(tmp_path), cols, rows) as program:
        program.press("ctrl+o", "2")
        program.wait_for("财政资金")
        program.press("end")
        program.send("首" + "保障" * 40 + "末")
        program.wait_until(lambda: program.before_cursor() == "末")
        assert "首保障" in program.text()  # a box of several lines: both ends are in sight
        program.press("home")
        program.wait_until(lambda: program.at_cursor() == "首")
        program.press("escape")
        program.wait_until(lambda: "首保障" not in program.text())


def test_after_a_scroll_and_after_a_resize(tmp_path: Path) -> None:
    with Program(real_data(tmp_path)) as program:
        program.open_first("pagedown", "pagedown", "end", "f2")
        program.send("家")
        for cols, rows in ((80, 24), (120, 40), (70, 18), (80, 24)):
            program.resize(cols, rows)
            program.wait_until(lambda: program.before_cursor() == "家" and "Ctrl+" in program.screen()[-1])


@SIZES
def test_in_a_long_text_of_several_lines(tmp_path: Path, cols: int, rows: int) -> None:
    with Program(real_data(tmp_path), cols, rows) as program:
        program.press("ctrl+o", "5")
        program.wait_for("单位编码")
        program.press(*["down"] * 7)
        program.send("第一行文字\n第二")
        program.wait_until(lambda: program.before_cursor() == "二")
        x, y = program.cursor
        assert x == 17 + 4
        assert program.screen()[y].endswith("第二")
        assert "第一行文字" in program.screen()[y - 1]
        program.press("home")
        program.wait_cursor(17, y)


@SIZES
def test_a_key_that_a_slow_line_splits_is_no_escape_and_types_nothing(tmp_path: Path, cols: int, rows: int) -> None:
    with Program(real_data(tmp_path), cols, rows) as program:
        program.open_first("down")
        program.send("写到一半")
        program.wait_for("写到一半")
        for parts in ((b"\x1b", b"[H"), (b"\x1b[", b"F"), (b"\x1b", b"[17~")):
            program.send(parts[0])
            program.wait_idle(0.1)  # the line is slow, but not as slow as ESCDELAY
            assert "写到一半" in program.text()
            program.send(parts[1])
        program.wait_stored('name = "写到一半"')  # the last one was F6: it commits, and shows the next screen
        program.wait_for("写到一半")
        assert "~" not in program.text()
