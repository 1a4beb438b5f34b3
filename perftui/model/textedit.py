"""The state of a text that is being typed: text, caret, selection, its own undo. Pure; widgets only paint it.

Every step returns a new state, or the same one where nothing changed. The caret never stands inside a character as a
person sees it, and what may not stand in a text is refused with a sentence in ``notice``.
"""

import unicodedata
from dataclasses import replace

from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.text import clean, composed, describe, visible
from perftui.model.width import boundary_at, cell_len, index_at, next_boundary, previous_boundary, wrap

MAX_UNDO = 100
"""Steps that undo inside a cell goes back."""

_NO_STEP, _TYPING, _DELETING = range(3)
_STEP_ENDS = frozenset("，。；：！？、,.;:!? \n")


@frozen
class _Moment:
    text: str
    caret: int
    anchor: int


@frozen
class TextEdit:
    """A text being typed; made by :func:`begin`. Widths are in cells, places are indexes into ``text``."""

    text: str
    caret: int
    anchor: int
    """The selection's other end; equal to ``caret`` where nothing is selected."""
    multiline: bool = False
    wrapped: bool = False
    """It is painted on as many lines as it needs, though it may hold no line break."""
    limit: int = 2000
    """Characters that may be typed at most."""
    notice: str = ""
    """What the last step refused or changed, as a sentence; "" where it did as it was told."""
    goal: int | None = None
    """The column that up and down aim for."""
    past: tuple[_Moment, ...] = ()
    future: tuple[_Moment, ...] = ()
    step: int = _NO_STEP
    """What the last step was, so that typing in one go is undone in one go."""

    # ---- reading

    @property
    def shown(self) -> str:
        """The text as it is painted, index for index: hidden characters are signs."""
        return visible(self.text, lines=self.multiline)

    @property
    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected; equal where nothing is."""
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    @property
    def selected(self) -> str:
        """The text that is selected."""
        start, end = self.selection
        return self.text[start:end]

    @property
    def can_undo(self) -> bool:
        """Whether something was typed that can be taken back inside the cell."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return bool(self.future)

    def lines(self, width: int) -> tuple[tuple[int, int], ...]:
        """Start and end of each painted line; a single-line text that is not wrapped is one line, however long."""
        return wrap(self.shown, width) if self.multiline or self.wrapped else ((0, len(self.text)),)

    def position(self, width: int) -> tuple[int, int]:
        """The painted line that the caret is in, and the cell in it."""
        shown = self.shown
        lines = self.lines(width)
        row = self._row(lines)
        return row, cell_len(shown[lines[row][0] : self.caret])

    def _row(self, lines: tuple[tuple[int, int], ...]) -> int:
        return next(row for row in reversed(range(len(lines))) if lines[row][0] <= self.caret)

    # ---- typing

    def insert(self, typed: str) -> "TextEdit":
        """What a key or an input method gave, in place of the selection; typing in one go is one undo step."""
        return self._insert(typed, _TYPING)

    def paste(self, pasted: str) -> "TextEdit":
        """A pasted text, in place of the selection: one undo step. Refused whole where it is too long."""
        return self._insert(pasted, _NO_STEP)

    def _insert(self, given: str, step: int) -> "TextEdit":
        start, end = self.selection
        cleaned = clean(given, lines=self.multiline, before=self.text[:start])
        too_many = len(self.text) - (end - start) + len(cleaned.text) - self.limit
        if too_many > 0 and len(cleaned.text) > end - start:
            notice = _("太长：最多 {limit} 个字，多了 {count} 个，没有放进去").format(limit=self.limit, count=too_many)
            return replace(self, notice=notice)
        if not cleaned.text:
            joined = _("这里只有一行，换行没有放进去") if given.strip(" ") else ""
            return replace(self, notice=describe(cleaned.removed) or joined)
        return self._replaced(start, end, cleaned.text, step, describe(cleaned.removed))

    def backspace(self) -> "TextEdit":
        """Delete the selection, or the character before the caret."""
        start, end = self.selection
        if start == end:
            start = previous_boundary(self.shown, start)
        return self._replaced(start, end, "", _DELETING)

    def delete(self) -> "TextEdit":
        """Delete the selection, or the character behind the caret."""
        start, end = self.selection
        if start == end:
            end = next_boundary(self.shown, end)
        return self._replaced(start, end, "", _DELETING)

    def delete_before(self) -> "TextEdit":
        """Delete the selection, or the line before the caret."""
        start, end = self.selection
        return self._replaced(self.text.rfind("\n", 0, start) + 1 if start == end else start, end, "", _NO_STEP)

    def delete_behind(self) -> "TextEdit":
        """Delete the selection, or the line behind the caret."""
        start, end = self.selection
        stop = self.text.find("\n", end)
        return self._replaced(start, (len(self.text) if stop < 0 else stop) if start == end else end, "", _NO_STEP)

    def delete_word_before(self) -> "TextEdit":
        """Delete the selection, or what :meth:`word_left` goes over."""
        start, end = self.selection
        return self._replaced(self.word_left().caret if start == end else start, end, "", _NO_STEP)

    def delete_word_behind(self) -> "TextEdit":
        """Delete the selection, or what :meth:`word_right` goes over."""
        start, end = self.selection
        return self._replaced(start, self.word_right().caret if start == end else end, "", _NO_STEP)

    def _replaced(self, start: int, end: int, new: str, step: int, notice: str = "") -> "TextEdit":
        """The text with ``start`` to ``end`` replaced; composed again where the ends that meet now combine."""
        if start == end and not new:
            return replace(self, notice=notice) if notice != self.notice else self
        before = composed(self.text[:start] + new)
        text = composed(before + self.text[end:])
        caret = _snapped(visible(text, lines=self.multiline), len(before))
        goes_on = step == self.step != _NO_STEP and self.caret == self.anchor
        if step == _TYPING and self.text[self.caret - 1 : self.caret] in _STEP_ENDS:
            goes_on = False
        past = self.past if goes_on else (*self.past, self._moment())[-MAX_UNDO:]
        return replace(
            self, text=text, caret=caret, anchor=caret, notice=notice, goal=None, past=past, future=(), step=step
        )

    # ---- undo

    def _moment(self) -> _Moment:
        return _Moment(text=self.text, caret=self.caret, anchor=self.anchor)

    def undo(self) -> "TextEdit":
        """Take the last step back."""
        if not self.past:
            return self
        return self._back_at(self.past[-1], self.past[:-1], (*self.future, self._moment()))

    def redo(self) -> "TextEdit":
        """Do again what was taken back."""
        if not self.future:
            return self
        return self._back_at(self.future[-1], (*self.past, self._moment()), self.future[:-1])

    def _back_at(self, then: _Moment, past: tuple[_Moment, ...], future: tuple[_Moment, ...]) -> "TextEdit":
        moved = replace(self, text=then.text, caret=then.caret, anchor=then.anchor, past=past, future=future)
        return replace(moved, notice="", goal=None, step=_NO_STEP)

    # ---- moving

    def place(self, index: int, *, select: bool = False) -> "TextEdit":
        """The caret at ``index``, or at the beginning of the character it is inside of; ``select`` keeps the anchor."""
        caret = boundary_at(self.shown, index)
        anchor = self.anchor if select else caret
        if (caret, anchor, self.goal, self.notice, self.step) == (self.caret, self.anchor, None, "", _NO_STEP):
            return self
        return replace(self, caret=caret, anchor=anchor, goal=None, notice="", step=_NO_STEP)

    def select_all(self) -> "TextEdit":
        """Everything selected, the caret at the end."""
        return replace(self.place(len(self.text)), anchor=0)

    def left(self, *, select: bool = False) -> "TextEdit":
        """A character to the left, or to the selection's beginning."""
        start, end = self.selection
        return self.place(
            start if start < end and not select else previous_boundary(self.shown, self.caret), select=select
        )

    def right(self, *, select: bool = False) -> "TextEdit":
        """A character to the right, or to the selection's end."""
        start, end = self.selection
        return self.place(end if start < end and not select else next_boundary(self.shown, self.caret), select=select)

    def word_left(self, *, select: bool = False) -> "TextEdit":
        """To the beginning of the run of like characters (汉字, letters and digits, signs) before the caret."""
        index = self.caret
        while index and _sort(self.text[index - 1]) == 0:
            index -= 1
        sort = _sort(self.text[index - 1]) if index else 0
        while index and _sort(self.text[index - 1]) == sort:
            index -= 1
        return self.place(index, select=select)

    def word_right(self, *, select: bool = False) -> "TextEdit":
        """Behind the run of like characters at the caret, and the blanks behind it."""
        index, end = self.caret, len(self.text)
        sort = _sort(self.text[index]) if index < end else 0
        while index < end and _sort(self.text[index]) == sort:
            index += 1
        while index < end and _sort(self.text[index]) == 0:
            index += 1
        return self.place(_snapped(self.shown, index), select=select)

    def home(self, width: int, *, select: bool = False) -> "TextEdit":
        """To the beginning of the painted line."""
        lines = self.lines(width)
        return self.place(lines[self._row(lines)][0], select=select)

    def end(self, width: int, *, select: bool = False) -> "TextEdit":
        """To the end of the painted line; where the text only wraps, before the line's last character."""
        lines = self.lines(width)
        return self.place(self._last(lines[self._row(lines)]), select=select)

    def start(self, *, select: bool = False) -> "TextEdit":
        """To the beginning of the text."""
        return self.place(0, select=select)

    def finish(self, *, select: bool = False) -> "TextEdit":
        """To the end of the text."""
        return self.place(len(self.text), select=select)

    def up(self, width: int, *, select: bool = False, by: int = 1) -> "TextEdit":
        """``by`` painted lines up, in the column that the first such step began in; itself on the first line."""
        return self._vertical(width, -by, select=select)

    def down(self, width: int, *, select: bool = False, by: int = 1) -> "TextEdit":
        """``by`` painted lines down, likewise; itself on the last line."""
        return self._vertical(width, by, select=select)

    def _vertical(self, width: int, by: int, *, select: bool) -> "TextEdit":
        lines = self.lines(width)
        row, column = self.position(width)
        wanted = max(0, min(row + by, len(lines) - 1))
        if wanted == row:
            return self
        goal = column if self.goal is None else self.goal
        return replace(self.place(self.index_at(lines[wanted], goal), select=select), goal=goal)

    def index_at(self, line: tuple[int, int], column: int) -> int:
        """The index in a painted line at, or nearest before, a cell."""
        start, _end = line
        last = self._last(line)
        return min(start + index_at(self.shown[start:last], column), last)

    def _last(self, line: tuple[int, int]) -> int:
        """The last place of the caret that is painted in this line and not at the next one's beginning."""
        start, end = line
        shown = self.shown
        return end if end == len(shown) and not shown[start:end].endswith("\n") else previous_boundary(shown, end)


def begin(
    text: str, *, multiline: bool = False, wrapped: bool = False, limit: int = 2000, caret: int | None = None
) -> TextEdit:
    """A text as it stands in the record, the caret at its end or at ``caret``. Nothing in it is changed yet."""
    edit = TextEdit(text=text, caret=0, anchor=0, multiline=multiline, wrapped=wrapped, limit=limit)
    return edit.place(len(text) if caret is None else caret)


def _snapped(shown: str, index: int) -> int:
    """``index``, or the end of the character that it is inside of."""
    return index if boundary_at(shown, index) == index else next_boundary(shown, index)


def _sort(char: str) -> int:
    """What kind of run a character belongs to: 0 blank, 1 letter or digit, 2 汉字 and the like, 3 sign."""
    if char.isspace():
        return 0
    if char.isalnum() or unicodedata.category(char).startswith("M"):
        return 1 if char < "\u2e80" or "\uff10" <= char <= "\uff5a" else 2
    return 3
