"""Columns that suit their texts: the form's widths, unless others make the table lower or keep an amount whole."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil

from perftui.exchange.page import StyleName, Table, TableShape, grid
from perftui.exchange.page_styles import CELL_PADDING_X, STYLES
from perftui.model.lazy_regex import lazily

_CHARACTER = STYLES[StyleName.TABLE_TEXT].size / 72 * 25.4
_PADDING = 2 * CELL_PADDING_X / 72 * 25.4 + 0.2
"""With what is lost where the edges of cells are rounded."""
_LEAST_CHARACTERS = 4  # no column is narrower: four Chinese characters of a label
_LABEL_CHARACTERS = 3
_WIDE_DIGIT = 0.56 * _CHARACTER
"""As wide as digits are in the fonts that are taken where 仿宋 is missing."""
_NUMBER = lazily("([≥≤＞＜>=<]?)([0-9][0-9.,]*%?)")
_LONGEST = 24
"""Digits of the longest amount, its commas and sign too; what is longer may break, such as an address."""
_WORTH = 0.9
"""Other widths than the form's are taken where the table becomes so much lower."""
_SHARPNESS = 6
"""How much the highest cell of a row counts more than the others."""
_LOW = 3
"""Rows of so many lines, one with the other, are low enough."""
_ROUNDS = 10
_STEP = 1.5


def suited(columns: tuple[float, ...], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Widths in mm for the texts of some rows; they add up to what ``columns``, the form's, add up to.

    Those that make all rows together lowest: one long text among many rows gets no more than it is worth. A number
    never breaks.
    """
    numbers = _needed_by_numbers(columns, rows)
    given = columns if numbers is None else _with_room(columns, numbers)
    lengths = [tuple(map(len, texts)) for texts in rows]
    usual = _height(lengths, given)
    if usual <= _LOW * len(lengths):
        return given
    least = [min(width, _LEAST_CHARACTERS * _CHARACTER + _PADDING) for width in columns]
    widths, least = given, list(map(max, least, numbers or least))
    for _round in range(_ROUNDS):
        widths = tuple((old + new) / 2 for old, new in zip(widths, _balanced(lengths, widths, least), strict=True))
    widths = _whole(widths)
    return widths if _height(lengths, widths) < usual * (1 if numbers else _WORTH) else given


def _needed_by_numbers(columns: tuple[float, ...], rows: Sequence[Sequence[str]]) -> list[float] | None:
    """The least widths at which no number breaks; ``None`` where none would, or there is no room for all of them."""
    room, longest = digits_in(columns), [0] * len(columns)
    for texts in rows:
        for at, text in enumerate(texts):
            if len(text) > room[at]:
                longest[at] = max(longest[at], number_length(text))
    if all(length <= most for length, most in zip(longest, room, strict=True)):
        return None
    labels = _LEAST_CHARACTERS * _CHARACTER
    for digit in (_WIDE_DIGIT, _CHARACTER / 2):
        needed = [max(length * digit, min(labels, width - _PADDING)) + _PADDING
                  for length, width in zip(longest, columns, strict=True)]  # fmt: skip
        if sum(needed) <= sum(columns):
            return needed
    return None


def _with_room(columns: Sequence[float], needed: Sequence[float]) -> tuple[float, ...]:
    """The widths, those that need more made wider by what the others have to spare."""
    spare = [max(0.0, width - low) for width, low in zip(columns, needed, strict=True)]
    part = max(0.0, sum(columns) - sum(needed)) / (sum(spare) or 1.0)
    return tuple(low + part * left for low, left in zip(needed, spare, strict=True))


def _whole(widths: Sequence[float]) -> tuple[float, ...]:
    """The widths in steps, so that many tables have the same; the widest has the rest."""
    stepped = [ceil(width / _STEP) * _STEP for width in widths]
    widest = stepped.index(max(stepped))
    stepped[widest] += sum(widths) - sum(stepped)
    return tuple(stepped)


def _balanced(lengths: Sequence[Sequence[int]], widths: Sequence[float], least: Sequence[float]) -> tuple[float, ...]:
    """Widths at which no column, made wider, gains more than another, as long as the same cells rule their rows.

    A cell's height is its length by its width, so a column gains what it rules of the lengths by its width's square.
    """
    ruled = [0.0] * len(widths)
    for row in lengths:
        weights = [(length / width) ** _SHARPNESS for length, width in zip(row, widths, strict=True)]
        whole = sum(weights) or 1.0
        for at, length in enumerate(row):
            ruled[at] += length * weights[at] / whole
    wanted = [value**0.5 for value in ruled]
    spare = sum(widths) - sum(least)
    whole = sum(wanted) or 1.0
    return tuple(low + spare * value / whole for low, value in zip(least, wanted, strict=True))


def _height(lengths: Sequence[Sequence[int]], widths: Sequence[float]) -> int:
    """Lines of all rows."""
    room = [_characters(width) for width in widths]
    return sum(max([-(-length // most) for length, most in zip(row, room, strict=True)], default=0) for row in lengths)


@lru_cache(maxsize=64)
def digits_fitting(shape: TableShape) -> tuple[int, ...]:
    """How many digits stand in a line of each cell of such a table, row by row."""
    table = shape.sample()
    cells = [slot for row in grid(table) for slot in row if not slot.covered]
    return digits_in([sum(table.columns[slot.column : slot.column + slot.cell.col_span]) for slot in cells])


def digits_in(widths: Sequence[float]) -> tuple[int, ...]:
    """How many digits stand in a line of cells of some widths in mm."""
    return tuple(int((width - _PADDING) / _WIDE_DIGIT) for width in widths)


def number_length(text: str) -> int:
    """The digits that a text must keep on one line: those of its longest number (a sign takes two), or a whole code."""
    if text.isascii() and " " not in text:
        return len(text) if len(text) <= _LONGEST else 0
    numbers = (2 * len(sign) + len(digits) for sign, digits in _NUMBER.findall(text))
    return max([length for length in numbers if length <= _LONGEST], default=0)


def unbroken(table: Table) -> tuple[float, ...]:
    """The table's widths in mm, changed where a number or a code would break inside its cell."""
    wide, narrow = (_kept_whole(table, digit) for digit in (_WIDE_DIGIT, _CHARACTER / 2))
    return wide if sum(wide) < sum(table.columns) + _CHARACTER / 10 else narrow


def on_page(table: Table, scale: float) -> Table:
    """The table for a page on which its columns are ``scale`` times as wide: no number breaks on a narrower one."""
    if scale >= 1:
        return table
    narrow = replace(table, columns=tuple(width * scale for width in table.columns))
    texts = [cell.text for row in table.rows for cell in row.cells]
    room = zip(texts, digits_fitting(narrow.shape), strict=True)
    if all(len(text) <= most or number_length(text) <= most for text, most in room):
        return table
    return replace(table, columns=tuple(width / scale for width in unbroken(narrow)))


def _kept_whole(table: Table, digit: float) -> tuple[float, ...]:
    """Widths for digits of ``digit`` mm. They add up to more than the table's where it has no room for them."""
    columns, least = table.columns, [_PADDING] * len(table.columns)
    slots = [slot for row in grid(table) for slot in row if not slot.covered]
    for slot in sorted(slots, key=lambda one: one.cell.col_span):
        covered = range(slot.column, slot.column + slot.cell.col_span)
        whole = sum(columns[at] for at in covered)
        lack = _least(slot.cell.text, whole, digit) - sum(least[at] for at in covered)
        for at in covered:
            least[at] += max(0.0, lack) * columns[at] / whole
    return _with_room(columns, least)


def _least(text: str, width: float, digit: float) -> float:
    """What a cell of the form's ``width`` needs for a number or a code, else for a label."""
    if number := number_length(text):
        return number * digit + _PADDING
    return min(width, _LABEL_CHARACTERS * _CHARACTER + _PADDING)


def _characters(width: float) -> int:
    """Full-width characters in a line of a column."""
    return max(1, int((width - _PADDING) / _CHARACTER))
