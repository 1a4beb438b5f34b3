"""What a list over the screen shows: a question, the line typed into, and the items found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget

from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.text import visible
from perftui.model.textedit import TextEdit, begin
from perftui.model.width import cell_len, cut, fit, index_at, lines_to_read, next_boundary
from perftui.tui.widgets.tones import CHOSEN, OFFER


@frozen
class Item:
    """One thing to pick."""

    id: str
    label: str
    hint: str = ""
    """Dim, at the right."""


Picked = Callable[[str], None]

_BESIDE = 5
"""Cells of the line typed into that the text before the caret leaves: the sign, a letter behind it, the ellipsis."""


def numbered(items: Sequence[Item]) -> dict[str, str]:
    """The first nine items by their digits."""
    return {str(number): item.id for number, item in enumerate(items[:9], 1)}


@frozen
class Question:
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


_NOTHING = Question(title="", items=(), picked=lambda _id: None)


class PickerLines(Widget):
    """Paints the question that is open."""

    DEFAULT_CSS = """
    PickerLines { layer: above; display: none; width: 100%; height: 50%; max-height: 100%; dock: bottom; }
    """
    _FRAME = Style(reverse=True)

    def __init__(self) -> None:
        super().__init__()
        self._question = _NOTHING
        self._found: tuple[Item, ...] = ()
        self._edit: TextEdit = begin("")
        self._chosen = 0
        self._width = 0

    def lie_over(self, width: int) -> None:
        """Be as wide as what it lies over: an edge below would cut wide characters in two."""
        if width != self._width:
            self._width = width
            self.styles.width = width

    def as_items(self, lines: Sequence[str], beside: int = 0) -> tuple[Item, ...]:
        """Lines to read, as wide as the list; ``beside``: cells that digits take."""
        room = max(10, (self._width or self.app.size.width) - 2 - beside)
        pieces = [piece for line in lines for piece in lines_to_read(line, room)]
        return tuple(Item(id=str(number), label=piece) for number, piece in enumerate(pieces))

    @property
    def is_open(self) -> bool:
        """Is it over the screen?"""
        return bool(self.display)

    @property
    def is_typed(self) -> bool:
        """Does it take a text?"""
        return self._question.typing and not self._question.reading

    @property
    def is_field(self) -> bool:
        """Is that text the answer? Else it is looked for in a list."""
        return self.is_typed and not self._question.items and self._question.source is None

    @property
    def typed_into(self) -> str:
        """The question whose answer is being typed; "" for none."""
        return self._question.title if self.is_open and self.is_field and self._edit.can_undo else ""

    def render_line(self, y: int) -> Strip:
        """The title, the line typed into, then the items."""
        width = self.size.width
        if y == 0:
            said = " · ".join(filter(None, (self._edit.notice, self._question.title)))
            return Strip([Segment(fit(f" {said}", width), self._FRAME)])
        if y == 1:
            typed = f"> {self._edit.shown[self._first_shown :]}"
            return Strip([Segment(fit(typed if self._question.typing else "", width))])
        number = y - 2 + self._first
        if number >= len(self._found):
            nothing = y == 2 and not self._found and self._edit.text.strip()
            return Strip([Segment(fit(_told_empty(self._question) if nothing else "", width), OFFER)])
        return _painted(self._found[number], self._question.digits, width, chosen=number == self._chosen)

    @property
    def _first(self) -> int:
        room = max(1, self.size.height - 2)
        return max(0, self._chosen - room + 1)

    @property
    def _first_shown(self) -> int:
        """Where what is painted of the text begins: the caret, and what stands before it, are in sight."""
        before = self._edit.shown[: self._edit.caret]
        hidden = cell_len(before) - max(0, self.size.width - _BESIDE)
        return next_boundary(before, index_at(before, hidden - 1)) if hidden > 0 else 0

    def _place_cursor(self) -> None:
        column = 2 + cell_len(self._edit.shown[self._first_shown : self._edit.caret])
        self.app.cursor_position = self.region.offset + Offset(min(column, self.size.width - 1), 1)

    def on_resize(self) -> None:
        """The terminal's cursor stands where text goes in."""
        if self.is_open:
            self._place_cursor()

    def on_show(self) -> None:
        """The same when the list is opened again."""
        self.on_resize()


def _told_empty(question: Question) -> str:
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
