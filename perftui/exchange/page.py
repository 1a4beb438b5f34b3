"""The printed page as plain values: what the DOCX writer, the preview and ``show`` all draw.

A layout turns a document into a ``PrintedPart``; nothing here knows forms, records or Word.
Lengths are millimetres. Text may hold ``\\n`` (a line break inside its paragraph) and ``\\t``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 37.0, 35.0, 28.0, 26.0
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
"""Width between the margins, 156 mm: what the columns of a full-width table add up to."""
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
OWN_AUTHOR = "perftui"
"""Who made the comments in the margin that are this program's."""
LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT = TEXT_HEIGHT, TEXT_WIDTH
"""The same of a page that lies on its long side: it is turned with its margins."""


class StyleName(StrEnum):
    """What a paragraph is; ``page_styles`` says how each looks."""

    __hash__ = str.__hash__  # an enum's own is written in Python: a third of the time of an export

    COVER_TITLE = "cover-title"
    COVER_TEXT = "cover-text"
    CONTENTS_TITLE = "contents-title"
    TITLE = "title"
    """第一部分 …: outline level 1."""
    HEADING1 = "heading-1"
    """一、…: outline level 2."""
    HEADING2 = "heading-2"
    """（一）…: outline level 3."""
    HEADING3 = "heading-3"
    """1、…: outline level 4, not in the contents."""
    HEADING_PROJECT = "heading-project"
    """N、… over a project's tables: outline level 2, always begins a page."""
    BODY = "body"
    BODY_PLAIN = "body-plain"
    """Body text without the first-line indent."""
    TABLE_TEXT = "table-text"
    TABLE_HEAD = "table-head"
    """Labels of a table: the table's text, centred."""
    TABLE_SMALL = "table-small"
    """The text of a long list behind the document."""


class Align(StrEnum):
    """Horizontal place of text in its column."""

    __hash__ = str.__hash__

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class VAlign(StrEnum):
    """Vertical place of text in its cell."""

    __hash__ = str.__hash__

    TOP = "top"
    MIDDLE = "center"
    BOTTOM = "bottom"


@frozen
class Paragraph:
    """A paragraph of text. One with a heading's style enters the contents and gets a bookmark by itself."""

    text: str
    style: StyleName = StyleName.BODY
    source: FieldPath | None = None
    """The field shown, for the preview to jump to and for errors to name."""
    record: str = ""
    """Whose field ``source`` is: a project's file name, ``""`` for the department."""
    page_break_before: bool | None = None
    """It begins a page; None: as the style says."""
    keep_next: bool = False
    """Stays on the page of what follows (headings do so anyhow)."""


class TableCell(NamedTuple):
    """A cell of a table, given once, at its top left corner, with the columns and rows that it covers.

    A tuple, for a long document has a hundred thousand of them. Its text comes first, its source last: what stands
    between them is its shape.
    """

    text: str = ""
    col_span: int = 1
    row_span: int = 1
    align: Align | None = None
    """None: as the style says."""
    valign: VAlign = VAlign.MIDDLE
    style: StyleName | None = None
    """None: the table's."""
    source: FieldPath | None = None
    """The field shown; its record is the table's."""


@frozen
class TableRow:
    """A row: the cells that begin in it, from left to right; places covered from above are left out."""

    cells: tuple[TableCell, ...]
    header: bool = False
    """Repeated at the top of every page the table goes on to; only the first rows of a table can be."""
    unbreakable: bool = True
    """Not broken across pages, unless it is taller than half a page."""
    bordered: bool = True
    """The cells that begin in it have borders."""
    height: float | None = None
    """At least this high, mm; None: as high as its text."""

    @property
    def look(self) -> tuple[bool, bool, bool, float | None]:
        """All but its cells."""
        return self.header, self.unbreakable, self.bordered, self.height


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of fixed column widths."""

    columns: tuple[float, ...]
    """Widths in mm; ``shares`` makes them from parts."""
    rows: tuple[TableRow, ...]
    style: StyleName = StyleName.TABLE_TEXT
    """The text style of cells that have none of their own."""
    record: str = ""
    """Whose fields the cells' sources are: a project's file name, ``""`` for the department."""
    adjoins: bool = False
    """It stands right under the table before it: the two look like one."""

    @cached_property
    def shape(self) -> "TableShape":
        """What it has in common with those that differ from it in words only."""
        rows = tuple([(*row.look, tuple([cell[1:-1] for cell in row.cells])) for row in self.rows])
        return _shape((self.columns, self.style, rows))


@frozen
class Contents:
    """The table of contents stands here. Its entries follow from the headings (``page_measure.contents``)."""


@frozen
class Section:
    """A new section begins here, on a new page."""

    numbered: bool = True
    """Its pages carry their number at the foot."""
    start: int | None = None
    """The number of its first page; None: counting goes on."""
    landscape: bool = False
    """Its pages lie on their long side."""


@frozen
class ReadyCover:
    """A cover that an office made: it is not set here, and its words are only known."""

    texts: tuple[str, ...]
    """Its paragraphs, as a reader finds them."""
    markup: str
    """As its program wrote it."""
    ends_section: bool = False
    """Its pages are a section of their own, which ends with it."""


Block = Paragraph | Table | Contents | Section | ReadyCover


@frozen
class MarginNote:
    """What a reviewer says of a field: a comment in the margin, at the place where the field is printed."""

    record: str
    """Whose field it is: a project's file name, ``""`` for the department."""
    path: FieldPath
    """The field, or a row or group of fields; ``()`` for the whole record."""
    text: str
    by: str = ""
    """Who says so; "": this program."""
    date: str = ""
    """The day, as ``2021-11-30``; "" where nobody knows."""


@frozen
class PrintedPart:
    """A document ready to be drawn."""

    title: str
    """The document's name, as its file's properties show it."""
    blocks: Iterable[Block]
    """Top to bottom. Gone through more than once: a tuple, or an object whose ``__iter__`` makes them anew, so that
    a thousand projects need not stand in memory at a time."""
    stamp: str = ""
    """Small print under every page number: which version of the data this is."""
    draft: bool = False
    """The stamp is also at the foot of the pages without numbers: cover and contents."""
    notes: tuple[MarginNote, ...] = ()
    printed_from: Callable[[str], str] | None = None
    """For its way back from Word: the values that a record, ``""`` for the department, is printed from, as text."""


@dataclass(frozen=True, slots=True)
class CellSlot:
    """A place of a table's grid: the cell seen there."""

    cell: TableCell
    row: int
    """The row that this slot is in."""
    column: int
    """The first column that the cell covers."""
    top: int
    """The row that the cell begins in."""

    @property
    def covered(self) -> bool:
        """The cell began in a row above: here is only its continuation."""
        return self.top < self.row


_CellKey = tuple[int, int, Align | None, VAlign, StyleName | None]
_RowKey = tuple[bool, bool, bool, float | None, tuple[_CellKey, ...]]
_Key = tuple[tuple[float, ...], StyleName, tuple[_RowKey, ...]]


@dataclass(frozen=True, slots=True)
class TableShape:
    """Everything of a table but its words and sources: tables of one shape share markup and measures."""

    key: _Key
    hashed: int = field(compare=False)
    """Made once: what is remembered by shape is asked for once a table."""

    def __hash__(self) -> int:
        return self.hashed

    def sample(self) -> Table:
        """A table of this shape, without words."""
        columns, style, rows = self.key
        made = tuple(
            TableRow(
                cells=tuple(TableCell("", *cell) for cell in cells),
                header=header,
                unbreakable=unbreakable,
                bordered=bordered,
                height=height,
            )
            for header, unbreakable, bordered, height, cells in rows
        )
        return Table(columns=columns, rows=made, style=style)


@lru_cache(maxsize=256)
def _shape(key: _Key) -> TableShape:
    return TableShape(key, hash(key))


class GeometryError(ValueError):
    """The cells of a table do not fill its grid exactly."""


def grid(table: Table) -> tuple[tuple[CellSlot, ...], ...]:
    """For each row all cells seen in it from left to right, also those that began above. Raises GeometryError."""
    width = len(table.columns)
    reaching: dict[int, CellSlot] = {}  # column -> the cell from above that covers it in the coming row
    rows = []
    for number, row in enumerate(table.rows):
        slots = _row_slots(row, number, width, reaching)
        reaching = {slot.column: slot for slot in slots if slot.top + slot.cell.row_span > number + 1}
        rows.append(slots)
    if reaching:
        raise GeometryError(_("表格末行之后还有合并单元格"))
    return tuple(rows)


def _row_slots(row: TableRow, number: int, width: int, reaching: dict[int, CellSlot]) -> tuple[CellSlot, ...]:
    slots: list[CellSlot] = []
    waiting = iter(row.cells)
    column = 0
    while column < width:
        above = reaching.get(column)
        if above is not None:
            slot = CellSlot(above.cell, number, column, above.top)
        else:
            cell = next(waiting, None)
            if cell is None:
                raise GeometryError(_("表格第 {row} 行的单元格不够").format(row=number + 1))
            slot = CellSlot(cell, number, column, number)
            _check_spans(slot, width, reaching)
        slots.append(slot)
        column += slot.cell.col_span
    if next(waiting, None) is not None:
        raise GeometryError(_("表格第 {row} 行的单元格太多").format(row=number + 1))
    return tuple(slots)


def _check_spans(slot: CellSlot, width: int, reaching: dict[int, CellSlot]) -> None:
    spans, end = slot.cell, slot.column + slot.cell.col_span
    if spans.col_span < 1 or spans.row_span < 1:
        raise GeometryError(_("表格第 {row} 行有跨度小于 1 的单元格").format(row=slot.row + 1))
    if end > width or any(slot.column < column < end for column in reaching):
        raise GeometryError(_("表格第 {row} 行的单元格重叠或超出表格").format(row=slot.row + 1))


def shares(parts: Sequence[float], total: float = TEXT_WIDTH) -> tuple[float, ...]:
    """Column widths in mm that share ``total`` as ``parts`` do."""
    whole = sum(parts)
    return tuple(total * part / whole for part in parts)
