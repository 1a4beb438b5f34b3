"""How each paragraph of the printed page looks: the one place for fonts, sizes and spacing.

The DOCX styles are made from these values and the page estimate measures with them. Lengths are points.
"""

from collections.abc import Mapping
from types import MappingProxyType

from perftui.exchange.page import StyleName
from perftui.model.frozen import frozen

SONG_TITLE, HEI, KAI, FANG, SONG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"

FONTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        SONG_TITLE: ("方正小标宋_GBK", "auto"),
        HEI: ("SimHei", "modern"),
        KAI: ("楷体", "modern"),
        FANG: ("仿宋", "modern"),
        SONG: ("SimSun", "auto"),
    }
)
"""The fonts in use: the name to take where one is not installed, and the family that Word files it under."""

BODY_SIZE = 16.0
LINE = 28.0
"""The exact line pitch of the text: 22 lines a page, as GB/T 9704 wants."""
TIGHT = -0.25
"""What the text's characters are set closer, so that 28 stand in a line of 156 mm, as GB/T 9704 wants (27 otherwise).

Not by a document grid of characters: LibreOffice, which prints the PDF, sets 18 in a line with it.
"""
CELL_PADDING_X, CELL_PADDING_Y = 2.0, 3.0
"""Space between a cell's border and its text, at each side."""
GAP = 16.0
"""Height of the empty paragraph that stands between two tables."""
SEAM = 1.0
"""Height of the empty paragraph that ends a section or follows the last table, or parts two that look like one."""
FOOTER_SIZE = 14.0
STAMP_SIZE, STAMP_LINE = 7.5, 10.0
"""Of the small print under the page number."""


@frozen
class TextStyle:
    """The looks of one kind of paragraph."""

    word_id: str
    """The style's id inside a DOCX."""
    word_name: str
    """Its name: Word's own for the built-in headings, so that the navigator and the contents know them."""
    font: str = FANG
    size: float = BODY_SIZE
    pitch: float = LINE
    """Exact distance of lines."""
    align: str = "both"
    """Word's word: both, left, center, right."""
    indent: int = 0
    """First-line indent in characters."""
    before: float = 0.0
    after: float = 0.0
    level: int | None = None
    """Outline level from 1; None: not a heading."""
    keep_next: bool = False
    page_break_before: bool = False

    def begins_page(self, wanted: bool | None) -> bool:  # noqa: FBT001 - what a paragraph says of itself
        """Does a paragraph of this style begin a page? ``wanted``: what it says itself, None where it says nothing."""
        return self.page_break_before if wanted is None else wanted

    @property
    def spacing(self) -> float:
        """What its characters are set apart, less than 0 for closer."""
        return TIGHT if self.size == BODY_SIZE else 0.0


STYLES: Mapping[StyleName, TextStyle] = MappingProxyType(
    {
        StyleName.COVER_TITLE: TextStyle(
            word_id="CoverTitle",
            word_name="封面标题",
            font=SONG_TITLE,
            size=22,
            pitch=36,
            align="center",
            before=150,
            after=48,
        ),
        StyleName.COVER_TEXT: TextStyle(word_id="CoverText", word_name="封面文字", align="center"),
        StyleName.CONTENTS_TITLE: TextStyle(
            word_id="ContentsTitle",
            word_name="目录标题",
            font=SONG_TITLE,
            size=22,
            align="center",
            after=14,
            keep_next=True,
        ),
        StyleName.TITLE: TextStyle(
            word_id="Heading1",
            word_name="heading 1",
            font=SONG_TITLE,
            size=22,
            align="center",
            after=14,
            level=1,
            keep_next=True,
        ),
        StyleName.HEADING1: TextStyle(
            word_id="Heading2", word_name="heading 2", font=HEI, indent=2, level=2, keep_next=True
        ),
        StyleName.HEADING2: TextStyle(
            word_id="Heading3", word_name="heading 3", font=KAI, indent=2, level=3, keep_next=True
        ),
        StyleName.HEADING3: TextStyle(word_id="Heading4", word_name="heading 4", indent=2, level=4, keep_next=True),
        StyleName.HEADING_PROJECT: TextStyle(
            word_id="ProjectHeading",
            word_name="项目标题",
            font=HEI,
            align="center",
            after=6,
            level=2,
            keep_next=True,
            page_break_before=True,
        ),
        StyleName.BODY: TextStyle(word_id="BodyText", word_name="Body Text", indent=2),
        StyleName.BODY_PLAIN: TextStyle(word_id="BodyPlain", word_name="正文无缩进"),
        StyleName.TABLE_TEXT: TextStyle(word_id="TableText", word_name="表格文字", size=10.5, pitch=16, align="left"),
        StyleName.TABLE_HEAD: TextStyle(word_id="TableHead", word_name="表格栏目", size=10.5, pitch=16, align="center"),
        StyleName.TABLE_SMALL: TextStyle(word_id="TableSmall", word_name="表格小字", size=8, pitch=11, align="left"),
    }
)

CONTENTS_LEVELS = 3
"""Headings down to this outline level are in the contents."""

CONTENTS_STYLES: tuple[TextStyle, ...] = tuple(
    TextStyle(word_id=f"TOC{level}", word_name=f"toc {level}", align="left", indent=0 if level == 1 else 2)
    for level in range(1, CONTENTS_LEVELS + 1)
)
"""The looks of the entries of the contents, level 1 first; all but the first are set in by two characters."""
