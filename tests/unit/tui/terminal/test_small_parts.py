"""Environment, probe, keys, filter and style of the terminal."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from perftui.tui.terminal.environment import WANTED, mouse_wanted, prepare
from perftui.tui.terminal.filters import ControlFilter, visible_controls
from perftui.tui.terminal.probe import Probe, Prober
from perftui.tui.terminal.style import PLAIN, CellStyle, applied, change, of_blank


def test_the_persons_own_values_are_kept():
    environ = {"ESCDELAY": "50"}
    prepare(environ)
    assert environ["ESCDELAY"] == "50"
    assert environ["TEXTUAL_ANIMATIONS"] == "none"


def test_an_empty_no_color_says_nothing():
    environ = {"NO_COLOR": ""}
    prepare(environ)
    assert "NO_COLOR" not in environ


def test_textual_reads_what_is_prepared():
    program = (
        "import os; from perftui.tui.terminal.environment import prepare; prepare(os.environ); import sys;"
        "assert 'textual' not in sys.modules and 'rich' not in sys.modules;"
        "from textual import constants as c;"
        "print(c.DISABLE_KITTY_KEY, c.TEXTUAL_ANIMATIONS, c.SMOOTH_SCROLL, c.ESCAPE_DELAY)"
    )
    environ = {name: value for name, value in os.environ.items() if name not in WANTED}
    read = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True)
    assert read.stdout.split() == ["True", "none", "False", "0.25"]


def test_no_mouse_unless_wanted():
    assert not mouse_wanted({})
    assert mouse_wanted({"SSH_CONNECTION": "x", "PERFTUI_MOUSE": "1"})
    assert not mouse_wanted({"PERFTUI_MOUSE": "0"})


@pytest.mark.parametrize(
    ("setting", "answers", "result"),
    [
        ("auto", (2, 1), Probe(utf8=True, ambiguous=1)),
        ("auto", (2, 2), Probe(utf8=True, ambiguous=2)),
        ("1", (2, 2), Probe(utf8=True, ambiguous=1)),
        ("2", (2, 1), Probe(utf8=True, ambiguous=2)),
        ("auto", (3, 3), Probe(utf8=False, ambiguous=1)),
        ("auto", (1, 1), Probe(utf8=True, ambiguous=1)),
    ],
)
def test_the_probe_reads_the_columns(setting, answers, result):
    prober = Prober(setting)
    for column in answers:
        assert prober.answer(f"\x1b[2;{column + 1}R")
    assert prober.result == result


def test_keys_are_no_answers_to_the_probe():
    prober = Prober()
    assert not prober.answer("\x1b[1;2R")  # Shift+F3
    assert not prober.answer("\x1b[A")
    assert prober.answer("\x1b[2;3R")
    assert prober.result is None
    assert prober.answer("\x1b[2;2R")
    assert not prober.answer("\x1b[2;2R")


@given(st.text(st.characters()))
def test_no_control_character_passes_the_filter(text):
    drawn = visible_controls(text)
    assert not any(
        ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 or c in "\u061c\u200e\u200f\u2028\u2029\ufeff"
        for c in drawn
    )
    assert len(drawn) == len(text)
    for before, after in zip(text, drawn, strict=True):
        assert before == after or cell_len(after) == 1


def test_the_filter_leaves_ordinary_lines_alone():
    segments = [Segment("项目 “a”", None), Segment("x")]
    assert ControlFilter().apply(segments, Color(0, 0, 0)) is segments
    (shown,) = ControlFilter().apply([Segment("\x1b]52;c;eA==\x07")], Color(0, 0, 0))
    assert shown.text == "␛]52;c;eA==␇"


CODES = st.lists(st.sampled_from(["0", "1", "2", "3", "4", "7", "9", "21", "22", "24", "27", "31", "39", "92", "104",
    "38;5;9", "48;2;1;2;3", "48;5;233", "49"]), min_size=1, max_size=4)  # fmt: skip


@given(CODES, CODES)
def test_a_change_of_style_ends_in_the_new_style(before, after):
    old, new = applied(PLAIN, ";".join(before)), applied(PLAIN, ";".join(after))
    assert old is not None
    assert new is not None
    for known in (old, None):
        written = change(known, new)
        reached: CellStyle | None = old
        for sequence in filter(None, written.split("\x1b[")):
            assert reached is not None
            reached = applied(reached, sequence.removesuffix("m"))
        assert reached == new


@pytest.mark.parametrize("parameters", ["38", "38;5", "38;9;1", "99", "48;2;1;2", "1;x"])
def test_unknown_styles_are_not_understood(parameters):
    assert applied(PLAIN, parameters) is None


def test_of_an_inverted_blank_the_dim_is_seen_as_of_the_text_beside_it() -> None:
    assert of_blank(CellStyle(frozenset({"2", "7"}))) == CellStyle(frozenset({"2", "7"}))
    assert of_blank(CellStyle(frozenset({"1", "2", "3"}))) == PLAIN
