"""What was read of a pasted block, put into a project: its fields, its goals, its indicators."""

from collections.abc import Iterator

from perftui.editing.paste import PasteBuilder, PastePlan, joined
from perftui.editing.paste_rows import plan_texts
from perftui.editing.record_builder import RecordBuilder
from perftui.forms import Field, Form, Group, GroupRole, RecordSpec, Role
from perftui.model.record import FieldPath, Record

_STORED = "元"
"""The unit of amounts in a record."""
_NEVER = (Role.SCHEMA, Role.ORDER, Role.ORIGIN)


def plan_record(form: Form, file: str, record: Record, read: Record) -> PastePlan:
    """Plan everything that a record which was read says, into the one that is there; blanks leave what is there."""
    spec = form.project
    builder = PasteBuilder(form=form, spec=spec, draft=RecordBuilder(file, record), unit=_STORED)
    for path, one in _fields(spec):
        if one.role not in _NEVER and read.text(path) and (not one.hidden or one.role is Role.NOTE):
            builder.put(path, read.text(path))
    for group in spec.groups:
        if group.role is not GroupRole.INDICATORS:
            _in_turn(builder, group, read)
    plans = [builder.plan()]
    indicators = spec.group_of(GroupRole.INDICATORS)
    if indicators is not None and read.rows(indicators.key):
        rows = read.rows(indicators.key)
        texts = [{column.key: row.text(column.key) for column in indicators.columns} for row in rows]
        plans.append(plan_texts(form, file, builder.draft.record, indicators, texts))
    return joined(plans)


def _fields(spec: RecordSpec) -> Iterator[tuple[FieldPath, Field]]:
    yield from (((one.key,), one) for one in spec.head)
    for table, fields in spec.tables.items():
        yield from (((table, one.key), one) for one in fields)


def _in_turn(builder: PasteBuilder, group: Group, read: Record) -> None:
    """Each row goes to the one in its place; beyond the last to new ones."""
    rows = builder.draft.record.rows(group.key)
    for number, row in enumerate(read.rows(group.key)):
        texts = {column.key: text for column in group.columns if (text := row.text(column.key))}
        label = f"{group.label}{number + 1}"
        if number < len(rows):
            for key, text in texts.items():
                builder.put((group.key, rows[number].id, key), text, label)
        else:
            builder.add(group.key, texts, {}, number, label)
