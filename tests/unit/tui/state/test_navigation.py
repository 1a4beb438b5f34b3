"""The next finding, and the order of places."""

from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from perftui.model.document import Document, Location
from perftui.tui.state import navigation
from perftui.tui.state.navigation import in_order, next_finding
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


def test_a_walk_goes_by_document_and_page_the_worst_of_a_place_first(tmp_path: Path) -> None:
    document = factories.document(projects=3)
    for file, record in document.projects.items():
        document = document.with_record(file, record.with_value(("name",), None).with_value(("plan", "m06"), None))
    with opened(tmp_path, document) as state:
        whole = [one for file in state.shown.index.files for one in in_order(state.shown, file)]
        assert {one.location.file for one in whole} >= set(document.projects)
        assert sorted(map(repr, whole)) == sorted(repr(one) for one in state.review.findings if one.is_open)
        here, walked = None, []
        for _finding in whole:
            found = next_finding(state, here)
            assert found is not None
            walked.append(found)
            here = found.location
        assert walked == whole
        for before, after in pairwise(whole):
            if before.location == after.location:
                assert before.severity >= after.severity


def test_a_step_looks_only_at_the_files_on_its_way(tmp_path: Path) -> None:
    document = factories.document(projects=30)
    files = list(document.projects)
    for file in files:
        document = document.with_record(file, document.projects[file].with_value(("name",), None))
    with opened(tmp_path, document) as state:
        looked: list[str] = []
        with patch.object(navigation, "in_order", lambda shown, file: looked.append(file) or in_order(shown, file)):
            found = next_finding(state, Location(file=files[10], path=("plan", "m12")))
        assert found is not None
        assert set(looked) <= {files[10], files[11]}
