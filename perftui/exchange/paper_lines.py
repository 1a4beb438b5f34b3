"""How many lines a text takes on paper, in the square fonts that the page names.

The screen breaks lines otherwise (``model.width``). In 仿宋, 楷体, 黑体 and 小标宋 a character of ASCII is half as wide
as any other; quotation marks, dashes and ellipses are not. Lines end where LibreOffice ends them in Chinese text, and
Word nearly so: a gap parts Chinese from Latin letters and digits, a punctuation mark takes what stands before it along
to the next line, numbers and Latin words move whole.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

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
_CHINESE = "\u2e80"
"""Characters from here on are set as Chinese; those before it as what stands before them."""


def line_count(text: str, width: float, style: TextStyle, indent: int = 0) -> int:
    """Lines of ``text`` in a column of ``width`` points, its first set in by ``indent`` characters.

    A line break begins a line, also behind the last character.
    """
    wide, narrow = style.size + style.spacing, style.size / 2 + style.spacing
    look = tuple(round(one * TWIPS) for one in (wide, narrow, style.size / 5 - style.spacing, width))
    first, *others = text.split("\n")
    return _lines(first, look, round(indent * style.size * TWIPS)) + sum(_lines(line, look, 0) for line in others)


_Look = tuple[int, ...]
"""In twips: a Chinese character, a character of ASCII, the gap between them, and the line."""


@lru_cache(maxsize=256)
def _lines(text: str, look: _Look, indent: int) -> int:
    if len(text) > _MOST:
        return 1 + len(text) * look[0] // look[3]
    return 1 + sum(1 for _start in line_starts(text, look, indent))


def line_starts(text: str, look: _Look, indent: int) -> Iterator[int]:
    """Where the lines behind the first begin."""
    wide, narrow, gap, line = look
    widths = [narrow if char < _NARROW else wide for char in text]
    for seam in _SEAM.finditer(text):
        widths[seam.start()] += gap
    ends = list(accumulate(widths))
    start, room = 0, line - indent
    while start < len(text):
        left = ends[start] - (narrow if text[start] < _NARROW else wide)
        cut = bisect_right(ends, left + room)
        if cut == len(text):
            return
        start, room = _next_line(text, start, max(cut, start + 1)), line
        if start < len(text):
            yield start


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
