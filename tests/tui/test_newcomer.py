"""A newcomer's script: each gesture of a spreadsheet once on each screen. No key is dead, no change is silent."""

from pathlib import Path
from typing import Any

import pytest

from perftui.tui.panes import FORM, LISTS, PANES
from tests.factories import document
from tests.tui.flows import SMALL, Flow, at_work, real, sample

GESTURES = (
    "up", "down", "left", "right", "home", "end", "ctrl+home", "ctrl+end", "ctrl+up", "ctrl+down", "ctrl+left",
    "ctrl+right", "pageup", "pagedown", "tab", "shift+tab", "enter", "shift+down", "shift+right", "ctrl+a", "f8",
    "ctrl+c", "ctrl+v", "ctrl+x", "ctrl+d", "ctrl+r", "ctrl+z", "ctrl+y", "delete", "backspace", "f2", "escape",
    "insert", "ctrl+k", "ctrl+f", "f4", "f3", "a", "9", "ctrl+t", "f11",
)  # fmt: skip


def seen(flow: Flow) -> tuple[Any, ...]:
    """What a person sees that a key has done."""
    sheet, state = flow.screen.sheet, flow.screen.state
    return (
        sheet.at, sheet.place, sheet.selection, sheet.extending, sheet.edit, state.pane, state.filter, state.notice,
        flow.screen.picker.is_open, flow.document,
    )  # fmt: skip


async def begin(flow: Flow, pane: str, at: tuple[int, int] | None) -> None:
    """The screen, the cursor where it began, nothing said, typed or selected."""
    state, sheet = flow.screen.state, flow.screen.sheet
    if flow.screen.picker.is_open:
        flow.screen.picker.close()
    sheet.cancel()
    sheet.end_selection()
    flow.session.undo()
    state.changed()
    state.filter_by("")
    if pane == FORM:
        state.open_project(flow.files[1])
    else:
        state.go_to_pane(pane)
    flow.screen.show()
    if at is not None:
        sheet._move(at)
    state.messages.forget_lasting()
    state.say("")


@pytest.mark.parametrize("pane", [*PANES, FORM])
async def test_no_key_is_dead_and_no_change_silent(tmp_path: Path, pane: str) -> None:
    dead, silent = [], []
    async with at_work(real(tmp_path), SMALL) as flow:
        await begin(flow, pane, None)
        at = flow.screen.sheet.at
        for key in GESTURES:
            await begin(flow, pane, at)
            before, document = seen(flow), flow.document
            await flow.press(key)
            if seen(flow) == before and key != "escape":
                dead.append(key)
            if flow.document != document and not flow.notice and flow.screen.sheet.edit is None:
                silent.append(key)
            assert pane not in LISTS or key in ("ctrl+k", "insert") or flow.document == document, key
    assert dead == []
    assert silent == []


@pytest.mark.parametrize("pane", [*PANES, FORM])
async def test_no_key_fails_on_a_document_without_projects(tmp_path: Path, pane: str) -> None:
    async with at_work(sample(tmp_path, document(projects=0)), SMALL) as flow:
        for key in (*GESTURES, "f6", "f7", "ctrl+g", "ctrl+u", "ctrl+e", "ctrl+l", "alt+g", "alt+down"):
            state = flow.screen.state
            if flow.screen.picker.is_open:
                flow.screen.picker.close()
            flow.screen.sheet.cancel()
            state.filter_by("")
            state.go_to_pane(pane)
            flow.screen.show()
            await flow.press(key)
        assert flow.screen.state.walk.keys
