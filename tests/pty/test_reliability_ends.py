"""The real program in a pty: killed while a robot types, hung up and asked to end in its screens and dialogs."""

import random
import signal
from pathlib import Path

import pytest

from tests.pty.terminal import Terminal, session_of
from tests.soak import hangups, kills
from tests.soak.hangups import DIALOGS, ENDINGS, Line
from tests.soak.place import own_place, python, surroundings, write_document
from tests.soak.robot import READY


def test_kill_9_while_a_robot_types() -> None:
    with own_place() as place:
        tally = kills.kill_in(place, random.Random(11), 3, "seed 11")
    tally.check()
    assert tally.counts["runs"] == 3


@pytest.mark.parametrize("ending", ["line dropped", "SIGTERM", "line stands still", "SIGKILL"])
def test_an_end_with_a_cell_half_typed(tmp_path: Path, ending: str) -> None:
    assert ending in ENDINGS
    hangups.end_once(tmp_path, ending, "funds", ending).check()


@pytest.mark.parametrize("dialog", ["palette", "choices", "export"])
def test_a_dropped_line_in_a_dialog(tmp_path: Path, dialog: str) -> None:
    assert dialog in DIALOGS
    hangups.end_once(tmp_path, "line dropped", dialog, dialog, ignore=True).check()


def test_idle_it_uses_no_processor(tmp_path: Path) -> None:
    folder = write_document(tmp_path / "data")
    with Line(folder.data, tmp_path / "home") as line:
        line.wait_for(READY)
        assert hangups.idle_share(line, 2) < 0.05


def test_a_closed_keyboard_is_refused(tmp_path: Path) -> None:
    folder = write_document(tmp_path / "data")
    assert hangups.without_keyboard(folder.data, tmp_path / "home") == 2


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_the_start_screen_ends_as_well(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "data").mkdir()
    words = python("-m", "perftui", str(tmp_path / "data"))
    with Terminal(words, cols=100, rows=30, env=surroundings(tmp_path / "home")) as terminal:
        before = terminal.attributes()
        terminal.wait_for("Ctrl+Q")
        terminal.kill(number)
        assert terminal.wait_exit(5) == 128 + number
        assert session_of(terminal.pid) == []
        assert terminal.attributes()[:4] == before[:4]
        assert not terminal.in_alternate_screen
