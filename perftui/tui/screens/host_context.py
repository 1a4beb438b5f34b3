"""What the answers to the sheet need of the screen. Only type checkers load this: a protocol costs the start time."""

from collections.abc import Callable
from typing import Protocol

from perftui.model.textedit import TextEdit
from perftui.tui.actions.context import ActionContext
from perftui.tui.screens.draft_review import DraftReview
from perftui.tui.screens.tray import Tray


class HostContext(ActionContext, Protocol):
    """What the answers need of the screen."""

    @property
    def draft_review(self) -> DraftReview:
        """The text being typed, and what is said of it."""

    @property
    def tray(self) -> Tray:
        """What came that nobody typed."""

    def throw_away(self, edit: TextEdit, reopen: Callable[[], None]) -> None:
        """Keep a text that Esc threw away for undo."""

    def give_back(self) -> None:
        """Go on with the text that was thrown away just now."""

    def note_place(self) -> None:
        """Remember where the cursor stands."""

    def show_again(self) -> None:
        """Something has changed behind the screen: cursor and selection stay where they are."""

    def show_foot(self) -> None:
        """Say what is left, found and selected, and how the saving stands."""

    def arrows_leave(self, *, leave: bool) -> None:
        """Does an arrow leave the text being typed?"""

    def show_step(self) -> None:
        """Say which cell the cursor has come to."""

    def show_detail(self) -> None:
        """Say what there is to say of the cell at hand."""

    def call_after_refresh(self, callback: Callable[[], None]) -> object:
        """Call back when the key at hand has done its work."""
