"""No byte of a person's data moves the cursor, changes a colour, runs an action or reaches OSC; texts are valid XML."""

import random
from pathlib import Path

import pytest

from perftui.model.text import visible
from perftui.session.open_document import OpenDocument
from perftui.tui.panes import FORM, PANES
from perftui.tui.state.app_state import AppState
from perftui.tui.terminal.filters import visible_controls
from perftui.viewmodel.detail import detail_lines
from tests.conftest import ROOT
from tests.pty.terminal import Terminal
from tests.soak import strings
from tests.soak.hostile_strings import hostile_strings, without_surrogates
from tests.soak.place import own_place, python, surroundings, write_document
from tests.soak.terminal_bytes import trouble_in


def test_through_every_screen_and_command() -> None:
    tally = strings.run(150, random.Random(3), lambda: False)
    tally.check()
    assert tally.counts["strings"] >= 150


def test_each_string_is_valid_xml_or_refused() -> None:
    found = [text for text in hostile_strings(110) if len(text) < 1000][::2]
    strings.each_alone([*found, "长" * 3_400_000, "\x1b[31m" * 100_000, "e" + "\u0301" * 100_000]).check()


def test_what_is_shown_is_safe_before_the_layout() -> None:
    """The first wall: what a view hands to a widget has nothing in it that the filter would have to change."""
    assert unsafe_in_views() == []


def unsafe_in_views() -> list[str]:
    found = []
    with own_place() as place:
        given = iter(without_surrogates(hostile_strings(600, 5)))
        folder = write_document(place / "data", strings.hostile_document(given))
        session = OpenDocument.open(folder)
        state = AppState(session)
        files = list(session.document.projects)
        for pane, file in [*((pane, files[0]) for pane in PANES), *((FORM, file) for file in files)]:
            state.go_to_pane(pane)
            if pane == FORM:
                state.open_project(file, FORM)
            view = state.view(100, 18)
            cells = [cell for row in view.rows for cell in row.cells]
            texts = [cell.text for cell in cells]
            texts += [line.text for cell in cells for line in detail_lines(state.shown, cell, None, "", 100, 3)]
            found += [text for text in texts if _unsafe(text)]
        session.close()
    return found


def _unsafe(text: str) -> bool:
    lines = text.split("\n")
    return any(visible_controls(line) != line or visible(line) != line for line in lines)


def drawn_raw(tmp_path: Path, *words: str) -> list[str]:
    with Terminal(
        python("-m", "tests.soak.raw_widget", *words), 100, 120, surroundings(tmp_path), cwd=ROOT
    ) as terminal:
        terminal.wait_for("完")
        terminal.press("q")
        terminal.wait_exit()
        return list(trouble_in(bytes(terminal.output), cols=100, rows=120))


def test_the_second_wall_holds_alone(tmp_path: Path) -> None:
    assert [trouble for trouble in drawn_raw(tmp_path) if trouble.startswith(("control", "sequence", "cursor"))] == []


@pytest.mark.parametrize("data", [b"\x1b]52;c;eA==\x07", b"\x1b[31;5u", b"\x9b31m".decode("latin-1").encode(), b"\x00",
                                  b"\x1b[999;1H", b"\x1bc", "\u202e".encode(), "\u200b".encode()])  # fmt: skip
def test_the_strict_reading_finds_what_it_should(data: bytes) -> None:
    assert list(trouble_in(b"abc" + data + b"def", cols=80, rows=24))
    assert list(trouble_in(b"abc" + data + b"def", plain=True))
