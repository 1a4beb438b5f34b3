"""Which files of a document were changed when, and by whom."""

from collections.abc import Callable, Iterable, Mapping
from heapq import nlargest
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
    """What people call a file: the project's name, else its code; one that has neither by its number.

    Where nobody knows which of its values is a name, for want of the form, it is called as on disk.
    """
    if file == DEPARTMENT:
        return form.department.text_of(document.department, Role.UNIT_NAME) or document.unit
    record = document.projects.get(file)
    if record is None or not form.is_known:
        return file_stem(file)
    named = form.project.text_of(record, Role.NAME) or form.project.text_of(record, Role.CODE)
    return named or unnamed(list(document.projects).index(file) + 1)


def no_form(form: Form) -> str:
    """What is said of a document whose form is not here or has a fault; "" of any other."""
    return _("{missing}，只能看").format(missing=form.missing) if form.missing else ""


def unnamed(number: int) -> str:
    """What a project is called that has neither name nor code."""
    return _("未命名项目 {number}").format(number=number)


class ChangedFiles:
    """When each file of a document was changed last; named only where somebody asks, the latest first."""

    def __init__(
        self, form: Form, document: Document, changed_at: Callable[[str], float | None], hands: Mapping[str, str]
    ) -> None:
        """``changed_at``: in seconds since 1970, ``None`` where that is not known. ``hands``: who changed a file."""
        self._form, self._document, self._hands = form, document, hands
        self._times = [(at, file) for file, _record in document.files() if (at := changed_at(file)) is not None]

    def latest(self, count: int) -> list[ChangedFile]:
        """The last that were changed."""
        return self._named(nlargest(count, self._times))

    def since(self, then: float | None) -> list[ChangedFile]:
        """What was changed after a moment; nothing where that is not known."""
        return self._named([] if then is None else sorted((one for one in self._times if one[0] > then), reverse=True))

    def _named(self, times: Iterable[tuple[float, str]]) -> list[ChangedFile]:
        return [
            ChangedFile(name=name_of_file(self._form, self._document, file), at=at, who=self._hands.get(file, ""))
            for at, file in times
        ]
