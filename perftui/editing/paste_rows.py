"""A block pasted into a project's rows: its indicators or goals."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field

from perftui.editing.paste import Block, PasteBuilder, PastePlan, filled, row_name, without_blank_rows
from perftui.editing.record_builder import RecordBuilder, index_for_class
from perftui.editing.rows import is_untouched
from perftui.forms import Form, Group, RecordSpec, Role
from perftui.model.frozen import frozen
from perftui.model.record import Record, Row

_ENDING = "指标"


@frozen
class RowTarget:
    """A row as the sheet shows it."""

    row_id: str
    values: Mapping[str, str] = field(default_factory=dict)
    """What it begins with, where it is not stored yet."""


def plan_rows(
    form: Form, file: str, record: Record, group: Group, targets: Sequence[RowTarget], at: tuple[int, int],
    block: Block, unit: str, *, blanks: bool = False,
) -> PastePlan:  # fmt: skip
    """Plan a block whose cells go where they fall, from a row (an index of ``targets``) and a column of the group on.

    ``blanks``: a blank cell blanks what is there; else it leaves that.
    """
    builder = PasteBuilder(form=form, spec=form.project, draft=RecordBuilder(file, record), unit=unit)
    keys = [column.key for column in group.columns][at[1] :]
    for number, row in enumerate(block if blanks else without_blank_rows(block), at[0]):
        target = targets[number] if number < len(targets) else RowTarget(row_id="")
        texts = {key: text if blanks else text.strip() for key, text in zip(keys, row, strict=False)}
        texts = {key: text for key, text in texts.items() if blanks or text}
        if builder.draft.record.row(group.key, target.row_id) is not None:
            _into(builder, group, target.row_id, texts)
        else:
            _new(builder, group, {key: text for key, text in texts.items() if text}, target.values)
        builder.outside += filled(row[len(keys) :])
    return builder.plan()


def plan_texts(form: Form, file: str, record: Record, group: Group, rows: Sequence[Mapping[str, str]]) -> PastePlan:
    """Plan rows whose texts are known to be their columns': each to the row of its class and name, or a new one."""
    builder = PasteBuilder(form=form, spec=form.project, draft=RecordBuilder(file, record), unit="元")
    used: set[str] = set()
    for row in rows:
        texts = {key: text for key, text in row.items() if text}
        found = _same_row(builder, group, texts, used)
        if found is not None:
            used.add(found.id)
            _into(builder, group, found.id, texts)
        else:
            used.add(_new(builder, group, texts, {}))
    return builder.plan()


def _same_row(builder: PasteBuilder, group: Group, texts: Mapping[str, str], used: Collection[str]) -> Row | None:
    """The row of a class and name, else one of the class in which nothing stands; without a class, of the name."""
    level, name = group.key_of(Role.LEVEL2), texts.get(group.key_of(Role.NAME), "")
    class_name = _class_of(builder.spec, texts.get(level, ""))
    free = [row for row in builder.draft.record.rows(group.key) if row.id not in used]
    same = [row for row in free if row.text(level) == class_name] if class_name else free
    if not name:
        return same[0] if same and class_name else None
    named = next((row for row in same if row.text(group.key_of(Role.NAME)) == name), None)
    return named or next((row for row in same if class_name and is_untouched(builder.spec, row)), None)


def _class_of(spec: RecordSpec, text: str) -> str:
    return text if spec.taxonomy.category_of(text) or not spec.taxonomy.category_of(text + _ENDING) else text + _ENDING


def _into(builder: PasteBuilder, group: Group, row_id: str, texts: Mapping[str, str]) -> None:
    row = _name_of(builder, group, row_id, texts)
    for key, text in texts.items():
        builder.put((group.key, row_id, key), text, row)
    _categorise(builder, group, row_id)


def _new(builder: PasteBuilder, group: Group, texts: Mapping[str, str], values: Mapping[str, str]) -> str:
    """A new row at its class's place; its id."""
    level = group.key_of(Role.LEVEL2)
    class_name = _class_of(builder.spec, texts.get(level, "") or values.get(level, "")) if level else ""
    rows = builder.draft.record.rows(group.key)
    index = index_for_class(builder.spec, group, rows, class_name) if class_name else len(rows)
    name = row_name(group.label, index + 1, texts.get(group.key_of(Role.NAME), ""))
    row_id = builder.add(group.key, texts, values, index, name)
    if row_id:
        _categorise(builder, group, row_id)
    return row_id


def _categorise(builder: PasteBuilder, group: Group, row_id: str) -> None:
    """A class that the form knows brings its category along."""
    level1, level2 = group.key_of(Role.LEVEL1), group.key_of(Role.LEVEL2)
    row = builder.draft.record.row(group.key, row_id)
    if row is None or not level1 or not level2:
        return
    category = builder.spec.taxonomy.category_of(row.text(level2))
    if category and row.text(level1) != category and (not row.text(level1) or builder.spec.taxonomy.closed):
        builder.put((group.key, row_id, level1), category, _name_of(builder, group, row_id, {}))


def _name_of(builder: PasteBuilder, group: Group, row_id: str, texts: Mapping[str, str]) -> str:
    record, key = builder.draft.record, group.key_of(Role.NAME)
    row = record.row(group.key, row_id)
    name = texts.get(key, "") or (row.text(key) if row and key else "")
    return row_name(group.label, record.row_number(group.key, row_id), name)
