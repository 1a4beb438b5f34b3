"""Which files of a document were changed when, and by whom."""

from collections.abc import Callable, Mapping
from typing import Any

from perftui.forms import Form, Role
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, file_stem
from perftui.model.frozen import frozen


@frozen
class ChangedFile:
    """A file that was changed."""

    name: str
    at: float
    """When, in seconds since 1970."""
    who: str
    """Who is known to have changed it; "" for nobody."""

    def to_plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"name": self.name, "at": int(self.at), "who": self.who}


def name_of_file(form: Form, document: Document, file: str) -> str:
    """What people call a file: the project's name, else its code; one that has neither by its number."""
    if file == DEPARTMENT:
        return form.department.text_of(document.department, Role.UNIT_NAME) or document.unit
    record = document.projects.get(file)
    if record is None:
        return file_stem(file)
    named = form.project.text_of(record, Role.NAME) or form.project.text_of(record, Role.CODE)
    return named or _("未命名项目 {number}").format(number=list(document.projects).index(file) + 1)


def changed_files(
    form: Form, document: Document, changed_at: Callable[[str], float | None], hands: Mapping[str, str]
) -> list[ChangedFile]:
    """Every file with when it was changed last and by whom, the latest first."""
    times = [(at, file) for file, _record in document.files() if (at := changed_at(file)) is not None]
    return [
        ChangedFile(name=name_of_file(form, document, file), at=at, who=hands.get(file, ""))
        for at, file in sorted(times, reverse=True)
    ]
