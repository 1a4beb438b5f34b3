"""Rows and projects: new, deleted, moved, copied."""

from pathlib import Path

import pytest

from perftui.model.document import DEPARTMENT, Location
from perftui.tui.state.app_state import PENDING, AppState
from perftui.tui.state.row_edits import delete_rows, duplicate, move, new_row
from perftui.viewmodel.grid import RowView
from tests import factories
from tests.unit.tui.state.states import at, cell_at, opened, view_of


def row_at(state: AppState, *path: str, file: str = "") -> RowView:
    return view_of(state).rows[at(state, path, file)[0]]


def row_of(state: AppState, file: str) -> RowView:
    """The row of a project in a list."""
    return next(row for row in view_of(state).rows if row.key == Location(file=file))


@pytest.mark.parametrize("pane", ["projects", "funds", "plan"])
def test_a_new_project_is_stored_only_with_its_first_text(tmp_path: Path, pane: str) -> None:
    with opened(tmp_path, factories.document(projects=1), pane=pane) as state:
        before = state.session.document
        place = new_row(state, None)
        assert place is not None
        assert (state.file, place.file) == (PENDING, PENDING)
        assert state.session.document == before


def test_a_row_is_inserted_only_among_rows(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=1)) as state:
        before = state.session.document
        assert new_row(state, cell_at(state, ("name",))) is None
        assert new_row(state, cell_at(state, ("goals", "+", "text"))) is None
        assert state.session.document == before
        assert state.notice


@pytest.mark.parametrize("form", factories.FORMS)
def test_all_rows_of_a_table_can_be_deleted_at_once(tmp_path: Path, form: str) -> None:
    with opened(tmp_path, factories.document(form), pane="indicators") as state:
        before = state.session.document
        delete_rows(state, view_of(state).rows)
        assert state.record.rows("indicators") == ()
        assert len(state.session.history.done) == 1
        state.undo()
        assert state.session.document == before


def test_what_is_not_stored_cannot_be_deleted(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=1)) as state:
        before = state.session.document
        delete_rows(state, [row_at(state, "goals", "+", "text"), row_at(state, "name")])
        assert state.session.document == before
        assert state.session.history.done == ()


def test_the_project_at_hand_is_another_once_it_is_deleted(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=2), pane="projects") as state:
        one, two = state.session.document.projects
        delete_rows(state, [row_of(state, one)])
        assert state.file == two
        delete_rows(state, [row_of(state, two)])
        assert state.file == PENDING
        assert not state.session.document.projects


def test_rows_move_to_the_end_and_no_further(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=1)) as state:
        ids = [row.id for row in state.record.rows("goals")]
        path = ("goals", ids[0], "text")
        for _time in range(3):
            move(state, row_at(state, *path), cell_at(state, path), 1)
        assert [row.id for row in state.record.rows("goals")] == [*ids[1:], ids[0]]
        assert len(state.session.history.done) == len(ids) - 1


@pytest.mark.parametrize("step", [-1, 1])
def test_projects_move_in_every_list(tmp_path: Path, step: int) -> None:
    for pane in ("projects", "funds", "plan"):
        with opened(tmp_path / pane, factories.document(projects=3), pane=pane) as state:
            one, two, three = state.session.document.projects
            move(state, row_of(state, two), None, step)
            wanted = [two, one, three] if step < 0 else [one, three, two]
            assert list(state.session.document.projects) == wanted
            state.undo()
            assert list(state.session.document.projects) == [one, two, three]


def test_a_copied_row_has_an_id_of_its_own(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=1), pane="department") as state:
        duties = state.session.document.department.rows("duties")
        place = duplicate(state, row_at(state, "duties", duties[0].id, "name", file=DEPARTMENT))
        assert place is not None
        first, copy, *_rest = state.session.document.department.rows("duties")
        assert (copy.id, copy.text("name")) == (place.path[1], first.text("name"))
        assert copy.id not in {row.id for row in duties}


def test_there_is_nothing_to_copy_in_an_empty_document(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=0), pane="projects") as state:
        assert duplicate(state, None) is None
        assert state.notice
        assert not state.session.document.projects
