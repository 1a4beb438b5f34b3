"""Where the words and the frame of a printed table come in terminal cells, merged cells included."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from perftui.exchange.page import Align, CellSlot, Table, TableCell, VAlign, grid
from perftui.exchange.page_styles import STYLES
from perftui.model.record import FieldPath

Wrap = Callable[[str, int], list[str]]
"""The lines of a text in a column of so many cells."""

LEAST = 2
"""Cells of the narrowest column: one Chinese character."""
MOST = 16
"""Cells that the longest number may claim for its column."""

_WORD = re.compile(r"[0-9A-Za-z.\-]+")

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_JOINTS = " ╵╷│╴┘┐┤╶└┌├─┴┬┼"
"""The box character for each set of arms."""
_ASCII_JOINTS = " |||-+++-+++-+++"


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a cell's text; ``width`` is the cell's."""

    x: int
    width: int
    text: str
    align: Align
    cell: TableCell


class TableDrawing:
    """A table laid out in ``width`` cells, or in as many as its columns need at least."""

    def __init__(self, table: Table, width: int, wrap: Wrap) -> None:
        self.table = table
        self.slots = grid(table)
        self.edges = _edges(table, self.slots, width)
        self._wrap = wrap

    def __len__(self) -> int:
        """How many lines it has, borders counted."""
        return self.tops[-1] + self.heights[-1] + self._has_border(len(self.heights)) if self.heights else 0

    def line(self, number: int, *, ascii_frames: bool = False) -> tuple[str, list[Piece]]:
        """A line's frame, blank where text may come, and the text's pieces from left to right."""
        joints = _ASCII_JOINTS if ascii_frames else _JOINTS
        row = bisect_right(self.tops, number) - 1
        if row >= 0 and number < self.tops[row] + self.heights[row]:
            return self._frame(row, joints), self._pieces(row, number)
        return self._border(row + 1, joints), self._pieces(row + 1, number)

    def line_of(self, path: FieldPath) -> int | None:
        """The first line of a field, or of what there is in a row, a group or a record; ``None`` where it has none."""
        within = [slot for slot in self._own if slot.cell.source is not None and slot.cell.source[: len(path)] == path]
        found = [slot for slot in within if slot.cell.source == path] or within
        top = min((slot.row for slot in found), default=0)
        return min((self._begin(slot) for slot in found if slot.row == top), default=None)

    # ---- heights and places

    @cached_property
    def _own(self) -> list[CellSlot]:
        """Each cell once, in the row that it begins in."""
        return [slot for row in self.slots for slot in row if not slot.covered]

    @cached_property
    def _texts(self) -> dict[tuple[int, int], list[str]]:
        """The wrapped text of each cell, by row and column of its top left corner."""
        return {(slot.row, slot.column): self._wrap(slot.cell.text, self._width(slot)) for slot in self._own}

    @cached_property
    def heights(self) -> list[int]:
        """Lines of each row, borders not counted."""
        heights = [1] * len(self.slots)
        tall = []
        for slot in self._own:
            row, span, lines = slot.row, slot.cell.row_span, self._texts[slot.row, slot.column]
            if span == 1:
                heights[row] = max(heights[row], len(lines))
            else:
                tall.append((row, row + span, len(lines)))
        for first, end, needed in tall:
            borders = sum(self._has_border(row) for row in range(first + 1, end))
            heights[end - 1] += max(0, needed - sum(heights[first:end]) - borders)
        return heights

    @cached_property
    def tops(self) -> list[int]:
        """The first text line of each row, counted from the table's top."""
        tops, line = [], 0
        for number, height in enumerate(self.heights):
            line += self._has_border(number)
            tops.append(line)
            line += height
        return tops

    def _pieces(self, row: int, line: int) -> list[Piece]:
        """What the cells seen in a row, or reaching into it from above, have in one line."""
        found = []
        for slot in self.slots[row] if row < len(self.slots) else ():
            lines, cell = self._texts[slot.top, slot.column], slot.cell
            number = line - self._begin(slot)
            if 0 <= number < len(lines):
                align = cell.align or _style_align(self.table, cell)
                found.append(Piece(self.edges[slot.column] + 1, self._width(slot), lines[number], align, cell))
        return found

    def _begin(self, slot: CellSlot) -> int:
        """The first line of a cell's text."""
        last = slot.top + slot.cell.row_span - 1
        free = self.tops[last] + self.heights[last] - self.tops[slot.top] - len(self._texts[slot.top, slot.column])
        offset = {VAlign.TOP: 0, VAlign.MIDDLE: free // 2, VAlign.BOTTOM: free}[slot.cell.valign]
        return self.tops[slot.top] + offset

    def _width(self, slot: CellSlot) -> int:
        return self.edges[slot.column + slot.cell.col_span] - self.edges[slot.column] - 1

    # ---- the frame

    @cached_property
    def _cells(self) -> list[list[CellSlot]]:
        """The slot at each row and column."""
        return [[slot for slot in row for _column in range(slot.cell.col_span)] for row in self.slots]

    def _at(self, row: int, column: int) -> CellSlot:
        return self._cells[row][column]

    def _is_framed(self, row: int, column: int) -> bool:
        """The cell at this place has a frame: the row that it begins in says so."""
        inside = 0 <= row < len(self.slots) and 0 <= column < len(self.table.columns)
        return inside and self.table.rows[self._at(row, column).top].bordered

    def _across(self, row: int, column: int) -> bool:
        """A line runs over this column above this row."""
        if 0 < row < len(self.slots) and self._at(row, column).top < row:
            return False
        return self._is_framed(row - 1, column) or self._is_framed(row, column)

    def _down(self, row: int, edge: int) -> bool:
        """A line runs down this edge of columns beside this row."""
        if 0 < edge < len(self.table.columns) and self._at(row, edge).column < edge:
            return False
        return self._is_framed(row, edge - 1) or self._is_framed(row, edge)

    def _has_border(self, row: int) -> bool:
        return any(self._across(row, column) for column in range(len(self.table.columns)))

    def _frame(self, row: int, joints: str) -> str:
        cells = [" "] * (self.edges[-1] + 1)
        for number, x in enumerate(self.edges):
            if self._down(row, number):
                cells[x] = joints[_UP | _DOWN]
        return "".join(cells)

    def _border(self, row: int, joints: str) -> str:
        parts = []
        across = [self._across(row, column) for column in range(len(self.table.columns))]
        for number, x in enumerate(self.edges):
            left, right = number > 0 and across[number - 1], number < len(across) and across[number]
            up, down = row > 0 and self._down(row - 1, number), row < len(self.slots) and self._down(row, number)
            parts.append(joints[_UP * up | _DOWN * down | _LEFT * left | _RIGHT * right])
            if number < len(across):
                parts.append((joints[_LEFT | _RIGHT] if right else " ") * (self.edges[number + 1] - x - 1))
        return "".join(parts)


def _style_align(table: Table, cell: TableCell) -> Align:
    align = STYLES[cell.style or table.style].align
    return Align(align) if align in tuple(Align) else Align.LEFT


def _edges(table: Table, slots: tuple[tuple[CellSlot, ...], ...], width: int) -> list[int]:
    """Where the lines between the columns come."""
    widths = _widths(table.columns, _needs(table, slots), width - 1)
    return [int(place + 0.5) for place in accumulate(widths, initial=0.0)]


def _needs(table: Table, slots: tuple[tuple[CellSlot, ...], ...]) -> list[int]:
    """For each column its longest number or code, with the line beside it: these are not to be broken."""
    needs = [LEAST] * len(table.columns)
    for slot in (slot for row in slots for slot in row if slot.cell.col_span == 1):
        longest = max((len(word) for word in _WORD.findall(slot.cell.text)), default=0)
        needs[slot.column] = max(needs[slot.column], min(longest, MOST))
    return [need + 1 for need in needs]


def _widths(columns: tuple[float, ...], needs: list[int], room: int) -> list[float]:
    """Shares of ``room``; columns that need more get it from the others, as far as these have it to give."""
    if sum(needs) > room:
        needs = [LEAST + 1] * len(columns)
    if sum(needs) > room:
        return [float(need) for need in needs]
    fixed: dict[int, float] = {}
    while True:
        free = {number: share for number, share in enumerate(columns) if number not in fixed}
        left, whole = room - sum(fixed.values()), sum(free.values())
        short = {number: float(needs[number]) for number, share in free.items() if share / whole * left < needs[number]}
        if not short:
            shares = {number: share / whole * left for number, share in free.items()}
            return [fixed.get(number, shares.get(number, 0.0)) for number in range(len(columns))]
        fixed.update(short)
