"""A block from another program's clipboard, read as a file would be: projects with labels, indicators, duties."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from perftui.editing.edits import AddFile, apply_all
from perftui.editing.paste import (
    Block,
    FormWords,
    PasteBuilder,
    PastePlan,
    joined,
    row_name,
    without_blank_rows,
)
from perftui.editing.paste_projects import NEW_PROJECT
from perftui.editing.paste_record import plan_record
from perftui.editing.paste_rows import plan_texts
from perftui.editing.record_builder import RecordBuilder
from perftui.editing.rows import blank_project
from perftui.exchange.importer.department_part import DepartmentReader, led_column
from perftui.exchange.importer.imported import Confidence, ImportRefused, ImportResult, Note
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.read_document import Assembly
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.exchange.importer.report import shown
from perftui.exchange.importer.source import SourceCell, SourceDocument, SourceParagraph, SourceTable
from perftui.exchange.importer.table_rows import import_rows, tells_columns
from perftui.forms import Form, Group, GroupRole, Role, load_form
from perftui.locale import _, labelled
from perftui.model.document import DEPARTMENT, Document, Location, project_file
from perftui.model.record import END, FieldPath, Record

_AROUND = (Role.UNIT_CODE, Role.UNIT_NAME, Role.DEPARTMENT_NAME, Role.YEAR)
_LEAST = 2
"""The labels that a block must have to be read by them; a single one may be an ordinary word."""


def plan_read(
    document: Document, form: Form, file: str, block: Block, labels: FormWords, unit: str
) -> PastePlan | None:
    """Plan a block that brings its labels along, into a project; ``None`` where it does not.

    A second project in it goes to the one of its code or name, else it is a new one.
    """
    rows = without_blank_rows(block)
    if sum(bool(labels.field(text) or labels.goals(text)) for row in rows for text in row) < _LEAST:
        return None
    try:
        imported = Assembly(_source(block, labels, unit), form).imported(form_given=True)
    except ImportRefused:
        return None
    plans: list[PastePlan] = []
    for number, (target, record) in enumerate(_targets(document, form, file, imported)):
        if target:
            plan = plan_record(form, target, document.record(target), record)
        else:
            plan = _added(document, form, project_file(f"{NEW_PROJECT}{number}"), record)
        document = apply_all(document, plan.edits)[0]
        plans.append(plan)
    rest = PastePlan(
        outside=(*_left(imported.notes), *(text for _title, text in _beside(imported))),
        doubts=tuple(_doubts(imported.notes, lambda place: imported.document.record(place.file).text(place.path))),
        unused=tuple(dict.fromkeys(title for title, _text in _beside(imported))),
        around=tuple(_around(imported, document)),
    )
    return joined([*plans, rest])


def plan_indicators(
    document: Document, form: Form, file: str, block: Block, labels: FormWords, unit: str
) -> PastePlan | None:
    """Plan rows of indicators into a project; ``None`` for a block that does not say which column is which."""
    content, group = _source(block, labels, unit), form.project.group_of(GroupRole.INDICATORS)
    if group is None or not tells_columns(content, form):
        return None
    found = import_rows(content, form)
    plan = plan_texts(form, file, document.record(file), group, [_whole(group, row) for row in found.rows])
    beside = [one.text for remarks in found.remarks.values() for one in remarks]
    left = [text for text in _left(found.notes) if text != f"单位：{unit}"]
    doubts = list(_doubts(found.notes, lambda place: _text_at(found.rows, place.path)))
    level = group.key_of(Role.LEVEL2)
    if level and (without := sum(not row.get(level) for row in found.rows)):
        doubts.append(
            _("{count} 行没有写“{label}”，留空，请补上").format(
                count=without, label=form.project.label((group.key, "", level))
            )
        )
    return replace(
        plan, has_header=found.titled, filled=found.filled, unused=found.unused, doubts=tuple(doubts),
        outside=(*plan.outside, *beside, *left),
    )  # fmt: skip


def _text_at(rows: Sequence[Mapping[str, str]], path: FieldPath) -> str:
    """The text of a row's field, whose row is called by its place: ``("indicators", "#3", "value")``."""
    if len(path) != len(("group", "row", "key")):
        return ""
    number = int(path[1].removeprefix("#"))
    return rows[number].get(path[2], "") if number < len(rows) else ""


def _whole(group: Group, row: Mapping[str, str]) -> Mapping[str, str]:
    """The texts of a row in the order of the form's columns."""
    return {column.key: row[column.key] for column in group.columns if column.key in row}


def plan_duties(document: Document, form: Form, block: Block, group: Group, row_id: str) -> PastePlan | None:
    """Plan lines as the form prints a duty, or a table of labels and texts; ``None`` for any other block.

    A single row without a name of its own goes to the row ``row_id``; others to the rows of their names, or new ones.
    """
    lines = list(_lines(block, group))
    led = sum(led_column(group, line) is not None for line in lines)
    if led < _LEAST:
        return None
    draft = RecordDraft(form, department=True, literal=False)
    reader = DepartmentReader(draft)
    heading = next((one.heading for one in form.layout.department if one.group == group.key), "")
    for number, line in enumerate([heading, *lines]):
        reader.read(SourceParagraph(text=line, number=number))
    reader.finish()
    return _into_rows(document, form, group, draft, row_id)


def _lines(block: Block, group: Group) -> Iterator[str]:
    """The lines of a block as the form prints them: a label and its text are one, a name has its number."""
    first = group.columns[0]
    for number, row in enumerate(without_blank_rows(block)):
        texts = [text.strip() for text in row if text.strip()]
        if len(texts) == 2 and label_key(texts[0]) == label_key(first.label):
            yield f"{number + 1}、{texts[1]}"
        elif len(texts) == 2:
            yield "：".join(texts)
        else:
            line = " ".join(texts)
            yield line if number or led_column(group, line) or line[:1].isdigit() else f"1、{line}"


def _into_rows(document: Document, form: Form, group: Group, draft: RecordDraft, row_id: str) -> PastePlan:
    record = document.department
    builder = PasteBuilder(
        form=form, spec=form.department, draft=RecordBuilder(DEPARTMENT, record), unit=form.amount_unit
    )
    first = group.columns[0].key
    made = draft.rows[group.key]
    for row in made:
        name = row.values.get(first, "")
        same = next((one.id for one in record.rows(group.key) if name and one.text(first) == name), "")
        here = row_id if len(made) == 1 and record.row(group.key, row_id) is not None else ""
        named = bool(here and record.text((group.key, here, first)))
        target = same or ("" if name and named else here)
        label = row_name(group.label, builder.draft.record.row_number(group.key, target), name)
        if target:
            for key, text in row.values.items():
                builder.put((group.key, target, key), text, label)
        else:
            builder.add(group.key, row.values, {}, len(builder.draft.record.rows(group.key)), label)
    left = tuple(note.text for note in draft.notes if note.confidence is Confidence.LEFT and note.text)
    return joined([builder.plan(), PastePlan(outside=left)])


def _source(block: Block, labels: FormWords, unit: str) -> SourceDocument:
    """Lines are paragraphs, rows of several cells are tables; amounts are in ``unit`` until a line says another."""
    blocks: list[SourceParagraph | SourceTable] = [SourceParagraph(text=f"单位：{unit}", number=0)]
    waiting: list[tuple[SourceCell, ...]] = []
    tables = 0
    for number, row in enumerate([*block, ()], 1):
        if len(row) > 1:
            waiting.append(tuple(_cells(block, number - 1, labels)))
            continue
        if waiting:
            tables += 1
            blocks.append(SourceTable(rows=tuple(waiting), number=tables, merges_known=False))
            waiting = []
        if row and row[0].strip():
            blocks.append(SourceParagraph(text=row[0], number=number))
    return SourceDocument(blocks=tuple(blocks))


def _cells(block: Block, at: int, labels: FormWords) -> Iterator[SourceCell]:
    """The cells of a row; blanks behind one are its own where it seems to be merged across them.

    So a label is that stands apart from its value, and what is as wide as the label over it or the value under it.
    """
    row = block[at]
    column = 0
    while column < len(row):
        text = row[column]
        following = next((one for one in range(column + 1, len(row)) if row[one].strip()), len(row))
        named = bool(text.strip()) and _is_label(text, labels)
        beside = block[at + 1] if named and at + 1 < len(block) else block[at - 1] if at and not named else ()
        end = column + 1
        if named and following < len(row) and not _is_label(row[following], labels):
            end = following
        elif text.strip() and column < len(beside) and beside[column].strip():
            while end < min(following, len(beside)) and not beside[end].strip():
                end += 1
        yield SourceCell(text=text, column=column, span=end - column)
        column = end


def _is_label(text: str, labels: FormWords) -> bool:
    return bool(labels.field(text) or labels.goals(text)) or labels.is_heading(text)


def _targets(document: Document, form: Form, file: str, imported: ImportResult) -> Iterator[tuple[str, Record]]:
    """The projects that were read, each with the file that it goes to; "": a new one."""
    spec = form.project
    for number, record in enumerate(imported.document.projects.values()):
        found = "" if number else file
        for role in (Role.NAME, Role.CODE) if number else ():
            text = spec.text_of(record, role)
            same = (name for name, one in document.projects.items() if text and spec.text_of(one, role) == text)
            found = next(same, found)
        yield found, record


def _added(document: Document, form: Form, file: str, record: Record) -> PastePlan:
    blank = blank_project(document, form)
    plan = plan_record(form, file, blank, record)
    made, _back = apply_all(document.with_record(file, blank), plan.edits)
    added = AddFile(file=file, record=made.record(file))
    return PastePlan(edits=(added,), cells=plan.cells, new_projects=1, outside=plan.outside)


def _left(notes: Iterable[Note]) -> Iterator[str]:
    """The texts that were not taken in."""
    yield from (note.text or note.message for note in notes if note.confidence is Confidence.LEFT)


def _beside(imported: ImportResult) -> Iterator[tuple[str, str]]:
    """What stood in columns that the form does not have: their titles, and the texts."""
    for record in imported.document.projects.values():
        for path, comment in record.comments.items():
            if path != END:
                for line in comment.before:
                    title, _colon, text = line.removeprefix("# ").partition("：")
                    yield title, text


def _around(imported: ImportResult, document: Document) -> Iterator[str]:
    """What stands around the tables, and is none of a project's: titles, another unit or year than the document's."""
    yield from (note.text for note in imported.notes if note.confidence is Confidence.SURE and note.text)
    spec, here = load_form(document.form).department, document.department
    for one in spec.head:
        text = imported.document.department.text((one.key,))
        if one.role in _AROUND and text not in ("", "0", here.text((one.key,))):
            yield labelled(one.label, text)
    for record in imported.document.projects.values():
        units = [text for role in _AROUND if (text := load_form(document.form).project.text_of(record, role))]
        if units:
            yield labelled(spec.label_of(Role.UNIT_NAME), " ".join(units))


def _doubts(notes: Iterable[Note], text_at: Callable[[Location], str]) -> Iterator[str]:
    """What a person should look at before it is taken: guesses, and where other words stood than are taken."""
    for note in notes:
        if note.confidence is Confidence.UNSURE:
            doubtful = note.target is not None and bool(note.target.path or note.text)
        else:
            doubtful = note.confidence is Confidence.LIKELY and not _shows(note, text_at)
        if doubtful:
            yield _told(note)


def _shows(note: Note, text_at: Callable[[Location], str]) -> bool:
    """Does what was taken show all that stood there?"""
    of_field = note.target is not None and note.target.path
    value = "".join(text_at(note.target).split()) if note.target and of_field else ""
    return bool(value) and "".join(note.text.split()) in value


def _told(note: Note) -> str:
    """A doubt, with the text that it is about."""
    if not note.text or shown(note.text) in note.message:
        return note.message
    return _("{message}（原文：{text}）").format(message=note.message, text=shown(note.text))
