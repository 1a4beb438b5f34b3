"""New projects from a pattern: a template of the library, or another project. Only what is blank is filled."""

from perftui.editing.edits import Edit
from perftui.editing.record_builder import RecordBuilder, index_for_class
from perftui.editing.rows import is_untouched
from perftui.forms import Form, Group, GroupRole, Kind, Role
from perftui.forms.project_templates import ProjectTemplate
from perftui.model.ordering import STEP
from perftui.model.record import ORDER, FieldPath, Plain, Record, Row

_OWN = (Role.CODE, Role.NAME, Role.TITLE, Role.ORIGIN, Role.ORDER, Role.SCHEMA)
"""What belongs to one project alone."""


def pattern_of(form: Form, template: ProjectTemplate) -> Record:
    """A template as a record of a form."""
    spec = form.project
    record = spec.with_role(Record(), Role.PURPOSE, template.purpose) if template.purpose else Record()
    goals, indicators = spec.group_of(GroupRole.GOALS), spec.group_of(GroupRole.INDICATORS)
    if goals and template.goals:
        texts = ("\n".join(template.goals),) if goals.single else template.goals
        record = _with_rows(record, goals, [{goals.columns[0].key: text} for text in texts])
    if indicators:
        record = _with_rows(record, indicators, _indicator_values(form, indicators, template))
    return record


def _with_rows(record: Record, group: Group, values: list[dict[str, Plain]]) -> Record:
    for number, one in enumerate(values, 1):
        record = record.with_row(group.key, Row(id=str(number), values={ORDER: number * STEP, **one}))
    return record


def _indicator_values(form: Form, group: Group, template: ProjectTemplate) -> list[dict[str, Plain]]:
    levels = group.key_of(Role.LEVEL1), group.key_of(Role.LEVEL2)
    found = []
    for category, class_name, row in template.rows_for(form):
        values: dict[str, Plain] = dict(zip(levels, (category, class_name), strict=True))
        values |= {key: text for role, text in row.values.items() if (key := group.key_of(role))}
        values.pop("", None)
        found.append(values)
    return found


def fill_edits(form: Form, file: str, record: Record, pattern: Record) -> tuple[list[Edit], tuple[FieldPath, ...]]:
    """The edits that fill a project's blank fields from a pattern, amounts aside, and the paths of those fields."""
    draft = RecordBuilder(file, record)
    filled: list[FieldPath] = []
    for path in _single_fields(form):
        if not record.text(path) and (value := pattern.value(path)) is not None:
            draft.put(path, value)
            filled.append(path)
    for group in form.project.groups:
        if group.role is GroupRole.INDICATORS:
            filled += _fill_indicators(form, group, draft, pattern)
        elif not record.rows(group.key):
            for number, row in enumerate(pattern.rows(group.key)):
                filled += _added(draft, group, row, number)
    return draft.edits, tuple(filled)


def _single_fields(form: Form) -> list[FieldPath]:
    """The fields outside of rows that projects of one kind share: no amounts, nor what is one project's own."""
    spec = form.project
    shared = [field for field in spec.head if not field.hidden and field.role not in _OWN]
    found: list[FieldPath] = [(field.key,) for field in shared if field.kind is not Kind.AMOUNT]
    for group in spec.amounts:
        found += [group.path(field) for field in group.others if not field.hidden]
    if spec.plan:
        found += [spec.plan.path(point) for point in spec.plan.points]
    return found


def _fill_indicators(form: Form, group: Group, draft: RecordBuilder, pattern: Record) -> list[FieldPath]:
    """The pattern's rows go to the classes in which nothing was typed yet."""
    level = group.key_of(Role.LEVEL2)
    rows = draft.record.rows(group.key)
    typed = {row.text(level) for row in rows if not is_untouched(form.project, row)}
    waiting = {row.text(level): row for row in reversed(rows) if is_untouched(form.project, row)}
    shared, filled = _shared(group), list[FieldPath]()
    for row in pattern.rows(group.key):
        class_name = row.text(level)
        if class_name in typed and class_name:
            continue
        blank = waiting.pop(class_name, None)
        if blank is None:
            index = index_for_class(form.project, group, draft.record.rows(group.key), class_name)
            filled += _added(draft, group, row, index)
        else:
            for key, value in row.values.items():
                if key in shared and key not in blank.values:
                    draft.put((group.key, blank.id, key), value)
                    filled.append((group.key, blank.id, key))
    return filled


def _added(draft: RecordBuilder, group: Group, row: Row, index: int) -> list[FieldPath]:
    shared = _shared(group)
    values = {key: value for key, value in row.values.items() if key in shared}
    if not values:
        return []
    row_id = draft.add(group.key, values, index)
    return [(group.key, row_id, key) for key in values]


def _shared(group: Group) -> set[str]:
    """The columns that projects of one kind share: no amounts."""
    return {column.key for column in group.columns if column.kind is not Kind.AMOUNT}
