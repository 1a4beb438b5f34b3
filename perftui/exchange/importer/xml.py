"""Bounded XML: fed in pieces, no document type, no entities, no network, and at most so many tags at a time."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from lxml import etree

from perftui.exchange.importer.imported import ImportRefused
from perftui.locale import _

MOST_TAGS = 8_000_000
MOST_BLOCK_TAGS = 600_000
MOST_BLOCK_BYTES = 32 * 1024 * 1024
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)

_CAREFUL: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "recover": False,
    "collect_ids": False,
}
"""How every part is parsed: nothing is fetched, expanded or repaired."""


def parse_small(data: bytes) -> etree._Element:
    """A small part as a tree. Raises ImportRefused."""
    _check_tags(_Spent(), data)
    parser = etree.XMLParser(encoding=_encoding(data), **_CAREFUL)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _broken() from None
    if root is None:
        raise _broken()
    _check_doctype(root)
    return root


def children_of(
    chunks: Iterable[bytes], parents: Iterable[str], *, most_tags: int = MOST_TAGS
) -> Iterator[etree._Element]:
    """The children of the first element with one of the ``parents``' tags, each whole, and gone after its turn.

    So a document of any length costs the memory of its largest paragraph or table. Raises ImportRefused.
    """
    parser: etree.XMLPullParser | None = None
    parent: etree._Element | None = None
    spent = _Spent(most_tags)
    wanted = tuple(parents)
    for chunk in chunks:
        if parser is None:
            parser = _pull_parser(wanted, _encoding(chunk))
        _check_tags(spent, chunk)
        _feed(parser, chunk)
        if parent is None:
            parent = _first_started(parser)
            if parent is not None:
                _check_doctype(parent)
        if parent is not None:
            for child in _taken(parent, keep=1):
                yield child
                spent.block_done()
    if parser is None or not _closed(parser) or parent is None:
        raise _broken()
    yield from _taken(parent, keep=0)


class _Spent:
    """Tags and bytes so far, of all and of the block that is open."""

    def __init__(self, most_tags: int = MOST_TAGS) -> None:
        self.most_tags = most_tags
        self.tags = self.block_tags = self.block_bytes = 0

    def block_done(self) -> None:
        self.block_tags = self.block_bytes = 0


def _check_tags(spent: _Spent, chunk: bytes) -> None:
    """Counts what a piece may cost before the parser sees it: every tag has a ``<``, every attribute a ``=``."""
    tags = chunk.count(b"<")
    spent.tags += tags
    spent.block_tags += tags + chunk.count(b"=")
    spent.block_bytes += len(chunk)
    too_much = spent.tags > spent.most_tags or spent.block_tags > 2 * MOST_BLOCK_TAGS
    if too_much or spent.block_bytes > MOST_BLOCK_BYTES:
        raise ImportRefused(_("文档里的一个表格或一段文字太大，没有读入"))
    if _DOCTYPE.search(chunk):
        raise ImportRefused(_("文档里有文档类型声明（DTD），Word 和 WPS 存的文件没有，没有读入"))


def _encoding(data: bytes) -> str:
    """UTF-8 or UTF-16, the only ones that office documents may have. Raises ImportRefused."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"ascii", b"us-ascii"):
        raise ImportRefused(
            _("文档的编码是 {encoding}，不是 UTF-8，没有读入").format(encoding=declared[1].decode("ascii"))
        )
    return "utf-8"


def _pull_parser(wanted: tuple[str, ...], encoding: str) -> etree.XMLPullParser:
    return etree.XMLPullParser(events=("start",), tag=wanted, encoding=encoding, **_CAREFUL)


def _first_started(parser: etree.XMLPullParser) -> etree._Element | None:
    for _event, element in parser.read_events():
        if isinstance(element, etree._Element):
            return element
    return None


def _feed(parser: etree.XMLPullParser, chunk: bytes) -> None:
    try:
        parser.feed(chunk)
    except (etree.XMLSyntaxError, ValueError):
        raise _broken() from None


def _closed(parser: etree.XMLPullParser) -> bool:
    try:
        return parser.close() is not None
    except (etree.XMLSyntaxError, ValueError):
        return False


def _taken(parent: etree._Element, keep: int) -> Iterator[etree._Element]:
    """The first children but for the last ``keep``, which the parser may still write to."""
    done = len(parent) - keep
    if done > 0:
        yield from islice(parent, done)
        del parent[:done]


def _check_doctype(element: etree._Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise ImportRefused(_("文档里有文档类型声明（DTD），Word 和 WPS 存的文件没有，没有读入"))


def _broken() -> ImportRefused:
    return ImportRefused(_("文件已损坏：里面的 XML 不完整或不正确"))
