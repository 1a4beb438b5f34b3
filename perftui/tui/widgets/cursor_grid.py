"""The grid with a cursor that moves and selects."""

from collections.abc import Callable

from perftui.model.document import Location
from perftui.tui.widgets.grid_widget import GridWidget
from perftui.tui.widgets.host_protocol import SheetHost
from perftui.viewmodel import moves
from perftui.viewmodel.grid import find_place

_BEYOND = 10**6
"""A column behind the last one of any row."""


class CursorGrid(GridWidget):
    """Moves the cursor and the selection; the host hears of it."""

    def __init__(self, host: SheetHost) -> None:
        super().__init__()
        self.host = host
        self.extending = False
        """The cursor's moves extend the selection."""
        self._run_start: int | None = None
        """The column in which a run of Tab was begun: Enter goes back there."""

    def go(self, place: Location, *, at_top: bool = False) -> bool:
        """Move the cursor to a place, ``at_top`` of what is in sight; False where the view does not show it."""
        self._run_start = None
        return self._go(place, at_top=at_top)

    def _go(self, place: Location, *, at_top: bool = False) -> bool:
        found = find_place(self.view, place)
        if found:
            if at_top:
                self._top = self.lines.first(found[0])
                self.refresh()
            self._move(found)
        return found is not None

    def _move(self, at: moves.Place, *, extend: bool = False) -> None:
        before, selecting = self.at, self._anchor is not None
        self.extending = self.extending and selecting  # a view shown since has ended the selection
        if extend or self.extending:
            self._anchor = self._anchor or self.at
        else:
            self._anchor = None
        self.at = at
        self._settle()
        if selecting or self._anchor is not None:
            self.refresh()
        else:
            self._refresh_row(before[0])
            self._refresh_row(at[0])
        self.host.cursor_moved(self.cell)

    def next(self, step: int = 1) -> None:
        """Go to the next place that Tab stops at; beyond the last one the host may know more."""
        found = moves.next_stop(self.view, self.at, step)
        if found is None:
            self.host.past_end(step)
            return
        if self._run_start is None or self.view.rows[found[0]].table != self.view.rows[self.at[0]].table:
            self._run_start = self.at[1] if found[0] == self.at[0] else found[1]
        self._move(found)

    def _page(self, step: int) -> None:
        at, line = self.at, self.lines.first(self.at[0])
        while (further := moves.vertical(self.view, at, step)) != at:
            if at != self.at and abs(self.lines.first(further[0]) - line) >= self._body:
                break
            at = further
        if at != self.at:
            self._move(at)
        elif not self.host.beyond(step):
            self.host.at_edge(None)

    def go_first(self) -> None:
        """Move the cursor to the first field."""
        self._move(moves.first(self.view))

    # ---- selecting

    @property
    def is_selecting(self) -> bool:
        """Is more selected than the cell under the cursor?"""
        return self._anchor is not None and self._anchor != self.at

    def keep_selection(self, show: Callable[[], None]) -> None:
        """What is selected stays so while another view is shown, as far as that shows it too."""
        anchor = self._anchor
        begun = moves.cell_at(self.view, anchor) if anchor is not None else None
        show()
        is_whole = anchor is not None and anchor[1] == _BEYOND
        self._anchor = find_place(self.view, begun.place) if begun is not None else anchor if is_whole else None
        self._settle_rows()
        self.refresh()

    def toggle_extending(self) -> None:
        """Begin, or end, selecting with the arrows; what is selected stays so until the cursor moves."""
        self.extending = not (self.extending and self._anchor is not None)
        self._anchor = self.at if self.extending else self._anchor
        self.refresh()

    def select_all(self) -> None:
        """Select the sheet, however many cells its rows have; the cursor stands in its last row."""
        self._anchor, self.extending = (0, _BEYOND), False
        self._move(moves.row_end(self.view, moves.corner(self.view, 1), -1), extend=True)

    def end_selection(self) -> None:
        """Select nothing any more."""
        self.extending, self._anchor = False, None

    # ---- keys

    def target(self, key: str) -> moves.Place | None:
        """Where an arrow or its like moves the cursor; ``None`` for another key."""
        match key:
            case "up" | "down":
                return moves.vertical(self.view, self.at, 1 if key == "down" else -1)
            case "left" | "right" if not self.view.row_cursor:
                return moves.sideways(self.view, self.at, 1 if key == "right" else -1)
            case "home" | "end" if not self.view.row_cursor:
                return moves.row_end(self.view, self.at, 1 if key == "end" else -1)
            case "home" | "ctrl+home" if self.view.row_cursor:
                return moves.first_row(self.view, self.at)
            case "end" | "ctrl+end" if self.view.row_cursor:
                return moves.last_row(self.view, self.at)
            case "ctrl+home" | "ctrl+end":
                return moves.corner(self.view, 1 if key == "ctrl+end" else -1)
            case "ctrl+up" | "ctrl+down":
                return moves.edge(self.view, self.at, key.removeprefix("ctrl+"))
            case "ctrl+left" | "ctrl+right" if not self.view.row_cursor:
                return moves.edge(self.view, self.at, key.removeprefix("ctrl+"))
        return None
