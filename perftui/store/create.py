"""New documents and the names of project files."""

import re
from collections.abc import Collection
from pathlib import Path

from perftui.files.directory_entries import confirm, place_new
from perftui.files.errors import ChangedOnDisk, FileError
from perftui.files.filesystem import DISK, FileSystem
from perftui.files.locks import writing_lock
from perftui.files.names import MAX_NAME_BYTES
from perftui.files.removing import create_folder
from perftui.files.writing import write_file
from perftui.forms import RecordSpec, Role, load_form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, PROJECTS, SCHEMA, file_stem, project_file
from perftui.model.ids import new_id
from perftui.model.record import Plain, Record
from perftui.store.folder import GIT_ATTRIBUTES, GIT_IGNORE, DocumentFolder, document_folder, is_unit, is_year
from perftui.store.open import LoadedDocument
from perftui.store.toml.canonical import canonical

NEW = "new-"
"""How the name of a project's file begins that was made before its code was known."""


_CODE = re.compile(r"[0-9A-Z]+")


class CannotCreate(FileError):  # noqa: N818 - named for what it says
    """A new document is refused; the sentence says why."""


def create_document(
    data: Path, year: int, unit: str, form_id: str, name: str, division: str = "", *, fs: FileSystem = DISK
) -> DocumentFolder:
    """Make a new, empty document, and the data folder where there is none.

    Raises a FileError: ``CannotCreate`` for a year, unit or name that cannot be used, or one that is there already.
    Raises UnknownForm.
    """
    spec = load_form(form_id).department
    folder = document_folder(data, year, unit)
    _check(folder, name)
    create_folder(folder.folder / PROJECTS, fs=fs)
    prepare_for_git(data, fs=fs)
    record = _department(spec, folder, form_id, name, division)
    try:
        write_file(folder.path(DEPARTMENT), canonical(record, spec).encode(), None, fs=fs)
    except ChangedOnDisk as error:
        raise _exists(folder) from error
    return folder


def prepare_for_git(data: Path, *, fs: FileSystem = DISK) -> None:
    """Write the data folder's ``.gitattributes`` and ``.gitignore`` where there are none."""
    for name, text in ((".gitattributes", GIT_ATTRIBUTES), (".gitignore", GIT_IGNORE)):
        path = data / name
        if not path.exists():
            write_file(path, text.encode(), None, fs=fs)


def new_project_file(record: Record, spec: RecordSpec, taken: Collection[str]) -> str:
    """The file of a new project: its code where that can be a name and is free, else ``new-<id>``."""
    names = {file_stem(file).casefold() for file in taken}
    code = spec.text_of(record, Role.CODE)
    if is_file_code(code) and code.casefold() not in names:
        return project_file(code)
    return project_file(NEW + new_id(None, None, {name.removeprefix(NEW) for name in names}))


def is_file_code(code: str) -> bool:
    """May a project code be the name of its file?"""
    return _CODE.fullmatch(code) is not None and len(code) <= MAX_NAME_BYTES


def format_names(opened: LoadedDocument, *, fs: FileSystem = DISK) -> dict[str, str]:
    """Rename the document's ``new-…`` files to their codes where those are known and free; old name -> new name."""
    renamed: dict[str, str] = {}
    taken = {file.casefold() for file in opened.document.projects} | {one.file.casefold() for one in opened.problems}
    for file, record in opened.document.projects.items():
        code = opened.form.spec_of(file).text_of(record, Role.CODE)
        target = project_file(code)
        if not file_stem(file).startswith(NEW) or not is_file_code(code) or target.casefold() in taken:
            continue
        if _rename(opened.folder, file, target, fs):
            taken.add(target.casefold())
            renamed[file] = target
    return renamed


def _rename(folder: DocumentFolder, file: str, target: str, fs: FileSystem) -> bool:
    """Rename a file under both locks; False where the new name was taken just now."""
    # Number 2 in the order of locks (session/sync).
    with writing_lock(folder.path(file), fs=fs), writing_lock(folder.path(target), fs=fs):
        try:
            place_new(folder.path(file), folder.path(target), fs)
        except FileExistsError:
            return False
        confirm(folder.path(target), None, fs)
    return True


def _check(folder: DocumentFolder, name: str) -> None:
    if not is_year(str(folder.year)):
        raise CannotCreate(folder.folder, _("年度 {year} 不对，要是四位数字，如 2021").format(year=folder.year))
    if not is_unit(folder.unit):
        raise CannotCreate(
            folder.folder, _("单位编码 {unit} 不对，只能是 1 到 12 位数字或字母").format(unit=folder.unit)
        )
    if not name.strip():
        raise CannotCreate(folder.folder, _("单位名称不能为空"))
    if folder.path(DEPARTMENT).exists():
        raise _exists(folder)


def _exists(folder: DocumentFolder) -> CannotCreate:
    sentence = _("{year} 年 {unit} 的绩效文本已经有了").format(year=folder.year, unit=folder.unit)
    return CannotCreate(folder.folder, sentence)


def _department(spec: RecordSpec, folder: DocumentFolder, form_id: str, name: str, division: str) -> Record:
    status = next((one.choices[0] for one in spec.head if one.role is Role.STATUS and one.choices), None)
    values: dict[Role, Plain] = {
        Role.SCHEMA: SCHEMA,
        Role.FORM: form_id,
        Role.DIVISION: division or None,
        Role.UNIT_CODE: folder.unit,
        Role.UNIT_NAME: name.strip(),
        Role.YEAR: folder.year,
        Role.STATUS: status,
    }
    record = Record()
    for role, value in values.items():
        record = spec.with_role(record, role, value)
    return record
