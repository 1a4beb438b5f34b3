"""What people call a place in a document: 项目 3 办事处、社区工作经费 · 绩效指标 2 办公设备正常运行率 · 指标值."""

from collections.abc import Sequence

from perftui.forms import AmountGroup, Form, Group, Plan, RecordSpec, Role
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import Path, Record, Row

_HEADINGS = (Role.NAME, Role.TITLE)
BETWEEN = " · "
"""Between the parts of a place."""


class LocationNames:
    """The names of a document's places; projects are numbered once, when it is made."""

    def __init__(self, document: Document, form: Form) -> None:
        self._document = document
        self._form = form
        self._numbers = {file: number for number, file in enumerate(document.projects, start=1)}

    def of(self, location: Location) -> str:
        """A place in full."""
        field = self.field(location)
        return f"{self.file(location.file)}{BETWEEN}{field}" if field else self.file(location.file)

    def file(self, file: str) -> str:
        """A file: the department, or a project with its number and name."""
        if file == DEPARTMENT:
            return _("部门")
        if file not in self._numbers:
            return file
        name = self._form.project.text_of(self._document.projects[file], Role.NAME)
        return _("项目 {number} {name}").format(number=self._numbers[file], name=name).rstrip()

    def field(self, location: Location) -> str:
        """A place inside its file; "" for the file itself."""
        if not location.path:
            return ""
        spec = self._form.spec(department=location.file == DEPARTMENT)
        record = self._document.record(location.file) if self._document.has(location.file) else Record()
        return BETWEEN.join(_parts(location.path, spec, record))


def short_name(path: Path, spec: RecordSpec, record: Record) -> str:
    """A place inside its file where there is little room: 绩效指标2 指标值; a row that is not there yet is the next."""
    whole = _whole_label(path[0], spec)
    if len(path) == 1 and whole:
        return whole
    group = spec.group(path[0])
    if group is None:
        return spec.label(path)
    rows = record.rows(group.key)
    row = f"{whole}{_row_number(path[1], rows) or len(rows) + 1}"
    return row if _is_row(path, group) else f"{row} {spec.label(path)}"


def _parts(path: Path, spec: RecordSpec, record: Record) -> list[str]:
    whole, group = _whole_label(path[0], spec), spec.group(path[0])
    if len(path) == 1 and whole:
        return [whole]
    if group is None:
        return [whole, spec.label(path)] if spec.plan and path[0] == spec.plan.key else [spec.label(path)]
    row = _row(path[1], group, record)
    return [row] if _is_row(path, group) else [row, spec.label(path)]


def _whole_label(key: str, spec: RecordSpec) -> str:
    """What a table of amounts, the plan or a group of rows is called; "" for a field of the head."""
    wholes: list[AmountGroup | Group | Plan] = [*spec.amounts, *spec.groups, *([spec.plan] if spec.plan else [])]
    return next((whole.label for whole in wholes if whole.key == key), "")


def _is_row(path: Path, group: Group) -> bool:
    """Is the row itself meant, or its only column?"""
    return len(path) == 2 or len(group.columns) == 1


def _row(row_id: str, group: Group, record: Record) -> str:
    rows = record.rows(group.key)
    number = _row_number(row_id, rows)
    if not number:
        return group.label
    key = next((key for role in _HEADINGS if (key := group.key_of(role))), "")
    heading = rows[number - 1].text(key).strip() if key else ""
    return f"{group.label} {number} {heading}".rstrip()


def _row_number(row_id: str, rows: Sequence[Row]) -> int:
    """The place of a row in its group, from 1; 0 where there is no such row."""
    return next((number for number, row in enumerate(rows, start=1) if row.id == row_id), 0)
