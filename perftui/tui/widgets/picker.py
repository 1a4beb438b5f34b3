"""A list over the screen to pick from by typing, by arrows or by a digit; without items, a line to type into."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events

from perftui.locale import _
from perftui.model.textedit import TextEdit, begin
from perftui.model.width import index_at
from perftui.tui.widgets.edit_keys import EditExit, clipped, edited
from perftui.tui.widgets.picker_lines import Item, Picked, PickerLines, Question
from perftui.viewmodel.search import ranked

if TYPE_CHECKING:
    from perftui.tui.widgets.host_protocol import PickerHost


_READING_KEYS = ("up", "down", "pageup", "pagedown", "escape", "enter")
"""What lines to read take for themselves."""


_SEEN = 0.5
"""Seconds after which what opened by itself has been seen."""


class Picker(PickerLines):
    """Lies over a sheet, which hands it the keys.

    Hidden until ``ask`` opens it; calls back with the picked item's id, or with the text that was typed. What no key
    has asked for opens by itself: it covers no other question, and keys typed ahead do not answer it.
    """

    def __init__(self, host: "PickerHost") -> None:
        super().__init__()
        self._host = host
        self._waiting: deque[Question] = deque()
        self._by_hand = False
        self.opened_at: float | None = None
        """When it opened by itself, in seconds of the monotonic clock; ``None`` where a key opened it."""
        self._reopen: Callable[[], None] = self._show
        """Undoes the last Esc."""

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
        question = Question(
            title=title, items=tuple(items), picked=self._host.as_seen(picked), digits=digits or {}, text=text,
            source=source, removed=removed,
        )  # fmt: skip
        self._put(question, by_itself=not self._by_hand)

    def read(self, title: str, lines: Sequence[str]) -> None:
        """Show lines to read over the screen; Enter or Esc closes them, and so does every key meant for the sheet."""
        question = Question(title=title, items=self.as_items(lines), picked=lambda _id: None, reading=True)
        self._put(question, by_itself=not self._by_hand)

    def confirm(
        self, title: str, lines: Sequence[str], taken: Callable[[], None], dropped: Callable[[], object]
    ) -> None:
        """Show lines to read; Enter takes what they say, Esc leaves it. What is typed ahead does neither."""
        picked = self._host.as_seen(lambda _id: taken())
        question = Question(title=title, items=self.as_items(lines), picked=picked, dropped=dropped, typing=False)
        self._put(question, by_itself=True)

    def _put(self, question: Question, *, by_itself: bool) -> None:
        if by_itself and self.is_open:
            self._waiting.append(question)
            return
        self.opened_at = time.monotonic() if by_itself else None
        self._open(question, begin(question.text))
        if by_itself:
            self._host.ask_again()

    def _open(self, question: Question, edit: TextEdit) -> None:
        self._question, self._edit = question, edit
        self._filter()
        self.styles.height = min(max(4, len(question.items) + 2), 14) if question.source is None else 14
        self._show()

    def _show(self) -> None:
        self.display = True
        self.refresh()
        if self.size:
            self._place_cursor()

    def _next(self) -> None:
        """What opened by itself behind another question, once that is gone."""
        if self._waiting and not self.is_open:
            self._put(self._waiting.popleft(), by_itself=True)

    def tell(self, sentence: str) -> None:
        """Say something before the question, which covers all else, until the next key is taken."""
        self._edit = replace(self._edit, notice=sentence)
        self.refresh()

    def reopen(self) -> None:
        """Be over the screen again, as before Esc; what has opened by itself since waits once more."""
        self._reopen()

    def _throw_away(self) -> None:
        """The text is not wanted, but can be had back, caret and all."""
        question, edit, found, chosen, at = self._question, self._edit, self._found, self._chosen, self.opened_at

        def type_on() -> None:
            self._open_again(question, edit)
            self._note()

        def reopen() -> None:
            self._open_again(question, edit, at)
            self._found, self._chosen = found, chosen

        self._reopen = reopen
        if self.is_field and edit.can_undo:
            self._host.answer_thrown_away(edit, type_on)
            self._reopen = self._host.give_back

    def _open_again(self, question: Question, edit: TextEdit, opened_at: float | None = None) -> None:
        if self.is_open:
            self._waiting.appendleft(self._question)
        self.opened_at = opened_at
        self._open(question, edit)
        self._host.ask_again()

    def _note(self) -> None:
        """What is being typed as an answer outlives the program."""
        if self.is_field:
            self._host.answer_typed(self._question.title, self._edit.text)

    # ---- the mouse

    def on_click(self, event: events.Click) -> None:
        """A click chooses an item, a double one picks it; not what has only just opened by itself."""
        event.stop()
        with self.by_hand():
            self._clicked(event)

    def _clicked(self, event: events.Click) -> None:
        if event.y == 1:
            first = self._first_shown
            self._edit = self._edit.place(first + index_at(self._edit.shown[first:], event.x - 2))
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
        self._edit = replace(self._edit, notice="")
        match event.key:
            case "up" | "down" | "pageup" | "pagedown":
                step = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}[event.key]
                self._chosen = max(0, min(len(self._found) - 1, self._chosen + step))
            case "escape":
                self._throw_away()
                self._leave()
                if self._question.dropped is not None:
                    self._question.dropped()
            case "ctrl+q":  # the journal has the text: the next start offers it
                self._throw_away()
                self.close()
                return False
            case "ctrl+c" | "ctrl+x" if self.is_typed:
                self._type(clipped(self._edit, event.key, self._host.copied))
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
            step = replace(self._edit, notice=_("这个键在这里没有作用：回车选定，Esc 关掉"))
        changed = step.text != self._edit.text
        if changed and not self._question.typing:
            step = replace(self._edit, notice=_("这里不能输入，没有放进去"))
        self._edit = step
        if changed:
            self._filter()
            self._note()

    def _filter(self) -> None:
        text = self._edit.text.strip()
        if self._question.source is not None:
            self._found = tuple(self._question.source(text)) if text else self._question.items
        else:
            self._found = tuple(ranked(text, self._question.items, _texts))
        self._chosen = 0

    def bring(self, source: Callable[[str], Sequence[Item]], items: Sequence[Item]) -> None:
        """What a source found later than it was asked."""
        if self.is_open and self._question.source == source:
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
        self._leave()
        self._question.picked(answer)

    def _leave(self) -> None:
        """Close; what was typed is an answer no more."""
        if self.is_field:
            self._host.answer_typed(self._question.title, "")
        self.close()

    def close(self) -> None:
        """Close without picking."""
        self.display = False
        self._host.uncovered()
        if self._waiting:
            self.call_later(self._next)


def _texts(item: Item) -> tuple[str, ...]:
    """What an item is found by: also by its label typed without the blanks in it."""
    return item.label, item.hint, "".join(item.label.split())
