"""A list over the screen to pick from by typing, by arrows or by a digit; without items, a line to type into."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from perftui.locale import _
from perftui.model.text import visible
from perftui.model.textedit import TextEdit, begin
from perftui.model.width import cell_len, cut, fit, wrap
from perftui.tui.widgets.edit_keys import EditExit, edited
from perftui.tui.widgets.tones import CHOSEN, OFFER
from perftui.viewmodel.search import ranked


@dataclass(frozen=True, slots=True, kw_only=True)
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


class Picker(Widget):
    """Lies over a sheet, which hands it the keys.

    Hidden until ``ask`` opens it; calls back with the picked item's id, or with the text that was typed.
    """

    DEFAULT_CSS = """
    Picker { layer: above; display: none; width: 100%; height: 50%; max-height: 100%; dock: bottom; }
    """
    _FRAME = Style(reverse=True)

    def __init__(self, closed: Callable[[], None], asked: Callable[[], None] = lambda: None) -> None:
        """``closed`` is called when it is gone, ``asked`` when it has opened by itself."""
        super().__init__()
        self._when_closed = closed
        self._when_asked = asked
        self._items: tuple[Item, ...] = ()
        self._found: tuple[Item, ...] = ()
        self._title = ""
        self._edit: TextEdit = begin("")
        self._chosen = 0
        self._digits: Mapping[str, str] = {}
        self._picked: Picked = lambda _id: None
        self._source: Callable[[str], Sequence[Item]] | None = None
        self._typing = True
        self._reading = False
        self._width = 0
        self._dropped: Callable[[], object] | None = None
        self._removed: Picked | None = None
        self.opened_at: float | None = None
        """When it opened by itself, in seconds of the monotonic clock; ``None`` where a key opened it."""

    def ask(
        self, title: str, items: Sequence[Item], picked: Picked, *, digits: Mapping[str, str] | None = None,
        text: str = "", source: Callable[[str], Sequence[Item]] | None = None, by_itself: bool = False,
        dropped: Callable[[], object] | None = None, removed: Picked | None = None,
    ) -> None:  # fmt: skip
        """Open over the screen. ``digits``: the item that a digit picks; ``source`` makes items of what is typed.

        ``by_itself``: no key asked for it, so a key that was typed ahead does not answer it. ``dropped`` is called
        where Esc closes it, ``removed`` where Del is pressed on an item.
        """
        self.opened_at = time.monotonic() if by_itself else None
        self._dropped, self._removed = dropped, removed
        self._title, self._items, self._picked = title, tuple(items), picked
        self._digits, self._source = digits or {}, source
        self._typing = True
        self._reading = False
        self._edit = begin(text)
        self._filter()
        self.styles.height = min(max(4, len(self._items) + 2), 14) if source is None else 14
        self.display = True
        self.refresh()
        if self.size:
            self._place_cursor()
        if by_itself:
            self._when_asked()

    def lie_over(self, width: int) -> None:
        """Be as wide as what it lies over: an edge below would cut wide characters in two."""
        if width != self._width:
            self._width = width
            self.styles.width = width

    def read(self, title: str, lines: Sequence[str]) -> None:
        """Show lines to read over the screen; Enter or Esc closes them, and so does every key meant for the sheet."""
        self.ask(title, self.as_items(lines), lambda _id: None)
        self._reading = True

    def confirm(
        self, title: str, lines: Sequence[str], taken: Callable[[], None], dropped: Callable[[], object]
    ) -> None:
        """Show lines to read; Enter takes what they say, Esc leaves it. What is typed ahead does neither."""
        self.ask(title, self.as_items(lines), lambda _id: taken(), by_itself=True, dropped=dropped)
        self._typing = False

    def as_items(self, lines: Sequence[str], beside: int = 0) -> list[Item]:
        """Lines to read, as wide as the list; ``beside``: cells that digits take."""
        room = max(10, (self._width or self.app.size.width) - 2 - beside)
        pieces = [line[start:end].rstrip("\n") for line in lines for start, end in wrap(line, room)]
        return [Item(id=str(number), label=piece) for number, piece in enumerate(pieces)]

    @property
    def is_open(self) -> bool:
        """Is it over the screen?"""
        return bool(self.display)

    @property
    def is_typed(self) -> bool:
        """Does it take a text?"""
        return self._typing and not self._reading

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
            return Strip([Segment(fit(f" {self._title}", width), self._FRAME)])
        if y == 1:
            return Strip([Segment(fit(f"> {self._edit.shown}" if self._typing else "", width))])
        number = y - 2 + self._first
        if number >= len(self._found):
            return Strip([Segment(fit(self._told_empty if y == 2 else "", width), OFFER)])
        item = self._found[number]
        digit = next((digit for digit, item_id in self._digits.items() if item_id == item.id), " ")
        label = f" {digit} {item.label}" if self._digits else f" {item.label}"
        label = visible(label)
        taken = cell_len(item.hint) + 2 if item.hint else 1
        room = max(width - taken, min(cell_len(label) + 1, width // 2))
        style = CHOSEN if number == self._chosen else Style.null()
        hint = Segment(fit(f"{cut(visible(item.hint), width - room - 1)} ", width - room, "right"), style + OFFER)
        return Strip([Segment(fit(cut(label, room), room), style), hint])

    @property
    def _told_empty(self) -> str:
        """What to try where nothing matches."""
        if self._found or not self._edit.text.strip() or not (self._items or self._source):
            return ""
        return _(" 没有找到：少打几个字，或者只打拼音首字母（dc 找到“导出”）；Esc 返回")

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
        if self._reading and event.key not in _READING_KEYS:
            self.close()
            return False
        match event.key:
            case "up" | "down" | "pageup" | "pagedown":
                step = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[event.key]
                self._chosen = max(0, min(len(self._found) - 1, self._chosen + step))
            case "escape":
                self.close()
                if self._dropped is not None:
                    self._dropped()
            case "ctrl+q":
                self.close()
                return False
            case "delete" if self._removed is not None and not self._edit.text and self._found:
                self.close()
                self._removed(self._found[self._chosen].id)
            case "enter" | "ctrl+j" | "newline":
                self._pick(self._chosen)
            case digit if digit in self._digits and not self._edit.text:
                self._answer(self._digits[digit])
            case _:
                step_made = edited(self._edit, event, self.size.width, overwriting=False)
                self._type(step_made)
        self.refresh()
        if self.is_open:
            self._place_cursor()
        return True

    def take_paste(self, text: str) -> bool:
        """A pasted text is typed; False where the sheet shall have it."""
        if self._reading:
            self.close()
            return False
        if not self._typing:
            return False
        self._type(self._edit.paste(text))
        self.refresh()
        return True

    def _type(self, step: TextEdit | EditExit | None) -> None:
        if isinstance(step, TextEdit) and self._typing:
            changed = step.text != self._edit.text
            self._edit = step
            if changed:
                self._filter()

    def _filter(self) -> None:
        text = self._edit.text.strip()
        if self._source is not None:
            self._found = tuple(self._source(text)) if text else self._items
        else:
            self._found = tuple(ranked(text, self._items, lambda item: (item.label, item.hint)))
        self._chosen = 0

    def _pick(self, number: int) -> None:
        if self._items or self._source is not None:
            if not 0 <= number < len(self._found):
                return
            answer = self._found[number].id
        else:
            answer = self._edit.text.strip()
        self._answer(answer)

    def _answer(self, answer: str) -> None:
        self.close()
        self._picked(answer)

    def close(self) -> None:
        """Close without picking."""
        self.display = False
        self._when_closed()
