"""The place that a text takes up in the grid while it is typed into a cell."""

from dataclasses import dataclass
from functools import cached_property

from perftui.model.textedit import TextEdit
from perftui.model.width import cell_len, fit
from perftui.tui.widgets.paint import Overlay
from perftui.tui.widgets.tones import EDITED
from perftui.viewmodel.grid import CellView

_IN_PLACE = 30
"""Cells; a cell of a form is as wide, and its text is wrapped where it stands."""
_BOX = 60
"""The most cells of a box."""


@dataclass(frozen=True, kw_only=True)
class CellEdit:
    """A text over its cell. Columns are those of the grid, lines those of the window, all in terminal cells.

    A text of one line goes over its neighbours at the right. One that is longer is shown in a box of several lines
    over the sheet, so that the caret and both sides of it are in sight.
    """

    edit: TextEdit
    cell: CellView
    left: int
    """The first column in sight that scrolls."""
    right: int
    """The column behind the last one in sight."""
    first: int
    """The line in which the cell's row begins."""
    lines: int
    """The lines in sight."""

    @property
    def is_in_place(self) -> bool:
        """Does its row grow with it?"""
        return self.cell.wrapped and self.cell.width >= _IN_PLACE

    @cached_property
    def is_box(self) -> bool:
        """Does it lie over the rows below?"""
        shown = self.edit.shown
        return not self.is_in_place and ("\n" in shown or cell_len(shown) + 1 > self._room)

    @property
    def _room(self) -> int:
        """What one line has, up to the window's right."""
        return max(self.cell.width, self.right - self.cell.x - 1)

    @cached_property
    def width(self) -> int:
        """The cells of a line."""
        if self.is_in_place:
            return self.cell.width
        if self.is_box:
            return max(self.cell.width, min(_BOX, self.right - self.left - 1))
        return max(self.cell.width, cell_len(self.edit.shown) + 1)

    @property
    def x(self) -> int:
        """The column in which its lines begin."""
        return max(self.left, min(self.cell.x, self.right - self.width - 1)) if self.is_box else self.cell.x

    @property
    def height(self) -> int:
        """The lines of the text."""
        return len(self._pieces)

    @cached_property
    def _pieces(self) -> tuple[tuple[int, int], ...]:
        return self.edit.lines(self.width)

    @cached_property
    def _position(self) -> tuple[int, int]:
        return self.edit.position(self.width)

    @property
    def _top(self) -> int:
        """The line of the window in which the text begins; a box that would end below it is moved up."""
        return max(0, min(self.first, self.lines - self.height)) if self.is_box else self.first

    @property
    def _hidden(self) -> int:
        """The first lines of a box that is higher than the window."""
        return max(0, self._position[0] - self.lines + 1) if self.is_box else 0

    @property
    def caret_line(self) -> int:
        """The line of its row in which the caret stands."""
        return self._position[0] if self.is_in_place else 0

    @property
    def caret(self) -> tuple[int, int]:
        """Column and line of the caret."""
        line, column = self._position
        return self.x + column, self._top + line - self._hidden

    def overlay(self, y: int, *, in_row: bool) -> Overlay | None:
        """What is painted over a line of the window; ``in_row``: the line is one of the cell's row."""
        line = y - self._top + self._hidden
        if self.is_box:
            return self._overlay(line) if self._hidden <= line < self.height else None
        return self._overlay(line) if in_row and (line == 0 or self.cell.wrapped) else None

    def index_at(self, x: int, y: int) -> int | None:
        """The place in the text at a column of the grid and a line of the window; ``None`` beside the text."""
        column, line = x - self.x, y - self._top + self._hidden
        if not (0 <= column < self.width and 0 <= line < self.height):
            return None
        return self.edit.index_at(self._pieces[line], column)

    def _overlay(self, line: int) -> Overlay:
        start, end = self._pieces[line] if line < self.height else (0, 0)
        width = self.width if self.is_in_place or line < self.height else self.cell.width
        return Overlay(x=self.x, text=fit(self.edit.shown[start:end].rstrip("\n"), width), style=EDITED)
