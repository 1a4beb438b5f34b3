"""What an app needs to run on our driver."""

from collections.abc import Sequence
from typing import TypeVar

from textual.app import App
from textual.filter import LineFilter
from textual.geometry import Offset

from perftui.tui.terminal.driver import PerftuiDriver
from perftui.tui.terminal.filters import ControlFilter

ReturnType = TypeVar("ReturnType")


class TerminalApp(App[ReturnType]):
    """An app on our driver: it moves the terminal's cursor at once, and lets no control character through."""

    ambiguous_width = "auto"
    """Cells of an ambiguous character: ``auto`` (the terminal is asked), ``1`` or ``2``."""
    bursts_are_pastes = False
    """Is text with tabs or returns that comes at once a paste? For terminals that do not mark their pastes."""
    painted_frame: tuple[int, int, str] | None = None
    """Columns, rows, and what was written to the alternate screen before Textual was imported: it clears the screen
    (``ESC[48;5;233m ESC[2J``), then text, SGR and ``ESC[row;columnH`` only."""

    _text_cursor = Offset(0, 0)
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

    def send(self, sequence: str) -> None:
        """Send a sequence that touches nothing on the screen, such as one for the clipboard."""
        if isinstance(self._driver, PerftuiDriver):
            self._driver.write(sequence)

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
