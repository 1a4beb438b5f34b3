"""The looks of the tones in each theme."""

from collections.abc import Iterator

import pytest

from perftui.tui.widgets.tones import STYLES, choose_theme
from perftui.viewmodel.grid import Tone


@pytest.fixture(autouse=True)
def _usual_theme() -> Iterator[None]:
    yield
    choose_theme("dark")


def test_without_colours_what_is_doubtful_stands_out_all_the_same() -> None:
    choose_theme("mono")
    assert all(style.color is None for style in STYLES.values())
    assert all(STYLES[tone] != STYLES[Tone.PLAIN] for tone in (Tone.ERROR, Tone.WARNING, Tone.LOCKED, Tone.DIM))


def test_no_colour_of_the_light_theme_is_one_that_is_hard_to_read_there() -> None:
    choose_theme("light")
    colours = {style.color.name for style in STYLES.values() if style.color}
    assert not colours & {"cyan", "yellow", "white", "bright_blue", "bright_yellow", "bright_cyan", "bright_white"}
