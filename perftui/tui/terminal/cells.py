"""Text as cells of the screen, with the widths that layout uses (``rich.cells``)."""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rich.cells import get_character_cell_size, split_graphemes

from perftui.tui.terminal.style import CellStyle, of_blank

Cell = tuple[str, CellStyle]
"""What stands in a cell; the right half of a wide character has empty text."""

Row = list[Cell | None]
"""The cells of a line; None where it is not known what stands there."""


class Run(NamedTuple):
    """A text of one style as cells."""

    joined: str
    """Zero-width characters at the start: they belong to the cell before the run."""
    cells: tuple[Cell, ...]
    unusual: bool
    """Is there a character whose width terminals do not agree upon?"""


@lru_cache(maxsize=8192)
def is_unusual(text: str, *, ambiguous: int = 1) -> bool:
    """May a terminal draw this (the text of one cell) in another width than layout thinks?

    ``ambiguous`` is the number of cells in which this terminal draws characters of ambiguous width.
    """
    if len(text) != 1:
        return text != ""
    if text.isascii():
        return False
    width_class = unicodedata.east_asian_width(text)
    if width_class == "A" and get_character_cell_size(text) != ambiguous:
        return True
    if unicodedata.category(text)[0] in "MC" or get_character_cell_size(text) == 0:
        return True
    point = ord(text)
    # Emoji became wide in Unicode 9; many terminals follow older tables.
    return 0x1F000 <= point < 0x20000 or (0x2300 <= point < 0x2E80 and width_class == "W")


@lru_cache(maxsize=4096)
def run_of(text: str, style: CellStyle) -> Run:
    """The cells of a text in one style."""
    blank = (" ", of_blank(style))
    if text.isascii():
        return Run("", tuple(blank if character == " " else (character, style) for character in text), unusual=False)
    joined, unusual = "", False
    cells: list[Cell] = []
    for start, end, width in split_graphemes(text)[0]:
        grapheme = text[start:end]
        if width == 0 and not cells:
            joined += grapheme
            continue
        cells.append(blank if grapheme == " " else (grapheme, style))
        cells.extend([("", style)] * (width - 1))
        unusual = unusual or is_unusual(grapheme)
    return Run(joined, tuple(cells), unusual)


def place(row: Row, x: int, run: Run) -> int:
    """Write a run into a row from column ``x`` on, as a terminal does; the column after it.

    What does not fit is cut. Half a wide character cannot stay: the other half becomes a blank.
    """
    cells = list(run.cells[: max(len(row) - x, 0)])
    end = x + len(cells)
    if run.joined and 0 < x <= len(row):
        _join(row, x - 1, run.joined)
    if not cells:
        return x + len(run.cells)
    _blank_half(row, x - 1, at_right=row[x])
    if end < len(row):
        _blank_half(row, end, at_right=row[end])
    elif len(cells) < len(run.cells) and run.cells[len(cells)][0] == "":
        cells[-1] = (" ", of_blank(cells[-1][1]))
    row[x:end] = cells
    return x + len(run.cells)


def _blank_half(row: Row, at: int, *, at_right: Cell | None) -> None:
    """``at_right`` is the cell at the cut: if a wide character spans the cut, what remains of it becomes blank."""
    cell = row[at] if at >= 0 else None
    if at_right is not None and at_right[0] == "" and cell is not None:
        row[at] = (" ", of_blank(cell[1]))


def _join(row: Row, at: int, joined: str) -> None:
    while at > 0 and (cell := row[at]) is not None and cell[0] == "":
        at -= 1
    cell = row[at]
    if cell is not None:
        row[at] = (cell[0] + joined, cell[1])
