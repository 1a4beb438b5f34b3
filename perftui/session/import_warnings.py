"""What is said of a foreign document that is of another year or unit than the open one."""

from collections.abc import Iterator

from perftui.forms import Form, RecordSpec, Role
from perftui.locale import _
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.session.word_return import PrintedFrom

_UNIT = (Role.UNIT_CODE, Role.UNIT_NAME)


def document_warnings(document: Document, foreign: Document, came: PrintedFrom | None) -> Iterator[str]:
    """Another year; another unit, unless it is an export of this document that comes back."""
    if foreign.year and foreign.year != document.year:
        yield _("注意：文档是 {other} 年的，这里是 {year} 年").format(other=foreign.year, year=document.year)
    if came is None and foreign.unit and foreign.unit != document.unit:
        yield _("注意：文档是单位 {other} 的，这里是 {unit}").format(other=foreign.unit, unit=document.unit)


def unit_warnings(form: Form, document: Document, foreign: Document, ours: Record, theirs: Record) -> Iterator[str]:
    """A project whose table stands under another unit than here: that is told, and not taken."""
    here, there = _unit_of(form, ours, document), _unit_of(form, theirs, foreign)
    if all(there) and there != here:
        name = form.project.text_of(ours, Role.NAME)
        sentence = _("注意：项目“{name}”的表上写的单位是 {other}，这里是 {unit}，没有改")
        yield sentence.format(name=name, other=" ".join(there), unit=" ".join(here))


def _unit_of(form: Form, record: Record, document: Document) -> tuple[str, ...]:
    """Code and name of the unit that a project is of: its own, else its document's."""
    of_all = (form.department.text_of(document.department, role) for role in _UNIT)
    return tuple(form.project.text_of(record, role) or all_of for role, all_of in zip(_UNIT, of_all, strict=True))


def with_unit_of(spec: RecordSpec, record: Record, other: Record) -> Record:
    """A department's record with the unit of another."""
    for role in (Role.UNIT_NAME, Role.DEPARTMENT_NAME):
        record = spec.with_role(record, role, spec.text_of(other, role) or None)
    return record
