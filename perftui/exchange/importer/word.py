"""The names of WordprocessingML that the reader knows, in both of its namespaces, and what to do at each."""

from collections.abc import Iterable
from enum import Enum, auto

from lxml import etree

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""Of usual files and of Word's strict variant."""
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBILITY = ("http://schemas.openxmlformats.org/markup-compatibility/2006",)
_WORD_2010 = ("http://schemas.microsoft.com/office/word/2010/wordml",)


class RunAction(Enum):
    """What the reader does at an element."""

    PARAGRAPH = auto()
    TABLE = auto()
    ROW = auto()
    CELL = auto()
    RUN = auto()
    TEXT = auto()
    TAB = auto()
    BREAK = auto()
    HYPHEN = auto()
    SYMBOL = auto()
    FIELD = auto()
    """The beginning, middle or end of a field."""
    INSTRUCTION = auto()
    INSIDE = auto()
    """Read what is in it."""
    INSERTED = auto()
    """Read what is in it, and count it."""
    CONTROL = auto()
    """A content control."""
    EITHER = auto()
    """Alternatives, of which the first is read."""
    FORMULA = auto()
    DELETED = auto()
    PICTURE = auto()
    NOTE = auto()
    COMMENT = auto()
    EMBEDDED = auto()
    READING = auto()
    """The reading over a word."""


def names(local: str, spaces: Iterable[str] = NAMESPACES) -> tuple[str, ...]:
    """The full names of an element in its namespaces."""
    return tuple(f"{{{space}}}{local}" for space in spaces)


def _acts() -> dict[str, RunAction]:
    by_act: dict[RunAction, str] = {
        RunAction.PARAGRAPH: "p",
        RunAction.TABLE: "tbl",
        RunAction.ROW: "tr",
        RunAction.CELL: "tc",
        RunAction.RUN: "r",
        RunAction.TEXT: "t",
        RunAction.TAB: "tab ptab",
        RunAction.BREAK: "br cr",
        RunAction.HYPHEN: "noBreakHyphen",
        RunAction.SYMBOL: "sym",
        RunAction.FIELD: "fldChar",
        RunAction.INSTRUCTION: "instrText",
        RunAction.INSIDE: "hyperlink smartTag customXml fldSimple dir bdo sdtContent ruby rubyBase",
        RunAction.INSERTED: "ins moveTo",
        RunAction.CONTROL: "sdt",
        RunAction.DELETED: "del moveFrom",
        RunAction.PICTURE: "drawing pict object",
        RunAction.NOTE: "footnoteReference endnoteReference",
        RunAction.COMMENT: "commentRangeStart commentRangeEnd commentReference",
        RunAction.EMBEDDED: "altChunk subDoc contentPart",
        RunAction.READING: "rt",
    }
    found = {name: act for act, locals_ in by_act.items() for local in locals_.split() for name in names(local)}
    found |= {name: RunAction.FORMULA for local in ("oMath", "oMathPara") for name in names(local, _MATH)}
    return found | dict.fromkeys(names("AlternateContent", _COMPATIBILITY), RunAction.EITHER)


ACTS = _acts()

PROPERTIES = frozenset(
    name
    for local in (
        *("pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr"),
        *("customXmlPr", "smartTagPr", "rubyPr", "ffData"),
    )
    for name in names(local)
)
"""What says how things look; no text is in it."""

TABLE = names("tbl")
ROW, CELL, SPAN, DOWN, PARAGRAPH, TEXT = (names(local) for local in ("tr", "tc", "gridSpan", "vMerge", "p", "t"))
PLAIN = (*ROW, *CELL, *SPAN, *DOWN, *PARAGRAPH, *TEXT, *names("br"), *names("cr"), *names("tab"))
"""Where only these matter a table is read in one go."""

SPECIAL = (
    *(name for name, act in ACTS.items() if name not in PLAIN and act is not RunAction.RUN),
    *(
        name
        for local in ("tabs", "vanish", "hMerge", "cellDel", "gridBefore", "strike", "dstrike", "vertAlign")
        for name in names(local)
    ),
)
"""Where any of these is in a table it is read element by element."""

_CARRIERS = (*PARAGRAPH, *TABLE, *ROW, *CELL, *names("r"), *TEXT)


def wraps_text(element: etree._Element) -> bool:
    """Is an element that the reader does not know put around something that it reads?"""
    if not len(element) or element.tag in PROPERTIES:
        return False
    return next(element.iterdescendants(*_CARRIERS), None) is not None


BODY = names("body")
TEXT_BOX = names("txbxContent")
CHECKED = names("checkbox", _WORD_2010)
