"""The last step of an import: drafts become records with ids, files, year and unit, and the report is closed."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from perftui.exchange.importer.cover import CoverPage
from perftui.exchange.importer.imported import Confidence, Counts, ImportResult, Note
from perftui.exchange.importer.placed_comments import placed_comments
from perftui.exchange.importer.record_draft import RecordDraft, RowDraft
from perftui.exchange.importer.report import in_table, shown
from perftui.exchange.importer.source import Dropped, SourceDocument
from perftui.exchange.importer.tables import ProjectDraft, ProjectFacts
from perftui.exchange.importer.telling import placed_path
from perftui.exchange.return_marks import MARK
from perftui.forms import Form, Kind, RecordSpec, Role
from perftui.forms.computed_fields import computed, computed_fields
from perftui.locale import _
from perftui.model.document import DEPARTMENT, SCHEMA, Document, Location, project_file
from perftui.model.ids import derived_id
from perftui.model.money import known_unit
from perftui.model.ordering import STEP
from perftui.model.record import END, ORDER, Comment, FieldPath, Plain, Record, Row
from perftui.model.remarks import Remark, with_remarks
from perftui.model.text import clean

_FILE_NAME = re.compile(r"[0-9A-Z]{1,60}")


def finished(
    content: SourceDocument, department: RecordDraft, projects: Sequence[ProjectDraft], front: CoverPage
) -> ImportResult:
    """The records of a document and the report about them."""
    facts = [project.facts for project in projects]
    document, ids, unit = bare_document(department, facts, front)
    said: dict[int, list[Remark]] = {}
    for draft, remark in placed_comments(content.comments, department, projects):
        said.setdefault(id(draft), []).append(remark)
    document = document.with_record(DEPARTMENT, _remarked(document.department, said.get(id(department), ()), ids))
    marks = _marks(content, department, DEPARTMENT, ids)
    notes = list(department.placed_notes(DEPARTMENT, ids))
    notes += _other_units(unit, front, department)
    notes += _year_told(document, front, department, _coded_year(department.form, facts))
    files: dict[str, Record] = {}
    made_up: set[str] = set()
    for index, project in enumerate(projects):
        record_of, ids = finished_project(project, index, unit)
        record_of = _remarked(record_of, said.get(id(project), ()), ids)
        file = project_file(_file_name(project, index, files, made_up))
        files[file] = record_of
        marks |= _marks(content, project, file, ids)
        notes += [_summary(project), *project.placed_notes(file, ids)]
    document = replace(document, projects=files)
    notes += [_told(dropped) for dropped in content.dropped]
    counts = counts_of(document, department.form, content)
    return ImportResult(
        document=document,
        notes=(*notes, *_missing(document)),
        counts=counts,
        printed_from=content.printed_from,
        marks=marks,
    )


_RowId = Callable[[int, RowDraft, set[str]], str]
"""Makes the id of a row from its place, what it says, and the ids that are taken."""
_Ids = dict[tuple[str, str], str]
"""The ids of rows, by their group and place: ``("goals", "#3")``."""


def bare_document(
    department: RecordDraft, projects: Sequence[ProjectFacts], front: CoverPage, year: int | None = None
) -> tuple[Document, _Ids, tuple[str, str]]:
    """A document before its projects; the ids of its department's rows; the unit that most projects are of."""
    form = department.form
    unit = _main_unit(projects, front.unit)
    own = department.unit  # of the line over its own table, where it has one
    line = front.unit_line
    unit = (unit[0] or line[0] or own[0], unit[1] or line[1] or own[1] or front.unit)
    said = year or front.year or department.year or front.titled_budget or _coded_year(form, projects) or front.titled
    said = said or front.named
    record, ids = _record(department, _department_head(department, projects, unit, said, front.unit))
    document = Document(year=said or 0, unit=unit[0], form=form.id, department=record, projects={})
    return document, ids, unit


def _content_id(index: int, row: RowDraft, taken: set[str]) -> str:
    """The id of a row of a group: the same whoever reads the document."""
    return derived_id(index, _content(row), taken)


def finished_project(
    project: ProjectDraft, index: int, unit: tuple[str, str], *, row_id: _RowId = _content_id
) -> tuple[Record, _Ids]:
    """The record of a project, and the ids of its rows; ``unit`` is the document's."""
    return _record(project, _project_head(project, index, unit), row_id)


def _record(draft: RecordDraft, head: dict[str, Plain], row_id: _RowId = _content_id) -> tuple[Record, _Ids]:
    """The record of a draft, and the ids of its rows by ``(group, "#3")``."""
    tables: dict[str, dict[str, Plain]] = {table: {} for table in draft.spec.tables}
    values = dict(head)
    for path, text in draft.values.items():
        if len(path) == 1:
            values[path[0]] = text
        else:
            tables[path[0]][path[1]] = text
    groups: dict[str, tuple[Row, ...]] = {}
    comments: dict[FieldPath, Comment] = {}
    ids: _Ids = {}
    taken: set[str] = set()
    for group, rows in draft.rows.items():
        made = []
        for index, row in enumerate(rows):
            own_id = row_id(index, row, taken)
            taken.add(own_id)
            ids[group, f"#{index}"] = own_id
            made.append(Row(id=own_id, values={ORDER: (index + 1) * STEP, **row.values}))
            if row.remarks:
                comments[group, own_id] = Comment(before=tuple(f"# {text}" for text in row.remarks))
        if made:
            groups[group] = tuple(made)
    if draft.remarks:
        comments[END] = Comment(before=tuple(f"# {text}" for text in draft.remarks))
    ordered = {one.key: values[one.key] for one in draft.spec.head if one.key in values}
    in_form = {table: {one.key: tables[table][one.key] for one in fields if one.key in tables[table]}
               for table, fields in draft.spec.tables.items()}  # fmt: skip
    return as_held(Record(head=ordered, tables=in_form, groups=groups, comments=comments), draft.spec), ids


def _marks(content: SourceDocument, draft: RecordDraft, file: str, ids: _Ids) -> dict[Location, tuple[int, str]]:
    """The rows of a record that bear a bookmark of this program, each mark once."""
    found: dict[tuple[int, str], Location] = {}
    for one in draft.standing if content.marks else ():
        match = MARK.fullmatch(content.marks.get(one.place, ""))
        path = placed_path(one.path, ids)
        if match is not None and len(path) == len(("group", "row", "key")):
            found.setdefault((int(match[1]), match[2]), Location(file=file, path=path[:2]))
    return {place: mark for mark, place in found.items()}


def _remarked(record: Record, remarks: Sequence[Remark], ids: _Ids) -> Record:
    """The record with remarks, whose rows have their ids."""
    return with_remarks(record, [replace(one, path=placed_path(one.path, ids)) for one in remarks])


def as_held(record: Record, spec: RecordSpec) -> Record:
    """The record with its integers as such, and without what is only computed from the rest."""
    fields = [one for section in spec.columns.values() for one in section.values() if not one.hidden]
    if not spec.computes and not any(one.kind is Kind.INTEGER for one in fields):
        return record
    for path, one in spec.fields(record):
        text = record.value(path)
        if one.kind is Kind.INTEGER and isinstance(text, str):
            record = record.with_value(path, int(text) if text.isdecimal() else None)
    for path, _one in computed_fields(spec, record):
        if record.text(path) and record.text(path) == computed(spec, record.with_value(path, None), path):
            record = record.with_value(path, None)
    return record


def _content(row: RowDraft) -> str:
    return "\0".join(f"{key}\0{row.values[key]}" for key in sorted(row.values))


def _department_head(
    department: RecordDraft, projects: Sequence[ProjectFacts], unit: tuple[str, str], year: int | None, cover: str
) -> dict[str, Plain]:
    form, spec = department.form, department.spec
    status = next((one for one in spec.head if one.role is Role.STATUS), None)
    said = [project.amount_unit for project in projects] or [department.amount_unit]
    printed = Counter(known_unit(one, form.amount_unit) for one in said).most_common(1)
    wanted: dict[Role, Plain | None] = {
        Role.SCHEMA: SCHEMA,
        Role.FORM: form.id,
        Role.DIVISION: _division(form, projects),
        Role.UNIT_CODE: unit[0] or None,
        Role.UNIT_NAME: unit[1] or None,
        Role.DEPARTMENT_NAME: cover if cover and cover != unit[1] else None,
        Role.YEAR: year,
        Role.AMOUNT_UNIT: printed[0][0] if printed[0][0] != form.amount_unit else None,
        Role.STATUS: status.choices[0] if status and status.choices else None,
    }
    return _by_role(spec, wanted)


def _project_head(project: ProjectDraft, index: int, unit: tuple[str, str]) -> dict[str, Plain]:
    code, name = project.unit
    wanted: dict[Role, Plain | None] = {
        Role.SCHEMA: SCHEMA,
        Role.TITLE: project.title or None,
        Role.ORDER: (index + 1) * STEP,
        Role.UNIT_CODE: code if code and code != unit[0] else None,
        Role.UNIT_NAME: name if name and name != unit[1] else None,
    }
    return _by_role(project.spec, wanted)


def _by_role(spec: RecordSpec, wanted: dict[Role, Plain | None]) -> dict[str, Plain]:
    """The head's values by key; texts go through the door, as all others did."""
    values = {one.key: value for one in spec.head if one.role and (value := wanted.get(one.role)) is not None}
    return {key: kept for key, value in values.items() if (kept := _clean(value)) != ""}


def _clean(value: Plain) -> Plain:
    return clean(value, lines=False).text if isinstance(value, str) else value


def _main_unit(projects: Sequence[ProjectFacts], cover: str) -> tuple[str, str]:
    """The unit over the tables that the cover names, else the one over most of them; the first of equals."""
    found = Counter(project.unit for project in projects if any(project.unit))
    named = Counter({unit: count for unit, count in found.items() if cover and unit[1] == cover})
    found = named or found
    return found.most_common(1)[0][0] if found else ("", "")


def _coded_year(form: Form, projects: Sequence[ProjectFacts]) -> int | None:
    """The year in the projects' codes."""
    coded = Counter(f"20{year}"[-4:] for year in _in_codes(form, projects, "year"))
    return int(coded.most_common(1)[0][0]) if coded else None


def _division(form: Form, projects: Sequence[ProjectFacts]) -> str | None:
    found = Counter(_in_codes(form, projects, "division"))
    return found.most_common(1)[0][0] if found else None


def _in_codes(form: Form, projects: Sequence[ProjectFacts], means: str) -> Iterator[str]:
    """What the form's codes say of something, also those whose last character is missing."""
    path = form.project.path_of(Role.CODE)
    one = form.project.field(path) if path else None
    span = one.code.span_of(means) if one and one.code else None
    if one is None or one.code is None or span is None:
        return
    for code in (project.code for project in projects):
        if one.code.wrong_at(code) in (None, one.code.length - 1):
            yield code[slice(*span)]


def _file_name(project: ProjectDraft, index: int, taken: dict[str, Record], made_up: set[str]) -> str:
    """A project's file: its code where that makes a name and is free, else a name derived from its content."""
    code = project.role_text(Role.CODE)
    if _FILE_NAME.fullmatch(code) and project_file(code) not in taken:
        return code
    content = f"{code}\0{project.role_text(Role.NAME)}"
    found = derived_id(index, content, made_up)
    made_up.add(found)
    return f"new-{found}"


def _summary(project: ProjectDraft) -> Note:
    """What was understood of a project."""
    filled = len(project.values)
    rows = _("、").join(
        _("{label} {count} 行").format(label=group.label, count=len(project.rows[group.key]))
        for group in project.spec.groups
    )
    message = _("项目“{name}”：{filled} 个字段，{rows}").format(
        name=project.role_text(Role.NAME), filled=filled, rows=rows)  # fmt: skip
    place = _("、").join(in_table(number) for number in project.tables)
    return Note(place=place, confidence=Confidence.SURE, message=message)


def _told(dropped: Dropped) -> Note:
    """A line of the report about a text that is not part of the document."""
    message = _("{kind}，未读入：{text}").format(kind=_(dropped.kind), text=shown(dropped.text))
    return Note(place=dropped.place, confidence=Confidence.LEFT, message=message, text=dropped.text)


def _year_told(document: Document, front: CoverPage, department: RecordDraft, coded: int | None) -> list[Note]:
    """Where the year was taken from, unless the document says it of itself."""
    if not document.year or front.year:
        return []
    if department.year or front.titled_budget or coded or front.titled:
        confidence, message = Confidence.LIKELY, _("年度 {year} 取自表的标题")
        if not front.titled_budget and coded:
            return []
    else:
        confidence, message = Confidence.UNSURE, _("年度 {year} 取自文件名，请核对")
    return [Note(place="", confidence=confidence, message=message.format(year=document.year))]


def _other_units(unit: tuple[str, str], front: CoverPage, department: RecordDraft) -> list[Note]:
    """What the department's own line says of the unit, where most tables say another."""
    said = dict.fromkeys(one for one in (front.unit_line, department.unit) if one[0] and one[0] != unit[0])
    message = _("部门这一处写的单位是 {other}，项目的表上是 {unit}，按 {unit} 读入，请核对")
    told = (message.format(other=" ".join(one), unit=" ".join(unit)) for one in said if unit[0])
    return [Note(place="", confidence=Confidence.UNSURE, message=one) for one in told]


def _missing(document: Document) -> list[Note]:
    """What a document must say of itself and this one does not."""
    said = []
    if not document.year:
        said.append(_("没有找到预算年度，请指明"))
    if not document.unit:
        said.append(_("没有找到单位编码，请指明"))
    return [Note(place="", confidence=Confidence.UNSURE, message=message) for message in said]


def counts_of(document: Document, form: Form, content: SourceDocument | None = None) -> Counts:
    """How much a document holds, and what the reader of its content saw besides."""
    fields, rows = 0, Counter[str]()
    for file, record in document.files():
        spec = form.spec_of(file)
        fields += sum(
            1
            for path, one in spec.fields(record)
            if len(path) < 3 and record.text(path) and one.kind is not Kind.INTEGER
        )
        for group in spec.groups:
            rows[group.label] += len(record.rows(group.key))
    taken, left_out = (dict(content.taken), dict(content.left_out)) if content else ({}, {})
    return Counts(fields=fields, rows=dict(rows), taken=taken, left_out=left_out)
