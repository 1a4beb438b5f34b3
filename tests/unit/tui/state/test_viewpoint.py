"""Moves from screen to screen, as records: the screen, the project at hand, the filter."""

import pytest

from perftui.forms import load_form
from perftui.model.document import DEPARTMENT, Location
from perftui.tui.panes import FORM, pane_key
from perftui.tui.state.viewpoint import Viewpoint

SPEC = load_form("hebei-2021").project
ONE, TWO = "projects/a.toml", "projects/b.toml"
FILES = [ONE, TWO]
AMOUNT = (SPEC.amounts[0].key, SPEC.tables[SPEC.amounts[0].key][0].key)
IN_ROW = Location(file=ONE, path=(SPEC.groups[-1].key, "row", SPEC.groups[-1].columns[0].key))


def test_a_screen_of_one_project_shows_the_one_at_hand_else_the_first() -> None:
    assert Viewpoint(file=TWO).to_pane(FORM, FILES) == Viewpoint(pane=FORM, file=TWO)
    assert Viewpoint(file="projects/gone.toml").to_pane(FORM, FILES) == Viewpoint(pane=FORM, file=ONE)
    assert Viewpoint(file="projects/gone.toml").to_pane(FORM, []).file == "projects/gone.toml"


def test_no_filter_is_taken_along() -> None:
    filtered = Viewpoint(file=ONE, filter="社区")
    assert filtered.to_pane("findings", FILES).filter == ""
    assert filtered.to_project(TWO).filter == ""


@pytest.mark.parametrize(
    ("pane", "place", "expected"),
    [
        ("projects", Location(file=DEPARTMENT), ("department", ONE)),
        ("projects", Location(file=TWO), (FORM, TWO)),
        (FORM, Location(file=ONE), (FORM, ONE)),
        ("indicators", IN_ROW, ("indicators", ONE)),
        ("indicators", Location(file=ONE), (FORM, ONE)),
        ("funds", Location(file=TWO, path=AMOUNT), ("funds", ONE)),
        ("plan", Location(file=TWO, path=AMOUNT), (FORM, TWO)),
        ("findings", Location(file="projects/gone.toml"), ("findings", ONE)),
    ],
)
def test_a_place_is_shown_where_it_can_be_edited_without_leaving_a_screen_that_shows_it(
    pane: str, place: Location, expected: tuple[str, str]
) -> None:
    found = Viewpoint(pane=pane, file=ONE).to_place(place, FILES, SPEC)
    assert (found.pane, found.file) == expected


def test_the_neighbour_is_shown_on_the_same_screen_and_there_is_none_beyond_the_ends() -> None:
    here = Viewpoint(pane="indicators", file=ONE)
    assert here.to_neighbour(1, FILES) == Viewpoint(pane="indicators", file=TWO)
    assert here.to_neighbour(-1, FILES) is None
    assert Viewpoint(pane="indicators", file=TWO).to_neighbour(1, FILES) is None
    assert Viewpoint(pane="indicators", file="projects/gone.toml").to_neighbour(1, FILES) is None


def test_a_screen_of_one_project_is_left_when_the_project_is_gone() -> None:
    assert Viewpoint(pane=FORM, file=TWO).after_loss(ONE) == Viewpoint(pane="projects", file=ONE)
    assert Viewpoint(pane="funds", file=TWO).after_loss(ONE) == Viewpoint(pane="funds", file=ONE)


def test_the_cursor_is_remembered_by_project_only_where_one_is_shown() -> None:
    assert pane_key(FORM, ONE) != pane_key(FORM, TWO)
    assert pane_key("funds", ONE) == pane_key("funds", TWO)
