"""Reads HTML and MHTML, which web systems export and name .doc or .xls: what a browser shows of it.

Nothing is fetched, no script runs; a page is bounded by its bytes, its elements, their depth and the cells of a table.
"""

import re
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from lxml import etree

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.merges import Reach, covered_cells
from perftui.exchange.importer.paragraphs import HIDDEN, NESTED, PICTURES
from perftui.exchange.importer.report import in_table, in_text
from perftui.exchange.importer.source import Block, Dropped, SourceCell, SourceDocument, SourceParagraph, SourceTable
from perftui.exchange.importer.text_dump import MOST_BYTES, decode_text
from perftui.exchange.importer.web_comments import WebComments
from perftui.locale import _

_MOST_TAGS = 600_000
_MOST_DEPTH = 100
_MOST_CELLS = 200_000
_MOST_SPAN = 256
_MOST_PAGES = 200
_LOOKED_AT = 4096
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|div)[\s>]", re.I)
_ARCHIVE = re.compile(rb"(?:^|\n)content-type:\s*multipart/(?:related|mixed|alternative)", re.I)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_-]{2,20})""", re.I)
_CHINESE = ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden)", re.I)
_BLANKS = re.compile("[ \\t\\r\\n\\f\xa0]+")
_BREAK = "\0"
_SILENT = frozenset(("head", "script", "style", "noscript", "template", "title", "object", "iframe", "svg"))
_LINES = frozenset(
    ("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "center",
     "header", "footer", "main", "form", "fieldset", "pre", "blockquote", "caption", "hr", "body", "html", "nav")
)  # fmt: skip


def is_web_page(data: bytes) -> bool:
    """Does a text begin as HTML does?"""
    start = _start(data)
    return start.startswith(b"<") and not _is_other_xml(start) and _PAGE.search(start) is not None


def is_web_archive(data: bytes) -> bool:
    """Does a text begin as a page with its parts in one file does (MHTML)?"""
    return _ARCHIVE.search(_start(data)) is not None


def is_office_xml(data: bytes) -> bool:
    """Is it one of the XML formats of Office 2003, or a document in one XML file?"""
    return _is_other_xml(_start(data))


def _start(data: bytes) -> bytes:
    start = data[: 2 * _LOOKED_AT]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.decode("utf-16", "replace").encode()
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:_LOOKED_AT]


def _is_other_xml(start: bytes) -> bool:
    spaces = (b"progid=", b"office:spreadsheet", b"office/word/2003", b"2006/xmlPackage")
    return start.startswith(b"<?xml") and any(one in start for one in spaces) and b"<html" not in start.lower()


def read_web_page(data: bytes) -> SourceDocument:
    """The content of an HTML file. Raises ImportRefused."""
    return _content([_decoded(data, "")])


def read_web_archive(data: bytes) -> SourceDocument:
    """The content of all pages of an MHTML file. Raises ImportRefused."""
    _check_size(data)
    message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=policy.default)
    pages = []
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                pages.append(_decoded(payload, part.get_content_charset() or ""))
    if not pages or len(pages) > _MOST_PAGES:
        raise ImportRefused(_("网页归档（.mht）里没有可以读的网页，请在浏览器或 Word 里打开后另存为 .docx"))
    return _content(pages)


def _check_size(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise ImportRefused(_("文件超过 {most} MiB，没有读入").format(most=MOST_BYTES // 1024 // 1024))


def _decoded(data: bytes, charset: str) -> str:
    """A page as text: by its mark, by what it says of itself, else as any text."""
    _check_size(data)
    said = _CHARSET.search(data[:_LOOKED_AT])
    name = (charset or (said[1].decode("ascii") if said else "")).lower()
    if name in _CHINESE and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:  # it says one and is another, as happens
            pass
    return decode_text(data)


def _content(pages: list[str]) -> SourceDocument:
    reader = _PageReader()
    for text in pages:
        if text.count("<") > _MOST_TAGS:
            raise ImportRefused(_("网页太大，没有读入"))
        reader.page(_tree(text))
    left_out = {_(kind): count for kind, count in reader.left_out.items()}
    taken = {_(kind): count for kind, count in reader.taken.items()}
    return SourceDocument(
        blocks=tuple(reader.blocks), dropped=tuple(reader.dropped), left_out=left_out, taken=taken,
        comments=tuple(reader.comments.found()),
    )  # fmt: skip


def _tree(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        return etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ImportRefused(_("网页读不出来，请在浏览器里打开，复制到 Word 里另存为 .docx")) from None


Nested = list[tuple[etree._Element, int]]
"""Tables in cells, and how deep they stand."""


class _PageReader:
    """One walk over the pages of a file."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        self.left_out: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()
        self.comments = WebComments()
        self._paragraphs = self._tables = self._cells = 0
        self._open: list[str] = []

    def page(self, root: etree._Element | None) -> None:
        """Read a page behind those before it."""
        if root is not None:
            self._walk(root, 0)
            self._end_line()

    def _walk(self, element: etree._Element, depth: int) -> None:
        """The text and tables of an element outside of any table."""
        tag = self._tag(element, depth)
        if tag == "table":
            self._end_line()
            self._table(element, depth)
        elif tag and not self._is_left_out(element, tag):
            self._inline(element, tag, self._open)
            if tag in _LINES:
                self._end_line()
            self._open.append(element.text or "")
            for child in element:
                self._walk(child, depth + 1)
                self._open.append(child.tail or "")
            if tag in _LINES:
                self._end_line()

    def _end_line(self) -> None:
        text = _shown("".join(self._open))
        self._open.clear()
        for line in text.split("\n") if text else ():
            if line:
                self._paragraphs += 1
                self.blocks.append(SourceParagraph(text=line, number=self._paragraphs))
                self.comments.anchors.settle(in_text(self._paragraphs), line)

    def _tag(self, element: etree._Element, depth: int) -> str:
        if depth > _MOST_DEPTH:
            raise ImportRefused(_("网页的结构套得太深，没有读入"))
        return element.tag.lower() if isinstance(element.tag, str) else ""

    def _is_left_out(self, element: etree._Element, tag: str) -> bool:
        if tag in _SILENT or self.comments.meet(element):
            return True
        if tag == "img":
            self.left_out[PICTURES] += 1
        if not _HIDDEN.search(element.get("style", "")):
            return False
        if text := _shown(_inside(element)):
            self.left_out[HIDDEN] += 1
            self.dropped.append(Dropped("", HIDDEN, text))
        return True

    def _inline(self, element: etree._Element, tag: str, into: list[str]) -> None:
        """What an element shows that is no text of its own."""
        if tag == "br":
            into.append(_BREAK)
        elif tag == "input" and element.get("type", "text").lower() in ("text", "number", "date"):
            into.append(element.get("value", ""))

    def _table(self, table: etree._Element, depth: int) -> None:
        """A table, then those nested in its cells."""
        self._tables += 1
        number = self._tables
        nested: Nested = []
        above: Reach = {}
        rows: list[tuple[SourceCell, ...]] = []
        for row in self._rows(table, depth + 1):
            place = in_table(number, sum(map(bool, rows)))
            rows.append(self._row(row, place, above, nested, depth + 2))
        self.blocks.append(SourceTable(rows=tuple(row for row in rows if row), number=number))
        for inner, at in nested:
            self.taken[NESTED] += 1
            self._table(inner, at)

    def _rows(self, element: etree._Element, depth: int) -> Iterator[etree._Element]:
        for child in element:
            tag = self._tag(child, depth)
            if tag == "tr" and not self._is_left_out(child, tag):
                yield child
            elif tag == "caption":
                self.blocks.extend(self._caption(child))
            elif tag in ("tbody", "thead", "tfoot", "form"):
                yield from self._rows(child, depth + 1)

    def _caption(self, element: etree._Element) -> Iterator[SourceParagraph]:
        if text := _shown(_inside(element)):
            self._paragraphs += 1
            yield SourceParagraph(text=text, number=self._paragraphs)

    def _row(self, row: etree._Element, place: str, above: Reach, nested: Nested, depth: int) -> tuple[SourceCell, ...]:
        """The cells of a row. ``above``: the cells above that reach into it; brought up to date."""
        covers = covered_cells(above)
        made = list(covers.values())
        column = 0
        for cell in (one for one in row if self._tag(one, depth) in ("td", "th")):
            while column in covers:
                column += covers[column].span
            words: list[str] = []
            if not self._is_left_out(cell, "td"):
                self._gather(cell, words, nested, depth + 1)
            span = _number(cell.get("colspan", ""))
            text = _shown("".join(words))
            self.comments.anchors.settle(place, text, sum(one.text == text for one in made))
            made.append(SourceCell(text, column, span))
            if (down := _number(cell.get("rowspan", ""))) > 1:
                above[column] = (down - 1, span)
            column += span
        self._count(len(made))
        return tuple(sorted(made, key=lambda cell: cell.column))

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > _MOST_CELLS:
            raise ImportRefused(_("文档里的一个表格或一段文字太大，没有读入"))

    def _gather(self, element: etree._Element, words: list[str], nested: Nested, depth: int) -> None:
        words.append(element.text or "")
        for child in element:
            tag = self._tag(child, depth)
            if tag == "table":
                nested.append((child, depth))
            elif tag and not self._is_left_out(child, tag):
                self._inline(child, tag, words)
                edge = _BREAK if tag in _LINES else ""
                words.append(edge)
                self._gather(child, words, nested, depth + 1)
                words.append(edge)
            words.append(child.tail or "")


def _inside(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(str(text) for text in element.itertext())


def _shown(text: str) -> str:
    """A text as a browser shows it: blanks joined, line breaks where the page says so."""
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)


def _number(text: str) -> int:
    """A span, as far as a table may have it."""
    digits = text.strip()
    return min(max(int(digits), 1), _MOST_SPAN) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else 1
