"""The next empty or doubtful field, the next finding, and the order of places."""

from pathlib import Path

import pytest

from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import FieldPath
from perftui.tui.state.app_state import PENDING
from perftui.tui.state.navigation import next_empty, next_finding, places_in_order
from perftui.viewmodel.grid import find_place
from tests import factories
from tests.unit.tui.state.states import opened, view_of


def with_blanks(*paths: str) -> Document:
    """Two projects; the first lacks some fields."""
    document = factories.document(projects=2)
    file = next(iter(document.projects))
    return document.with_record(file, factories.project("hebei-2021", 1, **dict.fromkeys(paths)))


@pytest.mark.parametrize("form", factories.FORMS)
def test_a_whole_document_has_nothing_empty(tmp_path: Path, form: str) -> None:
    with opened(tmp_path, factories.document(form)) as state:
        assert next_empty(state, None) is None
        assert state.notice


def test_empty_fields_come_in_the_documents_order_and_around_the_end(tmp_path: Path) -> None:
    with opened(tmp_path, with_blanks("name", "budget.purpose")) as state:
        one = state.file
        name = Location(file=one, path=("name",))
        purpose = Location(file=one, path=("budget", "purpose"))
        assert next_empty(state, None) == name
        assert next_empty(state, name) == purpose
        assert next_empty(state, purpose) == name
        assert next_empty(state, Location(file=one, path=("code",))) == name
        assert next_empty(state, Location(file=DEPARTMENT, path=("status",))) == name


@pytest.mark.parametrize("path", [("goals", "+", "text"), ("indicators", "+", "name")])
def test_a_row_that_is_not_stored_stands_behind_those_of_its_table(tmp_path: Path, path: FieldPath) -> None:
    with opened(tmp_path, with_blanks("name", "budget.purpose")) as state:
        one, two = state.session.document.projects
        blanked = state.session.document.with_record(two, factories.project("hebei-2021", 2, name=None))
    with opened(tmp_path / "again", blanked) as state:
        found = next_empty(state, Location(file=one, path=path))
        assert found == Location(file=two, path=("name",))


def test_a_project_without_goals_begins_with_one(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    file = next(iter(document.projects))
    with opened(tmp_path, document.with_record(file, factories.project("hebei-2021", 1, goals=[]))) as state:
        assert next_empty(state, None) == Location(file=file, path=("goals", "+", "text"))


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
        assert next_empty(state, Location(file=PENDING, path=("name",))) is None
