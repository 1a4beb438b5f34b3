"""What the computed fields of a record come to. It is shown, printed and held against what was typed, never stored."""

from collections.abc import Sequence

from perftui.forms.definition import RecordSpec
from perftui.forms.fields import Field, Kind, Role
from perftui.model.money import format_amount, format_percent
from perftui.model.record import FieldPath, Record

_DEEPEST = 8
"""So often may a computed field speak of another one."""


def value_of(spec: RecordSpec, record: Record, path: FieldPath) -> str:
    """The text of a field: what stands there, else what it is computed to."""
    return _text(spec, record, path, 0)


def role_text(spec: RecordSpec, record: Record, role: Role) -> str:
    """The text of the field that plays a role, as it stands or is computed; "" where the form has none."""
    path = spec.path_of(role)
    return "" if path is None else value_of(spec, record, path)


def computed(spec: RecordSpec, record: Record, path: FieldPath) -> str:
    """What a field is computed to, as a file would hold it; "" where it is not, or where something is still blank."""
    return _computed(spec, record, path, 0)


def _text(spec: RecordSpec, record: Record, path: FieldPath, depth: int) -> str:
    return record.text(path) or _computed(spec, record, path, depth)


def _computed(spec: RecordSpec, record: Record, path: FieldPath, depth: int) -> str:
    field = spec.field(path)
    if field is None or field.formula is None or depth > _DEEPEST:
        return ""

    def read(name: str) -> Sequence[str]:
        return [_text(spec, record, one, depth + 1) for one in _paths(spec, record, path, name)]

    value = field.formula.value(read)
    if value is None or abs(value) >= 10**15:
        return ""
    return format_amount(value) if field.kind is Kind.AMOUNT else format_percent(value)


def _paths(spec: RecordSpec, record: Record, path: FieldPath, name: str) -> list[FieldPath]:
    """The fields that a name in a formula means, seen from the field that the formula is of."""
    table, _dot, key = name.rpartition(".")
    if not table:
        return [_beside(spec, record, path, key)]
    if spec.group(table) is None:
        return [(table, key)]
    return [(table, row.id, key) for row in record.rows(table)]


def _beside(spec: RecordSpec, record: Record, path: FieldPath, key: str) -> FieldPath:
    """A column of the same row, or of the plan's row that it is about; else a field of the head."""
    if len(path) == 3:
        for group in (path[0], *(rows.of for moment in spec.moments for rows in moment.rows)):
            here = (group, path[1], key)
            if spec.field(here) is not None and record.row(group, path[1]) is not None:
                return here
    return (key,)


def computed_fields(spec: RecordSpec, record: Record) -> list[tuple[FieldPath, Field]]:
    """The record's fields that are computed, rows included."""
    if not spec.computes:
        return []
    return [(path, field) for path, field in spec.fields(record) if field.formula is not None]
