"""The canonical text of a record: one field a line, one order, so that one change is one line of diff.

Only the standard library is used, and no TOML library: the merge driver starts with this.
"""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache

from perftui.forms import Field, RecordSpec
from perftui.model.conflicts import KEYS as CONFLICT_KEYS
from perftui.model.lazy_regex import lazily
from perftui.model.record import (
    CONFLICTS,
    END,
    ORDER,
    REMARKS,
    UNREVIEWED,
    Comment,
    FieldPath,
    Plain,
    Record,
    Row,
    file_path,
)
from perftui.model.remarks import KEYS as REMARK_KEYS

_BARE_KEY = lazily(r"[A-Za-z0-9_-]+\Z")
_NAMED_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r", "\n": "\\n"}
_MISLEADING = (
    "\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff0-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e0fff"
)
_ESCAPED = lazily(f'[\\\\"{_MISLEADING}]')
_ESCAPED_IN_LINES = lazily(f'\\\\|"(?="")|"\\Z|[{_MISLEADING}]')
_BLANKS_AT_END = lazily(r"\s\Z")
_MARKER = lazily(r"(<{7}|={7}|>{7}|\|{7})")


def canonical(record: Record, spec: RecordSpec) -> str:
    """The text of a record: known keys in the form's order, then the unknown ones as they came, comments kept."""
    writer = _Writer(record.comments)
    known_head = [field.key for field in spec.head]
    for key in _ordered(record.head, known_head, record.comments, ()):
        writer.blank_line()
        writer.key((key,), record.head.get(key))
    for table, fields in spec.tables.items():
        _write_table(writer, table, record.tables.get(table, {}), fields)
    for group in spec.groups:
        _write_rows(writer, group.key, record.rows(group.key), [field.key for field in group.columns])
    _write_moments(writer, record, spec)
    if record.tables.get(UNREVIEWED):
        _write_table(writer, UNREVIEWED, dict(sorted(record.tables[UNREVIEWED].items())), ())
    _write_rows(writer, REMARKS, record.rows(REMARKS), REMARK_KEYS)
    _write_rows(writer, CONFLICTS, record.rows(CONFLICTS), CONFLICT_KEYS)
    for table, values in record.tables.items():
        if table not in spec.tables and table not in spec.moment_tables and table != UNREVIEWED:
            _write_table(writer, table, values, ())
    known_groups = {REMARKS, CONFLICTS, *(group.key for group in spec.groups), *spec.moment_rows}
    for name, rows in record.groups.items():
        if name not in known_groups:
            _write_rows(writer, name, rows, ())
    writer.end()
    return writer.text()


def encode_value(value: Plain) -> str:
    """A value as TOML text on one line, or a text with line breaks on several."""
    if isinstance(value, str):
        return _lines(value) if "\n" in value else f'"{_ESCAPED.sub(_escape, value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{encode_key(key)} = {_inline(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inline(item) for item in value)}]"
    return str(value)


@lru_cache(maxsize=4096)  # a form has few keys, and every file writes them all
def encode_key(key: str) -> str:
    """A key as TOML text, quoted where it must be."""
    return key if _BARE_KEY.match(key) else f'"{_ESCAPED.sub(_escape, key)}"'


def header_name(path: FieldPath) -> str:
    """A table's or row's path as it stands between brackets."""
    return ".".join(encode_key(part) for part in file_path(path))


def key_lines(key: str, value: Plain, note: Comment | None = None) -> list[str]:
    """The lines of a key with its value and its comments."""
    before = list(note.before) if note else []
    lines = f"{encode_key(key)} = {encode_value(value)}".split("\n")
    lines[-1] += note.behind if note else ""
    return before + lines


def row_keys(row: Row, known: Sequence[str]) -> list[str]:
    """A row's keys as they are written: its place, the form's columns, then unknown keys as they came."""
    return _ordered(row.values, [ORDER, *known], {}, ())


class _Writer:
    """Collects the lines of a file, with a blank line between sections and between the fields of the head."""

    def __init__(self, comments: Mapping[FieldPath, Comment]) -> None:
        self._lines: list[str] = []
        self._comments = comments
        self._left = {path: note for path, note in comments.items() if path != END}
        self._loose: list[str] = []

    def blank_line(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def header(self, path: FieldPath) -> None:
        note = self._left.pop(path, None)
        name = header_name(path)
        self._end_section()
        self.blank_line()
        self._lines += [*(note.before if note else ()), f"[{name}]{note.behind if note else ''}"]

    def key(self, path: FieldPath, value: Plain | None) -> None:
        """A key's lines; a blank field leaves the comments that people wrote at it."""
        note = self._left.pop(path, None) if self._left else None
        if value is not None and note is None and not self._loose:
            self._lines.append(f"{encode_key(path[-1])} = {encode_value(value)}")
        elif value is not None:
            self._lines += [*self._loose, *key_lines(path[-1], value, note)]
            self._loose = []
        elif note:
            self._loose += _own_lines(note)

    def plain_rows(self, group: str, rows: Sequence[Row], known: Sequence[str]) -> None:
        """The rows of a group without comments: most are so, and files consist of rows."""
        name, lines = header_name((group,)), self._lines
        self._end_section()
        for row in sorted(rows, key=lambda row: row.id):
            values = row.values
            self.blank_line()
            lines.append(f"[{name}.{encode_key(row.id)}]")
            for key in [*(key for key in known if key in values), *(key for key in values if key not in known)]:
                if (value := values[key]) is not None:
                    lines.append(f"{encode_key(key)} = {encode_value(value)}")

    def end(self) -> None:
        """The comments at the end, and before them those whose key or table is gone."""
        self._end_section()
        rest = [line for note in self._left.values() for line in _own_lines(note)]
        if END in self._comments:
            rest += self._comments[END].before
        if rest:
            self.blank_line()
            self._lines += rest

    def _end_section(self) -> None:
        """Comments behind a section's last key stand apart, as they do once they are read again."""
        if self._loose:
            self.blank_line()
            self._lines += self._loose
            self._loose = []

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


def _own_lines(note: Comment) -> list[str]:
    """A comment as lines of its own, where what it stood at is gone."""
    return [*note.before, *([note.behind.strip()] if note.behind else [])]


def _write_table(writer: _Writer, table: str, values: Mapping[str, Plain], fields: Sequence[Field]) -> None:
    writer.header((table,))
    apart = {field.key for field in fields if not field.kind.is_number}
    started = False
    for key in _ordered(values, [field.key for field in fields], writer._comments, (table,)):
        if key in apart and started:
            writer.blank_line()
        writer.key((table, key), values.get(key))
        started = started or key in values


def _write_moments(writer: _Writer, record: Record, spec: RecordSpec) -> None:
    """What was said of the plan later; a table in which nothing stands is not written."""
    for moment in spec.moments:
        for name in moment.names:
            if record.tables.get(name):
                _write_table(writer, name, record.tables[name], moment.fields)
            for rows in moment.rows:
                group = f"{name}.{rows.key}"
                _write_rows(writer, group, record.rows(group), [field.key for field in rows.columns])


def _write_rows(writer: _Writer, group: str, rows: Sequence[Row], known: Sequence[str]) -> None:
    ordered = [ORDER, *known]
    if all(path[:1] != (group,) for path in writer._comments):
        writer.plain_rows(group, rows, ordered)
        return
    for row in sorted(rows, key=lambda row: row.id):
        writer.header((group, row.id))
        for key in _ordered(row.values, ordered, writer._comments, (group, row.id)):
            writer.key((group, row.id, key), row.values.get(key))


def _ordered(
    values: Mapping[str, Plain], known: Sequence[str], comments: Mapping[FieldPath, Comment], prefix: FieldPath
) -> list[str]:
    """Keys in writing order: the known ones that have a value or a comment, then the others as they came."""
    first = [key for key in known if key in values or (*prefix, key) in comments]
    return first + [key for key in values if key not in known]


def _inline(value: Plain) -> str:
    return f'"{_ESCAPED.sub(_escape, value)}"' if isinstance(value, str) else encode_value(value)


def _lines(text: str) -> str:
    return '"""\n' + "\n".join(_line(line) for line in text.split("\n")) + '"""'


def _line(line: str) -> str:
    escaped = _ESCAPED_IN_LINES.sub(_escape, line)
    if _MARKER.match(escaped):
        escaped = _code(escaped[0]) + escaped[1:]
    return _BLANKS_AT_END.sub(lambda match: _code(match[0]), escaped)


def _escape(match: re.Match[str]) -> str:
    return _NAMED_ESCAPES.get(match[0]) or _code(match[0])


def _code(character: str) -> str:
    return f"\\u{ord(character):04X}" if ord(character) < 0x10000 else f"\\U{ord(character):08X}"
