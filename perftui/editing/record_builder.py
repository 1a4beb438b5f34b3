"""A record and the edits made on it so far: each edit is planned on what the earlier ones made."""

from collections.abc import Collection, Mapping, Sequence

from perftui.editing.edits import Edit, RecordEdit, SetValue, apply_to_record
from perftui.editing.rows import add_row
from perftui.forms import Group, RecordSpec, Role
from perftui.model.record import FieldPath, Plain, Record, Row


class RecordBuilder:
    """The record as it will be, and the edits that make it so."""

    def __init__(self, file: str, record: Record) -> None:
        self.file = file
        self.record = record
        self.edits: list[Edit] = []

    def put(self, path: FieldPath, value: Plain | None) -> None:
        """A field gets a value, where that changes something."""
        if self.record.value(path) != value:
            self._do(SetValue(file=self.file, path=path, value=value))

    def add(self, group: str, values: Mapping[str, Plain], index: int) -> str:
        """A row is added as the ``index``-th of a group; its id."""
        edits, row_id = add_row(self.record, self.file, group, values, min(index, len(self.record.rows(group))))
        for edit in edits:
            self._do(edit)
        return row_id

    def _do(self, edit: RecordEdit) -> None:
        self.edits.append(edit)
        self.record = apply_to_record(self.record, edit)


def index_for_class(spec: RecordSpec, group: Group, rows: tuple[Row, ...], class_name: str) -> int:
    """Where a new row of a class goes: behind the last of its class, or of the classes that the form has before it."""
    order = [name for _category, name in spec.taxonomy.skeleton]
    key = group.key_of(Role.LEVEL2)
    held = [str(row.values.get(key, "")) for row in rows]
    if class_name not in order:
        return _behind(held, {class_name}) or len(rows)
    return _behind(held, set(order[: order.index(class_name) + 1]))


def _behind(held: Sequence[str], names: Collection[str]) -> int:
    """The place behind the last row that holds one of some names; 0 where none does."""
    return max([number for number, name in enumerate(held, 1) if name in names], default=0)
