"""Writes a new document, by import or rollover, into a data folder that has none of its year and unit."""

import os
import shutil
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from perftui.files.errors import FileError, refusals
from perftui.files.removing import create_folder
from perftui.forms import Form, Kind, RecordSpec, Role, load_form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, PROJECTS, Document, in_reading_order, project_file
from perftui.model.ids import derived_id
from perftui.model.record import CONFLICTS, REMARKS, Plain, Record
from perftui.model.unreviewed import without_marks
from perftui.session.unreviewed import marked
from perftui.store.create import NEW, prepare_for_git
from perftui.store.folder import DocumentFolder, document_folder
from perftui.store.save import save_file


class AlreadyThere(FileError):  # noqa: N818 - named for what it says
    """There is a document of this year and unit."""

    def __init__(self, folder: DocumentFolder) -> None:
        sentence = _("{year} 年 {unit} 的绩效文本已经有了").format(year=folder.year, unit=folder.unit)
        super().__init__(folder.folder, sentence)


def free_folder(data: Path, year: int, unit: str) -> DocumentFolder:
    """The folder of a new document. Raises AlreadyThere."""
    folder = document_folder(data, year, unit)
    if folder.folder.exists():
        raise AlreadyThere(folder)
    return folder


def write_document(folder: DocumentFolder, document: Document) -> None:
    """Write all files of a document; it is there as a whole or not at all. Raises a FileError."""
    form = load_form(document.form)
    parent = folder.folder.parent
    # Made beside its place and renamed when it is whole: nobody opens half a document.
    making = replace(folder, folder=parent / f".{folder.unit}.{os.getpid()}")
    create_folder(making.folder / PROJECTS)
    try:
        for file, record in (*document.projects.items(), (DEPARTMENT, document.department)):
            save_file(making, file, record, form.spec_of(file), None)
        with refusals(folder.folder):
            try:
                os.rename(making.folder, folder.folder)
            except OSError as error:
                if folder.folder.exists():
                    raise AlreadyThere(folder) from error
                raise
    finally:
        shutil.rmtree(making.folder, ignore_errors=True)
    prepare_for_git(folder.data)


def rolled_over(
    document: Document, form: Form, year: int, files: Collection[str] | None = None, *, amounts: bool = True
) -> Document:
    """The document as the next year's begins: codes blank, the status as at first, all else of the plan as it was.

    Rows keep their ids, so that the years can be compared; a project names the file that it comes from.
    ``files``: the projects that go on, by default all; a project's new file does not hang on which others do, so that
    two people who each do this meet in the same files. ``amounts``: they are copied too.
    """
    status = next((one.choices[0] for one in form.department.head if one.role is Role.STATUS and one.choices), None)
    changes: dict[Role, Plain] = {Role.YEAR: year, Role.STATUS: status, Role.APPROVED_TOTAL: None}
    projects: dict[str, Record] = {}
    names: set[str] = set()
    for index, (file, record) in enumerate(document.projects.items()):
        name = derived_id(index, f"{year} {file}", names)
        names.add(name)
        if files is not None and file not in files:
            continue
        copy = _with(record, form.project, {Role.CODE: None, Role.ORIGIN: file})
        copy = copy if amounts else _without_amounts(copy, form.project)
        projects[project_file(f"{NEW}{name}")] = marked(form, without_marks(copy), _("去年"))
    department = _with(document.department, form.department, changes)
    department = department if amounts else _without_amounts(department, form.department)
    return replace(document, year=year, department=department, projects=in_reading_order(projects))


def _without_amounts(record: Record, spec: RecordSpec) -> Record:
    """The amounts blank wherever they stand, those of rows (测算明细) and what was typed for a computed field too."""
    tables = [group.path(field) for group in spec.amounts for field in group.amounts]
    others = [path for path, field in spec.fields(record) if field.kind is Kind.AMOUNT or field.formula]
    for path in (*tables, *others):
        record = record.with_value(path, None)
    return record


_OF_THE_YEAR = (CONFLICTS, REMARKS)
"""Rows that speak of one year's document."""


def _with(record: Record, spec: RecordSpec, changes: dict[Role, Plain]) -> Record:
    for role, value in changes.items():
        record = spec.with_role(record, role, value)
    gone = {*_OF_THE_YEAR, *spec.moment_rows}
    return replace(
        record,
        groups={key: rows for key, rows in record.groups.items() if key not in gone},
        tables={key: values for key, values in record.tables.items() if key not in spec.moment_tables},
    )
