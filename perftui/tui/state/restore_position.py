"""The screen, project and cell of the last session: kept in the journal, and restored at the next start."""

from typing import Any

from perftui.locale import _
from perftui.model.document import Location
from perftui.session.journal.entries import CellDraft
from perftui.tui.panes import COMPARISON, FORM, OF_ONE_PROJECT, PANES
from perftui.tui.state.app_state import AppState


def keep_position(state: AppState, place: Location) -> None:
    """Note where the cursor is."""
    plain = [state.pane, state.file, place.file, list(place.path)]
    if plain != state.session.left_at:
        state.session.position(plain)


def restore(state: AppState) -> CellDraft | None:
    """Go to the screen and project of the last session; returns its half-typed text, if there was one."""
    recovered = state.session.recovered
    said = (state.notice, recovered.message, state.session.no_journal, state.session.left_over)
    state.say(_("；").join(sentence for sentence in said if sentence))
    pane, file, place = _position(recovered.position)
    if pane:
        if file in state.document.projects:
            state.open_project(file, pane)
        elif pane not in OF_ONE_PROJECT:
            state.go_to_pane(pane)
        if place is not None:
            state.remember(place)
    draft = recovered.draft
    if draft is not None and state.document.has(draft.place.file):
        state.show_place(draft.place)
    return draft


def _position(plain: Any) -> tuple[str, str, Location | None]:
    """Pane, project and place from what ``keep_position`` noted; blank where the journal has anything else."""
    match plain:
        case [str(pane), str(file), str(place_file), list(path)] if pane in (*PANES, FORM, COMPARISON):
            return pane, file, Location(file=place_file, path=tuple(str(part) for part in path))
    return "", "", None
