"""What a sheet or a form shows: rows of cells with places, as plain frozen values.

Projects, funds, plan, indicators, department, findings and the one-project form are all grids;
one widget draws them. All x and widths are terminal cells.
"""

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import accumulate
from typing import Literal

from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.width import wrap
from perftui.viewmodel.lazy_sequence import LazySequence

GAP = 1
"""Cells between two columns."""

OFFERED, COMPUTED = "?", "="
"""The signs before what nobody typed there: what is offered, which is not written yet, and what is computed."""

CARET = 1
"""Cells kept free behind a wrapped text, for the caret at the end of a full line."""

Align = Literal["left", "right", "center"]


class Tone(StrEnum):
    """What kind of thing a cell shows; the widget turns it into colours."""

    PLAIN = "plain"
    LABEL = "label"
    HEAD = "head"
    GROUP = "group"
    DIM = "dim"
    LOCKED = "locked"
    TOTAL = "total"
    ACCENT = "accent"
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    GOOD = "good"
    RULE = "rule"


@frozen
class NewRow:
    """A row that is shown but not stored: typing into it makes it."""

    values: tuple[tuple[str, str], ...] = ()
    """What the new row begins with."""
    index: int = 0
    """Where the new row goes among the group's rows."""


@frozen
class CellView:
    """One cell."""

    text: str = ""
    """What is shown; line breaks only where ``wrapped``."""
    sign: str = ""
    """Stands before the text and is no part of it: so that what is grey can be told apart without colours."""
    x: int = 0
    width: int = 0
    align: Align = "left"
    tone: Tone = Tone.PLAIN
    place: Location | None = None
    """What it shows, where the cursor may enter it; ``None``: the cursor passes over it."""
    editable: bool = False
    typed: str | None = None
    """What editing begins with, where that is not the text shown."""
    label: str = ""
    """What people call the field."""
    offer: str = ""
    """A dim text that one key takes."""
    hint: str = ""
    """A dim text that only tells what a blank field means."""
    stop: bool = True
    """Does Tab stop at it? Only a category that the form gives to a row nobody has written yet is passed over."""
    number: bool = False
    """It shows a number: where the column is too narrow it is shown as ``###``, never cut."""
    wrapped: bool = False
    """The text goes over as many lines as it needs."""
    multiline: bool = False
    """A person may break lines in it."""
    limit: int = 2000
    """The most characters it takes."""
    ghost: NewRow | None = None

    @property
    def edit_text(self) -> str:
        """What editing begins with."""
        return self.text if self.typed is None else self.typed

    @property
    def shown_text(self) -> str:
        """What is shown: the text, or where nothing stands a dim one; with its sign, so that none looks like data."""
        if self.text:
            return f"{self.sign}{self.text}"
        return f"{OFFERED}{self.offer}" if self.offer else self.hint

    @property
    def wrapped_lines(self) -> tuple[tuple[int, int], ...]:
        """Where each line of a wrapped text begins and ends in what is shown; none of any other cell."""
        return wrap(self.shown_text, self.width) if self.wrapped and self.text else ()


@frozen
class RowView:
    """One row of cells, of one line or more."""

    cells: tuple[CellView, ...]
    key: Location | None = None
    """What the whole row stands for: a project, a table's row."""
    height: int = 1
    mark: Tone | None = None
    """The worst finding in the row."""
    whole: bool = False
    """It is one thing to choose, among rows that are not: the cursor marks all of it."""
    table: str = ""
    """The table that it is a row of, in which Enter goes down; "" for single fields: there Enter goes to the next."""


@frozen
class GridView:
    """A whole grid."""

    rows: Sequence[RowView]
    header: RowView | None = None
    footer: tuple[RowView, ...] = ()
    """Stay at the foot: the totals."""
    frozen: int = 0
    """Cells at the left that stay when the rest scrolls sideways; the width of the frozen columns."""
    width: int = 0
    """The width of the whole grid; what is wider than the screen scrolls sideways."""
    row_cursor: bool = False
    """A list to choose from: the cursor goes up and down only."""
    enter_down: bool = True
    """Enter goes down in tables; else it goes on to the next field there too."""
    empty: str = ""
    """What is said where there are no rows."""


SHEET = "*"
"""The table of a sheet that is one table as a whole."""


class AddressedRows(LazySequence[RowView]):
    """Rows of one line each that are made when they are looked at, and know which of them may show a place."""

    heads = 0
    """So many at the top cannot be entered."""

    @abstractmethod
    def of_place(self, place: Location) -> Sequence[int]:
        """The numbers of the rows that may show a place."""

    @property
    def ends(self) -> Sequence[int]:
        """For each row the number of lines up to its end; nothing where all have one line."""
        return ()

    def position(self, row: int) -> tuple[int, int]:
        """Which of the rows that can be entered a row is, from 1, and how many there are."""
        return row + 1 - self.heads, len(self) - self.heads

    def settle(self, rows: Sequence[int], room: int) -> Sequence[int]:
        """Let all from the first to the last of some rows, and ``room`` beside, take their numbers for good.

        Returns the numbers of those rows then.
        """
        return rows


class LazyRows(AddressedRows):
    """Rows of one line each, made when they are looked at: a screen shows twenty of ten thousand."""

    def __init__(self, files: Sequence[str], make: Callable[[int], RowView], heads: int = 0) -> None:
        """``files``: what each row is about. ``make`` gives the row with a number, from 0."""
        self._files = files
        self._make = make
        self.heads = heads
        self._made: dict[int, RowView] = {}

    def __len__(self) -> int:
        return len(self._files)

    def _item(self, number: int) -> RowView:
        row = self._made.get(number)
        if row is None:
            row = self._made[number] = self._make(number)
        return row

    def of_place(self, place: Location) -> Sequence[int]:
        """The numbers of a file's rows."""
        return [number for number, file in enumerate(self._files) if file == place.file]


class ListedRows(LazyRows):
    """The rows of a table in one file: a place is looked for among their ids, and no row is made for that."""

    def __init__(self, table: Location, ids: Sequence[str], make: Callable[[int], RowView]) -> None:
        super().__init__(ids, make)
        self._table = table
        self._numbers: dict[str, int] = {}

    def of_place(self, place: Location) -> Sequence[int]:
        """The number of a row; of the whole table, or the whole file, that of the first."""
        if place.file != self._table.file or place.path[:1] not in ((), self._table.path):
            return ()
        if len(place.path) < 2:
            return range(min(1, len(self)))
        self._numbers = self._numbers or {name: number for number, name in enumerate(self._files)}
        number = self._numbers.get(place.path[1])
        return () if number is None else (number,)


class JoinedRows(AddressedRows):
    """Rows one below another: some that are there and may have several lines, and tables whose rows have one each."""

    def __init__(self, parts: Sequence[Sequence[RowView]]) -> None:
        self.parts = [part for part in parts if part]
        self._starts = list(accumulate(map(len, self.parts), initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    def _item(self, number: int) -> RowView:
        part = bisect_right(self._starts, number) - 1
        return self.parts[part][number - self._starts[part]]

    def of_place(self, place: Location) -> Sequence[int]:
        """The numbers of the rows that may show a place."""
        return [start + number for start, part in zip(self._starts, self.parts, strict=False)
                for number in _numbers_of(part, place)]  # fmt: skip

    @property
    def ends(self) -> Sequence[int]:
        """For each row the number of lines up to its end."""
        heights: list[int] = []
        for part in self.parts:
            heights += [1] * len(part) if isinstance(part, AddressedRows) else [row.height for row in part]
        return list(accumulate(heights))

    def position(self, row: int) -> tuple[int, int]:
        """Which of the rows that can be entered a row is, from 1, and how many there are."""
        before = whole = 0
        for start, part in zip(self._starts, self.parts, strict=False):
            numbers: Sequence[int] = range(len(part))
            if not isinstance(part, AddressedRows):
                numbers = [number for number, one in enumerate(part) if one.key is not None]
            before += bisect_right(numbers, row - start)
            whole += len(numbers)
        return before, whole


def addressed(rows: Sequence[RowView]) -> AddressedRows:
    """Rows as such that know their places: those that are there, of whatever height, are one part."""
    return rows if isinstance(rows, AddressedRows) else JoinedRows([rows])


EMPTY = GridView(rows=())


def repeated_sign(*, ascii_only: bool) -> str:
    """The sign before what says the same as the row above."""
    return "^" if ascii_only else "↑"


def thin_rule(cells: int, *, ascii_only: bool) -> CellView:
    """A thin line so many cells long."""
    return CellView(text=("-" if ascii_only else "─") * cells, width=cells, tone=Tone.RULE)


def find_place(view: GridView, place: Location | None) -> tuple[int, int] | None:
    """Row and column of the cell that shows a place; of a row, a table or a project its first cell."""
    if place is None:
        return None
    within: tuple[int, int] | None = None
    rows = [(number, view.rows[number]) for number in addressed(view.rows).of_place(place)]
    for number, row in rows:
        for column, cell in enumerate(row.cells):
            if cell.place == place:
                return number, column
            if within is None and cell.place is not None and cell.place.is_in(place):
                within = number, column
    row_found = next((number for number, row in rows if row.key == place and _first(row) >= 0), None)
    return within if row_found is None else (row_found, _first(view.rows[row_found]))


def _numbers_of(rows: Sequence[RowView], place: Location) -> Sequence[int]:
    """The numbers of the rows that may show a place."""
    if isinstance(rows, AddressedRows):
        return rows.of_place(place)
    return [number for number, row in enumerate(rows) if row.key is None or row.key.file == place.file]


def _first(row: RowView) -> int:
    return next((column for column, cell in enumerate(row.cells) if cell.place is not None), -1)


def placed(cells: Sequence[CellView], widths: Sequence[int], start: int = 0) -> tuple[CellView, ...]:
    """Cells side by side with their widths, a gap between them."""
    found = []
    x = start
    for cell, width in zip(cells, widths, strict=True):
        found.append(replace(cell, x=x, width=width))
        x += width + GAP
    return tuple(found)


def wrapped_row(cells: Sequence[CellView], key: Location | None = None, mark: Tone | None = None) -> RowView:
    """A row as high as its highest wrapped cell."""
    height = max(1, *(len(cell.wrapped_lines) for cell in cells))
    return RowView(cells=tuple(cells), key=key, height=height, mark=mark)
