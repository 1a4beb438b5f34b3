"""Reads the first visible sheet of a workbook as a grid of texts, within bounds and with lxml alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.numbers import shown_number
from perftui.exchange.importer.package import Package, target_of
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.xml import children_of, parse_small
from perftui.locale import _

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
_MOST_PART = 24 * 1024 * 1024
_WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def _names(local: str) -> tuple[str, ...]:
    return tuple(f"{{{space}}}{local}" for space in _SPACES)


_SHEET, _SHEETS, _ROW, _CELL, _VALUE = _names("sheet"), _names("sheets"), _names("row"), _names("c"), _names("v")
_TEXT, _INLINE, _ITEM, _READING = _names("t"), _names("is"), _names("si"), _names("rPh")
_DATA, _MERGES, _MERGE = _names("sheetData"), _names("mergeCells"), _names("mergeCell")
_FORMATS, _FORMAT, _USES, _USE = _names("numFmts"), _names("numFmt"), _names("cellXfs"), _names("xf")
_WORKSHEET = _names("worksheet")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the cells of all sheets share."""

    strings: tuple[str, ...]
    formats: tuple[tuple[int, str], ...]
    """Number and code of the format of each style."""


def read_sheet(data: bytes) -> SourceTable:
    """The cells of a workbook's first visible sheet, merged ones marked. Raises ImportRefused."""
    package = Package(BytesIO(data))
    if _WORKBOOK not in package:
        raise ImportRefused(_("文件不是 Excel 工作簿（.xlsx）"))
    book = _Book(strings=_strings(package), formats=_formats(package))
    cells: dict[tuple[int, int], str] = {}
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for part in children_of(package.chunks(sheet_part(package)), _WORKSHEET):
        if part.tag in _DATA:
            for row in part.iterchildren(*_ROW):
                cells.update(_row(row, book))
        elif part.tag in _MERGES:
            for merge in part.iterchildren(*_MERGE):
                covered.update(_merge(merge.get("ref", "")))
    return _grid(cells, covered)


def sheet_part(package: Package) -> str:
    """The part of the first sheet that is not hidden."""
    root = parse_small(package.read(_WORKBOOK, _MOST_PART))
    relations = {}
    if "xl/_rels/workbook.xml.rels" in package:
        for one in parse_small(package.read("xl/_rels/workbook.xml.rels", _MOST_PART)):
            relations[one.get("Id", "")] = target_of(_WORKBOOK, one.get("Target", ""))
    for sheet in (sheet for sheets in root.iterchildren(*_SHEETS) for sheet in sheets.iterchildren(*_SHEET)):
        if sheet.get("state", "visible") == "visible":
            ids = (sheet.get(f"{{{space}}}id") for space in _RELATIONS)
            name = relations.get(next((one for one in ids if one), ""), "")
            if name in package and name.startswith("xl/"):
                return name
    raise ImportRefused(_("工作簿里没有可以读的工作表"))


def _strings(package: Package) -> tuple[str, ...]:
    name = "xl/sharedStrings.xml"
    if name not in package:
        return ()
    root = parse_small(package.read(name, _MOST_PART))
    return tuple(_rich_text(item) for item in root.iterchildren(*_ITEM))


def _rich_text(element: etree._Element) -> str:
    """A text with its runs joined, without the readings over it."""
    return "".join(
        part.text or "" for part in element.iter(*_TEXT) if not any(True for _up in part.iterancestors(*_READING))
    )


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


def _row(row: etree._Element, book: _Book) -> Iterator[tuple[tuple[int, int], str]]:
    at_row = _whole(row.get("r", "")) - 1
    for at, cell in enumerate(row.iterchildren(*_CELL)):
        place = _place(cell.get("r", "")) or (at_row, at)
        text = _cell_text(cell, book)
        if text and 0 <= place[0] < MOST_ROWS and place[1] < MOST_COLUMNS:
            yield place, text


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
            style = _whole(cell.get("s", "0"))
            return shown_number(stored, *(book.formats[style] if style < len(book.formats) else (0, "")))
        case "b":
            return {"1": "是", "0": "否"}.get(stored, stored)
        case "e":
            return ""
    return stored


def _merge(reference: str) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell that a merge covers the one that is seen there."""
    first, _colon, last = reference.partition(":")
    start, end = _place(first), _place(last)
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


def _grid(cells: Mapping[tuple[int, int], str], covered: Mapping[tuple[int, int], tuple[int, int]]) -> SourceTable:
    """Rows from the first to the last with text, every column a cell; a merge across is one cell."""
    used = sorted(row for row, _column in cells)
    width = max((column + 1 for _row, column in cells), default=0)
    rows = []
    for row in range(used[0], used[-1] + 1) if used else ():
        made: list[SourceCell] = []
        for column in range(width):
            seen = covered.get((row, column))
            if seen is not None and made and seen[1] < column and seen[0] == row:
                continue
            merged = seen is not None and seen[0] < row
            made.append(SourceCell(text=cells.get((row, column), ""), column=column, merged=merged))
        rows.append(tuple(made))
    return SourceTable(rows=tuple(rows), number=1, first=used[0] if used else 0)


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
