"""The budget's year in all the forms in which it is printed: （2022年度）, 编制年度：2022, 二〇二二年度."""

import re

from perftui.exchange.importer.labels import MONEY_UNIT

_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_HAN_YEAR = re.compile(r"二[〇○零][一二三四五六七八九〇○零]{2}(?=\s*年)|２０[０-９]{2}(?=\s*年)")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年")
_FOUR_DIGITS = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_MONTHS = r"年\s*1?[0-9]\s*[-—－~～至]\s*1?[0-9]\s*月"
_ALONE = re.compile(rf"[（(\[【]?\s*(20[0-9]{{2}})\s*(?:年度?|预算年度|{_MONTHS})\s*[)）\]】]?")
_COLUMN = re.compile(rf"(20[0-9]{{2}})年?度?(?:预算|预算数|计划|安排|申请|金额)*(?:[（(]{MONEY_UNIT}[)）])?")
_LONGEST_TITLE = 24
_OF_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年度(?!末|底)")


def with_digits(text: str) -> str:
    """A text whose years in Hanzi or in wide digits, 二〇二二年, are written in digits."""
    return _HAN_YEAR.sub(lambda match: match[0].translate(_DIGITS), text)


def year_in(text: str) -> int:
    """The first year that a text names; 0 for none."""
    match = _YEAR.search(with_digits(text))
    return int(match[1]) if match else 0


def year_alone(text: str) -> int:
    """The year of a text that says nothing else: （2022年度）; 0 for any other."""
    match = _ALONE.fullmatch(with_digits(text.strip()))
    return int(match[1]) if match else 0


def year_of_title(title: str) -> int:
    """The year that is all of a column's title, 2023年 or 2023年预算; 0 for any other."""
    match = _COLUMN.fullmatch("".join(title.split())) if "20" in title and len(title) <= _LONGEST_TITLE else None
    return int(match[1]) if match else 0


def year_of_file(stem: str) -> int:
    """The one year that the name of a file says, with 年 or without; 0 for none and for several."""
    plain = with_digits(stem)
    found = set(_YEAR.findall(plain)) or set(_FOUR_DIGITS.findall(plain))
    return int(found.pop()) if len(found) == 1 else 0


def budget_year_in(title: str) -> int:
    """The year that a title says is the budget's, 2022年度; 0 where it says none."""
    match = _OF_YEAR.search(with_digits(title))
    return int(match[1]) if match else 0
