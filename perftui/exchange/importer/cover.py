"""The cover: what it says of the unit and the year. Its lines are no text of the department."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from perftui.exchange.importer.labels import is_unit_line, printed_unit_of, unit_of
from perftui.exchange.importer.source import SourceParagraph
from perftui.exchange.importer.years import budget_year_in, with_digits, year_in
from perftui.exchange.page import StyleName
from perftui.exchange.page_styles import STYLES
from perftui.forms import Form

_COVER_TITLE = STYLES[StyleName.COVER_TITLE].word_name
_COVER_STYLES = frozenset(
    STYLES[style].word_name for style in (StyleName.COVER_TITLE, StyleName.COVER_TEXT, StyleName.CONTENTS_TITLE)
)
_DATE = re.compile(
    r"[\s_〇○零一二三四五六七八九十\d]*年[\s_〇○零一二三四五六七八九十\d]*月(?:[\s_一二三四五六七八九十\d]*日)?"
)
_TITLE = re.compile(
    r"(?:(?P<unit>.{2,60}?))?(?P<year>20\d{2})\s*年度?(?:部门|单位)?.{0,20}(?:绩效|预算|目标|项目|资金).{0,20}"
)
_LONGEST = 80  # characters; a longer paragraph is no line of a cover
_SENTENCE = re.compile("[，。；;、：:！？]")
_COVERS_END = (
    "文本",
    "表",
    "书",
    "目标",
    "预算",
    "报告",
    "方案",
    "材料",
    "汇编",
    "公开",
    "绩效",
    "批复",
    "清单",
    "一览",
)
"""How the titles of covers end; a sentence that speaks of a year's budget is none."""
_TITLES_BEGINNING = 36


@dataclass(slots=True, kw_only=True)
class CoverPage:
    """What the cover says."""

    year: int = 0
    titled_budget: int = 0
    """The year that a table's heading says is the budget's: 2022年度."""
    titled: int = 0
    """The year in a table's heading."""
    named: int = 0
    """The year in the name of the file."""
    unit: str = ""
    """The unit or department as the cover calls it."""
    unit_line: tuple[str, str] = ("", "")
    """The unit's code and name, where a line of the cover says both."""

    def take(self, form: Form, para: SourceParagraph, *, literal: bool) -> bool:
        """Takes a line of the cover in; False for a text that is none."""
        if para.cover:
            self.take(form, replace(para, cover=False, style=""), literal=False)
            return True
        if literal and is_cover_line(para):
            if para.style == _COVER_TITLE:
                self._printed(form, para.text)
            elif not _DATE.fullmatch(para.text.strip()) and not any(self.unit_line):
                self.unit_line = printed_unit_of(para.text, self.unit)
            return True
        text = para.text.strip()
        if len(text) > _LONGEST or para.listed:
            return False
        plain = with_digits(text)
        title = plain.replace("\n", "")
        if (match := _TITLE.fullmatch(title)) and title.endswith(_COVERS_END) and not _SENTENCE.search(title):
            self.year = self.year or int(match["year"])
            self.unit = self.unit or (match["unit"] or "").strip()
            return True
        if is_unit_line(text):
            self.unit_line = unit_of(text)
            return True
        return _DATE.fullmatch(text) is not None

    def take_year(self, heading: str) -> None:
        """Takes the year from a heading that names one."""
        self.year = self.year or year_in(heading)

    def take_title(self, heading: str) -> None:
        """Takes the year that a heading over a table begins with, for a document that says it nowhere else."""
        self.titled_budget = self.titled_budget or budget_year_in(heading)
        self.titled = self.titled or year_in(heading[:_TITLES_BEGINNING])

    def _printed(self, form: Form, text: str) -> None:
        """The cover's title as the form prints it, unit and year in their places."""
        match = worded("\n".join(form.layout.cover)).fullmatch(text)
        if match:
            said = match.groupdict()
            self.year = int(said.get("year", 0))
            self.unit = said.get("unit", "")


def is_cover_line(para: SourceParagraph) -> bool:
    """Does a paragraph of a printed document stand on its cover?"""
    return para.cover or para.style in _COVER_STYLES


@lru_cache(maxsize=64)
def worded(text: str) -> re.Pattern[str]:
    """What a form's fixed text is on paper: unit and year in their places, by name where they stand first."""
    parts = re.split(r"(\{unit\}|\{year\})", text)
    named = {"{unit}": "(?P<unit>.*)", "{year}": r"(?P<year>[0-9]{1,4})"}
    pattern = [named.pop(one, ".*") if one in ("{unit}", "{year}") else re.escape(one) for one in parts]
    return re.compile("".join(pattern), re.S)
