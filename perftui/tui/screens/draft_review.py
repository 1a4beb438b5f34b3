"""When review is asked about the text being typed: as the hand rests, so that nothing flickers at each key."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from perftui.viewmodel.grid import Cell

if TYPE_CHECKING:
    from perftui.review.finding import Finding
    from perftui.tui.screens.desk_screen import DeskScreen

_RESTS = 0.5
"""Seconds without a key after which a hand is taken to rest."""


class DraftReview:
    """What is said of the text being typed; it stands until the hand rests again."""

    def __init__(self, screen: "DeskScreen") -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._typed: tuple[Cell, str] | None = None
        self.said: tuple[Finding, ...] = ()

    def typed(self, cell: Cell, text: str | None) -> None:
        """The text has changed; ``None`` when the cell was left."""
        if self._timer is not None:
            self._timer.stop()
        begins, self._typed = self._typed is None, None if text is None else (cell, text)
        if text is None:
            self.said = ()
            return
        if begins and text and text == cell.edit_text:
            self.said = self._found(cell, text)  # what was said of the cell stays while it is mended
        self._timer = self._screen.set_timer(_RESTS, self.rest)

    def rest(self) -> None:
        """The hand rests: ask, and show what is said where it is something else than before."""
        said = self._found(*self._typed) if self._typed is not None else ()
        if said != self.said:
            self.said = said
            self._screen.show_detail()

    def _found(self, cell: Cell, text: str) -> tuple["Finding", ...]:
        from perftui.tui.work.drafting import found_in_draft

        return found_in_draft(self._screen.bench, cell, text)
