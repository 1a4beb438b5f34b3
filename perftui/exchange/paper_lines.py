"""How many lines a text takes on paper, in the square fonts that the page names.

The screen breaks lines otherwise (``model.width``). In 仿宋, 楷体, 黑体 and 小标宋 a character of ASCII is half as wide
as any other; quotation marks, dashes and ellipses are not. Lines end where LibreOffice ends them in Chinese text, and
Word nearly so: a gap parts Chinese from Latin letters and digits, a punctuation mark takes what stands before it along
to the next line, numbers and Latin words move whole.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from perftui.exchange.page_styles import TextStyle
from perftui.model.lazy_regex import lazily

TWIPS = 20
"""In a point."""
_NOT_FIRST = frozenset(
    ":!),.:;?]}¢'\"、。〉》」』】〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝︴︶︸︺︼︾﹀﹂﹄﹏～￠々‖•·ˇˉ―′’”"
)
_NOT_LAST = frozenset("([{£¥'\"‵〈《「『【〔〖（［｛￡￥〝︵︷︹︻︽︿﹁﹃﹙﹛﹝‘“")
_CLOSING = frozenset("、。〉》」』】〕〗）］｝，．")
_BLANKS = " \u3000"
_MOST = 50_000  # characters; more than any field takes, and only estimated, so that no file makes a reader wait
_SEAM = lazily("(?<=[0-9A-Za-z])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])")
"""Where Chinese and Latin meet."""
_NARROW = "\u0080"
"""Characters below are half as wide as the others."""
_HAS_NARROW = lazily("[\0-\x7f]")
_CHINESE = "\u2e80"
"""Characters from here on are set as Chinese; those before it as what stands before them."""


class Look(NamedTuple):
    """How a text is set in a column, in twips."""

    wide: int
    """A Chinese character."""
    narrow: int
    """A character of ASCII."""
    gap: int
    """What parts the two."""
    line: int


@lru_cache(maxsize=256)
def look_of(style: TextStyle, width: float) -> Look:
    """The look of a style's text in a column of ``width`` points."""
    wide, narrow, gap = style.size + style.spacing, style.size / 2 + style.spacing, style.size / 5 - style.spacing
    return Look(*(round(one * TWIPS) for one in (wide, narrow, gap, width)))


def line_count(text: str, look: Look, indent: int = 0) -> int:
    """Lines of ``text``, its first set in by ``indent`` twips.

    A line break begins a line, also behind the last character.
    """
    if "\n" not in text:
        return _lines(text, look, indent)
    first, *others = text.split("\n")
    return _lines(first, look, indent) + sum([_lines(line, look, 0) for line in others])


@lru_cache(maxsize=1024)
def _lines(text: str, look: Look, indent: int) -> int:
    if len(text) > _MOST:
        return 1 + len(text) * look.wide // look.line
    return 1 + sum(1 for _start in line_starts(text, look, indent))


def line_starts(text: str, look: Look, indent: int) -> Iterator[int]:
    """Where the lines behind the first begin."""
    wide, narrow, _gap, line = look
    ends = _ends(text, look)
    start, room = 0, line - indent
    while start < len(text):
        left = ends[start] - (narrow if text[start] < _NARROW else wide)
        cut = bisect_right(ends, left + room)
        if cut == len(text):
            return
        start, room = _next_line(text, start, max(cut, start + 1)), line
        if start < len(text):
            yield start


def _ends(text: str, look: Look) -> Sequence[int]:
    """Where each character would end if all stood in one line."""
    wide, narrow, gap, _line = look
    if not _HAS_NARROW.search(text):
        return range(wide, wide * (len(text) + 1), wide)
    widths = [narrow if char < _NARROW else wide for char in text]
    for seam in _SEAM.finditer(text):
        widths[seam.start()] += gap
    return list(accumulate(widths))


def _next_line(text: str, start: int, cut: int) -> int:
    """Where the next line begins, behind one from ``start`` on that is full before ``cut``."""
    if text[cut : cut + 1] in _BLANKS:
        return cut + len(text[cut:]) - len(text[cut:].lstrip(_BLANKS))  # they hang
    latin = _is_latin(text, cut)
    at = cut if latin else _chinese_break(text, cut)
    if latin or (text[at] < _CHINESE and _is_latin(text, at)):
        at = _latin_break(text, at)
    return at if at > start else _within_word(text, start, cut)


def _within_word(text: str, start: int, cut: int) -> int:
    """Where a line ends that a word is too long for: LibreOffice gives the word the sign before it, or breaks it."""
    word = cut
    while word > start and text[word - 1] < _CHINESE:
        word -= 1
    while word < cut and not text[word].isalnum():
        word += 1
    return next((at for at in (word - 1, word) if start < at < cut), cut)


def _is_latin(text: str, cut: int) -> bool:
    """Is the last letter or digit up to ``cut`` a Latin one?"""
    last = next((char for char in reversed(text[: cut + 1]) if char.isalnum()), text[0])
    return last < _CHINESE


def _chinese_break(text: str, cut: int) -> int:
    while cut and (text[cut] in _NOT_FIRST or text[cut - 1] in _NOT_LAST):
        cut -= 1
    return cut


def _latin_break(text: str, cut: int) -> int:
    """Before the word that ``cut`` is in, with the marks that belong to it."""
    while cut and not _may_part(text[cut - 1], text[cut]):
        cut -= 1
    return cut


def _may_part(before: str, after: str) -> bool:
    """May a line that ends in a Latin word end between two characters?"""
    if after in _NOT_FIRST or after in _BLANKS or before in _NOT_LAST:
        return False
    if after in _NOT_LAST:
        return not before.isalnum() or before >= _CHINESE
    if after >= _CHINESE or before in _BLANKS:
        return True
    return (before == "-" and after.isalpha()) or (before >= _CHINESE and not (before in _CLOSING and after.isalnum()))
