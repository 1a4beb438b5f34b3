"""Our own driver under Textual, and the only place that knows Textual's inside (held to 8.2.8 by the pty tests).

It sends the terminal what changed on the screen instead of Textual's frames, reads the keyboard so that nothing
that arrives breaks the program, and ends in order when the line is gone.
"""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable
from typing import Any

from textual import constants, events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from perftui.tui.terminal import termios_settings, watchdog
from perftui.tui.terminal.delivery import Delivery
from perftui.tui.terminal.display import Display
from perftui.tui.terminal.ending import Shutdown
from perftui.tui.terminal.environment import mouse_wanted
from perftui.tui.terminal.keyboard import Keyboard
from perftui.tui.terminal.modes import PLAIN_KEYS
from perftui.tui.terminal.probe import AUTO, QUESTION, Prober
from perftui.tui.terminal.reader import Reader
from perftui.tui.terminal.tokens import Arrival
from perftui.tui.terminal.tty_line import output_fd

_RESIZE_SETTLES = 0.03
"""So long after the last change of the window everything is painted anew (seconds)."""

_ALTERNATE_SCREEN = f"\x1b[?1049h{PLAIN_KEYS}"
_MODES_ON = "\x1b[?25l\x1b[?2004h\x1b[?7l"  # cursor hidden, bracketed paste, no wrapping at the right edge
_LEAVE = "\x1b[m\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
_MOUSE_ON = "\x1b[?1000h\x1b[?1006h"
_MOUSE_OFF = "\x1b[?1006l\x1b[?1000l"
_WHEEL_SCROLLS = "\x1b[?1007h"  # as arrow keys, and only on this screen
_ASK_SYNC = "\x1b[?2026$p"
_POINTER_SHAPE = "\x1b]22;"


class PerftuiDriver(LinuxDriver):
    """Give it to the app as ``driver_class``.

    What hands send comes as ``KeyPressed`` (an ``events.Key``) and ``events.Paste``; all else as calls of the app's
    ``terminal_…`` methods (see ``TerminalApp``), in the order in which it came. Where the line is gone or the process
    was asked to end, it calls the app's ``on_hangup()`` once: plain, quick work only, as it is called outside of
    Textual's messages, and in another thread if the event loop does not answer.

    It reads the app's ``ambiguous_width`` and ``painted_frame``.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse and mouse_wanted(os.environ), size=size)
        self._output = output_fd()
        self._display = Display(os.environ.get("TERM", ""))
        self._reader: Reader | None = None
        self._active = False
        self._started = False
        self._settling: asyncio.TimerHandle | None = None
        self._cursor_asked = False
        ambiguous = getattr(app, "ambiguous_width", AUTO)
        if ambiguous != AUTO:
            self._display.ambiguous(int(ambiguous))
        prober = Prober(ambiguous)
        self._delivery = Delivery(self.process_message, self._call_app, self._display, prober)
        self._ending = Shutdown(self._loop, hook=self._call_hangup_hook, leave=self._leave_app)
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, self._asked_to_end)

    # Output

    def write(self, data: str) -> None:
        """Take what Textual wants on the terminal; it is sent when the line is free. Never blocks."""
        if data.startswith("\x1b[") and data[2:3] not in ("?", ">", "<"):
            self._display.frame(data, *self._app.size)
        elif self._mouse or not data.startswith(_POINTER_SHAPE):
            self._display.control(data)

    def show_cursor(self, *, shown: bool) -> None:
        """Show or hide the terminal's own cursor (hidden at the start). It stands at ``app.cursor_position``."""
        self._display.show_cursor(shown=shown)

    def cursor_moved(self) -> None:
        """``app.cursor_position`` has changed. Textual moves the cursor only with a frame; if there is none, we do."""
        if not self._cursor_asked:
            self._cursor_asked = self._app.call_after_refresh(self._move_cursor)

    def _move_cursor(self) -> None:
        self._cursor_asked = False
        self._display.move_cursor(*self._app.cursor_position)

    @property
    def mouse(self) -> bool:
        """Does the terminal report clicks and the wheel?"""
        return self._mouse

    def turn_mouse(self, *, on: bool) -> None:
        """Have the mouse reported, or leave it to the terminal, where the wheel then scrolls."""
        self._mouse = on
        self._display.control(_MOUSE_ON if on else _MOUSE_OFF + _WHEEL_SCROLLS)

    def repaint(self) -> None:
        """Send the whole screen again."""
        self._display.invalidate()

    # Questions that open by themselves

    def ask(self) -> None:
        """A question is on its way to the screen: a key answers it only alone, half a second after it stands there.

        Call it once the question was painted (``call_after_refresh``); what comes before goes to ``terminal_stream``.
        """
        self._asked(float("inf"))
        self._display.when_written(lambda: self._asked(time.monotonic()))

    @property
    def question_is_read(self) -> bool:
        """Has the open question stood long enough, with nothing typed since, that what comes now is meant for it?"""
        return self._reader is not None and self._reader.question_is_read()

    def answered(self) -> None:
        """No question is open any more."""
        self._display.when_written(lambda: None)
        self._asked(None)

    def arrows_leave(self, *, leave: bool) -> None:
        """Does an arrow leave the text that is being typed?"""
        if self._reader is not None:
            self._reader.arrows_leave(leave=leave)

    def take_ascii_only(self) -> None:
        """The terminal is not UTF-8: no letter that seems to be another's is taken for it."""
        if self._reader is not None:
            self._reader.take_ascii_only()

    def _asked(self, since: float | None) -> None:
        if self._reader is not None:
            self._reader.ask(since)

    # Start, stop, suspend and resume

    def start_application_mode(self) -> None:
        """Take the terminal."""
        if self._active or not termios_settings.in_foreground(self.fileno):
            return
        self._active = True
        watchdog.current().taken()
        self.attrs_before = termios_settings.make_raw(self.fileno)
        self._enter()
        self._display.open(self._output, self._line_lost)
        signal.signal(signal.SIGWINCH, self._window_signal)
        self._post_size()
        keyboard = Keyboard(
            escape_delay=constants.ESCAPE_DELAY,
            escape_tab=os.environ.get("TERM", "").startswith("linux"),
        )
        self._reader = Reader(self.fileno, keyboard, self._take, self._line_lost)
        if self._must_signal_resume:
            self._must_signal_resume = False
            self.send_message(self.SignalResume())

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self.disable_input()
        if not self._active:
            return
        self._active = False
        termios_settings.restore(self.fileno, self.attrs_before)  # first: who sees the shell's screen may type at once
        self._display.leave((_MOUSE_OFF if self._mouse else "") + _LEAVE)

    def disable_input(self) -> None:
        """End the input thread and drop what was typed since."""
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.stop()
            termios_settings.drop_input(self.fileno)

    def close(self) -> None:
        """Send what is left, and end the writer's thread. A line that stands still is not waited for."""
        if self._display.close():
            watchdog.current().given_back()
        elif self._auto_restart and not self._must_signal_resume:
            self._ending.begin(self._app.return_code or 0)  # what is printed from here on may block for ever

    def _enter(self) -> None:
        """Put the terminal in our modes, and at the first time ask it what it can do."""
        cols, rows = self._get_terminal_size()
        modes = _MODES_ON + (_MOUSE_ON if self._mouse else _WHEEL_SCROLLS)
        if self._started:
            self._display.enter(_ALTERNATE_SCREEN + modes, cols, rows)
            return
        self._started = True
        asks_sync = self.input_tty and os.environ.get("TERM_PROGRAM") != "Apple_Terminal"
        modes += _ASK_SYNC if asks_sync else ""
        painted: tuple[int, int, str] | None = getattr(self._app, "painted_frame", None)
        if (
            painted is not None
            and painted[:2] == (cols, rows)
            and self._display.enter(modes, cols, rows, painted=painted[2])
        ):
            return
        self._display.enter(_ALTERNATE_SCREEN + (QUESTION if self.input_tty else "") + modes, cols, rows)

    # Signals: handlers only pass the word on to the event loop, as they may have interrupted anything

    def _sigtstp_application(self, *_: object) -> None:
        self._in_loop(self._suspend)

    def _sigcont_application(self, *_: object) -> None:
        self._in_loop(self._continue)

    def _window_signal(self, *_: object) -> None:
        self._in_loop(self._window_changed)

    def _asked_to_end(self, number: int, _frame: object) -> None:
        self._ending.begin(128 + number)

    def _in_loop(self, work: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            self._loop.call_soon_threadsafe(work)

    def _suspend(self) -> None:
        if self._auto_restart and self._active:
            self._must_signal_resume = True
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _continue(self) -> None:
        """Go on after a stop: after our own (Ctrl+Z), or after one from outside that we were not asked about."""
        if not self._auto_restart:
            return
        if not self._active:
            self.resume_application_mode()
        elif termios_settings.in_foreground(self.fileno):
            termios_settings.make_raw(self.fileno)
            self._enter()
            self._post_size()

    def _window_changed(self) -> None:
        """Paint all anew, as terminals cut and move lines when their size changes; Textual may see no change."""
        if self._settling is not None:
            self._settling.cancel()
        self._settling = self._loop.call_later(_RESIZE_SETTLES, self._display.release)
        self._display.invalidate(hold=True)
        self._post_size()

    def _post_size(self) -> None:
        size = Size(*self._get_terminal_size())
        self.send_message(events.Resize(size, size))

    def _get_terminal_size(self) -> tuple[int, int]:
        return termios_settings.window_size(self._output, self.fileno)

    # The end of the line

    def _line_lost(self) -> None:
        self._ending.begin(128 + signal.SIGHUP)

    def _leave_app(self, code: int) -> None:
        self._app.exit(return_code=code)

    def _call_hangup_hook(self) -> None:
        hook = getattr(self._app, "on_hangup", None)
        if hook is not None:
            hook()

    # Input; in the reader's thread

    def _take(self, arrival: Arrival) -> None:
        try:
            self._delivery.pass_on(arrival)
        except Exception:  # the keyboard must not die in silence
            from rich.traceback import Traceback  # costs a tenth of the start

            self._app.call_later(self._app.panic, Traceback())

    def _call_app(self, hook: str, *arguments: object) -> None:
        method = getattr(self._app, hook, None)
        if method is not None:
            self._app.call_later(method, *arguments)
