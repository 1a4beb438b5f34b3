"""What an app needs to run on our driver."""

import time
from collections.abc import Sequence
from typing import TypeVar

from textual import events
from textual.app import App
from textual.filter import LineFilter
from textual.geometry import Offset

from perftui.locale import _
from perftui.tui.terminal.delivery import pressed
from perftui.tui.terminal.driver import PerftuiDriver
from perftui.tui.terminal.filters import ControlFilter
from perftui.tui.terminal.probe import SET_UTF8, Probe
from perftui.tui.terminal.tokens import Arrival, Token, TokenOrigin

ReturnType = TypeVar("ReturnType")


class TerminalApp(App[ReturnType]):
    """An app on our driver: it moves the terminal's cursor at once, and lets no control character through."""

    ambiguous_width = "auto"
    """Cells of an ambiguous character: ``auto`` (the terminal is asked), ``1`` or ``2``."""
    painted_frame: tuple[int, int, str] | None = None
    """Columns, rows, and what was written to the alternate screen before Textual was imported: it clears the screen
    (``ESC[48;5;233m ESC[2J``), then text, SGR and ``ESC[row;columnH`` only."""

    _text_cursor = Offset(0, 0)
    _asks = False
    _control_filter = ControlFilter()

    def __init__(self, *, css_path: str | None = None, ansi_color: bool = False) -> None:
        super().__init__(driver_class=PerftuiDriver, css_path=css_path, ansi_color=ansi_color)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor stands: where text goes in."""
        return self._text_cursor

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        moved, self._text_cursor = position != self._text_cursor, position
        if moved and isinstance(self._driver, PerftuiDriver):
            self._driver.cursor_moved()

    def show_cursor(self, *, shown: bool) -> None:
        """Show or hide the terminal's cursor; it is hidden at the start."""
        if isinstance(self._driver, PerftuiDriver):
            self._driver.show_cursor(shown=shown)

    def repaint(self) -> None:
        """Send the whole screen again: another program may have written over it."""
        if isinstance(self._driver, PerftuiDriver):
            self._driver.repaint()

    def turn_mouse(self) -> bool:
        """Switch the mouse on or off; is it on now?"""
        driver = self._driver
        if not isinstance(driver, PerftuiDriver):
            return False
        driver.turn_mouse(on=not driver.mouse)
        return driver.mouse

    def send(self, sequence: str) -> None:
        """Send a sequence that touches nothing on the screen, such as one for the clipboard."""
        if isinstance(self._driver, PerftuiDriver):
            self._driver.write(sequence)

    # What the keyboard brings that is no key. Called as messages, in the order in which it came.

    def terminal_stream(self, arrival: Arrival) -> None:
        """Text and breaks that nobody typed came, or what answers no question: as a paste it asks before it acts."""
        if arrival.text:
            self.post_message(events.Paste(arrival.text))

    def terminal_paste_waits(self, characters: int) -> None:
        """A marked paste stands still; Esc, Ctrl+C or Ctrl+Q alone ends it from now on."""
        self.say_of_terminal(_("粘贴没有结束，已收到 {count} 字；Esc 结束").format(count=characters))

    def terminal_escape_was_none(self) -> None:
        """The last Esc was the begin of a key that a slow line has cut: what it did is to be taken back."""

    def terminal_unknown_key(self) -> None:
        """Something came that is no key of any terminal; nothing of it was typed."""
        self.say_of_terminal(_("收到一个不认识的键，没有当作文字"))

    def terminal_not_utf8(self) -> None:
        """Text came that is not UTF-8; it was refused."""
        self.say_of_terminal(SET_UTF8)

    def terminal_probed(self, probe: Probe) -> None:
        """The terminal has answered (it perhaps never does)."""
        if not probe.utf8:
            if isinstance(self._driver, PerftuiDriver):
                self._driver.take_ascii_only()
            self.say_of_terminal(SET_UTF8)
        if probe.ambiguous == 2:
            from perftui.tui.terminal.ambiguous import count_ambiguous  # most terminals need none of it

            count_ambiguous(2)
            for widget in (self.screen, *self.screen.walk_children()):
                widget.refresh(layout=True)

    def say_of_terminal(self, sentence: str) -> None:
        """Show a sentence about the terminal, where the screen has a place for it."""
        say = getattr(self.screen, "say", None)
        if say is not None:
            say(sentence)

    def asks(self, *, asked: bool) -> None:
        """A question that opened by itself is shown, or gone: a key answers it only alone and after a silence."""
        driver, self._asks = self._driver, asked
        if isinstance(driver, PerftuiDriver):
            self.call_after_refresh(self._question_shown) if asked else driver.answered()

    @property
    def question_is_read(self) -> bool:
        """Has the open question stood long enough, with nothing typed since, that what comes now is meant for it?"""
        return not isinstance(self._driver, PerftuiDriver) or self._driver.question_is_read

    def _question_shown(self) -> None:
        if self._asks and isinstance(self._driver, PerftuiDriver):  # it may have been answered before
            self._driver.ask()

    def arrows_leave(self, *, leave: bool) -> None:
        """Does an arrow leave the text that is being typed? Then a wheel's, which come together, are told apart."""
        if isinstance(self._driver, PerftuiDriver):
            self._driver.arrows_leave(leave=leave)

    def type_again(self, tokens: Sequence[Token]) -> None:
        """Type what came and was kept, as if it came now."""
        for event in pressed(tokens, TokenOrigin(read=0, at=time.monotonic(), pause=0.0, alone=False)):
            self.post_message(event)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and ours behind them."""
        return [*super().get_line_filters(), self._control_filter]

    @property
    def failure(self) -> BaseException | None:
        """What ended the app before its time."""
        return self._exception

    def _fatal_error(self) -> None:
        """Close without a traceback on the screen, which would show a person's data; the caller reports the failure."""
        self.bell()
        self._close_messages_no_wait()
