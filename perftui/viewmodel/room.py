"""What the lines of a high window are used for: whitespace, a rule above the sums, and whole texts."""

from collections.abc import Sequence
from dataclasses import replace

from perftui.model.width import cell_len
from perftui.viewmodel.grid import AddressedRows, CellView, GridView, JoinedRows, RowView, Tone, thin_rule, wrapped_row

_HIGH = 30
"""From so many lines on there is room for whitespace."""
_BLANK = RowView(cells=(CellView(),))


def with_whitespace(view: GridView, lines: int, *, ascii_only: bool) -> GridView:
    """The view in a high window: a blank line before each part of a form, a thin rule above the sums of a sheet."""
    if lines < _HIGH:
        return view
    columns = (view.header or view.footer[0]).cells if view.footer else ()
    rule = [replace(thin_rule(cell.width, ascii_only=ascii_only), x=cell.x) for cell in columns if cell.text]
    above = [RowView(cells=tuple(rule))] if rule else []
    return replace(view, rows=_parted(view.rows), footer=(*above, *view.footer))


def _parted(rows: Sequence[RowView], begin: int = 0) -> Sequence[RowView]:
    """A blank line before each heading but one in the very first row; ``begin``: 0 where the first of all is here."""
    if isinstance(rows, JoinedRows):
        return JoinedRows([_parted(part, number) for number, part in enumerate(rows.parts)])
    if isinstance(rows, AddressedRows):
        return rows
    found: list[RowView] = []
    for number, row in enumerate(rows, begin):
        if number and row.cells and row.cells[0].tone is Tone.GROUP:
            found.append(_BLANK)
        found.append(row)
    return found


def in_room(view: GridView, lines: int) -> GridView:
    """The view with its cut texts wrapped, where all of it then stands in so many lines; else as it is.

    All or nothing: a table of which some rows are cut and others not would look like one with gaps.
    """
    room = lines - len(view.footer) - (view.header.height if view.header else 0)
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
    return bool(cell.text) and not cell.wrapped and cell.align == "left" and cell_len(cell.shown_text) > cell.width
