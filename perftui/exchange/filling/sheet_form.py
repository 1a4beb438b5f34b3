"""A blank form in a workbook: the cells of its first visible sheet, which alone is written anew."""

import re
from collections.abc import Callable, Iterator, Set
from copy import deepcopy
from dataclasses import dataclass, replace
from io import BytesIO

from lxml import etree

from perftui.exchange.filling.gaps import filler, gaps
from perftui.exchange.filling.office_package import OfficePackage
from perftui.exchange.filling.place import Place
from perftui.exchange.filling.ruled_rows import ruled_rows_below
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.package import Package
from perftui.exchange.importer.source import SourceDocument, SourceTable
from perftui.exchange.importer.xlsx import read_sheet, sheet_part
from perftui.locale import _

_STYLES = "xl/styles.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_FIXED = ("f", "conditionalFormatting", "dataValidations", "drawing", "legacyDrawing", "tableParts", "autoFilter")
"""What a sheet may have that speaks of rows by their numbers, in other parts too."""
_ABC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class _Merge:
    """Cells that are seen as one, by rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def moved(self, rows: int) -> "_Merge":
        return replace(self, top=self.top + rows, bottom=self.bottom + rows)

    def __str__(self) -> str:
        return f"{_letters(self.left)}{self.top}:{_letters(self.right)}{self.bottom}"


class SheetForm:
    """An .xlsx that is filled."""

    def __init__(self, data: bytes) -> None:
        """Raises ImportRefused with the reason why a form cannot be filled."""
        self._package = OfficePackage(data)
        self._part = sheet_part(Package(BytesIO(data)))
        self._root = self._package.xml(self._part)
        self._s = f"{{{etree.QName(self._root).namespace}}}"
        protected = self._root.find(f"{self._s}sheetProtection")
        if protected is not None and protected.get("sheet") in ("1", "true"):
            raise ImportRefused(_("工作表受保护，没有填；请在 Excel 的“审阅”里撤消工作表保护，再填"))
        found = self._root.find(f"{self._s}sheetData")
        if found is None:
            raise ImportRefused(_("工作簿里没有可以读的工作表"))
        self._rows = found
        self._table = self._read(data)
        self._texts: dict[tuple[int, int, int], str] = {}
        """The cells in whose texts something was written."""

    def content(self) -> SourceDocument:
        """What the importer reads."""
        self._table = self._read(self.data())
        return SourceDocument(blocks=(self._table,))

    def write(self, place: Place, text: str, *, number: bool) -> None:
        """Write a text into a blank, in the cell's own style; an amount as a number."""
        if place.gap >= 0:
            said = self._texts.get(place[:3], self._table.rows[place.row][place.cell].text)
            gap = gaps(said)[place.gap]
            text, number = said[: gap.start] + filler(said, gap, text) + said[gap.end :], False
            self._texts[place[:3]] = text
        cell = self._cell(self._table.first + place.row + 1, self._column(place) + 1)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")
        if number:
            etree.SubElement(cell, f"{self._s}v").text = text
            return
        cell.set("t", "inlineStr")
        one = etree.SubElement(etree.SubElement(cell, f"{self._s}is"), f"{self._s}t")
        one.text = text
        one.set(_SPACE, "preserve")

    def add_row(self, table: int, row: int, own: Set[int], *, listed: bool) -> None:
        """Put a blank copy of a row under it; what is not its own goes on over the copy. Raises ImportRefused."""
        at = self._table.first + row + 1
        others = [cell for number, cell in enumerate(self._table.rows[row]) if number not in own]
        columns = [cell.column + 1 for cell in others if listed or (cell.text.strip() and not cell.merged)]
        down = listed or any(one.bottom > one.top for one in self._merges())
        self.add_rows(table, row, row)
        if not down:
            return  # a form that merges nothing repeats its words
        for column in columns:
            self._set_merges(self._over_next(column, at))
            self._empty(self._cell(at + 1, column))

    def _over_next(self, column: int, at: int) -> list[_Merge]:
        """The merges, with the cell of a column in row ``at`` seen in the next row too."""
        merges = self._merges()
        over = next((one for one in merges if one.left <= column <= one.right and one.top <= at <= one.bottom), None)
        below = next((one for one in merges if one.left == column and one.top == at + 1), None)
        own = over or _Merge(at, column, at, column)
        return [*(one for one in merges if one not in (over, below)), replace(own, bottom=max(at + 1, own.bottom))]

    def add_rows(self, table: int, first: int, last: int) -> None:
        """Put a copy of some rows under the last of them. Raises ImportRefused where that would shift other things."""
        del table
        if any(next(self._root.iter(f"{self._s}{name}"), None) is not None for name in _FIXED):
            sentence = _("表里的空行不够，工作表里有公式、图或条件格式，不能替您插行；请在 Excel 里先插好空行，再填")
            raise ImportRefused(sentence)
        top, bottom = self._table.first + first + 1, self._table.first + last + 1
        count = bottom - top + 1
        rows = {int(row.get("r", "0")): row for row in self._rows}
        copies = [deepcopy(rows[number]) for number in range(top, bottom + 1) if number in rows]
        for number, row in rows.items():
            if number > bottom:
                self._renumber(row, number + count)
        for copy in copies:
            self._renumber(copy, int(copy.get("r", "0")) + count)
        at = sum(1 for number in rows if number <= bottom)
        for place, copy in enumerate(copies):
            self._rows.insert(at + place, copy)
        self._set_merges(list(self._shifted(top, bottom, count)))
        rest = replace(self._table, rows=self._table.rows[: last + 1] + self._table.rows[first:])
        self._table = rest

    def add_copy(self) -> None:
        """A workbook's sheet holds one form. Raises ImportRefused."""
        raise ImportRefused(_("这个工作簿的表只能填一个项目，请用 --project 指明是哪一个"))

    def data(self) -> bytes:
        """The package, its other parts as they were."""
        return self._package.with_part(self._part, self._root)

    # ---- inside

    def _read(self, data: bytes) -> SourceTable:
        if _STYLES not in self._package:
            return read_sheet(data)
        styles = self._package.xml(_STYLES)
        return read_sheet(data, blank_below=lambda last: ruled_rows_below(last, self._rows, styles))

    def _column(self, place: Place) -> int:
        table: SourceTable = self._table
        return table.rows[place.row][place.cell].column

    def _cell(self, row: int, column: int) -> etree._Element:
        """The element of a cell, made where the file has none."""
        line = self._placed(self._rows, f"{self._s}row", str(row), lambda one: int(one.get("r", "0")), row)
        name = f"{_letters(column)}{row}"
        return self._placed(line, f"{self._s}c", name, lambda one: _place(one.get("r", ""))[1], column)

    def _placed(
        self, parent: etree._Element, tag: str, name: str, number: Callable[[etree._Element], int], wanted: int
    ) -> etree._Element:
        """The child with a number, made before the next where there is none."""
        before = 0
        for one in parent:
            if number(one) == wanted:
                return one
            before += number(one) < wanted
        made = etree.Element(tag)
        made.set("r", name)
        parent.insert(before, made)
        return made

    def _empty(self, cell: etree._Element) -> None:
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")

    def _renumber(self, row: etree._Element, number: int) -> None:
        row.set("r", str(number))
        for cell in row:
            cell.set("r", f"{_letters(_place(cell.get('r', ''))[1])}{number}")

    def _merges(self) -> list[_Merge]:
        found = self._root.find(f"{self._s}mergeCells")
        return [] if found is None else list(map(_merge, (one.get("ref", "") for one in found)))

    def _set_merges(self, merges: list[_Merge]) -> None:
        found = self._root.find(f"{self._s}mergeCells")
        if found is None:
            if not merges:
                return
            found = etree.Element(f"{self._s}mergeCells")
            self._rows.addnext(found)
        for one in list(found):
            found.remove(one)
        for merge in merges:
            etree.SubElement(found, f"{self._s}mergeCell").set("ref", str(merge))
        found.set("count", str(len(merges)))

    def _shifted(self, top: int, bottom: int, count: int) -> Iterator[_Merge]:
        """The merges after ``count`` copies of the rows ``top`` to ``bottom`` were put under these."""
        for one in self._merges():
            if one.top > bottom:
                yield one.moved(count)
            elif one.bottom > bottom:
                yield replace(one, bottom=one.bottom + count)
            else:
                yield one
                if one.top >= top:
                    yield one.moved(count)


def _letters(column: int) -> str:
    """A column's letters; it counts from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = _ABC[rest] + letters
    return letters


def _place(reference: str) -> tuple[int, int]:
    """Row and column of a reference, from 1."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ImportRefused(_("工作表里有的格子没有写明位置，没有填；请在 Excel 或 WPS 里另存一次"))
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _merge(reference: str) -> _Merge:
    first, _colon, last = reference.partition(":")
    top, left = _place(first)
    bottom, right = _place(last or first)
    return _Merge(top, left, bottom, right)
