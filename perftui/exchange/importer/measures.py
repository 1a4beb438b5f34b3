"""An indicator's value put together: sign, value and unit may have columns of their own, the unit stand in the name."""

import re
from dataclasses import dataclass, replace

from perftui.exchange.importer.labels import WORDS
from perftui.exchange.importer.numbers import NOTHING, serial_day
from perftui.locale import _
from perftui.model.frozen import frozen

_UNITS = frozenset(WORDS["cells"]["units"])
_NO_SIGNS = frozenset(WORDS["cells"]["no_signs"])
_NO_UNITS = frozenset("上下左右内外前后东南西北新旧大小甲乙丙丁一二三四五六七八九十")
"""Single characters in brackets that tell things apart; any other is a measure word: 盏."""
_SIGNS = str.maketrans({"≧": "≥", "≦": "≤", "＝": "=", "＞": ">", "＜": "<"})
_SIGN_WORDS = {
    "等于": "=",
    "大于": ">",
    "小于": "<",
    "大于等于": "≥",
    "小于等于": "≤",
    "大于或等于": "≥",
    "小于或等于": "≤",
}
_BARE = re.compile(r"[≥≤><=]?\s*[0-9][0-9.,]*")
_NAMED_UNIT = re.compile(r"[（(]\s*(?:单位[:：]\s*)?([^（）()0-9]{1,10})\s*[)）]\s*$")
_KNOWN_SIGNS = frozenset((*WORDS["cells"]["signs"], *_NO_SIGNS, "≈"))
_NO_VALUES = NOTHING | set(WORDS["cells"]["nothing"])
_EMPTY = re.compile(r"[≥≤><=]*\s*[*＊XxＸ×_]*\s*")
_SAID_BEHIND = re.compile(
    r"([^≥≤><=≧≦＝:：]{2,40}?)\s*(?:[:：]\s*(.+)|((?:[≥≤><=≧≦＝]|不低于|不少于|不超过|不高于|达到).+)"
    r"|((?:20[0-9]{2}年)?1?[0-9]月(?:[1-3]?[0-9]日)?(?:底|末|份)?(?:之前|以前|前|内)?)"
    r"|(?<![0-9.第])([0-9][0-9.,]*\s*[^0-9\s]{0,5}))",
    re.S,
)
_SIGNED = re.compile(r"(.+?)\s*[（(]\s*([≥≤><=≧≦＞＜＝]=?)\s*[)）]", re.S)
_SHARES = frozenset("%％‰")
_DIGIT = re.compile(r"\d")
_TIMELY = re.compile("时间|日期|时限|期限|完成时")


@dataclass(frozen=True, slots=True)
class Measure:
    """What the columns of sign, value and unit say."""

    sign: str
    value: str
    unit: str


@frozen
class Measured:
    """The value, and what was done."""

    text: str
    message: str = ""
    raw: str = ""
    """What stood in the cells, where the value is another text."""
    left: str = ""
    """What is no value, such as a unit that waits for its number."""
    doubtful: bool = False


def name_and_value(text: str) -> tuple[str, str]:
    """A name and the value behind it, 培训人数≥300人, 完成时间：11月底前; the value is "" where there is none."""
    match = _SAID_BEHIND.fullmatch(text.strip())
    return (match[1].rstrip(":：，, "), next(filter(None, match.groups()[1:])).strip()) if match else (text, "")


def name_and_sign(text: str) -> tuple[str, str]:
    """A name and the sign in brackets behind it, 绿道完好率（≥）; the sign is "" where there is none."""
    match = _SIGNED.fullmatch(text.strip())
    return (match[1], match[2]) if match else (text, "")


def measured(said: Measure, name: str, *, timely: bool) -> Measured:
    """The value of an indicator of some ``name``; ``timely``: its class is one of time."""
    sign, value, unit = _sign(said.sign), said.value.strip(), said.unit.strip()
    if value and sign and sign not in _KNOWN_SIGNS:
        return _without_sign(said, name, timely=timely)
    unit = "" if _is_no_unit(unit, value) else unit
    raw = " ".join(part for part in (said.sign.strip(), value, said.unit.strip()) if part)
    day = serial_day(value) if timely or _TIMELY.search(name) else ""
    if day:
        message = _("日期写成了序列号，读作“{day}”，请核对").format(day=f"{_before(sign, day)}{day}")
        return Measured(text=_before(sign, day) + day, message=message, raw=raw, doubtful=True)
    if value and (_is_unfilled(value) or (value in _NO_VALUES and (sign or unit))):
        message = _("只有符号或单位，没有数，指标值留空：{text}").format(text=raw)
        return Measured(text="", message=message, raw=raw, left=raw, doubtful=True)
    if not value:
        return Measured(text="", left=raw, raw=raw)
    named = _NAMED_UNIT.search(name)
    if named and not unit and _is_unit(named) and _BARE.fullmatch(value.translate(_SIGNS)):
        joined = _before(sign, value) + value + named[1].strip()
        return Measured(text=joined, message=_("单位取自指标名称：“{value}”").format(value=joined), raw=raw)
    if sign or unit:
        joined = _before(sign, value) + value + ("" if value.endswith(unit) else unit)
        return Measured(text=joined, message=_("符号、指标值和单位合成“{value}”").format(value=joined), raw=raw)
    if said.unit.strip():
        return Measured(
            text=value, message=_("计量单位写的是“{text}”，当作没有").format(text=said.unit.strip()), raw=raw
        )
    return Measured(text=said.value)


def _without_sign(said: Measure, name: str, *, timely: bool) -> Measured:
    """The value beside a cell of signs that holds a stroke, or a word that is none and stays beside the row."""
    word = said.sign.strip()
    rest = measured(replace(said, sign=""), name, timely=timely)
    if word in NOTHING:
        told = rest.message or _("符号写的是“{text}”，当作没有").format(text=word)
        return replace(rest, message=told, raw=f"{word} {rest.raw or said.value}")
    message = _("“{text}”不是符号，作为备注留在行上；指标值“{value}”请核对").format(text=word, value=rest.text)
    return replace(rest, message=message, raw=f"{word} {rest.raw or said.value}", left=word, doubtful=True)


def _sign(said: str) -> str:
    """A sign as the form writes it, also where it stands in words: 大于等于."""
    plain = said.strip().translate(_SIGNS)
    return _SIGN_WORDS.get(plain, plain)


def _is_no_unit(unit: str, value: str) -> bool:
    """Does a unit's cell hold none: a stroke, 定性, a percent sign beside words?"""
    return unit in NOTHING or unit in _NO_SIGNS or (unit in _SHARES and not _DIGIT.search(value))


def _is_unit(named: re.Match[str]) -> bool:
    """Is what stands in brackets behind a name a unit, or said to be one?"""
    parts = [part.strip().lstrip("万亿千百") for part in named[1].split("/")]
    return "单位" in named[0] or all(part in _UNITS or (len(part) == 1 and part not in _NO_UNITS) for part in parts)


def _before(sign: str, value: str) -> str:
    """The sign to stand before a value: none where that has it, or where a word stands for it."""
    return "" if not sign or sign in _NO_SIGNS or value.translate(_SIGNS).startswith(sign) else sign


def _is_unfilled(value: str) -> bool:
    """Is a text a unit or a sign without its number?"""
    plain = "".join(value.translate(_SIGNS).split())
    bare = _EMPTY.sub("", plain, count=1)
    return bare in _UNITS if bare else any(sign in plain for sign in "≥≤><=")
