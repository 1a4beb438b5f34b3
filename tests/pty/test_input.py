"""What hands, lines and other programs send, in bytes: what becomes of it in the document."""

import time
from pathlib import Path

import pytest

from tests.pty.program import FIRST, Program, real_data

SHEET = "\x1b[200~100.00\t60.00\t40.00\r2", "00.00\t150.00\t50.00\r300.00\t100.00\t200.00\r\x1b[201~"
QUESTION = "回车 按粘贴放"


def pause(program: Program, seconds: float) -> None:
    """Nothing is sent for so long."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        program._pump(left)


def files(program: Program) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(program.data.rglob("*.toml"))}


def answer(program: Program, key: str) -> None:
    """A key by itself, when the question has stood for a while."""
    pause(program, 0.8)
    program.press(key)


@pytest.fixture
def form(tmp_path: Path) -> Program:
    program = Program(real_data(tmp_path))
    program.open_first("down")
    program.wait_idle()
    return program


def test_1_a_marked_paste_that_stands_still_ends_at_its_mark_only(tmp_path: Path) -> None:
    with Program(real_data(tmp_path)) as program:
        program.press("f6")
        program.wait_for("资金用途")
        before = files(program)
        program.send(SHEET[0])
        program.wait_for("粘贴没有结束，已收到")
        program.send("\r")
        pause(program, 0.7)
        program.send(SHEET[1])
        program.wait_for("粘贴的内容这样放")
        pause(program, 0.8)
        assert files(program) == before
        program.press("escape")
        program.wait_for("Ctrl+V")
        program.quit()
        assert files(program) == before


def test_1_esc_by_itself_ends_it_and_what_came_is_in_the_tray(tmp_path: Path) -> None:
    with Program(real_data(tmp_path)) as program:
        program.press("f6")
        program.wait_for("资金用途")
        before = files(program)
        program.send(SHEET[0])
        program.wait_for("粘贴没有结束，已收到")
        answer(program, "escape")
        program.wait_for(QUESTION)
        program.send(SHEET[1])
        pause(program, 0.5)
        assert QUESTION in program.text()
        answer(program, "escape")
        program.wait_for("Ctrl+V")
        program.quit()
        assert files(program) == before


def test_3_lines_in_one_write_are_asked_about(form: Program) -> None:
    with form as program:
        before = files(program)
        program.send("第一行\r第二行\r第三行\r")
        program.wait_for("收到 3 行 9 字")
        program.send("\r")  # too early
        pause(program, 0.1)
        assert QUESTION in program.text()
        assert files(program) == before
        answer(program, "enter")
        program.wait_for("粘贴的内容这样放")
        assert files(program) == before
        answer(program, "enter")
        program.wait_stored("第二行")
        program.press("ctrl+z")
        program.wait_until(lambda: files(program) == before)
        program.quit()


@pytest.mark.parametrize("alt", ["\x1bb", "\x1b\x7f", "\x1bf", "\x1bd", "\x1b\x1b[D", "\x1b[1;3D", "\x1bx"])
def test_4_alt_leaves_the_text_open(form: Program, alt: str) -> None:
    with form as program:
        before = files(program)
        program.send("长长的文字")
        program.wait_for("长长的文字")
        program.send(alt)
        pause(program, 0.1)
        program.send("好")
        program.wait_for("好")
        assert files(program) == before
        program.press("enter")
        program.wait_stored({"\x1b\x7f": 'name = "好"'}.get(alt, "好"))
        assert ("文字" in program.stored()["name"]) == (alt != "\x1b\x7f")
        program.quit()


def test_5_an_ideographic_space_is_kept(form: Program) -> None:
    with form as program:
        program.send("张　三")
        program.press("enter")
        program.wait_stored('name = "张　三"')
        program.quit()


@pytest.mark.parametrize(("begin", "rest"), [("\x1b[1", "7~"), ("\x1b", "[D"), ("\x1bO", "Q"), ("\x1b", "[17~")])
@pytest.mark.parametrize("delay", [None, "25"])
def test_6_a_key_in_two_parts_throws_nothing_away(tmp_path: Path, begin: str, rest: str, delay: str | None) -> None:
    with Program(real_data(tmp_path), env={"ESCDELAY": delay}) as program:
        program.open_first("down", "f2")
        program.wait_idle()
        program.send("文字")
        program.wait_for("文字")
        program.send(begin)
        pause(program, 0.3)
        program.send(rest)
        pause(program, 0.4)
        program.press("ctrl+s")
        program.wait_stored("文字")
        assert program.stored()["name"].endswith("文字")
        program.quit()


def test_7_the_keys_of_another_protocol_are_keys(form: Program) -> None:
    with form as program:
        program.send("甲\x1b[13u")
        program.wait_stored('name = "甲"')
        program.send("乙\x1b[27u")
        pause(program, 0.1)
        program.send("\x1b[113;5u")
        assert program.wait_exit(8) == 0
        assert program.stored()["name"] == "甲"


def test_12_shell_keys_edit_the_text(form: Program) -> None:
    with form as program:
        before = files(program)
        for key in ("ctrl+u", "ctrl+k", "ctrl+d", "ctrl+x"):
            program.send("字")
            program.wait_for("字")
            program.press(key)
            pause(program, 0.05)
        program.press("escape")
        pause(program, 0.4)
        assert files(program) == before
        program.quit()


@pytest.mark.parametrize("pause_between", [0.0, 0.012])
def test_14_a_wheel_leaves_no_open_cell_and_an_arrow_does(form: Program, pause_between: float) -> None:
    with form as program:
        before = files(program)
        program.send("半句")
        program.wait_for("半句")
        pause(program, 0.1)
        for _turn in range(3):
            program.send("\x1b[B")
            pause(program, pause_between)
        pause(program, 0.4)
        assert files(program) == before
        program.send("\x1b[B")
        program.wait_stored('name = "半句"')
        program.quit()


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x85"])
def test_13_a_soft_break_is_never_glued(form: Program, sign: str) -> None:
    with form as program:
        program.send(f"\x1b[200~第一行{sign}第二行\x1b[201~")
        program.wait_for("换行")
        program.quit()


def test_14_a_refused_text_says_that_esc_lets_go_and_lets_the_program_end(form: Program) -> None:
    with form as program:
        program.press("ctrl+o")
        program.wait_for("跳到")
        program.send("财政资金\r")
        program.wait_idle(0.3)
        program.enter("葛")
        program.wait_for("Esc 放弃")
        program.quit()


def test_no_stream_of_a_dialog_is_an_answer(form: Program) -> None:
    """A paste, and Enter right behind it as some programs send it."""
    with form as program:
        before = files(program)
        program.send("\x1b[200~甲\t乙\r丙\t丁\r\x1b[201~\r")
        program.wait_for("粘贴的内容这样放")
        pause(program, 0.3)
        assert files(program) == before
        answer(program, "enter")
        program.wait_until(lambda: files(program) != before)
        program.quit()


def test_a_text_of_a_dropped_line_is_offered_once(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    with Program(data) as first:
        first.open_first("down")
        first.wait_idle()
        first.send("一\r二\r三\r")
        first.wait_for(QUESTION)
        pause(first, 1.2)
        first.hangup()
        first.wait_exit()
    with Program(data, ready="没写完的文字") as second:
        answer(second, "escape")
        second.wait_until(lambda: "没写完的文字：" not in second.text())
        second.quit()
    assert 'name = "一"' not in (data / "2021" / "613001" / "projects" / f"{FIRST}.toml").read_text(encoding="utf-8")
