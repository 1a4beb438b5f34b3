"""The program in windows of all sizes, with files that cannot be read or written: usable, honest, and nothing lost."""

import signal
import termios
from pathlib import Path

import pytest

from tests.programs import require
from tests.pty.program import DOCUMENT, Program, bound_by_permissions, git, real_data

OTHER = "130303216F9HQOHBT7GG4"


def test_a_window_of_60x15_is_enough(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    with Program(data, 60, 15) as program:
        for digit, seen in enumerate(
            ("社区工作专项补助", "财政资金", "3月底", "数量指标", "单位编码", "级别", "绩效目标表"), 1
        ):
            program.press("ctrl+o", str(digit))
            program.wait_for(seen)
            assert "太小" not in program.text()
        program.press("escape")
        program.wait_for("合计")
        program.open_first("end", "tab", "f2")
        program.send("六十列\r")
        program.wait_stored("六十列")
        program.wait_for("六十列")
        program.quit()


@pytest.mark.parametrize(("cols", "rows"), [(59, 24), (80, 14), (30, 6)])
def test_a_smaller_one_says_so_and_still_saves(tmp_path: Path, cols: int, rows: int) -> None:
    data = real_data(tmp_path)
    with Program(data, 80, 24) as program:
        program.open_first("down")
        program.resize(cols, rows)
        program.wait_for("窗口太小"[: cols // 2])
        program.send("小窗口里改的\r")
        program.wait_stored("小窗口里改的")
        program.resize(80, 24)
        program.wait_for("本项目还差")
        program.wait_for("小窗口里改的")
        assert "窗口太小" not in program.text()
        program.quit()


def test_a_storm_of_sizes_while_typing_leaves_the_screen_of_the_last(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    sizes = [(120, 40), (61, 16), (100, 30), (40, 10), (80, 24), (200, 50), (70, 20), (100, 30)]
    with Program(data, 100, 30) as program:
        program.open_first("down", "f2")
        for number, (cols, rows) in enumerate(sizes):
            program.resize(cols, rows)
            program.send("一二三四五六七八"[number])
        program.wait_for("社区工作专项补助一二三四五六七八")
        program.wait_cursor(15 + 32, 2)
        typing = program.screen()
        program.press("escape")
        program.wait_until(lambda: "一二三" not in program.text())
        program.wait_cursor(15, 2)
        assert program.stored()["name"] == "社区工作专项补助"
        shown, cursor = program.screen(), program.cursor
        assert typing[0] == shown[0]
        program.quit()
    with Program(data, 100, 30, ready="表标题") as fresh:
        fresh.wait_until(lambda: fresh.screen()[:25] == shown[:25])
        fresh.wait_cursor(*cursor)


def test_a_half_typed_text_is_there_after_the_line_was_dropped(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    with Program(data) as program:
        program.open_first("down", "f2")
        program.send("没打完的")
        program.wait_for("没打完的")
        program.hangup()
        program.wait_exit()
    with Program(data, ready="没打完的") as program:
        program.wait_cursor(15 + 24, 2)
        program.send("字\r")
        program.wait_stored("社区工作专项补助没打完的字")
        program.quit()


def test_a_file_that_cannot_be_read_is_listed_and_the_others_are_edited(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    broken = b'schema = 1\nname = "\xd6\xd0\xb9\xfa"\n'
    bad = data / DOCUMENT / "projects" / f"{OTHER}.toml"
    bad.write_bytes(broken)
    with Program(data) as program:
        program.wait_until(lambda: any("不能读" in line and OTHER in line for line in program.screen()))
        program.open_first("down")
        program.send("照常填写\r")
        program.wait_stored("照常填写")
        program.quit()
    assert bad.read_bytes() == broken
    assert len(git(tmp_path, "diff", "--name-only").splitlines()) == 2


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    if bound_by_permissions():
        require("setpriv")
    data = real_data(tmp_path)
    folders = [data / DOCUMENT, data / DOCUMENT / "projects"]
    for folder in folders:
        folder.chmod(0o555)
    try:
        with Program(data, 120, 30, before=bound_by_permissions()) as program:
            program.open_first("down")
            program.send("写不进去的名称\r")
            program.wait_for("未能保存")
            program.wait_for("写不进去的名称")
            assert program.stored()["name"] == "社区工作专项补助"
            program.press("ctrl+q")
            program.wait_for("再按一次 Ctrl+Q")
            program.press("ctrl+q")
            assert program.wait_exit(15) == 3
            assert not program.in_alternate_screen
    finally:
        for folder in folders:
            folder.chmod(0o755)
    with Program(data, 120, 30, ready="写不进去的名称") as program:
        program.wait_stored("写不进去的名称")
        program.quit()


def test_a_folder_that_can_be_written_again_is_saved_to(tmp_path: Path) -> None:
    if bound_by_permissions():
        require("setpriv")
    data = real_data(tmp_path)
    folder = data / DOCUMENT / "projects"
    folder.chmod(0o555)
    try:
        with Program(data, 120, 30, before=bound_by_permissions()) as program:
            program.open_first("down")
            program.send("后来写进去的\r")
            program.wait_for("未能保存")
            folder.chmod(0o755)
            program.press("ctrl+p")
            program.send("重新保存\r")
            program.wait_stored("后来写进去的")
            program.wait_for("已保存")
            program.quit()
    finally:
        folder.chmod(0o755)


def test_a_program_that_is_stopped_and_continued_shows_all_again(tmp_path: Path) -> None:
    data = real_data(tmp_path)
    with Program(data) as program:
        program.press("down", "down", "enter")
        program.wait_for("3/7 ")
        program.wait_for("提示 ")
        program.wait_cursor(15, 1)
        shown = program.screen()
        program.emulator.feed(b"\x1b[2J\x1b[H\xe4\xb9\xb1")
        assert program.screen() != shown
        program.resize(81, 24)
        program.resize(80, 24)
        program.wait_screen(shown)
        program.quit()


@pytest.mark.parametrize(("cols", "rows"), [(80, 24), (120, 40), (60, 15)])
def test_a_half_typed_text_is_typed_on_after_a_stop_on_every_screen(tmp_path: Path, cols: int, rows: int) -> None:
    with Program(real_data(tmp_path), cols, rows) as program:
        program.wait_for("提示 ")
        for screen, keys in (("1", ("enter", "down")), ("2", ("end",)), ("4", ("ctrl+home",)), ("5", ("ctrl+home",))):
            program.press("escape", "ctrl+o", screen, *keys, "f2")
            program.send("半句话")
            program.wait_for("半句话")
            program.wait_until(lambda: program.before_cursor() == "话")
            program.wait_idle(0.8)  # what is said of the text when the hands rest is on the screen before the stop
            shown, cursor = without_advice(program.screen()), program.cursor
            program.kill(signal.SIGTSTP)
            program.wait_until(lambda: _is_stopped(program.pid))
            assert not program.in_alternate_screen
            assert program.attributes()[3] & termios.ICANON  # the shell has its lines
            program.emulator.feed("$ 别的程序写的".encode())
            program.kill(signal.SIGCONT)
            program.wait_until(lambda shown=shown: without_advice(program.screen()) == shown)
            program.wait_cursor(*cursor)
            assert "别的程序" not in program.text()
            program.send("完")
            program.wait_for("半句话完")
            program.press("escape")
        program.quit()


def without_advice(lines: list[str]) -> list[str]:
    """The screen without the lines below the sheet, which speak when the hands have rested for a while."""
    return [*lines[:-5], lines[-1]]


def _is_stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_bytes().rsplit(b")", 1)[1].split()[0] == b"T"
