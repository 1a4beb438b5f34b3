"""Edits that add, move and delete rows and projects. Ids and ``order`` are chosen so that few lines change on disk."""

from collections.abc import Iterable, Mapping, Sequence

from perftui.editing.edits import DropFile, DropRow, Edit, PutRow, RecordEdit, SetValue
from perftui.forms import Form, Group, GroupRole, RecordSpec, Role
from perftui.model.document import SCHEMA, Document, project_place
from perftui.model.ids import new_id
from perftui.model.ordering import STEP, place_between, renumbered
from perftui.model.record import ORDER, Plain, Record, Row
from perftui.model.unreviewed import without_marks

NEW_ROW = "+"
"""The ids of rows that are shown but not stored begin with this sign, which no bare key of TOML has."""

END_ROW = f"{NEW_ROW}{NEW_ROW}"
"""The id of the line behind the last row of a file: what is typed there is one more row."""


def add_row(
    record: Record, file: str, group: str, values: Mapping[str, Plain], index: int
) -> tuple[list[RecordEdit], str]:
    """The edits that add a row as the ``index``-th of a group, and its id."""
    rows = record.rows(group)
    before = rows[index - 1] if index > 0 else None
    after = rows[index] if index < len(rows) else None
    row_id = new_id(before.id if before else None, after.id if after else None, {row.id for row in rows})
    edits: list[RecordEdit] = []
    place = place_between(before.order if before else None, after.order if after else None)
    if place is None:  # the gap is used up; otherwise no other row is touched, which keeps the diff at one row
        places = renumbered(len(rows) + 1)
        moved = [*places[:index], *places[index + 1 :]]
        edits = _placed(file, group, rows, moved)
        place = places[index]
    edits.append(PutRow(file=file, group=group, row=Row(id=row_id, values={ORDER: place, **values})))
    return edits, row_id


def move_row(record: Record, file: str, group: str, row_id: str, step: int) -> list[Edit]:
    """The edits that move a row up (-1) or down (+1); none at the end of the list."""
    rows = record.rows(group)
    index = next((number for number, row in enumerate(rows) if row.id == row_id), -1)
    target = index + step
    if index < 0 or not 0 <= target < len(rows):
        return []
    others = [row for row in rows if row.id != row_id]
    before = others[target - 1].order if target > 0 else None
    after = others[target].order if target < len(others) else None
    place = place_between(before, after)
    if place is not None:
        return [SetValue(file=file, path=(group, row_id, ORDER), value=place)]
    others.insert(target, rows[index])
    return [*_placed(file, group, others, renumbered(len(others)))]


def drop_rows(file: str, group: str, row_ids: Iterable[str]) -> list[Edit]:
    """The edits that take rows out."""
    return [DropRow(file=file, group=group, row_id=row_id) for row_id in row_ids]


def _placed(file: str, group: str, rows: Sequence[Row], places: Sequence[int]) -> list[RecordEdit]:
    return [
        SetValue(file=file, path=(group, row.id, ORDER), value=place)
        for row, place in zip(rows, places, strict=True)
        if row.order != place
    ]


# ---- projects


def blank_project(document: Document, form: Form) -> Record:
    """A project in which nothing was typed, placed after all others."""
    last = max((project_place(record) for record in document.projects.values() if _is_placed(record)), default=0)
    return Record(
        head={Role.SCHEMA.value: SCHEMA, ORDER: last + STEP},
        tables={table: {} for table in form.project.tables},
    )


def copy_project(document: Document, form: Form, file: str) -> Record:
    """A copy of a project placed right after it: all but the code, which is never used twice."""
    source = document.record(file)
    copy = without_marks(source)
    for role in (Role.CODE, Role.ORIGIN):
        copy = form.project.with_role(copy, role, None)
    files = list(document.projects)
    index = files.index(file)
    after = project_place(document.projects[files[index + 1]]) if index + 1 < len(files) else None
    place = place_between(project_place(source), after)
    return copy.with_value((ORDER,), place if place is not None else project_place(source))


def move_project(document: Document, file: str, step: int) -> list[Edit]:
    """The edits that move a project up (-1) or down (+1) in the list; none at its end."""
    files = list(document.projects)
    index = files.index(file)
    target = index + step
    if not 0 <= target < len(files):
        return []
    others = [name for name in files if name != file]
    before = project_place(document.projects[others[target - 1]]) if target > 0 else None
    after = project_place(document.projects[others[target]]) if target < len(others) else None
    place = place_between(before, after)
    if place is not None:
        return [SetValue(file=file, path=(ORDER,), value=place)]
    others.insert(target, file)
    places = renumbered(len(others))
    return [
        SetValue(file=name, path=(ORDER,), value=new)
        for name, new in zip(others, places, strict=True)
        if project_place(document.projects[name]) != new
    ]


def drop_project(file: str) -> Edit:
    """The edit that takes a project out."""
    return DropFile(file=file)


def _is_placed(record: Record) -> bool:
    return isinstance(record.value((ORDER,)), int)


# ---- skeleton


def is_untouched(spec: RecordSpec, row: Row) -> bool:
    """Nothing but a place and the two levels stands in an indicator row: it is not printed and is no finding."""
    groups = (group for group in spec.groups if group.role is GroupRole.INDICATORS)
    levels = {group.key_of(role) for group in groups for role in (Role.LEVEL1, Role.LEVEL2)}
    return all(key == ORDER or key in levels for key in row.values)


def page_rows(spec: RecordSpec, group: Group, rows: Sequence[Row]) -> list[Row | tuple[str, str]]:
    """The stored rows as the page has them; of indicators, category and class of each row of the skeleton not there."""
    entries: list[Row | tuple[str, str]] = list(rows)
    level2 = group.key_of(Role.LEVEL2)
    if group.role is not GroupRole.INDICATORS or not level2:
        return entries
    order = {name: number for number, (_category, name) in enumerate(spec.taxonomy.skeleton)}
    held = [str(row.values.get(level2, "")) for row in rows]  # no call for each of a thousand rows
    behind = {order.get(name, len(order)): number for number, name in enumerate(held, 1)}
    present, missing, slot = set(held), [], 0
    for category, name in spec.taxonomy.skeleton:
        if name not in present:
            slot = max([slot, *[number for place, number in behind.items() if place < order[name]]])
            missing.append((slot, (category, name)))
    for slot, entry in reversed(missing):
        entries.insert(slot, entry)
    return entries
