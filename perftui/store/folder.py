"""The folders of a data folder: ``YEAR/UNIT`` with one department file and one file a project."""

import os
import re
from pathlib import Path

from perftui.files.errors import FileError, Missing, NotFolder, Unreadable
from perftui.files.locks import SUFFIX as LOCK_SUFFIX
from perftui.files.names import is_project_file_name
from perftui.files.temporary import SUFFIX as TEMPORARY_SUFFIX
from perftui.locale import _
from perftui.model.document import DEPARTMENT, PROJECTS
from perftui.model.frozen import frozen
from perftui.store.problem import Problem
from perftui.store.sync_copies import is_certainly_copy, original_of

_YEAR = re.compile(r"(19|20|21)[0-9]{2}")
_UNIT = re.compile(r"[0-9A-Za-z]{1,12}")
_ENDING = ".toml"

REVIEW_FILE = "review.toml"
"""What a data folder, or a document in it, says about the review."""

GIT_ATTRIBUTES = "*.toml text eol=lf merge=perftui diff=perftui\n"
"""What a data folder tells git of its files."""

GIT_IGNORE = f".perftui/\n*{LOCK_SUFFIX}\n*{TEMPORARY_SUFFIX}\n"
"""What git is to leave alone in a data folder."""


@frozen
class DocumentFolder:
    """Where one unit's document of one year is."""

    year: int
    unit: str
    """The unit's code."""
    folder: Path

    @property
    def data(self) -> Path:
        """The data folder that it belongs to."""
        return self.folder.parent.parent

    def path(self, file: str) -> Path:
        """The path of one of the document's files, named relative to its folder."""
        return self.folder / file


def document_folder(data: Path, year: int, unit: str) -> DocumentFolder:
    """The folder of a unit's document in a data folder, whether it exists or not."""
    return DocumentFolder(year=year, unit=unit, folder=data / str(year) / unit)


def is_year(text: str) -> bool:
    """May a folder of this name hold a year's documents?"""
    return _YEAR.fullmatch(text) is not None


def is_unit(text: str) -> bool:
    """May a folder of this name hold a unit's document?"""
    return _UNIT.fullmatch(text) is not None


def find_documents(data: Path) -> tuple[DocumentFolder, ...]:
    """The documents of a data folder, newest year first. Raises a FileError where the folder cannot be read."""
    found = [
        document_folder(data, int(year), unit)
        for year in _names(data)
        if is_year(year) and (data / year).is_dir()
        for unit in _names(data / year)
        if is_unit(unit) and is_document(data / year / unit)
    ]
    return tuple(sorted(found, key=lambda one: (-one.year, one.unit)))


def documents_at(path: Path) -> tuple[DocumentFolder, ...]:
    """The documents of a folder: that of a unit, those of a year, or all of a data folder. Raises a FileError."""
    return documents_within(path) or find_documents(path)


def documents_within(path: Path) -> tuple[DocumentFolder, ...]:
    """The document that a folder in a data folder is, or those of the year that it is; none for any other."""
    folder = Path(os.path.abspath(path))
    if is_unit(folder.name) and is_year(folder.parent.name) and is_document(folder):
        return (DocumentFolder(year=int(folder.parent.name), unit=folder.name, folder=folder),)
    of_year = find_documents(folder.parent) if is_year(folder.name) and folder.is_dir() else ()
    return tuple(one for one in of_year if one.folder.parent == folder)


def project_files(folder: DocumentFolder) -> tuple[list[str], list[Problem]]:
    """The document's project files by name, and those that cannot be used. Raises a FileError."""
    files: list[str] = []
    problems: list[Problem] = []
    plain, links = _project_names(folder)
    names = frozenset(plain)
    seen = {os.path.realpath(folder.folder / PROJECTS / name): name for name in plain} if links else {}
    for name in sorted([*plain, *links]):
        file = f"{PROJECTS}/{name}"
        reason = _copy_problem(name, names)
        if not reason and not is_project_file_name(name):
            reason = _("文件名里有不能用的字符，请改名")
        if not reason and name in links:
            reason = _link_problem(folder, name, seen)
        if reason:
            problems.append(Problem(file=file, line=None, reason=reason))
        else:
            files.append(file)
    return files, problems


def _project_names(folder: DocumentFolder) -> tuple[list[str], list[str]]:
    """The names that end as a project's file does: of files, and of links."""
    try:
        entries = _entries(folder.folder / PROJECTS)
    except Missing:  # git keeps no empty folders
        if folder.folder.is_dir():
            return [], []
        raise NoFolder(folder.folder) from None
    wanted = [entry for entry in entries if entry.name.endswith(_ENDING) and not entry.name.startswith(".")]
    links = [entry.name for entry in wanted if entry.is_symlink()]
    return [entry.name for entry in wanted if not entry.is_symlink()], links


def _copy_problem(name: str, names: frozenset[str]) -> str:
    """What is to be said of a copy that another program left; "" for a file that is none."""
    original = original_of(name)
    if original in names:
        return _("是 {original} 的副本，没有当作项目：可以按字段合并进去，或者删掉").format(original=original)
    if is_certainly_copy(name):
        return _("是 {original} 的副本，而 {original} 不在：没有当作项目，请改名").format(original=original)
    return ""


def _link_problem(folder: DocumentFolder, name: str, seen: dict[str, str]) -> str:
    """What is wrong with where a link leads; "" where nothing is."""
    real = os.path.realpath(folder.folder / PROJECTS / name)
    inside = (os.path.realpath(folder.data), os.path.realpath(folder.folder / PROJECTS))
    if not any(os.path.commonpath((real, top)) == top for top in inside):
        return _("链接指向数据目录之外，不读也不写")
    first = seen.setdefault(real, name)
    return "" if first == name else _("与 {name} 是同一个文件").format(name=first)


def is_document(folder: Path) -> bool:
    """Is there a department's file, or a project? An empty folder, or lock files, make none."""
    if os.path.lexists(folder / DEPARTMENT):
        return True
    try:
        return any(name.endswith(_ENDING) and not name.startswith(".") for name in os.listdir(folder / PROJECTS))
    except OSError:
        return False


def _names(folder: Path) -> list[str]:
    return [entry.name for entry in _entries(folder)]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder. Raises NoFolder, NotFolder or Unreadable."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError as error:
        raise NoFolder(folder) from error
    except NotADirectoryError as error:
        raise NotFolder(folder) from error
    except OSError as error:
        raise Unreadable(folder, error.errno or 0) from error


class NoFolder(Missing):
    """There is no such folder."""

    def __init__(self, path: Path) -> None:
        FileError.__init__(self, path, _("没有目录 {name}").format(name=path))
