"""Blanks inside of a text: 项目名称：______, 填报单位（盖章）：　　单位：万元, （　　年度）, □新增 □延续, 指标1：."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from perftui.exchange.importer.labels import MONEY_UNIT
from perftui.exchange.importer.tick_boxes import tick_boxes
from perftui.model.width import cell_len

_BLANK = r"[ \t\u3000\xa0_＿]"
_SIGN = r"[^\s:：_＿（）()；;，,。]"
_LABEL = rf"(?:(?:{_SIGN}[ \u3000]){{1,8}}{_SIGN}|{_SIGN}{{2,24}})(?:[（(][^（）()]{{0,12}}[)）])?"
_LED = re.compile(rf"({_LABEL})[:：]({_BLANK}*)(?=\n|$|{_LABEL}[:：]|{MONEY_UNIT}(?:\s|$))")
_BEFORE = re.compile(rf"({_LABEL})[:：]\s*[^:：]*$")
_YEAR = re.compile(rf"(?<![0-9])(?:20)?(?:{_BLANK}{{2,}}|[_＿])(?=年度|年[)）])|(?<=^[（(])(?:20)?(?=年度?[)）]$)")
_LED_YEAR = re.compile(rf"({_LABEL})[:：]{_BLANK}*$")
_FROM, _TO = re.compile(r"[-—－–~～至到]\s*$"), re.compile(r"年?度?\s*[-—－–~～至到]")
"""Before the blank of a year that ends a span of years, and behind one that begins it: 20__年—20__年."""
_LINE = re.compile(rf"{_BLANK}*[_＿]{_BLANK}*")
_NUMBER = re.compile(
    rf"{_BLANK}*(?:指标{_BLANK}*[0-9０-９一二三四五六七八九十]{{1,3}}{_BLANK}*[:：]?|[0-9０-９]{{1,2}}[.．、]){_BLANK}*"
)
_MONEY = re.compile(MONEY_UNIT)
_LONGEST = 300  # characters; a longer text is no line of a form
TICK = "☑"


class Gap(NamedTuple):
    """A blank in a text."""

    start: int
    end: int
    label: str
    """What stands before its colon; "" where there is none."""
    year: bool = False
    """The year belongs there, if the label asks for none other."""
    word: str = ""
    """It is a box to be ticked, and this its word."""
    numbered: bool = False
    """Before it stands the number of an indicator, and nothing else."""


def gaps(text: str) -> tuple[Gap, ...]:
    """The blanks of a text, in their order; those of a text without words or lines are none."""
    if not text.strip() or len(text) > _LONGEST:
        return ()
    if _LINE.fullmatch(text):
        return (Gap(0, len(text), ""),)
    if _NUMBER.fullmatch(text):
        return (Gap(len(text.rstrip()), len(text), "", numbered=True),)
    found = [Gap(*one.span(2), one[1]) for one in _LED.finditer(text)]
    found += _years(text)
    boxes = tick_boxes(text)
    if boxes and not any(one.ticked for one in boxes):
        led = _BEFORE.search(text[: boxes[0].at])
        found += [Gap(one.at, one.at + 1, led[1] if led else "", word=one.word) for one in boxes]
    return tuple(sorted(found))


def _years(text: str) -> Iterator[Gap]:
    """The blanks of a year; those of a span of years are none, for nobody knows how long a project lasts."""
    for one in _YEAR.finditer(text):
        if not _FROM.search(text[: one.start()]) and not _TO.match(text, one.end()):
            led = _LED_YEAR.search(text[: one.start()])
            yield Gap(*one.span(), led[1] if led else "", year=True)


def filler(text: str, gap: Gap, value: str) -> str:
    """What stands in a blank instead of it: the value, and as much room as keeps what follows in its place."""
    if gap.numbered:
        return value if text[gap.start - 1] in ":：.．、" else f"：{value}"
    behind = text[gap.end :].split("\n", 1)[0]
    if gap.year or gap.word or not behind.strip() or _MONEY.match(behind):
        return value
    room = cell_len(text[gap.start : gap.end]) - cell_len(value)
    return value + "\u3000" * max(1, room // 2)
