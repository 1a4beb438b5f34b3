"""TOML bytes to records, by the standard library's parser; a file that cannot be read is refused with a sentence."""

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from perftui.forms import Field, Kind, RecordSpec, Role
from perftui.locale import _
from perftui.locale.toml_errors import MARKERS, TomlTextError, toml_reason, toml_text
from perftui.model.document import SCHEMA
from perftui.model.record import CONFLICTS, ORDER, REMARKS, Comment, FieldPath, Plain, Record, Row, file_path, in_order
from perftui.store.problem import BadFile
from perftui.store.toml.canonical import canonical
from perftui.store.toml.quick import quickly_read, without_comments
from perftui.store.toml.scan import comments_of, line_of, record_path

MOST_BYTES = 1024 * 1024
MOST_LINE_BYTES = 64 * 1024
MOST_DEPTH = 8
MOST_ROWS = 2000

_FORM_LINE = re.compile(rb'^\s*form\s*=\s*["\']([^"\'\n]+)["\']', re.M)
_MOST_DOTS = 100
# Comments and strings; one without an end goes to the end, so that each character is looked at once.
_QUOTED = re.compile(
    r'''#[^\n]*|"""(?:[^\\]|\\.)*?(?:"""|\Z)|\'{3}.*?(?:\'{3}|\Z)|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?''', re.DOTALL
)
_BETWEEN_KEYS = re.compile(r"[=,{}\[\]]")


def decode(data: bytes, spec: RecordSpec) -> Record:
    """The record that the bytes of a file hold. Raises BadFile with line and reason."""
    return decode_text(text_of(data), spec)[0]


def decode_text(text: str, spec: RecordSpec) -> tuple[Record, bool]:
    """The record that a text holds, and whether the text is the canonical one. Raises BadFile."""
    bare, comments = without_comments(text)
    plain = quickly_read(bare)
    if plain is not None:
        with suppress(BadFile):  # what is wrong is said by those who read the text properly
            record = _record(_NO_TEXT, plain, spec, comments)
            if canonical(record, spec) == text:
                return record, True
    return read_text(text, spec), False


def read_text(text: str, spec: RecordSpec) -> Record:
    """The record that a text holds, whoever wrote it. Raises BadFile."""
    return _record(text, parsed(text), spec, comments_of(text))


_ROWS = (CONFLICTS, REMARKS)
"""Groups that every file may have, whatever its form."""


def record_of(plain: dict[str, Any], spec: RecordSpec) -> Record:
    """The record that values hold which were no text of ours. Raises BadFile."""
    return _record(_NO_TEXT, plain, spec, {})


_NO_TEXT = ""
"""Stands for the text of a guess, in which no lines are looked for."""


def _record(text: str, plain: dict[str, Any], spec: RecordSpec, comments: Mapping[FieldPath, Comment]) -> Record:
    _check_schema(plain, spec)
    return _Decoder(text, spec).record(plain, comments)


def text_of(data: bytes) -> str:
    """The bytes as text: UTF-8, a byte order mark dropped, within the limits. Raises BadFile."""
    if len(data) > MOST_BYTES:
        raise BadFile(_("文件有 {size} 字节，超过 1 MiB，不像是绩效文本").format(size=len(data)))
    try:
        return toml_text(data)
    except TomlTextError as error:
        raise BadFile(error.sentence, error.line) from None


def is_crlf(data: bytes) -> bool:
    """Do most of the file's lines end as on Windows?"""
    return data.count(b"\r\n") * 2 > data.count(b"\n")


def form_named(data: bytes) -> str:
    """The form that a department's file names, also where the file is broken elsewhere; "" where it names none."""
    match = _FORM_LINE.search(data)
    return match[1].decode("utf-8", "replace") if match else ""


def has_markers(data: bytes) -> bool:
    """Does the file have conflict markers of git?"""
    return MARKERS.search(data) is not None


def parsed(text: str) -> dict[str, Any]:
    """What a text of TOML says; one that would cost the parser too much is not given to it. Raises BadFile."""
    _check_lines(text)
    try:
        plain = tomllib.loads(text)
        depth = _depth(plain)
    except (RecursionError, ValueError) as error:
        what, line = toml_reason(error, text)
        raise BadFile(_("不是有效的 TOML：{what}").format(what=what), line) from None
    if depth > MOST_DEPTH:
        raise BadFile(_("嵌套太深：有 {depth} 层").format(depth=depth))
    return plain


def _check_lines(text: str) -> None:
    """A cheap look before the parser, which some texts cost seconds and gigabytes."""
    many_dots = False
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MOST_LINE_BYTES // 4 and len(line.encode()) > MOST_LINE_BYTES:
            raise BadFile(_("这一行超过 64 KiB"), number)
        many_dots = many_dots or line.count(".") > _MOST_DOTS
    if many_dots:
        _check_keys(text)


def _check_keys(text: str) -> None:
    """Refuse a key of very many parts: each is a table in a table for the parser."""
    bare = _QUOTED.sub(lambda match: "\n" * match[0].count("\n") or "_", text)
    for number, line in enumerate(bare.split("\n"), 1):
        if any(part.count(".") > _MOST_DOTS for part in _BETWEEN_KEYS.split(line)):
            raise BadFile(_("键的层次太深"), number)


def _depth(value: Plain) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(item) for item in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((_depth(item) for item in value), default=0)
    return 0


def _check_schema(plain: dict[str, Any], spec: RecordSpec) -> None:
    path = spec.path_of(Role.SCHEMA)
    schema = plain.get(path[0], SCHEMA) if path else SCHEMA
    if isinstance(schema, int) and schema > SCHEMA:
        raise BadFile(_("文件格式是第 {schema} 版，比本程序新，请升级 perftui").format(schema=schema))


class _Decoder:
    """Sorts what tomllib read into a record, and names what has the wrong type."""

    def __init__(self, text: str, spec: RecordSpec) -> None:
        self._text = text
        self._spec = spec

    def record(self, plain: dict[str, Any], comments: Mapping[FieldPath, Comment]) -> Record:
        head: dict[str, Plain] = {}
        tables: dict[str, dict[str, Plain]] = {}
        groups: dict[str, tuple[Row, ...]] = {}
        moments = {moment.key for moment in self._spec.moments}
        for key, value in plain.items():
            if isinstance(value, dict) and "." in key:  # no table's name has a dot: this is a value
                head[key] = value
            elif key in moments or self._is_nested(key, value):
                self._nested(key, value, tables, groups)
            elif self._is_group(key, value):
                groups[key] = self._rows(key, value)
            elif isinstance(value, dict) and self._spec.field((key,)) is None:
                tables[key] = self._values((key,), value)
            elif key in self._spec.tables:
                raise self._wrong((key,), _("这里要是一个表"))
            else:
                head.update(self._values((), {key: value}))
        if comments and any("." in name for name in (*tables, *groups)):
            names = frozenset((*tables, *groups))
            comments = {record_path(path, names): note for path, note in comments.items()}
        return Record(head=head, tables=tables, groups=groups, comments=comments)

    def _nested(
        self, name: str, value: Plain, tables: dict[str, dict[str, Plain]], groups: dict[str, tuple[Row, ...]]
    ) -> None:
        """Take tables in tables: each that holds rows is a group with a dotted name, so that they merge by field."""
        if not isinstance(value, dict):
            raise self._wrong((name,), _("这里要是一个表"))
        below = {key: item for key, item in value.items() if isinstance(item, dict) and "." not in key}
        own = {key: item for key, item in value.items() if key not in below}
        if name in self._spec.moment_rows or (below and not own and not any(map(_holds_tables, below.values()))):
            groups[name] = self._rows(name, value)
            return
        if own or not below:
            tables[name] = self._values((name,), own)
        for key, item in below.items():
            self._nested(f"{name}.{key}", item, tables, groups)

    def _is_nested(self, key: str, value: Plain) -> bool:
        """Is it a table of tables of tables that the form does not know?"""
        if key in _ROWS or self._spec.group(key) or key in self._spec.tables or self._spec.field((key,)):
            return False
        return isinstance(value, dict) and any(map(_holds_tables, value.values()))

    def _is_group(self, key: str, value: Plain) -> bool:
        if key in _ROWS or self._spec.group(key):
            return True
        if key in self._spec.tables or not isinstance(value, dict):
            return False
        return bool(value) and all(isinstance(item, dict) for item in value.values())

    def _rows(self, key: str, value: Plain) -> tuple[Row, ...]:
        if not isinstance(value, dict):
            raise self._wrong((key,), _("这里要是以行号为名的表，如 [{key}.7k2fmw]").format(key=key))
        if len(value) > MOST_ROWS:
            raise BadFile(_("超过 {most} 行").format(most=MOST_ROWS))
        rows = []
        for row_id, values in value.items():
            if not isinstance(values, dict):
                raise self._wrong((key, row_id), _("这里要是以行号为名的表，如 [{key}.7k2fmw]").format(key=key))
            rows.append(Row(id=row_id, values=self._values((key, row_id), values)))
        return in_order(rows)

    def _values(self, prefix: FieldPath, values: dict[str, Any]) -> dict[str, Plain]:
        fields = self._spec.columns.get((len(prefix) + 1, prefix[0] if prefix else ""), {})
        kept: dict[str, Plain] = {}
        for key, value in values.items():
            field = fields.get(key)
            if key == ORDER and len(prefix) == 2:
                self._check_integer((*prefix, key), value)
            elif field is not None:
                self._check((*prefix, key), field, value)
            if value != "" or field is None:
                kept[key] = value
        return kept

    def _check(self, path: FieldPath, field: Field, value: Plain) -> None:
        if field.kind is Kind.INTEGER:
            self._check_integer(path, value)
        elif not isinstance(value, str):
            raise self._wrong(path, _("“{label}”要写成双引号里的文字").format(label=field.label))

    def _check_integer(self, path: FieldPath, value: Plain) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 10**12:
            raise self._wrong(path, _("“{key}”要是整数").format(key=path[-1]))

    def _wrong(self, path: FieldPath, reason: str) -> BadFile:
        return BadFile(reason, line_of(self._text, file_path(path)))


def _holds_tables(value: Plain) -> bool:
    return isinstance(value, dict) and any(isinstance(item, dict) for item in value.values())
