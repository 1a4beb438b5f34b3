"""Choices on paper, □新增 □延续: which words stand at the boxes, and which box is ticked."""

import re
from collections.abc import Iterable
from typing import NamedTuple

OPEN, TICKED = "□☐", "☑√■☒✓✔"
_NUMBER = re.compile(r"^[0-9０-９]{1,2}\s*[.．、]")
_LONGEST = 20
_MOST = 400  # characters of a text that is looked at


class TickBox(NamedTuple):
    """A box and its word."""

    at: int
    """Where the box stands in the text."""
    word: str
    ticked: bool


def tick_boxes(text: str) -> tuple[TickBox, ...]:
    """The boxes of a text that offers several words, each before its word or each behind it; else none."""
    if len(text) > _MOST:
        return ()
    places = [at for at, sign in enumerate(text) if sign in OPEN + TICKED]
    if len(places) < 2:
        return ()
    led = max(text.rfind(sign, 0, places[0]) for sign in ":：") + 1
    behind = bool(text[led : places[0]].strip())
    starts = [led, *(at + 1 for at in places)]
    ends = [*places, len(text)]
    words = [_word(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    words, rest = (words[:-1], words[-1]) if behind else (words[1:], "")
    if rest or not all(0 < len(word) <= _LONGEST for word in words):
        return ()
    return tuple(TickBox(at, word, text[at] in TICKED) for at, word in zip(places, words, strict=True))


def fitting(words: Iterable[str], said: str) -> str:
    """Which of some words says another: itself, else the only one, 新增 for 新增项目; "" where none or several do."""
    found = [word for word in words if word and said and (said.startswith(word) or word.startswith(said))]
    return said if said in found else found[0] if len(found) == 1 else ""


def _word(text: str) -> str:
    return _NUMBER.sub("", text.strip()).strip(" \t\n\u3000，,；;、。")
