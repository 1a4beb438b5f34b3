"""What an edit costs in a document of many projects: it is not the number of projects that counts."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from perftui.editing.edits import SetValue
from perftui.model.document import Document, Location
from perftui.tui.panes import FORM
from perftui.tui.state.app_state import AppState
from perftui.tui.state.cell_entry import enter
from perftui.viewmodel.foot import foot_text
from tests import factories
from tests.unit.tui.state.states import cell_at, opened

FEW, MANY = 30, 130
SHARED = 13
"""Calls that a project more may cost: all have the same rows here, and two findings name the place of each."""


def calls(act: Callable[[], object]) -> int:
    """Functions of Python that are called in this thread, turns of generators included."""
    count = 0

    def note(_frame: object, event: str, _value: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def entered(state: AppState, path: tuple[str, ...], text: str) -> int:
    """Calls of a text put into a cell, the screen and its foot made anew."""
    cell = cell_at(state, path)
    foot_text(state.shown, state.file_at_work, "")

    def act() -> None:
        enter(state, cell, text)
        rows = state.view(80, 18).rows
        assert [rows[number] for number in range(10)]
        foot_text(state.shown, state.file_at_work, "")

    return calls(act)


def made(count: int) -> Document:
    return factories.document(projects=count)


def first_row(document: Document, column: str) -> tuple[str, ...]:
    """A cell of the first project's first indicator."""
    (row, *_others) = next(iter(document.projects.values())).rows("indicators")
    return ("indicators", row.id, column)


@pytest.mark.parametrize(
    ("pane", "path"),
    [
        ("funds", ("budget", "fiscal")), ("plan", ("plan", "m06")), (FORM, ("name",)), (FORM, ("budget", "purpose")),
        ("indicators", first_row(made(1), "name")), ("indicators", first_row(made(1), "value")),
    ],
)  # fmt: skip
def test_an_edit_costs_as_much_among_many_projects_as_among_few(
    tmp_path: Path, pane: str, path: tuple[str, ...]
) -> None:
    found = []
    for count in (FEW, MANY):
        with opened(tmp_path / str(count), made(count), pane) as state:
            assert state.review.findings
            entered(state, path, "31")
            found.append(entered(state, path, "32"))
    assert found[1] - found[0] <= SHARED * (MANY - FEW), found


def test_offers_of_all_projects_follow_the_edits(tmp_path: Path) -> None:
    with opened(tmp_path, made(3), "plan") as state:
        place = Location(file=list(state.session.document.projects)[1], path=("plan", "m06"))
        for value in (None, "40", None):
            state.run([SetValue(file=place.file, path=place.path, value=value)], "x", place)
            assert (place in state.shown.offers) is (value is None)
            assert dict(state.shown.offers) == dict(
                AppState(state.session).suggestions.for_numbers(state.document.projects)
            )
        first = next(iter(state.session.document.projects))
        state.run([SetValue(file=first, path=("plan", "m03"), value=None)], "x", None)
        assert len(state.shown.offers) == 2
