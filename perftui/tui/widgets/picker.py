"""A list over the screen to pick from by typing, by arrows or by a digit; without items, a line to type into."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.text import visible
from perftui.model.textedit import TextEdit, begin
from perftui.model.width import cell_len, cut, fit, index_at, wrap
from perftui.tui.widgets.edit_keys import EditExit, edited
from perftui.tui.widgets.tones import CHOSEN, OFFER
from perftui.viewmodel.search import ranked


@frozen
class Item:
    """One thing to pick."""

    id: str
    label: str
    hint: str = ""
    """Dim, at the right."""


Picked = Callable[[str], None]


def numbered(items: Sequence[Item]) -> dict[str, str]:
    """The first nine items by their digits."""
    return {str(number): item.id for number, item in enumerate(items[:9], 1)}


_READING_KEYS = ("up", "down", "pageup", "pagedown", "escape", "enter")
"""What lines to read take for themselves."""


_SEEN = 0.5
"""Seconds after which what opened by itself has been seen."""


@frozen
class _Question:
    """What is asked, and what becomes of the answer."""

    title: str
    items: tuple[Item, ...]
    picked: Picked
    digits: Mapping[str, str] = field(default_factory=dict)
    """The item that a digit picks."""
    text: str = ""
    source: Callable[[str], Sequence[Item]] | None = None
    """Makes items of what is typed."""
    dropped: Callable[[], object] | None = None
    """Called where Esc closes it."""
    removed: Picked | None = None
    """Called where Del is pressed on an item."""
    typing: bool = True
    reading: bool = False


_NOTHING = _Question(title="", items=(), picked=lambda _id: None)


class Picker(Widget):
    """Lies over a sheet, which hands it the keys.

    Hidden until ``ask`` opens it; calls back with the picked item's id, or with the text that was typed. What no key
    has asked for opens by itself: it covers no other question, and keys typed ahead do not answer it.
    """

    DEFAULT_CSS = """
    Picker { layer: above; display: none; width: 100%; height: 50%; max-height: 100%; dock: bottom; }
    """
    _FRAME = Style(reverse=True)

    def __init__(
        self, closed: Callable[[], None], asked: Callable[[], None], as_seen: Callable[[Picked], Picked]
    ) -> None:
        """Calls ``closed`` when it is gone, ``asked`` when it opened by itself; ``as_seen`` ties an answer to now."""
        super().__init__()
        self._when_closed = closed
        self._when_asked = asked
        self._as_seen = as_seen
        self._question = _NOTHING
        self._waiting: deque[_Question] = deque()
        self._found: tuple[Item, ...] = ()
        self._edit: TextEdit = begin("")
        self._chosen = 0
        self._width = 0
        self._by_hand = False
        self.opened_at: float | None = None
        """When it opened by itself, in seconds of the monotonic clock; ``None`` where a key opened it."""

    @contextmanager
    def by_hand(self) -> Iterator[None]:
        """What is asked meanwhile, a person has asked for."""
        before, self._by_hand = self._by_hand, True
        try:
            yield
        finally:
            self._by_hand = before

    def ask(
        self, title: str, items: Sequence[Item], picked: Picked, *, digits: Mapping[str, str] | None = None,
        text: str = "", source: Callable[[str], Sequence[Item]] | None = None, removed: Picked | None = None,
    ) -> None:  # fmt: skip
        """Open over the screen.

        ``digits``: the item that a digit picks; ``source`` makes items of what is typed; ``removed`` is called where
        Del is pressed on an item.
        """
        question = _Question(
            title=title, items=tuple(items), picked=self._as_seen(picked), digits=digits or {}, text=text,
            source=source, removed=removed,
        )  # fmt: skip
        self._put(question, by_itself=not self._by_hand)

    def read(self, title: str, lines: Sequence[str]) -> None:
        """Show lines to read over the screen; Enter or Esc closes them, and so does every key meant for the sheet."""
        question = _Question(title=title, items=self.as_items(lines), picked=lambda _id: None, reading=True)
        self._put(question, by_itself=not self._by_hand)

    def confirm(
        self, title: str, lines: Sequence[str], taken: Callable[[], None], dropped: Callable[[], object]
    ) -> None:
        """Show lines to read; Enter takes what they say, Esc leaves it. What is typed ahead does neither."""
        picked = self._as_seen(lambda _id: taken())
        question = _Question(title=title, items=self.as_items(lines), picked=picked, dropped=dropped, typing=False)
        self._put(question, by_itself=True)

    def _put(self, question: _Question, *, by_itself: bool) -> None:
        if by_itself and self.is_open:
            self._waiting.append(question)
            return
        self.opened_at = time.monotonic() if by_itself else None
        self._question = question
        self._edit = begin(question.text)
        self._filter()
        self.styles.height = min(max(4, len(question.items) + 2), 14) if question.source is None else 14
        self.display = True
        self.refresh()
        if self.size:
            self._place_cursor()
        if by_itself:
            self._when_asked()

    def _next(self) -> None:
        """What opened by itself behind another question, once that is gone."""
        if self._waiting and not self.is_open:
            self._put(self._waiting.popleft(), by_itself=True)

    def lie_over(self, width: int) -> None:
        """Be as wide as what it lies over: an edge below would cut wide characters in two."""
        if width != self._width:
            self._width = width
            self.styles.width = width

    def as_items(self, lines: Sequence[str], beside: int = 0) -> tuple[Item, ...]:
        """Lines to read, as wide as the list; ``beside``: cells that digits take."""
        room = max(10, (self._width or self.app.size.width) - 2 - beside)
        pieces = [line[start:end].rstrip("\n") for line in lines for start, end in wrap(line, room)]
        return tuple(Item(id=str(number), label=piece) for number, piece in enumerate(pieces))

    @property
    def is_open(self) -> bool:
        """Is it over the screen?"""
        return bool(self.display)

    @property
    def is_typed(self) -> bool:
        """Does it take a text?"""
        return self._question.typing and not self._question.reading

    def reopen(self) -> None:
        """Be over the screen again, as before Esc."""
        self.display = True
        self.refresh()
        self._place_cursor()
        if self.opened_at is not None:
            self._when_asked()

    # ---- painting

    def render_line(self, y: int) -> Strip:
        """The title, the line typed into, then the items."""
        width = self.size.width
        if y == 0:
            return Strip([Segment(fit(f" {self._edit.notice or self._question.title}", width), self._FRAME)])
        if y == 1:
            return Strip([Segment(fit(f"> {self._edit.shown}" if self._question.typing else "", width))])
        number = y - 2 + self._first
        if number >= len(self._found):
            nothing = y == 2 and not self._found and self._edit.text.strip()
            return Strip([Segment(fit(_told_empty(self._question) if nothing else "", width), OFFER)])
        return _painted(self._found[number], self._question.digits, width, chosen=number == self._chosen)

    @property
    def _first(self) -> int:
        room = max(1, self.size.height - 2)
        return max(0, self._chosen - room + 1)

    def _place_cursor(self) -> None:
        column = 2 + cell_len(self._edit.shown[: self._edit.caret])
        self.app.cursor_position = self.region.offset + Offset(min(column, self.size.width - 1), 1)

    def on_resize(self) -> None:
        """The terminal's cursor stands where text goes in."""
        if self.is_open:
            self._place_cursor()

    def on_show(self) -> None:
        """The same when the list is opened again."""
        self.on_resize()

    # ---- the mouse

    def on_click(self, event: events.Click) -> None:
        """A click chooses an item, a double one picks it; not what has only just opened by itself."""
        event.stop()
        with self.by_hand():
            self._clicked(event)

    def _clicked(self, event: events.Click) -> None:
        if event.y == 1:
            self._edit = self._edit.place(index_at(self._edit.shown, event.x - 2))
            self._place_cursor()
        number = event.y - 2 + self._first
        if event.y < 2 or number >= len(self._found):
            return
        self._chosen = number
        self.refresh()
        if event.chain == 2 and (self.opened_at is None or time.monotonic() - self.opened_at > _SEEN):
            self._pick(number)

    # ---- keys

    def take_key(self, event: events.Key) -> bool:
        """Arrows choose, Enter picks, Esc closes, all else is typed; False where the sheet shall have the key."""
        if self._question.reading and event.key not in _READING_KEYS:
            self.close()
            return False
        match event.key:
            case "up" | "down" | "pageup" | "pagedown":
                step = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[event.key]
                self._chosen = max(0, min(len(self._found) - 1, self._chosen + step))
            case "escape":
                self.close()
                if self._question.dropped is not None:
                    self._question.dropped()
            case "ctrl+q":
                self.close()
                return False
            case "delete" if self._question.removed is not None and not self._edit.text and self._found:
                self.close()
                self._question.removed(self._found[self._chosen].id)
            case "enter" | "ctrl+j" | "newline":
                self._pick(self._chosen)
            case digit if digit in self._question.digits and not self._edit.text:
                self._answer(self._question.digits[digit])
            case _:
                self._type(edited(self._edit, event, self.size.width, overwriting=False))
        self.refresh()
        if self.is_open:
            self._place_cursor()
        return True

    def take_paste(self, text: str) -> bool:
        """A pasted text is typed; False where the sheet shall have it."""
        if self._question.reading:
            self.close()
            return False
        self._type(self._edit.paste(text))
        self.refresh()
        return True

    def _type(self, step: TextEdit | EditExit) -> None:
        if not isinstance(step, TextEdit):
            return
        changed = step.text != self._edit.text
        if changed and not self._question.typing:
            step = replace(self._edit, notice=_("这里不能输入，没有放进去"))
        self._edit = step
        if changed:
            self._filter()

    def _filter(self) -> None:
        self._found, self._chosen = _matching(self._question, self._edit.text.strip()), 0

    def bring(self, source: Callable[[str], Sequence[Item]], items: Sequence[Item]) -> None:
        """What a source found later than it was asked."""
        if self.is_open and self._question.source is source:
            self._found, self._chosen = tuple(items), 0
            self.refresh()

    def _pick(self, number: int) -> None:
        if self._question.items or self._question.source is not None:
            if not 0 <= number < len(self._found):
                return
            answer = self._found[number].id
        else:
            answer = self._edit.text.strip()
        self._answer(answer)

    def _answer(self, answer: str) -> None:
        self.close()
        self._question.picked(answer)

    def close(self) -> None:
        """Close without picking."""
        self.display = False
        self._when_closed()
        if self._waiting:
            self.call_later(self._next)


def _matching(question: _Question, text: str) -> tuple[Item, ...]:
    if question.source is not None:
        return tuple(question.source(text)) if text else question.items
    return tuple(ranked(text, question.items, lambda item: (item.label, item.hint)))


def _told_empty(question: _Question) -> str:
    """What to try where nothing matches."""
    if not (question.items or question.source):
        return ""
    return _(" 没有找到：少打几个字，或者只打拼音首字母（dc 找到“导出”）；Esc 返回")


def _painted(item: Item, digits: Mapping[str, str], width: int, *, chosen: bool) -> Strip:
    digit = next((digit for digit, item_id in digits.items() if item_id == item.id), " ")
    label = visible(f" {digit} {item.label}" if digits else f" {item.label}")
    taken = cell_len(item.hint) + 2 if item.hint else 1
    room = max(width - taken, min(cell_len(label) + 1, width // 2))
    style = CHOSEN if chosen else Style.null()
    hint = Segment(fit(f"{cut(visible(item.hint), width - room - 1)} ", width - room, "right"), style + OFFER)
    return Strip([Segment(fit(cut(label, room), room), style), hint])
