"""An append-only log of JSON values that gives up only what is damaged.

A record is a line feed and then ``crc32 length json`` on one line; the check covers length and text. The line feed
comes first, so that a record never continues the torn tail that a crash left before it.
"""

import errno
import json
import os
import re
import stat as modes
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from perftui.files.directory_entries import confirm
from perftui.files.errors import Missing, NotRegular, refusals
from perftui.files.filesystem import DISK, FileSystem
from perftui.files.locks import PATIENCE, hold
from perftui.files.reading import current_digest, read_file
from perftui.files.temporary import write_all
from perftui.files.writing import write_file
from perftui.model.frozen import frozen

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest log that is read."""
_ATTEMPTS = 100
"""So often the file that has the log's name may turn out to be another one."""
COMPACT = 16 * 1024 * 1024
"""Bytes that a rewritten log has at most; the oldest entries go first."""

_HEAD = re.compile(rb"([0-9a-f]{8}) ([1-9][0-9]{0,8}) ")


@frozen
class LogRead:
    """What a log says."""

    entries: tuple[Any, ...]
    """Every undamaged value, oldest first. An append that was reported as failed may be among them."""
    damaged: int
    """Stretches of the file that are no record: a torn tail, flipped bits, lost pieces."""


def read_log(path: Path, *, fs: FileSystem = DISK) -> LogRead:
    """Read a log as far as it is whole; one that is not there is empty. Raises as ``read_file`` does."""
    try:
        return decode_log(read_file(path, LARGEST, fs).data)
    except Missing:
        return LogRead(entries=(), damaged=0)


def encode_record(value: object) -> bytes:
    """The bytes that are appended for a value. ``ValueError`` or ``TypeError`` when JSON cannot hold it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    body = text.encode("utf-8", "surrogatepass")
    checked = b"%d %b" % (len(body), body)
    return b"\n%08x %b" % (zlib.crc32(checked), checked)


def decode_log(data: bytes) -> LogRead:
    """The values of a log's bytes."""
    entries: list[Any] = []
    damaged = 0
    position = 0
    while position < len(data):
        found = _record_near(data, position)
        if found is not None:
            position, value = found
            entries.append(value)
            continue
        end = _next_record(data, position)
        damaged += bool(data[position:end].strip(b"\n"))
        position = end
    return LogRead(entries=tuple(entries), damaged=damaged)


def _record_near(data: bytes, position: int) -> tuple[int, Any] | None:
    """The record here, or behind one byte: the line feed, or what damage made of it."""
    return _record_at(data, position + 1) or _record_at(data, position)


def _next_record(data: bytes, position: int) -> int:
    """The line feed before the next whole record, or the end."""
    while (position := data.find(b"\n", position + 1)) >= 0:
        if _record_at(data, position + 1) is not None:
            return position
    return len(data)


def _record_at(data: bytes, position: int) -> tuple[int, Any] | None:
    """The end and the value of the record that begins here."""
    head = _HEAD.match(data, position)
    if head is None:
        return None
    end = head.end() + int(head[2])
    if end > len(data) or zlib.crc32(data[head.start(2) : end]) != int(head[1], 16):
        return None
    try:
        return end, json.loads(data[head.end() : end].decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None


class AppendLog:
    """A log open for appending. Several processes may have one open: records never mix, and a rewrite loses none."""

    def __init__(self, path: Path, mode: int, fs: FileSystem) -> None:
        self._path = path
        self._mode = mode
        self._fs = fs
        self._fd = -1
        self._doubtful = False

    @classmethod
    def open(cls, path: Path, mode: int = 0o600, *, fs: FileSystem = DISK) -> Self:
        """Open the log, made with permission bits ``mode`` if it is not there; ``Unwritable`` when it cannot be."""
        log = cls(Path(os.path.realpath(path)), mode, fs)
        try:
            log._reopen()
        except BaseException:
            log.close()
            raise
        return log

    def append(self, value: object) -> None:
        """Add one value; it is on the disk when this returns. Raises ``Unwritable`` when that is not certain."""
        record = encode_record(value)
        if self._doubtful:
            self.compact(lambda now: now, LARGEST)
        with refusals(self._path), self._alone():
            write_all(self._fd, record, self._fs)
            try:
                self._fs.fdatasync(self._fd)
            except OSError:
                self._doubtful = True  # a second sync of this file would lie: the next append makes a fresh one
                raise

    def read(self) -> LogRead:
        """All that is in the log now."""
        return read_log(self._path, fs=self._fs)

    def size(self) -> int:
        """Bytes of the log now."""
        with refusals(self._path):
            return self._fs.fstat(self._fd).st_size

    def rewrite(self, entries: Iterable[object], limit: int = COMPACT) -> None:
        """Replace the whole log, at once, by the newest of these entries that fit into ``limit`` bytes.

        What another process appended since the entries were read is lost: ``compact`` loses nothing.
        """
        self.compact(lambda _now: entries, limit)

    def compact(self, keep: Callable[[tuple[Any, ...]], Iterable[object]], limit: int = COMPACT) -> None:
        """Replace the whole log, at once, by what ``keep`` chooses of its entries while nobody else may append."""
        with refusals(self._path), self._alone():
            self._rewrite(keep(self.read().entries), limit)

    def close(self) -> None:
        """Close the log; nothing is left to be written."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            with refusals(self._path):
                self._fs.close(fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _rewrite(self, entries: Iterable[object], limit: int) -> None:
        records: list[bytes] = []
        room = limit
        for record in map(encode_record, reversed(list(entries))):
            room -= len(record)
            if room < 0:
                break
            records.append(record)
        base = current_digest(self._path, LARGEST, self._fs)
        write_file(self._path, b"".join(reversed(records)), base, limit=LARGEST, fs=self._fs)
        self._reopen()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of the file that has the log's name now: a rewrite gives the name to another file."""
        current = False
        for _attempt in range(_ATTEMPTS):
            fd = self._fd
            try:
                with hold(fd, PATIENCE, self._fs):
                    current = self._is_current()
                    if current:
                        yield
                    else:
                        self._reopen()
            finally:
                if fd != self._fd:  # only now: the lock has to be let go by this very descriptor
                    self._fs.close(fd)
            if current:
                return
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    def _is_current(self) -> bool:
        mine = self._fs.fstat(self._fd)
        try:
            named = self._fs.stat(self._path)
        except FileNotFoundError:
            return False
        return (mine.st_dev, mine.st_ino) == (named.st_dev, named.st_ino)

    def _reopen(self) -> None:
        """Open the file that has the log's name, making it if there is none. The caller closes the one before."""
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        with refusals(self._path):
            fd = self._fs.open(self._path, flags, self._mode)
            if not modes.S_ISREG(self._fs.fstat(fd).st_mode):
                self._fs.close(fd)
                raise NotRegular(self._path)
        self._fd, self._doubtful = fd, False
        confirm(self._path, None, self._fs)
