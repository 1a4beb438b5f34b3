"""A person's terminal for tests: runs a program in a real pseudo terminal and looks at its screen.

Everything waits for something to happen (with a limit), nothing sleeps for a fixed time::

    with Terminal([sys.executable, "-m", "perftui"], cols=80, rows=24) as terminal:
        terminal.wait_for("项目")
        terminal.press("f9")
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tests.pty.emulator import Emulator

KEYS = {
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D",
    "shift+up": b"\x1b[1;2A", "shift+down": b"\x1b[1;2B", "shift+right": b"\x1b[1;2C", "shift+left": b"\x1b[1;2D",
    "alt+up": b"\x1b[1;3A", "alt+down": b"\x1b[1;3B",
    "ctrl+up": b"\x1b[1;5A", "ctrl+down": b"\x1b[1;5B", "ctrl+right": b"\x1b[1;5C", "ctrl+left": b"\x1b[1;5D",
    "home": b"\x1b[H", "end": b"\x1b[F", "ctrl+home": b"\x1b[1;5H", "ctrl+end": b"\x1b[1;5F",
    "shift+home": b"\x1b[1;2H", "shift+end": b"\x1b[1;2F",
    "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~", "insert": b"\x1b[2~", "delete": b"\x1b[3~",
    "tab": b"\t", "shift+tab": b"\x1b[Z", "enter": b"\r", "escape": b"\x1b", "backspace": b"\x7f", "space": b" ",
    "f1": b"\x1bOP", "f2": b"\x1bOQ", "f3": b"\x1bOR", "f4": b"\x1bOS", "f5": b"\x1b[15~", "f6": b"\x1b[17~",
    "f7": b"\x1b[18~", "f8": b"\x1b[19~", "f9": b"\x1b[20~", "f10": b"\x1b[21~", "f11": b"\x1b[23~",
    "f12": b"\x1b[24~",
    **{f"ctrl+{chr(96 + number)}": bytes([number]) for number in range(1, 27)},
}  # fmt: skip
"""The bytes that xterm sends for a key, by Textual's name of the key."""

_QUERY = re.compile(
    rb"\x1b\[(?P<mark>[?>=]?)(?P<numbers>[0-9;]*)(?P<middle>[$]?)(?P<final>[cnpt])"
    rb"|\x1b\](?P<osc>4;\d+|10|11|12);\?(?:\x07|\x1b\\)"
)
_PARTIAL_QUERY = re.compile(rb"\x1b(?:\[[?>=]?[0-9;]*\$?|\][0-9;]*\??\x1b?|)$")
# What xterm answers to DECRQM: 1 set, 2 reset; modes that it does not know are 0.
_MODES = {1: 2, 7: 1, 25: 1, 1000: 2, 1002: 2, 1003: 2, 1004: 2, 1006: 2, 1049: 2, 2004: 2}
_DROPPED = ("PYTHON", "TEXTUAL", "PERFTUI", "SSH_")
_DROPPED_NAMES = {"COLORTERM", "TERM_PROGRAM", "NO_COLOR", "COLUMNS", "LINES", "TMUX", "STY", "ESCDELAY", "LANGUAGE"}


LIMIT = 30.0
"""Seconds in which what is waited for has to come: many times what a loaded machine needs, and nobody's requirement."""


class TerminalError(AssertionError):
    """What was waited for did not happen; the message has the screen."""


class Terminal:
    """A program in a pseudo terminal of its own, as the leader of a session.

    ``env`` is put over this process's environment (a value of None takes a name out); ``sync`` lets the terminal
    know synchronised output; ``ambiguous`` is its width of ambiguous characters; ``encoding`` is how it reads what
    is written to it and what it sends for typed text; ``answers`` False makes it silent to all queries.
    """

    def __init__(
        self,
        argv: Sequence[str | Path],
        cols: int = 80,
        rows: int = 24,
        env: Mapping[str, str | None] | None = None,
        cwd: str | Path | None = None,
        *,
        sync: bool = False,
        ambiguous: int = 1,
        encoding: str = "utf-8",
        answers: bool = True,
    ) -> None:
        self.cols, self.rows, self.encoding = cols, rows, encoding
        self.output = bytearray()
        """Everything that the program wrote."""
        self.status: int | None = None
        """The exit status, negative for a signal, None while the program runs."""
        self._emulator = Emulator(cols, rows, encoding=encoding, ambiguous=ambiguous)
        self._modes = {**_MODES, 2026: 2} if sync else _MODES
        self._answers = answers
        self._query_tail = b""
        self._open = True
        self.eof = False
        self.pid, self.fd = self._start([os.fspath(part) for part in argv], _environment(env), cwd)
        os.set_blocking(self.fd, False)
        os.set_inheritable(self.fd, False)  # another program that held it would keep this one from hanging up

    def _start(self, argv: list[str], env: dict[str, str], cwd: str | Path | None) -> tuple[int, int]:
        size = struct.pack("HHHH", self.rows, self.cols, 0, 0)
        pid, fd = pty.fork()
        if pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, size)
                if cwd is not None:
                    os.chdir(cwd)
                os.execvpe(argv[0], argv, env)
            except BaseException as error:  # the child must not go on as a second test run
                os.write(2, f"exec failed: {error}\r\n".encode())
            finally:
                os._exit(127)
        return pid, fd

    # What the person does

    def send(self, data: str | bytes) -> None:
        """Type text, or send bytes as they are."""
        left = data.encode(self.encoding) if isinstance(data, str) else data
        deadline = time.monotonic() + 10
        while left and not self.eof:
            try:
                left = left[os.write(self.fd, left) :]
            except BlockingIOError:
                self._pump(0.02)
            except OSError:
                self.eof = True
            if time.monotonic() > deadline:
                raise TerminalError(f"the program does not read its keyboard\n{self.text()}")

    def press(self, *keys: str) -> None:
        """Press keys by Textual's names of them; a single character is typed."""
        for key in keys:
            self.send(KEYS.get(key, key))
            if key == "escape":  # what follows at once would be Alt with it
                self.wait_idle(0.05)

    def paste(self, text: str) -> None:
        """Paste as a terminal with bracketed paste does: newlines are sent as returns."""
        self.send(b"\x1b[200~" + text.replace("\n", "\r").encode(self.encoding) + b"\x1b[201~")

    def resize(self, cols: int, rows: int) -> None:
        """Change the window's size; the program gets its SIGWINCH from the kernel."""
        self._pump(0)
        self.cols, self.rows = cols, rows
        self._emulator.resize(cols, rows)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def kill(self, sig: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to the program (not to its children)."""
        if self.status is None:
            os.kill(self.pid, sig)

    def hangup(self) -> None:
        """Close the terminal, as a dropped line does."""
        if self._open:
            self._open = False
            self.eof = True
            os.close(self.fd)

    # What the person sees

    def screen(self) -> list[str]:
        """The rows, a wide character once, without the blanks at their ends."""
        self._pump(0)
        return self._emulator.lines()

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.screen())

    @property
    def emulator(self) -> Emulator:
        """The screen with its cells and styles."""
        return self._emulator

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the cursor, from 0."""
        self._pump(0)
        return self._emulator.cursor

    @property
    def cursor_visible(self) -> bool:
        """Is the terminal's cursor shown?"""
        self._pump(0)
        return not self._emulator.screen.cursor.hidden

    @property
    def in_alternate_screen(self) -> bool:
        """Is the alternate screen shown?"""
        self._pump(0)
        return self._emulator.screen.alternate

    def attributes(self) -> list[Any]:
        """The terminal's settings (termios)."""
        return termios.tcgetattr(self.fd)

    # Waiting

    def wait_until(self, predicate: Callable[[], object], limit: float = LIMIT) -> None:
        """Wait until the predicate is true; it is asked after all output and every 20 ms."""
        deadline = time.monotonic() + limit
        while not predicate():
            if time.monotonic() > deadline:
                raise TerminalError(f"not so within {limit} s; screen:\n{self.text()}")
            if not self._pump(0.02) and self.eof:
                self._idle(0.01)

    def wait_cursor(self, column: int, row: int) -> None:
        """Wait until the cursor is shown and stands at a column and row, from 0."""
        self.wait_until(lambda: self.cursor == (column, row) and self.cursor_visible)

    def wait_screen(self, lines: Sequence[str]) -> None:
        """Wait until the screen is what it is to be."""
        self.wait_until(lambda: self.screen() == list(lines))

    def wait_for(self, text: str, limit: float = LIMIT) -> str:
        """Wait until a text is on the screen; returns the whole screen."""
        deadline = time.monotonic() + limit
        while text not in (shown := "\n".join(self._emulator.lines())):
            left = deadline - time.monotonic()
            if left <= 0 or (self.eof and not self._pump(0)):
                raise TerminalError(f"{text!r} not seen within {limit} s; screen:\n{shown}")
            self._pump(min(left, 0.1))
        return shown

    def wait_idle(self, quiet: float = 0.15, limit: float = LIMIT) -> None:
        """Wait until the program has written nothing for ``quiet`` seconds: to count bytes.

        What is to be seen is waited for by ``wait_for`` and its like: a loaded machine is silent before it has painted.
        """
        deadline = time.monotonic() + limit
        while self._pump(quiet) and time.monotonic() < deadline:
            pass

    def bytes_of(self, action: Callable[[], object], quiet: float = 0.15, first: float = 1.0) -> int:
        """Number of bytes that a quiet program writes for an action, until it is quiet for ``quiet`` seconds again.

        The first of them may take ``first`` seconds.
        """
        before = len(self.output)
        action()
        if self._pump(first):
            self.wait_idle(quiet)
        return len(self.output) - before

    def wait_exit(self, limit: float = LIMIT) -> int:
        """Wait for the program's end; the exit status, negative for a signal."""
        deadline = time.monotonic() + limit
        while not self._reap():
            if time.monotonic() > deadline:
                raise TerminalError(f"still running after {limit} s; screen:\n{'' if self.eof else self.text()}")
            if not self._pump(0.01) and self.eof:
                self._idle(0.005)
        while self._pump(0):
            pass
        assert self.status is not None
        return self.status

    # The machinery

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the program and everything in its session, and reap it."""
        if self.status is None:
            for pid in session_of(self.pid):
                _kill_quietly(pid)
            deadline = time.monotonic() + 5
            while not self._reap() and time.monotonic() < deadline:
                self._pump(0.005)
        for pid in session_of(self.pid):
            _kill_quietly(pid)
        self.hangup()

    @property
    def ended(self) -> bool:
        """Has the program ended?"""
        return self._reap()

    def _reap(self) -> bool:
        if self.status is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    @staticmethod
    def _idle(seconds: float) -> None:
        select.select([], [], [], seconds)

    def _pump(self, timeout: float) -> bool:
        """Read once, waiting at most ``timeout`` seconds; was there anything?"""
        if self.eof:
            return False
        if not select.select([self.fd], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self.eof = True
            return False
        self.output += data
        self._feed(data)
        return True

    def _feed(self, data: bytes) -> None:
        """Show what came, and answer its queries at the place where they stand."""
        data = self._query_tail + data
        at = 0
        for query in _QUERY.finditer(data):
            self._emulator.feed(data[at : query.end()])
            at = query.end()
            answer = self._answer(query)
            if answer and self._answers:
                try:
                    os.write(self.fd, answer)
                except OSError:
                    self.eof = True
        rest = data[at:]
        tail = _PARTIAL_QUERY.search(rest[-32:])
        self._query_tail = tail.group(0) if tail else b""
        self._emulator.feed(rest[: len(rest) - len(self._query_tail)])

    def _answer(self, query: re.Match[bytes]) -> bytes | None:
        if query["osc"]:
            colour = b"ffff/ffff/ffff" if query["osc"] == b"10" else b"0000/0000/0000"
            return b"\x1b]" + query["osc"] + b";rgb:" + colour + b"\x1b\\"
        kind = query["mark"] + query["numbers"] + query["middle"] + query["final"]
        if kind in (b"c", b"0c"):
            return b"\x1b[?64;1;2;6;9;15;18;21;22c"
        if kind in (b">c", b">0c"):
            return b"\x1b[>41;379;0c"
        if kind == b"5n":
            return b"\x1b[0n"
        if kind == b"6n":
            x, y = self._emulator.cursor
            return b"\x1b[%d;%dR" % (y + 1, x + 1)
        if query["mark"] == b"?" and query["middle"] == b"$" and query["final"] == b"p":
            mode = int(query["numbers"] or 0)
            return b"\x1b[?%d;%d$y" % (mode, self._modes.get(mode, 0))
        return b"\x1b[8;%d;%dt" % (self.rows, self.cols) if kind == b"18t" else None


def _environment(env: Mapping[str, str | None] | None) -> dict[str, str]:
    """The program's environment: nothing of this shell that would change what it draws."""
    full = {name: value for name, value in os.environ.items()
            if not name.startswith(_DROPPED) and name not in _DROPPED_NAMES}  # fmt: skip
    full |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    root = str(Path(__file__).resolve().parents[2])
    full["PYTHONPATH"] = root
    for name, value in (env or {}).items():
        if value is None:
            full.pop(name, None)
        else:
            full[name] = value
    return full


def session_of(leader: int) -> list[int]:
    """The processes of a session, its leader last."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = Path(f"/proc/{entry}/stat").read_bytes().rsplit(b")", 1)[1].split()
            except OSError:
                continue
            if int(fields[3]) == leader and fields[0] != b"Z":
                found.append(int(entry))
    return sorted(found, key=lambda pid: pid == leader)


def _kill_quietly(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
