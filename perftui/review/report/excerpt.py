"""The part of a long text that a report shows."""

from typing import Final

from perftui.model.width import cell_len

CUT: Final = "…"


def window(text: str, start: int, end: int, room: int) -> tuple[int, int]:
    """The part of a text that ``room`` cells show: from ``start`` to ``end`` first, then what is behind and before."""
    left, right = start, start
    while right < min(end, len(text)) and cell_len(text[left : right + 1]) <= room:
        right += 1
    grown = True
    while grown:
        grown = False
        if right < len(text) and cell_len(text[left : right + 1]) <= room:
            right, grown = right + 1, True
        if left > 0 and cell_len(text[left - 1 : right]) <= room:
            left, grown = left - 1, True
    return left, right


def excerpt(text: str, span: tuple[int, int] | None, room: int) -> str:
    """The text, or as much of it around the span as there is room for."""
    start, end = span or (0, 0)
    left, right = window(text, start, end, room)
    return f"{CUT if left else ''}{text[left:right]}{CUT if right < len(text) else ''}"
