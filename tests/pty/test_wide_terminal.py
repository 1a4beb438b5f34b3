"""A terminal that draws ambiguous characters two cells wide: every screen stands there as it was laid out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import split_graphemes

from perftui.locale import _
from perftui.model.text import visible
from perftui.model.width import cell_len
from perftui.tui.terminal.ambiguous import count_ambiguous
from perftui.tui.terminal.probe import Probe
from tests.pty.program import Program, real_data
from tests.tui.flows import SMALL, Flow, at_work

PANES = 7


@pytest.fixture(autouse=True)
def narrow_again() -> Iterator[None]:
    yield
    count_ambiguous(1)


def cells_of(text: str) -> list[str]:
    """A line as cells: the right half of a wide character is empty."""
    found: list[str] = []
    for start, end, width in split_graphemes(text)[0]:
        found += [text[start:end], *[""] * (width - 1)]
    return found


def laid_out(flow: Flow) -> list[list[str]]:
    strips = flow.screen._compositor.render_strips()
    return [cells_of(strip.text)[: SMALL[0]] for strip in strips]


def shown(program: Program) -> list[list[str]]:
    program._pump(0)
    return [[cell.data for cell in row] for row in program.emulator.cells()]


@pytest.mark.parametrize("keys", [(), ("enter",)])
async def test_every_screen_stands_as_it_was_laid_out(tmp_path: Path, keys: tuple[str, ...]) -> None:
    data = real_data(tmp_path / "seen")
    with Program(data, *SMALL, ambiguous=2) as program:
        async with at_work(real_data(tmp_path / "reckoned"), SMALL) as flow:
            flow.app.terminal_probed(Probe(utf8=True, ambiguous=2))
            for _pane in range(PANES):
                program.press(*keys)
                await flow.press(*keys)
                program.wait_idle(0.4)
                await flow.pilot.pause()
                await flow.pilot.pause(0.5)
                program.wait_until(lambda: shown(program) == laid_out(flow), limit=10)
                keys = ("f6",)
        program.quit()


def test_a_text_is_typed_where_its_caret_stands(tmp_path: Path) -> None:
    with Program(real_data(tmp_path), ambiguous=2) as program:
        program.open_first("down")
        program.send("“一”——≥①·")
        program.wait_for("“一”——≥①·")
        program.wait_until(lambda: program.before_cursor() == "·")
        program.press("home")
        program.wait_until(lambda: program.at_cursor() == "“")
        program.press("enter")
        program.wait_stored("“一”——≥①·")
        program.quit()


def test_the_setting_holds_where_the_terminal_says_nothing(tmp_path: Path) -> None:
    config = tmp_path / "config" / "perftui"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text('ambiguous = "2"\n', encoding="utf-8")
    env = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    with Program(real_data(tmp_path), ambiguous=2, answers=False, env=env) as program:
        program.open_first("down")
        program.send("“一”")
        program.wait_for("“一”")
        program.wait_until(lambda: program.before_cursor() == "”")
        program.quit()


def test_our_own_signs_are_one_cell_wide_there() -> None:
    text = "· 甲 → 乙…"
    assert _(" · ") == " · "
    count_ambiguous(2)
    assert (_(" · "), _(" → "), _("…"), _("·")) == (" | ", " > ", "~", "|")
    assert cell_len(_(" · ")) == 3
    assert visible(text) == text, "a text of the document stays as it is"
