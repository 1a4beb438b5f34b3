"""The columns of a printed list: what stands in their cells, and what a cell's text says of a row's fields.

Writer and reader share it, so that what was printed in parts, joined, or with a note behind it is read as it was.
"""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from perftui.forms import Field, Form, PrintColumn, PrintTable, RecordSpec, Role
from perftui.forms.computed_fields import value_of
from perftui.forms.printed_value import is_plain, printed
from perftui.model.record import FieldPath, Record, Row, parse_path
from perftui.model.values import parse_value

_PARTS = ("sign", "number", "unit")
_QUANTITY = re.compile(r"([^0-9]*)([0-9][0-9,]*(?:\.[0-9]+)?)(.*)", re.S)


@dataclass(frozen=True)
class ListedColumn:
    """A column of a printed list of rows, with its field."""

    spec: RecordSpec
    column: PrintColumn
    path: FieldPath
    """Of the field: a group's column has the group and an empty row's id."""
    field: Field
    pattern: "Pattern | None" = None
    """The columns that are printed in it together."""
    notes: Mapping[str, str] | None = None
    """What is printed behind a category's name."""

    @property
    def is_stored(self) -> bool:
        """Does the text stand on paper as it is stored?"""
        return is_plain(self.field) and not self.column.part and self.pattern is None and not self.notes

    @property
    def of_rows(self) -> bool:
        """Is it a column of the rows, not a field of the whole record?"""
        return len(self.path) == 3

    def text(self, record: Record, row: Row | None, unit: str) -> str:
        """What is printed of a row, amounts in ``unit``."""
        if self.pattern is not None and row is not None:
            return self.pattern.text({key: self._own(one, record, row, unit) for key, one in self.pattern.fields})
        text = self._own(self.field, record, row, unit)
        if self.column.part:
            return value_parts(text)[_PARTS.index(self.column.part)]
        return text + (self.notes or {}).get(text, "")

    def _own(self, field: Field, record: Record, row: Row | None, unit: str) -> str:
        path = self.path if row is None or not self.of_rows else (self.path[0], row.id, field.key)
        return printed(field, value_of(self.spec, record, path), unit)

    def said(self, text: str) -> Iterator[tuple[Field, str]]:
        """The fields that a printed text speaks of, and what it says of them; a part says its part."""
        if self.pattern is not None:
            yield from self.pattern.said(text)
            return
        for name, note in (self.notes or {}).items():
            text = name if text == name + note else text
        yield self.field, stored(self.field, text)


def in_order(column: ListedColumn) -> int:
    """What columns are sorted by before their texts are put together."""
    return _PARTS.index(column.column.part) if column.column.part else 0


def stored(field: Field, text: str) -> str:
    """The choice that is printed as a text."""
    return next((choice for choice, shown in field.printed if shown == text), text)


def value_parts(text: str) -> tuple[str, str, str]:
    """Sign, number and unit of a value as it is written; words, dates and ranges are all number."""
    value = parse_value(text)
    match = _QUANTITY.fullmatch(text) if value.is_quantitative and value.upper is None else None
    return (match[1], match[2], match[3]) if match else ("", text, "")


@dataclass(frozen=True)
class Pattern:
    """How some columns are printed in one cell: ``{sign}{value}({measure})``. Blanks take their brackets along."""

    pieces: tuple[tuple[str, Field, str], ...]
    """What stands before a column's text, the column, and what stands behind it."""

    @property
    def fields(self) -> tuple[tuple[str, Field], ...]:
        """The columns by key."""
        return tuple((field.key, field) for _before, field, _behind in self.pieces)

    def text(self, texts: Mapping[str, str]) -> str:
        """The cell of a row whose texts these are."""
        filled = [piece for piece in self.pieces if texts[piece[1].key]]
        return "".join(f"{before}{texts[field.key]}{behind}" for before, field, behind in filled)

    def said(self, text: str) -> Iterator[tuple[Field, str]]:
        """The columns that a cell speaks of."""
        match = self._expression.fullmatch(text)
        for number, (_before, field, _behind) in enumerate(self.pieces, 1):
            found = (match[number] if match else "") or ""
            if not match and field.role is Role.VALUE:
                found = text
            if found:
                yield field, stored(field, found)

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        found = ""
        for before, field, behind in self.pieces:
            words = [dict(field.printed).get(choice, choice) for choice in field.choices]
            inner = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or ".*?"
            found += f"(?:{re.escape(before)}({inner}){re.escape(behind)})?"
        return re.compile(found, re.S)


def pattern_of(text: str, fields: Mapping[str, Field]) -> Pattern:
    """The pattern that a definition writes, of columns by key."""
    pieces: list[tuple[str, Field, str]] = []
    for before, name, _spec, _sign in string.Formatter().parse(text):
        if name is not None:
            pieces.append((before, fields[name], ""))
        elif pieces:
            pieces[-1] = (*pieces[-1][:2], before)
    return Pattern(tuple(pieces))


def listed_columns(form: Form, spec: RecordSpec, table: PrintTable) -> tuple[ListedColumn, ...]:
    """The columns of a list, in the order in which they are printed."""
    labels, joined = dict(table.labels), dict(table.joined)
    group = spec.group(table.group)
    fields = {} if group is None else {one.key: one for one in group.columns}
    taxonomy = spec.taxonomy
    notes = {one.name: one.note for one in taxonomy.categories if one.note}
    found = []
    for name in table.columns:
        column = PrintColumn(name=name, label=labels.get(name, ""))
        path = parse_path(column.key if table.projects else f"{table.group}.{column.key}")
        if group is not None and path[0] == group.key:
            path = (group.key, "", path[1])
        field = spec.field(path)
        assert field is not None, "the definition was checked"
        column = PrintColumn(name=name, label=column.label or (spec.label(path) if table.projects else field.label))
        found.append(ListedColumn(
            spec=spec, column=column, path=path, field=field,
            pattern=pattern_of(joined[name], fields) if name in joined else None,
            notes=notes if field.role is Role.LEVEL1 and notes else None,
        ))  # fmt: skip
    return tuple(found)
