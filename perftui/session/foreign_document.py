"""A foreign document: read with a report, and made a new document of the data folder."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from perftui.exchange.importer.imported import Confidence, ImportRefused, ImportResult, Note
from perftui.exchange.importer.report import shown
from perftui.files.errors import Missing
from perftui.files.reading import read_file
from perftui.forms import Form, Role, UnknownForm, load_form
from perftui.forms.glosses import glossed, glossed_sentence
from perftui.locale import _, labelled
from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.session.new_document import free_folder, rolled_over, write_document
from perftui.session.returned_remarks import without_own_findings
from perftui.store.folder import DocumentFolder, document_folder, is_unit, is_year

if TYPE_CHECKING:
    from perftui.exchange.importer.table_rows import TableRows

WORDS = (".docx", ".doc", ".odt", ".rtf", ".wps", ".txt", ".html", ".htm", ".mht", ".mhtml", ".json")
TABLES = (".xlsx", ".xls", ".et", ".ods", ".csv", ".tsv")
"""The endings of the files that can be read: documents, and sheets, which may hold whole ones or rows of indicators."""


class CannotImport(Exception):  # noqa: N818 - named for what it says
    """The file is not taken in; ``str()`` of it is a sentence for the person."""


def read_bytes(path: Path) -> bytes:
    """What a file holds, within the reader's limit. Raises CannotImport or a FileError."""
    from perftui.exchange.importer.package import MOST_BYTES

    try:
        if path.is_dir():
            raise CannotImport(_("{name} 是文件夹：请指明里面的一个文件").format(name=path))
        return read_file(path, MOST_BYTES).data
    except Missing as error:
        raise CannotImport(_("没有文件 {name}").format(name=path)) from error


def read_foreign(data: bytes, name: str, *, form: str | None = None, year: int | None = None) -> ImportResult:
    """The document in a file of any kind; formats of other programs go through LibreOffice. Raises CannotImport.

    ``form`` (an id) wins over the form whose labels fit best; data names its own. ``year``: it becomes that year's; of
    another year, the codes are blank as after a rollover.
    """
    from perftui.exchange.importer.any_file import read_any  # lxml is loaded when something is read
    from perftui.exchange.importer.read_document import match
    from perftui.session.data_in import imported_plain, is_plain_document

    try:
        imported = imported_plain(data, form) if is_plain_document(data) else match(read_any(data, name), form=form)
    except (ImportRefused, UnknownForm) as error:
        raise CannotImport(str(error)) from error
    imported = without_own_findings(imported)
    return imported if year is None or year == imported.document.year else _of_year(imported, year)


def read_rows(data: bytes, name: str, form: Form) -> "TableRows":
    """The indicator rows of a file of any kind, by an open document's form. Raises CannotImport."""
    from perftui.exchange.importer.any_file import read_any  # lxml is loaded when something is read
    from perftui.exchange.importer.table_rows import import_rows

    try:
        return import_rows(read_any(data, name), form)
    except ImportRefused as error:
        raise CannotImport(str(error)) from error


def _of_year(imported: ImportResult, year: int) -> ImportResult:
    document = imported.document
    form = load_form(document.form)
    if not document.year:
        department = form.department.with_role(document.department, Role.YEAR, year)
        return replace(imported, document=replace(document, year=year, department=department))
    made = rolled_over(document, form, year)
    spec = form.project  # the files of the year before, which a project would name, are not at hand
    projects = {file: spec.with_role(record, Role.ORIGIN, None) for file, record in made.projects.items()}
    message = _("文档是 {old} 年的，作为 {new} 年的读入：项目编码要重新填写").format(old=document.year, new=year)
    note = Note(place="", confidence=Confidence.UNSURE, message=message)
    return replace(imported, document=replace(made, projects=projects), notes=(note, *imported.notes))


def only_rows(imported: ImportResult) -> bool:
    """Are there indicators of no project that has a name: a table of rows, which go into one that is there?"""
    spec, document = load_form(imported.document.form).project, imported.document
    named = any(spec.text_of(record, role) for record in document.projects.values() for role in (Role.NAME, Role.CODE))
    return bool(document.projects) and not named


# ---- the report


def report_lines(imported: ImportResult, *, certain: bool = True) -> Iterator[str]:
    """What was left out, guessed, or understood by a rule: a line each with its place, what was not taken first.

    ``certain``: the sure too.
    """
    labels = {
        Confidence.SURE: _("已读入"),
        Confidence.LIKELY: _("已转换"),
        Confidence.UNSURE: _("请核对"),
        Confidence.LEFT: _("未读入"),
    }
    form = load_form(imported.document.form)
    first = (Confidence.LEFT, Confidence.UNSURE, Confidence.LIKELY, Confidence.SURE)
    for note in sorted(imported.notes, key=lambda note: first.index(note.confidence)):
        if certain or note.confidence is not Confidence.SURE:
            told = _whole(note) if note.confidence is Confidence.LEFT else glossed_sentence(form, note.message)
            yield f"{labels[note.confidence]} {labelled(note.place, told) if note.place else told}"
    for title, counted in ((_("读入"), imported.counts.taken), (_("没有读入"), imported.counts.left_out)):
        yield from (labelled(f"{title} {what}", count) for what, count in counted.items())


def _whole(note: Note) -> str:
    """What a note of a text that was not taken over says, the text quoted to its end."""
    if not note.text:
        return note.message
    quoted, whole = shown(note.text), " ".join(note.text.split())
    return note.message.replace(quoted, whole) if quoted in note.message else labelled(note.message, whole)


def summary(imported: ImportResult) -> str:
    """How much was found, in one line: 读到 7 个项目，绩效目标 12 行…."""
    form, projects = load_form(imported.document.form), len(imported.document.projects)
    rows = " · ".join(f"{glossed(form, label)} {count}" for label, count in imported.counts.rows.items())
    told = _("读到 {count} 个项目，{rows}") if projects or not rows else _("读到部门的表：{rows}")
    return told.format(count=projects, rows=rows)


# ---- a new document


@frozen
class NewDocument:
    """A foreign document ready to become one of the data folder."""

    folder: DocumentFolder
    document: Document


def new_document(data: Path, imported: ImportResult, unit: str = "") -> NewDocument:
    """Where it will be. Raises CannotImport where it says no year or unit, AlreadyThere where there is one."""
    document = replace(imported.document, unit=unit or imported.document.unit)
    if not is_year(str(document.year)):
        raise CannotImport(_("文档里没有年度，请指明年度"))
    if not is_unit(document.unit):
        raise CannotImport(_("文档里没有单位编码，请指明单位编码"))
    return NewDocument(folder=free_folder(data, document.year, document.unit), document=document)


def write_new(new: NewDocument) -> None:
    """Put it into the data folder. Raises a FileError."""
    write_document(new.folder, with_unit(new.document))


def write_with_next(new: NewDocument, *, amounts: bool) -> DocumentFolder:
    """Put it into the data folder, and the next year's document that is made of it; that one's folder.

    Raises a FileError; where there is such a document of the next year, before anything is written.
    """
    folder = free_folder(new.folder.data, new.folder.year + 1, new.folder.unit)
    write_new(new)
    form = load_form(new.document.form)
    write_document(folder, rolled_over(with_unit(new.document), form, folder.year, amounts=amounts))
    return folder


def with_unit(document: Document) -> Document:
    """The document with its unit's code in its department's file, where the text did not say it."""
    spec, department = load_form(document.form).department, document.department
    if spec.text_of(department, Role.UNIT_CODE):
        return document
    return replace(document, department=spec.with_role(department, Role.UNIT_CODE, document.unit))


def existing(data: Path, year: int, unit: str) -> DocumentFolder | None:
    """The document of a year and unit that is there already."""
    if not is_year(str(year)) or not is_unit(unit):
        return None
    folder = document_folder(data, year, unit)
    return folder if folder.folder.exists() else None


# ---- files to choose from


def offered_files(folders: Sequence[Path], endings: Sequence[str]) -> list[Path]:
    """The files with one of the endings in some folders, the latest first."""
    found: dict[Path, float] = {}
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name.lower()
                    if name.endswith(tuple(endings)) and not name.startswith((".", "~")) and entry.is_file():
                        found[Path(entry.path)] = entry.stat().st_mtime
        except OSError:  # not there, or not to be read
            continue
    return sorted(found, key=lambda path: (-found[path], path.name))
