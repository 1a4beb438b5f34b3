"""The proof of a written document: it is read as a stranger's would be, and every value held against the records.

A text can look like something else on paper: a line of a duty that begins like the next one's lead. Where the reader
takes such a text otherwise, the document is right if the text stands, letter for letter, where it was laid out. Those
places are doubts, not differences.
"""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from string import Formatter
from typing import IO, NamedTuple

from perftui.exchange.importer.build import finished_project
from perftui.exchange.importer.docx import stream_docx
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.read_document import Assembly
from perftui.exchange.importer.report import shown
from perftui.exchange.importer.source import SourceDocument, SourceParagraph
from perftui.exchange.importer.tables import ProjectDraft, ProjectFacts
from perftui.exchange.layout import document_title
from perftui.exchange.listed_columns import listed_columns
from perftui.exchange.page import Paragraph, PrintedPart, ReadyCover, Table
from perftui.exchange.project_tables import printed_rows, unit_of
from perftui.forms import Field, Form, Group, PrintTable, RecordSpec, Role, load_form
from perftui.forms.computed_fields import value_of
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.frozen import frozen
from perftui.model.money import parse_amount
from perftui.model.record import FieldPath, Record
from perftui.model.text import clean, visible
from perftui.review.location_names import LocationNames

_FIRST_BLOCKS = 3
"""Among them is a cover, where there is one."""


@frozen
class Difference:
    """A value that reads back otherwise."""

    location: Location
    """Where it stands; no path for what concerns the whole file."""
    label: str
    """What people call it."""
    wanted: str
    found: str
    texts: tuple[tuple[FieldPath, str], ...] = ()
    """What must stand on paper for it to be right after all, by the field that it was laid out from."""


class ExportDiffers(Exception):  # noqa: N818 - named for what it says
    """What was written does not read back as the records say; the message names the field."""

    def __init__(self, difference: Difference, document: Document) -> None:
        file = LocationNames(document, load_form(document.form)).file(difference.location.file)
        sentence = _("写出的文档读回来不一样，没有导出。{file} {label}：应当是“{wanted}”，读到的是“{found}”")
        super().__init__(
            sentence.format(
                file=visible(file),
                label=difference.label,
                wanted=visible(shown(difference.wanted)),
                found=visible(shown(difference.found)),
            )
        )
        self.difference = difference


class UnreadableExport(Exception):  # noqa: N818 - named for what it says
    """What was written does not read back at all."""

    def __init__(self, why: ImportRefused) -> None:
        super().__init__(_("写出的文档读不回来，没有导出：{why}").format(why=why))


def prove(
    source: IO[bytes],
    printed: PrintedPart,
    document: Document,
    form: Form,
    files: Collection[str] | None,
    *,
    front: bool = True,
) -> tuple[Location, ...]:
    """Read ``source`` back and compare; the places that would be understood otherwise though they are printed right.

    A project is compared when it has been read, and let go. Raises ExportDiffers or UnreadableExport.
    """
    try:
        content = stream_docx(source, source.seek(0, os.SEEK_END))
    except ImportRefused as error:
        raise UnreadableExport(error) from error
    return prove_content(content, printed, document, form, files, front=front)


def prove_content(
    content: SourceDocument,
    printed: PrintedPart,
    document: Document,
    form: Form,
    files: Collection[str] | None,
    *,
    front: bool = True,
) -> tuple[Location, ...]:
    """The same of what a reader found, in a file of any kind."""
    _prove_cover(printed, content, document)
    try:
        differences = tuple(_differences(document, Assembly(content, form), form, files, front=front))
    except ImportRefused as error:  # a document in which nothing was typed yet says nothing to the reader
        if document.projects or not _stands(printed, content):
            raise UnreadableExport(error) from error
        return ()
    if differences and not _stands(printed, content):
        raise ExportDiffers(differences[0], document)
    laid = [one for one in _laid(printed) if one.text and one.source] if differences else []
    tables = (*form.layout.tables, *form.layout.department_tables)
    merged = {key for table in tables for key in table.merged}
    for difference in differences:
        if not _is_printed(difference, laid, merged):
            raise ExportDiffers(difference, document)
    return tuple(dict.fromkeys(one.location for one in differences))


# ---- value by value


def _differences(
    document: Document, again: Assembly, form: Form, files: Collection[str] | None, *, front: bool
) -> list[Difference]:
    """The document's first, then those of its projects."""
    chosen = [file for file in document.projects if files is None or file in files]
    found: list[Difference] = []
    facts: list[ProjectFacts] = []
    unit = unit_of(document, form)
    for draft in again.projects():
        facts.append(draft.facts)
        if len(facts) <= len(chosen):
            found += _project(document, form, chosen[len(facts) - 1], draft, unit)
    if len(chosen) != len(facts):
        return [_difference(Location(file=DEPARTMENT), _("项目数"), str(len(chosen)), str(len(facts)))]
    if files is None:
        found = [*_department(document, again.department(facts, document.year), form, front=front), *found]
    return found


def _department(document: Document, again: Document, form: Form, *, front: bool) -> Iterator[Difference]:
    whole = Location(file=DEPARTMENT)
    titles = document_title(document, form), document_title(again, form)
    units = form.amount_unit_of(document.department), form.amount_unit_of(again.department)
    said = ((_("封面"), titles), (_("金额单位"), units))
    for label, (before, after) in said if front else said[1:]:
        if before != after:
            yield _difference(whole, label, before, after)
    spec = form.department
    if not form.has_projects:  # with projects the unit stands over the table of each, and is compared there
        unit, unit_again = (unit_of(one, form)(one.department) for one in (document, again))
        if not _same(unit, unit_again):
            yield _difference(whole, _("单位"), unit, unit_again)
    for block in form.layout.department:
        group = spec.group(block.group)
        if block.field is not None:
            yield from _field(DEPARTMENT, spec, block.field, document.department, again.department)
        if group is not None:
            keys = tuple(column.key for column in group.columns)
            yield from _rows(DEPARTMENT, form.department, group, keys, document.department, again.department)
    for table in form.layout.department_tables:
        if not table.projects:
            yield from _table(DEPARTMENT, spec, table, document.department, again.department)


def _project(
    document: Document, form: Form, file: str, draft: ProjectDraft, unit: Callable[[Record], str]
) -> Iterator[Difference]:
    record, spec = document.record(file), form.project
    found, _ids = finished_project(draft, 0, draft.unit, row_id=lambda place, _row, _taken: str(place))
    listed = form.layout.lists_projects
    if listed is not None:
        yield from _listed(file, form, listed, record, found)
        return
    title = spec.path_of(Role.TITLE if spec.text_of(record, Role.TITLE) else Role.NAME) or ()
    if form.project_title(record) != form.project_title(found):
        label = spec.label(title)
        yield _difference(Location(file=file, path=title), label, form.project_title(record), form.project_title(found))
    units = unit(record), "".join(draft.unit)
    if not _same(*units):
        yield _difference(Location(file=file), _("单位"), *units)
    for table in form.layout.tables:
        yield from _table(file, spec, table, record, found)


def _table(file: str, spec: RecordSpec, table: PrintTable, record: Record, found: Record) -> Iterator[Difference]:
    group = spec.group(table.group)
    if group is not None:
        yield from _rows(file, spec, group, _keys(table), record, found)
    for cell in (cell for row in table.rows for cell in row.cells):
        goals = spec.group(cell.goals)
        if cell.field is not None:
            yield from _field(file, spec, cell.field, record, found)
        elif goals is not None:
            yield from _rows(file, spec, goals, (goals.key_of(Role.TEXT),), record, found)


def _keys(table: PrintTable) -> tuple[str, ...]:
    """The keys of the columns that a list prints, those that are joined with others included."""
    joined = [name for _column, text in table.joined for _text, name, _spec, _sign in Formatter().parse(text) if name]
    return tuple(dict.fromkeys([*(name.partition(":")[0] for name in table.columns), *joined]))


def _listed(file: str, form: Form, table: PrintTable, record: Record, found: Record) -> Iterator[Difference]:
    """What a table of all projects says of one."""
    columns = listed_columns(form, form.project, table)
    group = form.project.group(table.group)
    yield from (
        difference
        for one in columns
        if not one.of_rows
        for difference in _field(file, form.project, one.path, record, found)
    )
    if group is not None:
        yield from _rows(
            file, form.project, group, tuple(one.field.key for one in columns if one.of_rows), record, found
        )


def _field(file: str, spec: RecordSpec, path: FieldPath, record: Record, found: Record) -> Iterator[Difference]:
    if record.value(path) == found.value(path):
        return
    wanted, got = value_of(spec, record, path), value_of(spec, found, path)  # what is computed need not be typed
    if wanted != got and not _same(wanted, got, spec.field(path)):
        yield _difference(Location(file=file, path=path), spec.label(path), wanted, got)


def _rows(
    file: str, spec: RecordSpec, group: Group, keys: tuple[str, ...], record: Record, found: Record
) -> Iterator[Difference]:
    rows, again = printed_rows(record, group), printed_rows(found, group)
    if len(rows) != len(again):
        yield Difference(
            location=Location(file=file, path=(group.key,)),
            label=_("{group}的行数").format(group=group.label),
            wanted=str(len(rows)),
            found=str(len(again)),
            texts=tuple(((group.key, row.id, key), row.text(key)) for row in rows for key in keys),
        )
        return
    for row, other in zip(rows, again, strict=True):
        values, others = row.values, other.values
        for key in keys:
            if values.get(key) == others.get(key):
                continue
            wanted = value_of(spec, record, (group.key, row.id, key))
            got = value_of(spec, found, (group.key, other.id, key))
            column = next((column for column in group.columns if column.key == key), None)
            if wanted != got and not _same(wanted, got, column):
                label = column.label if column else key
                yield _difference(Location(file=file, path=(group.key, row.id, key)), label, wanted, got)


def _same(wanted: str, found: str, field: Field | None = None) -> bool:
    """The same value: as text once it went through the reader's door, or, of a number's field, as a number."""
    if wanted == found or clean(wanted, lines=True).text == found:
        return True
    if field is None or not field.kind.is_number:
        return False
    amount = parse_amount(wanted)
    return amount is not None and amount == parse_amount(found)


def _difference(location: Location, label: str, wanted: str, found: str) -> Difference:
    texts = ((location.path, wanted),) if location.path else ()
    return Difference(location=location, label=label, wanted=wanted, found=found, texts=texts)


# ---- letter by letter


def _prove_cover(printed: PrintedPart, content: SourceDocument, document: Document) -> None:
    """An office's own cover must say what was written on it. Raises ExportDiffers."""
    made = next((block for block in islice(printed.blocks, _FIRST_BLOCKS) if isinstance(block, ReadyCover)), None)
    if made is None:
        return
    blocks = islice(content.blocks, len(made.texts))
    again = tuple(block.text for block in blocks if isinstance(block, SourceParagraph) and block.cover)
    if again != made.texts:
        wanted, found = ("\n".join(texts) for texts in (made.texts, again))
        raise ExportDiffers(_difference(Location(file=DEPARTMENT), _("封面"), wanted, found), document)


def _stands(printed: PrintedPart, content: SourceDocument) -> bool:
    """Does every text stand where it was laid out, and nothing else?"""
    return [one.text for one in _laid(printed) if one.text] == [text for text in _read(content) if text]


def _is_printed(difference: Difference, laid: Sequence["_PageText"], merged: Collection[str]) -> bool:
    """Do the texts of a field stand among those laid out from it? A merged cell's stands at its first row."""
    record = "" if difference.location.file == DEPARTMENT else difference.location.file
    own = [one for one in laid if one.record == record]
    for path, text in difference.texts:
        shown_there = [one.text for one in own if one.source in (path, path[:1])]
        if not shown_there and path[-1] in merged:
            shown_there = [one.text for one in own if one.source and one.source[-1] == path[-1]]
        if not all(line in "\n".join(shown_there) for line in _broken(text).split("\n")):
            return False
    return True


class _PageText(NamedTuple):
    """A text of the page, and whose it is."""

    text: str
    source: FieldPath | None
    record: str


def _laid(printed: PrintedPart) -> Iterator[_PageText]:
    for block in printed.blocks:
        if isinstance(block, Paragraph):
            yield _PageText(_broken(block.text), block.source, block.record)
        elif isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row.cells):
                yield _PageText(_broken(cell.text), cell.source, block.record)
        elif isinstance(block, ReadyCover):
            yield from (_PageText(text, None, "") for text in block.texts)


def _read(content: SourceDocument) -> Iterator[str]:
    for block in content.blocks:
        if isinstance(block, SourceParagraph):
            if not block.contents:
                yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row if not cell.merged)


def _broken(text: str) -> str:
    """A text with its line breaks as the reader gives them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
