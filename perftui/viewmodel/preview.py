"""The printed pages of the whole document as a grid of lines."""

from typing import TYPE_CHECKING

from perftui.model.document import Location
from perftui.model.width import cell_len
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.grid import CellView, GridView, RowView

if TYPE_CHECKING:
    from perftui.viewmodel.page_drawing import PageLine

_PAPER = 100
"""Cells that a page is wide at most: paper is higher than wide, and longer lines are hard to read."""


def preview_view(shown: DocumentView, width: int) -> GridView:
    """The pages, drawn from the same description that is written as DOCX; a line can be entered for what it shows."""
    from perftui.exchange.layout import lay_out  # the start does not wait for what lays out pages
    from perftui.viewmodel.page_drawing import draw

    lines = draw(lay_out(shown.document, shown.form), min(width, _PAPER), ascii_frames=shown.ascii_frames)
    rows = [_row(number, line) for number, line in enumerate(lines)]
    return GridView(rows=rows, width=max((row.cells[-1].x + row.cells[-1].width for row in rows), default=0))


def _row(number: int, line: "PageLine") -> RowView:
    cells = []
    x = 0
    for span in line.spans:
        width = cell_len(span.text)
        cells.append(CellView(text=span.text, x=x, width=width, tone=span.tone, place=span.place))
        x += width
    if not any(cell.place for cell in cells):
        line_place = Location(file="", path=(str(number),))
        cells.insert(0, CellView(text="", x=0, width=0, place=line_place))
    return RowView(cells=tuple(cells))


def page_place(cell: CellView) -> Location | None:
    """The field that a cell of the preview shows; ``None`` for a bare line."""
    return cell.place if cell.place and cell.place.file else None
