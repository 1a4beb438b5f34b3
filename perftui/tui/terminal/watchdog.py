"""A small process that puts the terminal right when the program could not do it itself.

It is started before anything heavy is imported and waits on a pipe. The program says when it has taken the terminal
and when it has given it back; if the pipe closes without a good-bye (kill -9, a crash, ``os._exit``) while the
terminal is taken, the guard restores its settings. It stands in a process group of its own, so that Ctrl+Z and
hang-ups do not touch it, and nobody waits for the program: job control works as ever.

It is a shell, which takes a tenth of a mebibyte of memory where a copy of this process takes seven; a copy only where
there is no shell or no ``stty``.
"""

import contextlib
import os
import signal
import termios
from typing import Any, NoReturn

from perftui.model.frozen import frozen
from perftui.tui.terminal.tty_line import open_line

RESTORE = (
    "\x1b[?2026l\x1b[r\x1b[m"  # show what is drawn, scroll the whole screen, plain pen
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?7h"  # focus reports, bracketed paste, wrapping at the right edge
    "\x1b[?1049l\x1b[?25h\r"  # the ordinary screen, cursor shown
)
_IGNORED = (
    signal.SIGTTOU, signal.SIGTTIN, signal.SIGTSTP, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM,
    signal.SIGPIPE,
)  # fmt: skip
_TAKEN, _GIVEN_BACK, _DONE = b"+\n", b"-\n", b".\n"
_SHELL = "/bin/sh"
_SCRIPT = """
trap '' HUP INT QUIT PIPE TERM TSTP TTIN TTOU
taken=
while read -r word; do
  case $word in +) taken=1 ;; -) taken= ;; .) exit ;; esac
done
[ "$taken" ] || exit 0
exec 2>/dev/null 3<&1
case $(stty -a <&3) in *-isig*) stty "$1" <&3 || stty sane <&3 ;; esac
printf %s "$2"
"""
"""The guard's whole life; its arguments are the settings as ``stty`` writes them, and what is sent to the terminal. A
shell may already have put it right and be reading a line with settings of its own: those are left."""


@frozen
class Watchdog:
    """The guard process as its parent sees it. Without a terminal there is none, and ``pid`` is 0."""

    pid: int
    pipe: int

    def taken(self) -> None:
        """The program has the terminal now (raw, alternate screen)."""
        self._say(_TAKEN)

    def given_back(self) -> None:
        """The terminal is as it was."""
        self._say(_GIVEN_BACK)

    def done(self) -> None:
        """An orderly end: the guard goes, and leaves no zombie. Call once, after the screens are closed."""
        if self.pid:
            self._say(_DONE)
            os.close(self.pipe)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)

    def _say(self, word: bytes) -> None:
        if self.pid:
            with contextlib.suppress(OSError):
                os.write(self.pipe, word)


_NONE = Watchdog(pid=0, pipe=-1)
_current = _NONE


def current() -> Watchdog:
    """The guard that was started, or one that does nothing."""
    return _current


def start_watchdog() -> Watchdog:
    """Start the guard of this process's terminal. Call before threads are started and Textual is imported."""
    global _current
    terminal = next((fd for fd in (1, 0, 2) if os.isatty(fd)), None)
    if terminal is None:
        return _NONE
    try:
        settings = termios.tcgetattr(terminal)
    except termios.error:
        return _NONE
    read_end, write_end = os.pipe()
    pid = _shell(read_end, terminal, settings) if _has_stty() else _copy(read_end, write_end, terminal, settings)
    os.close(read_end)
    _current = Watchdog(pid=pid, pipe=write_end)
    return _current


def _has_stty() -> bool:
    paths = [_SHELL, *(os.path.join(folder, "stty") for folder in os.environ.get("PATH", os.defpath).split(":"))]
    return os.access(paths[0], os.X_OK) and any(os.access(path, os.X_OK) for path in paths[1:])


def _shell(pipe: int, terminal: int, settings: list[Any]) -> int:
    """Start the guard as a shell; its process. Signals are held back: a hang-up must not end it in its first line."""
    flags, codes = settings[:4], [code if isinstance(code, int) else code[0] for code in settings[6]]
    saved = ":".join(f"{number:x}" for number in (*flags, *codes))
    ends = [(os.POSIX_SPAWN_DUP2, terminal, 1), (os.POSIX_SPAWN_DUP2, pipe, 0)]
    argv = [_SHELL, "-c", _SCRIPT, "perftui", saved, RESTORE]
    return os.posix_spawn(_SHELL, argv, os.environ, file_actions=ends, setpgroup=0, setsigmask=_IGNORED)


def _copy(pipe: int, parents: int, terminal: int, settings: list[Any]) -> int:
    """Start the guard as a copy of this process."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _IGNORED)
    pid = os.fork()
    if pid == 0:
        os.close(parents)
        _watch(pipe, terminal, settings)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pid


def _watch(pipe: int, terminal: int, settings: list[Any]) -> NoReturn:
    """The guard's whole life; in the child."""
    try:
        os.setpgid(0, 0)
        for number in _IGNORED:
            signal.signal(number, signal.SIG_IGN)
        taken = done = False
        with open(pipe, "rb", buffering=0) as words:
            while not done and (word := words.readline()):
                taken = word == _TAKEN or (taken and word != _GIVEN_BACK)
                done = word == _DONE
        if taken:
            _restore(terminal, settings)
    finally:
        os._exit(0)


def _restore(terminal: int, settings: list[Any]) -> None:
    with contextlib.suppress(termios.error):
        # A shell may already have put it right and be reading a line with settings of its own.
        if not termios.tcgetattr(terminal)[3] & termios.ISIG:
            termios.tcsetattr(terminal, termios.TCSANOW, settings)
    line, _ = open_line(terminal)
    with contextlib.suppress(OSError):
        os.write(line, RESTORE.encode())
