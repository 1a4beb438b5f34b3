"""Our own driver under Textual, and the only place that knows Textual's inside (held to 8.2.8 by the pty tests).

It sends the terminal what changed on the screen instead of Textual's frames, reads the keyboard so that nothing
that arrives breaks the program, and ends in order when the line is gone.
"""

import asyncio
import contextlib
import os
import re
import select
import signal
import termios
import threading
import time
import tty
from _thread import start_new_thread
from collections import deque
from collections.abc import Callable
from types import FrameType
from typing import Any

from textual import constants, events, messages
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from perftui.tui.terminal import guard
from perftui.tui.terminal.environment import mouse_wanted
from perftui.tui.terminal.keyboard import Keyboard, Pasted, Sequence, Token, Typed
from perftui.tui.terminal.keys import KEYS
from perftui.tui.terminal.line import open_line
from perftui.tui.terminal.probe import AUTO, QUESTION, Probe, Prober
from perftui.tui.terminal.shadow import Shadow, erases_in_colour, scrolls_regions
from perftui.tui.terminal.writer import Writer

SYNC_BEGIN, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_SYNC_FROM = 256
"""Shorter output is one packet and needs no marks around it (characters)."""
_RESIZE_SETTLES = 0.03
"""So long after the last change of the window everything is painted anew (seconds)."""
_HOOK_LIMIT, _END_LIMIT = 1.0, 3.0
"""After a hang-up: when the app's hook is called without the event loop, and when the process ends (seconds)."""
_DRAIN_LIMIT = 1.0

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?7l"
_LEAVE = "\x1b[m\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
_MOUSE_ON = "\x1b[?1000h\x1b[?1003h\x1b[?1006h"
_MOUSE_OFF = "\x1b[?1006l\x1b[?1003l\x1b[?1000l"
_ASK_SYNC = "\x1b[?2026$p"
_SYNC_KNOWN = re.compile(r"\x1b\[\?2026;[123]\$y")
_POINTER_SHAPE = "\x1b]22;"


class PerftuiDriver(LinuxDriver):
    """Give it to the app as ``driver_class``. It calls, where the app has them:

    ``terminal_not_utf8()``  in the app, once, when text came that is not UTF-8 (it was refused);
    ``terminal_probed(Probe)``  in the app, when the terminal has answered (perhaps never);
    ``on_hangup()``  once, when the line is gone or the process was asked to end: plain, quick work only, as it is
    called outside of Textual's message handling, and in another thread if the event loop does not answer;
    and reads ``ambiguous_width`` (``auto``, ``1`` or ``2``) and ``painted_frame`` (see ``Shadow.assume``).
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse and mouse_wanted(os.environ), size=size)
        self.not_utf8 = False
        """Has text come that is not UTF-8?"""
        self._tty = self._file.fileno() if self._file is not None else self.fileno
        term = os.environ.get("TERM", "")
        self._lock = threading.RLock()
        self._shadow = Shadow(1, 1, colour_erase=erases_in_colour(term), scroll=scrolls_regions(term))
        self._raw: deque[str] = deque()
        self._painting = False
        self._settling: asyncio.TimerHandle | None = None
        self._sync = False
        self._cursor_asked = False
        self._writer: Writer | None = None
        self._line = -1
        self._line_is_own = False
        self._wake_read, self._wake_write = os.pipe()
        self._active = False
        self._started = False
        self._ending = False
        self._hook_due = True
        self._prober = Prober(getattr(app, "ambiguous_width", AUTO))
        self._names = XTermParser()
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, self._asked_to_end)

    # Output

    def write(self, data: str) -> None:
        """Take what Textual wants on the terminal; it is sent when the line is free. Never blocks."""
        with self._lock:
            if data in (SYNC_BEGIN, SYNC_END):
                self._sync = True
                return
            if data.startswith("\x1b[") and data[2:3] not in ("?", ">", "<"):
                self._take_frame(data)
            elif not data.startswith(_POINTER_SHAPE) or self._mouse:
                self._raw.append(data)
        self._wake()

    def flush(self) -> None:
        """Nothing to do: the writer thread sends what there is."""

    def show_cursor(self, *, shown: bool) -> None:
        """Show or hide the terminal's own cursor (hidden at the start). It stands at ``app.cursor_position``."""
        with self._lock:
            self._shadow.show_cursor(shown=shown)
        self._wake()

    def cursor_moved(self) -> None:
        """``app.cursor_position`` has changed. If no frame takes the cursor along, it is moved by itself."""
        if not self._cursor_asked:
            self._cursor_asked = self._app.call_after_refresh(self._move_cursor)

    def repaint(self) -> None:
        """Send the whole screen again."""
        with self._lock:
            self._shadow.invalidate()
        self._wake()

    def _move_cursor(self) -> None:
        self._cursor_asked = False
        with self._lock:
            self._shadow.move_cursor(*self._app.cursor_position)
        self._wake()

    def _take_frame(self, data: str) -> None:
        size = self._app.size
        if (self._shadow.cols, self._shadow.rows) != (size.width, size.height) and size.width and size.height:
            self._shadow.resize(size.width, size.height)
        if not self._shadow.read(data):
            # In order: what was understood before, this as it is, and from now on nothing is known.
            self._raw.append(self._shadow.render() + data)
            self._shadow.forget()

    def _produce(self) -> bytes:
        """What is to be sent now (called by the writer thread when the line is free)."""
        with self._lock:
            raw = "".join(self._raw)
            self._raw.clear()
            frame = self._shadow.render() if self._painting and self._settling is None else ""
            if self._sync and len(frame) > _SYNC_FROM:
                frame = f"{SYNC_BEGIN}{frame}{SYNC_END}"
        return (raw + frame).encode("utf-8", "replace")

    def _wake(self) -> None:
        if self._writer is not None:
            self._writer.wake()

    # Start, stop, suspend and resume

    def start_application_mode(self) -> None:
        """Take the terminal."""
        if self._active or not self._in_foreground():
            return
        self._active = True
        guard.current().taken()
        self._line, self._line_is_own = open_line(self._tty)
        with self._lock:
            self._raw.append(self._entering())
            self._painting = True
        self._set_raw()
        self._writer = Writer(self._line, self._produce, self._line_lost)
        self._writer.wake()
        signal.signal(signal.SIGWINCH, self._window_changed)
        self._send_size()
        self.exit_event.clear()
        self._key_thread = threading.Thread(target=self._run_input_thread, name="terminal-input", daemon=True)
        self._key_thread.start()
        if self._must_signal_resume:
            self._must_signal_resume = False
            self.send_message(self.SignalResume())

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self.disable_input()
        if not self._active:
            return
        self._active = False
        with self._lock:
            self._painting = False
            self._raw.append((_MOUSE_OFF if self._mouse else "") + _LEAVE)
            self._shadow.invalidate()
        self._wake()
        if self.attrs_before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def disable_input(self) -> None:
        """End the input thread and drop what was typed since."""
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        thread, self._key_thread = self._key_thread, None
        if thread is None:
            return
        self.exit_event.set()
        os.write(self._wake_write, b".")
        thread.join()
        os.read(self._wake_read, 64)
        with contextlib.suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def close(self) -> None:
        """Send what is left, and end the writer thread. A line that stands still is not waited for."""
        writer, self._writer = self._writer, None
        if writer is None:
            return
        if writer.stop(_DRAIN_LIMIT):
            guard.current().given_back()
            if self._line_is_own:
                os.close(self._line)
        elif not self._auto_restart or not self._must_signal_resume:
            self._end(self._app.return_code or 0)

    def _entering(self) -> str:
        size = self._get_terminal_size()
        if (self._shadow.cols, self._shadow.rows) != size:
            self._shadow.resize(*size)
        self._shadow.invalidate()
        parts = [_ENTER]
        if not self._started:
            painted: str | None = getattr(self._app, "painted_frame", None)
            if painted is not None and self._shadow.assume(painted):
                parts = [_ENTER.replace("\x1b[?1049h", "")]
            elif self.input_tty:
                parts.append(QUESTION)
            if self.input_tty and os.environ.get("TERM_PROGRAM") != "Apple_Terminal":
                parts.append(_ASK_SYNC)
        if self._mouse:
            parts.append(_MOUSE_ON)
        self._started = True
        return "".join(parts)

    def _set_raw(self) -> None:
        try:
            before = termios.tcgetattr(self.fileno)
            raw = termios.tcgetattr(self.fileno)
        except termios.error:
            self.attrs_before = None
            return
        self.attrs_before = before
        raw[tty.LFLAG] = self._patch_lflag(raw[tty.LFLAG])
        raw[tty.IFLAG] = self._patch_iflag(raw[tty.IFLAG])
        raw[tty.CC][termios.VMIN] = 1
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self.fileno, termios.TCSANOW, raw)

    def _in_foreground(self) -> bool:
        """May we have the terminal? In the background (``bg``) the process sleeps here until it may."""
        if not self.input_tty:
            return True

        def sleep_again(*_: object) -> None:
            os.kill(os.getpid(), signal.SIGSTOP)

        before = [signal.signal(number, sleep_again) for number in (signal.SIGTTOU, signal.SIGTTIN)]
        try:
            termios.tcsetattr(self.fileno, termios.TCSANOW, termios.tcgetattr(self.fileno))
        except termios.error:
            return False
        finally:
            for number, handler in zip((signal.SIGTTOU, signal.SIGTTIN), before, strict=True):
                signal.signal(number, handler)
        return True

    # Signals: handlers only pass the word on to the event loop, as they may interrupt anything

    def _sigtstp_application(self, *_: object) -> None:
        self._in_loop(self._suspend)

    def _sigcont_application(self, *_: object) -> None:
        self._in_loop(self._continue)

    def _window_changed(self, _number: int, _frame: FrameType | None) -> None:
        self._in_loop(self._send_size)

    def _asked_to_end(self, number: int, _frame: FrameType | None) -> None:
        self._end(128 + number)

    def _in_loop(self, work: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            self._loop.call_soon_threadsafe(work)

    def _suspend(self) -> None:
        if self._auto_restart and self._active:
            self._must_signal_resume = True
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _continue(self) -> None:
        """Go on after a stop: our own (Ctrl+Z), or one from outside that we were not asked about."""
        if not self._auto_restart:
            return
        if not self._active:
            self.resume_application_mode()
            return
        if self._in_foreground():
            before = self.attrs_before
            self._set_raw()
            self.attrs_before = before
            with self._lock:
                self._raw.append(self._entering())
            self._send_size()
            self._wake()

    def _send_size(self) -> None:
        """Tell Textual the window's size, and paint anew: terminals cut and move lines when their size changes."""
        size = Size(*self._get_terminal_size())
        if self._settling is not None:
            self._settling.cancel()
        with self._lock:
            self._shadow.invalidate()
            self._settling = self._loop.call_later(_RESIZE_SETTLES, self._settled)
        self.send_message(events.Resize(size, size))

    def _settled(self) -> None:
        with self._lock:
            self._settling = None
        self._wake()

    def _get_terminal_size(self) -> tuple[int, int]:
        for fd in (self._tty, self.fileno):
            with contextlib.suppress(OSError):
                size = os.get_terminal_size(fd)
                if size.columns and size.lines:
                    return size.columns, size.lines
        return 80, 24

    # The end of the line

    def _line_lost(self) -> None:
        """The terminal is gone (called from the input or the writer thread)."""
        self._end(128 + signal.SIGHUP)

    def _end(self, code: int) -> None:
        """End in order, and in any case within seconds. May be called from signal handlers and threads."""
        if self._ending:
            return
        self._ending = True
        start_new_thread(self._watch, (code,))  # takes no lock that the interrupted code could hold
        self._in_loop(lambda: self._leave(code))

    def _leave(self, code: int) -> None:
        self._call_hangup_hook()
        self._app.exit(return_code=code)

    def _watch(self, code: int) -> None:
        time.sleep(_HOOK_LIMIT)
        try:
            self._call_hangup_hook()
            time.sleep(_END_LIMIT - _HOOK_LIMIT)
        finally:
            os._exit(code)

    def _call_hangup_hook(self) -> None:
        with self._lock:
            due, self._hook_due = self._hook_due, False
        hook = getattr(self._app, "on_hangup", None)
        if due and hook is not None:
            hook()

    # Input

    def run_input_thread(self) -> None:
        """Read the keyboard until the driver stops or the line is gone."""
        keyboard = Keyboard(escape_delay=constants.ESCAPE_DELAY)
        poll = select.poll()
        poll.register(self.fileno, select.POLLIN)
        poll.register(self._wake_read, select.POLLIN)
        while not self.exit_event.is_set():
            deadline = keyboard.deadline
            ready = dict(poll.poll(None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000 + 1))
            if self.fileno in ready:
                try:
                    data = os.read(self.fileno, 65536)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                if not data:
                    self._line_lost()
                    return
                tokens = keyboard.feed(data, time.monotonic())
            else:
                tokens = keyboard.tick(time.monotonic())
            for token in tokens:
                self._pass_on(token)

    def _pass_on(self, token: Token) -> None:
        if isinstance(token, Typed):
            self._key(token.character)
        elif isinstance(token, Sequence):
            self._sequence(token.text)
        elif isinstance(token, Pasted):
            self.process_message(events.Paste(token.text))
        elif not self.not_utf8:
            self.not_utf8 = True
            self._call_app("terminal_not_utf8")

    def _key(self, sequence: str) -> None:
        named = KEYS.get(sequence)
        if named is not None:
            self.process_message(events.Key(named, None))
            return
        for event in self._names._sequence_to_key_events(sequence):
            if event.key != "<ignore>":
                self.process_message(event)

    def _sequence(self, text: str) -> None:
        """A key, a mouse event, or an answer of the terminal; what is none of these is dropped."""
        if self._prober.answer(text):
            if self._prober.result is not None:
                self._probed(self._prober.result)
        elif text.startswith("\x1b[<"):
            mouse = self._names.parse_mouse_code(text)
            if mouse is not None:
                self.process_message(mouse)
        elif _SYNC_KNOWN.fullmatch(text):
            self.process_message(messages.TerminalSupportsSynchronizedOutput())
        else:
            self._key(text)

    def _probed(self, probe: Probe) -> None:
        with self._lock:
            self._shadow.ambiguous = probe.ambiguous
        self._call_app("terminal_probed", probe)

    def _call_app(self, hook: str, *arguments: object) -> None:
        method = getattr(self._app, hook, None)
        if method is not None:
            self._app.call_later(method, *arguments)
