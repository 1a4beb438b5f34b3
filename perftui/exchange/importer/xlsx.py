"""Reads the visible sheets of a workbook as paragraphs and tables, within bounds and with lxml alone."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.numbers import shown_number
from perftui.exchange.importer.own_workbook import MADE_BY, OwnSheets
from perftui.exchange.importer.package import Package, target_of
from perftui.exchange.importer.paragraphs import COMMENTS, PICTURES, TEXT_BOXES
from perftui.exchange.importer.sheet_blocks import SheetBlocks
from perftui.exchange.importer.sheet_comments import cell_of, commenters, placed, sheet_comments
from perftui.exchange.importer.source import Block, Dropped, SourceCell, SourceComment, SourceDocument, SourceTable
from perftui.exchange.importer.xml import children_of, parse_small
from perftui.locale import N_, _
from perftui.model.frozen import frozen

_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
MOST_ROWS = 5000
MOST_COLUMNS = 256
HIDDEN_SHEET = N_("隐藏的工作表")
_MOST_SHEETS = 200
_MOST_CELLS = 500_000
"""Of all sheets, with those that merges cover."""
_MOST_TEXT = 8 * 1024 * 1024
"""Characters of all sheets: a text that is stored once may stand in any number of cells."""
_DRAWINGS = "xl/drawings/drawing"
_MOST_PART = 24 * 1024 * 1024
_WORKBOOK, _PROPERTIES = "xl/workbook.xml", "docprops/core.xml"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a text says a character that XML cannot hold, and the underscore of what only looks like one."""


def _names(local: str) -> tuple[str, ...]:
    return tuple(f"{{{space}}}{local}" for space in _SPACES)


_SHEET, _SHEETS, _ROW, _CELL, _VALUE = _names("sheet"), _names("sheets"), _names("row"), _names("c"), _names("v")
_TEXT, _INLINE, _ITEM, _READING = _names("t"), _names("is"), _names("si"), _names("rPh")
_DATA, _MERGES, _MERGE = _names("sheetData"), _names("mergeCells"), _names("mergeCell")
_FORMATS, _FORMAT, _USES, _USE = _names("numFmts"), _names("numFmt"), _names("cellXfs"), _names("xf")
_WORKSHEET = _names("worksheet")


@frozen
class _Book:
    """What the cells of all sheets share."""

    strings: tuple[str, ...]
    formats: tuple[tuple[int, str], ...]
    """Number and code of the format of each style."""
    persons: Mapping[str, str] = field(default_factory=dict)
    """Who said something in threads, by their ids."""
    spent: list[int] = field(default_factory=lambda: [0, 0])
    """Cells and characters read so far."""

    def format_of(self, cell: etree._Element) -> tuple[int, str]:
        """Number and code of a cell's format."""
        style = _whole(cell.get("s", "0"))
        return self.formats[style] if style < len(self.formats) else (0, "")


class _Sheet(NamedTuple):
    """What stands in a sheet, by row and column from 0."""

    cells: dict[tuple[int, int], str]
    """The texts; blank cells are absent."""
    covered: dict[tuple[int, int], tuple[int, int]]
    """For each place that a merge covers the one that is seen there."""
    codes: dict[int, str]
    """By row the code of its first cell's format."""

    @property
    def used(self) -> range:
        """The rows from the first to the last with text."""
        rows = [row for row, _column in self.cells]
        return range(min(rows), max(rows) + 1) if rows else range(0)

    def rows(self, more: int = 0) -> tuple[tuple[SourceCell, ...], ...]:
        """The used rows, and some more below; a merge across is one cell in each of its rows."""
        width = max((column + 1 for _row, column in self.cells), default=0)
        numbers = range(self.used.start, self.used.stop + more)
        return tuple(_grid_row(self.cells, self.covered, row, width) for row in numbers)


def read_workbook(data: bytes) -> SourceDocument:
    """What the visible sheets of a workbook hold, merged cells marked. Raises ImportRefused."""
    package = Package(BytesIO(data))
    if _WORKBOOK not in package:
        raise ImportRefused(_("文件不是 Excel 工作簿（.xlsx）"))
    sheets = _sheets(package)
    shown = [name for name, hidden in sheets.items() if not hidden]
    if not shown:
        raise ImportRefused(_("工作簿里没有可以读的工作表"))
    book = _Book(strings=_strings(package), formats=_formats(package), persons=commenters(package, _WORKBOOK))
    own, foreign, literal = OwnSheets(), SheetBlocks(merges_known=True), _is_own(package)
    blocks: list[Block] = []
    comments: list[SourceComment] = []
    for name in shown:
        sheet = _sheet(package, name, book)
        rows = sheet.rows()
        codes = [sheet.codes.get(at, "") for at in sheet.used]
        made = tuple(own.of(rows, codes) if literal else foreign.of(rows))
        blocks += made
        comments += placed(sheet_comments(package, book.persons, name), rows, made, sheet.used.start)
    if literal:
        return SourceDocument(blocks=tuple(blocks), comments=tuple(comments), literal=True)
    dropped = tuple(_unseen(package, book, [name for name, hidden in sheets.items() if hidden]))
    left_out = Counter(_(one.kind) for one in dropped)
    if pictures := sum(name.startswith("xl/media/") for name in package.names):
        left_out[_(PICTURES)] = pictures
    return SourceDocument(blocks=tuple(blocks), comments=tuple(comments), dropped=dropped, left_out=left_out)


def _is_own(package: Package) -> bool:
    """Did this program make it?"""
    if _PROPERTIES not in package:
        return False
    root = parse_small(package.read(_PROPERTIES, _MOST_PART))
    return any(one.text == MADE_BY for one in root.iter("{*}keywords"))


def sheet_part(package: Package) -> str:
    """The part of the first sheet that is not hidden. Raises ImportRefused."""
    shown = [name for name, hidden in _sheets(package).items() if not hidden]
    if not shown:
        raise ImportRefused(_("工作簿里没有可以读的工作表"))
    return shown[0]


def read_sheet(data: bytes, *, blank_below: Callable[[int], int] = lambda _last: 0) -> SourceTable:
    """The first visible sheet as one table, its cells at their own places. Raises ImportRefused.

    ``blank_below``: how many blank rows below the last with text, whose number it gets, are the table's too.
    """
    package = Package(BytesIO(data))
    if _WORKBOOK not in package:
        raise ImportRefused(_("文件不是 Excel 工作簿（.xlsx）"))
    book = _Book(strings=_strings(package), formats=_formats(package))
    sheet = _sheet(package, sheet_part(package), book)
    more = blank_below(sheet.used.stop) if sheet.cells else 0
    return SourceTable(rows=sheet.rows(more), number=1, first=sheet.used.start)


def _sheet(package: Package, name: str, book: _Book) -> _Sheet:
    """One sheet. Raises ImportRefused."""
    sheet = _Sheet({}, {}, {})
    cells, covered = sheet.cells, sheet.covered
    merged = 0
    for part in children_of(package.chunks(name), _WORKSHEET):
        if part.tag in _DATA:
            for row in part.iterchildren(*_ROW):
                _read_row(row, book, sheet)
        elif part.tag in _MERGES:
            for merge in part.iterchildren(*_MERGE):
                area = _merge(merge.get("ref", ""))
                merged += len(area)  # each counts, also where they lie over each other
                _bound(book, merged, 0)
                covered.update(area)
    _bound(book, len(covered) + len(cells), sum(map(len, cells.values())))
    book.spent[0] += len(covered) + len(cells)
    book.spent[1] += sum(map(len, cells.values()))
    return sheet


def _bound(book: _Book, cells: int, characters: int) -> None:
    """No more cells and texts than a document may have, however often the file names one. Raises ImportRefused."""
    if book.spent[0] + cells > _MOST_CELLS or book.spent[1] + characters > _MOST_TEXT:
        raise ImportRefused(_("工作簿里的格子或文字太多，没有读入"))


def _sheets(package: Package) -> dict[str, bool]:
    """The parts of the sheets in their order, and whether each is hidden."""
    root = parse_small(package.read(_WORKBOOK, _MOST_PART))
    relations = {}
    if "xl/_rels/workbook.xml.rels" in package:
        for one in parse_small(package.read("xl/_rels/workbook.xml.rels", _MOST_PART)):
            relations[one.get("Id", "")] = target_of(_WORKBOOK, one.get("Target", ""))
    found: dict[str, bool] = {}
    for sheet in (sheet for sheets in root.iterchildren(*_SHEETS) for sheet in sheets.iterchildren(*_SHEET)):
        ids = (sheet.get(f"{{{space}}}id") for space in _RELATIONS)
        name = relations.get(next((one for one in ids if one), ""), "")
        if name in package and name.startswith("xl/"):
            found.setdefault(name, sheet.get("state", "visible") != "visible")
    if len(found) > _MOST_SHEETS:
        raise ImportRefused(_("工作簿里的工作表超过 {most} 个，没有读入").format(most=_MOST_SHEETS))
    return found


def _unseen(package: Package, book: _Book, hidden: list[str]) -> Iterator[Dropped]:
    """What hidden sheets with their comments, and text boxes say."""
    for name in hidden:
        texts = (cell.text for row in _sheet(package, name, book).rows() for cell in row if cell.text.strip())
        if text := " | ".join(texts):
            yield Dropped("", HIDDEN_SHEET, text)
        yield from (Dropped("", COMMENTS, one.text) for one in sheet_comments(package, book.persons, name))
    for name in package.names:
        if not (name.startswith(_DRAWINGS) and name.endswith(".xml")):
            continue
        for element in parse_small(package.read(name, _MOST_PART)).iter("{*}txBody"):
            text = "".join(one.text or "" for one in element.iter("{*}t"))
            if text.strip():
                yield Dropped("", TEXT_BOXES, text)


def _strings(package: Package) -> tuple[str, ...]:
    name = "xl/sharedStrings.xml"
    if name not in package:
        return ()
    root = parse_small(package.read(name, _MOST_PART))
    return tuple(_rich_text(item) for item in root.iterchildren(*_ITEM))


def _rich_text(element: etree._Element) -> str:
    """A text with its runs joined, without the readings over it."""
    text = "".join(
        part.text or "" for part in element.iter(*_TEXT) if not any(True for _up in part.iterancestors(*_READING))
    )
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _formats(package: Package) -> tuple[tuple[int, str], ...]:
    name = "xl/styles.xml"
    if name not in package:
        return ()
    root = parse_small(package.read(name, _MOST_PART))
    codes = {
        one.get("numFmtId", ""): one.get("formatCode", "")
        for formats in root.iterchildren(*_FORMATS)
        for one in formats.iterchildren(*_FORMAT)
    }
    uses = (one for use in root.iterchildren(*_USES) for one in use.iterchildren(*_USE))
    return tuple((_whole(one.get("numFmtId", "")), codes.get(one.get("numFmtId", ""), "")) for one in uses)


def _read_row(row: etree._Element, book: _Book, sheet: _Sheet) -> None:
    at_row = _whole(row.get("r", "")) - 1
    for at, cell in enumerate(row.iterchildren(*_CELL)):
        place = cell_of(cell.get("r", "")) or (at_row, at)
        if not (0 <= place[0] < MOST_ROWS and place[1] < MOST_COLUMNS):
            continue
        if text := _cell_text(cell, book):
            sheet.cells[place] = text
        if place[1] == 0:
            sheet.codes[place[0]] = book.format_of(cell)[1]


def _cell_text(cell: etree._Element, book: _Book) -> str:
    inline = next(cell.iterchildren(*_INLINE), None)
    if inline is not None:
        return _rich_text(inline)
    value = next(cell.iterchildren(*_VALUE), None)
    stored = "" if value is None else value.text or ""
    match cell.get("t", "n"):
        case "s":
            index = _whole(stored)
            return book.strings[index] if 0 <= index < len(book.strings) else ""
        case "n":
            return shown_number(stored, *book.format_of(cell))
        case "b":
            return {"1": "是", "0": "否"}.get(stored, stored)
    return stored


def _merge(reference: str) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell that a merge covers the one that is seen there."""
    first, _colon, last = reference.partition(":")
    start, end = cell_of(first), cell_of(last)
    if start is None or end is None:
        return {}
    bottom, right = min(end[0], MOST_ROWS), min(end[1], MOST_COLUMNS)
    if (bottom - start[0] + 1) * (right - start[1] + 1) > MOST_ROWS * 4:
        return {}
    return {
        (row, column): start
        for row in range(start[0], bottom + 1)
        for column in range(start[1], right + 1)
        if (row, column) != start
    }


def _grid_row(
    cells: Mapping[tuple[int, int], str], covered: Mapping[tuple[int, int], tuple[int, int]], row: int, width: int
) -> tuple[SourceCell, ...]:
    made: list[SourceCell] = []
    for column in range(width):
        text, seen = cells.get((row, column), ""), covered.get((row, column))
        if seen is not None and made and seen[1] < column:
            last = made[-1]
            made[-1] = last._replace(text=last.text or text, span=last.span + 1)
        else:
            made.append(SourceCell(text=text, column=column, merged=seen is not None))
    return tuple(made)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
