"""Columns that suit their texts: the form's widths, unless one of the texts would become a tower in them."""

from collections.abc import Sequence

from perftui.exchange.page import StyleName
from perftui.exchange.page_styles import CELL_PADDING_X, STYLES

_CHARACTER = STYLES[StyleName.TABLE_TEXT].size / 72 * 25.4
_PADDING = 2 * CELL_PADDING_X / 72 * 25.4
_MOST_LINES = 12
"""A text of more lines than these makes its column wider."""
_LEAST_CHARACTERS = 4  # no column is narrower: four Chinese characters of a label
_STEP = 3.0
"""Tables of nearly equal needs get equal columns."""


def suited(columns: tuple[float, ...], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Widths in mm for the texts of some rows; they add up to what ``columns``, the form's, add up to."""
    lengths = [tuple(map(len, texts)) for texts in rows]
    most = [_MOST_LINES * _characters(width) for width in columns]
    if all(length <= limit for row in lengths for length, limit in zip(row, most, strict=True)):
        return columns
    widths = [min(width, _LEAST_CHARACTERS * _CHARACTER + _PADDING) for width in columns]
    spare = sum(columns) - sum(widths)
    while spare > 0:
        step = min(_STEP, spare)
        widths[_neediest(lengths, widths)] += step
        spare -= step
    return tuple(widths)


def _neediest(lengths: Sequence[Sequence[int]], widths: Sequence[float]) -> int:
    """The column that, a step wider, makes all rows together lower than any other would."""
    gains = [0.0] * len(widths)
    for row in lengths:
        heights = [length / width for length, width in zip(row, widths, strict=True)]
        second, first = sorted(heights)[-2:]
        at = heights.index(first)
        gains[at] += min(first - second, first - row[at] / (widths[at] + _STEP))
    return max(range(len(gains)), key=gains.__getitem__)


def _characters(width: float) -> int:
    """Full-width characters in a line of a column."""
    return int((width - _PADDING) / _CHARACTER)
