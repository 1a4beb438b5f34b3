"""The cover of an office's Word file: which of its pages that is, and its markup made ready for our document.

Words are told of a cover by what stands there, see ``cover_words``. What our document cannot hold is taken out of the
markup (bookmarks, comments, notes, fields' instructions, numbering, changes that are tracked), its looks stay.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from perftui.exchange.cover_words import CoverLine, CoverWords, FilledCover, OtherUnit, fill_cover, filled_text
from perftui.exchange.elements import drop
from perftui.exchange.filling.word_text import WordText
from perftui.exchange.importer.grids import Tables
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.paragraphs import COVER_TAG, ParagraphReader, SourceStyle
from perftui.exchange.importer.source import SourceParagraph
from perftui.exchange.page import ReadyCover
from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.text import visible

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_SPACE}}}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MOST_BLOCKS, _MOST_CHARACTERS = 80, 1500
_LONGEST_LINE = 60  # characters; a longer paragraph is text
_WIDEST_TABLE, _HIGHEST_TABLE = 3, 12
"""Columns and rows of a table that only puts a cover's lines in their places."""
_HAN = "一二三四五六七八九十"
_PARTS = re.compile(rf"\s*(?:第[{_HAN}1-9][部章篇]|[{_HAN}][、.．]|[（(][一二三四五][）)]|1[、.．])")
_CONTENTS = ("目录", "目次")
_DAY, _LAST_LINES = re.compile("年.*月"), 3
_TITLE = re.compile("绩效|预算|目标|文本|申报|部门|项目")
_GONE = frozenset(
    f"{_W}{name}"
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr"),
        *("permStart", "permEnd", "footnoteReference", "endnoteReference", "lastRenderedPageBreak", "instrText"),
        *("fldChar", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
        *("trPrChange", "tcPrChange", "tblGridChange", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"),
        *("moveToRangeEnd", "numPr", "numberingChange", "annotationRef", "footnoteRef", "endnoteRef", "cellIns"),
    )
)
_OPENED = frozenset(f"{_W}{name}" for name in ("sdt", "smartTag", "customXml", "hyperlink", "fldSimple", "sdtContent"))
"""Of these only what is in them stays."""
_OPENED_PROPERTIES = frozenset(f"{_W}{name}" for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))
_CHANGES = frozenset(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"))
_FOREIGN = frozenset(f"{_W}{name}" for name in ("altChunk", "subDoc", "contentPart", "object", "control"))
_PICTURES = ("blip", "imagedata", "fill")
_SECTION_GONE = frozenset(
    f"{_W}{name}"
    for name in (
        *("headerReference", "footerReference", "footnotePr", "endnotePr", "pgNumType", "printerSettings"),
        *("formProt", "lnNumType", "sectPrChange", "type"),
    )
)


class NoCover(Exception):  # noqa: N818 - named for what it says
    """The file's cover is not taken; ``str()`` is the reason."""


@frozen
class CoverPages:
    """The pages of a file that are its cover."""

    blocks: tuple[etree._Element, ...]
    """The children of its body."""
    styles: Mapping[str, SourceStyle]
    section: etree._Element | None = None
    """What is said of their section, where they are one."""


def cover_pages(document: etree._Element, styles: Mapping[str, SourceStyle]) -> CoverPages:
    """The pages that are the file's first section, else its first page before contents or text.

    Raises NoCover where that is in doubt.
    """
    body = document.find(f"{_W}body")
    reader = ParagraphReader(styles)
    taken: list[etree._Element] = []
    page: int | None = None
    contents = False
    for child in body if body is not None else ():
        if child.tag == f"{_W}sectPr":
            break
        if page is None and _begins_page(child) and _any_text(taken):
            page = len(taken)
        contents = _is_contents(child, reader)
        if contents or len(taken) > _MOST_BLOCKS or _begins_text(child, reader):
            break
        taken.append(child)
        section = next(child.iter(f"{_W}sectPr"), None)
        if section is not None:
            return _checked(CoverPages(blocks=tuple(taken), styles=styles, section=section))
        if page is None and _breaks_page(child):
            page = len(taken)
    else:
        contents = _is_dated(taken)
    if page is None and not contents:
        raise NoCover(_("样式文件的开头不是另起一页的封面"))
    return _checked(CoverPages(blocks=tuple(_without_last_break(taken[:page])), styles=styles))


def _checked(found: CoverPages) -> CoverPages:
    """The pages, if they look like a cover. Raises NoCover."""
    lines = [_text(one) for child in found.blocks for one in child.iter(f"{_W}p")]
    whole = "".join(lines)
    if len(found.blocks) > _MOST_BLOCKS or len(whole) > _MOST_CHARACTERS or any(_is_text(line) for line in lines):
        raise NoCover(_("样式文件的前面几页是正文，不像封面"))
    if found.section is None and not _TITLE.search(whole):
        raise NoCover(_("样式文件的第一页没有文本的标题，不像封面"))
    return found


def _is_dated(taken: Sequence[etree._Element]) -> bool:
    """Does a page end with a day, as a cover does?"""
    lines = [text for child in taken if (text := _text(child).strip())]
    return any(_DAY.search(line) for line in lines[-_LAST_LINES:])


def _begins_text(child: etree._Element, reader: ParagraphReader) -> bool:
    """Does the text begin with a child of the body?"""
    if child.tag == f"{_W}tbl":
        rows = child.findall(f"{_W}tr")
        return len(rows) > _HIGHEST_TABLE or any(len(row.findall(f"{_W}tc")) > _WIDEST_TABLE for row in rows)
    if child.tag != f"{_W}p":
        return False
    return _PARTS.match(_text(child)) is not None or reader.paragraph(child).contents or _is_text(_text(child))


def _is_contents(child: etree._Element, reader: ParagraphReader) -> bool:
    fields = (one.text or "" for one in child.iter(f"{_W}instrText"))
    return (
        reader.is_contents(child)
        or label_key(_text(child)) in _CONTENTS
        or any(re.match(r"\s*TOC\b", text) for text in fields)
    )


def _is_text(line: str) -> bool:
    return len(line.strip()) > _LONGEST_LINE


def _begins_page(child: etree._Element) -> bool:
    before = child.find(f"{_W}pPr/{_W}pageBreakBefore")
    return before is not None and before.get(f"{_W}val") not in ("0", "false", "off")


def _breaks_page(child: etree._Element) -> bool:
    return any(one.get(f"{_W}type") == "page" for one in child.iter(f"{_W}br"))


def _without_last_break(taken: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """The blocks without blank paragraphs at their end, and without the break to the next page: ours has its own."""
    kept = list(taken)
    while kept and not _text(kept[-1]).strip() and next(kept[-1].iter(f"{_W}drawing", f"{_W}pict"), None) is None:
        kept.pop()
    yield from kept[:-1]
    if kept:
        last = deepcopy(kept[-1])
        for one in [one for one in last.iter(f"{_W}br") if one.get(f"{_W}type") == "page"]:
            drop(one)
        yield last


def _any_text(taken: Sequence[etree._Element]) -> bool:
    return any(_text(one).strip() for one in taken)


def _text(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{_W}t"))


# ---- made ready


def ready_cover(
    found: CoverPages,
    words: CoverWords,
    picture: Callable[[str], str],
    section: Callable[[etree._Element], str],
) -> tuple[ReadyCover, FilledCover]:
    """The cover with what is written on it, and what is to be said of that.

    ``picture`` puts the picture of a relationship into our package and gives its relationship there, ``section`` the
    markup of a section's headers and footers. Raises NoCover.
    """
    root = etree.Element(f"{_W}sdt", nsmap={"w": _SPACE})
    properties = etree.SubElement(root, f"{_W}sdtPr")
    etree.SubElement(properties, f"{_W}tag", {f"{_W}val": COVER_TAG})
    inside = etree.SubElement(root, f"{_W}sdtContent")
    for block in found.blocks:
        inside.append(deepcopy(block))
    _clean(inside, _ignorable(found.blocks[0]))
    for one in [*inside.iter(f"{_W}sectPr")]:
        drop(one)
    _take_pictures(inside, picture)
    filled = _fill(inside, words)
    end = "" if found.section is None else _section_end(found.section, section)
    blocks = Tables(ParagraphReader(found.styles)).blocks(root)
    texts = tuple(block.text for block in blocks if isinstance(block, SourceParagraph))
    etree.cleanup_namespaces(root, keep_ns_prefixes=sorted(_required(inside)))
    return ReadyCover(texts=texts, markup=_written(root) + end, ends_section=bool(end)), filled


def _written(root: etree._Element) -> str:
    """The markup; a table's beginning is written so that it is read by itself, see ``same_markup``."""
    return etree.tostring(root, encoding="unicode").replace("<w:tbl>", "<w:tbl >")


def _ignorable(element: etree._Element) -> frozenset[str]:
    """The namespaces of which a file says that a reader need not know them, but for those that it asks for."""
    root = element.getroottree().getroot()
    said = (root.get(f"{_COMPATIBILITY}Ignorable") or "").split()
    spaces = {space for prefix, space in root.nsmap.items() if prefix in said}
    return frozenset(spaces - {root.nsmap.get(prefix, "") for prefix in _required(root)})


def _required(root: etree._Element) -> set[str]:
    return {prefix for one in root.iter(f"{_COMPATIBILITY}Choice") for prefix in one.get("Requires", "").split()}


def _clean(root: etree._Element, ignorable: frozenset[str]) -> None:
    """Take out what our document cannot hold. Raises NoCover for what it cannot do without."""
    if next(root.iter(*_FOREIGN), None) is not None:
        raise NoCover(_("样式文件的封面上有嵌入的对象"))
    if next(root.iter(*_CHANGES), None) is not None:
        raise NoCover(_("样式文件的封面上有没处理的修订，请先接受或拒绝"))
    for one in list(root.iter()):
        for name in [name for name in one.attrib if _space(str(name)) in ignorable or "rsid" in str(name)]:
            del one.attrib[name]
        if one.tag in _GONE or one.tag in _OPENED_PROPERTIES or _space(str(one.tag)) in ignorable:
            drop(one)
    for one in [*root.iter(*_OPENED)]:
        if one is not root:
            _open(one)


def _space(name: str) -> str:
    return etree.QName(name).namespace or ""


def _take_pictures(root: etree._Element, picture: Callable[[str], str]) -> None:
    for one in root.iter():
        for name, value in list(one.attrib.items()):
            if not str(name).startswith(_RELATIONS):
                continue
            if etree.QName(one).localname not in _PICTURES or etree.QName(str(name)).localname == "link":
                raise NoCover(_("样式文件的封面上有图表、链接到别处的图片或别的嵌入的东西"))
            one.set(name, picture(str(value)))


def _fill(root: etree._Element, words: CoverWords) -> FilledCover:
    """Write year and unit, and blank the date. Raises NoCover where the cover is another unit's."""
    paragraphs = [*root.iter(f"{_W}p")]
    for one in paragraphs:
        if _label(one) and next(one.iter(f"{_W}t"), None) is None:
            _add_run(one)
    texts = [WordText([one], _W) for one in paragraphs]
    lines = [
        CoverLine(text=str(text), label=_label(one), followed=_beside(one, next_one=True) is not None)
        for text, one in zip(texts, paragraphs, strict=True)
    ]
    try:
        filled = fill_cover(lines, words)
    except OtherUnit as error:
        raise NoCover(_("样式文件的封面上写的单位是“{name}”").format(name=visible(str(error)))) from error
    for number, start, end, text in filled.edits:
        texts[number].put(start, end, text)
    wanted = [filled_text(number, line.text, filled) for number, line in enumerate(lines)]
    if wanted != [str(WordText([one], _W)) for one in paragraphs]:
        raise NoCover(_("样式文件的封面上，要写字的地方不是普通文字"))
    return filled


def _add_run(paragraph: etree._Element) -> None:
    """Put a run without text into a blank paragraph, with the looks that its end has."""
    run = etree.SubElement(paragraph, f"{_W}r")
    looks = paragraph.find(f"{_W}pPr/{_W}rPr")
    if looks is not None:
        run.append(deepcopy(looks))
    etree.SubElement(run, f"{_W}t")


def _label(paragraph: etree._Element) -> str:
    """What the cell before a paragraph's own says; "" where there is none."""
    before = _beside(paragraph, next_one=False)
    return "" if before is None else _text(before)


def _beside(paragraph: etree._Element, *, next_one: bool) -> etree._Element | None:
    """The cell behind a paragraph's own, or before it; None where there is none."""
    cell = paragraph.getparent()
    if cell is None or cell.tag != f"{_W}tc":
        return None
    other = cell.getnext() if next_one else cell.getprevious()
    return other if other is not None and other.tag == f"{_W}tc" else None


def _section_end(section: etree._Element, heads: Callable[[etree._Element], str]) -> str:
    """A paragraph without height that ends the cover's section."""
    made = etree.Element(f"{_W}sectPr", nsmap={"w": _SPACE})
    for one in section:
        if one.tag not in _SECTION_GONE:
            made.append(deepcopy(one))
    _clean(made, _ignorable(section))
    etree.cleanup_namespaces(made)
    inside = "".join(etree.tostring(one, encoding="unicode") for one in made)
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f'<w:sectPr>{heads(section)}<w:type w:val="nextPage"/>{inside}</w:sectPr></w:pPr></w:p>'
    )


def _open(element: etree._Element) -> None:
    """Put what is in an element into its place."""
    parent = element.getparent()
    assert parent is not None
    at = parent.index(element)
    for place, child in enumerate(list(element), at):
        parent.insert(place, child)
    parent.remove(element)
