"""An office's own Word file as the looks of our document: its styles, its page, its headers and footers.

Its words stay behind. A style that it lacks by name is one of ours, put upon its own text; numbers before headings are
taken out of its styles, because our headings bring theirs. Nothing of the file is run, and nothing that it links to is
fetched.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from posixpath import basename, dirname, splitext

from lxml import etree

from perftui.exchange.docx_package import CONTENT_TYPES, FOOTER_BLANK, FOOTER_EVEN, FOOTER_ODD, fixed_parts
from perftui.exchange.docx_xml import attribute
from perftui.exchange.importer.docx import main_part
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.package import Package, target_of
from perftui.exchange.importer.xml import parse_small
from perftui.exchange.office_page import OfficePage, read_page
from perftui.exchange.page import Section, StyleName
from perftui.exchange.page_styles import CONTENTS_STYLES, STYLES, TextStyle
from perftui.locale import _

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_SPACE}}}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PART_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
_MOST_PART = 32 * 1024 * 1024
_STYLES, _THEME, _FONTS = "word/styles.xml", "word/theme/theme1.xml", "word/fontTable.xml"
_DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"
_OWN_FEET = (f"word/{FOOTER_ODD}.xml", f"word/{FOOTER_EVEN}.xml")

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    STYLES[StyleName.COVER_TITLE].word_id: ("title", "标题"),
    STYLES[StyleName.COVER_TEXT].word_id: ("subtitle", "副标题"),
    STYLES[StyleName.CONTENTS_TITLE].word_id: ("toc heading",),
    STYLES[StyleName.TABLE_TEXT].word_id: ("表格正文", "表格内容"),
    STYLES[StyleName.TABLE_HEAD].word_id: ("表头", "表格标题"),
}
"""What offices and Word call a style besides our name for it."""
_TABLE_TEXTS = {STYLES[name].word_id for name in (StyleName.TABLE_TEXT, StyleName.TABLE_HEAD, StyleName.TABLE_SMALL)}
_PLAIN_TEXTS = {
    *(STYLES[name].word_id for name in (StyleName.BODY, StyleName.BODY_PLAIN, StyleName.COVER_TEXT)),
    *(look.word_id for look in CONTENTS_STYLES),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OfficeStyle:
    """The looks that a document takes from an office's file."""

    fonts: tuple[str, ...]
    """Those that the styles in use name for Chinese text."""
    parts: tuple[tuple[str, bytes], ...]
    """The fixed parts of the package, in their order."""
    feet: tuple[str, ...]
    """Those that are a foot of numbered pages."""
    front_feet: tuple[str, ...]
    """Those of the pages before them."""
    ids: Mapping[str, str]
    """The id of each style by ours, as an attribute has it; so the one below."""
    table: str
    """The id of the style of its tables; "" where it has none with lines."""
    page: OfficePage
    numbered: str
    """The markup that names the headers and footers of numbered pages."""
    front: str
    """The same of the pages before them."""

    def section(self, section: Section) -> str:
        """The markup of a section's end."""
        start = "" if section.start is None else f'<w:pgNumType w:start="{section.start}"/>'
        heads = self.numbered if section.numbered else self.front
        page = self.page.markup(landscape=section.landscape)
        return f'<w:sectPr>{heads}<w:type w:val="nextPage"/>{page}{start}{self.page.grid}</w:sectPr>'


def read_style(data: bytes) -> OfficeStyle:
    """The looks of a .docx. Raises ImportRefused with the reason why it cannot serve."""
    package = Package(BytesIO(data))
    if b"macroEnabled" in _part_bytes(package, CONTENT_TYPES):
        raise ImportRefused(_("文件带有宏，请在 Word 或 WPS 里另存为不带宏的格式"))
    main = main_part(package)
    document = parse_small(_part_bytes(package, main))
    if etree.QName(document).namespace != _SPACE:
        raise ImportRefused(_("文件是“严格”的 Open XML 格式，请在 Word 里另存为普通的 .docx"))
    return _Reading(package, main, document).style()


class _Reading:
    """A file on its way to be a style: our fixed parts, of which some are replaced, and others put beside them."""

    def __init__(self, package: Package, main: str, document: etree._Element) -> None:
        self._package, self._document = package, document
        self._targets = {one.get("Id", ""): one for one in _relations(package, main)}
        self._main = main
        self._parts = dict(fixed_parts())
        self._types = parse_small(self._parts[CONTENT_TYPES])
        self._links = parse_small(self._parts[_DOCUMENT_RELATIONS])
        self._names: dict[str, str] = {}

    def style(self) -> OfficeStyle:
        """All of it. Raises ImportRefused."""
        styles, ids = self._styles()
        table = attribute(_table_style(self._document, styles))
        self._parts[_STYLES] = _written(styles)
        self._take_theme()
        page = read_page(self._document)
        numbered = [*self._heads("header"), *(self._heads("footer") or _own_feet())]
        front = self._first_page() or [("footer", kind, FOOTER_BLANK) for kind in ("default", "even")]
        self._parts[CONTENT_TYPES] = _written(self._types)
        self._parts[_DOCUMENT_RELATIONS] = _written(self._links)
        return OfficeStyle(
            fonts=_fonts(styles, set(ids.values())),
            parts=tuple(self._parts.items()),
            feet=_feet(numbered),
            front_feet=_feet(front),
            ids=ids,
            table=table,
            page=page,
            numbered=_references(numbered),
            front=_references(front),
        )

    # ---- styles

    def _styles(self) -> tuple[etree._Element, dict[str, str]]:
        root = self._part("styles")
        if root is None or root.find(f"{_W}style[@{_W}type='paragraph']") is None:
            raise ImportRefused(_("文件里没有样式，请用 Word 或 WPS 存的文档"))
        for one in [*root.iter(f"{_W}numPr")]:
            _drop(one)
        own = parse_small(self._parts[_STYLES])
        ids = {look.word_id: attribute(_style_id(root, own, look)) for look in (*STYLES.values(), *CONTENTS_STYLES)}
        return root, ids

    def _take_theme(self) -> None:
        """Its theme and the list of its fonts; not the fonts themselves, which it may hold."""
        theme, fonts = self._part("theme"), self._part("fontTable")
        if theme is not None and not any(name.startswith("word/theme/_rels/") for name in self._package.names):
            self._parts[_THEME] = _written(theme)
        if fonts is not None:
            for one in [one for one in fonts.iter() if etree.QName(one).localname.startswith("embed")]:
                _drop(one)
            self._parts[_FONTS] = _written(fonts)

    def _part(self, kind: str) -> etree._Element | None:
        """The part that the text has of a kind."""
        for one in self._targets.values():
            name = target_of(self._main, one.get("Target", ""))
            if one.get("Type", "") == f"{_RELATIONS}/{kind}" and name in self._package:
                return parse_small(_part_bytes(self._package, name))
        return None

    # ---- headers and footers

    def _heads(self, part: str) -> list[tuple[str, str, str]]:
        """What stands over or under every page: of the last section, or of one before it that goes on."""
        found: dict[str, str] = {}
        for one in self._document.iter(f"{_W}{part}Reference"):
            found[one.get(f"{_W}type", "default")] = one.get(f"{{{_RELATIONS}}}id", "")
        settings = self._part("settings")
        if settings is None or settings.find(f"{_W}evenAndOddHeaders") is None:
            found["even"] = found.get("default", "")
        return [(part, kind, self._copied(part, found[kind])) for kind in ("default", "even") if found.get(kind)]

    def _first_page(self) -> list[tuple[str, str, str]]:
        """What stands on the first page alone, where that differs."""
        heads: list[tuple[str, str, str]] = []
        for section in self._document.iter(f"{_W}sectPr"):
            if section.find(f"{_W}titlePg") is not None and not heads:
                for part in ("header", "footer"):
                    one = section.find(f"{_W}{part}Reference[@{_W}type='first']")
                    name = self._copied(part, one.get(f"{{{_RELATIONS}}}id", "")) if one is not None else ""
                    heads += [(part, kind, name) for kind in ("default", "even") if name]
        if heads and all(part == "header" for part, _kind, _name in heads):
            heads += [("footer", kind, FOOTER_BLANK) for kind in ("default", "even")]
        return heads

    def _copied(self, part: str, target: str) -> str:
        """The relationship's id of a header or footer that now stands in our package."""
        if target in self._names:
            return self._names[target]
        if target not in self._targets:
            raise ImportRefused(_("文件已损坏：{part} 读不出来").format(part=_DOCUMENT_RELATIONS))
        source = target_of(self._main, self._targets[target].get("Target", ""))
        root = parse_small(_part_bytes(self._package, source))
        for one in [*root.iter(f"{_W}numPr")]:
            _drop(one)
        name = self._names[target] = f"style{part.capitalize()}{len(self._names) + 1}"
        self._copy_pictures(source, name)
        kind = "hdr" if part == "header" else "ftr"
        self._add(f"word/{name}.xml", _PART_TYPE.format(kind=part), _with_prefix(root, kind))
        etree.SubElement(self._links, f"{{{_PACKAGE}/relationships}}Relationship",
                         Id=name, Type=f"{_RELATIONS}/{part}", Target=f"{name}.xml")  # fmt: skip
        return name

    def _copy_pictures(self, source: str, name: str) -> None:
        """The relations of a header, with the pictures that they lead to."""
        relations = list(_relations(self._package, source))
        for number, one in enumerate(relations, 1):
            kind, outside = one.get("Type", "").rpartition("/")[2], one.get("TargetMode") == "External"
            if (kind, outside) == ("hyperlink", True):
                continue
            if (kind, outside) != ("image", False):
                raise ImportRefused(_("页眉或页脚里有嵌入的对象或链接到别处的图片，请换成普通图片"))
            picture = target_of(source, one.get("Target", ""))
            made = f"media/{name}-{number}{splitext(picture)[1].lower()}"
            self._add(f"word/{made}", self._type_of(picture), _part_bytes(self._package, picture))
            one.set("Target", made)
        if relations:
            parent = relations[0].getparent()
            assert parent is not None
            self._parts[f"word/_rels/{name}.xml.rels"] = _written(parent)

    def _type_of(self, name: str) -> str:
        """The content type that the file says of a part. Raises ImportRefused where it says none."""
        types = parse_small(_part_bytes(self._package, CONTENT_TYPES))
        ending = splitext(name)[1][1:].lower()
        for one in types:
            if one.get("PartName", "").lstrip("/") == name or one.get("Extension", "").lower() == ending:
                return one.get("ContentType", "")
        raise ImportRefused(_("文件已损坏：{part} 读不出来").format(part=name))

    def _add(self, name: str, content_type: str, data: bytes) -> None:
        self._parts[name] = data
        etree.SubElement(self._types, f"{{{_PACKAGE}/content-types}}Override",
                         PartName=f"/{name}", ContentType=content_type)  # fmt: skip


# ---- of styles


def _style_id(root: etree._Element, own: etree._Element, look: TextStyle) -> str:
    """The id of the file's style of that name; one of ours is put into it where it has none."""
    wanted = (look.word_name.lower(), *_OTHER_NAMES.get(look.word_id, ()))
    named = {_name(style).lower(): style for style in root.findall(f"{_W}style[@{_W}type='paragraph']")}
    for name in wanted:
        if name in named:
            return named[name].get(f"{_W}styleId", "")
    made = deepcopy(next(one for one in own.iter(f"{_W}style") if one.get(f"{_W}styleId") == look.word_id))
    taken = {one.get(f"{_W}styleId") for one in root.iter(f"{_W}style")}
    style_id = look.word_id
    while style_id in taken:
        style_id += "_"
    made.set(f"{_W}styleId", style_id)
    _put_upon(made, root, look)
    root.append(made)
    return style_id


def _put_upon(style: etree._Element, root: etree._Element, look: TextStyle) -> None:
    """Make a style of ours one of the file's: titles keep their looks, other text takes those of the file's own."""
    base = root.find(f"{_W}style[@{_W}type='paragraph'][@{_W}default='1']")
    for one in [*style.findall(f"{_W}next"), *style.findall(f"{_W}basedOn"), *style.iter(f"{_W}tabs")]:
        _drop(one)
    if base is not None:
        style.insert(1, etree.Element(f"{_W}basedOn", {f"{_W}val": base.get(f"{_W}styleId", "")}))
    paragraph, run = style.find(f"{_W}pPr"), style.find(f"{_W}rPr")
    assert paragraph is not None
    assert run is not None
    if paragraph.find(f"{_W}ind") is None:
        none = dict.fromkeys((f"{_W}firstLineChars", f"{_W}firstLine", f"{_W}leftChars", f"{_W}left"), "0")
        paragraph.insert(list(paragraph).index(_child(paragraph, "jc")), etree.Element(f"{_W}ind", none))
    if look.word_id in _PLAIN_TEXTS:
        _drop(run)
        _drop(_child(paragraph, "spacing"))
    elif look.word_id in _TABLE_TEXTS:
        _drop(_child(run, "rFonts"))


def _table_style(document: etree._Element, styles: etree._Element) -> str:
    """The style of the file's first table, if it draws lines."""
    used = document.find(f".//{_W}tblPr/{_W}tblStyle")
    style_id = wanted = "" if used is None else used.get(f"{_W}val", "")
    by_id = {one.get(f"{_W}styleId", ""): one for one in styles.findall(f"{_W}style[@{_W}type='table']")}
    for _step in range(len(by_id)):
        if wanted in by_id and by_id[wanted].find(f"{_W}tblPr/{_W}tblBorders") is not None:
            return style_id
        base = by_id[wanted].find(f"{_W}basedOn") if wanted in by_id else None
        wanted = "" if base is None else base.get(f"{_W}val", "")
    return ""


def _fonts(styles: etree._Element, used: Collection[str]) -> tuple[str, ...]:
    """The Chinese fonts of some styles and of those that they are put upon, each once."""
    by_id = {attribute(one.get(f"{_W}styleId", "")): one for one in styles.findall(f"{_W}style")}
    found = dict.fromkeys(one.get(f"{_W}eastAsia", "") for one in styles.findall(f"{_W}docDefaults//{_W}rFonts"))
    for name in sorted(used):
        for _step in range(len(by_id)):
            style = by_id.get(name)
            if style is None:
                break
            found |= dict.fromkeys(one.get(f"{_W}eastAsia", "") for one in style.findall(f"{_W}rPr/{_W}rFonts"))
            base = style.find(f"{_W}basedOn")
            name = "" if base is None else attribute(base.get(f"{_W}val", ""))
    return tuple(one for one in found if one)


def _name(style: etree._Element) -> str:
    named = style.find(f"{_W}name")
    return "" if named is None else named.get(f"{_W}val", "")


# ---- of parts


def _own_feet() -> list[tuple[str, str, str]]:
    return [("footer", "default", FOOTER_ODD), ("footer", "even", FOOTER_EVEN)]


def _feet(heads: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    """The parts of those that are feet, each once."""
    return tuple(dict.fromkeys(f"word/{name}.xml" for part, _kind, name in heads if part == "footer"))


def _references(heads: Sequence[tuple[str, str, str]]) -> str:
    return "".join(f'<w:{part}Reference w:type="{kind}" r:id="{name}"/>' for part, kind, name in heads)


def _part_bytes(package: Package, name: str) -> bytes:
    """A part whole. Raises ImportRefused where there is none."""
    if name not in package:
        raise ImportRefused(_("文件里没有 {part}，不像是 Word 或 WPS 存的").format(part=name))
    return package.read(name, _MOST_PART)


def _relations(package: Package, name: str) -> Iterator[etree._Element]:
    """The relationships of a part."""
    part = f"{dirname(name)}/_rels/{basename(name)}.rels"
    if part in package:
        yield from parse_small(_part_bytes(package, part))


def _with_prefix(root: etree._Element, kind: str) -> bytes:
    """A header or footer whose end is written as ours is, so that a paragraph can be put before it."""
    names = {prefix: space for prefix, space in root.nsmap.items() if prefix and space != _SPACE}
    names["w"] = _SPACE
    made = etree.Element(f"{_W}{kind}", nsmap=names)
    for name, value in root.items():
        made.set(name, value)
    made.extend(list(root))
    return _written(made)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _child(element: etree._Element, name: str) -> etree._Element:
    found = element.find(f"{_W}{name}")
    assert found is not None
    return found


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
