"""The terminal's settings (termios), its size, and whether we may have it. Nothing here fails without a terminal."""

import contextlib
import os
import signal
import termios
import tty
from collections.abc import Iterator
from typing import Any

Settings = list[Any]
"""What ``termios.tcgetattr`` gives."""


_NO_KEY = b"\0"
"""Of a signal: no key sends it."""
_lent: list[Settings] = []
"""The settings before ``lend_raw``, until the screens take the terminal."""


def lend_raw(fd: int) -> bool:
    """Let keys wait unechoed for the screens, which are not loaded yet; False where there is no terminal."""
    before = make_raw(fd)
    if before is not None:
        _lent.append(before)
    return before is not None


def end_loan(fd: int) -> bool:
    """Set what was before ``lend_raw``; False where the screens have taken the terminal since."""
    if not _lent:
        return False
    restore(fd, _lent.pop())
    return True


@contextlib.contextmanager
def interrupted_by(fd: int, key: bytes) -> Iterator[None]:
    """A key raises KeyboardInterrupt inside the block, also where whoever started us had its signal ignored.

    All other keys wait, also those before it.
    """
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        before = termios.tcgetattr(fd)
        settings = termios.tcgetattr(fd)
        settings[tty.LFLAG] |= termios.ISIG | termios.NOFLSH
        settings[tty.CC][termios.VINTR] = key
        settings[tty.CC][termios.VQUIT] = settings[tty.CC][termios.VSUSP] = _NO_KEY
        termios.tcsetattr(fd, termios.TCSANOW, settings)
    except termios.error:
        before = None
    try:
        yield
    finally:
        if before is not None:
            restore(fd, before)
        signal.signal(signal.SIGINT, handler)


def make_raw(fd: int) -> Settings | None:
    """Let every key through as it is typed, unechoed, Ctrl+C, Ctrl+S and Ctrl+Z too; the settings before.

    After ``lend_raw`` the settings before that one.
    """
    try:
        before = termios.tcgetattr(fd)
        raw = termios.tcgetattr(fd)
        raw[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        raw[tty.IFLAG] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        raw[tty.CC][termios.VMIN] = 1
        termios.tcsetattr(fd, termios.TCSANOW, raw)
    except termios.error:
        return None
    return _lent.pop() if _lent else before


def restore(fd: int, settings: Settings | None) -> None:
    """Set what ``make_raw`` found."""
    if settings is not None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(fd, termios.TCSANOW, settings)


def drop_input(fd: int) -> None:
    """Forget what was typed and not read."""
    with contextlib.suppress(termios.error):
        termios.tcflush(fd, termios.TCIFLUSH)


def window_size(*fds: int) -> tuple[int, int]:
    """Columns and rows of the first terminal that knows them."""
    for fd in fds:
        with contextlib.suppress(OSError):
            size = os.get_terminal_size(fd)
            if size.columns and size.lines:
                return size.columns, size.lines
    return 80, 24


def in_foreground(fd: int) -> bool:
    """May we have the terminal? In the background (``bg``) the process sleeps here until it is called again."""
    if not os.isatty(fd):
        return True
    asked = (signal.SIGTTOU, signal.SIGTTIN)
    before = [signal.signal(number, _sleep_again) for number in asked]
    try:
        termios.tcsetattr(fd, termios.TCSANOW, termios.tcgetattr(fd))
    except termios.error:
        return False
    finally:
        for number, handler in zip(asked, before, strict=True):
            signal.signal(number, handler)
    return True


def _sleep_again(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)
