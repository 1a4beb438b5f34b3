"""How wide columns are: as wide as what stands in them where there is room, numbers never narrower than that."""

from collections.abc import Sequence

from perftui.model.frozen import frozen
from perftui.viewmodel.grid import GAP

_STEP = 2
"""Widths grow by so many cells, the width of one Chinese character: a longer text seldom moves the other columns."""


@frozen
class ColumnWidth:
    """What a column needs, in cells."""

    least: int
    wanted: int
    """What shows all that stands in it."""


def fixed(width: int) -> ColumnWidth:
    """A column that is always so wide."""
    return ColumnWidth(least=width, wanted=width)


def text_column(widest: int, least: int, most: int) -> ColumnWidth:
    """A column of texts, of which the widest has so many cells."""
    wanted = min(-(-widest // _STEP) * _STEP, max(least, most))
    return ColumnWidth(least=min(least, wanted), wanted=wanted)


def column_widths(columns: Sequence[ColumnWidth], total: int) -> tuple[int, ...]:
    """The widths of columns that stand side by side in ``total`` cells: what they want, else shares of what there is.

    Where even the least do not fit, the grid is wider than ``total``.
    """
    least, wanted = [one.least for one in columns], [one.wanted for one in columns]
    spare = total - GAP * (len(columns) - 1) - sum(least)
    missing = [want - low for want, low in zip(wanted, least, strict=True)]
    whole = sum(missing)
    if spare <= 0:
        return tuple(least)
    if spare >= whole:
        return tuple(wanted)
    shares = [spare * part // whole for part in missing]
    shares[missing.index(max(missing))] += spare - sum(shares)
    return tuple(low + share for low, share in zip(least, shares, strict=True))


def with_least(columns: Sequence[ColumnWidth], least: Sequence[int], total: int) -> Sequence[ColumnWidth]:
    """The columns, none narrower than a number of cells of its own, where ``total`` cells have room for that."""
    raised = [
        ColumnWidth(least=max(one.least, low), wanted=max(one.wanted, low))
        for one, low in zip(columns, least, strict=True)
    ]
    return raised if sum(one.least for one in raised) + GAP * (len(raised) - 1) <= total else columns


def with_room(widths: Sequence[int], wanted: Sequence[int], total: int) -> tuple[int, ...]:
    """The widths, those that want more widened from the left as far as ``total`` cells have room for it."""
    spare = total - sum(widths) - GAP * (len(widths) - 1)
    found = []
    for width, want in zip(widths, wanted, strict=True):
        more = want - width if 0 < want - width <= spare else 0
        found.append(width + more)
        spare -= more
    return tuple(found)
