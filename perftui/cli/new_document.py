"""Putting a whole document into the data folder, where there is none of its year and unit yet."""

from pathlib import Path

from perftui.cli.exits import CommandError, Exit
from perftui.files.errors import ChangedOnDisk
from perftui.forms import load_form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document
from perftui.store.creating import prepare_for_git
from perftui.store.folder import DocumentFolder, document_folder
from perftui.store.opening import spec_of
from perftui.store.saving import save_file


def free_folder(data: Path, year: int, unit: str) -> DocumentFolder:
    """The folder of a new document. Raises CommandError where there is one already."""
    folder = document_folder(data, year, unit)
    if folder.folder.exists():
        raise CommandError(Exit.USAGE, _("{year} 年 {unit} 的绩效文本已经有了").format(year=year, unit=unit))
    return folder


def write_document(folder: DocumentFolder, document: Document) -> None:
    """Write the projects and then the department's file, with which a folder becomes a document."""
    form = load_form(document.form)
    try:
        for file, record in (*document.projects.items(), (DEPARTMENT, document.department)):
            save_file(folder, file, record, spec_of(form, file), None)
    except ChangedOnDisk as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
    prepare_for_git(folder.data)
