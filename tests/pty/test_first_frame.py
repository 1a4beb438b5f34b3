"""What is painted before anything is loaded is what the program itself shows first, and it costs no key."""

import os
import re
import shutil
import sys
import termios
from pathlib import Path

import pytest

from perftui.files.xdg_dirs import config_folder
from perftui.forms.project_templates import LIBRARY
from perftui.forms.search_path import FOLDER
from tests.conftest import ROOT
from tests.pty.terminal import Terminal

PROGRAM = [sys.executable, "-m", "perftui"]
HELD = [sys.executable, str(Path(__file__).parent / "apps" / "held.py")]
"""The program, held before it loads its screens until a file appears."""
READING = [sys.executable, str(Path(__file__).parent / "apps" / "held_reading.py")]
"""The program, held while it reads the files."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def session(data: Path, *keys: str, cols: int = 80, rows: int = 24) -> None:
    """One session from start to end."""
    with Terminal([*PROGRAM, data], cols, rows) as terminal:
        terminal.wait_for("已保存")
        terminal.wait_for("提示 ")
        terminal.press(*keys, "ctrl+q")
        assert terminal.wait_exit() == 0


_JUDGED = re.compile(
    r"^[x!·](?= )|([█░]+ )?\b\d+/\d+\b|…$|通过$|(错\d+ ?|警\d+ ?|提\d+)+$|(全文.*)?(审核中…|警 \d+ 提示 \d+)|全文.*处"
)


def unjudged(lines: list[str]) -> list[str]:
    """Lines without what the rules say, for which the first screen does not wait."""
    return [" ".join(_JUDGED.sub("", line).split()) for line in lines]


@pytest.mark.parametrize("keys", [(), ("down", "down"), ("f6", "down", "right"), ("f6", "f6", "down")], ids="-".join)
@pytest.mark.parametrize(("cols", "rows"), [(80, 24), (120, 40)])
def test_the_picture_is_the_first_screen(
    data: Path, tmp_path: Path, keys: tuple[str, ...], cols: int, rows: int
) -> None:
    session(data, *keys, cols=cols, rows=rows)
    go = tmp_path / "go"
    with Terminal([*HELD, str(go), str(data)], cols, rows) as terminal:
        terminal.wait_for("F6换屏")
        terminal.wait_idle()  # the frame comes in several reads, and nothing behind it as long as the program is held
        picture, before = unjudged(terminal.screen()), len(terminal.output)
        go.touch()
        terminal.wait_until(lambda: len(terminal.output) > before)
        terminal.press("ctrl+p")
        terminal.wait_for("命令：")  # the program itself has painted, and paints anew what was below
        terminal.press("escape")
        terminal.wait_until(lambda: "命令：" not in terminal.text() and unjudged(terminal.screen()) == picture)
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


def test_keys_typed_over_the_picture_are_not_lost(data: Path, tmp_path: Path) -> None:
    session(data)
    go = tmp_path / "go"
    with Terminal([*HELD, str(go), str(data)]) as terminal:
        terminal.wait_for("F6换屏")
        terminal.press("办", "公")
        terminal.wait_idle(0.1)  # nothing comes: the program is held
        assert "办公" not in terminal.text()
        go.touch()
        terminal.wait_for("筛选：办公")


def check_nothing_painted(terminal: Terminal) -> None:
    """The program has come to where it is held, and the screen is empty."""
    terminal.wait_until(lambda: b"\x1b]2;held\x07" in terminal.output)
    assert terminal.text().strip() == ""


def test_a_changed_file_another_size_or_another_journal_means_no_picture(data: Path, tmp_path: Path) -> None:
    session(data)
    go = tmp_path / "go"
    with Terminal([*HELD, str(go), str(data)], 100, 30) as terminal:
        check_nothing_painted(terminal)
    file = next((data / "2021" / "613001" / "projects").glob("*.toml"))
    file.write_text(file.read_text(encoding="utf-8").replace("25", "24", 1), encoding="utf-8")
    with Terminal([*HELD, str(go), str(data)]) as terminal:
        check_nothing_painted(terminal)


def test_a_form_or_a_library_that_came_since_means_no_picture(data: Path, tmp_path: Path) -> None:
    session(data)
    go = tmp_path / "go"
    for place in (data / FOLDER, data / LIBRARY, config_folder() / FOLDER):
        place.mkdir(parents=True)
        (place / "hebei-2021.toml").write_text("name = 'x'\n", encoding="utf-8")
        with Terminal([*HELD, str(go), str(data)]) as terminal:
            check_nothing_painted(terminal)
        shutil.rmtree(place)
    with Terminal([*HELD, str(go), str(data)]) as terminal:
        terminal.wait_for("F6换屏")


@pytest.mark.parametrize("instead", ["nothing", "a file"])
def test_where_another_screen_or_a_failure_follows_the_terminal_is_given_back(
    data: Path, tmp_path: Path, instead: str
) -> None:
    session(data)
    go = tmp_path / "go"
    with Terminal([*HELD, str(go), str(data)]) as terminal:
        terminal.wait_for("F6换屏")
        assert not terminal.attributes()[3] & termios.ECHO
        assert terminal.in_alternate_screen
        os.rename(data, tmp_path / "gone")
        if instead == "a file":
            data.touch()
        go.touch()
        if instead == "nothing":
            terminal.wait_for("新建绩效文本")
            terminal.press("ctrl+q")
        terminal.wait_exit()
        assert terminal.attributes()[3] & termios.ECHO
        assert terminal.attributes()[3] & termios.ICANON
        assert not terminal.in_alternate_screen


def test_the_terminal_is_as_it_was_after_a_session_with_a_picture(data: Path) -> None:
    session(data)
    with Terminal([*PROGRAM, data]) as terminal:
        terminal.wait_for("F6换屏")
        terminal.wait_for("提示 ")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.attributes()[3] & termios.ECHO
        assert not terminal.in_alternate_screen
        assert len(terminal.output) < 3500


def test_without_a_kept_picture_the_first_projects_stand_there_before_the_files_are_read(
    data: Path, tmp_path: Path
) -> None:
    """After a kill, a pull, in another window: nothing is said of sums and findings, and no key is lost."""
    go = tmp_path / "go"
    with Terminal([*READING, str(go), str(data)], 100, 30) as terminal:
        terminal.wait_for("正在读项目文件 42%")
        lines = terminal.screen()
        assert [line.split()[::2][:2] for line in lines[2:4]] == [["1", "社区工作专项补助"], ["2", "街道工作专项补助"]]
        assert "1/7" in lines[0]
        assert not re.search("合计|错|通过|差", terminal.text())
        terminal.press("办", "公")
        go.touch()
        terminal.wait_for("筛选：办公")
        assert "正在读" not in terminal.text()
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


def test_ctrl_q_ends_the_program_while_it_reads_the_files(data: Path, tmp_path: Path) -> None:
    """Also where whoever started it has the signal of an interrupt ignored, as a shell has in the background."""
    ignoring = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"]
    with Terminal([*ignoring, *READING, str(tmp_path / "never"), str(data)]) as terminal:
        terminal.wait_for("正在读项目文件 42%")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0
        assert terminal.attributes()[3] & termios.ECHO
        assert not terminal.in_alternate_screen
        assert "Traceback" not in terminal.text()
