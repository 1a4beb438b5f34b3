"""Hypothesis strategies: records of both forms, hand-written texts of them, and edits of their fields and rows."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from hypothesis import strategies as st

from perftui.forms import Field, Kind, RecordSpec, load_form
from perftui.model.ids import ALPHABET
from perftui.model.record import ORDER, Comment, FieldPath, Plain, Record, Row, in_order
from perftui.store.toml.canonical import encode_key, encode_value
from tests.factories import FORMS

Draw = Callable[[st.SearchStrategy[Any]], Any]

SPECS: Sequence[RecordSpec] = [spec for form in FORMS for spec in (load_form(form).project, load_form(form).department)]

_PIECES = [
    "保障", "街道", "18名", "①", "“引号”", "：", " ", "a", "\"", "'", "\\", "#", "=", "[x]", "\"\"\"", "\t", "\n",
    "\x1b[31m",
    "\u200b", "\u202e", "\u2028", "\x85", "\x00", "\x7f", "\ufeff", "<<<<<<< ours\n", "=======\n", ">>>>>>> x",
    "||||||| b",
    "👨‍👩‍👧", "\U0010ffff", "\\u0041", "{", "}", ",", ".", "\r", "%",
]  # fmt: skip

texts = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map("".join)
short_texts = st.sampled_from(["甲", "乙乙", "a b", "x#y", 'q"q', "c:\\d", "12.50", "100"])
row_ids = st.text(ALPHABET, min_size=6, max_size=6) | st.sampled_from(["a", "b1", "row-2", "行", "x.y"])
unknown_keys = st.sampled_from(["mine", "Note2", "备注栏", "k.v", "a b"])
plain: st.SearchStrategy[Plain] = st.recursive(
    texts
    | st.integers(-(10**12), 10**12)
    | st.booleans()
    | st.floats()
    | st.just(date(2021, 3, 1))
    | st.just(datetime(2021, 3, 1, 8, 30))
    | st.just(time(8, 30)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(unknown_keys, inner, min_size=1, max_size=2),
    max_leaves=4,
)
scalars = plain.filter(lambda value: not isinstance(value, dict))
comment_texts = st.sampled_from(["# 说明", "#", "# [not.a.table]", '# key = "x"', "## 金额单位：元", "# '''"])


@st.composite
def values_of(draw: Draw, field: Field) -> Plain:
    """A value that a field may hold in a file."""
    if field.kind is Kind.INTEGER:
        return 1 if field.key == "schema" else draw(st.integers(0, 10**9))
    return draw(texts)


@st.composite
def comments(draw: Draw) -> Comment:
    """A comment before or behind something."""
    before = draw(st.lists(comment_texts, max_size=2))
    behind = draw(st.none() | comment_texts) if before else draw(comment_texts)
    return Comment(before=tuple(before), behind=f"  {behind}" if behind else "")


@st.composite
def records(draw: Draw, spec: RecordSpec, *, unknown: bool = True, commented: bool = True) -> Record:
    """A record of a kind of file."""
    head: dict[str, Plain] = _some(draw, spec.head)
    tables = {table: _some(draw, fields) for table, fields in spec.tables.items()}
    groups = {group.key: _rows(draw, group.columns, unknown=unknown) for group in spec.groups}
    if unknown:
        head |= draw(st.dictionaries(unknown_keys, scalars, max_size=1))
        if draw(st.booleans()):
            tables["ours_own"] = draw(st.dictionaries(unknown_keys, scalars, max_size=2))
        if draw(st.booleans()):
            groups["remarks"] = _rows(draw, spec.head[:1], unknown=True)
    record = Record(head=head, tables=tables, groups={key: rows for key, rows in groups.items() if rows})
    if commented:
        places = [path for path in record.paths() if path != ("schema",)]
        chosen = draw(st.lists(st.sampled_from(places), max_size=3)) if places else []
        record = record.with_comments({path: draw(comments()) for path in chosen})
    return record


@dataclass(frozen=True)
class Written:
    """A record and a text that a person might have written for it."""

    spec: RecordSpec = dataclasses.field(repr=False)
    text: str


@st.composite
def hand_written(draw: Draw) -> Written:
    """A text with its own order, spacing, quotes and comments."""
    spec = draw(st.sampled_from(SPECS))
    record = draw(records(spec, commented=False))
    lines: list[str] = []
    _write_comment(draw, lines)
    for key in draw(st.permutations(list(record.head))):
        _write_key(draw, lines, (key,), record.head[key])
    sections: list[tuple[FieldPath, Any]] = [((table,), values) for table, values in record.tables.items()]
    sections += [((group, row.id), row.values) for group, rows in record.groups.items() for row in rows]
    for path, values in draw(st.permutations(sections)):
        lines += draw(st.sampled_from([[], [""], [""], ["", ""]]))
        _write_comment(draw, lines)
        name = ".".join(encode_key(part) for part in path)
        lines.append(draw(st.sampled_from([f"[{name}]", f"[ {name} ]", f"[{name}] # {path[-1]}"])))
        for key in draw(st.permutations(list(values))):
            _write_key(draw, lines, (key,), values[key])
    if draw(st.booleans()):
        lines += ["", "# 完"]
    return Written(spec=spec, text="\n".join(lines) + "\n")


@st.composite
def edited(draw: Draw, record: Record, spec: RecordSpec) -> Record:
    """The record after one edit of a field or a row."""
    kind = draw(st.sampled_from(["set", "set", "set", "blank", "add", "drop", "move"]))
    groups = [group for group in spec.groups if record.rows(group.key)]
    if kind in ("drop", "move") and groups:
        group = draw(st.sampled_from(groups))
        row = draw(st.sampled_from(record.rows(group.key)))
        if kind == "drop":
            return record.without_row(group.key, row.id)
        return record.with_value((group.key, row.id, ORDER), draw(st.integers(1, 99_999)))
    if kind == "add" and spec.groups:
        group = draw(st.sampled_from(spec.groups))
        values = {ORDER: draw(st.integers(1, 99_999)), **_some(draw, group.columns)}
        row = Row(id=draw(row_ids), values=values)
        return record if record.row(group.key, row.id) else record.with_row(group.key, row)
    paths = [(path, one) for path, one in spec.fields(record) if one.kind is not Kind.INTEGER]
    if not paths:
        return record
    path, one = draw(st.sampled_from(paths))
    return record.with_value(path, None if kind == "blank" else draw(values_of(one)))


def _some(draw: Draw, fields: Sequence[Field]) -> dict[str, Plain]:
    return {one.key: draw(values_of(one)) for one in fields if draw(st.booleans())}


def _rows(draw: Draw, columns: Sequence[Field], *, unknown: bool) -> tuple[Row, ...]:
    rows = []
    for row_id in draw(st.lists(row_ids, max_size=3, unique=True)):
        values: dict[str, Plain] = _some(draw, [one for one in columns if one.kind is not Kind.INTEGER])
        if draw(st.booleans()) or not values:
            values = {ORDER: draw(st.integers(1, 9_999)), **values}
        if unknown and draw(st.booleans()):
            values["extra"] = draw(scalars)
        rows.append(Row(id=row_id, values=values))
    return in_order(rows)


def _write_comment(draw: Draw, lines: list[str]) -> None:
    lines += draw(st.lists(comment_texts, max_size=1))


def _write_key(draw: Draw, lines: list[str], path: FieldPath, value: Plain) -> None:
    if draw(st.integers(0, 3)) == 0:
        lines.append("")
    if draw(st.integers(0, 3)) == 0:
        _write_comment(draw, lines)
    equals = draw(st.sampled_from([" = ", "=", "   =  "]))
    behind = draw(st.sampled_from(["", "", " # 后", "\t#x", "  "]))
    key = draw(st.sampled_from([encode_key(path[-1]), f'"{path[-1]}"']))
    lines += f"{key}{equals}{_own_way(draw, value)}{behind}".split("\n")


def _own_way(draw: Draw, value: Plain) -> str:
    if isinstance(value, str) and value.isprintable() and "'" not in value and draw(st.booleans()):
        return f"'{value}'"
    return encode_value(value)
