"""The one measure of text in terminal cells: layout, caret, cutting, filling and wrapping all ask here.

Agrees with ``rich.cells.cell_len`` for every string, so that what Textual paints and what is reckoned are the same.
Characters of ambiguous width (``“ — … ≥``) count 1, or 2 where the terminal draws them so (:func:`count_ambiguous`).
Control characters count 0: text is made visible (``model.text.visible``) before it is laid out.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len as _rich_cell_len
from rich.cells import get_character_cell_size

from perftui.model.lazy_regex import lazily

Align = Literal["left", "right", "center"]
ELLIPSIS = "…"

_JOINER = "\u200d"
_EMOJI_SHAPE = "\ufe0f"
_NOT_FIRST = frozenset("。，、；：？！…—）】》〉」』〕”’％‰℃·～,.;:?!)]}%")
_NOT_LAST = frozenset("（【《〈「『〔“‘([{￥¥")
_SIMPLE = " -~\u3000-\u3029\u3041-\u3096\u4e00-\u9fff\uff01-\uff5e"
_AMBIGUOUS = "\u00b7\u2014\u2018-\u201d\u2026\u2264\u2265"
# A run of characters that nothing can combine with but what follows its last one; 1 cell below U+2E80, else 2.
_ORDINARY = lazily(f"[{_SIMPLE}{_AMBIGUOUS}]+(?=[{_SIMPLE}{_AMBIGUOUS}])")
_ALL_ORDINARY = lazily(f"[{_SIMPLE}{_AMBIGUOUS}]*")
_PLAIN_RUN = lazily(f"[{_SIMPLE}]+(?=[{_SIMPLE}])")
_PLAIN = lazily(f"[{_SIMPLE}]*")
_NARROW = lazily("[^\u2e80-\U0010ffff]+")
_WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_/")


class _Ambiguous:
    """What depends on the width of ambiguous characters: which runs are simple, and our sign for what is cut off."""

    run, whole, ellipsis = _ORDINARY, _ALL_ORDINARY, ELLIPSIS


def count_ambiguous(count: int) -> None:
    """Count so many cells, 1 or 2, for a character of ambiguous width from now on. Rich must be told the same."""
    narrow = count == 1
    _Ambiguous.run = _ORDINARY if narrow else _PLAIN_RUN
    _Ambiguous.whole = _ALL_ORDINARY if narrow else _PLAIN
    _Ambiguous.ellipsis = ELLIPSIS if narrow else "~"
    _wrap_paragraph.cache_clear()


def cell_len(text: str) -> int:
    """Cells that ``text`` takes in the terminal."""
    if text.isascii() and text.isprintable():
        return len(text)
    if _Ambiguous.whole.fullmatch(text):
        return len(text) + len(_NARROW.sub("", text))
    return _rich_cell_len(text)


def cell_lens(texts: Sequence[str]) -> list[int]:
    """``cell_len`` of each of many texts: one look tells where all are as simple as most are."""
    joined = "".join(texts)
    if joined.isascii() and joined.isprintable():
        return list(map(len, texts))
    if _PLAIN.fullmatch(joined):  # 1 byte a cell below U+0080, else 3 bytes for 2 cells
        return [(len(text) + len(text.encode())) // 2 for text in texts]
    return list(map(cell_len, texts))


def graphemes(text: str) -> tuple[tuple[int, int, int], ...]:
    """``(start, end, cells)`` of each piece that a person sees as one character; a line break is one by itself."""
    return tuple(_graphemes(text, 0))


def _is_control(char: str) -> bool:
    return char < " " or "\x7f" <= char < "\xa0"


def _graphemes(text: str, start: int) -> Iterator[tuple[int, int, int]]:
    """The graphemes from ``start`` on, which must be the beginning of one."""
    end = len(text)
    while start < end:
        ordinary = _Ambiguous.run.match(text, start)
        if ordinary:
            for index in range(start, ordinary.end()):
                yield index, index + 1, 1 if text[index] < "\u2e80" else 2
            start = ordinary.end()
        char = text[start]
        index = start + 1
        if _is_control(char):
            yield start, index, 0
            start = index
            continue
        if char == _JOINER:  # nothing before it: rich counts the character it would have joined as 0 all the same
            cells, index = 0, _after_joined(text, index)
        else:
            cells = get_character_cell_size(char)
        while index < end and not _is_control(text[index]):
            if text[index] == _JOINER:
                index = _after_joined(text, index + 1)
            elif get_character_cell_size(text[index]) == 0:
                index += 1
            else:
                break
        if _EMOJI_SHAPE in text[start:index]:
            cells = _rich_cell_len(text[start:index])
        yield start, index, cells
        start = index


def _after_joined(text: str, index: int) -> int:
    """The index behind the character that a joiner before ``index`` joins; a line break is never joined."""
    return index + 1 if index < len(text) and not _is_control(text[index]) else index


def _known_start(text: str, index: int) -> int:
    """The nearest index at or before ``index`` that surely begins a grapheme, whatever stands before it."""
    index = min(index, len(text))
    while index > 0:
        if index < len(text) and _begins(text[index], text[index - 1]):
            break
        index -= 1
    return index


def _begins(char: str, before: str) -> bool:
    """Whether ``char`` surely begins a grapheme behind ``before``: it takes cells and no joiner may have taken it."""
    return _is_control(char) or (before != _JOINER and get_character_cell_size(char) > 0)


def next_boundary(text: str, index: int) -> int:
    """The end of the grapheme that begins at or holds ``index``; the text's length at its end."""
    for _start, end, _cells in _graphemes(text, _known_start(text, index)):
        if end > index:
            return end
    return len(text)


def boundary_at(text: str, index: int) -> int:
    """The last grapheme boundary at or before ``index``."""
    if index <= 0 or index >= len(text):
        return max(0, min(index, len(text)))
    for start, end, _cells in _graphemes(text, _known_start(text, index)):
        if end > index:
            return start
    return len(text)


def previous_boundary(text: str, index: int) -> int:
    """The last grapheme boundary before ``index``; 0 at the beginning."""
    return boundary_at(text, index - 1) if index > 0 else 0


def index_at(text: str, cell: int) -> int:
    """The index of the grapheme that covers ``cell`` in a single line; its length behind the end."""
    if text.isascii() and text.isprintable():
        return max(0, min(cell, len(text)))
    left = 0
    for start, _end, cells in _graphemes(text, 0):
        left += cells
        if left > cell:
            return start
    return len(text)


def cut(text: str, cells: int) -> str:
    """``text`` where it fits into ``cells``, else its beginning and ``…``; never half of a character."""
    if len(text) <= cells and text.isascii() and text.isprintable():
        return text
    if cells <= 0:
        return ""
    kept, left = 0, 0
    for _start, end, width in _graphemes(text, 0):
        left += width
        if left > cells:
            return text[:kept] + _Ambiguous.ellipsis
        if left < cells:
            kept = end
    return text


def fit(text: str, cells: int, align: Align = "left") -> str:
    """``text`` in exactly ``cells`` cells: cut with ``…`` or filled with blanks."""
    text = cut(text, cells)
    gap = max(0, cells - cell_len(text))
    before = {"left": 0, "right": gap, "center": gap // 2}[align]
    filled = " " * before + text + " " * (gap - before)
    return filled + " " * (cells - cell_len(filled))  # a joiner at the end of the text hides one blank


def fit_number(text: str, cells: int) -> str:
    """A number at the right of exactly ``cells`` cells; ``####`` where it does not fit, for a cut number lies."""
    return fit(text, cells, "right") if cell_len(text) <= cells else "#" * cells


# ---- wrapping


def wrap(text: str, cells: int) -> tuple[tuple[int, int], ...]:
    """``(start, end)`` of each line of ``text`` in a column of ``cells``; every index is in one line, and in one only.

    A line break is the last index of its line, and a text that ends in one has an empty line behind it. Numbers and
    Latin words stay whole, no line begins with 。，、） or ends in （“ where that can be avoided. A line is wider than
    ``cells`` only where a single character is.
    """
    if "\n" not in text:
        return _wrap_paragraph(text, max(1, cells))
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        lines.extend((start + first, start + last) for first, last in _wrap_paragraph(paragraph, max(1, cells)))
        start += len(paragraph) + 1
        lines[-1] = (lines[-1][0], min(start, len(text)))
    return tuple(lines)


def lines_to_read(text: str, cells: int) -> list[str]:
    """The lines of a wrapped text, without the blanks at which it was broken."""
    return [
        text[start:end].rstrip() if not start or text[start - 1] == "\n" else text[start:end].strip()
        for start, end in wrap(text, cells)
    ]


@lru_cache(maxsize=256)
def _wrap_paragraph(text: str, cells: int) -> tuple[tuple[int, int], ...]:
    if len(text) * 2 <= cells:
        return ((0, len(text)),)
    if _Ambiguous.whole.fullmatch(text):
        fits = len(text) + len(_NARROW.sub("", text)) <= cells  # as most lines of a report do
        return ((0, len(text)),) if fits else tuple(_wrap_ordinary(text, cells))
    pieces = graphemes(text)
    lines: list[tuple[int, int]] = []
    first, here, left = 0, 0, 0
    while here < len(pieces):
        if left + pieces[here][2] > cells and here > first:
            here = _break_before(text, pieces, first, here)
            lines.append((pieces[first][0], pieces[here][0]))
            first, left = here, 0
        left += pieces[here][2]
        here += 1
    lines.append((pieces[first][0] if pieces else 0, len(text)))
    return tuple(lines)


def _wrap_ordinary(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """The lines of a text in which every character is a grapheme, as nearly all are: several times faster."""
    first, left = 0, 0
    here, end = 0, len(text)
    while here < end:
        left += 1 if text[here] < "\u2e80" else 2
        if left > cells and here > first:
            here = next((one for one in range(here, first, -1) if _may_part(text[one - 1], text[one])), here)
            yield first, here
            first, left = here, 0
        else:
            here += 1
    yield first, end


def _break_before(text: str, pieces: tuple[tuple[int, int, int], ...], first: int, limit: int) -> int:
    """The piece that begins the next line: the last allowed one up to ``limit``, or ``limit`` where none is."""
    for here in range(limit, first, -1):
        if _may_part(text[pieces[here - 1][0]], text[pieces[here][0]]):
            return here
    return limit


def _may_part(before: str, after: str) -> bool:
    """May a line end between two characters?"""
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return not (before in _WORD and after in _WORD)
