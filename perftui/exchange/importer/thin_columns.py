"""Grid columns too thin to hold anything: edges that were meant to be one, drawn or rounded a little apart."""

from bisect import bisect_left
from collections.abc import Sequence

from lxml import etree

from perftui.exchange.importer.paragraphs import first, number, value
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.word import names

Rows = tuple[tuple[SourceCell, ...], ...]

_GRID, _COLUMN, _WIDTH = names("tblGrid"), names("gridCol"), names("w")
_THIN = 30
"""Of a column, in twentieths of a point: half a millimetre."""


def without_thin_columns(table: etree._Element, rows: Rows) -> Rows:
    """The rows by the columns that are left; as they were where a cell would be left without any."""
    grid = first(table, _GRID)
    columns = () if grid is None else grid.iterchildren(*_COLUMN)
    thin = [at for at, one in enumerate(columns) if number(value(one, _WIDTH), 0, _THIN) < _THIN]
    if not thin:
        return rows
    moved = tuple(tuple(_moved(cell, thin) for cell in row) for row in rows)
    return rows if any(cell.span < 1 for row in moved for cell in row) else moved


def _moved(cell: SourceCell, thin: Sequence[int]) -> SourceCell:
    begin, end = (at - bisect_left(thin, at) for at in (cell.column, cell.column + cell.span))
    return cell._replace(column=begin, span=end - begin)
