"""What was copied in from elsewhere and nobody has looked at yet; the journal keeps it for the next start."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from perftui.model.document import Document, Location
from perftui.model.record import FieldPath, Record
from perftui.store.json_values import JsonObject

MOST = 10_000
"""So many places are marked at most: with more, the project that was marked first is let go."""

_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMark:
    """What one place held when it was copied."""

    digest: str
    source: str
    """The name of what it was copied from."""


Marks = Mapping[str, Mapping[FieldPath, CopyMark]]
"""By file. A file whose fields were all looked at stays, empty, so that it is not marked a second time."""


class Unreviewed:
    """Places that hold what was copied there.

    A mark goes when the cursor leaves the place, or when the text is another. Read by the saver's thread as well, so
    that what is marked is replaced, never changed.
    """

    def __init__(self, note: Callable[[JsonObject], None] = lambda _entry: None, marks: Marks | None = None) -> None:
        """``note`` is given an entry for the journal when something changes; ``marks``: what it said earlier."""
        self._note = note
        self._marks: Marks = marks or {}
        self._checked: dict[str, Record] = {}
        self._current: dict[Location, str] | None = None
        self._here: Location | None = None

    def mark(self, file: str, record: Record, paths: Iterable[FieldPath], source: str) -> None:
        """Mark the filled ones of some fields as copied and not looked at."""
        texts = {path: CopyMark(digest=_digest(text), source=source) for path in paths if (text := record.text(path))}
        self._put(with_marks(self._marks, file, texts))
        self._checked[file] = record
        self._note(_copied(file, texts))

    def knows(self, file: str) -> bool:
        """Was anything in this project ever marked, even if all of it has been looked at since?"""
        return file in self._marks

    def look_at(self, place: Location | None) -> bool:
        """Note that the cursor has come to a place, which unmarks the one it left; was that one marked?"""
        left, self._here = self._here, place
        if left is None or left == place or left.path not in self._marks.get(left.file, {}):
            return False
        self._see(left.file, [left.path])
        return True

    def current(self, document: Document) -> Mapping[Location, str]:
        """The places that hold what was copied there, each with the name of its source."""
        for file, marks in self._marks.items():
            record = document.record(file) if document.has(file) else Record()
            if record is not self._checked.get(file):
                self._see(file, [path for path, mark in marks.items() if _digest(record.text(path)) != mark.digest])
                self._checked[file] = record
        if self._current is None:
            self._current = {
                Location(file=file, path=path): mark.source
                for file, marks in self._marks.items()
                for path, mark in marks.items()
            }
        return self._current

    def entries(self) -> list[JsonObject]:
        """Everything, as entries for a new journal."""
        return [_copied(file, marks) for file, marks in self._marks.items()]

    def _see(self, file: str, paths: list[FieldPath]) -> None:
        if paths:
            self._put(without_marks(self._marks, file, paths))
            self._note({"seen": file, "paths": [list(path) for path in paths]})

    def _put(self, marks: Marks) -> None:
        self._marks = marks
        self._current = None


def with_marks(marks: Marks, file: str, more: Mapping[FieldPath, CopyMark]) -> Marks:
    """The marks with more of them in one file; beyond the limit those go that were made first."""
    found = {name: held for name, held in marks.items() if name != file} | {file: {**marks.get(file, {}), **more}}
    count = sum(map(len, found.values()))
    while count > MOST:
        count -= len(found.pop(next(iter(found))))
    return found


def without_marks(marks: Marks, file: str, paths: Iterable[FieldPath]) -> Marks:
    """The marks without some of one file."""
    gone = set(paths)
    return {**marks, file: {path: mark for path, mark in marks.get(file, {}).items() if path not in gone}}


def marks_after(marks: Marks, entry: JsonObject) -> Marks:
    """The marks after an entry of a journal; an entry about something else changes nothing.

    Raises KeyError, TypeError or ValueError for a malformed entry.
    """
    if "copied" in entry:
        more = {
            _path(path): CopyMark(digest=str(digest), source=str(source)) for path, digest, source in entry["marks"]
        }
        return with_marks(marks, str(entry["copied"]), more)
    return without_marks(marks, str(entry["seen"]), map(_path, entry["paths"])) if "seen" in entry else marks


def _copied(file: str, marks: Mapping[FieldPath, CopyMark]) -> JsonObject:
    return {"copied": file, "marks": [[list(path), mark.digest, mark.source] for path, mark in marks.items()]}


def _path(parts: Iterable[Any]) -> FieldPath:
    return tuple(str(part) for part in parts)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
