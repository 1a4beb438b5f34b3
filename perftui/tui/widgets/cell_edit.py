"""The place that a text takes up in the grid while it is typed into a cell."""

from dataclasses import dataclass

from perftui.model.textedit import TextEdit
from perftui.model.width import boundary_at, cell_len, fit, index_at
from perftui.tui.widgets.paint import Overlay
from perftui.tui.widgets.tones import EDITED
from perftui.viewmodel.grid import CellView


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """A text over its cell. Widths are terminal cells."""

    edit: TextEdit
    cell: CellView
    room: int
    """From the left of the cell to the right of the window."""

    @property
    def width(self) -> int:
        """A text of one line may go over its neighbours at the right."""
        if self.cell.wrapped:
            return self.cell.width
        room = max(self.cell.width, self.room - 1)
        return min(room, max(self.cell.width, cell_len(self.edit.shown) + 1))

    @property
    def height(self) -> int:
        """The lines of the text."""
        return len(self.edit.lines(self.cell.width)) if self.cell.wrapped else 1

    @property
    def _start(self) -> int:
        """The first character shown of one line that is longer than its place: the caret is always in sight."""
        return first_shown(self.edit.shown[: self.edit.caret], self.width)

    @property
    def caret(self) -> tuple[int, int]:
        """Column and line of the caret inside the cell."""
        if self.cell.wrapped:
            row, column = self.edit.position(self.width)
            return column, row
        return cell_len(self.edit.shown[self._start : self.edit.caret]), 0

    def index_at(self, column: int, line: int) -> int | None:
        """The place in the text at a cell of what is painted; ``None`` outside of it."""
        if not (0 <= column < self.width and 0 <= line < self.height):
            return None
        if self.cell.wrapped:
            return self.edit.index_at(self.edit.lines(self.width)[line], column)
        return self._start + index_at(self.edit.shown[self._start :], column)

    def overlay(self, line: int) -> Overlay:
        """What is painted over a line of the cell."""
        width = self.width
        if not self.cell.wrapped:
            shown = self.edit.shown[self._start :]
            text = shown[: index_at(shown, width)]
        else:
            pieces = self.edit.lines(width)
            start, end = pieces[line] if line < len(pieces) else (0, 0)
            text = self.edit.shown[start:end].rstrip("\n")
        return Overlay(x=self.cell.x, text=fit(text, width), style=EDITED)


def first_shown(before: str, width: int) -> int:
    """The index from which a text is shown so that its caret, behind ``before``, stands within ``width`` cells."""
    hidden = cell_len(before) - width + 1
    if hidden <= 0:
        return 0
    start = index_at(before, hidden)
    return start if cell_len(before[:start]) >= hidden else boundary_at(before, min(start + 1, len(before)))
