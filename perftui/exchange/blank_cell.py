"""What an office's empty form already has in a cell that is to be filled in: numbers of goals, boxes, 年 月 日."""

import re

from perftui.model.frozen import frozen

_GOALS = re.compile("(?:目标[0-9一二三四五六七八九十]{0,2}[：:、.．]?|[0-9]{1,2}[、.．：:]|…+|\\.{3,}|[\\s_])+")
_NUMBER = re.compile("目标[0-9一二三四五六七八九十]|[0-9][、.．：:]")
_DATE = "[0-9_X ]*年[_X ]*月(?:[_X ]*日)?"
_DATES = re.compile(f"{_DATE}(?P<until>[至到—–~-]+(?:{_DATE})?)?")
_UNIT = re.compile("[_ ]*(?:万?元|%|人|个)")
_BOX = re.compile("[□☐○◯▢☑√]")
_ITEM = re.compile("^[0-9]{1,2}[、.．]")


@frozen
class BlankCell:
    """What is to be written into a cell."""

    kind: str = ""
    """Of a field; "" where the cell does not tell."""
    choices: tuple[str, ...] = ()
    is_goals: bool = False
    """Goals, one by one."""


def blank_cell(text: str) -> BlankCell | None:
    """What a cell waits for; ``None`` where it has a text of its own."""
    plain = " ".join(text.split())
    if not plain:
        return BlankCell()
    if _GOALS.fullmatch(plain) and len(_NUMBER.findall(plain)) > 1:
        return BlankCell(is_goals=True)
    if match := _DATES.fullmatch(plain):
        return BlankCell(kind="period" if match["until"] else "date")
    if _UNIT.fullmatch(plain):
        return BlankCell()
    choices = tuple(_ITEM.sub("", one.strip()) for one in _BOX.split(plain) if one.strip())
    if len(_BOX.findall(plain)) >= max(2, len(choices) - 1) and len(set(choices)) == len(choices) > 1:
        return BlankCell(kind="choice", choices=choices)
    return None
