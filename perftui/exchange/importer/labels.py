"""Labels as other counties write them: one key for a label, and the words that mean the same."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from perftui.exchange.importer.hanzi import ordinary_hanzi

_HAN = "一二三四五六七八九十"
_NUMBER = re.compile(rf"^(?:第[{_HAN}]+[部章]分?|[（(][{_HAN}\d]{{1,3}}[)）]|[{_HAN}\d]{{1,3}}[、.．])")
_COUNT = re.compile(rf"^(?:[{_HAN}]{{1,3}}[、.]|[0-9]{{1,2}}[、.](?![0-9]))(?=.)")
"""What numbers a label: 四、申请金额."""
_AMONG = re.compile(r"^(?:其中|年度其中)[:：]?")
MONEY_UNIT = "(?:[十百千]?[万亿]|[百千])?(?:元|[美港欧日澳加韩]元|澳门元|新台币|美金|港币|英镑)"
"""A unit of money as a table says it: 千元, 万元, 亿元, and also 万美元, which nothing here converts."""
_UNIT_SAID = re.compile(rf"[(（\[【](?:单位[:：])?(?:人民币)?({MONEY_UNIT})[)）\]】]")
_ROUND = str.maketrans("[]【】〔〕", "()()()")
_BRACKETS = re.compile(r"\([^()]{0,20}\)")
_MONTH = re.compile(r"(?:\d{2,4}年)?(?:截至|截止|至)?(\d{1,2})月(?:份|底|末)?前?(?:累计)?(?:支出|进度|支付|计划)*")
_UNIT = re.compile(r"([0-9]{3,12}|[A-Z][0-9]{3,11})\s*[-—:：、]?\s*([^\s0-9.].*)", re.S)
_UNIT_CODE = re.compile("[0-9]{6,12}|[A-Z][0-9]{5,11}")
_PRINTED_UNIT = re.compile(r"([0-9]{3,12}|[A-Z][0-9]{3,11})([^0-9].*)", re.S)
_PRINTED_CODE = re.compile("[A-Z]?[0-9]{1,12}")
_UNIT_LINE = re.compile(r"\s*(?![0-9A-Z]+\s*$)(?:[0-9]{6,12}|[A-Z][0-9]{5,11})\s*[-—:：、]?\s*[^\s0-9年].{2,60}")
_SEAL = re.compile(r"\s*[（(](?:盖章|公章|签章|章)[)）]\s*$")
_OPINION, _DAY = "意见", "年月日"
_LED = re.compile(r"([^\s:：，。；]{2,16})\s*[:：]")
LONGEST_LABEL = 40
"""Characters of the longest text that is looked at as a label."""

WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
"""The labels that are known, and the words that labels are made of."""

UNIT_LABELS: tuple[str, ...] = tuple(WORDS["unit"])
"""Labels of the unit that a document is of."""

ASIDE_LABELS: tuple[str, ...] = tuple(WORDS["aside"])
"""Labels of what other forms ask for besides."""

YEAR_LABELS: tuple[str, ...] = tuple(WORDS["year"])
"""Labels of the budget's year."""

_YEAR_OF: tuple[str, ...] = tuple(WORDS["year_of"])
_PERSONS: tuple[str, ...] = tuple(WORDS["persons"])
_FAMILY = {label: index for index, words in enumerate(WORDS["same"]) for label in words}


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """The key of a label: without blanks, line breaks, what stands in brackets, and the colon behind it."""
    if len(text) > LONGEST_LABEL:
        return ""
    plain = "".join(unicodedata.normalize("NFKC", ordinary_hanzi(text)).split()).translate(_ROUND)
    plain = _COUNT.sub("", plain)
    plain = _BRACKETS.sub("", plain).strip(":;,。、*_-·")
    plain = _AMONG.sub("", plain) or plain
    return point_key(plain) or plain


def point_key(plain: str) -> str:
    """The key of a month's end, ``#10`` for 10月底; "" for anything else."""
    match = _MONTH.fullmatch(plain)
    return f"#{int(match[1])}" if match else ""


def meaning(key: str) -> int | str:
    """What all labels' keys that name one thing have in common."""
    return _FAMILY.get(key, key)


def same_meaning(one: str, other: str) -> bool:
    """Two labels' keys that name one thing."""
    return meaning(one) == meaning(other)


def is_person_label(text: str) -> bool:
    """Does a label ask who filled the form in, or for a telephone?"""
    return label_key(text).endswith(_PERSONS)


def is_year_label(text: str) -> bool:
    """Does a label ask for the budget's year in words of its own: 评价年度?"""
    return label_key(text).removesuffix("年度") in _YEAR_OF and label_key(text).endswith("年度")


def names_person(text: str) -> bool:
    """Does a line say who filled the form in: 填表人：…　联系电话：…?"""
    return any(is_person_label(label) for label in _LED.findall(text))


def is_of_foot(text: str) -> bool:
    """Does a cell stand at a table's foot: an office's opinion, who signs, and the day to be filled in?"""
    key = label_key(text)
    return key == _DAY or key.endswith(_OPINION) or (len(text) <= LONGEST_LABEL and names_person(text))


def unit_in_brackets(label: str) -> str:
    """The unit of money that a label says: 项目资金（万元）; "" where it does not."""
    match = _UNIT_SAID.search(label)
    return match[1] if match else ""


def unit_of(text: str) -> tuple[str, str]:
    """Code and name of a unit: ``613001路南街道办事处部门本级``; each is "" where a text has none."""
    plain = _SEAL.sub("", text.strip())
    if _UNIT_CODE.fullmatch(plain):
        return plain, ""
    match = _UNIT.fullmatch(plain)
    return (match[1], match[2].strip()) if match else ("", plain)


def printed_unit_of(text: str, titled: str) -> tuple[str, str]:
    """The same as this program prints it, one right behind the other; ``titled`` is the unit of the cover's title."""
    code = text.removesuffix(titled) if titled else ""
    if _PRINTED_CODE.fullmatch(code):
        return code, titled
    match = _PRINTED_UNIT.fullmatch(text)
    return (match[1], match[2]) if match else unit_of(text)


def is_unit_line(text: str) -> bool:
    """Is a text by itself a unit's code and name? Six characters of code at least: 12人 is none."""
    return _UNIT_LINE.fullmatch(text) is not None


def without_number(text: str) -> tuple[str, str]:
    """A heading's number and the rest: ``("（一）", "总体绩效目标")``; the number is "" where there is none."""
    match = _NUMBER.match(text.lstrip())
    if not match:
        return "", text.strip()
    return match[0], text.lstrip()[match.end() :].strip()
