"""How a cell looks (SGR), and the shortest way to change the terminal's pen from one look to another."""

from functools import lru_cache
from typing import NamedTuple

_ATTRIBUTES = frozenset({"1", "2", "3", "4", "5", "7", "8", "9", "21", "53"})
_ENDED_BY = {"1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "5": "25", "7": "27", "8": "28", "9": "29",
             "53": "55"}  # fmt: skip
_ENDS: dict[str, frozenset[str]] = {
    end: frozenset(code for code, by in _ENDED_BY.items() if by == end) for end in _ENDED_BY.values()
}
_SEEN_ON_BLANK = frozenset({"4", "7", "9", "21", "53"})
_DIM, _REVERSED = "2", "7"
_SIMPLE_FOREGROUND = frozenset(str(code) for code in (*range(30, 38), *range(90, 98)))
_SIMPLE_BACKGROUND = frozenset(str(code) for code in (*range(40, 48), *range(100, 108)))
_EXTENDED = {"5": 3, "2": 5}


class CellStyle(NamedTuple):
    """SGR attributes, and the SGR parameters of both colours; an empty colour is the terminal's own."""

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""


PLAIN = CellStyle()


@lru_cache(maxsize=4096)
def applied(style: CellStyle, parameters: str) -> CellStyle | None:
    """The style after ``ESC[<parameters>m``; None if a parameter is not known here."""
    attributes, foreground, background = set(style.attributes), style.foreground, style.background
    codes = parameters.split(";")
    at = 0
    while at < len(codes):
        code = codes[at].lstrip("0")
        length = 1
        if not code:
            attributes, foreground, background = set(), "", ""
        elif code in _ATTRIBUTES:
            attributes.add(code)
        elif code in _ENDS:
            attributes -= _ENDS[code]
        elif code in ("38", "48"):
            length = _EXTENDED.get(codes[at + 1] if at + 1 < len(codes) else "", 0)
            if not length or at + length > len(codes):
                return None
            colour = ";".join(codes[at : at + length])
            foreground, background = (colour, background) if code == "38" else (foreground, colour)
        elif code in _SIMPLE_FOREGROUND or code == "39":
            foreground = "" if code == "39" else code
        elif code in _SIMPLE_BACKGROUND or code == "49":
            background = "" if code == "49" else code
        else:
            return None
        at += length
    return CellStyle(frozenset(attributes), foreground, background)


@lru_cache(maxsize=4096)
def of_blank(style: CellStyle) -> CellStyle:
    """What of a style can be seen on a blank; two blanks that look the same get the same style."""
    seen = style.attributes & _SEEN_ON_BLANK
    if _REVERSED in seen:  # what is dim is the ground then
        seen |= style.attributes & {_DIM}
    return CellStyle(seen, style.foreground if seen else "", style.background)


@lru_cache(maxsize=8192)
def change(old: CellStyle | None, new: CellStyle) -> str:
    """The shortest sequence that takes the pen from ``old`` (None: unknown) to ``new``; empty if they are equal."""
    if old == new:
        return ""
    added = sorted(new.attributes - old.attributes) if old else sorted(new.attributes)
    colours = [colour for colour in (new.foreground, new.background) if colour]
    fresh = ["0" if new != PLAIN else "", *sorted(new.attributes), *colours]
    whole = f"\x1b[{';'.join(fresh)}m"
    if old is None:
        return whole
    ends = sorted({_ENDED_BY[code] for code in old.attributes - new.attributes})
    if any(_ENDS[end] & new.attributes for end in ends):
        return whole
    steps = ends + added
    if old.foreground != new.foreground:
        steps.append(new.foreground or "39")
    if old.background != new.background:
        steps.append(new.background or "49")
    stepwise = f"\x1b[{';'.join(steps)}m"
    return stepwise if len(stepwise) < len(whole) else whole
