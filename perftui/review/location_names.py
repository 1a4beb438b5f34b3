"""What people call a place in a document: 项目 3 办事处、社区工作经费 · 绩效指标 2 办公设备正常运行率 · 指标值."""

from perftui.forms import Form, Group, Kind, RecordSpec, Role
from perftui.forms.glosses import glossed_sentence
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.money import WAN, print_amount
from perftui.model.record import REMARKS, FieldPath, Record
from perftui.review.finding import Finding

BETWEEN = " · "
"""Between the parts of a place."""


class LocationNames:
    """The names of a document's places; projects are numbered once, when it is made."""

    def __init__(self, document: Document, form: Form) -> None:
        self._document = document
        self._form = form
        self._unit = form.amount_unit_of(document.department)
        self._numbers = {file: number for number, file in enumerate(document.projects, start=1)}
        self._files: dict[str, str] = {}
        self._rows: dict[tuple[str, str], dict[str, str]] = {}

    def of(self, location: Location) -> str:
        """A place in full."""
        field = self.field(location)
        return f"{self.file(location.file)}{BETWEEN}{field}" if field else self.file(location.file)

    def with_english(self, sentence: str) -> str:
        """A sentence or a place, in English with that of each word of the form in it."""
        return glossed_sentence(self._form, sentence)

    def quote(self, finding: Finding) -> str:
        """The text that a finding quotes as people see it: an amount in the document's unit."""
        spec = self._form.spec_of(finding.location.file)
        field = spec.field(finding.location.path)
        if field is None or field.kind is not Kind.AMOUNT or self._unit != WAN:
            return finding.quote
        amount = print_amount(finding.quote, WAN)
        return finding.quote if amount == finding.quote else f"{amount} {WAN}"

    def file(self, file: str) -> str:
        """A file: the department, or a project with its number and name."""
        if file == DEPARTMENT:
            return _("部门")
        if file not in self._numbers:
            return file
        if file not in self._files:
            name = self._form.project.text_of(self._document.projects[file], Role.NAME)
            self._files[file] = _("项目 {number} {name}").format(number=self._numbers[file], name=name).rstrip()
        return self._files[file]

    def field(self, location: Location) -> str:
        """A place inside its file; "" for the file itself."""
        if not location.path:
            return ""
        return BETWEEN.join(self._parts(location.file, location.path, self._form.spec_of(location.file)))

    def _parts(self, file: str, path: FieldPath, spec: RecordSpec) -> list[str]:
        group, label = spec.group(path[0]), spec.label(path)
        if path[0] == REMARKS:
            return [_("批注")]
        if len(path) == 1:
            return [label]
        if group is None:
            return [spec.plan.label, label] if spec.plan and path[0] == spec.plan.key else [label]
        row = self._rows_of(file, group).get(path[1], group.label)
        return [row] if _is_row(path, group) else [row, label]

    def _rows_of(self, file: str, group: Group) -> dict[str, str]:
        """What each row of a group is called: a file with many findings is gone through once."""
        if (known := self._rows.get((file, group.key))) is None:
            record = self._document.record(file) if self._document.has(file) else Record()
            known = self._rows[file, group.key] = _row_names(group, record)
        return known


def short_name(path: FieldPath, spec: RecordSpec, record: Record) -> str:
    """A place inside its file where there is little room: 绩效指标2 指标值; a row that is not there yet is the next."""
    label, group = spec.label(path), spec.group(path[0])
    if group is None or len(path) == 1:
        return label
    row = f"{group.label}{record.row_number(group.key, path[1])}"
    return row if _is_row(path, group) else f"{row} {label}"


def _is_row(path: FieldPath, group: Group) -> bool:
    """Is the row itself meant, or its only column?"""
    return len(path) == 2 or len(group.columns) == 1


def _row_names(group: Group, record: Record) -> dict[str, str]:
    key = group.key_of(Role.NAME) or group.key_of(Role.TITLE)
    return {
        row.id: f"{group.label} {number} {row.text(key).strip() if key else ''}".rstrip()
        for number, row in enumerate(record.rows(group.key), start=1)
    }
