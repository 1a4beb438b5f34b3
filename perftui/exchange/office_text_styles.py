"""The styles of an office's Word file: which are what we call by name, and ours put upon its own where it lacks one."""

import re
from collections.abc import Collection, Mapping
from copy import deepcopy

from lxml import etree

from perftui.exchange.docx_xml import attribute
from perftui.exchange.elements import drop
from perftui.exchange.page import StyleName
from perftui.exchange.page_styles import CONTENTS_STYLES, STYLES, TextStyle

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

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


def style_id_in(root: etree._Element, own: etree._Element, look: TextStyle) -> str:
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
        drop(one)
    if base is not None:
        style.insert(1, etree.Element(f"{_W}basedOn", {f"{_W}val": base.get(f"{_W}styleId", "")}))
    paragraph, run = style.find(f"{_W}pPr"), style.find(f"{_W}rPr")
    assert paragraph is not None
    assert run is not None
    if paragraph.find(f"{_W}ind") is None:
        none = dict.fromkeys((f"{_W}firstLineChars", f"{_W}firstLine", f"{_W}leftChars", f"{_W}left"), "0")
        paragraph.insert(list(paragraph).index(_child(paragraph, "jc")), etree.Element(f"{_W}ind", none))
    if look.word_id in _PLAIN_TEXTS:
        drop(run)
        drop(_child(paragraph, "spacing"))
    elif look.word_id in _TABLE_TEXTS:
        drop(_child(run, "rFonts"))


def table_style(document: etree._Element, styles: etree._Element) -> str:
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


def chinese_fonts(styles: etree._Element, used: Collection[str], cover: str) -> tuple[str, ...]:
    """The Chinese fonts of some styles and of those that they are put upon, and of the cover's markup, each once."""
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
    found |= dict.fromkeys(re.findall('w:eastAsia="([^"&]*)"', cover))
    return tuple(one for one in found if one)


def _name(style: etree._Element) -> str:
    named = style.find(f"{_W}name")
    return "" if named is None else named.get(f"{_W}val", "")


def _child(element: etree._Element, name: str) -> etree._Element:
    found = element.find(f"{_W}{name}")
    assert found is not None
    return found
