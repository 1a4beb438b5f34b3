"""A file descriptor of our own for writing to the terminal: it does not block, and the shell's stays as it is."""

import contextlib
import os

OUTPUT = 1
"""Where the screens are written: the standard output. What goes wrong is said on the other one, often into a file."""


def output_fd() -> int:
    """The terminal that the screens are written to: standard output, or where that is none, the process's own."""
    if os.isatty(OUTPUT):
        return OUTPUT
    try:
        return os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return OUTPUT


def open_line(fd: int) -> tuple[int, bool]:
    """A descriptor for writing to the terminal behind ``fd``, and whether it is ours to close.

    It does not block, and has a file description of its own: the shell shares the other one and must not find it
    changed. Where that cannot be had, ``fd`` itself.
    """
    flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
    with contextlib.suppress(OSError):
        own = os.open(os.ttyname(fd), flags)
        if os.fstat(own).st_rdev == os.fstat(fd).st_rdev:
            return own, True
        os.close(own)
    with contextlib.suppress(OSError):
        os.tcgetpgrp(fd)  # fails unless this is the terminal that /dev/tty means
        return os.open("/dev/tty", flags), True
    return fd, False
