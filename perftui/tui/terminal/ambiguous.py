"""Characters of ambiguous width as two cells, where the terminal draws them so: in Rich and Textual, and in our layout.

Every width that Rich or Textual reckon comes from Rich's table of characters, which is replaced for that.
"""

from functools import cache
from unicodedata import east_asian_width

from rich import cells as rich_cells
from rich._unicode_data import load
from rich.cells import CellTable, cached_cell_len, get_character_cell_size

from perftui import locale
from perftui.model import width
from perftui.tui.terminal import cells

_LOOKED_AT = (range(0x80, 0x10000), range(0x1F100, 0x1F200))
_PRIVATE_PLANES = ((0xF0000, 0xFFFFD, 2), (0x100000, 0x10FFFD, 2))
_ONE_CELL = rich_cells._is_single_cell_widths
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))


def count_ambiguous(count: int) -> None:
    """Reckon with so many cells, 1 or 2, from now on; what is on the screen must be laid out again."""
    replaced = vars(rich_cells)
    replaced["load_cell_table"] = load if count == 1 else _wide_table
    replaced["_is_single_cell_widths"] = _ONE_CELL if count == 1 else _ASCII.issuperset
    for cached in (get_character_cell_size, cached_cell_len, cells.is_unusual, cells.run_of):
        cached.cache_clear()
    width.count_ambiguous(count)
    locale.draw_signs(wide=count == 2)


@cache
def _wide_table(version: str = "auto") -> CellTable:
    """Rich's table with every ambiguous character that is one cell in it as two."""
    table = load(version)
    known = {point for start, end, count in table.widths for point in range(start, min(end, 0x1F200) + 1) if count != 1}
    wide = [
        (point, point, 2)
        for points in _LOOKED_AT
        for point in points
        if point not in known and east_asian_width(chr(point)) == "A"
    ]
    kept = [entry for entry in table.widths if entry[2] != 1]
    return table._replace(widths=sorted([*kept, *wide, *_PRIVATE_PLANES]))
