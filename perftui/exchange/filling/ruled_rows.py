"""The blank rows with borders at a sheet's end, which an office left for whoever fills the form in.

The importer has no use for them, and leaves them out.
"""

from collections.abc import Iterator, Set

from lxml import etree

_MOST = 100
_LEAST_CELLS = 2


def ruled_rows_below(last: int, sheet_rows: etree._Element, styles: etree._Element) -> int:
    """How many follow the row ``last`` (its number) without a gap. ``sheet_rows``: the sheet's ``sheetData``."""
    ruled = _ruled_styles(styles)
    numbers = {int(row.get("r", "0")) for row in sheet_rows if _is_ruled(row, ruled)}
    return next(count for count in range(_MOST + 1) if count == _MOST or last + count + 1 not in numbers)


def _is_ruled(row: etree._Element, ruled: Set[str]) -> bool:
    return sum(cell.get("s", "0") in ruled for cell in row) >= _LEAST_CELLS


def _ruled_styles(styles: etree._Element) -> frozenset[str]:
    """The numbers of the cell styles that draw a line below or above."""
    lines = [_draws(border) for border in _of(styles, "borders")]
    kinds = (int(kind.get("borderId", "0")) for kind in _of(styles, "cellXfs"))
    return frozenset(str(at) for at, border in enumerate(kinds) if border < len(lines) and lines[border])


def _draws(border: etree._Element) -> bool:
    return any(etree.QName(one).localname in ("top", "bottom") and one.get("style") for one in border)


def _of(styles: etree._Element, name: str) -> Iterator[etree._Element]:
    for part in styles.iterchildren(f"{{*}}{name}"):
        yield from part
