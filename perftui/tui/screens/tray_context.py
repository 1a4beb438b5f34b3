"""What the tray needs of the screen, and where its texts are kept. Only type checkers load this: it costs time."""

from collections.abc import Sequence
from typing import Protocol

from perftui.editing.history import History
from perftui.model.document import Location
from perftui.session.journal.entries import Offer
from perftui.tui.terminal.tokens import Token
from perftui.tui.widgets.picker import Picker
from perftui.tui.widgets.sheet_widget import Sheet


class TrayContext(Protocol):
    """What the tray needs of the screen."""

    @property
    def sheet(self) -> Sheet:
        """The grid into which its text goes."""

    @property
    def picker(self) -> Picker:
        """The list over the screen."""

    def say(self, sentence: str) -> None:
        """Show a sentence under the sheet."""

    def ask_again(self) -> None:
        """A question has opened by itself, has changed, or is gone."""

    def type_again(self, tokens: Sequence[Token]) -> None:
        """Type what came and was kept, as if it came now."""


class TextKeeper(Protocol):
    """Holds texts that were not put in."""

    def hold(self, place: Location | None, text: str) -> Offer | None:
        """Keep a text beyond the end of the program; ``None`` where that cannot be done."""

    def let_go(self, held: Offer) -> None:
        """It was put in."""

    @property
    def history(self) -> History:
        """The steps that can be undone."""

    def note_answer(self, title: str, text: str) -> None:
        """A text is being typed as the answer to a question; "": it is none any more."""

    def keep_text(self, text: str, held: Offer | None = None) -> None:
        """Have it pasted by Ctrl+V."""
