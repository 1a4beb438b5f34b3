"""Goes through the text of a DOCX: what is read, what is not, and a count of everything that is not plain text.

Tracked insertions, content controls, fields, smart tags and nested tables are read; tracked deletions, text struck
through, hidden text, pictures and notes are not, and are named, with what they say. What stands in text boxes comes
behind the paragraph or the table that they are tied to.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from perftui.exchange.importer.formulas import formula_text, lowered, raised
from perftui.exchange.importer.margin_comments import Anchors
from perftui.exchange.importer.report import in_table, in_text
from perftui.exchange.importer.source import Dropped, SourceParagraph
from perftui.exchange.importer.word import ACTS, CHECKED, TEXT_BOX, RunAction, names, wraps_text
from perftui.exchange.return_marks import MARK
from perftui.locale import N_
from perftui.model.frozen import frozen

INSERTIONS = N_("修订插入")
CONTROLS = N_("内容控件")
NESTED = N_("嵌套表格")
UNKNOWN = N_("不认识的结构里的文字")
FORMULAS = N_("公式")
DELETIONS = N_("修订删除")
HIDDEN = N_("隐藏文字")
STRUCK = N_("划掉的文字")
PICTURES = N_("图片或图形")
TEXT_BOXES = N_("文本框")
NOTES = N_("脚注或尾注")
COMMENTS = N_("批注")
EMBEDDED = N_("嵌入的其他文档")
READINGS = N_("拼音")
SYMBOLS = N_("符号字体的字")
PLACEHOLDERS = N_("控件里没有填写的提示文字")
HEADERS = N_("页眉")
FOOTERS = N_("页脚")
DOUBLED = N_("重复的部件")

_STYLE, _NUMBERING, _OUTLINE, _VANISH = names("pStyle"), names("numPr"), names("outlineLvl"), names("vanish")
_BOOKMARK, _NAMES = names("bookmarkStart"), names("name")
_STRIKES, _ALIGNED, _RUN_STYLE = (*names("strike"), *names("dstrike")), names("vertAlign"), names("rStyle")
_FONTS, _ASCII, _FONT = names("rFonts"), names("ascii"), names("font")
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_DELETED_TEXT = (*names("delText"), *names("t"))
_PROPERTIES, _RUN_PROPERTIES, _CONTROL_PROPERTIES = names("pPr"), names("rPr"), names("sdtPr")
_PLACEHOLDER, _GALLERY, _INSIDE_CONTROL = names("showingPlcHdr"), names("docPartGallery"), names("sdtContent")
_VALUES, _TYPES, _CHARS, _IDS = names("val"), names("fldCharType"), names("char"), names("id")
BREAK_TYPES = names("type")
_TAG = names("tag")
COVER_TAG = "perftui-cover"
"""Of the content control around an office's own cover."""
OFF = ("0", "false", "off", "none")
_MARKS = {0xFE: "☑", 0xFC: "√", 0xFB: "☒", 0x52: "☑", 0x50: "√", 0xA8: "□", 0x6F: "□", 0xA3: "□", 0x2A: "□"}
"""Signs of Wingdings that stand for a box or a mark."""
_SYMBOLS = {
    0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xB7: "·", 0xA5: "∞",
    0xD7: "·", 0xE5: "∑", 0xD6: "√", 0xB2: "″", 0xA2: "′", 0xAE: "→", 0x6D: "μ", 0x61: "α", 0x62: "β", 0x44: "Δ",
}  # fmt: skip
"""Signs of the font Symbol that are other than their code says."""
_PRIVATE = range(0xF020, 0xF100)
_ANY_SYMBOL = re.compile("[\uf020-\uf0ff\xa3\xb3]")
"""Where the characters of symbol fonts lie; £ and ³ are what Symbol shows as ≤ and ≥."""
_MOST_DROPPED = 2000
_PAGE_NUMBER = re.compile(r"\d\s*$")  # a line of the contents ends in one


@frozen
class SourceStyle:
    """What a paragraph's style says about it."""

    name: str = ""
    level: int = 0
    listed: bool = False
    hidden: bool = False


class ParagraphReader:
    """Reads the paragraphs of one document, and counts what it meets."""

    def __init__(self, styles: Mapping[str, SourceStyle]) -> None:
        self.styles = styles
        self.taken: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.dropped: list[Dropped] = []
        self.boxes: list[etree._Element] = []
        """Text boxes that were met and wait to be read, behind the paragraph or table that they stand in."""
        self.anchors = Anchors()
        self.marks: dict[str, str] = {}
        """This program's own bookmarks, by the place of their row or paragraph."""
        self.noted: dict[str, str] = {}
        """Where notes are referred to, by their kind and number."""
        self.paragraphs = self.tables = 0
        self.table = 0
        """The table that is being read; 0 outside of any."""
        self.hides = any(style.hidden for style in styles.values())
        self._hidden_paragraph = False
        self._fields: list[_Field] = []
        """The fields that are open."""

    # ---- paragraphs

    def paragraph(self, element: etree._Element, *, contents: bool = False) -> SourceParagraph:
        """A paragraph with its text and what its style says."""
        in_contents = any(field.contents for field in self._fields)
        text = self.text(element)
        self.paragraphs += 1
        self.anchors.settle(in_text(self.paragraphs), text)
        self.mark(element, in_text(self.paragraphs))
        style, level, listed = self._look(element)
        filed = contents or style.name.lower().startswith("toc ") or (in_contents and _PAGE_NUMBER.search(text))
        return SourceParagraph(
            text=text, number=self.paragraphs, style=style.name, level=level, listed=listed, contents=bool(filed)
        )  # fmt: skip

    def mark(self, element: etree._Element, place: str) -> None:
        """Keeps the bookmark that this program gave a row or a paragraph."""
        for one in element.iterdescendants(*_BOOKMARK):
            if MARK.fullmatch(value(one, _NAMES)):
                self.marks.setdefault(place, value(one, _NAMES))

    def _look(self, element: etree._Element) -> tuple[SourceStyle, int, bool]:
        properties = first(element, _PROPERTIES)
        if properties is None:
            return SourceStyle(), 0, False
        own = first(properties, _STYLE)
        style = self.styles.get(value(own), SourceStyle()) if own is not None else SourceStyle()
        outline = first(properties, _OUTLINE)
        level = style.level if outline is None else number(value(outline), -1, 9) + 1
        listed = style.listed or first(properties, _NUMBERING) is not None
        return style, level if level < 10 else 0, listed

    def text(self, element: etree._Element) -> str:
        """The text of a paragraph."""
        pieces: list[str] = []
        self._hidden_paragraph = self.hides and self._look(element)[0].hidden
        self._inline(element, pieces)
        for field in self._fields:
            field.result = True  # an instruction ends with its paragraph: one that is not closed swallows no text
        return "".join(pieces)

    def _inline(self, element: etree._Element, pieces: list[str]) -> None:
        for child in element:
            act = ACTS.get(child.tag)
            if act is RunAction.TEXT:
                if self._shows():
                    pieces.append(child.text or "")
            elif act is RunAction.RUN:
                self._run(child, pieces)
            elif act is not None:
                self._special(child, act, pieces)
            elif wraps_text(child):
                self.taken[UNKNOWN] += 1
                self._inline(child, pieces)

    def _run(self, run: etree._Element, pieces: list[str]) -> None:
        """The text of a run as its properties make it seen."""
        properties = first(run, _RUN_PROPERTIES)
        kind = self._unreviewed(properties)
        if kind:
            self.drop(kind, run)
            return
        own: list[str] = []
        self._inline(run, own)
        text = "".join(own)
        pieces.append(text if properties is None else as_seen(text, properties))

    def _unreviewed(self, properties: etree._Element | None) -> str:
        """Why nobody is to read a run: hidden, or struck through; "" where it is to be read."""
        hidden = self._hidden_paragraph
        if properties is not None:
            style = first(properties, _RUN_STYLE)
            hidden = hidden or (style is not None and self.styles.get(value(style), SourceStyle()).hidden)
            vanish = first(properties, _VANISH)
            hidden = hidden if vanish is None else value(vanish) not in OFF
            if any(value(one) not in OFF for one in properties.iterchildren(*_STRIKES)):
                return STRUCK
        return HIDDEN if hidden else ""

    def drop(self, kind: str, element: etree._Element) -> None:
        """Counts a piece that is not read, and keeps what it says for the report."""
        self.left_out[kind] += 1
        text = "".join(one.text or "" for one in element.iter(*_DELETED_TEXT))
        if text.strip() and len(self.dropped) < _MOST_DROPPED:
            self.dropped.append(Dropped(self._place(), kind, text))

    def _place(self) -> str:
        return in_table(self.table) if self.table else in_text(self.paragraphs + 1)

    def _shows(self) -> bool:
        """Is what stands here the result of every field around it, and no instruction?"""
        return all(field.result for field in self._fields)

    def _special(self, child: etree._Element, act: RunAction, pieces: list[str]) -> None:
        match act:
            case RunAction.INSIDE | RunAction.PARAGRAPH:
                self._inline(child, pieces)
            case RunAction.INSERTED:
                self.taken[INSERTIONS] += 1
                self._inline(child, pieces)
            case RunAction.EITHER:
                self._inline(alternative(child), pieces)
            case RunAction.CONTROL:
                self._control(child, pieces)
            case RunAction.TAB:
                pieces.append("\t")
            case RunAction.BREAK:
                if value(child, BREAK_TYPES) not in ("page", "column"):
                    pieces.append("\n")
            case RunAction.HYPHEN:
                pieces.append("-")
            case RunAction.SYMBOL:
                self._symbol(child, pieces)
            case RunAction.FIELD | RunAction.INSTRUCTION:
                self._field(child, act)
            case RunAction.FORMULA:
                self.taken[FORMULAS] += 1
                pieces.append(formula_text(child))
            case _:
                self.leave(child, act, pieces)

    def leave(self, element: etree._Element, act: RunAction, pieces: Sequence[str] = ()) -> None:
        """Counts what is not read, by what people call it; ``pieces`` stand before it in its paragraph."""
        match act:
            case RunAction.DELETED:
                self.drop(DELETIONS, element)
            case RunAction.PICTURE:
                outer = next(element.iterancestors(*TEXT_BOX), None)
                boxes = [box for box in element.iter(*TEXT_BOX) if next(box.iterancestors(*TEXT_BOX), None) is outer]
                if boxes:
                    self.boxes += boxes
                    self.taken[TEXT_BOXES] += len(boxes)
                else:
                    self.left_out[EMBEDDED if next(element.iter(_OBJECT), None) is not None else PICTURES] += 1
            case RunAction.COMMENT:
                self.anchors.meet(element, pieces)
            case RunAction.NOTE:
                self.left_out[NOTES] += 1
                self.noted[note_key(element)] = self._place()
            case RunAction.EMBEDDED:
                self.left_out[EMBEDDED] += 1
            case RunAction.READING:
                self.left_out[READINGS] += 1

    def _control(self, control: etree._Element, pieces: list[str]) -> None:
        inside = self.control(control)
        if inside is not None:
            self._inline(inside, pieces)

    def control(self, control: etree._Element) -> etree._Element | None:
        """What a content control holds, counted; ``None`` where nobody filled it in."""
        properties = first(control, _CONTROL_PROPERTIES)
        if properties is not None and first(properties, _PLACEHOLDER) is not None:
            self.drop(PLACEHOLDERS, control)
            return None
        known = self.is_contents(control) or is_cover(control)
        if properties is None or (first(properties, CHECKED) is None and not known):
            self.taken[CONTROLS] += 1
        return first(control, _INSIDE_CONTROL)

    def is_contents(self, control: etree._Element) -> bool:
        """Does a content control hold the table of contents?"""
        properties = first(control, _CONTROL_PROPERTIES)
        if properties is None:
            return False
        return any("table of contents" in value(one).lower() for one in properties.iter(*_GALLERY))

    def _symbol(self, symbol: etree._Element, pieces: list[str]) -> None:
        try:
            code = int(value(symbol, _CHARS), 16)
        except ValueError:
            code = 0
        if not self._shows():
            return
        mark = symbol_sign(code, value(symbol, _FONT))
        if mark:
            pieces.append(mark)
        elif 0x20 <= code < 0xD800:
            pieces.append(chr(code))
        else:
            self.left_out[SYMBOLS] += 1

    def _field(self, element: etree._Element, act: RunAction) -> None:
        if act is RunAction.INSTRUCTION:
            if self._fields and re.match(r"\s*TOC\b", element.text or ""):
                self._fields[-1].contents = True
            return
        kind = value(element, _TYPES)
        if kind == "begin" and len(self._fields) < 100:
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            self._fields.pop()


@dataclass(slots=True)
class _Field:
    """A field that is open."""

    contents: bool = False
    """It is a table of contents."""
    result: bool = False
    """What follows is what it shows; before that stands its instruction."""


def as_seen(text: str, properties: etree._Element) -> str:
    """A run's text with its symbols, and with digits that are raised or lowered as such: a sign for each character."""
    if has_symbols(text):
        fonts = first(properties, _FONTS)
        font = "" if fonts is None else value(fonts, _ASCII)
        text = "".join(symbol_sign(ord(one), font) or one if has_symbols(one) else one for one in text)
    aligned = first(properties, _ALIGNED)
    if aligned is None:
        return text
    move = {"superscript": raised, "subscript": lowered}.get(value(aligned))
    return text if move is None else move(text)


def has_symbols(text: str) -> bool:
    """May characters of a symbol font be in a text? What they show the font says."""
    return _ANY_SYMBOL.search(text) is not None


def symbol_sign(code: int, font: str) -> str:
    """The sign that a symbol font shows for a code; "" where that is not known."""
    if code not in _PRIVATE:
        return _SYMBOLS.get(code, "") if font == "Symbol" else ""
    low = code & 0xFF
    if font == "Symbol":
        return _SYMBOLS.get(low) or (chr(low) if 0x20 <= low < 0x7F else "")
    return _MARKS.get(low, "")


def is_cover(control: etree._Element) -> bool:
    """Does a content control hold an office's cover, which this program put there?"""
    properties = first(control, _CONTROL_PROPERTIES)
    return properties is not None and any(value(one) == COVER_TAG for one in properties.iterchildren(*_TAG))


def note_key(element: etree._Element) -> str:
    """What a note and the mark that refers to it have in common: ``footnote 2``."""
    kind = str(element.tag).rpartition("}")[2].removesuffix("Reference")
    return f"{kind} {value(element, _IDS)}"


def first(element: etree._Element, tags: tuple[str, ...]) -> etree._Element | None:
    """The first child with one of the tags."""
    return next(element.iterchildren(*tags), None)


def value(element: etree._Element, attributes: tuple[str, ...] = _VALUES) -> str:
    """An attribute's value; "" where it is absent."""
    for name in attributes:
        found = element.get(name)
        if found is not None:
            return found
    return ""


def number(text: str, low: int, high: int) -> int:
    """A number between ``low`` and ``high``; ``low`` for anything that is none."""
    short = text.strip()
    digits = short.removeprefix("-")
    if not digits.isascii() or not digits.isdecimal():
        return low
    if len(digits) > 6:
        return low if short.startswith("-") else high
    return min(max(int(short), low), high)


def alternative(element: etree._Element) -> etree._Element:
    """The first alternative that there is."""
    return next(iter(element), element)
