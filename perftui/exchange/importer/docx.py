"""Reads a DOCX into plain content, however it was made and whatever stands in it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import IO

from lxml import etree

from perftui.exchange.importer.grids import Tables
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.margin_comments import margin_comments
from perftui.exchange.importer.package import MOST_BYTES, Package, target_of
from perftui.exchange.importer.paragraphs import (
    DOUBLED,
    FOOTERS,
    HEADERS,
    NOTES,
    OFF,
    ParagraphReader,
    SourceStyle,
    first,
    note_key,
    number,
    value,
)
from perftui.exchange.importer.same_markup import SameMarkupTables
from perftui.exchange.importer.source import Block, Dropped, SourceDocument, SourceTable
from perftui.exchange.importer.word import BODY, TEXT, names
from perftui.exchange.importer.xml import MOST_TAGS, children_of, parse_small
from perftui.exchange.page import StyleName
from perftui.exchange.page_styles import STYLES
from perftui.exchange.return_marks import NAMESPACE
from perftui.locale import _

_MOST_SMALL = 8 * 1024 * 1024  # bytes of a part that is read as a whole: styles, relations
_MOST_PRINTED = 64 * 1024 * 1024  # bytes of the part that says what a document was printed from
_MOST_STYLES = 10_000  # more are no document that people write in
_MAIN_KINDS = ("/officeDocument/2006/relationships/officeDocument", "/officeDocument/relationships/officeDocument")
_PAGE_NUMBER = re.compile(r"(?:[\s\d第页共/of—–\-.]|Page)*")
"""All that most headers and footers say."""
_STYLE, _NAME, _BASED, _OUTLINE = names("style"), names("name"), names("basedOn"), names("outlineLvl")
_PROPERTIES, _NUMBERING, _STYLE_ID = names("pPr"), names("numPr"), names("styleId")
_RUN, _VANISH = names("rPr"), names("vanish")
_OWN = frozenset(
    STYLES[style].word_name for style in (StyleName.HEADING_PROJECT, StyleName.TABLE_TEXT, StyleName.TABLE_HEAD)
)
"""Styles that together only documents have which this program printed."""


def read_docx(data: bytes) -> SourceDocument:
    """The content of a DOCX. Raises ImportRefused with a sentence for anything else."""
    package = Package(BytesIO(data))
    pages = _Pages(package, MOST_BYTES)
    reader = ParagraphReader(pages.styles)
    blocks = tuple(pages.blocks_with(reader))
    reader.left_out.update(_parts_left_out(package))
    dropped = (*reader.dropped, *(() if pages.literal else _texts_left_out(package, reader.noted)))
    said, extended = (_small(package, f"word/{part}.xml") for part in ("comments", "commentsExtended"))
    return SourceDocument(
        blocks=blocks,
        comments=margin_comments(said, extended, reader.anchors),
        marks=reader.marks,
        printed_from=_printed_from(package),
        taken=_named(reader.taken),
        left_out=_named(reader.left_out),
        dropped=dropped,
        literal=pages.literal,
    )


def stream_docx(source: IO[bytes], most: int) -> SourceDocument:
    """The same of a DOCX of at most ``most`` bytes, read anew each time that its blocks are gone through.

    Raises ImportRefused, also while the blocks are gone through. What is left out is not counted.
    """
    pages = _Pages(Package(source, most=most), most)
    return SourceDocument(blocks=pages, literal=pages.literal)


class _Pages:
    """The blocks of a package."""

    def __init__(self, package: Package, most: int) -> None:
        self._package, self._most = package, most
        self._main = main_part(package)
        self.styles = read_styles(package, self._main)
        self.literal = {style.name for style in self.styles.values()} >= _OWN

    def __iter__(self) -> Iterator[Block]:
        alike = SameMarkupTables()
        reader = ParagraphReader(self.styles)
        tables = Tables(reader)
        for child in self._children(alike.cut(self._package.chunks(self._main))):
            if child.tag == alike.tag:
                reader.tables += 1
                yield SourceTable(rows=alike.next(), number=reader.tables)
            else:
                yield from tables.blocks(child)
        alike.finish()

    def blocks_with(self, reader: ParagraphReader) -> Iterator[Block]:
        """The blocks, each read by itself, and in ``reader`` what was met."""
        tables = Tables(reader)
        for child in self._children(self._package.chunks(self._main)):
            yield from tables.blocks(child)

    def _children(self, chunks: Iterable[bytes]) -> Iterator[etree._Element]:
        return children_of(chunks, BODY, most_tags=max(MOST_TAGS, self._most // 4))


def _named(counts: Counter[str]) -> dict[str, int]:
    return {_(name): count for name, count in counts.items()}


def _parts_left_out(package: Package) -> dict[str, int]:
    found = {
        HEADERS: sum(1 for name in package.names if name.startswith("word/header") and name.endswith(".xml")),
        DOUBLED: package.doubled,
    }
    return {name: count for name, count in found.items() if count}


def _texts_left_out(package: Package, noted: Mapping[str, str]) -> Iterator[Dropped]:
    """What headers, footers and notes say; ``noted`` is where notes are referred to."""
    kinds = {"word/header": HEADERS, "word/footer": FOOTERS, "word/footnotes": NOTES, "word/endnotes": NOTES}
    for name in package.names:
        kind = next((kind for start, kind in kinds.items() if name.startswith(start) and name.endswith(".xml")), "")
        part = _small(package, name) if kind else None
        for element in part if part is not None else ():
            text = "".join(one.text or "" for one in element.iter(*TEXT))
            if text.strip() and not (kind in (HEADERS, FOOTERS) and _PAGE_NUMBER.fullmatch(text)):
                yield Dropped(noted.get(note_key(element), ""), kind, text)


def _printed_from(package: Package) -> dict[str, str]:
    """The values that a document of this program was printed from."""
    for name in package.names:
        root = _small(package, name, _MOST_PRINTED) if name.startswith("customxml/item") else None
        if root is not None and root.tag == f"{{{NAMESPACE}}}printed":
            return {one.get("name", ""): one.text or "" for one in root.iterchildren(f"{{{NAMESPACE}}}file")}
    return {}


def main_part(package: Package) -> str:
    """The name of the part with the text. Raises ImportRefused where the package has none."""
    relations = _small(package, "_rels/.rels")
    if relations is not None:
        for relation in relations:
            kind, target = relation.get("Type", ""), relation.get("Target", "")
            if kind.endswith(_MAIN_KINDS) and (name := target_of("", target)) in package and _is_text(name):
                return name
    if "word/document.xml" in package:
        return "word/document.xml"
    if "xl/workbook.xml" in package:
        raise ImportRefused(_("文件是 Excel 工作簿，不是 Word 文档；指标行可以从指标页导入"))
    raise ImportRefused(_("文件里没有 Word 正文，不是 .docx：请在 Word 或 WPS 里打开，另存一次再读入"))


def _small(package: Package, name: str, most: int = _MOST_SMALL) -> etree._Element | None:
    """A part that the text can do without; ``None`` where it is missing or damaged."""
    if name not in package:
        return None
    try:
        return parse_small(package.read(name, most))
    except ImportRefused:
        return None


def _is_text(name: str) -> bool:
    return not name.startswith(("xl/", "ppt/"))


# ---- styles


def read_styles(package: Package, main: str) -> dict[str, SourceStyle]:
    """The styles of paragraphs by id; none where the part is missing or damaged, since the text can do without."""
    root = _small(package, target_of(main, "styles.xml"))
    if root is None:
        return {}
    elements: dict[str, etree._Element] = {}
    for element in root.iterchildren(*_STYLE):
        if len(elements) < _MOST_STYLES:
            elements[value(element, _STYLE_ID)] = element
    hiding = next(root.iter(*_VANISH), None) is not None
    return {style_id: _style(elements, style_id, hiding=hiding) for style_id in elements}


def _style(elements: Mapping[str, etree._Element], style_id: str, *, hiding: bool) -> SourceStyle:
    named = first(elements[style_id], _NAME)
    level, listed, hidden = 0, False, None
    for element in _with_bases(elements, style_id):
        run = first(element, _RUN) if hiding else None
        vanish = None if run is None else first(run, _VANISH)
        if hidden is None and vanish is not None:
            hidden = value(vanish) not in OFF
        properties = first(element, _PROPERTIES)
        if properties is None:
            continue
        outline = first(properties, _OUTLINE)
        if outline is not None and not level:
            level = number(value(outline), -1, 9) + 1
        listed = listed or first(properties, _NUMBERING) is not None
    name = "" if named is None else value(named)
    return SourceStyle(name=name, level=level if level < 10 else 0, listed=listed, hidden=bool(hidden))


def _with_bases(elements: Mapping[str, etree._Element], style_id: str) -> Iterator[etree._Element]:
    """A style, and those that it is based on; a chain is not followed for ever."""
    for _step in range(12):
        element = elements.get(style_id)
        if element is None:
            return
        yield element
        base = first(element, _BASED)
        if base is None:
            return
        style_id = value(base)
