"""The printed page as a DOCX: ``document.xml`` written as text, piece by piece."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, pairwise
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple

from perftui.exchange.column_widths import on_page
from perftui.exchange.docx_package import FOOTER_BLANK, FOOTER_EVEN, FOOTER_ODD, Parts, write_package
from perftui.exchange.docx_xml import escape, plain_runs, run
from perftui.exchange.notes import Notes
from perftui.exchange.page import (
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    CellSlot,
    Contents,
    Paragraph,
    PrintedPart,
    ReadyCover,
    Section,
    Table,
    TableRow,
    TableShape,
    grid,
)
from perftui.exchange.page_measure import (
    ContentsEntry,
    Estimate,
    PageEstimate,
    bookmark,
    gap_below,
    header_rows,
    in_contents,
    with_next,
)
from perftui.exchange.page_styles import (
    CELL_PADDING_X,
    CELL_PADDING_Y,
    CONTENTS_LEVELS,
    CONTENTS_STYLES,
    SEAM,
    STAMP_LINE,
    STAMP_SIZE,
    STYLES,
)
from perftui.exchange.return_marks import ROW_PARTS, RowMarks

if TYPE_CHECKING:
    from perftui.exchange.office_style import OfficeStyle

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>zh-CN</dc:language>'
    "</cp:coreProperties>\n"
)
FOOT_MM = 12.0
"""From the text's lower edge to that of the page number: where there is less room, the text gives way."""
STAMP_MM = STAMP_LINE / 72 * 25.4
"""What a stamp takes below the page number, which stays where it is."""
HEADER_MM = 15.0
_SPOOL = 4 << 20  # bytes of the body that stand in memory; what is beyond goes to a temporary file
_PIECE = 1 << 16  # bytes that are copied at a time


def write_docx(printed: PrintedPart, out: IO[bytes], office: "OfficeStyle | None" = None) -> None:
    """Writes ``printed`` to ``out`` as a DOCX; the same page gives the same bytes everywhere.

    With ``office`` it looks like that office's own file. Its blocks are gone through once, and once more where there
    are notes. Raises UnprintableError, naming the field, where a text has a character that XML cannot hold; ``out`` is
    then to be thrown away.
    """
    core = _DECLARATION + _CORE.format(title=escape(printed.title))
    with SpooledTemporaryFile(max_size=_SPOOL) as body:
        notes, marks = Notes(printed.blocks, printed.notes), RowMarks(printed.printed_from)
        estimate, places = _write_body(printed, body, notes, marks, office)
        length = body.tell()
        body.seek(0)
        parts = Parts(
            core=core,
            length=length,
            foot=_stamp(printed.stamp),
            draft=printed.draft,
            comments=notes.part(),
            returns=marks.wanted,
            printed=marks.part(),
        )
        if office is not None:
            parts = replace(parts, fixed=office.parts, feet=office.feet, front_feet=office.front_feet)
        write_package(out, _document(body, places, estimate, office), parts)


def _write_body(
    printed: PrintedPart, body: IO[bytes], notes: Notes, marks: RowMarks, office: "OfficeStyle | None"
) -> tuple[Estimate, list[int]]:
    """Writes all blocks but the contents, whose entries the blocks behind them say; and where those come, in bytes."""
    pages, places, headings = PageEstimate(), list[int](), 0
    section, ended, stamped = Section(), True, bool(printed.stamp)
    for block, after in with_next(printed.blocks):
        breakable = pages.add(block, after)
        if isinstance(block, Contents):
            places.append(body.tell())
        elif isinstance(block, Section):
            if not ended:
                body.write(_blank(SEAM, office, _section(section, office, stamped=stamped)).encode())
            section = block
        elif isinstance(block, ReadyCover):
            body.write(block.markup.encode())
        elif isinstance(block, Table):
            frame = _frame(section, office)
            body.write(_table(on_page(block, frame.scale), frame, breakable, notes, marks))
            if gap := gap_below(after):
                body.write(_blank(gap, office).encode())
        else:
            name, headings = (headings, headings + 1) if in_contents(block) else (None, headings)
            body.write(_paragraph(block, name, notes, marks, office).encode())
        ended = isinstance(block, Section) or (isinstance(block, ReadyCover) and block.ends_section)
    body.write(_section(section, office, stamped=stamped).encode())
    return pages.estimate(), places


def _document(
    body: IO[bytes], places: Sequence[int], estimate: Estimate, office: "OfficeStyle | None"
) -> Iterator[bytes]:
    """The main part in pieces: the body, with the contents in their places."""
    yield f'{_DECLARATION}<w:document xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}"><w:body>'.encode()
    for place in places:
        yield from _pieces_until(body, place)
        yield from (entry.encode() for entry in _contents(estimate.entries, office))
    yield from _pieces_until(body, None)
    yield b"</w:body></w:document>\n"


def _pieces_until(body: IO[bytes], place: int | None) -> Iterator[bytes]:
    """What is left of the body up to a place in bytes, or to its end."""
    while piece := body.read(_PIECE if place is None else min(_PIECE, place - body.tell())):
        yield piece


# ---- paragraphs


def _paragraph(
    block: Paragraph, heading: int | None, notes: Notes, marks: RowMarks, office: "OfficeStyle | None"
) -> str:
    if block.source is not None:
        marks.see(block.record)
    properties = _own_properties(block) if office is None else _office_properties(block, office)
    content = notes.around(run(block.text, path=block.source, record=block.record), block.record, block.source)
    if heading is not None:
        mark = f'<w:bookmarkStart w:id="{heading}" w:name="{bookmark(heading)}"/>'
        content = f'{mark}{content}<w:bookmarkEnd w:id="{heading}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{marks.of(block.record, block.source)}{content}</w:p>"


def _own_properties(block: Paragraph) -> str:
    style = STYLES[block.style]
    properties = f'<w:pStyle w:val="{style.word_id}"/>'
    if block.keep_next and not style.keep_next:
        properties += "<w:keepNext/>"
    if block.page_break_before not in (None, style.page_break_before):
        properties += "<w:pageBreakBefore/>" if block.page_break_before else '<w:pageBreakBefore w:val="0"/>'
    return properties


def _office_properties(block: Paragraph, office: "OfficeStyle") -> str:
    """All that the pages rely on is said at the paragraph: who knows what the office's style says of it."""
    style = STYLES[block.style]
    properties = f'<w:pStyle w:val="{office.ids[style.word_id]}"/>'
    if block.keep_next or style.keep_next:
        properties += "<w:keepNext/>"
    if style.begins_page(block.page_break_before):
        properties += "<w:pageBreakBefore/>"
    elif block.page_break_before is not None:
        properties += '<w:pageBreakBefore w:val="0"/>'
    return properties if style.level is None else f'{properties}<w:outlineLvl w:val="{style.level - 1}"/>'


def _blank(height: float, office: "OfficeStyle | None", section: str = "") -> str:
    """An empty paragraph that takes ``height`` points."""
    line = round(height * 20)
    around = "" if office is None else ' w:before="0" w:after="0"'
    return f'<w:p><w:pPr><w:spacing{around} w:line="{line}" w:lineRule="exact"/>{section}</w:pPr></w:p>'


# ---- the contents

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


def _contents(entries: tuple[ContentsEntry, ...], office: "OfficeStyle | None") -> Iterator[str]:
    """The TOC field with its entries filled in.

    Nothing asks Word to update it when the file is opened: it would ask every reader, and our numbers are right.
    """
    for number, entry in enumerate(entries):
        opening = closing = ""
        if number == 0:
            opening = _BEGIN + _instruction(f'TOC \\o "1-{CONTENTS_LEVELS}" \\h \\z \\u') + _SEPARATE
        if number == len(entries) - 1:
            closing = _END
        page = _BEGIN + _instruction(f"PAGEREF {entry.bookmark} \\h") + _SEPARATE + run(str(entry.page)) + _END
        yield (
            f"<w:p><w:pPr>{_contents_style(entry.level, office)}</w:pPr>{opening}"
            f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{run(entry.text)}<w:r><w:tab/></w:r>{page}'
            f"</w:hyperlink>{closing}</w:p>"
        )


def _contents_style(level: int, office: "OfficeStyle | None") -> str:
    own = CONTENTS_STYLES[level - 1].word_id
    if office is None:
        return f'<w:pStyle w:val="{own}"/>'
    tab = f'<w:tab w:val="right" w:leader="dot" w:pos="{office.page.text_width()}"/>'
    return f'<w:pStyle w:val="{office.ids[own]}"/><w:tabs>{tab}</w:tabs>'


# ---- sections


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


_PORTRAIT = (
    f'<w:pgSz w:w="{_twips(PAGE_WIDTH)}" w:h="{_twips(PAGE_HEIGHT)}"/>'
    f'<w:pgMar w:top="{_twips(MARGIN_TOP)}" w:right="{_twips(MARGIN_RIGHT)}" w:bottom="{_twips(MARGIN_BOTTOM)}"'
    f' w:left="{_twips(MARGIN_LEFT)}" w:header="{_twips(HEADER_MM)}" w:footer="{{footer}}" w:gutter="0"/>'
)
_LANDSCAPE = (
    f'<w:pgSz w:w="{_twips(PAGE_HEIGHT)}" w:h="{_twips(PAGE_WIDTH)}" w:orient="landscape"/>'
    f'<w:pgMar w:top="{_twips(MARGIN_LEFT)}" w:right="{_twips(MARGIN_TOP)}" w:bottom="{_twips(MARGIN_RIGHT)}"'
    f' w:left="{_twips(MARGIN_BOTTOM)}" w:header="{_twips(HEADER_MM)}" w:footer="{{footer}}" w:gutter="0"/>'
)


def _section(section: Section, office: "OfficeStyle | None", *, stamped: bool) -> str:
    if office is not None:
        return office.section(section)
    page, margin = (_LANDSCAPE, MARGIN_RIGHT) if section.landscape else (_PORTRAIT, MARGIN_BOTTOM)
    page = page.format(footer=_twips(margin - FOOT_MM - STAMP_MM * stamped))
    odd, even = (FOOTER_ODD, FOOTER_EVEN) if section.numbered else (FOOTER_BLANK,) * 2
    start = "" if section.start is None else f'<w:pgNumType w:start="{section.start}"/>'
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{odd}"/>'
        f'<w:footerReference w:type="even" r:id="{even}"/><w:type w:val="nextPage"/>{page}{start}</w:sectPr>'
    )


def _stamp(text: str) -> str:
    """The paragraph under the page number; nothing for no text."""
    if not text:
        return ""
    line, half_points = round(STAMP_LINE * 20), round(STAMP_SIZE * 2)
    return (
        f'<w:p><w:pPr><w:spacing w:line="{line}" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


# ---- tables

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_TABLE_BORDERS = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES)
_PADDINGS = {"top": CELL_PADDING_Y, "left": CELL_PADDING_X, "bottom": CELL_PADDING_Y, "right": CELL_PADDING_X}
_CELL_MARGINS = "".join(f'<w:{edge} w:w="{round(width * 20)}" w:type="dxa"/>' for edge, width in _PADDINGS.items())


_HOLE = "\0"
"""Stands in a table's markup where a cell's text comes; no text can hold it."""


class _Frame(NamedTuple):
    """What a table takes from the page and from the file whose looks it has."""

    scale: float = 1.0
    """By what its columns are wider."""
    style: str = ""
    """The id of a style of tables, which draws its lines; "": they are ours."""
    ids: tuple[tuple[str, str], ...] = ()
    """The ids of styles of text by ours; none: they are ours."""


def _frame(section: Section, office: "OfficeStyle | None") -> _Frame:
    if office is None:
        return _Frame()
    return _Frame(office.page.scale(landscape=section.landscape), office.table, tuple(office.ids.items()))


def _table(table: Table, frame: _Frame, breakable: frozenset[int], notes: Notes, marks: RowMarks) -> bytes:
    markup = _markup(table.shape, frame, breakable)
    cells = [cell for row in table.rows for cell in row.cells]
    texts = plain_runs([cell.text for cell in cells])
    if texts is None or len(texts) != len(cells):  # something to write otherwise, or to refuse by its name
        texts = [run(cell.text, path=cell.source, record=table.record).encode() for cell in cells]
    if notes.waits_for(table.record):
        texts = [
            notes.around(text.decode(), table.record, cell.source).encode()
            for text, cell in zip(texts, cells, strict=True)
        ]
    if marks.wanted:
        texts = _with_marks(table, texts, marks)
    return b"".join([piece for pair in zip(markup, [*texts, b""], strict=True) for piece in pair])


def _with_marks(table: Table, texts: list[bytes], marks: RowMarks) -> list[bytes]:
    """The texts of the cells, the first and the last of each row behind the row's bookmarks.

    Who writes a cell anew may take its bookmark away; who writes the whole row anew made another.
    """
    marks.see(table.record)
    made, end = list(texts), 0
    for cells in [row.cells for row in table.rows]:
        first, end = end, end + len(cells)
        source = cells[0].source if cells else None
        if source is not None and len(source) == ROW_PARTS:
            made[first] = marks.of(table.record, source).encode() + made[first]
            made[end - 1] = marks.of(table.record, source, last=True).encode() + made[end - 1]
    return made


@lru_cache(maxsize=64)
def _markup(shape: TableShape, frame: _Frame, breakable: frozenset[int]) -> tuple[bytes, ...]:
    """What stands before, between and behind the texts of a table of this shape."""
    return tuple(piece.encode() for piece in "".join(_pieces(shape.sample(), frame, breakable)).split(_HOLE))


def _pieces(table: Table, frame: _Frame, breakable: frozenset[int]) -> Iterator[str]:
    edges = [_twips(place * frame.scale) for place in accumulate(table.columns, initial=0.0)]
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    style = f'<w:tblStyle w:val="{frame.style}"/>' if frame.style else ""
    borders = "" if style else f"<w:tblBorders>{_TABLE_BORDERS}</w:tblBorders>"
    look = '<w:tblLook w:val="0600" w:noHBand="1" w:noVBand="1"/>' if style else ""
    yield (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:jc w:val="center"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_CELL_MARGINS}</w:tblCellMar>{look}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
    headers = header_rows(table)
    for number, (row, slots) in enumerate(zip(table.rows, grid(table), strict=True)):
        yield f"<w:tr>{_row_properties(row, repeated=number < headers, whole=number not in breakable)}"
        for slot in slots:
            yield _cell(table, frame, slot, edges[slot.column + slot.cell.col_span] - edges[slot.column])
        yield "</w:tr>"
    yield "</w:tbl>"


def _without_borders(table: Table, slot: CellSlot) -> str:
    """The line under the cell stays where the row below has borders: it is that row's."""
    below = slot.top + slot.cell.row_span
    owned = ("top", "left", "right") if below < len(table.rows) and table.rows[below].bordered else _EDGES[:4]
    return "<w:tcBorders>{}</w:tcBorders>".format("".join(f'<w:{edge} w:val="nil"/>' for edge in owned))


def _row_properties(row: TableRow, *, repeated: bool, whole: bool) -> str:
    properties = "<w:cantSplit/>" if whole else ""
    if row.height is not None:
        properties += f'<w:trHeight w:val="{_twips(row.height)}" w:hRule="atLeast"/>'
    if repeated:
        properties += "<w:tblHeader/>"
    return f"<w:trPr>{properties}</w:trPr>" if properties else ""


def _cell(table: Table, frame: _Frame, slot: CellSlot, width: int) -> str:
    cell = slot.cell
    style = STYLES[cell.style or table.style]
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.col_span > 1:
        properties += f'<w:gridSpan w:val="{cell.col_span}"/>'
    if cell.row_span > 1:
        properties += "<w:vMerge/>" if slot.covered else '<w:vMerge w:val="restart"/>'
    if not table.rows[slot.top].bordered:
        properties += _without_borders(table, slot)
    style_id = dict(frame.ids).get(style.word_id, style.word_id)
    plain = cell.align in (None, style.align) and not frame.ids
    align = "" if plain else f'<w:jc w:val="{cell.align or style.align}"/>'
    return (
        f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="{cell.valign}"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{align}</w:pPr>{"" if slot.covered else _HOLE}</w:p></w:tc>'
    )
