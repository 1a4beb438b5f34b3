"""The document of the year before in the same folder: which of its projects is which of this year's."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from perftui.files.errors import FileError
from perftui.forms import Form, Role
from perftui.model.document import DEPARTMENT, Document
from perftui.model.record import Record
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.open import open_document


class LastYear:
    """A unit's document of an earlier year; projects are found by the file they were rolled over from, or by name."""

    def __init__(self, document: Document, form: Form) -> None:
        self.document = document
        self._spec = form.project

    @property
    def year(self) -> int:
        """The year it is of."""
        return self.document.year

    def file_of(self, record: Record) -> str | None:
        """Its file of a project of this year; ``None`` for a new one, and where two have the name."""
        origin = self._spec.text_of(record, Role.ORIGIN)
        if origin:
            return origin if origin in self.document.projects else None
        return self._by_name.get(self._spec.text_of(record, Role.NAME).strip())

    def of_project(self, record: Record) -> Record | None:
        """Its record of a project of this year; ``None`` for a new one."""
        found = self.file_of(record)
        return None if found is None else self.document.projects[found]

    def of(self, file: str, record: Record) -> Record | None:
        """Its record of one of this year's files: the department's, or a project's."""
        return self.document.department if file == DEPARTMENT else self.of_project(record)

    def ended(self, projects: Iterable[Record]) -> Mapping[str, Record]:
        """Its projects that none of this year's goes on."""
        going_on = {self.file_of(record) for record in projects}
        return {file: record for file, record in self.document.projects.items() if file not in going_on}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        names = {file: self._spec.text_of(one, Role.NAME).strip() for file, one in self.document.projects.items()}
        counts = Counter(names.values())
        return {name: file for file, name in names.items() if name and counts[name] == 1}


def earlier_folder(folder: DocumentFolder, year: int | None = None) -> DocumentFolder | None:
    """Where the newest earlier document of the same unit is, or that of one earlier ``year``."""
    try:
        found = [one for one in find_documents(folder.data) if one.unit == folder.unit and one.year < folder.year]
    except FileError:
        return None
    return next((one for one in found if year in (None, one.year)), None)


def read_last_year(folder: DocumentFolder, form: Form, year: int | None = None) -> LastYear | None:
    """The newest earlier document of the same unit, or that of one ``year``, where it has the same form."""
    earlier = earlier_folder(folder, year)
    if earlier is None:
        return None
    try:
        opened = open_document(earlier)
    except FileError:
        return None
    return LastYear(opened.document, form) if opened.form.id == form.id else None
