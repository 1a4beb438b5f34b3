"""How high things are on paper, and so on which page each heading comes: no other program is asked.

The same rules that Word lays text out by, as far as ``page_styles`` lets them matter: exact line pitches, square
Chinese characters, Latin ones half as wide. Lengths are points.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from perftui.exchange.page import (
    LANDSCAPE_HEIGHT,
    LANDSCAPE_WIDTH,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Block,
    Contents,
    Paragraph,
    PrintedPart,
    ReadyCover,
    Section,
    Table,
    TableShape,
    grid,
)
from perftui.exchange.page_styles import (
    CELL_PADDING_X,
    CELL_PADDING_Y,
    CONTENTS_LEVELS,
    CONTENTS_STYLES,
    GAP,
    SEAM,
    STYLES,
    TextStyle,
)
from perftui.exchange.paper_lines import TWIPS, Look, line_count, look_of
from perftui.model.frozen import frozen

POINTS = 72 / 25.4
"""Points in a millimetre."""
BORDER = 0.5  # points, of a line of a table: it is above each row, and under the last of a page
_SLACK = 0.01  # points; sums of fractions may be off by less


@frozen
class ContentsEntry:
    """A line of the contents."""

    text: str
    level: int
    bookmark: str
    """The name under which the heading can be jumped to."""
    page: int
    """The number printed on its page, as estimated."""


@frozen
class Estimate:
    """What a document comes to on paper."""

    pages: int
    entries: tuple[ContentsEntry, ...]


def estimate_pages(printed: PrintedPart) -> Estimate:
    """How many pages there are, and the headings of the contents with theirs. Goes through the blocks once."""
    pages = PageEstimate()
    for block, after in with_next(printed.blocks):
        pages.add(block, after)
    return pages.estimate()


class PageEstimate:
    """The blocks of a document on their way to an estimate, so that it can be made while they are written."""

    def __init__(self) -> None:
        self._extents: list[_Extent] = []
        self._headings: list[tuple[str, int]] = []
        self._landscape = False

    def add(self, block: Block, after: Block | None) -> frozenset[int]:
        """Takes a block in, with the one behind it; its rows that may be broken across pages, counted from 0."""
        if isinstance(block, Section):
            self._landscape = block.landscape
        extent = _extent(block, after, landscape=self._landscape)
        if isinstance(block, Paragraph) and in_contents(block):
            extent.heading = len(self._headings)
            self._headings.append((heading_text(block), STYLES[block.style].level or 1))
        self._extents.append(extent)
        return frozenset(row for row, (_height, breaks) in enumerate(extent.rows) if breaks)

    def estimate(self) -> Estimate:
        """What all blocks come to."""
        flow = _Flow()
        pages: dict[int, int] = {}
        contents = sum(_paragraph_lines(text, CONTENTS_STYLES[level - 1], TEXT_WIDTH) for text, level in self._headings)
        for number, extent in enumerate(self._extents):
            if extent.contents:
                extent.lines = contents
            needed = sum(item.first for item in _kept_with(self._extents, number))
            page = flow.place(extent, needed)
            if extent.heading is not None:
                pages[extent.heading] = page
        entries = (
            ContentsEntry(text=text, level=level, bookmark=bookmark(number), page=pages[number])
            for number, (text, level) in enumerate(self._headings)
        )
        return Estimate(
            pages=flow.sheet,
            entries=tuple(entries),
        )


def in_contents(paragraph: Paragraph) -> bool:
    """Whether the paragraph is a heading that the contents list."""
    level = STYLES[paragraph.style].level
    return level is not None and level <= CONTENTS_LEVELS


def bookmark(number: int) -> str:
    """The bookmark of a document's n-th heading, from 0."""
    return f"_Toc{number + 1:08d}"


def heading_text(paragraph: Paragraph) -> str:
    """A heading as the contents show it: on one line, without a colon at its end."""
    return " ".join(paragraph.text.split()).rstrip("：:")


# ---- heights


def row_heights(table: Table) -> tuple[float, ...]:
    """The height of each row as its text needs it; what a merged cell lacks is added to its last row."""
    return _row_heights(table, _measures(table.shape))


def _row_heights(table: Table, measures: "_Measures") -> tuple[float, ...]:
    heights = list(measures.heights)
    merged = list(measures.merged)
    texts = [cell.text for row in table.rows for cell in row.cells]
    both = zip(texts, measures.cells, measures.fits, strict=True)
    for text, (first, end, look, pitch) in [
        (text, one)
        for text, one, fits in both
        if (len(text) > fits and not (len(text) <= 2 * fits and text.isascii())) or "\n" in text
    ]:
        needed = _NO_LINES + pitch * line_count(text, look)
        if end > first + 1:
            merged.append((first, end, needed))
        elif needed > heights[first]:
            heights[first] = needed
    for first, end, needed in merged:
        heights[end - 1] += max(0.0, needed - sum(heights[first:end]))
    return tuple(heights)


_NO_LINES = BORDER + 2 * CELL_PADDING_Y
"""The height of a cell before the first line."""


class _Measure(NamedTuple):
    """Where a cell lies and how its text is set."""

    first: int
    end: int
    """The row after its last."""
    look: Look
    pitch: float
    """Of its lines, points."""


class _Measures(NamedTuple):
    """What tables of a shape have in common, measured."""

    cells: tuple[_Measure, ...]
    fits: tuple[int, ...]
    """By cell how many characters surely stand in one line."""
    heights: tuple[float, ...]
    """The rows with a line in each cell, but for the merged ones."""
    merged: tuple[tuple[int, int, float], ...]
    """Merged cells for whose one line that is not enough: the first row, the one after the last, what is needed."""


@lru_cache(maxsize=64)
def _measures(shape: TableShape) -> _Measures:
    """For each cell of a table of this shape, row by row. Raises GeometryError."""
    table = shape.sample()
    starts = [round(place * POINTS * TWIPS) / TWIPS for place in accumulate(table.columns, initial=0.0)]
    found, fits = [], []
    heights = [BORDER + max(_points(row.height), 2 * CELL_PADDING_Y) for row in table.rows]
    for slot in (slot for row in grid(table) for slot in row if not slot.covered):
        cell, style = slot.cell, STYLES[slot.cell.style or table.style]
        width = starts[slot.column + cell.col_span] - starts[slot.column] - 2 * CELL_PADDING_X
        found.append(_Measure(slot.row, slot.row + cell.row_span, look_of(style, width), style.pitch))
        fits.append(int((width + _SLACK) / style.size))
        if cell.row_span == 1:
            heights[slot.row] = max(heights[slot.row], _NO_LINES + style.pitch)
    merged = ((one.first, one.end, _NO_LINES + one.pitch) for one in found if one.end > one.first + 1)
    return _Measures(
        cells=tuple(found),
        fits=tuple(fits),
        heights=tuple(heights),
        merged=tuple(one for one in merged if one[2] > sum(heights[one[0] : one[1]])),
    )


def _page(*, landscape: bool) -> float:
    """How high the text of a page is."""
    return (LANDSCAPE_HEIGHT if landscape else TEXT_HEIGHT) * POINTS


def _points(millimetres: float | None) -> float:
    return (millimetres or 0.0) * POINTS


def _paragraph_lines(text: str, style: TextStyle, width: float) -> int:
    """``width`` in millimetres."""
    return line_count(text, look_of(style, width * POINTS), round(style.indent * style.size * TWIPS))


# ---- pages


@dataclass(slots=True, kw_only=True)
class _Extent:
    """What a block takes on the page."""

    before: float = 0.0
    pitch: float = 0.0
    lines: int = 0
    after: float = 0.0
    rows: tuple[tuple[float, bool], ...] = ()
    """Height of each row, and whether it may be broken."""
    headers: int = 0
    line: float = 0.0
    """The least height of a row with one line, which is what one that may be broken begins with."""
    new_page: bool = False
    keep_next: bool = False
    contents: bool = False
    section: Section | None = None
    heading: int | None = None

    @property
    def first(self) -> float:
        """The least of it that its beginning takes along to a page."""
        if self.keep_next:
            return self.before + self.pitch * self.lines + self.after
        if self.rows:
            return BORDER + sum(self.line if breaks else height for height, breaks in self.rows[: self.headers + 1])
        return self.before + self.pitch


def _extent(block: Block, after: Block | None, *, landscape: bool) -> _Extent:
    if isinstance(block, Paragraph):
        style = STYLES[block.style]
        return _Extent(
            before=style.before,
            pitch=style.pitch,
            lines=_paragraph_lines(block.text, style, LANDSCAPE_WIDTH if landscape else TEXT_WIDTH),
            after=style.after,
            new_page=style.begins_page(block.page_break_before),
            keep_next=block.keep_next or style.keep_next,
        )
    if isinstance(block, Table):
        heights, most = row_heights(block), _page(landscape=landscape) / 2
        rows = tuple(
            (height, height > most or not row.unbreakable) for row, height in zip(block.rows, heights, strict=True)
        )
        tail = SEAM if isinstance(after, Section) else gap_below(after)
        pitch = STYLES[block.style].pitch
        return _Extent(rows=rows, headers=header_rows(block), after=BORDER + tail, pitch=pitch, line=_NO_LINES + pitch)
    if isinstance(block, Contents):
        return _Extent(contents=True, pitch=CONTENTS_STYLES[0].pitch)
    if isinstance(block, ReadyCover):
        return _Extent(pitch=_page(landscape=False), lines=1)
    return _Extent(section=block)


def gap_below(after: Block | None) -> float:
    """The height of the empty paragraph behind a table, before what follows it; 0 for none. A section has its own."""
    if isinstance(after, Paragraph | Section):
        return 0.0
    return SEAM if after is None or (isinstance(after, Table) and after.adjoins) else GAP


def header_rows(table: Table) -> int:
    """How many rows from the top are repeated on every page."""
    count = 0
    for row in table.rows:
        if not row.header:
            break
        count += 1
    return count


def _kept_with(extents: list[_Extent], number: int) -> Iterator[_Extent]:
    """The extent and those that it must share a page with."""
    for extent in extents[number:]:
        yield extent
        if not extent.keep_next:
            break


def with_next(blocks: Iterable[Block]) -> Iterator[tuple[Block, Block | None]]:
    """Each block and the one after it; None after the last."""
    waiting: Block | None = None
    for block in blocks:
        if waiting is not None:
            yield waiting, block
        waiting = block
    if waiting is not None:
        yield waiting, None


@dataclass(slots=True)
class _Flow:
    """Where on paper the text has come to."""

    sheet: int = 1
    number: int = 1
    """What is printed on the sheet."""
    used: float = field(default=0.0)
    page: float = TEXT_HEIGHT * POINTS
    """How high the text of a page is."""
    kept: bool = True
    """All that stands on the page so far is kept with what follows: it cannot move on, so nothing moves on for it."""

    def place(self, extent: _Extent, needed: float) -> int:
        """Puts the extent down; the printed number of the page that it begins on."""
        if extent.section is not None:
            self._begin_section(extent.section)
            return self.number
        if self.used and (extent.new_page or not self._fits(extent.first if self.kept else needed)):
            self._turn()
        page = self.number
        self.kept = self.kept and extent.keep_next
        if extent.rows:
            self._place_rows(extent)
        else:
            self.used += extent.before
            self._place_lines(extent.pitch, extent.lines)
        self.used += extent.after
        return page

    def _fits(self, height: float) -> bool:
        return self.used + height <= self.page + _SLACK

    def _turn(self) -> None:
        self.sheet += 1
        self.number += 1
        self.used, self.kept = 0.0, True

    def _begin_section(self, section: Section) -> None:
        if self.used:
            self._turn()
        self.page = _page(landscape=section.landscape)
        if section.start is not None:
            self.number = section.start

    def _place_lines(self, pitch: float, lines: int) -> None:
        for _line in range(lines):
            if not self._fits(pitch):
                self._turn()
            self.used += pitch

    def _place_rows(self, extent: _Extent) -> None:
        repeated = sum(height for height, _breaks in extent.rows[: extent.headers])
        if repeated > self.page / 2:
            repeated = 0.0
        for number, (height, breaks) in enumerate(extent.rows):
            again = repeated if number >= extent.headers else 0.0
            if not breaks and not self._fits(height + BORDER):
                self._turn()
                self.used = again
            while not self._fits(height + BORDER):
                lines = int((self.page - self.used - _NO_LINES - BORDER + _SLACK) / extent.pitch)
                height -= max(0, lines) * extent.pitch
                self._turn()
                self.used = again
            self.used += height
