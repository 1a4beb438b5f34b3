"""The program's entry: what ``list`` and ``check`` printed is printed again while nothing that it hangs on has changed.

A question is a command line with everything its answer hangs on: one look at every file of the data folder and of the
person's own, git's index and branches, the program, language, width. It is asked before the command line is parsed and
forms and rules are imported: of ten thousand unchanged projects an answer costs a look at each. What is damaged,
foreign or missing costs time only; a file changed within the tick of a clock is in doubt, and nothing is kept then.

So little is imported on the way to an answer, and the file of one is read here: ``pathlib``, ``hashlib`` and
``dataclasses`` alone took 35 ms of 95.
"""

import io
import marshal
import os
import stat as modes
import sys
import time
from binascii import crc32
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from perftui.files.own_place import cache_place, config_place
from perftui.store.program_stamp import ENVIRONMENT, SHOWN, program_stamp

TYPE_CHECKING = False  # the module that has it takes 8 ms
if TYPE_CHECKING:
    from typing import Any, TextIO

PROGRAM = (*SHOWN, "cli")
"""The folders of the program that an answer comes from."""

_ENVIRONMENT = (*ENVIRONMENT, "COLUMNS")
_COMMANDS = ("list", "check")
_WITH_VALUE = ("--data", "--year", "--unit", "--lang", "--format", "--severity", "--select")
_ALONE = ("--json", "--all")
_OTHER = ("xlsx", "sarif")
"""Formats that hang on more than is looked at."""
_KIND = "answers"
_MOST = 64 * 1024 * 1024
"""Bytes that all answers together take up at most; one of them half of it."""
_TYPE = 0o170000
"""The bits of a file's mode that say what it is."""
_CHECK = 4
"""Bytes of the checksum before an answer."""
_SIMPLE = 2
"""The version of marshal in which equal values are equal bytes."""
_DOUBT_NS = 2 * 10**9
_DONE = (0, 1)
"""The exit codes of an answer; any other tells of something that can end by itself."""

_Looked = list[tuple[str, int, int, int, int]]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with the words of its command line, or give the answer that is kept; its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    question = _asked(words) if words and words[0] in _COMMANDS else None
    if question is not None and (code := question.answer()) is not None:
        return code
    from perftui.cli.main import main as run  # and with it all that an answer does not need

    if question is None:
        return run(words)
    with _heard("stdout") as out, _heard("stderr") as err:
        code = run(words)
    if code in _DONE and not (out.is_broken or err.is_broken):
        question.keep(code, b"".join(out.parts), b"".join(err.parts))
    return code


def _asked(words: list[str]) -> "_Question | None":
    """The question that a command line is; ``None`` where it changes something or hangs on more than is looked at."""
    data, at = "data", 1
    while at < len(words):
        name, _sign, value = words[at].partition("=")
        if name in _WITH_VALUE:
            if not _sign:
                at += 1
                value = words[at] if at < len(words) else ""
            data = value if name == "--data" else data
            if not value or value in _OTHER:
                return None
        elif words[at] not in _ALONE:
            return None
        at += 1
    with suppress(OSError, ValueError, AttributeError):  # no such folder, or a stream that is closed or no file
        return _Question(words, os.path.realpath(data, strict=True))
    return None


class _Question:
    """A command line, and what its answer hangs on as it is now. Raises OSError where something cannot be looked at."""

    def __init__(self, words: list[str], data: str) -> None:
        self._begun = time.time_ns()
        looked: _Looked = []
        _look_into(data, looked)
        with suppress(FileNotFoundError):
            _look_into(config_place(), looked)
        looked += _git(data)
        newest = max((max(one[2], one[3]) for one in looked), default=0)
        self._is_sure = newest < self._begun - _DOUBT_NS
        is_terminal = sys.stdout.isatty()
        question = (
            *(sys.version_info[:3], words, os.getcwd(), sys.stdout.encoding, sys.stderr.encoding, is_terminal),
            os.get_terminal_size(sys.stdout.fileno()).columns if is_terminal else 0,
            *(os.environ.get(name) for name in _ENVIRONMENT),
        )
        self._whole = marshal.dumps((question, looked, program_stamp(*PROGRAM)), _SIMPLE)
        name = f"{crc32(marshal.dumps(question, _SIMPLE)):08x}.answer"  # of two with one name the last is kept
        self._path = os.path.join(cache_place(), _KIND, name)

    def answer(self) -> int | None:
        """Print what is kept; its exit code, or ``None`` where there is nothing."""
        kept = _read(self._path)
        if kept is None or kept[0] != self._whole:
            return None
        _asked, code, *printed = kept
        try:
            for stream, data in zip((sys.stdout, sys.stderr), printed, strict=True):
                stream.buffer.write(data)
                stream.flush()
        except OSError as error:
            from perftui.cli.failures import failed

            told = failed(error)
            return code if isinstance(error, BrokenPipeError) else told
        return code

    def keep(self, code: int, out: bytes, err: bytes) -> None:
        """Keep what was printed, unless a file is in doubt; the oldest answers give way."""
        from pathlib import Path

        from perftui.files.errors import FileError
        from perftui.files.reading import digest
        from perftui.files.removing import create_folder
        from perftui.store.cache_file import put_in_place

        if not self._is_sure or len(out) + len(err) > _MOST // 2:
            return
        data = marshal.dumps((self._whole, int(code), out, err), _SIMPLE)
        path = Path(self._path)
        with suppress(OSError, FileError):
            create_folder(path.parent, 0o700, lasting=False)
            put_in_place(path, digest(data), crc32(data).to_bytes(_CHECK, "big") + data)
            _make_room(os.fspath(path.parent))


def _read(path: str) -> tuple[bytes, int, bytes, bytes] | None:
    """The question, exit code and texts of a kept answer; ``None`` where it is missing or damaged."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with open(fd, "rb") as file:
        status = os.fstat(fd)
        data = memoryview(file.read() if modes.S_ISREG(status.st_mode) and status.st_size <= 2 * _MOST else b"")
    if int.from_bytes(data[:_CHECK], "big") != crc32(data[_CHECK:]) or len(data) <= _CHECK:
        return None
    asked, code, out, err = marshal.loads(data[_CHECK:])  # our own bytes: the checksum is right
    return asked, code, out, err


def _look_into(folder: str, looked: _Looked) -> None:
    """Look at every file below a folder; hidden ones and locks mean nothing. Raises OSError, also for a link."""
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    regular, stat = modes.S_IFREG, os.stat
    try:
        looked.append((folder, 0, 0, 0, 0))
        for name in sorted(os.listdir(top)):
            if name[0] == "." or name[-5:] == "-lock":
                continue
            found = stat(name, dir_fd=top, follow_symlinks=False)
            if found.st_mode & _TYPE == regular:
                looked.append((name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
            elif modes.S_ISDIR(found.st_mode):
                _look_into(os.path.join(folder, name), looked)
            else:
                raise OSError(name)  # where a link leads may change unseen
    finally:
        os.close(top)


def _git(data: str) -> _Looked:
    """Git's index, in a merge the versions of a file, and its branches. Raises OSError in a linked work tree."""
    folder = data
    while not os.path.lexists(os.path.join(folder, ".git")):
        if folder == (folder := os.path.dirname(folder)):
            return []
    looked: _Looked = []
    with os.scandir(os.path.join(folder, ".git")) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.is_file():
                found = entry.stat()
                looked.append((entry.name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
    with suppress(FileNotFoundError):
        _look_into(os.path.join(folder, ".git", "refs"), looked)
    return looked


def _make_room(folder: str) -> None:
    with os.scandir(folder) as entries:
        found = sorted(((one.stat().st_mtime_ns, one.stat().st_size, one.path) for one in entries), reverse=True)
    taken = 0
    for _time, size, path in found:
        taken += size
        if taken > _MOST:
            os.unlink(path)


class _Heard(io.RawIOBase):
    """Writes to a file descriptor, and keeps what it wrote."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self.parts: list[bytes] = []
        self.is_broken = False
        """Something could not be written."""

    def writable(self) -> bool:
        """It is for writing alone."""
        return True

    def fileno(self) -> int:
        """The descriptor, which stays open."""
        return self._fd

    def isatty(self) -> bool:
        """Is it a terminal?"""
        return os.isatty(self._fd)

    def write(self, data: "Any", /) -> int:
        """Write what can be written now."""
        try:
            count = os.write(self._fd, data)
        except OSError:
            self.is_broken = True
            raise
        self.parts.append(bytes(data[:count]))
        return count


@contextmanager
def _heard(name: str) -> Iterator[_Heard]:
    """Hear what is written to a standard stream meanwhile."""
    stream: TextIO = getattr(sys, name)
    heard = _Heard(stream.fileno())
    stream.flush()
    text = io.TextIOWrapper(io.BufferedWriter(heard), stream.encoding, "replace", line_buffering=stream.isatty())
    setattr(sys, name, text)
    try:
        yield heard
    finally:
        with suppress(OSError):
            text.flush()
        setattr(sys, name, stream)
