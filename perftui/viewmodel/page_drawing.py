"""The printed page drawn in terminal cells: the preview and ``show`` put out these lines.

Widths are the terminal's: what is as wide as the page on paper is as wide as the window here, and text is wrapped anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from perftui.exchange.page import Align, Block, Contents, Paragraph, PrintedPart, Section, StyleName, Table, TableCell
from perftui.exchange.page_measure import ContentsEntry, estimate_pages
from perftui.exchange.page_styles import STYLES
from perftui.model.document import DEPARTMENT, Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath
from perftui.model.text import visible
from perftui.model.width import cell_len, fit, wrap
from perftui.viewmodel.grid import Tone
from perftui.viewmodel.lazy_sequence import LazySequence
from perftui.viewmodel.page_table import TableDrawing

_SPACED = (StyleName.COVER_TITLE, StyleName.CONTENTS_TITLE, StyleName.TITLE, StyleName.HEADING_PROJECT)
"""Headings with an empty line above and below."""


@frozen
class PageSpan:
    """A piece of a line."""

    text: str
    tone: Tone = Tone.PLAIN
    place: Location | None = None
    """The field that it shows, blanks around its text included."""


@frozen
class PageLine:
    """A line of the drawn page."""

    spans: tuple[PageSpan, ...] = ()

    @property
    def text(self) -> str:
        """The line without blanks at its end."""
        return "".join(span.text for span in self.spans).rstrip(" ")


EMPTY = PageLine()


def draw(printed: PrintedPart, width: int, *, ascii_frames: bool = False) -> tuple[PageLine, ...]:
    """The whole of ``printed`` in lines of at most ``width`` cells (a table may need more: three cells a column).

    ``ascii_frames`` draws tables with ``+-|``, for terminals where box characters are two cells wide.
    """
    entries = estimate_pages(printed).entries if any(isinstance(one, Contents) for one in printed.blocks) else ()
    return tuple(chain.from_iterable(draw_blocks(printed.blocks, width, entries=entries, ascii_frames=ascii_frames)))


def draw_blocks(
    blocks: Iterable[Block],
    width: int,
    before: Block | None = None,
    *,
    entries: Sequence[ContentsEntry] = (),
    ascii_frames: bool = False,
) -> Iterator[Sequence[PageLine]]:
    """For each block that stands behind ``before``, and for what divides them, its lines."""
    for block in blocks:
        if before is not None and _begins_page(block) and not isinstance(before, Section):
            yield (_rule(width, ascii_frames=ascii_frames),)
        elif isinstance(block, Table) and isinstance(before, Table) and not block.adjoins:
            yield (EMPTY,)
        yield draw_block(block, width, entries=entries, ascii_frames=ascii_frames)
        before = block


def draw_block(
    block: Block, width: int, *, entries: Sequence[ContentsEntry] = (), ascii_frames: bool = False
) -> Sequence[PageLine]:
    """The lines of one block; ``entries`` are those of the contents, wherever they stand."""
    if isinstance(block, Paragraph):
        return tuple(_paragraph(block, width))
    if isinstance(block, Table):
        return TableLines(block, width, ascii_frames=ascii_frames)
    if isinstance(block, Contents):
        return tuple(draw_entry(entry.text, entry.level, str(entry.page), width) for entry in entries)
    return ()


def _begins_page(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return STYLES[block.style].begins_page(block.page_break_before)
    return isinstance(block, Section)


def _rule(width: int, *, ascii_frames: bool) -> PageLine:
    return PageLine(spans=(PageSpan(text=("-" if ascii_frames else "─") * width, tone=Tone.DIM),))


def _place(record: str, source: FieldPath | None) -> Location | None:
    return None if source is None else Location(file=record or DEPARTMENT, path=source)


def wrapped(text: str, cells: int) -> list[str]:
    """The lines of ``text`` in a column of ``cells``, control characters as visible signs."""
    shown = "\n".join([visible(line) for line in text.split("\n")])
    return [shown[start:end].removesuffix("\n") for start, end in wrap(shown, cells)]


def _paragraph(block: Paragraph, width: int) -> Iterator[PageLine]:
    style = STYLES[block.style]
    tone = Tone.PLAIN if style.level is None and block.style not in _SPACED else Tone.HEAD
    place = _place(block.record, block.source)
    spaced = block.style in _SPACED
    if spaced:
        yield EMPTY
    for line in wrapped("　" * style.indent + block.text, width):
        text = fit(line, width, "center") if style.align == Align.CENTER else line
        yield PageLine(spans=(PageSpan(text=text, tone=tone, place=place),))
    if spaced:
        yield EMPTY


def draw_entry(text: str, level: int, page: str, width: int) -> PageLine:
    """A line of the contents; a ``page`` that is not known yet is a sign for it."""
    page = f" {page}"
    text = visible("　　" * (level > 1) + text)
    room = width - cell_len(page)
    text = fit(text, room) if cell_len(text) >= room else text + " " + "." * (room - cell_len(text) - 1)
    return PageLine(spans=(PageSpan(text=text), PageSpan(text=page)))


# ---- tables


class TableLines(LazySequence[PageLine]):
    """The lines of a table, drawn when they are looked at: of a thousand rows a window shows twenty."""

    def __init__(self, table: Table, width: int, *, ascii_frames: bool) -> None:
        self._drawing = TableDrawing(table, width, wrapped)
        self._ascii = ascii_frames

    def __len__(self) -> int:
        return len(self._drawing)

    def line_of(self, path: FieldPath) -> int | None:
        """See ``TableDrawing``."""
        return self._drawing.line_of(path)

    def _item(self, number: int) -> PageLine:
        frame, pieces = self._drawing.line(number, ascii_frames=self._ascii)
        record, spans, end = self._drawing.table.record, list[PageSpan](), 0
        for piece in pieces:
            if piece.x > end:
                spans.append(PageSpan(text=frame[end : piece.x], tone=Tone.DIM))
            text = fit(piece.text, piece.width, piece.align.value)
            spans.append(PageSpan(text=text, tone=_tone(piece.cell), place=_place(record, piece.cell.source)))
            end = piece.x + piece.width
        if end < len(frame):
            spans.append(PageSpan(text=frame[end:], tone=Tone.DIM))
        return PageLine(spans=tuple(spans))


def _tone(cell: TableCell) -> Tone:
    return Tone.LABEL if cell.style is StyleName.TABLE_HEAD else Tone.PLAIN
