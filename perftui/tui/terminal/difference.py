"""What has to be written to turn the rows that a terminal shows into the rows that it shall show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perftui.tui.terminal.cells import Row, is_unusual
from perftui.tui.terminal.style import PLAIN, CellStyle, of_blank
from perftui.tui.terminal.terminal_output import TerminalOutput

_GAP = 4
"""So many unchanged cells between two changes are written again: moving over them costs as much."""
_ERASE = 4
"""From so many blanks on, erasing to the end of the line is shorter than writing them."""
_MOVED = 3
"""So many rows must have moved together before scrolling them is tried."""


class Scroll(NamedTuple):
    """Rows ``top`` to ``bottom`` move up by ``lines`` (down if that is negative)."""

    top: int
    bottom: int
    lines: int


def draw_row(out: TerminalOutput, y: int, wanted: Row, sent: Row, *, colour_erase: bool) -> None:
    """Write the changed cells of a row."""
    cols = len(wanted)
    limit = _erase_from(wanted, sent, colour_erase=colour_erase)
    x = 0
    while x < limit:
        if not _changed(wanted, sent, x):
            x += 1
            continue
        end = _end_of_run(wanted, sent, x, limit)
        out.move(x, y)
        while x < end:
            cell = wanted[x]
            assert cell is not None
            width = 2 if x + 1 < cols and (after := wanted[x + 1]) is not None and after[0] == "" else 1
            out.put(cell[0], cell[1], width)
            x += width
    if limit < cols:
        _erase(out, limit, y, wanted)


def draw_whole_row(out: TerminalOutput, y: int, wanted: Row, *, ambiguous: int, colour_erase: bool) -> None:
    """Write a whole row in which the terminal may use other widths than layout.

    Each character of doubt is drawn over blanks, and the next cell is addressed absolutely, so that the rest of
    the row is in its place and nothing old shows through, whatever width the terminal takes.
    """
    cols = len(wanted)
    unknown: Row = [None] * cols
    limit = _erase_from(wanted, unknown, colour_erase=colour_erase)
    x = 0
    while x < limit:
        cell = wanted[x]
        if cell is None or cell[0] == "":
            x += 1
            continue
        width = 1
        while x + width < cols and (after := wanted[x + width]) is not None and after[0] == "":
            width += 1
        out.move(x, y)
        if is_unusual(cell[0], ambiguous=ambiguous):
            for _ in range(width):
                out.put(" ", cell[1], 1)
            out.move(x, y)
            out.put(cell[0], cell[1], width)
            out.lose_cursor()
        else:
            out.put(cell[0], cell[1], width)
        x += width
    if limit < cols:
        _erase(out, limit, y, wanted)


def find_scroll(wanted: Sequence[Row], sent: Sequence[Row], changed: Sequence[int]) -> Scroll | None:
    """The move by which most of the changed rows got where they shall be."""
    if len(changed) < _MOVED:
        return None
    places: dict[tuple[object, ...], list[int]] = {}
    for y in range(changed[0], changed[-1] + 1):
        places.setdefault(tuple(sent[y]), []).append(y)
    votes: Counter[int] = Counter()
    for y in changed:
        row = tuple(wanted[y])
        if row.count(row[0]) != len(row):  # blank rows are alike and say nothing
            votes.update(place - y for place in places.get(row, ())[:3])
    if not votes:
        return None
    count, found = votes.most_common(1)[0]
    if found < _MOVED or count == 0:
        return None
    moved = [y for y in changed if 0 <= y + count < len(sent) and wanted[y] == sent[y + count]]
    # A row that moved and changed a little as well, as the one that the cursor left, goes along with the others.
    y, step = (max(moved), 1) if count > 0 else (min(moved), -1)
    while 0 <= y + step + count < len(sent) and _goes_along(wanted, sent, y + step, y + step + count):
        y += step
    return Scroll(min(moved), y + count, count) if count > 0 else Scroll(y + count, max(moved), count)


def _goes_along(wanted: Sequence[Row], sent: Sequence[Row], y: int, origin: int) -> bool:
    """Is the row that stood at ``origin`` of more use at ``y`` than where it is?"""
    return _alike(wanted[y], sent[origin]) > _alike(wanted[origin], sent[origin])


def _alike(one: Row, other: Row) -> int:
    """The number of cells, blanks aside, that are the same in two rows."""
    return sum(a == b and a is not None and a[0] != " " for a, b in zip(one, other, strict=True))


def scrolled(rows: Iterable[Row], scroll: Scroll, blank: Row) -> list[Row]:
    """The rows after a scroll; the ones that come in are blank."""
    result = list(rows)
    block = result[scroll.top : scroll.bottom + 1]
    count = abs(scroll.lines)
    fill = [blank] * count
    result[scroll.top : scroll.bottom + 1] = block[count:] + fill if scroll.lines > 0 else fill + block[:-count]
    return result


def write_scroll(out: TerminalOutput, scroll: Scroll) -> None:
    """Scroll a region of rows; blanks come in in the terminal's own colours."""
    out.pen(PLAIN)
    final = "S" if scroll.lines > 0 else "T"
    out.control(f"\x1b[{scroll.top + 1};{scroll.bottom + 1}r\x1b[{abs(scroll.lines)}{final}\x1b[r")
    out.x = out.y = 0  # setting the region homes the cursor


def common_blank(rows: Iterable[Row], *, colour_erase: bool) -> CellStyle:
    """The style of blanks that most rows end with, of those that clearing the screen can make."""
    ends: Counter[CellStyle] = Counter()
    for row in rows:
        cell = row[-1]
        if cell is not None and cell[0] == " " and _erasable(cell[1], colour_erase=colour_erase):
            ends[cell[1]] += 1
    return ends.most_common(1)[0][0] if ends else PLAIN


def _changed(wanted: Row, sent: Row, x: int) -> bool:
    return wanted[x] is not None and wanted[x] != sent[x]


def _erasable(style: CellStyle, *, colour_erase: bool) -> bool:
    return not style.attributes and (colour_erase or not style.background)


def _erase_from(wanted: Row, sent: Row, *, colour_erase: bool) -> int:
    """The column from which erasing to the end of the line does it; the number of columns if it does not pay."""
    cols = len(wanted)
    last = wanted[-1]
    if last is None or last[0] != " " or not _erasable(last[1], colour_erase=colour_erase):
        return cols
    start = cols
    while start and wanted[start - 1] == last:
        start -= 1
    while start < cols and sent[start] == wanted[start]:
        start += 1
    return start if cols - start >= _ERASE else cols


def _erase(out: TerminalOutput, x: int, y: int, wanted: Row) -> None:
    out.move(x, y)
    last = wanted[-1]
    assert last is not None
    if out.style is None or of_blank(out.style) != last[1]:
        out.pen(last[1])
    out.control("\x1b[K")


def _end_of_run(wanted: Row, sent: Row, start: int, limit: int) -> int:
    """The end of the cells to write from ``start`` on: changed ones, and short gaps of the same style."""
    cols = len(wanted)
    end = start + 1
    while True:
        while end < cols and ((cell := wanted[end]) is not None and cell[0] == ""):
            end += 1
        gap = 0
        while end + gap < limit and gap <= _GAP and not _changed(wanted, sent, end + gap):
            gap += 1
        if end + gap >= limit or gap > _GAP or (gap and not _cheap(wanted, end, gap)):
            return end
        end += gap + 1


def _cheap(wanted: Row, at: int, count: int) -> bool:
    """Can these unchanged cells be written again, a byte each?"""
    before = wanted[at - 1]
    return before is not None and all(
        cell is not None and cell[1] == before[1] and cell[0].isascii() and cell[0] for cell in wanted[at : at + count]
    )
