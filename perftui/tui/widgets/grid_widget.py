"""The painting half of the grid widget: a view, the cursor's place, what is in sight, the text typed over it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget

from perftui.model.document import Location
from perftui.model.textedit import TextEdit
from perftui.model.width import cut, fit
from perftui.tui.widgets.cell_edit import CellEdit
from perftui.tui.widgets.paint import Overlay, row_strip
from perftui.tui.widgets.row_lines import RowLines
from perftui.tui.widgets.tones import CURSOR, SELECTED, STYLES
from perftui.viewmodel import moves
from perftui.viewmodel.grid import EMPTY, AddressedRows, CellView, GridView, RowView, Tone, addressed, find_place


class Popup(Protocol):
    """What lies over the grid at times and then takes its keys.

    The grid keeps the focus: a key typed right behind the one that opens or closes it would else go astray.
    """

    @property
    def is_open(self) -> bool:
        """Does it lie over the grid now?"""

    @property
    def is_typed(self) -> bool:
        """Does it take a text?"""

    @property
    def is_field(self) -> bool:
        """Is that text its answer? Else it is looked for in a list."""

    def by_hand(self) -> AbstractContextManager[None]:
        """What it asks meanwhile, a person has asked for."""

    def reopen(self) -> None:
        """Lie over the grid again, as before it was closed."""

    def take_key(self, event: events.Key) -> bool:
        """A key for it; False where the grid shall have it after all."""

    def take_paste(self, text: str) -> bool:
        """A pasted text for it."""


class GridWidget(Widget):
    """Paints a view; only the rows that change are painted again."""

    DEFAULT_CSS = "GridWidget { height: 1fr; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.view: GridView = EMPTY
        self.at: moves.Place = (0, 0)
        """Row and column of the cursor."""
        self.edit: TextEdit | None = None
        """The text being typed into the cell under the cursor."""
        self._anchor: moves.Place | None = None
        """Where the selection was begun."""
        self._top = 0
        self._left = 0
        self._tall: Sequence[int] = ()
        """For each row the lines up to its end, where rows may have several."""
        self.popup: Popup | None = None

    # ---- what is shown

    def show(self, view: GridView, place: Location | None = None, *, anew: bool = False) -> None:
        """Show a view; the cursor goes to a place, or stays where it is.

        ``anew``: it is another screen, which begins with the same project or at its first field.
        """
        before = self.cell
        self.view = view
        self._tall = addressed(view.rows).ends
        here = before.place if before else None
        found = find_place(view, place) or find_place(view, here)
        if anew and found is None:
            found = find_place(view, here and replace(here, path=())) or moves.first(view)
        self.at = found or self._clamped()
        self._anchor = None
        self._settle()
        self.refresh()

    @property
    def cell(self) -> CellView | None:
        """The cell under the cursor, if it can be entered."""
        cell = moves.cell_at(self.view, self.at)
        return cell if cell is not None and cell.place is not None else None

    @property
    def place(self) -> Location | None:
        """What that cell stands for."""
        cell = self.cell
        return cell.place if cell is not None else None

    @property
    def row(self) -> RowView | None:
        """The row under the cursor."""
        return self.view.rows[self.at[0]] if self.at[0] < len(self.view.rows) else None

    def selected(self) -> list[list[CellView]]:
        """The selected cells, row by row; the current one where nothing is selected."""
        top, left, bottom, right = self.selection
        found = []
        for row in self.view.rows[top : bottom + 1]:
            cells = [cell for cell in row.cells[left : right + 1] if cell.place is not None]
            if cells:
                found.append(cells)
        return found

    def _clamped(self) -> moves.Place:
        if not self.view.rows:
            return (0, 0)
        row = min(self.at[0], len(self.view.rows) - 1)
        here = (row, min(self.at[1], len(self.view.rows[row].cells) - 1))
        cell = moves.cell_at(self.view, here)
        if cell is not None and cell.place is not None:
            return here
        return moves.vertical(self.view, (row + 1, here[1]), -1) if row else moves.first(self.view)

    @property
    def selection(self) -> tuple[int, int, int, int]:
        """Top, left, bottom and right of what is selected, as rows and columns; the current cell alone otherwise."""
        (row, column), (row2, column2) = self.at, self._anchor or self.at
        return min(row, row2), min(column, column2), max(row, row2), max(column, column2)

    # ---- painting

    @property
    def _header(self) -> int:
        """Lines of the header."""
        return self.view.header.height if self.view.header else 0

    @property
    def _body(self) -> int:
        """Lines between header and footer."""
        return max(1, self.size.height - self._header - len(self.view.footer))

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        width = self.size.width
        first = self._header
        if self.view.header is not None and y < first:
            return row_strip(self.view, self.view.header, y, self._left, width, _plain)
        if (foot := y - self.size.height + len(self.view.footer)) >= 0:
            return row_strip(self.view, self.view.footer[foot], 0, self._left, width, _plain)
        line = self._top + y - first
        lines = self.lines
        number = lines.row_at(line)
        overlay = self.typed.overlay(y - first, in_row=number == self.at[0]) if self.typed else None
        if number is None:
            return self._outside(y - first, width, overlay)
        row, offset = self.view.rows[number], line - lines.first(number)
        strip = row_strip(
            self.view, row, offset, self._left, width, lambda column: self._style(number, column), overlay
        )
        whole = _style_of_whole(self, number, row)
        return strip if whole is None else Strip([Segment(strip.extend_cell_length(width).text, whole)])

    def _outside(self, line: int, width: int, overlay: Overlay | None) -> Strip:
        if overlay is not None:
            return row_strip(self.view, RowView(cells=()), 0, self._left, width, _plain, overlay)
        text = self.view.empty if line == 1 and not self.view.rows else ""
        return Strip.blank(width) if not text else _text_strip(cut(text, width), width)

    def _style(self, row: int, column: int) -> Style | None:
        if (row, column) == self.at and self.edit is None:
            return CURSOR
        if self._anchor is not None:
            top, left, bottom, right = self.selection
            if top <= row <= bottom and left <= column <= right:
                return SELECTED
        return None

    # ---- lines and scrolling

    @property
    def typed(self) -> CellEdit | None:
        """The text being typed over its cell."""
        cell = self.cell
        if self.edit is None or cell is None:
            return None
        row = self.at[0]
        return CellEdit(
            edit=self.edit, cell=cell, left=self.view.frozen + self._left, right=self.size.width + self._left,
            first=(self._row_ends[row - 1] if row else 0) - self._top, lines=self._body,
        )  # fmt: skip

    @property
    def _row_ends(self) -> Sequence[int]:
        """For each row the number of lines up to its end."""
        return self._tall or range(1, len(self.view.rows) + 1)

    @property
    def lines(self) -> RowLines:
        """The lines of the rows; the one being edited is as high as its text needs."""
        typed, row = self.typed, self.at[0]
        ends = self._row_ends
        if typed is None or not typed.is_in_place:
            return RowLines(ends=ends)
        others = [other for other in self.view.rows[row].cells if other is not typed.cell]
        height = max(typed.height, *(len(other.wrapped_lines) for other in others), 1)
        return RowLines(ends=ends, edited=row, grown=height - self.view.rows[row].height)

    def cell_at(self, x: int, y: int) -> moves.Place | None:
        """The row and column that can be entered at a place of the widget; ``None`` where there is none."""
        body = self.size.height - len(self.view.footer)
        number = self.lines.row_at(self._top + y - self._header) if self._header <= y < body else None
        if number is None:
            return None
        x += self._left if x >= self.view.frozen else 0
        cells = enumerate(self.view.rows[number].cells)
        hit = [column for column, cell in cells if cell.place is not None and cell.x <= x < cell.x + max(cell.width, 1)]
        if not hit and self.view.row_cursor:
            hit = [column for column, cell in enumerate(self.view.rows[number].cells) if cell.place is not None]
        return (number, hit[0]) if hit else None

    def index_at(self, x: int, y: int) -> int | None:
        """The index in the text being typed at a place of the widget; ``None`` where it is not painted."""
        typed, body = self.typed, self.size.height - len(self.view.footer)
        if typed is None or not self._header <= y < body:
            return None
        x += self._left if x >= self.view.frozen else 0
        return typed.index_at(x, y - self._header)

    def _settle(self) -> None:
        """Scroll so that the cursor is in sight, and put the terminal's cursor where text goes in."""
        if not self.size.height:
            return
        self._settle_rows()
        top, left = self._top, self._left
        if self.view.rows:
            caret = self.typed.caret_line if self.typed else 0
            self._top = self.lines.scrolled(self._top, self.at[0], caret, self._body)
            if self.at == moves.first(self.view) and self.lines.first(self.at[0]) < self._body:
                self._top = 0
        self._scroll_sideways()
        if (top, left) != (self._top, self._left):
            self.refresh()
        self._place_cursor()

    def _settle_rows(self) -> None:
        """What is near the cursor takes its numbers for good; the cursor, and what is in sight, go with their rows."""
        rows, (row, column) = self.view.rows, self.at
        if isinstance(rows, AddressedRows) and rows:
            begun = self._anchor or self.at
            now, anchor = rows.settle((row, begun[0]), 2 * self.size.height)
            self.at, self._top = (now, column), self._top + now - row
            if self._anchor is not None:
                self._anchor = anchor, begun[1]

    def _scroll_sideways(self) -> None:
        cell = self.cell
        if cell is None or self.view.width <= self.size.width:
            self._left = 0
        elif cell.x >= self.view.frozen:
            self._left = in_sight(self._left, cell, self.view.frozen, self.size.width - self.view.frozen)

    @property
    def is_covered(self) -> bool:
        """Do keys and the terminal's cursor belong to what lies over the grid?"""
        return self.popup is not None and self.popup.is_open

    def _place_cursor(self) -> None:
        if self.is_covered:
            return
        cell, typed = self.cell, self.typed
        line = (self.lines.first(self.at[0]) if self.view.rows else 0) - self._top
        x, y = typed.caret if typed else (cell.x if cell else 0, line)
        self._put_cursor(x - (self._left if cell and cell.x >= self.view.frozen else 0), y + self._header)

    def _put_cursor(self, column: int, line: int) -> None:
        """Put the terminal's cursor on a cell of the widget."""
        self.app.cursor_position = self.content_region.offset + Offset(column, line)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._settle()

    def on_focus(self) -> None:
        """The terminal's cursor comes back to the grid."""
        self._place_cursor()

    def uncovered(self) -> None:
        """What lay over the grid is gone: the terminal's cursor comes back."""
        self._place_cursor()

    def _refresh_row(self, row: int) -> None:
        if 0 <= row < len(self.view.rows):
            lines = self.lines
            self.refresh(Region(0, lines.first(row) - self._top + self._header, self.size.width, lines.height(row)))


def _style_of_whole(grid: GridWidget, number: int, row: RowView) -> Style | None:
    """The look of a row that is marked as one: of a list, and what spans the sheet."""
    if (grid.view.row_cursor or row.whole) and number == grid.at[0] and grid.cell is not None:
        return CURSOR
    if grid._anchor is None or not grid.view.row_cursor or row.key is None:
        return None
    top, _left, bottom, _right = grid.selection
    return SELECTED if top <= number <= bottom else None


def _plain(_column: int) -> Style | None:
    return None


def _text_strip(text: str, width: int) -> Strip:
    return Strip([Segment(fit(text, width), STYLES[Tone.DIM])])


def in_sight(left: int, cell: CellView, frozen: int, room: int) -> int:
    """How far a sheet is scrolled sideways, in cells, to show a cell in the ``room`` beside the frozen columns."""
    left = max(0, min(left, cell.x - frozen))
    return max(left, min(cell.x + cell.width, cell.x + room) - frozen - room)
