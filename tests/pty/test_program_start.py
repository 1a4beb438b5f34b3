"""Where the screens are written, and what is said where they cannot be."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import require
from tests.pty.program import Program, real_data
from tests.pty.terminal import Terminal


def test_nothing_of_the_screen_goes_to_the_file_of_what_went_wrong(tmp_path: Path) -> None:
    data, log = real_data(tmp_path), tmp_path / "err.log"
    shell = f'"$0" -m perftui "$1" 2>{log}'
    for _start in range(2):  # the second one begins with the picture that the first has left
        with Terminal(["sh", "-c", shell, sys.executable, str(data)]) as terminal:
            terminal.wait_for("社区工作专项补助")
            terminal.wait_idle()
            terminal.press("ctrl+q")
            assert terminal.wait_exit() == 0
            assert not terminal.in_alternate_screen
        assert log.read_bytes() == b""


def test_a_dumb_terminal_gets_a_sentence(tmp_path: Path) -> None:
    with Terminal([sys.executable, "-m", "perftui", str(real_data(tmp_path))], env={"TERM": "dumb"}) as terminal:
        assert terminal.wait_exit() == 2
        assert "TERM=dumb" in terminal.text()
        assert b"\x1b" not in terminal.output


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&-"])
def test_closed_streams_get_a_sentence(tmp_path: Path, closed: str) -> None:
    words = ["sh", "-c", f'"$0" -m perftui "$1" {closed}', sys.executable, str(real_data(tmp_path))]
    done = subprocess.run(words, stderr=subprocess.PIPE, encoding="utf-8", timeout=30)
    assert done.returncode == 2
    assert "perftui --help" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_that_is_not_utf8_is_told_so_in_ascii(tmp_path: Path) -> None:
    with Program(real_data(tmp_path), encoding="gbk", ready="UTF-8") as program:
        shown = "".join(program.text().split())
        for word in ("PuTTY", "Xshell", "screen-U"):
            assert word in shown
        program.wait_until(program.text().isascii)
        program.press("enter")  # the first project's form
        program.wait_until(lambda: "2179600" in program.text())
        program.send("模")  # its bytes are a letter of UTF-8
        program.send("2021模\r")
        program.wait_until(lambda: "text refused" in program.text())
        program.press("ctrl+q")
        assert program.wait_exit() == 0
    assert "\u0123" not in "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.toml"))


def test_gnu_screen_without_its_word_for_utf8_shows_the_sentence(tmp_path: Path) -> None:
    """Bytes of Hanzi are control sequences to it, without an end."""
    (tmp_path / "sockets").mkdir(mode=0o700)
    env = {"LC_ALL": "C", "SCREENDIR": str(tmp_path / "sockets")}
    words = (require("screen"), "-c", "/dev/null")
    with Program(real_data(tmp_path), before=words, env=env, ready="screen: start as screen") as program:
        program.wait_until(lambda: "2179600.00" in program.text())
        assert program.text().isascii()
        program.quit()  # screen keeps its programs in a session of its own: closing the terminal would leave them
