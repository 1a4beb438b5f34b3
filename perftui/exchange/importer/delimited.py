"""Reads CSV and TSV: UTF-8 with or without its mark, UTF-16, GBK."""

import csv
from io import StringIO
from itertools import islice

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.sheet_blocks import SheetBlocks
from perftui.exchange.importer.source import SourceCell, SourceDocument
from perftui.exchange.importer.text_dump import decode_text
from perftui.exchange.importer.xlsx import MOST_COLUMNS, MOST_ROWS
from perftui.locale import _

_MOST_CELL = 100_000


def read_delimited(data: bytes) -> SourceDocument:
    """The lines of a file as a sheet. Raises ImportRefused."""
    text = decode_text(data)
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max("\t,;", key=first.count if any(sign in first for sign in "\t,;") else text.count)
    csv.field_size_limit(_MOST_CELL)
    try:
        rows = list(islice(csv.reader(StringIO(text), delimiter=delimiter), MOST_ROWS + 1))
    except csv.Error:
        raise ImportRefused(_("文件不是 CSV 或制表符分隔的表格")) from None
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        raise ImportRefused(_("表格太大：最多 {rows} 行、{columns} 列").format(rows=MOST_ROWS, columns=MOST_COLUMNS))
    made = [tuple(SourceCell(text=text, column=at) for at, text in enumerate(row)) for row in rows]
    return SourceDocument(blocks=tuple(SheetBlocks(merges_known=False).of(made)))
