"""Reads the text dump of a Word document: cells begin with a tab, rows end at an empty line.

A merged cell shows as an empty one, and how many columns a cell covers is lost: columns are counted by cells.
"""

import re
from collections.abc import Iterator

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.source import Block, SourceCell, SourceDocument, SourceParagraph, SourceTable
from perftui.locale import _

MOST_BYTES = 8 * 1024 * 1024
MOST_LINES = 500_000
MOST_CELLS = 256
"""Of one row."""
_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{0,200}\]")
_BLANKS = " \t\u3000\xa0"


def read_dump(data: bytes) -> SourceDocument:
    """The content of a dump. Raises ImportRefused where it is not text."""
    text = decode_text(data)
    if text.count("\n") > MOST_LINES:
        raise ImportRefused(_("文件超过 {most} 行，没有读入").format(most=MOST_LINES))
    return SourceDocument(blocks=tuple(_blocks(text.split("\n"))))


def decode_text(data: bytes) -> str:
    """The bytes of a text file as text with ``\\n`` line ends: UTF-8, UTF-16 with its mark, or GB 18030."""
    if len(data) > MOST_BYTES:
        raise ImportRefused(_("文件超过 {most} MiB，没有读入").format(most=MOST_BYTES // 1024 // 1024))
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise ImportRefused(_("文件不是文本：既不是 UTF-8，也不是 GBK 编码"))


def _blocks(lines: list[str]) -> Iterator[Block]:
    rows: list[list[list[str]]] = []
    cells: list[list[str]] = []  # each cell its lines
    paragraphs = tables = 0
    empty = 0
    for line in [*lines, " "]:
        if line.startswith("\t"):
            cells.append([line[1:]])
            empty = 0
        elif not line:
            empty += 1
            if cells:
                rows.append(cells)
                cells = []
        elif cells and line.strip(_BLANKS):
            cells[-1].append(line)
        else:
            if cells:
                rows.append(cells)
                cells = []
            if rows:
                tables += 1
                yield _grid(rows, tables)
                rows = []
            if text := _BOOKMARK.sub("", line).strip(_BLANKS):
                paragraphs += 1
                yield SourceParagraph(text=text, number=paragraphs)
        if empty > 1 and rows:
            tables += 1
            yield _grid(rows, tables)
            rows = []


def _grid(rows: list[list[list[str]]], number: int) -> SourceTable:
    if max(map(len, rows)) > MOST_CELLS:
        raise ImportRefused(_("表格的一行超过 {most} 格，没有读入").format(most=MOST_CELLS))
    made = (tuple(SourceCell(text=_trimmed(lines), column=at) for at, lines in enumerate(cells)) for cells in rows)
    return SourceTable(rows=tuple(made), number=number, merges_known=False)


def _trimmed(lines: list[str]) -> str:
    return "\n".join(line.strip(_BLANKS) for line in lines)
