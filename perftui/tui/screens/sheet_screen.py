"""What the screen of a document and that of the choice have in common: a sheet, and what comes over it."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from perftui.locale import _
from perftui.model.textedit import TextEdit
from perftui.tui.screens.tray import Tray
from perftui.tui.state.thrown_text import ThrownTexts
from perftui.tui.terminal.keyboard import SILENCE
from perftui.tui.terminal.terminal_app import TerminalApp
from perftui.tui.terminal.tokens import Token
from perftui.tui.widgets.host_protocol import SheetHost
from perftui.tui.widgets.picker import Picker
from perftui.tui.widgets.sheet_widget import Sheet
from perftui.tui.widgets.text_lines import Piece, TextLines
from perftui.tui.widgets.tones import BAR, STYLES
from perftui.viewmodel.grid import Tone

if TYPE_CHECKING:
    from perftui.tui.screens.tray_context import TextKeeper


class SheetScreen(Screen[str], inherit_bindings=False):
    """A sheet, a list that comes over it, a tray for what nobody typed, and a line of keys that also asks about it."""

    def __init__(self, keeper: "TextKeeper") -> None:
        super().__init__()
        self._keeper = keeper
        self.tray = Tray(self, keeper)
        self.sheet = Sheet(self.make_host())
        self.keys = TextLines(1, name="keys")
        self.picker = Picker(self)
        self.thrown = ThrownTexts()
        self.sheet.popup = self.picker

    @abstractmethod
    def make_host(self) -> SheetHost:
        """Who answers what the sheet asks."""

    @abstractmethod
    def say(self, sentence: str) -> None:
        """Show a sentence under the sheet."""

    @abstractmethod
    def key_line(self) -> Sequence[Piece]:
        """What the line of keys shows where nothing is asked."""

    def as_seen(self, answer: Callable[[str], None]) -> Callable[[str], None]:
        """The answer to a question, which is about what is shown now; where nobody else writes, the answer itself."""
        return answer

    def copied(self, text: str) -> None:
        """A part of the answer being typed was copied."""
        self.sheet.host.copied(text)

    def answer_typed(self, title: str, text: str) -> None:
        """What is being typed as the answer to a question is kept; while a cell is open as well, that one's text is."""
        if self.sheet.edit is None:
            self._keeper.note_answer(title, text)

    def answer_thrown_away(self, edit: TextEdit, reopen: Callable[[], None]) -> None:
        """Undo opens the question again."""
        self.throw_away(edit, reopen)
        self.say(_("写过的文字还在：按 Ctrl+Z 接着写"))

    # ---- what Esc threw away

    def throw_away(self, edit: TextEdit, reopen: Callable[[], None]) -> None:
        """Keep a text for undo."""
        self.thrown.add(edit, reopen, self._keeper.history)

    def give_back(self) -> None:
        """Go on with the text that was thrown away just now: the Esc was none."""
        self.thrown.take_newest().reopen()

    def undo_throwing(self) -> bool:
        """Open again what the last text was typed into; False where a step is to be undone first."""
        thrown = self.thrown.take_last(self._keeper.history)
        if thrown is not None:
            thrown.reopen()
        return thrown is not None

    # ---- what is shown

    def show_keys(self) -> None:
        """Show the line of keys, or the tray's question."""
        question = self.tray.question
        self.keys.show([[(question, STYLES[Tone.WARNING] + BAR)] if question else self.key_line()])

    @property
    def is_asking(self) -> bool:
        """Is a question open?"""
        return self.picker.is_open or self.tray.is_open

    def ask_again(self) -> None:
        """A question has opened by itself, has changed, or is gone."""
        self.show_keys()
        if isinstance(self.app, TerminalApp):
            dialog = self.picker.is_open and self.picker.opened_at is not None
            self.app.asks(asked=dialog or self.tray.is_open)
            if dialog and self.picker.is_field:
                self.set_timer(SILENCE, self._field_is_read)

    def _field_is_read(self) -> None:
        """A field that opened by itself, once it was read in silence, takes all keys: a text is more than one."""
        if not self.picker.is_open or self.picker.opened_at is None or not self.picker.is_field:
            return
        if isinstance(self.app, TerminalApp) and self.app.question_is_read and not self.tray.is_open:
            self.picker.opened_at = None
            self.ask_again()
        else:
            self.set_timer(SILENCE / 2, self._field_is_read)

    def type_again(self, tokens: Sequence[Token]) -> None:
        """Type what came and was kept, as if it came now."""
        if isinstance(self.app, TerminalApp):
            self.app.type_again(tokens)

    def arrows_leave(self, *, leave: bool) -> None:
        """Does an arrow leave the text being typed? Then a wheel's are told apart."""
        if isinstance(self.app, TerminalApp):
            self.app.arrows_leave(leave=leave)

    # ---- for the list that comes over it

    def uncovered(self) -> None:
        """It is gone."""
        self.sheet.uncovered()
        self.ask_again()
