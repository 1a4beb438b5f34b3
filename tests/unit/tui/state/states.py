"""The state of the screens over a document on disk, for plain tests of what the screens do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perftui.forms import load_form
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import FieldPath
from perftui.session.open_document import OpenDocument
from perftui.store.folder import document_folder
from perftui.store.save import save_file
from perftui.tui.panes import FORM
from perftui.tui.state.app_state import AppState
from perftui.viewmodel.grid import CellView, GridView, find_place
from perftui.viewmodel.moves import Place


@contextmanager
def opened(data: Path, document: Document, pane: str = FORM, file: str = "") -> Iterator[AppState]:
    """The document written to a data folder and opened; the project at hand is the first one."""
    session = OpenDocument.open(written(data, document))
    try:
        state = AppState(session)
        state.select_project(file or next(iter(document.projects), state.file))
        state.go_to_pane(pane)
        yield state
    finally:
        session.close()


def written(data: Path, document: Document):  # type: ignore[no-untyped-def]
    """The folder of a document that was written."""
    folder = document_folder(data, document.year, document.unit)
    (folder.folder / "projects").mkdir(parents=True)
    form = load_form(document.form)
    for file, record in (*document.files(),):
        save_file(folder, file, record, form.spec_of(file), None)
    assert folder.path(DEPARTMENT).exists()
    return folder


def view_of(state: AppState) -> GridView:
    return state.view(120, 18)


def at(state: AppState, path: FieldPath, file: str = "") -> Place:
    """Row and column of a field on the screen at hand."""
    found = find_place(view_of(state), Location(file=file or state.file, path=path))
    assert found is not None, path
    return found


def cell_at(state: AppState, path: FieldPath, file: str = "") -> CellView:
    row, column = at(state, path, file)
    return view_of(state).rows[row].cells[column]
