"""Texts put into single cells, wherever these are: pasted where there is no table, or filled down and right."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from perftui.editing.paste import PasteBuilder, PastePlan, joined, row_name
from perftui.editing.record_builder import RecordBuilder, index_for_class
from perftui.editing.rows import NEW_ROW
from perftui.forms import Form, Role
from perftui.model.document import Document, Location
from perftui.model.frozen import frozen


@frozen
class CellText:
    """A text for a place."""

    place: Location
    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    """What the place's row begins with, where it is not stored yet."""


def plan_cells(document: Document, form: Form, texts: Sequence[CellText], unit: str) -> PastePlan:
    """Plan texts for cells; those of one row that is not stored yet make one row."""
    builders: dict[str, PasteBuilder] = {}
    new: dict[tuple[str, str, str], list[CellText]] = {}
    for one in texts:
        file = one.place.file
        if file not in builders:
            draft = RecordBuilder(file, document.record(file))
            builders[file] = PasteBuilder(form=form, spec=form.spec_of(file), draft=draft, unit=unit)
        if len(one.place.path) == 3 and one.place.path[1].startswith(NEW_ROW):
            new.setdefault((file, one.place.path[0], one.place.path[1]), []).append(one)
        else:
            builders[file].put(one.place.path, one.text, _row_of(builders[file], one.place))
    for (file, group, _row_id), some in new.items():
        _add(builders[file], group, some)
    return joined([builder.plan() for builder in builders.values()])


def _add(builder: PasteBuilder, key: str, texts: Sequence[CellText]) -> None:
    group = builder.spec.group(key)
    typed = {one.place.path[2]: one.text for one in texts if one.text}
    if group is None or not typed:
        return
    values = {name: value for name, value in texts[0].values.items() if name not in typed}
    rows = builder.draft.record.rows(key)
    level = group.key_of(Role.LEVEL2)
    class_name = typed.get(level, "") or values.get(level, "")
    index = index_for_class(builder.spec, group, rows, class_name) if class_name else len(rows)
    builder.add(key, typed, values, index, row_name(group.label, index + 1, class_name))


def _row_of(builder: PasteBuilder, place: Location) -> str:
    """The row that a place is in, in words; a project's name outside of rows."""
    record = builder.draft.record
    if len(place.path) != 3:
        return builder.spec.text_of(record, Role.NAME)
    group = builder.spec.group(place.path[0])
    return "" if group is None else row_name(group.label, record.row_number(group.key, place.path[1]))
