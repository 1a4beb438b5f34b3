"""Tables that hold nothing but cells and text, as most do, read in one go: several times faster than step by step."""

from enum import Enum, auto

from lxml import etree

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.paragraphs import BREAK_TYPES, number, value
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.word import CELL, DOWN, PARAGRAPH, PLAIN, ROW, SPAN, TEXT, names
from perftui.locale import _

MOST_COLUMNS = 64
"""Word's own limit is 63; a larger span is cut."""
MOST_CELLS = 200_000
"""Of one table with all that are nested in it."""

_MOST_IN_ROW = 4 * MOST_COLUMNS


class _Tag(Enum):
    """What an element of a plain table is."""

    TEXT = auto()
    PARAGRAPH = auto()
    CELL = auto()
    ROW = auto()
    SPAN = auto()
    DOWN = auto()
    TAB = auto()
    BREAK = auto()


_KINDS = {
    **dict.fromkeys(TEXT, _Tag.TEXT),
    **dict.fromkeys(PARAGRAPH, _Tag.PARAGRAPH),
    **dict.fromkeys(CELL, _Tag.CELL),
    **dict.fromkeys(ROW, _Tag.ROW),
    **dict.fromkeys(SPAN, _Tag.SPAN),
    **dict.fromkeys(DOWN, _Tag.DOWN),
    **dict.fromkeys(names("tab"), _Tag.TAB),
    **dict.fromkeys((*names("br"), *names("cr")), _Tag.BREAK),
}


def plain_rows(table: etree._Element) -> tuple[tuple[SourceCell, ...], ...]:
    """The rows of a table in which no other elements matter than those of ``PLAIN``. Raises ImportRefused."""
    rows: list[list[_Open]] = []
    cells: list[_Open] = []
    cell = _Open()  # what stands outside of any cell goes with this one
    count = 0
    is_text, is_paragraph, is_cell, is_row = _Tag.TEXT, _Tag.PARAGRAPH, _Tag.CELL, _Tag.ROW
    for element in table.iterdescendants(*PLAIN):
        kind = _KINDS[element.tag]
        if kind is is_text:
            cell.pieces.append(element.text or "")
        elif kind is is_paragraph:
            if cell.begun:
                cell.pieces.append("\n")
            cell.begun = True
        elif kind is is_cell:
            cell = _Open()
            cells.append(cell)
            count += 1
            if count > MOST_CELLS or len(cells) > _MOST_IN_ROW:
                raise ImportRefused(_("文档里的一个表格或一段文字太大，没有读入"))
        elif kind is is_row:
            cells = []
            rows.append(cells)
        else:
            _detail(cell, kind, element)
    return tuple(_placed(row) for row in rows if row)


class _Open:
    """A cell while its elements go by."""

    __slots__ = ("begun", "merged", "pieces", "span")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.begun = self.merged = False
        self.span = 1


def _detail(cell: _Open, kind: _Tag, element: etree._Element) -> None:
    """What few cells have."""
    if kind is _Tag.SPAN:
        cell.span = number(value(element), 1, MOST_COLUMNS)
    elif kind is _Tag.DOWN:
        cell.merged = value(element) != "restart"
    elif kind is _Tag.TAB:
        cell.pieces.append("\t")
    elif value(element, BREAK_TYPES) not in ("page", "column"):
        cell.pieces.append("\n")


def _placed(cells: list[_Open]) -> tuple[SourceCell, ...]:
    """A row's cells with the columns that they stand in."""
    made = []
    column = 0
    for cell in cells:
        made.append(SourceCell("".join(cell.pieces), column, cell.span, cell.merged))
        column += cell.span
    return tuple(made)
