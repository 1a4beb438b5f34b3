"""A workbook that this program made: its sheets as what was laid out on them, letter for letter.

The format code of a cell says, where no number can meet it, of which style its paragraph is.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from perftui.exchange.importer.source import Block, SourceCell, SourceParagraph, SourceTable
from perftui.exchange.page import StyleName
from perftui.exchange.page_styles import STYLES, TextStyle

MADE_BY = "perftui"
"""Stands in the properties of such a workbook."""
LIST, BETWEEN = "list", "between"
"""Marks the first cell of the sheet that repeats all indicators, and of a blank row between two tables."""
_CODE = '[<-1E+300]"{mark}";General;General;@'
_MARK = re.compile(r'\[<-1E\+?300\]"([a-z0-9-]+)"')
_STYLES = {style.value: STYLES[style] for style in StyleName}
Row = tuple[SourceCell, ...]


def format_code(mark: str) -> str:
    """The format code of a cell with a mark: a style's name, or LIST."""
    return _CODE.format(mark=mark)


class OwnSheets:
    """Counts the paragraphs and tables over all sheets."""

    def __init__(self) -> None:
        self._paragraphs = self._tables = 0

    def of(self, rows: Sequence[Row], codes: Sequence[str]) -> Iterator[Block]:
        """The blocks of one sheet; ``codes``: the format code of the first cell of each row."""
        marks = [found[1] if (found := _MARK.match(code)) else "" for code in codes]
        if LIST in marks[:1]:
            return
        for is_table, run in groupby(zip(rows, marks, strict=True), key=lambda one: not one[1]):
            if is_table:
                self._tables += 1
                yield SourceTable(rows=tuple(row for row, _mark in run), number=self._tables)
            else:
                yield from (self._paragraph(row[0].text, _STYLES[mark]) for row, mark in run if mark in _STYLES)

    def _paragraph(self, text: str, style: TextStyle) -> SourceParagraph:
        self._paragraphs += 1
        return SourceParagraph(text=text, number=self._paragraphs, style=style.word_name, level=style.level or 0)
