"""What people call a place in a document: 项目 3 办事处、社区工作经费 · 绩效指标 2 办公设备正常运行率 · 指标值."""

from perftui.forms import Form, Group, RecordSpec, Role
from perftui.forms.glosses import glossed_sentence
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import REMARKS, FieldPath, Record

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

    def with_english(self, sentence: str) -> str:
        """A sentence or a place, in English with that of each word of the form in it."""
        return glossed_sentence(self._form, sentence)

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
        spec = self._form.spec_of(location.file)
        record = self._document.record(location.file) if self._document.has(location.file) else Record()
        return BETWEEN.join(_parts(location.path, spec, record))


def short_name(path: FieldPath, spec: RecordSpec, record: Record) -> str:
    """A place inside its file where there is little room: 绩效指标2 指标值; a row that is not there yet is the next."""
    label, group = spec.label(path), spec.group(path[0])
    if group is None or len(path) == 1:
        return label
    row = f"{group.label}{record.row_number(group.key, path[1])}"
    return row if _is_row(path, group) else f"{row} {label}"


def _parts(path: FieldPath, spec: RecordSpec, record: Record) -> list[str]:
    group, label = spec.group(path[0]), spec.label(path)
    if path[0] == REMARKS:
        return [_("批注")]
    if len(path) == 1:
        return [label]
    if group is None:
        return [spec.plan.label, label] if spec.plan and path[0] == spec.plan.key else [label]
    row = _row(path[1], group, record)
    return [row] if _is_row(path, group) else [row, label]


def _is_row(path: FieldPath, group: Group) -> bool:
    """Is the row itself meant, or its only column?"""
    return len(path) == 2 or len(group.columns) == 1


def _row(row_id: str, group: Group, record: Record) -> str:
    key = group.key_of(Role.NAME) or group.key_of(Role.TITLE)
    for number, row in enumerate(record.rows(group.key), start=1):
        if row.id == row_id:
            return f"{group.label} {number} {row.text(key).strip() if key else ''}".rstrip()
    return group.label
