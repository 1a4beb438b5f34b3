"""An office's own Word file as the looks of our document: its styles, its page, its headers and footers, its cover.

Its other words stay behind. A style that it lacks by name is one of ours, put upon its own text; numbers before
headings are taken out of its styles, because our headings bring theirs. Nothing of the file is run, and nothing that
it links to is fetched.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from posixpath import basename, dirname, splitext

from lxml import etree

from perftui.exchange.cover_words import CoverWords
from perftui.exchange.docx_package import CONTENT_TYPES, FOOTER_BLANK, FOOTER_EVEN, FOOTER_ODD, fixed_parts
from perftui.exchange.docx_xml import attribute
from perftui.exchange.elements import drop
from perftui.exchange.importer.docx import main_part, read_styles
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.package import Package, target_of
from perftui.exchange.importer.xml import parse_small
from perftui.exchange.office_cover import NoCover, cover_pages, ready_cover
from perftui.exchange.office_page import OfficePage, read_page
from perftui.exchange.office_text_styles import chinese_fonts, style_id_in, table_style
from perftui.exchange.page import ReadyCover, Section
from perftui.exchange.page_styles import CONTENTS_STYLES, STYLES
from perftui.locale import _

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_SPACE}}}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ID = f"{{{_RELATIONS}}}id"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PART_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
_MOST_PART = 32 * 1024 * 1024
_STYLES, _THEME, _FONTS = "word/styles.xml", "word/theme/theme1.xml", "word/fontTable.xml"
_DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"
_BLANK_FEET = tuple(("footer", kind, FOOTER_BLANK) for kind in ("default", "even"))
_OWN_FEET = (f"word/{FOOTER_ODD}.xml", f"word/{FOOTER_EVEN}.xml")


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
    cover: ReadyCover | None = None
    """Its own cover, with what is written on it of our document."""
    said: tuple[str, ...] = ()
    """What is to be said of its cover."""

    def section(self, section: Section) -> str:
        """The markup of a section's end."""
        start = "" if section.start is None else f'<w:pgNumType w:start="{section.start}"/>'
        heads = self.numbered if section.numbered else self.front
        page = self.page.markup(landscape=section.landscape)
        return f'<w:sectPr>{heads}<w:type w:val="nextPage"/>{page}{start}{self.page.grid}</w:sectPr>'


def read_style(data: bytes, words: CoverWords | None = None) -> OfficeStyle:
    """The looks of a .docx, and with ``words`` its cover. Raises ImportRefused with the reason why it cannot serve."""
    package = Package(BytesIO(data))
    if b"macroEnabled" in _part_bytes(package, CONTENT_TYPES):
        raise ImportRefused(_("文件带有宏，请在 Word 或 WPS 里另存为不带宏的格式"))
    main = main_part(package)
    document = parse_small(_part_bytes(package, main))
    if etree.QName(document).namespace != _SPACE:
        raise ImportRefused(_("文件是“严格”的 Open XML 格式，请在 Word 里另存为普通的 .docx"))
    return _Reading(package, main, document).style(words)


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
        self._cover_feet: tuple[str, ...] = ()

    def style(self, words: CoverWords | None) -> OfficeStyle:
        """All of it. Raises ImportRefused."""
        styles, ids = self._styles()
        table = attribute(table_style(self._document, styles))
        self._parts[_STYLES] = _written(styles)
        self._take_theme()
        page = read_page(self._document)
        numbered = [*self._heads("header"), *(self._heads("footer") or _own_feet())]
        cover, said = (None, ()) if words is None else self._cover(words)
        front = [] if cover and cover.ends_section else self._first_page()
        front = front or [*(one for one in numbered if cover and one[0] == "header"), *_BLANK_FEET]
        self._parts[CONTENT_TYPES] = _written(self._types)
        self._parts[_DOCUMENT_RELATIONS] = _written(self._links)
        return OfficeStyle(
            fonts=chinese_fonts(styles, set(ids.values()), cover.markup if cover else ""),
            parts=tuple(self._parts.items()),
            feet=_feet(numbered),
            front_feet=tuple(dict.fromkeys((*_feet(front), *self._cover_feet))),
            ids=ids,
            table=table,
            page=page,
            numbered=_references(numbered),
            front=_references(front),
            cover=cover,
            said=said,
        )

    # ---- its cover

    def _cover(self, words: CoverWords) -> tuple[ReadyCover | None, tuple[str, ...]]:
        """Its own cover, and what is to be said of it."""
        try:
            pages = cover_pages(self._document, read_styles(self._package, self._main))
            cover, filled = ready_cover(pages, words, self._cover_picture, self._cover_heads)
        except NoCover as error:
            return None, (_("用了本程序的封面：{why}").format(why=error),)
        return cover, tuple(filled.said)

    def _cover_picture(self, target: str) -> str:
        """The relationship's id of a picture of the cover that now stands in our package. Raises NoCover."""
        one = self._targets.get(target)
        if one is None or one.get("Type") != f"{_RELATIONS}/image" or one.get("TargetMode") == "External":
            raise NoCover(_("样式文件的封面上有图表、链接到别处的图片或别的嵌入的东西"))
        if target not in self._names:
            name = self._names[target] = f"cover{len(self._names) + 1}"
            made = self._copy_picture(target_of(self._main, one.get("Target", "")), name)
            self._relate(name, "image", made)
        return self._names[target]

    def _cover_heads(self, section: etree._Element) -> str:
        """The markup that names headers and footers of the cover's section; its foot is blank where it has none."""
        heads: dict[tuple[str, str], str] = {}
        first = section.find(f"{_W}titlePg") is not None
        for part in ("header", "footer"):
            for one in section.findall(f"{_W}{part}Reference"):
                heads[part, one.get(f"{_W}type", "default")] = self._copied(part, one.get(_ID, ""))
            if not self._even_differs() and (part, "default") in heads:
                heads[part, "even"] = heads[part, "default"]
        for kind in ("default", "even", "first") if first else ("default", "even"):
            heads.setdefault(("footer", kind), FOOTER_BLANK)
        said = sorted((part, kind, name) for (part, kind), name in heads.items() if first or kind != "first")
        self._cover_feet = _feet(said)
        return _references(said)

    # ---- styles

    def _styles(self) -> tuple[etree._Element, dict[str, str]]:
        root = self._part("styles")
        if root is None or root.find(f"{_W}style[@{_W}type='paragraph']") is None:
            raise ImportRefused(_("文件里没有样式，请用 Word 或 WPS 存的文档"))
        for one in [*root.iter(f"{_W}numPr")]:
            drop(one)
        own = parse_small(self._parts[_STYLES])
        ids = {look.word_id: attribute(style_id_in(root, own, look)) for look in (*STYLES.values(), *CONTENTS_STYLES)}
        return root, ids

    def _take_theme(self) -> None:
        """Its theme and the list of its fonts; not the fonts themselves, which it may hold."""
        theme, fonts = self._part("theme"), self._part("fontTable")
        if theme is not None and not any(name.startswith("word/theme/_rels/") for name in self._package.names):
            self._parts[_THEME] = _written(theme)
        if fonts is not None:
            for one in [one for one in fonts.iter() if etree.QName(one).localname.startswith("embed")]:
                drop(one)
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
            found[one.get(f"{_W}type", "default")] = one.get(_ID, "")
        if not self._even_differs():
            found["even"] = found.get("default", "")
        return [(part, kind, self._copied(part, found[kind])) for kind in ("default", "even") if found.get(kind)]

    def _even_differs(self) -> bool:
        """Have pages on the left heads of their own?"""
        settings = self._part("settings")
        return settings is not None and settings.find(f"{_W}evenAndOddHeaders") is not None

    def _first_page(self) -> list[tuple[str, str, str]]:
        """What stands on the first page alone, where that differs."""
        heads: list[tuple[str, str, str]] = []
        for section in self._document.iter(f"{_W}sectPr"):
            if section.find(f"{_W}titlePg") is not None and not heads:
                for part in ("header", "footer"):
                    one = section.find(f"{_W}{part}Reference[@{_W}type='first']")
                    name = self._copied(part, one.get(_ID, "")) if one is not None else ""
                    heads += [(part, kind, name) for kind in ("default", "even") if name]
        if heads and all(part == "header" for part, _kind, _name in heads):
            heads += _BLANK_FEET
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
            drop(one)
        name = self._names[target] = f"style{part.capitalize()}{len(self._names) + 1}"
        self._copy_pictures(source, name)
        kind = "hdr" if part == "header" else "ftr"
        self._add(f"word/{name}.xml", _PART_TYPE.format(kind=part), _with_prefix(root, kind))
        self._relate(name, part, f"{name}.xml")
        return name

    def _relate(self, name: str, kind: str, target: str) -> None:
        etree.SubElement(self._links, f"{{{_PACKAGE}/relationships}}Relationship",
                         Id=name, Type=f"{_RELATIONS}/{kind}", Target=target)  # fmt: skip

    def _copy_pictures(self, source: str, name: str) -> None:
        """The relations of a header, with the pictures that they lead to."""
        relations = list(_relations(self._package, source))
        for number, one in enumerate(relations, 1):
            kind, outside = one.get("Type", "").rpartition("/")[2], one.get("TargetMode") == "External"
            if (kind, outside) == ("hyperlink", True):
                continue
            if (kind, outside) != ("image", False):
                raise ImportRefused(_("页眉或页脚里有嵌入的对象或链接到别处的图片，请换成普通图片"))
            one.set("Target", self._copy_picture(target_of(source, one.get("Target", "")), f"{name}-{number}"))
        if relations:
            parent = relations[0].getparent()
            assert parent is not None
            self._parts[f"word/_rels/{name}.xml.rels"] = _written(parent)

    def _copy_picture(self, picture: str, name: str) -> str:
        """The target, seen from the text's folder, of a picture that now stands in our package."""
        made = f"media/{name}{splitext(picture)[1].lower()}"
        self._add(f"word/{made}", self._type_of(picture), _part_bytes(self._package, picture))
        return made

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
