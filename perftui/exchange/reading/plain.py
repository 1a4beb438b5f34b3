"""Tables that hold nothing but cells and text, as most do, read in one go: several times faster than step by step."""

from lxml import etree

from perftui.exchange.reading.content import GridCell
from perftui.exchange.reading.imported import ImportRefused
from perftui.exchange.reading.walk import BREAK_TYPES, number, value
from perftui.exchange.reading.word import CELL, DOWN, PARAGRAPH, PLAIN, ROW, SPAN, TEXT, names
from perftui.locale import _

MOST_COLUMNS = 64
"""Word's own limit is 63; a larger span is cut."""
MOST_CELLS = 200_000
"""Of one table with all that are nested in it."""

_TABS = names("tab")


class _Rows:
    """The rows so far, and the cell that is open."""

    def __init__(self) -> None:
        self.rows: list[tuple[GridCell, ...]] = []
        self._cells: list[GridCell] = []
        self._column = self._count = 0
        self._open = False
        self.pieces: list[str] = []
        self.paragraphs = 0
        self.span = 1
        self.merged = False

    def row(self) -> None:
        self._close_cell()
        if self._cells:
            self.rows.append(tuple(self._cells))
        self._cells, self._column = [], 0

    def cell(self) -> None:
        self._close_cell()
        self._count += 1
        if self._count > MOST_CELLS or len(self._cells) > 4 * MOST_COLUMNS:
            raise ImportRefused(_("文档里的一个表格或一段文字太大，没有读入"))
        self._open, self.pieces, self.paragraphs, self.span, self.merged = True, [], 0, 1, False

    def _close_cell(self) -> None:
        if self._open:
            text = "".join(self.pieces)
            self._cells.append(GridCell(text=text, column=self._column, span=self.span, merged=self.merged))
            self._column += self.span
            self._open = False


def plain_rows(table: etree._Element) -> tuple[tuple[GridCell, ...], ...]:
    """The rows of a table in which no other elements matter than those of ``PLAIN``. Raises ImportRefused."""
    rows = _Rows()
    for element in table.iterdescendants(*PLAIN):
        tag = element.tag
        if tag in TEXT:
            rows.pieces.append(element.text or "")
        elif tag in PARAGRAPH:
            if rows.paragraphs:
                rows.pieces.append("\n")
            rows.paragraphs += 1
        elif tag in CELL:
            rows.cell()
        elif tag in ROW:
            rows.row()
        elif tag in SPAN:
            rows.span = number(value(element), 1, MOST_COLUMNS)
        elif tag in DOWN:
            rows.merged = value(element) != "restart"
        elif tag in _TABS:
            rows.pieces.append("\t")
        elif value(element, BREAK_TYPES) not in ("page", "column"):
            rows.pieces.append("\n")
    rows.row()
    return tuple(rows.rows)
