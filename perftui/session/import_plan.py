"""A foreign document compared with the open one: what is new, what would change, and the edits that would do it.

Nothing is taken away: what the foreign document leaves blank, or rows and projects that it does not have, stay.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from perftui.editing.edits import AddFile, DropRow, Edit, PutRow, RecordEdit, SetValue, apply_to_record
from perftui.editing.rows import add_row, blank_project
from perftui.exchange.importer.report import shown
from perftui.exchange.importer.table_rows import TableRows
from perftui.exchange.project_tables import is_printed
from perftui.exchange.return_marks import printed_record
from perftui.forms import Field, Form, Group, GroupRole, RecordSpec, Role
from perftui.locale import _
from perftui.model.diff import Change
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.frozen import frozen
from perftui.model.record import ORDER, REMARKS, Comment, FieldPath, Plain, Record, Row, plain_text
from perftui.model.remarks import remark_row
from perftui.model.text import visible
from perftui.review.location_names import LocationNames
from perftui.session.import_warnings import document_warnings, unit_warnings, with_unit_of
from perftui.session.returned_remarks import new_remarks
from perftui.session.row_pairing import pairs_of
from perftui.session.word_return import OWN, PrintedFrom, edits_of, is_same, place_of, returned, row_in_words, told
from perftui.store.create import new_project_file


@frozen
class ImportChange:
    """A field or row that would become another."""

    location: Location
    old: str
    new: str
    edits: tuple[Edit, ...]
    sentence: str = ""
    """How it is told, with ``{place}``, ``{old}`` and ``{new}``; "": as a value that becomes another."""


@frozen
class ImportPlan:
    """What an import would do to the open document."""

    added: tuple[AddFile, ...] = ()
    """Projects that are not here yet."""
    changes: tuple[ImportChange, ...] = ()
    alike: int = 0
    """Projects in which nothing differs."""
    kept: tuple[str, ...] = ()
    """What is here and not in the foreign document, in words; it stays."""
    warnings: tuple[str, ...] = ()
    aside: tuple[ImportChange, ...] = ()
    """Where an export that comes back differs from here though nobody changed it in Word: it was changed here since,
    or the export is of another copy of the document. Taken only where that is asked for."""
    aside_added: tuple[AddFile, ...] = ()
    """Projects of such an export that are not here, for the same reasons."""

    @property
    def asides(self) -> int:
        """How many of them there are."""
        return len(self.aside) + len(self.aside_added)

    def edits(self, *, changing: bool, as_file: bool = False) -> list[Edit]:
        """The edits of one step: the new projects, with ``changing`` the changes too, with ``as_file`` all of it."""
        added = [*self.added, *(self.aside_added if as_file else ())]
        changes = [*(self.changes if changing else ()), *(self.aside if as_file else ())]
        return [*added, *(edit for change in changes for edit in change.edits)]


@dataclass(slots=True)
class _PlanBuilder:
    """A plan in the making."""

    form: Form
    document: Document
    foreign: Document
    came: PrintedFrom | None
    unreadable: Collection[str]
    before: dict[str, Record] = field(init=False)
    """What the projects were printed from that were not met yet."""
    changes: list[ImportChange] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    """Projects of another unit, in words."""
    blank: list[Location] = field(default_factory=list)
    """Fields that say something here and nothing in the foreign document, of what it could print."""
    aside: list[ImportChange] = field(default_factory=list)
    aside_added: list[AddFile] = field(default_factory=list)
    alike: int = 0

    def __post_init__(self) -> None:
        self.before = dict(self.came.records) if self.came is not None else {}


def plan_of(
    document: Document, form: Form, foreign: Document, unreadable: Collection[str] = (), came: PrintedFrom | None = None
) -> ImportPlan:
    """What a foreign document of the same form would add and change. ``unreadable``: files that cannot be used.

    ``came``: it is an export of this document that comes back, and says what it was printed from.
    """
    making = _PlanBuilder(form=form, document=document, foreign=foreign, came=came, unreadable=unreadable)
    _hold_department(making)
    added: list[AddFile] = []
    left = dict(document.projects)
    after = document
    for name, record in foreign.projects.items():
        origin = _origin(making, name, record)
        if origin is not None:
            left.pop(origin, None)
            _take_project(making, origin, name)
            continue
        file = _match(form, record, left)
        if file is None:
            made = _placed(after, form, record)
            name = new_project_file(made, form.project, {*after.projects, *unreadable})
            after = after.with_record(name, made)
            added.append(AddFile(file=name, record=made))
            continue
        known = len(making.changes), len(making.kept), len(making.blank)
        _hold(making, file, left.pop(file), record)
        making.alike += (len(making.changes), len(making.kept), len(making.blank)) == known
    names = LocationNames(document, form)
    kept = [*making.kept, *_blank_in_words(making.blank, names), *(names.file(file) for file in left)]
    return ImportPlan(
        added=tuple(added), changes=tuple(making.changes), alike=making.alike, kept=tuple(kept),
        warnings=(*document_warnings(document, foreign, came), *making.units), aside=tuple(making.aside),
        aside_added=tuple(making.aside_added),
    )  # fmt: skip


def plan_lines(plan: ImportPlan, document: Document, form: Form) -> list[str]:
    """A plan in words, a line each: what is added, what changes from what to what, what stays."""
    names = LocationNames(document, form)

    def sentence(change: ImportChange, usual: str) -> str:
        old, new = (visible(text) or _("（空白）") for text in (change.old, change.new))
        return (change.sentence or usual).format(place=visible(names.of(change.location)), old=old, new=new)

    def titles(added: Sequence[AddFile]) -> list[str]:
        return [visible(form.project.text_of(one.record, Role.NAME) or one.file) for one in added]

    lines = [*plan.warnings, *(_("新增 项目 {name}").format(name=name) for name in titles(plan.added))]
    lines += [sentence(change, _("改动 {place}：{old} → {new}")) for change in plan.changes]
    if plan.asides:
        lines.append(_("还有 {count} 处与这里不同，但不是在 Word 里改的：").format(count=plan.asides))
    lines += [_("不同 这里没有项目 {name}").format(name=name) for name in titles(plan.aside_added)]
    lines += [sentence(change, _("不同 {place}：这里是 {old}，文件里是 {new}")) for change in plan.aside]
    if plan.alike:
        lines.append(_("{count} 个项目与现有的一样").format(count=plan.alike))
    lines += [_("保留 {what}（文档里没有）").format(what=visible(what)) for what in plan.kept]
    return lines


def rows_plan(document: Document, form: Form, file: str, table: TableRows) -> ImportPlan:
    """Indicator rows of a table for a project that is there: those that it does not have yet, at its end."""
    group = form.project.group_of(GroupRole.INDICATORS)
    if group is None:
        return ImportPlan()
    record = document.record(file)
    alike, changes = 0, list[ImportChange]()
    edits: list[Edit] = []
    here = [_values(row, group) for row in record.rows(group.key)]
    for at, values in enumerate(table.rows):
        if dict(values) in here:
            alike += 1
            continue
        record, made, row_id = _added(record, file, group, values, [str(one) for one in table.remarks.get(at, ())])
        changes.append(_new_row(file, group, Row(id=row_id, values=values), row_id, made))
        edits += made
    kept = (_("{count} 行，与现有的一样").format(count=alike),) if alike else ()
    return ImportPlan(changes=tuple(changes), kept=kept)


def _blank_in_words(places: Iterable[Location], names: LocationNames) -> Iterator[str]:
    """The fields that a foreign document leaves blank: of each file its first, and how many there are."""
    for _file, found in groupby(places, key=lambda place: place.file):
        first, *more = found
        place = names.of(first)
        yield _("{place} 等 {count} 栏").format(place=place, count=len(more) + 1) if more else place


# ---- projects


def _match(form: Form, record: Record, left: Mapping[str, Record]) -> str | None:
    """The project that a foreign one is: by its code, else by its name where that is one project's alone."""
    for role in (Role.CODE, Role.NAME):
        text = form.project.text_of(record, role)
        found = [file for file, one in left.items() if text and form.project.text_of(one, role) == text]
        if len(found) == 1:
            return found[0]
    return None


def _hold_department(making: _PlanBuilder) -> None:
    """An export of projects alone, which says so, has nothing of the department."""
    if DEPARTMENT in making.before:
        _take_returned(making, DEPARTMENT, DEPARTMENT)
    elif making.came is None:
        _hold(making, DEPARTMENT, making.document.department, making.foreign.department)


def _origin(making: _PlanBuilder, name: str, record: Record) -> str | None:
    """The file that a project was printed from, among those that no other was."""
    if making.came is None:
        return None
    marked = making.came.origin(name)
    return marked if marked in making.before else _match(making.form, record, making.before)


def _take_project(making: _PlanBuilder, file: str, name: str) -> None:
    """A project that comes back under a ``name`` of its own; one that is not here stays so, and is told."""
    assert making.came is not None
    if not making.document.has(file):
        base, theirs = making.before.pop(file), making.foreign.record(name)
        back = returned(making.form, file, base, base, theirs, making.came.marks_of(name, file))
        record = _placed(making.document, making.form, back.record)
        taken = {*making.document.projects, *making.unreadable, *(one.file for one in making.aside_added)}
        free = new_project_file(record, making.form.project, taken) if file in taken else file
        making.aside_added.append(AddFile(file=free, record=record))
        return
    known = len(making.changes), len(making.aside)
    _take_returned(making, file, name)
    making.alike += (len(making.changes), len(making.aside)) == known


def _take_returned(making: _PlanBuilder, file: str, name: str) -> None:
    """What was changed in Word in one record: ``name`` is what it is called there."""
    assert making.came is not None
    base, ours, theirs = making.before.pop(file), making.document.record(file), making.foreign.record(name)
    if file == DEPARTMENT and making.foreign.unit not in ("", making.document.unit):  # that of its only projects
        theirs = with_unit_of(making.form.department, theirs, base)
    elif file != DEPARTMENT:
        making.units += unit_warnings(making.form, making.document, making.foreign, ours, theirs)
    back = returned(making.form, file, base, ours, theirs, making.came.marks_of(name, file))
    changes = list(_changes_in_words(making.form, file, back.record, edits_of(file, ours, back.record)))
    making.changes += changes
    places = {change.location for change in changes}
    now = printed_record(making.form, ours, department=file == DEPARTMENT)
    differs = edits_of(file, now, base)
    stays = _changes_in_words(making.form, file, base, [one for one in differs if _is_told_aside(one[1], now)])
    making.aside += [one for one in stays if one.location not in places]
    _hold_remarks(making, file, ours, theirs, back.ids)


def _changes_in_words(
    form: Form, file: str, made: Record, edits: Iterable[tuple[Change, RecordEdit]]
) -> Iterator[ImportChange]:
    for change, edit in edits:
        path = place_of(change, made)
        sentence, old, new = told(change, form.spec_of(file).group(path[0]) if path else None)
        yield ImportChange(location=Location(file=file, path=path), old=old, new=new, edits=(edit,), sentence=sentence)


def _is_told_aside(edit: RecordEdit, now: Record) -> bool:
    """Nothing is taken away, and a row is no new one where its words stand here in another place."""
    match edit:
        case DropRow():
            return False
        case SetValue(path=path):
            return path[-1] != ORDER
        case PutRow(group=group, row=row):
            return _words(row) not in [_words(one) for one in now.rows(group)]


def _words(row: Row) -> dict[str, Plain]:
    return {key: value for key, value in row.values.items() if key != ORDER}


def _placed(document: Document, form: Form, record: Record) -> Record:
    """A foreign project after all others."""
    return record.with_value((ORDER,), blank_project(document, form).value((ORDER,)))


# ---- one file held against another


def _hold(making: _PlanBuilder, file: str, ours: Record, theirs: Record) -> None:
    spec = making.form.spec_of(file)
    now = printed_record(making.form, ours, department=file == DEPARTMENT)
    if file != DEPARTMENT and making.foreign.unit == making.document.unit:
        making.units += unit_warnings(making.form, making.document, making.foreign, ours, theirs)
    for path, one in _fields(spec):
        if one.role not in OWN and not one.hidden:
            place = Location(file=file, path=path)
            _hold_field(making, place, one, ours.value(path), theirs.value(path), printed=bool(now.text(path)))
    before, ids = ours, dict[tuple[str, str], str]()
    for group in spec.groups:
        ours = _hold_rows(making, file, group, ours, theirs, ids)
    _hold_remarks(making, file, before, theirs, ids)


def _hold_field(
    making: _PlanBuilder, place: Location, one: Field, ours: Plain | None, theirs: Plain | None, *, printed: bool
) -> None:
    """What is blank there changes nothing; it is told where ours is ``printed``."""
    old, new = plain_text(ours), plain_text(theirs)
    if printed and not new:
        making.blank.append(place)
    if new and not is_same(one, old, new):
        edit = SetValue(file=place.file, path=place.path, value=theirs)
        making.changes.append(ImportChange(location=place, old=old, new=new, edits=(edit,)))


def _hold_remarks(
    making: _PlanBuilder, file: str, ours: Record, theirs: Record, ids: Mapping[tuple[str, str], str]
) -> None:
    for remark in new_remarks(ours, theirs, lambda path: _own_path(path, ids)):
        place = Location(file=file, path=remark.path)
        put = PutRow(file=file, group=REMARKS, row=remark_row(remark))
        said = _("{by}批注：{text}") if remark.by else _("批注：{text}")
        new = said.format(by=remark.by, text=remark.text)
        making.changes.append(ImportChange(location=place, old="", new=new, edits=(put,)))


def _own_path(path: FieldPath, ids: Mapping[tuple[str, str], str]) -> FieldPath:
    """The path of a foreign row's field with the id that the row has here."""
    return (path[0], ids[path[0], path[1]], *path[2:]) if path[:2] in ids else path


def _fields(spec: RecordSpec) -> Iterator[tuple[FieldPath, Field]]:
    yield from (((one.key,), one) for one in spec.head)
    for table, fields in spec.tables.items():
        yield from (((table, one.key), one) for one in fields)


def _hold_rows(
    making: _PlanBuilder, file: str, group: Group, ours: Record, theirs: Record, ids: dict[tuple[str, str], str]
) -> Record:
    """Compare the rows of a group. Returns the record with the new rows, so that the next new row goes behind them.

    ``ids`` is given what each foreign row is called here.
    """
    pairs, rest = _paired(group, ours.rows(group.key), theirs.rows(group.key))
    for row, other in pairs:
        if row is None:
            ours, edits, row_id = _added(ours, file, group, _values(other, group), _remarks(theirs, group, other))
            ids[group.key, other.id] = row_id
            making.changes.append(_new_row(file, group, other, row_id, edits))
            continue
        ids[group.key, other.id] = row.id
        for column in group.columns:
            place = Location(file=file, path=(group.key, row.id, column.key))
            old = row.values.get(column.key)
            _hold_field(making, place, column, old, other.values.get(column.key), printed=bool(plain_text(old)))
    making.kept += [f"{group.label} {shown(row_in_words(row, group))}" for row in rest]
    return ours


def _paired(group: Group, ours: Sequence[Row], theirs: Sequence[Row]) -> tuple[list[tuple[Row | None, Row]], list[Row]]:
    """Each foreign row with the one here that it is (``None``: it is new), and the rows here without one."""
    left = [row for row in ours if is_printed(row, group)]  # rows of the empty table are nobody's
    found = pairs_of(group, left, theirs)
    answered = {row.id for row in found.values()}
    return [(found.get(other.id), other) for other in theirs], [row for row in left if row.id not in answered]


def _new_row(file: str, group: Group, row: Row, row_id: str, edits: Sequence[Edit]) -> ImportChange:
    """A row that came, and is called so here."""
    place = Location(file=file, path=(group.key, row_id))
    return ImportChange(location=place, old="", new=row_in_words(row, group), edits=tuple(edits))


def _added(
    record: Record, file: str, group: Group, values: Mapping[str, Plain], remarks: Sequence[str]
) -> tuple[Record, list[RecordEdit], str]:
    """The record with a row at the end of a group, the edits that add it, and its id."""
    edits, row_id = add_row(record, file, group.key, values, len(record.rows(group.key)))
    if remarks:
        comment: dict[FieldPath, Comment] = {
            (group.key, row_id): Comment(before=tuple(f"# {text}" for text in remarks))
        }
        edits = [replace(edit, comments=comment) if isinstance(edit, PutRow) else edit for edit in edits]
    for edit in edits:
        record = apply_to_record(record, edit)
    return record, edits, row_id


def _values(row: Row, group: Group) -> dict[str, Plain]:
    return {column.key: row.values[column.key] for column in group.columns if column.key in row.values}


def _remarks(record: Record, group: Group, row: Row) -> tuple[str, ...]:
    comment = record.comments.get((group.key, row.id))
    return tuple(line.removeprefix("# ") for line in comment.before) if comment else ()
