"""The tray's texts in the journal: they outlive the program."""

from perftui.editing.history import History
from perftui.exchange.tabular import parse_block
from perftui.model.document import Location
from perftui.session.journal.entries import Offer, answer_place
from perftui.tui.state.app_state import AppState


class JournalKeeper:
    """Holds them for the document of a state."""

    def __init__(self, state: AppState) -> None:
        self._state = state

    def hold(self, place: Location | None, text: str) -> Offer:
        """Keep a text that was meant for a place, or for the project at hand."""
        return self._state.session.hold(place or Location(file=self._state.file), text)

    def let_go(self, held: Offer) -> None:
        """It was put in."""
        self._state.session.let_go(held)

    @property
    def history(self) -> History:
        """The steps that can be undone."""
        return self._state.session.history

    def note_answer(self, title: str, text: str) -> None:
        """Have the next start offer what is being typed as the answer to a question."""
        self._state.session.draft(answer_place(title) if text else None, text)

    def keep_text(self, text: str, held: Offer | None = None) -> None:
        """Have it pasted by Ctrl+V."""
        self._state.keep_clip(parse_block(text), held)
