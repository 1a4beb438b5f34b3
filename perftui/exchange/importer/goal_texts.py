"""The cell of goals as a list of goals: each begins at its number, however that is written, and the number goes."""

import re

from perftui.model.text import strip_number

_HAN = {number: value for value, number in enumerate("一二三四五六七八九十", 1)}
_INSIDE = re.compile(r"(?<=[；;。，\s])\s*(?=(?:[（(]?\d{1,2}[)）、.．](?!\d)|[①-⑳]))")
_NO_GOAL = " \t\u3000\xa0…."
_WAITING = re.compile(r"\s*目标\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[:：]\s*")
"""What a form prints of a goal that nobody wrote, 目标3：, and under the last of them ……."""
_LONGEST_LINE = 5000  # characters; goals within a longer line are not looked for


def goals_of(text: str) -> tuple[tuple[tuple[str, str], ...], bool]:
    """``(number, goal)`` of each goal in a cell's text, and whether a line held several of them."""
    lines = [line.strip() for line in text.split("\n") if line.strip(_NO_GOAL) and not _WAITING.fullmatch(line)]
    found = [strip_number(line) for line in lines]
    counted = [_value(number) for number, _goal in found]
    if lines and not any(counted):
        return tuple(("", line) for line in lines), False
    if counted and counted[0] == 1 and len(lines) == 1 and len(lines[0]) <= _LONGEST_LINE:
        pieces = _pieces(lines[0])
        if len(pieces) > 1:
            return tuple(strip_number(piece) for piece in pieces), True
    return tuple(_joined(lines, found, counted)), False


def printed_goals(text: str) -> tuple[tuple[str, str], ...]:
    """``(number, goal)`` of each goal in a cell that this program printed: ``1. …``, one a line."""
    goals: list[list[str]] = []
    for line in text.split("\n"):
        number = f"{len(goals) + 1}. "
        if line.startswith(number):
            goals.append([line.removeprefix(number)])
        elif goals:
            goals[-1].append(line)
        elif line.strip():
            goals.append([line])
    return tuple((str(number), "\n".join(lines)) for number, lines in enumerate(goals, 1))


def _joined(lines: list[str], found: list[tuple[str, str]], counted: list[int]) -> list[tuple[str, str]]:
    """Lines to goals: one without the number that comes next goes on with the goal before it."""
    goals: list[tuple[str, list[str]]] = []
    last = 0
    for line, numbered, count in zip(lines, found, counted, strict=True):
        if count and (count > last or count == 1 or not goals):
            goals.append((numbered[0], [numbered[1]]))
            last = count
        elif goals:
            goals[-1][1].append(line)
        else:
            goals.append(("", [line]))
    return [(number, "\n".join(text)) for number, text in goals]


def _pieces(line: str) -> list[str]:
    """The goals of one line, where their numbers run 1, 2, 3 …"""
    pieces = [piece.strip().rstrip("；;") for piece in _INSIDE.split(line) if piece.strip()]
    counts = [_value(strip_number(piece)[0]) for piece in pieces]
    return pieces if counts == list(range(1, len(pieces) + 1)) else [line]


def _value(number: str) -> int:
    """A goal's number as a number; 0 for none."""
    if number.isdecimal():
        return int(number)
    if number in _HAN:
        return _HAN[number]
    tens = re.fullmatch("([一二三四五六七八九])?十([一二三四五六七八九])?", number)
    return _HAN.get(tens[1] or "一", 1) * 10 + (_HAN[tens[2]] if tens[2] else 0) if tens else 0
