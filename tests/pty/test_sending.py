"""The terminal lent to zmodem after an export: the screens step back, the file is sent, and all is as before."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pty.terminal import Terminal

FAKE = """#!/bin/sh
printf 'SENDING %s\\r\\n' "$3"
stty -a | grep -c -e -icanon > {log}
head -c 1 > /dev/null
[ -t 0 ] && [ -t 1 ] && echo terminal >> {log}
exit {code}
"""


def program(tmp_path: Path, code: int) -> Path:
    """A stand-in for ``sz`` that waits for a key, as the real one waits for its partner."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "sz").write_text(FAKE.format(log=tmp_path / "log", code=code))
    (folder / "sz").chmod(0o755)
    return folder


@pytest.mark.parametrize(("code", "told"), [(0, "已发送 2021-613001"), (128, "没有发送成")])
def test_the_screens_lend_the_terminal_and_come_back(tmp_path: Path, code: int, told: str) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    env = {"PATH": f"{program(tmp_path, code)}:/usr/bin:/bin", "TMUX": None, "STY": None, "HOME": str(tmp_path)}
    with Terminal([sys.executable, "-m", "perftui", str(tmp_path / "data")], env=env, cols=120, rows=40) as terminal:
        terminal.wait_for("社区工作专项补助")
        terminal.press("f9")
        terminal.wait_for("zmodem")
        terminal.wait_idle(0.7)  # a list that opened by itself is not answered by keys typed ahead
        terminal.press("escape")
        terminal.wait_until(lambda: "zmodem" not in terminal.text())
        terminal.send("\x10发送\r")
        terminal.wait_for("SENDING")
        assert not terminal.in_alternate_screen
        terminal.wait_for("exports/2021-613001")
        terminal.send("\r")
        terminal.wait_for(told)
        terminal.wait_for("社区工作专项补助")
        assert terminal.in_alternate_screen
        terminal.press("ctrl+q")
        assert terminal.wait_exit(5) == 0
    assert (tmp_path / "log").read_text().split() == ["0", "terminal"]
