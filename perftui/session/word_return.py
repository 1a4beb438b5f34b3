"""An export that comes back from Word: three versions of each record, merged as git's are.

The export says what it was printed from. What differs from that in the document was changed in Word, what differs here
was changed since: both come together, and what both changed is a conflict to choose.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from perftui.editing.edits import DropRow, PutRow, RecordEdit, SetValue
from perftui.exchange.importer.imported import ImportRefused, ImportResult
from perftui.exchange.return_marks import printed_record
from perftui.forms import Field, Form, Group, Kind, RecordSpec, Role
from perftui.locale import _
from perftui.model.conflicts import FIELD, OURS, THEIRS
from perftui.model.diff import Change, FieldChange, RowAdded, RowRemoved, diff
from perftui.model.document import DEPARTMENT, Document, Location, project_file
from perftui.model.frozen import frozen
from perftui.model.ids import new_id
from perftui.model.merge import merge
from perftui.model.money import parse_amount
from perftui.model.record import CONFLICTS, ORDER, Comment, FieldPath, Plain, Record, Row, in_order
from perftui.model.text import clean
from perftui.session.data_in import plain_record
from perftui.session.row_pairing import pairs_of, places_of

OWN = frozenset(
    {Role.SCHEMA, Role.FORM, Role.YEAR, Role.UNIT_CODE, Role.STATUS, Role.ORDER, Role.ORIGIN, Role.DIVISION}
    | {Role.APPROVED_TOTAL, Role.AMOUNT_UNIT}
)
"""Fields that an import never takes from another document: they describe this document itself."""


@frozen
class PrintedFrom:
    """What an export was printed from."""

    records: Mapping[str, Record]
    """By file, in the order in which they were printed."""
    marks: Mapping[Location, tuple[int, str]]
    """See ``ImportResult``."""

    def origin(self, foreign: str) -> str:
        """The file that most of a foreign record's rows were of; "" where none is marked."""
        numbers = Counter(of for place, (of, _row_id) in self.marks.items() if place.file == foreign)
        names = list(self.records)
        return next((names[number] for number, _count in numbers.most_common(1) if number < len(names)), "")

    def marks_of(self, theirs: str, file: str) -> dict[tuple[str, str], str]:
        """The ids that the rows of a foreign record had in a file, by their group and their own id."""
        number = list(self.records).index(file)
        return {
            (place.path[0], place.path[1]): row_id
            for place, (of, row_id) in self.marks.items()
            if place.file == theirs and of == number
        }


def printed_from(imported: ImportResult, document: Document, form: Form) -> PrintedFrom | None:
    """What a foreign document says that it was printed from; ``None`` where it is no export of this one."""
    records: dict[str, Record] = {}
    for name, text in imported.printed_from.items():
        file = project_file(name) if name else DEPARTMENT
        try:
            records[file] = plain_record(json.loads(text), form.spec_of(file), name)
        except (ValueError, RecursionError, ImportRefused):
            return None
    same = imported.document.form == document.form and _unit_of(form, records, imported) in ("", document.unit)
    if not records or not same or imported.document.year not in (0, document.year):
        return None
    return PrintedFrom(records=records, marks=imported.marks)


def _unit_of(form: Form, records: Mapping[str, Record], imported: ImportResult) -> str:
    """The unit of the document that was printed; an export of projects alone may have only those of another unit."""
    if DEPARTMENT in records:
        return form.department.text_of(records[DEPARTMENT], Role.UNIT_CODE)
    others = {form.project.text_of(one, Role.UNIT_CODE) for one in records.values()}
    return "" if imported.document.unit in others else imported.document.unit


@frozen
class Returned:
    """A record as it came back, and what its rows are called here."""

    record: Record
    """Ours with what was changed in Word, and with the conflicts where both sides changed something."""
    ids: Mapping[tuple[str, str], str]


def returned(
    form: Form, file: str, base: Record, ours: Record, theirs: Record, marks: Mapping[tuple[str, str], str]
) -> Returned:
    """Merge what was changed in Word into our record."""
    spec = form.spec_of(file)
    department = file == DEPARTMENT
    printed = printed_record(form, ours, department=department)
    before, after, ids = base, base, dict[tuple[str, str], str]()
    for path in _paths(spec, base, theirs):
        after = after.with_value(path, _value(spec, path, base, theirs))
    for group in spec.groups:
        if group.key not in theirs.groups and group.key not in base.groups:
            continue
        after = _rows(group, base, after, theirs, marks, ids)
    before, after = (_with_unprinted(one, ours, printed) for one in (before, after))
    made = merge(before, ours, replace(after, comments=ours.comments), _("Word 文档")).record
    return Returned(record=_with_remarks(made, ours, theirs, ids), ids=ids)


def _paths(spec: RecordSpec, base: Record, theirs: Record) -> Iterator[FieldPath]:
    """The fields that either side has, without what a document says of itself."""
    for path, one in spec.fields(theirs):
        known = len(path) < len(("group", "row", "key")) and not one.hidden and one.role not in OWN
        if known and (base.value(path) is not None or theirs.text(path)):
            yield path


def _value(spec: RecordSpec, path: FieldPath, base: Record, theirs: Record) -> Plain | None:
    old, new = base.value(path), theirs.value(path)
    return old if is_same(spec.field(path), base.text(path), theirs.text(path)) else new


def is_same(one: Field | None, old: str, new: str) -> bool:
    """Is a field's text the one that was printed? What the printed page cannot show is no change."""
    if old == new or clean(old, lines=True).text == new:
        return True
    if one is None or one.kind is not Kind.AMOUNT:
        return False
    amount = parse_amount(old)
    return amount is not None and amount == parse_amount(new)


def _rows(
    group: Group, base: Record, after: Record, theirs: Record, marks: Mapping[tuple[str, str], str],
    ids: dict[tuple[str, str], str],
) -> Record:  # fmt: skip
    """The record with the rows of a group as they came back, called as they were when they were printed."""
    own = {row_id: mark for (key, row_id), mark in marks.items() if key == group.key}
    rows = theirs.rows(group.key)
    pairs = pairs_of(group, base.rows(group.key), rows, own)
    old = [pairs.get(row.id) for row in rows]
    places = places_of([row.order if row else None for row in old])
    made: list[Row] = []
    taken = {row.id for row in base.rows(group.key)}
    for row, mine, place in zip(rows, old, places, strict=True):
        row_id = mine.id if mine else new_id(made[-1].id if made else None, None, taken)
        taken.add(row_id)
        ids[group.key, row.id] = row_id
        values = {**(mine.values if mine else {}), ORDER: place}
        for column in group.columns:
            if not is_same(column, mine.text(column.key) if mine else "", row.text(column.key)):
                values[column.key] = row.values.get(column.key)
        made.append(Row(id=row_id, values={key: value for key, value in values.items() if value is not None}))
    return replace(after, groups={**after.groups, group.key: in_order(made)})


def _with_unprinted(record: Record, ours: Record, printed: Record) -> Record:
    """A printed record with what ours has and no page shows: both sides have that in common."""
    for group, rows in record.groups.items():
        made = []
        for row in rows:
            mine, shown = ours.row(group, row.id), printed.row(group, row.id)
            known = shown.values if shown is not None else {}
            hidden = {key: value for key, value in (mine.values if mine else {}).items() if key not in known}
            made.append(replace(row, values={**hidden, **row.values}))
        record = replace(record, groups={**record.groups, group: in_order(made)})
    return record


def _with_remarks(made: Record, ours: Record, theirs: Record, ids: Mapping[tuple[str, str], str]) -> Record:
    """New rows with what a foreign table said of them beside its known columns."""
    comments: dict[FieldPath, Comment] = {}
    for (group, row_id), own in ids.items():
        note = theirs.comments.get((group, row_id))
        if note is not None and ours.row(group, own) is None and made.row(group, own) is not None:
            comments[group, own] = note
    return made.with_comments(comments)


def edits_of(file: str, ours: Record, made: Record) -> Iterator[tuple[Change, RecordEdit]]:
    """The edits that lead from our record to the merged one, each with what it changes."""
    for change in diff(ours, made):
        match change:
            case FieldChange(path=path, new=new):
                yield change, SetValue(file=file, path=path, value=new)
            case RowAdded(group=group, row=row):
                yield change, PutRow(file=file, group=group, row=row, comments=made.row_comments(group, row.id))
            case RowRemoved(group=group, row=row):
                yield change, DropRow(file=file, group=group, row_id=row.id)


def place_of(change: Change, made: Record) -> FieldPath:
    """Where a change is: of a conflict the field that both sides changed, of a move the row."""
    match change:
        case FieldChange(path=(group, row_id, key)) if key == ORDER:
            return group, row_id
        case FieldChange(path=path):
            return path
        case RowAdded(group=group, row=row) if group == CONFLICTS:
            return made.path_named(row.text(FIELD))
        case RowAdded(group=group, row=row) | RowRemoved(group=group, row=row):
            return group, row.id


def told(change: Change, group: Group | None) -> tuple[str, str, str]:
    """A change as a sentence with ``{place}``, ``{old}`` and ``{new}``, and the two texts."""
    match change:
        case FieldChange(path=path, old=old, new=new) if path[-1] == ORDER:
            return _("移动 {place}"), str(old), str(new)
        case FieldChange(old=old, new=new):
            return "", str(old or ""), str(new or "")
        case RowAdded(group=key, row=row) if key == CONFLICTS:
            sentence = _("冲突 两边都改了 {place}，两个值都留着，读入后请选一个：{old} / {new}")
            return sentence, row.text(OURS), row.text(THEIRS)
        case RowAdded(row=row):
            return "", "", row_in_words(row, group)
        case RowRemoved(row=row):
            return _("删除 {place}：{old}"), row_in_words(row, group), ""
    return "", "", ""


def row_in_words(row: Row, group: Group | None) -> str:
    """What stands in a row, column by column."""
    columns = group.columns if group else ()
    return _(" · ").join(row.text(one.key) for one in columns if row.text(one.key))
