"""Findings and a suggestion for the text being typed, asked after half a second without a key.

Asked at every key they would flicker.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.timer import Timer

from perftui.model.record import Record
from perftui.tui.state.app_state import AppState
from perftui.tui.state.live_review import FEW_ROWS
from perftui.viewmodel.grid import CellView

if TYPE_CHECKING:
    from perftui.review.finding import Finding

_RESTS = 0.5
"""Seconds without a key after which the text is reviewed."""

_Said = tuple["Finding", ...]
_Look = Callable[[], _Said]


class DraftReview:
    """The text being typed with its findings and the suggestion that F3 takes; both stand until the next review."""

    def __init__(
        self,
        state: AppState,
        set_timer: Callable[[float, Callable[[], None]], Timer],
        changed: Callable[[], None],
        background: "Callable[[str, _Look, Callable[[_Said], None]], None]",
    ) -> None:
        """``changed`` is called when something else is said or offered than before.

        ``background``: does in a thread what takes long, the review of a file with very many rows.
        """
        self._state = state
        self._set_timer = set_timer
        self._background = background
        self._changed = changed
        self._timer: Timer | None = None
        self._typed: tuple[CellView, str] | None = None
        self.said: tuple[Finding, ...] = ()
        self.offered = ""
        """The text that F3 takes in place of what was typed; "" where nothing is shown."""

    @property
    def text(self) -> str | None:
        """The text being typed; ``None`` where nothing is."""
        return self._typed[1] if self._typed else None

    def left(self) -> None:
        """Nothing is being typed any more."""
        if self._timer is not None:
            self._timer.stop()
        self._typed, self.said, self.offered = None, (), ""

    def typed(self, cell: CellView, text: str) -> None:
        """The text has changed."""
        if self._timer is not None:
            self._timer.stop()
        begins, self._typed = self._typed is None, (cell, text)
        self.offered = self._kept(cell, text)
        if begins and text and text == cell.edit_text:
            self._look()  # what was said of the cell stays while it is mended
        self._timer = self._set_timer(_RESTS, self.rest)

    def rest(self) -> None:
        """Review the text, and show the result where it differs from the last one."""
        if self._typed is None:
            return
        offered = self._offered(*self._typed)
        if offered != self.offered:
            self.offered = offered
            self._changed()
        self._look()

    def _look(self) -> None:
        from perftui.tui.state.draft_findings import draft_to_review

        typed = self._typed
        assert typed is not None
        look, place = draft_to_review(self._state, *typed), typed[0].place

        def found(said: "_Said") -> None:
            if self._typed is typed and said != self.said:
                self.said = said
                self._changed()

        record = self._state.record_of(place.file) if place is not None else Record()
        if sum(map(len, record.groups.values())) > FEW_ROWS:
            self._background("draft", look, found)
        else:
            found(look())

    def _offered(self, cell: CellView, text: str) -> str:
        from perftui.tui.state.templates import first_offered

        return first_offered(self._state, cell, text) if text else ""

    def _kept(self, cell: CellView, text: str) -> str:
        """What is offered, while it goes on with the text."""
        from perftui.tui.state.templates import is_still_offered

        return self.offered if text and self.offered and is_still_offered(cell, text, self.offered) else ""
