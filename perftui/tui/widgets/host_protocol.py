"""What the grid asks of the screen around it.

The host answers at once, not by messages: a key typed right after Enter must find the grid as Enter left it.
"""

from collections.abc import Callable
from typing import Protocol

from textual import events

from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.textedit import TextEdit
from perftui.viewmodel.grid import CellView


@frozen
class EntryOutcome:
    """What the host made of a text that was typed into a cell."""

    refusal: str = ""
    """Why it is not taken; the cell stays open."""
    place: Location | None = None
    """Where the cell is now, if it got another place (a new row)."""


class PickerHost(Protocol):
    """What a list, or a line to type into, asks of the screen that it lies over."""

    def uncovered(self) -> None:
        """It is gone."""

    def ask_again(self) -> None:
        """A question has opened by itself."""

    def as_seen(self, answer: Callable[[str], None]) -> Callable[[str], None]:
        """The answer to a question, tied to what is shown now."""

    def copied(self, text: str) -> None:
        """A part of the text being typed was copied."""

    def answer_typed(self, title: str, text: str) -> None:
        """A text is being typed as the answer to a question; "": it is none any more."""

    def answer_thrown_away(self, edit: TextEdit, reopen: Callable[[], None]) -> None:
        """Esc has thrown it away; undo opens the question again."""

    def give_back(self) -> None:
        """The text thrown away just now is wanted after all: the Esc was none."""


class SheetHost(Protocol):
    """What a sheet asks of the screen around it."""

    def holds(self, event: events.Key | events.Paste) -> bool:
        """A question is open that this does not answer, or it answers one of the host's own."""

    @property
    def is_asking(self) -> bool:
        """Is a question open that only a key answers?"""

    def take_clip(self, *, put_in: bool = True) -> str:
        """What was copied or kept, as text; "" for nothing. ``put_in``: it need not be held any more."""

    def copied(self, text: str) -> None:
        """A part of the text being typed was copied."""

    def say(self, sentence: str) -> None:
        """Show a sentence under the sheet."""

    def keep(self, text: str) -> None:
        """A paste that cannot go in now is kept."""

    def means_something_new(self, key: str) -> None:
        """A key was pressed in a text that did something else in earlier versions."""

    def thrown_away(self, cell: CellView, edit: TextEdit, *, overwriting: bool) -> None:
        """Esc has thrown a text away; undo brings it back."""

    def give_back(self) -> None:
        """The text thrown away just now is wanted after all: the Esc was none."""

    def commit(self, cell: CellView, text: str) -> EntryOutcome:
        """Take what was typed into a cell."""

    def key_came(self, read: int | None, pause: float | None) -> None:
        """A key has come, in the read with a number after so many quiet seconds; ``None``: nobody knows."""

    def run_key(self, key: str) -> bool:
        """Run the command of a key; False where the key has none."""

    def while_typing(self, key: str, cell: CellView, text: str) -> bool:
        """Run a command that works on the text being typed; False where the cell is to be left first."""

    def is_block(self, cell: CellView, text: str) -> bool:
        """Does a pasted text go over several cells? Else it goes into one, its lines joined where that has one."""

    def paste(self, cell: CellView, text: str) -> None:
        """Take a block of text that goes over several cells."""

    def clear(self, cells: list[CellView]) -> None:
        """Make cells blank."""

    def cursor_moved(self, cell: CellView | None) -> None:
        """The cursor stands on another cell."""

    def drafted(self, cell: CellView, text: str, notice: str) -> None:
        """The text being typed has changed."""

    def arrows_leave(self, *, leave: bool) -> None:
        """Does an arrow leave the text being typed? Then the line tells a wheel's, which come together, apart."""

    def closed(self) -> None:
        """Nothing is being typed any more; the cell may be gone."""

    def opened(self, cell: CellView) -> None:
        """Enter on a row of a list."""

    def typed_in_list(self, text: str) -> None:
        """Text typed where nothing can be edited."""

    def useless(self, key: str) -> None:
        """A key that does nothing where the cursor stands."""

    def at_edge(self, cell: CellView | None) -> None:
        """A key that moves the cursor cannot move it further."""

    def past_end(self, step: int) -> None:
        """Tab wants on from the last place, or back from the first."""

    def beyond(self, step: int) -> bool:
        """The cursor wants over the first or last row; False where there is nothing."""
