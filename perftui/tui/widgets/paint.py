"""One line of a grid as a strip: pure painting, no widget."""

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from perftui.model.frozen import frozen
from perftui.model.width import fit, fit_number
from perftui.tui.widgets.tones import CURSOR, OFFER, STYLES
from perftui.viewmodel.grid import CellView, GridView, RowView, Tone

Highlight = Callable[[int], Style | None]
"""The style laid over the cell in a column, if any."""


@frozen
class Overlay:
    """What is painted over a line: the text being edited."""

    x: int
    text: str
    style: Style


def cell_line(cell: CellView, line: int) -> str:
    """What a cell shows on one of its lines, exactly as wide as the cell."""
    text = cell.shown_text
    if pieces := cell.wrapped_lines:
        start, end = pieces[line] if line < len(pieces) else (0, 0)
        return fit(text[start:end].rstrip("\n"), cell.width, cell.align)
    if line > 0:
        return " " * cell.width
    return fit_number(text, cell.width) if cell.number and cell.align == "right" else fit(text, cell.width, cell.align)


def row_strip(
    view: GridView, row: RowView, line: int, left: int, width: int, highlight: Highlight, overlay: Overlay | None = None
) -> Strip:
    """One line of a row; the part behind the frozen columns is scrolled sideways by ``left`` cells."""
    frozen = [column for column, cell in enumerate(row.cells) if cell.x < view.frozen]
    moving = [column for column, cell in enumerate(row.cells) if cell.x >= view.frozen]
    fixed = _strip(row, frozen, line, 0, width, highlight)
    strip = _strip(row, moving, line, view.frozen, width, highlight)
    if overlay:
        strip = _laid_over(strip, overlay, view.frozen)
    scrolled = strip.crop_extend(left, left + max(0, width - view.frozen), Style.null())
    return Strip.join([fixed.adjust_cell_length(view.frozen), scrolled]) if view.frozen else scrolled


def _strip(row: RowView, columns: list[int], line: int, start: int, width: int, highlight: Highlight) -> Strip:
    segments: list[Segment] = []
    at = start
    for column in columns:
        cell, over = row.cells[column], highlight(column)
        edge = over is CURSOR and not _is_marked_whole(cell, line, width)
        if cell.x > at:
            segments.append(Segment(" " * (cell.x - at - edge), Style.null()))
            segments += [Segment(" ", CURSOR)] if edge else []
        style = _style(cell, last=line == row.height - 1)
        segments.append(Segment(cell_line(cell, line), style if over is None or edge else style + over))
        at = cell.x + cell.width
    return Strip(segments, at - start)


def _style(cell: CellView, *, last: bool) -> Style:
    """The look of a cell's line; a title has its rule below the ``last`` one."""
    if cell.tone is Tone.HEAD and not last:
        return Style.null()
    return OFFER if cell.shown_text and not cell.text else STYLES[cell.tone]


def _is_marked_whole(cell: CellView, line: int, width: int) -> bool:
    """Does the cursor invert all of a cell's line? Of a cell with more in it than a window's line, the first alone.

    The others are marked at their edge: a step over a slow line stays cheap.
    """
    return line == 0 or (line + 1) * cell.width <= width


def _laid_over(strip: Strip, overlay: Overlay, start: int) -> Strip:
    over = Strip([Segment(overlay.text, overlay.style)])
    x = overlay.x - start
    end = x + over.cell_length
    length = max(end, strip.cell_length)
    padded = strip.extend_cell_length(length) if strip.cell_length < length else strip
    return Strip.join([padded.crop(0, x), over, padded.crop(end, length)])
