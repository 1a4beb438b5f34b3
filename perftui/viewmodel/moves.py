"""Where the cursor goes in a grid: pure functions of the view and a place (row, column)."""

from collections.abc import Callable, Iterator

from perftui.viewmodel.grid import CellView, GridView, addressed

Place = tuple[int, int]
"""Row and column of a cell."""


def cell_at(view: GridView, at: Place) -> CellView | None:
    """The cell at a place; ``None`` outside."""
    row, column = at
    if 0 <= row < len(view.rows) and 0 <= column < len(view.rows[row].cells):
        return view.rows[row].cells[column]
    return None


def first(view: GridView) -> Place:
    """The first cell that Tab stops at, else the first that can be entered."""
    start = next_stop(view, (0, -1))
    if start is not None:
        return start
    return next(((row, column) for row in range(len(view.rows)) for column, _cell in _enterable(view, row)), (0, 0))


def position(view: GridView, row: int) -> tuple[int, int]:
    """Which of the rows that can be entered a row is, from 1, and how many there are."""
    return addressed(view.rows).position(row)


def last_row(view: GridView, at: Place) -> Place:
    """The last row, at the same place in it."""
    return _vertical(view, (len(view.rows), at[1]), -1, x=_x(view, at)) or at


def first_row(view: GridView, at: Place) -> Place:
    """The first row, at the same place in it."""
    return _vertical(view, (-1, at[1]), 1, x=_x(view, at)) or at


def next_stop(view: GridView, at: Place, step: int = 1) -> Place | None:
    """The next cell that Tab stops at, over the rows' ends; ``None`` behind the last."""
    row, column = at
    while 0 <= row < len(view.rows):
        cells = view.rows[row].cells
        column += step
        while 0 <= column < len(cells):
            if cells[column].place is not None and cells[column].stop:
                return row, column
            column += step
        row += step
        if 0 <= row < len(view.rows):
            column = -1 if step > 0 else len(view.rows[row].cells)
    return None


def sideways(view: GridView, at: Place, step: int) -> Place:
    """The next cell in the row that can be entered; the same where there is none."""
    row, column = at
    if not 0 <= row < len(view.rows):
        return at
    cells = view.rows[row].cells
    column += step
    while 0 <= column < len(cells):
        if cells[column].place is not None:
            return row, column
        column += step
    return at


def row_end(view: GridView, at: Place, step: int) -> Place:
    """The first (-1) or last (+1) cell of the row that can be entered."""
    while (moved := sideways(view, at, step)) != at:
        at = moved
    return at


def edge(view: GridView, at: Place, key: str) -> Place:
    """Where the data ends in the direction of an arrow, as in a spreadsheet: of a run its end, else the next filled."""
    x = _x(view, at)
    step: Callable[[Place], Place]
    if key in ("up", "down"):
        step = lambda place: vertical(view, place, 1 if key == "down" else -1, x)  # noqa: E731
    else:
        step = lambda place: sideways(view, place, 1 if key == "right" else -1)  # noqa: E731
    found = step(at)
    in_run = _is_filled(view, at) and _is_filled(view, found)
    while (further := step(found)) != found:
        if in_run and not _is_filled(view, further):
            break
        if not in_run and _is_filled(view, found):
            break
        found = further
    return found


def corner(view: GridView, step: int) -> Place:
    """The first (-1) or the last (+1) cell of the sheet that can be entered."""
    rows = range(len(view.rows)) if step < 0 else range(len(view.rows) - 1, -1, -1)
    for row in rows:
        columns = [column for column, _cell in _enterable(view, row)]
        if columns:
            return row, columns[0 if step < 0 else -1]
    return 0, 0


def _is_filled(view: GridView, at: Place) -> bool:
    cell = cell_at(view, at)
    return cell is not None and bool(cell.edit_text)


def vertical(view: GridView, at: Place, step: int, x: int | None = None) -> Place:
    """The nearest cell in the next row up or down that can be entered; the same where there is none."""
    return _vertical(view, at, step, x=_x(view, at) if x is None else x) or at


def below_in_table(view: GridView, at: Place, run_start: int | None) -> Place | None:
    """Where Enter goes in a table: down, in the column where a run of Tabs began; ``None`` in its last row."""
    start = at if run_start is None else (at[0], run_start)
    found = vertical(view, at, 1, _x(view, start))
    return found if found[0] > at[0] and view.rows[found[0]].table == view.rows[at[0]].table else None


def _x(view: GridView, at: Place) -> int:
    cell = cell_at(view, at)
    return cell.x if cell else 0


def _vertical(view: GridView, at: Place, step: int, x: int) -> Place | None:
    row = at[0] + step
    while 0 <= row < len(view.rows):
        column = _nearest(view, row, x)
        if column is not None:
            return row, column
        row += step
    return None


def _nearest(view: GridView, row: int, x: int) -> int | None:
    entered = [(abs(cell.x - x), column) for column, cell in _enterable(view, row)]
    return min(entered)[1] if entered else None


def _enterable(view: GridView, row: int) -> Iterator[tuple[int, CellView]]:
    return ((column, cell) for column, cell in enumerate(view.rows[row].cells) if cell.place is not None)
