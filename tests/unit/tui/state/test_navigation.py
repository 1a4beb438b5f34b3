"""The next finding, and the order of places."""

from pathlib import Path

from perftui.model.document import DEPARTMENT, Document, Location
from perftui.tui.state.navigation import next_finding, places_in_order
from perftui.viewmodel.grid import find_place
from tests import factories
from tests.unit.tui.state.states import opened, view_of


def with_blanks(*paths: str) -> Document:
    """Two projects; the first lacks some fields."""
    document = factories.document(projects=2)
    file = next(iter(document.projects))
    return document.with_record(file, factories.project("hebei-2021", 1, **dict.fromkeys(paths)))


def test_every_finding_is_reached_and_shown(tmp_path: Path) -> None:
    document = with_blanks("name", "budget.fiscal", "plan.m06")
    document = document.with_record(
        next(iter(document.projects)), factories.project("hebei-2021", 1, name=None, goals=[], indicators=[])
    )
    with opened(tmp_path, document) as state:
        wanted = {finding.location for finding in state.review.findings if finding.is_open}
        assert any(len(place.path) == 1 for place in wanted)
        here, seen = None, set()
        for _finding in range(len(wanted)):
            finding = next_finding(state, here)
            assert finding is not None
            state.show_place(finding.location)
            found = find_place(view_of(state), finding.location)
            assert found is not None, finding
            seen.add(finding.location)
            here = view_of(state).rows[found[0]].cells[found[1]].place
        assert seen == wanted


def test_places_are_numbered_from_the_department_on(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=2)) as state:
        order = places_in_order(state.shown)
        one, two = state.session.document.projects
        assert order[Location(file=DEPARTMENT)] == 0
        assert order[Location(file=one, path=("name",))] < order[Location(file=one, path=("goals",))]
        assert order[Location(file=one, path=("indicators",))] < order[Location(file=two)]
        assert sorted(order.values()) == list(range(len(order)))
