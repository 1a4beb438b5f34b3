"""One unit's performance document of one year: the department and its projects."""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from itertools import chain

from perftui.model.frozen import frozen
from perftui.model.record import ORDER, UNPLACED, FieldPath, Record

SCHEMA = 1
"""The version of the files' layout that this program writes; files of a newer one are not read."""

DEPARTMENT = "department.toml"
"""The department's file, relative to the document's folder."""

PROJECTS = "projects"
"""The folder of the project files, relative to the document's folder."""


def project_file(name: str) -> str:
    """The file of a project, relative to the document's folder: ``projects/NAME.toml``."""
    return f"{PROJECTS}/{name}.toml"


def is_record_file(file: str) -> bool:
    """Is a file of a document's folder one of its records: the department, or a project?"""
    folder, _slash, name = file.rpartition("/")
    return file == DEPARTMENT or (folder == PROJECTS and name.endswith(".toml") and not name.startswith("."))


def file_stem(file: str) -> str:
    """The name of a file without folder and ending."""
    return file.rsplit("/", 1)[-1].removesuffix(".toml")


@frozen
class Location:
    """A place in a document: a file, and a field, a row (two parts) or a table in it; no path means the file."""

    file: str
    path: FieldPath = ()

    def is_in(self, whole: "Location") -> bool:
        """Is it that place or a part of it: a field of a row, a row of a table, anything in a file?"""
        return self.file == whole.file and self.path[: len(whole.path)] == whole.path


@frozen
class Document:
    """The records of one folder ``YEAR/UNIT``, by file; projects in reading order."""

    year: int
    unit: str
    """The folder's name: the unit's code."""
    form: str
    """The id of the form definition."""
    department: Record
    projects: Mapping[str, Record] = field(default_factory=dict)

    def record(self, file: str) -> Record:
        """The record of a file. Raises KeyError where there is none."""
        return self.department if file == DEPARTMENT else self.projects[file]

    def has(self, file: str) -> bool:
        """Is there a record of that file?"""
        return file == DEPARTMENT or file in self.projects

    def files(self) -> Iterator[tuple[str, Record]]:
        """Every file with its record: the department first, then the projects in reading order."""
        return chain([(DEPARTMENT, self.department)], self.projects.items())

    def with_record(self, file: str, record: Record) -> "Document":
        """The document with a file's record changed or added."""
        if file == DEPARTMENT:
            return replace(self, department=record)
        projects = {**self.projects, file: record}
        old = self.projects.get(file)
        if old is None or project_place(old) != project_place(record):  # sorting thousands takes longer than the edit
            projects = in_reading_order(projects)
        return replace(self, projects=projects)

    def without(self, file: str) -> "Document":
        """The document without a project."""
        return replace(self, projects={name: record for name, record in self.projects.items() if name != file})

    def renamed(self, names: Mapping[str, str]) -> "Document":
        """The document with projects in other files, all at once; one stays whose new file is another's already."""
        there = {old: new for old, new in names.items() if old in self.projects}
        moved = {old: new for old, new in there.items() if new not in self.projects or new in there}
        if not moved:
            return self
        projects = {moved.get(name, name): record for name, record in self.projects.items()}
        return replace(self, projects=in_reading_order(projects))


def row_count(document: Document) -> int:
    """The rows in the tables of all projects."""
    return sum([len(rows) for record in document.projects.values() for rows in record.groups.values()])


def project_place(record: Record) -> int:
    """A project's place in the list; one that says none comes last."""
    place = record.value((ORDER,))
    return place if isinstance(place, int) else UNPLACED


def in_reading_order(projects: Mapping[str, Record], places: Mapping[str, int] | None = None) -> dict[str, Record]:
    """Projects by their place, ties by file name. ``places``: those that are known without looking at the record."""
    known = places or {}
    rank = {file: known[file] if file in known else project_place(record) for file, record in projects.items()}
    files = sorted(projects)
    files.sort(key=rank.__getitem__)  # which leaves those of one place in the order of their names
    return {file: projects[file] for file in files}
