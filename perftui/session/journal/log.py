"""The journal of one process and one document: what was done, before it is written to the files.

A log in the user's state folder, one a process, that is gone through by the next start: it holds the steps with their
old values, what was undone, the half-typed cell, the cursor's place, and which files were saved up to which step.
"""

import os
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Any

from perftui.files.appendlog import AppendLog, LogRead, read_log
from perftui.files.errors import FileError
from perftui.files.locks import lock_path, writing_lock
from perftui.files.temporary import boot_id
from perftui.store.document_state_dir import own_folder
from perftui.store.json_values import JsonObject, from_json, to_json

KEPT_DAYS = 30
"""Days after which a journal that nobody needs any more is swept."""

COMPACT_AT = 2 * 1024 * 1024
"""Bytes at which a journal whose edits are all saved is written anew."""

Entry = JsonObject
"""One line of a journal."""

_ENDING = ".log"
_numbers = count(1)


def journal_folder(folder: Path) -> Path:
    """Where the journals of a document's folder are; made if it is not there. Raises a FileError."""
    return own_folder(folder, "journals")


class JournalLog:
    """The open journal of this process. Entries wait in memory until ``write`` puts them on the disk, all at once."""

    def __init__(self, folder: Path) -> None:
        """Open a new journal in a journal folder. Raises a FileError."""
        self.path = folder / f"{os.getpid()}-{boot_id()}-{time.time_ns()}-{next(_numbers)}{_ENDING}"
        self._guard = threading.Lock()  # innermost in the order of locks (session/sync)
        self._waiting: list[Entry] = []
        self._latest: dict[str, Any] = {}
        self._held = ExitStack()
        self._held.enter_context(writing_lock(self.path))  # as long as it is held, this process lives
        try:
            self._log = AppendLog.open(self.path)
        except BaseException:
            self._held.close()
            raise

    def add(self, entry: Entry) -> None:
        """Note an entry, to be written next time."""
        with self._guard:
            self._waiting.append(entry)

    def latest(self, name: str, value: object) -> None:
        """Note a value of which only the latest counts: the half-typed cell, the cursor's place."""
        with self._guard:
            self._latest[name] = value

    def write(self) -> None:
        """Put everything that waits on the disk. Raises a FileError; it then still waits."""
        with self._guard:
            latest = [{name: value} for name, value in self._latest.items()]
            entries = [*self._waiting, *latest]
            self._latest.clear()
            self._waiting = list(entries)  # a list of its own: others add to it while these are written
        if entries:
            self._log.append(to_json(entries))
            with self._guard:
                del self._waiting[: len(entries)]

    def is_large(self) -> bool:
        """Should it be written anew, now that everything that was added is on the disk?"""
        with self._guard:
            return not self._waiting and self._log.size() > COMPACT_AT

    def rewrite(self, entries: list[Entry]) -> None:
        """Replace everything that was written by these entries. Raises a FileError."""
        self._log.rewrite([to_json(entries)])

    def close(self) -> None:
        """Close the journal; its file stays for the next start."""
        try:
            self._log.close()
        finally:
            self._held.close()


class EndedJournal:
    """The journal of a process that has ended, held so that no other start goes through it as well."""

    def __init__(self, path: Path, entries: tuple[Entry, ...], release: Callable[[], None]) -> None:
        self.path = path
        self.entries = entries
        """Every undamaged entry, oldest first."""
        self._release = release

    def note(self, entries: list[Entry]) -> None:
        """Add entries to it. Raises a FileError."""
        with AppendLog.open(self.path) as log:
            log.append(to_json(entries))

    def is_old(self) -> bool:
        """Has nothing been added to it for so long that nobody needs it any more?"""
        try:
            return self.path.stat().st_mtime < time.time() - KEPT_DAYS * 24 * 3600
        except OSError:
            return False

    def retire(self) -> None:
        """Remove it, once everything in it is in the new journal."""
        with suppress(OSError):
            self.path.unlink()
        with suppress(OSError):
            lock_path(self.path).unlink()
        self._release()

    def release(self) -> None:
        """Let go of its lock; another start may go through it."""
        self._release()


def old_journals(folder: Path) -> list[EndedJournal]:
    """The journals of a folder whose processes have ended, oldest first."""
    found: list[EndedJournal] = []
    for path in sorted(folder.glob(f"*{_ENDING}"), key=_made):
        held = ExitStack()
        locked = held.enter_context(writing_lock(path, 0.0)).held
        if not locked and not _has_ended(path):
            held.close()
            continue
        try:
            read = read_log(path)
        except FileError:
            held.close()
            continue
        found.append(EndedJournal(path, _entries(read), held.close))
    return found


def _entries(read: LogRead) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for block in read.entries:
        with suppress(ValueError, TypeError):  # of another program's version
            found += [entry for entry in from_json(block) if isinstance(entry, dict)]
    return tuple(found)


def _made(path: Path) -> tuple[int, str]:
    parts = path.stem.split("-")
    return (int(parts[2]) if len(parts) > 2 and parts[2].isdecimal() else 0, path.name)


def _has_ended(path: Path) -> bool:
    """Where the disk has no locks: has the process that made the journal ended, as far as this machine knows?"""
    pid, _dash, rest = path.stem.partition("-")
    if not rest.startswith(boot_id()) or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
