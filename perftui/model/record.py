"""One file of the data folder as values: the immutable record that everything works on.

A project and a department are both records; a form definition says what their keys mean.
A blank field is an absent key. Amounts and percentages are the file's own strings.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Any

from perftui.model.frozen import frozen
from perftui.model.lazy_regex import lazily

Plain = Any
"""What TOML can hold. The form's fields are ``str`` (``int`` for places and years); unknown keys keep what was read."""

FieldPath = tuple[str, ...]
"""A field's own TOML path: ``("name",)``, ``("budget", "fiscal")``, ``("goals", "7k2fmw", "text")``."""

ORDER = "order"
"""The key of a row's, or a project's, place in reading order."""

CONFLICTS = "conflicts"
"""The table of the conflicts that a merge left for a person to settle."""

UNREVIEWED = "unreviewed"
"""The table of what was copied and nobody has looked at yet (``model/unreviewed.py``)."""

REMARKS = "remarks"
"""The table of what others said of a field in the margin of a document (``model/remarks.py``)."""

RESERVED = (CONFLICTS, UNREVIEWED, REMARKS)
"""The tables that are no form's to name: nobody typed them."""

END: FieldPath = ()
"""Where comments behind the last line of a file are kept."""

UNPLACED = 10**9
"""The place of a row that says none: after all others."""


_FEW = 32
"""In so many rows one is looked for from the first on."""

_INDEXED: "deque[tuple[tuple[Row, ...], Mapping[str, Row]]]" = deque(maxlen=4)
"""The long groups of rows that were asked last, by id: a table of a thousand rows is asked for each of its cells."""

_PART = lazily(r'(?s)"((?:[^"\\]|\\.)*)"|([^."]+)')


def format_path(path: FieldPath) -> str:
    """The path as a person writes it: ``budget.fiscal``; a part with a dot in it stands in quotes."""
    name = ".".join(path)
    return name if name.count(".") == len(path) - 1 and '"' not in name else ".".join(map(_quoted, path))


def parse_path(text: str) -> FieldPath:
    """The path that ``format_path`` wrote; unquoted and of more than three parts the first are one dotted table."""
    if '"' not in text:
        parts = text.split(".")
        return (".".join(parts[:-2]), *parts[-2:]) if len(parts) > 3 else tuple(parts)
    return tuple(re.sub(r"\\(.)", r"\1", match[1]) if match[2] is None else match[2] for match in _PART.finditer(text))


def _quoted(part: str) -> str:
    plain = part and "." not in part and '"' not in part
    return part if plain else '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'


def file_path(path: FieldPath) -> FieldPath:
    """The path below a table as TOML has it: a dotted table is a table in a table."""
    return (*path[0].split("."), *path[1:])


@frozen
class Comment:
    """The comment that belongs to a key or a table's header."""

    before: tuple[str, ...] = ()
    """The whole lines above it, blank ones between them included."""
    behind: str = ""
    """The comment on the same line, with its ``#``."""


@frozen
class Row:
    """One row of a group: a goal, an indicator, a duty, a conflict."""

    id: str
    values: Mapping[str, Plain]

    @property
    def order(self) -> int:
        """The row's place; rows that say none come last."""
        place = self.values.get(ORDER)
        return place if isinstance(place, int) else UNPLACED

    def text(self, key: str) -> str:
        """The field's text; "" where it is blank."""
        return plain_text(self.values.get(key))

    def with_value(self, key: str, value: Plain | None) -> "Row":
        """The row with one field changed; ``None`` makes it blank."""
        return replace(self, values=_with(self.values, key, value))

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into it."""
        return all(key == ORDER for key in self.values)


_NO_VALUES: Mapping[str, Plain] = {}


@frozen
class Record:
    """One TOML file: its head, its tables, its groups of rows, and the comments of whoever wrote by hand."""

    head: Mapping[str, Plain] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, Plain]] = field(default_factory=dict)
    groups: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    comments: Mapping[FieldPath, Comment] = field(default_factory=dict)

    def value(self, path: FieldPath) -> Plain | None:
        """The value at a path; ``None`` where it is blank."""
        if len(path) == 2:  # no match statement: a list of thousands asks here most
            return self.tables.get(path[0], _NO_VALUES).get(path[1])
        if len(path) == 1:
            return self.head.get(path[0])
        if len(path) != 3:
            raise KeyError(format_path(path))
        row = self.row(path[0], path[1])
        return None if row is None else row.values.get(path[2])

    def text(self, path: FieldPath) -> str:
        """The text at a path; "" where it is blank."""
        return plain_text(self.value(path))

    def may_hold(self, _part: str) -> bool:
        """May one of its texts have a part? Asked before thousands of records are read for it."""
        return True

    def let_go(self) -> None:
        """Let go of what can be had again. Called by who goes through thousands of records that few people look at."""

    def rows(self, group: str) -> tuple[Row, ...]:
        """The rows of a group in reading order."""
        return self.groups.get(group, ())

    def row(self, group: str, row_id: str) -> Row | None:
        """One row by its id."""
        rows = self.rows(group)
        if len(rows) > _FEW:
            return _by_id(rows).get(row_id)
        return next((row for row in rows if row.id == row_id), None)

    def row_number(self, group: str, row_id: str) -> int:
        """Which row of its group it is in reading order, counted from 1; one that is not there comes after the last."""
        rows = self.rows(group)
        return next((number for number, row in enumerate(rows, 1) if row.id == row_id), len(rows) + 1)

    def with_value(self, path: FieldPath, value: Plain | None) -> "Record":
        """The record with one field changed; ``None`` makes it blank. Raises KeyError for a row that is not there."""
        match path:
            case (key,):
                return replace(self, head=_with(self.head, key, value))
            case (table, key):
                changed = _with(self.tables.get(table, {}), key, value)
                if table == UNREVIEWED and not changed:
                    return replace(self, tables={name: rest for name, rest in self.tables.items() if name != table})
                return replace(self, tables={**self.tables, table: changed})
            case (group, row_id, key):
                row = self.row(group, row_id)
                if row is None:
                    raise KeyError(format_path(path))
                return self.with_row(group, row.with_value(key, value))
        raise KeyError(format_path(path))

    def with_row(self, group: str, row: Row) -> "Record":
        """The record with a row added, or replaced where its id is there already."""
        rows, order = self.rows(group), row.order
        same = [number for number, other in enumerate(rows) if other.id == row.id]
        if len(same) == 1 and rows[same[0]].order == order:  # it stays where it is
            return replace(self, groups={**self.groups, group: (*rows[: same[0]], row, *rows[same[0] + 1 :])})
        others = [other for other in rows if other.id != row.id]
        return replace(self, groups={**self.groups, group: in_order([*others, row])})

    def without_row(self, group: str, row_id: str) -> "Record":
        """The record without a row and the comments that belong to it; without its group where that was the last."""
        kept = tuple(row for row in self.rows(group) if row.id != row_id)
        comments = {path: note for path, note in self.comments.items() if path[:2] != (group, row_id)}
        groups = {key: rows for key, rows in self.groups.items() if key != group}
        return replace(self, groups={**groups, group: kept} if kept else groups, comments=comments)

    def row_comments(self, group: str, row_id: str) -> dict[FieldPath, Comment]:
        """The comments that belong to a row."""
        return {path: note for path, note in self.comments.items() if path[:2] == (group, row_id)}

    def with_comments(self, comments: Mapping[FieldPath, Comment]) -> "Record":
        """The record with comments added."""
        return replace(self, comments={**self.comments, **comments}) if comments else self

    def path_named(self, text: str) -> FieldPath:
        """The path that ``format_path`` wrote of a place in this record, of whatever table."""
        parts = text.split(".")
        for size in range(len(parts) - 1, 1, -1):
            name = ".".join(parts[:size])
            if name in self.tables or name in self.groups:
                return (name, *parts[size:])
        return parse_path(text)

    def paths(self) -> Iterator[FieldPath]:
        """The path of every value, in the order they are held."""
        yield from ((key,) for key in self.head)
        for table, values in self.tables.items():
            yield from ((table, key) for key in values)
        for group, rows in self.groups.items():
            for row in rows:
                yield from ((group, row.id, key) for key in row.values)


def _by_id(rows: tuple[Row, ...]) -> Mapping[str, Row]:
    """Rows by their ids, the first of those with the same."""
    for known, found in tuple(_INDEXED):  # another thread may ask at the same time
        if known is rows:
            return found
    found = {row.id: row for row in reversed(rows)}
    _INDEXED.appendleft((rows, found))
    return found


def in_order(rows: list[Row]) -> tuple[Row, ...]:
    """Rows in reading order: by place, ties by id."""
    return tuple(sorted(rows, key=lambda row: (row.order, row.id)))


def plain_text(value: Plain | None) -> str:
    """A value as text; "" for a blank one."""
    return "" if value is None else str(value)


def _with(values: Mapping[str, Plain], key: str, value: Plain | None) -> dict[str, Plain]:
    if value is None:
        return {name: old for name, old in values.items() if name != key}
    return {**values, key: value}
