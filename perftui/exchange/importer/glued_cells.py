"""Cells that hold a label of money and its number, 其中：财政拨款：900: cut in two, as if the number stood beside."""

import re
from collections.abc import Sequence

from perftui.exchange.importer.numbers import is_amount
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.vocabulary import Vocabulary

Row = Sequence[SourceCell]
_GLUED = re.compile(r"\s*((?:其中\s*[:：])?[^0-9:：\n]{2,24}?)\s*[:：]?\s*([0-9][0-9,.]*\s*[万亿]?元?)\s*")


def cut_apart(words: Vocabulary, rows: Sequence[Row]) -> list[Row]:
    """The rows with such cells cut; every cell then is twice as wide, so that none is moved under another."""
    if not any(_parts(words, cell) for row in rows for cell in row):
        return list(rows)
    return [tuple(half for cell in row for half in _halves(words, cell)) for row in rows]


def _halves(words: Vocabulary, cell: SourceCell) -> Sequence[SourceCell]:
    column, span = 2 * cell.column, 2 * cell.span
    parts = _parts(words, cell)
    if parts is None:
        return (cell._replace(column=column, span=span),)
    label, number = parts
    return (SourceCell(label, column, span // 2), SourceCell(number, column + span // 2, span // 2))


def _parts(words: Vocabulary, cell: SourceCell) -> tuple[str, str] | None:
    match = None if cell.merged else _GLUED.fullmatch(cell.text)
    if match is None or not is_amount(match[2]) or words.money(match[1]) is None:
        return None
    return match[1], match[2]
