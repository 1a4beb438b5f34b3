"""What the lines that a window has left over are used for: texts that their columns cut are wrapped."""

from collections.abc import Sequence
from dataclasses import replace

from perftui.model.width import cell_len
from perftui.viewmodel.grid import CellView, GridView, RowView, wrapped_row


def in_room(view: GridView, lines: int) -> GridView:
    """The view with its cut texts wrapped, where all of it then stands in so many lines; else as it is.

    All or nothing: a table of which some rows are cut and others not would look like one with gaps.
    """
    room = lines - len(view.footer) - int(view.header is not None)
    if len(view.rows) > room:
        return view
    rows = wrapped_rows(view.rows)
    return replace(view, rows=rows) if sum(row.height for row in rows) <= room else view


def wrapped_rows(rows: Sequence[RowView]) -> Sequence[RowView]:
    """The rows with the texts wrapped that their columns cut."""
    return [_row(row) if any(map(_is_cut, row.cells)) else row for row in rows]


def _row(row: RowView) -> RowView:
    cells = [replace(cell, wrapped=True) if _is_cut(cell) else cell for cell in row.cells]
    return replace(row, cells=tuple(cells), height=wrapped_row(cells).height)


def _is_cut(cell: CellView) -> bool:
    return not cell.wrapped and cell.align == "left" and cell_len(cell.shown_text) > cell.width
