"""Tables of a DOCX as rows of cells with their spans; nested tables follow the one that they stand in."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.paragraphs import (
    DELETIONS,
    INSERTIONS,
    NESTED,
    UNKNOWN,
    ParagraphReader,
    alternative,
    first,
    has_symbols,
    is_cover,
    number,
    value,
)
from perftui.exchange.importer.plain_tables import MOST_CELLS, MOST_COLUMNS, plain_rows
from perftui.exchange.importer.report import in_table
from perftui.exchange.importer.source import Block, SourceCell, SourceParagraph, SourceTable
from perftui.exchange.importer.thin_columns import without_thin_columns
from perftui.exchange.importer.word import ACTS, CELL, ROW, SPECIAL, RunAction, names, wraps_text
from perftui.locale import _

_ROW_PROPERTIES, _CELL_PROPERTIES = names("trPr"), names("tcPr")
_BEFORE, _SPAN, _DOWN, _ACROSS = names("gridBefore"), names("gridSpan"), names("vMerge"), names("hMerge")
_BOOKMARK = names("bookmarkStart")
_DELETED, _INSERTED, _CELL_DELETED = names("del"), names("ins"), names("cellDel")


class Tables:
    """Reads the tables among the paragraphs of a part."""

    def __init__(self, reader: ParagraphReader) -> None:
        self._reader = reader
        self._cells = 0
        self._at = 0
        """The row that is being read, from 0."""

    def blocks(self, element: etree._Element, *, contents: bool = False) -> Iterator[Block]:
        """The paragraphs and tables that an element of the body is or holds."""
        act = ACTS.get(element.tag)
        match act:
            case RunAction.PARAGRAPH:
                yield self._reader.paragraph(element, contents=contents)
                yield from self._boxes()
            case RunAction.TABLE:
                self._cells = 0
                yield from self._table(element)
                yield from self._boxes()
            case RunAction.CONTROL:
                inside = self._reader.control(element)
                if inside is not None:
                    listed = contents or self._reader.is_contents(element)
                    blocks = self._all(inside, contents=listed)
                    yield from _of_cover(blocks) if is_cover(element) else blocks
            case RunAction.INSERTED:
                self._reader.taken[INSERTIONS] += 1
                yield from self._all(element, contents=contents)
            case RunAction.INSIDE:
                yield from self._all(element, contents=contents)
            case RunAction.EITHER:
                yield from self._all(alternative(element), contents=contents)
            case None:
                if wraps_text(element):
                    self._reader.taken[UNKNOWN] += 1
                    yield from self._all(element, contents=contents)
            case _:
                self._reader.leave(element, act)

    def _boxes(self) -> Iterator[Block]:
        """What the text boxes hold that were met."""
        boxes, self._reader.boxes = self._reader.boxes, []
        for box in boxes:
            yield from self._all(box, contents=False)

    def _all(self, element: etree._Element, *, contents: bool) -> Iterator[Block]:
        for child in element:
            yield from self.blocks(child, contents=contents)

    def _table(self, table: etree._Element) -> Iterator[SourceTable]:
        """A table, then those nested in its cells."""
        self._reader.tables += 1
        place = self._reader.tables
        if not self._reader.hides and next(table.iterdescendants(*SPECIAL), None) is None:
            plain = plain_rows(table)
            if not has_symbols("".join([cell.text for row in plain for cell in row])):
                kept = (row for row in table.iter(*ROW) if next(row.iterdescendants(*CELL), None) is not None)
                for at, row in enumerate(kept) if _marked(table) else ():
                    self._reader.mark(row, in_table(place, at))
                yield SourceTable(rows=without_thin_columns(table, plain), number=place)
                return
        nested: list[etree._Element] = []
        rows: list[tuple[SourceCell, ...]] = []
        self._reader.table = place
        for row in self._parts(table, RunAction.ROW):
            self._at = len(rows)
            cells = self._row(row, nested)
            if cells:
                self._reader.mark(row, in_table(place, len(rows)))
                rows.append(cells)
        self._reader.table = 0
        yield SourceTable(rows=without_thin_columns(table, tuple(rows)), number=place)
        for inner in nested:
            self._reader.taken[NESTED] += 1
            yield from self._table(inner)

    def _parts(self, element: etree._Element, wanted: RunAction) -> Iterator[etree._Element]:
        """The rows of a table or the cells of a row, also those inside of controls and the like."""
        for child in element:
            act = ACTS.get(child.tag)
            if act is wanted:
                yield child
            elif act is RunAction.CONTROL:
                inside = self._reader.control(child)
                if inside is not None:
                    yield from self._parts(inside, wanted)
            elif act in (RunAction.INSIDE, RunAction.INSERTED):
                yield from self._parts(child, wanted)
            elif act is RunAction.EITHER:
                yield from self._parts(alternative(child), wanted)
            elif act is not None:
                self._reader.leave(child, act)
            elif wraps_text(child):
                self._reader.taken[UNKNOWN] += 1
                yield from self._parts(child, wanted)

    def _row(self, row: etree._Element, nested: list[etree._Element]) -> tuple[SourceCell, ...]:
        properties = first(row, _ROW_PROPERTIES)
        column = 0
        if properties is not None:
            if first(properties, _DELETED) is not None:
                self._reader.drop(DELETIONS, row)
                return ()
            if first(properties, _INSERTED) is not None:
                self._reader.taken[INSERTIONS] += 1
            before = first(properties, _BEFORE)
            column = 0 if before is None else number(value(before), 0, MOST_COLUMNS)
        cells: list[SourceCell] = []
        for cell in self._parts(row, RunAction.CELL):
            self._cells += 1
            if self._cells > MOST_CELLS or len(cells) > 4 * MOST_COLUMNS:
                raise ImportRefused(_("文档里的一个表格或一段文字太大，没有读入"))
            made, across = self._cell(cell, column, nested)
            alike = sum(one.text == made.text for one in cells)
            self._reader.anchors.settle(in_table(self._reader.table, self._at), made.text, alike)
            if across and cells:
                last = cells[-1]
                text = last.text + ("\n" + made.text if made.text.strip() else "")
                made = SourceCell(text=text, column=last.column, span=last.span + made.span, merged=last.merged)
                cells.pop()
            cells.append(made)
            column = made.column + made.span
        return tuple(cells)

    def _cell(self, cell: etree._Element, column: int, nested: list[etree._Element]) -> tuple[SourceCell, bool]:
        """A cell, and whether it only goes on with the one before it."""
        properties = first(cell, _CELL_PROPERTIES)
        span, merged, across, deleted = 1, False, False, False
        if properties is not None:
            for one in properties:
                if one.tag in _SPAN:
                    span = number(value(one), 1, MOST_COLUMNS)
                elif one.tag in _DOWN:
                    merged = value(one) != "restart"
                elif one.tag in _ACROSS:
                    across = value(one) != "restart"
                elif one.tag in _CELL_DELETED:
                    deleted = True
        if deleted:
            self._reader.drop(DELETIONS, cell)
            return SourceCell(text="", column=column, span=span, merged=merged), across
        return SourceCell(text=self._text(cell, nested), column=column, span=span, merged=merged), across

    def _text(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        paragraphs: list[str] = []
        self._gather(cell, paragraphs, nested)
        return "\n".join(paragraphs)

    def _gather(self, element: etree._Element, paragraphs: list[str], nested: list[etree._Element]) -> None:
        for child in element:
            act = ACTS.get(child.tag)
            match act:
                case RunAction.PARAGRAPH:
                    paragraphs.append(self._reader.text(child))
                case RunAction.TABLE:
                    nested.append(child)
                case RunAction.CONTROL:
                    inside = self._reader.control(child)
                    if inside is not None:
                        self._gather(inside, paragraphs, nested)
                case RunAction.INSERTED | RunAction.INSIDE:
                    if act is RunAction.INSERTED:
                        self._reader.taken[INSERTIONS] += 1
                    self._gather(child, paragraphs, nested)
                case RunAction.EITHER:
                    self._gather(alternative(child), paragraphs, nested)
                case None:
                    if wraps_text(child):
                        self._reader.taken[UNKNOWN] += 1
                        self._gather(child, paragraphs, nested)
                case _:
                    self._reader.leave(child, act)


def _of_cover(blocks: Iterator[Block]) -> Iterator[SourceParagraph]:
    """The words of a cover: a table there only puts them in their places."""
    for block in blocks:
        if isinstance(block, SourceParagraph):
            yield replace(block, cover=True)
        else:
            cells = [cell for row in block.rows for cell in row if not cell.merged]
            yield from (SourceParagraph(text=cell.text, number=0, cover=True) for cell in cells)


def _marked(table: etree._Element) -> bool:
    return next(table.iterdescendants(*_BOOKMARK), None) is not None
