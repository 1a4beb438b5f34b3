"""The one place that starts other programs: without the terminal, in a session of their own, ended as a group.

A program that has no terminal cannot ask there: no prompt of it, or of what it starts, gets between the screen and the
keys. What it prints goes to files, so that a helper that it leaves behind holds nobody up. What writes has no time
limit, and is never killed: it is asked to end (SIGTERM) and waited for.
"""

import os
import select
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from perftui.model.frozen import frozen

GRACE = 3.0
"""Seconds that a program that only reads has to end after it was asked to, before it is killed."""

_PAUSE = 0.1
"""Seconds between two looks at what a running program has said, and whether it is to end."""


@frozen
class RunResult:
    """What a program that ended had to say."""

    code: int
    """Its exit code; negative: the signal that ended it."""
    out: bytes
    said: bytes
    """What it wrote to its error channel."""


class NotStarted(Exception):  # noqa: N818 - named for what it says
    """The program is not there (``missing``) or the system refused to run it; ``reason`` is the system's word."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error.strerror)
        self.missing = isinstance(error, FileNotFoundError)
        self.reason = error.strerror or ""


class EndedEarly(Exception):  # noqa: N818 - named for what it says
    """A program was ended before it was done; ``said``: what it had written to its error channel."""

    said = b""


class TooLong(EndedEarly):
    """A program that only reads took longer than its limit, and was ended."""


class Cancelled(EndedEarly):
    """A person did not want to wait any longer; the program and all that it started have ended."""


class Cancel:
    """A person's wish that a running program should end. May be told from any thread."""

    def __init__(self) -> None:
        self._told = threading.Event()

    def tell(self) -> None:
        """Let the program end."""
        self._told.set()

    @property
    def told(self) -> bool:
        """Is it to end?"""
        return self._told.is_set()


@frozen
class RunProgress:
    """How a running program is watched."""

    limit: float | None = None
    """Seconds that a program which only reads may take; ``None`` for what writes: it has no limit."""
    cancel: Cancel | None = None
    progress: Callable[[str], None] | None = None
    """Called with each line that the program says while it runs."""


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    watch: RunProgress,
    given: bytes = b"",
    *,
    umask: int = -1,
) -> RunResult:
    """Run a program to its end; ``given`` is its input, ``umask`` that of its files (-1: ours).

    Raises NotStarted, TooLong or Cancelled.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said, _input(given) as source:
        try:
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdin=source, stdout=out, stderr=said, start_new_session=True,
                umask=umask,
            )  # fmt: skip
        except OSError as error:
            raise NotStarted(error) from error
        try:
            _wait(process, said, watch)
        except BaseException as error:
            _end(process, gently=watch.limit is None)
            if isinstance(error, EndedEarly):
                error.said = _read(said)
            raise
        return RunResult(code=process.returncode, out=_read(out), said=_read(said))


def lend_terminal(command: Sequence[str], limit: float) -> int:
    """Run a program in the foreground of the terminal, as a group of its own; its exit code.

    Raises NotStarted, or TooLong after ``limit`` seconds.
    """
    try:
        process = subprocess.Popen(command, process_group=0)
    except OSError as error:
        raise NotStarted(error) from error
    with _foreground(process.pid):
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired as error:
            raise TooLong from error
        finally:
            _end(process, gently=False)


@contextmanager
def _foreground(group: int) -> Iterator[None]:
    """The terminal belongs to a group for a while: its keys, Ctrl+C among them, go there."""
    try:
        own = os.tcgetpgrp(0)
    except OSError:  # no terminal to lend
        yield
        return
    before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # else taking the terminal back stops us
    try:
        with suppress(OSError):
            os.tcsetpgrp(0, group)
            os.killpg(group, signal.SIGCONT)  # it may have asked for the terminal before it was its own
        yield
    finally:
        with suppress(OSError):
            os.tcsetpgrp(0, own)
        signal.signal(signal.SIGTTOU, before)


@contextmanager
def _input(given: bytes) -> Iterator[IO[bytes] | int]:
    if not given:
        yield subprocess.DEVNULL
        return
    with tempfile.TemporaryFile() as source:
        source.write(given)
        source.seek(0)
        yield source


def _wait(process: "subprocess.Popen[bytes]", said: IO[bytes], watch: RunProgress) -> None:
    end = None if watch.limit is None else time.monotonic() + watch.limit
    passed = 0
    while True:
        _pause(process)
        if watch.progress is not None:
            passed = _tell(said, passed, watch.progress)
        if process.returncode is not None:
            return
        if watch.cancel is not None and watch.cancel.told:
            raise Cancelled
        if end is not None and time.monotonic() >= end:
            raise TooLong


def _pause(process: "subprocess.Popen[bytes]") -> None:
    """Wait until a program has ended, and at most for a pause.

    ``wait`` with a limit looks again and again, ever more seldom: it would take 8 ms for a git of 5.
    """
    try:
        handle = os.pidfd_open(process.pid)
    except (AttributeError, OSError):  # not this system
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PAUSE)
        return
    try:
        ended = select.poll()
        ended.register(handle, select.POLLIN)
        ended.poll(_PAUSE * 1000)
    finally:
        os.close(handle)
    process.poll()


def _tell(said: IO[bytes], passed: int, progress: Callable[[str], None]) -> int:
    """Pass on the whole lines that came since; how many bytes were told by now."""
    data = os.pread(said.fileno(), os.fstat(said.fileno()).st_size - passed, passed)
    whole = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
    for line in data[:whole].replace(b"\r", b"\n").split(b"\n"):
        if line.strip():
            progress(line.decode("utf-8", "replace").strip())
    return passed + whole


def _end(process: "subprocess.Popen[bytes]", *, gently: bool) -> None:
    """End a program and all that it started. One that writes is waited for: killed, it would leave its locks."""
    if process.poll() is not None:
        return
    _signal(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(None if gently else GRACE)
    end = time.monotonic() + GRACE
    while _signal(process.pid, 0) and process.poll() is not None and time.monotonic() < end:
        time.sleep(_PAUSE)
    if not gently:
        _signal(process.pid, signal.SIGKILL)
    process.wait()


def _signal(group: int, number: int) -> bool:
    """Send a signal to a group; False where nobody of it is left."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
