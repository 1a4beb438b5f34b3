"""What was copied into a record and nobody has looked at: one table, a line a mark, in the file itself.

A mark names a field of the head or of a table, a whole table (the plan), or a row, and says where it was copied from.
A row is looked at as a whole, so that a field of it is marked where its row is.
"""

from collections.abc import Iterable
from dataclasses import replace

from perftui.model.record import UNREVIEWED, FieldPath, Plain, Record, format_path

_NO_MARKS: dict[str, Plain] = {}


def mark_of(path: FieldPath, whole: Iterable[str] = ()) -> FieldPath:
    """Where the mark of a field stands; of a field of a row the row's, of one of the ``whole`` tables the table's."""
    marked = path[:1] if path[0] in whole else path[:2]
    return (UNREVIEWED, format_path(marked))


def mark_at(record: Record, path: FieldPath) -> FieldPath | None:
    """The mark that covers a field, a row or a table; ``None`` where nobody has to look at it."""
    marks = record.tables.get(UNREVIEWED, _NO_MARKS)
    if not marks or not path:
        return None
    for length in range(min(len(path), 2), 0, -1):
        name = format_path(path[:length])
        if name in marks:
            return (UNREVIEWED, name)
    return None


def copied_from(record: Record, path: FieldPath) -> str:
    """The name of what a field was copied from, while nobody has looked at it; else \"\"."""
    mark = mark_at(record, path)
    return "" if mark is None else record.text(mark)


def marked_paths(record: Record) -> tuple[FieldPath, ...]:
    """The fields, rows and tables that nobody has looked at."""
    return tuple(record.path_named(name) for name in record.tables.get(UNREVIEWED, _NO_MARKS))


def with_marks(record: Record, paths: Iterable[FieldPath], source: str, whole: Iterable[str] = ()) -> Record:
    """The record with some of its fields marked as copied from ``source``."""
    for mark in dict.fromkeys(mark_of(path, whole) for path in paths):
        record = record.with_value(mark, source)
    return record


def without_marks(record: Record) -> Record:
    """The record as if everything in it had been looked at."""
    return replace(record, tables={name: values for name, values in record.tables.items() if name != UNREVIEWED})


def without_lost_marks(record: Record) -> Record:
    """The record without the marks of rows that are gone."""
    for path in marked_paths(record):
        if len(path) == 2 and path[0] not in record.tables and record.row(path[0], path[1]) is None:
            record = record.with_value((UNREVIEWED, format_path(path)), None)
    return record
