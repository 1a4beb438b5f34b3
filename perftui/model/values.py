"""The one reader of an indicator's value (指标值): operator, number and unit, or a date, or words, or no value at all.

Nothing here judges: a value is told what it is, rules say whether that is right. A value that was imported is never
rewritten; one that a person types has its operator and digits normalised when it then reads as a value.
"""

import re
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from perftui.model.frozen import frozen
from perftui.model.lazy_regex import lazily
from perftui.model.money import half_width

ERROR_VALUES: Final = frozenset({
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
    "#GETTING_DATA",
})  # fmt: skip
"""What stands in a workbook's cell whose formula comes to nothing."""


class ValueKind(Enum):
    """What a value is."""

    EMPTY = auto()
    PLACEHOLDER = auto()
    """A template's ``**``, ``XX``, ``/``, ``*``, or an operator without its number."""
    CHOICE = auto()
    """A list to choose from that nobody chose from: 是/否, 优/良/中/差."""
    QUANTITY = auto()
    PERCENT = auto()
    MONEY = auto()
    DATE = auto()
    PERIOD = auto()
    QUALITATIVE = auto()
    """Words: 效果明显, 及时."""


@frozen
class Value:
    """An indicator's value as read; ``text`` is what stands in the cell, trimmed."""

    kind: ValueKind
    text: str
    sign: str = ""
    """``≥ ≤ > < =``, or "" where none is written; 以上 and 以内 count as ``≥`` and ``≤``."""
    number: Decimal | None = None
    """The number as written (6.8 of 6.8万元); the lower one of a range."""
    upper: Decimal | None = None
    unit: str = ""
    """The unit as written: ``%``, 万元, 元/亩, 人次."""

    @property
    def is_quantitative(self) -> bool:
        """Whether it is a number that can be measured against."""
        return self.number is not None

    @property
    def is_missing(self) -> bool:
        """Whether there is no value: nothing, or a template's sign."""
        return self.kind in (ValueKind.EMPTY, ValueKind.PLACEHOLDER)

    @property
    def money_unit(self) -> str:
        """The unit of money without what it is for: 万元 of 万元/年; "" where it is no money."""
        match = _MONEY_UNIT.match(self.unit) if self.kind is ValueKind.MONEY else None
        return match[1] if match else ""

    @property
    def money(self) -> Decimal | None:
        """The money in 元 (of a range its upper end); None for a price of something (475元/亩) and what is no money."""
        if self.number is None or self.kind is not ValueKind.MONEY or self.unit != self.money_unit:
            return None
        return (self.number if self.upper is None else self.upper) * _SCALES[self.unit.removesuffix("元")]


_SCALES: Final = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "百万": Decimal(10**6),
    "千万": Decimal(10**7),
    "亿": Decimal(10**8),
}
_MONEY_UNIT = lazily("((?:百万|千万|百|千|万|亿)?元)(?=$|[/每·])")

# Longest first, so that ">=" is not read as ">" and 大于等于 not as 大于.
_SIGNS: Final = {
    "≥": "大于或等于 大于等于 不低于 不少于 不小于 至少 >= => 》= 〉= ≥ ≧ ⩾",
    "≤": "小于或等于 小于等于 不超过 不高于 不大于 不多于 至多 控制在 <= =< 《= 〈= ≤ ≦ ⩽",
    ">": "大于 超过 高于 多于 > 》 〉",
    "<": "小于 低于 少于 < 《 〈",
    "=": "等于 == =",
}
_SIGN_OF: Final = {word: sign for sign, words in _SIGNS.items() for word in words.split()}
_SIGN = "|".join(re.escape(word) for word in _SIGN_OF)
_LEAD = lazily(rf"(?P<sign>{_SIGN})?(?:达到|达)?")

_NUMBER = r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])|[0-9]{1,15}(?![0-9,]))(?:\.[0-9]{1,10})?"
_UNIT = r"[%‰℃°㎡㎥²³\u4e00-\u9fffA-Za-zμ/·()]{0,8}"
_TO = "(?:-|—|–|~|至|到)"
_QUANTITY = lazily(
    rf"(?P<percent>百分之)?(?P<number>{_NUMBER})(?:(?P<first>{_UNIT}?){_TO}(?P<upper>{_NUMBER}))?(?P<unit>{_UNIT})"
)
_BOUNDS: Final = {"及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤"}
_WITHIN = lazily("(.*(?:日|天|小时|分钟|月|年|周))内")
_PERCENT_UNIT = lazily(r"(%|‰|百分比|百分点|个百分点)[\u4e00-\u9fff]{0,4}")

_YEAR = "(?:19|20)[0-9]{2}年度?"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_MONTH_NUMBER = "(?:1[0-2]|0?[1-9])"
_MONTH = f"{_MONTH_NUMBER}月份?(?:{_DAY}[日号]|底|末|初|上旬|中旬|下旬)?"
_PART = "(?:[上下]半年|第?[一二三四1-4]季度[初末底]?|全年)"
_NUMERIC_POINT = f"(?:(?:{_YEAR})?{_MONTH}|{_YEAR}[底末初]|(?:19|20)[0-9]{{2}}([-/.]){_MONTH_NUMBER}\\1{_DAY})"
_ENDING = "(?:以前|之前|前|以内|之内|内)?"
_DONE = "(?:全部)?(?:完成|到位|支付|拨付|发放|执行)?(?:完毕|完成)?"
_DATE = lazily(rf"{_NUMERIC_POINT}{_ENDING}[\u4e00-\u9fff]{{0,8}}|(?:当年|本年)?年?[底末]{_ENDING}{_DONE}")
_PERIOD = lazily(
    rf"(?:{_YEAR})?{_MONTH_NUMBER}(?:月份?(?:{_DAY}[日号]|[底末初])?)?{_TO}(?:{_YEAR})?{_MONTH}{_ENDING}[\u4e00-\u9fff]{{0,8}}"
    rf"|{_YEAR}(?:{_TO}{_YEAR})?{_PART}?{_ENDING}{_DONE}|{_PART}{_ENDING}{_DONE}|每(?:年|季度|月|周)末?(?:{_DAY}[日号])?{_ENDING}{_DONE}"
)

_PLACEHOLDER = lazily(
    rf"[*_/\\\-—–~Xx×?.。…·、○〇□☐]+|(?:{_SIGN})?(?:\*+|[Xx×]{{2,}}|_{{2,}}){_UNIT}|(?:[≥≤<>=]|>=|<=|》=)?%?|N/A|NA|待定|待填|暂无"
)
_CHOICES: Final = frozenset(
    ["是", "否", "有", "无", "优", "良", "中", "差", "好", "较好", "一般", "较差", "不好", "优秀", "良好"]
)
_BOXES = lazily("[□☐○〇]")


@lru_cache(maxsize=8192)
def parse_value(text: str) -> Value:
    """What a value says. Full-width digits and signs read as ASCII ones, blanks do not count."""
    text = text.strip()
    if not text:
        return Value(kind=ValueKind.EMPTY, text="")
    plain = _plain(text)
    if _PLACEHOLDER.fullmatch(plain):
        return Value(kind=ValueKind.PLACEHOLDER, text=text)
    if _is_choice(text):
        return Value(kind=ValueKind.CHOICE, text=text)
    lead = _lead(plain)
    rest = plain[lead.end() :]
    sign = _SIGN_OF.get(lead["sign"] or "", "")
    for kind, pattern in ((ValueKind.PERIOD, _PERIOD), (ValueKind.DATE, _DATE)):
        if pattern.fullmatch(rest):
            return Value(kind=kind, text=text, sign=sign)
    return _quantity(text, sign, rest) or Value(kind=ValueKind.QUALITATIVE, text=text)


@lru_cache(maxsize=8192)
def is_placeholder(text: str) -> bool:
    """Does a text, of whatever column, only hold a place? Asked of every text: ``parse_value`` would forget values."""
    text = text.strip()
    return text != "" and _PLACEHOLDER.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    """``text`` half-width and without blanks; only a ``。`` between digits is a point."""
    if "。" in text:
        text = re.sub(r"(?<=[0-9０-９])。(?=[0-9０-９])", ".", text).replace("。", "\0")
    return "".join(half_width(text).split()).replace("\0", "。")


def _lead(plain: str) -> re.Match[str]:
    match = _LEAD.match(plain)
    if match is None:  # the pattern can be empty
        raise AssertionError(plain)
    return match


def _is_choice(text: str) -> bool:
    words = [word for word in re.split(r"[/／|｜\\、，,;；或\s]+", _BOXES.sub(" ", text)) if word]
    if len(words) == 2 and words[1] in (f"不{words[0]}", f"未{words[0]}"):
        return True
    return text in ("是否", "优良中差") or (len(words) > 1 and all(word in _CHOICES for word in words))


def _quantity(text: str, sign: str, rest: str) -> Value | None:
    match = _QUANTITY.fullmatch(rest)
    if match is None:
        return None
    unit, bound = _bounded(match["unit"])
    if unit.startswith("(") and unit.endswith(")"):
        unit = unit[1:-1]
    first = match["first"] or unit
    if first not in (unit, "%") or "(" in unit or ")" in unit:
        return None
    kind = ValueKind.QUANTITY
    percent = _PERCENT_UNIT.fullmatch(unit)
    if match["percent"] and not unit:
        kind, unit = ValueKind.PERCENT, "%"
    elif percent:
        kind, unit = ValueKind.PERCENT, percent[1]
    elif _MONEY_UNIT.match(unit):
        kind = ValueKind.MONEY
    elif re.search("[%‰]", unit):
        return None
    upper = match["upper"]
    return Value(
        kind=kind,
        text=text,
        sign=sign or bound,
        number=_decimal(match["number"]),
        upper=_decimal(upper) if upper else None,
        unit=unit,
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _bounded(unit: str) -> tuple[str, str]:
    """A unit without the bound behind it, and the operator that the bound means: 个工作日内 → 个工作日, ≤."""
    for word, sign in _BOUNDS.items():
        if unit.endswith(word):
            return unit.removesuffix(word), sign
    within = _WITHIN.fullmatch(unit)
    return (within[1], "≤") if within else (unit, "")


def without_second_sign(text: str) -> str:
    """A value that begins with two signs as it is with the second alone, ``≥30人`` of ``≥≥30人``; "" of any other."""
    plain = _plain(text.strip())
    rest = plain[_lead(plain).end() :]
    return rest if _lead(plain)["sign"] and _lead(rest)["sign"] else ""


def read_sign(text: str) -> str:
    """The sign that a text writes and nothing else: ``≥`` of ``>=`` and 大于等于; "" of any other text."""
    return _SIGN_OF.get(text, "")


def normalise_value(typed: str) -> str:
    """What is kept of a typed value: ``》=９５％`` becomes ``≥95%``; what does not read as a value stays as typed."""
    value = parse_value(typed)
    if value.kind in (ValueKind.DATE, ValueKind.PERIOD):
        return _kept_sign(value, _plain(value.text))
    if not value.is_quantitative:
        return typed
    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", _plain(value.text))
    return _kept_sign(value, plain)


def _kept_sign(value: Value, plain: str) -> str:
    """``plain`` with its operator in the form's sign; words that a bound completes (控制在…以内) stay."""
    word = _lead(plain)["sign"]
    if word is None or _SIGN_OF[word] != value.sign:
        return plain
    bounded = any(plain.endswith(bound) for bound in _BOUNDS) or plain.endswith("内")
    return plain if bounded and word.isalpha() else value.sign + plain.removeprefix(word)


_COUNTING: Final = frozenset("人名位辆个次户件台套份项场条座处家所本册间张只头棵株期批起例组队把部艘盏块篇枚支") | {
    *("人次", "户次", "场次", "车次", "班次", "件次", "台次", "家次", "台套", "台件", "个次", "批次"),
}


def is_counting_unit(unit: str) -> bool:
    """Whether a unit counts things or people (人, 辆, 万人次, 次/年), not measures them (米, 元, %)."""
    head = unit.split("/")[0]
    return head in _COUNTING or head.lstrip("百千万亿") in _COUNTING
