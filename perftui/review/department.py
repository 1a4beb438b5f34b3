"""D001, D004, D006–D008: are the parts of the department there, and do they say something of their own?"""

import re
from collections.abc import Iterator

from perftui.forms import Field, Group, GroupRole, Kind, Role
from perftui.locale import N_, _
from perftui.review.compare import fold
from perftui.review.finding import Severity
from perftui.review.rule import Hit, rule
from perftui.review.subject import Cell, Subject


def _groups(subject: Subject) -> list[Group]:
    """Duties and safeguards, as far as the form has them."""
    return [group for group in subject.spec.groups if group.role in (GroupRole.DUTIES, GroupRole.SAFEGUARDS)]


def long_texts(subject: Subject, groups: list[Group]) -> Iterator[tuple[Field, Cell]]:
    """The filled long texts of groups, row by row."""
    for group in groups:
        columns = [column for column in group.columns if column.kind is Kind.LONG_TEXT]
        for row in subject.rows(group):
            for column in columns:
                text = row.text(column.key).strip()
                if text:
                    yield column, Cell(path=(group.key, row.id, column.key), text=text)


def prose(subject: Subject) -> Iterator[tuple[Field, Cell]]:
    """The running texts of duties and safeguards."""
    return long_texts(subject, _groups(subject))


@rule("D001", Severity.ERROR, N_("职责缺一部分"))
def _missing_part(subject: Subject) -> Iterator[Hit]:
    yield from _missing(subject, GroupRole.DUTIES, _("补写这一部分；几项职责不要共用一段"))


@rule("D008", Severity.WARNING, N_("保障措施缺标题或内容"))
def _missing_safeguard(subject: Subject) -> Iterator[Hit]:
    yield from _missing(subject, GroupRole.SAFEGUARDS, _("补写这一部分"))


def _missing(subject: Subject, role: GroupRole, advice: str) -> Iterator[Hit]:
    group = subject.spec.group_of(role)
    if group is None:
        return
    head = next((column.key for column in group.columns if column.role in (Role.NAME, Role.TITLE)), "")
    for row in subject.rows(group):
        for column in subject.parts(group):
            if not row.text(column.key).strip():
                title = row.text(head).strip()
                message = _("{row}“{title}”没有{part}").format(row=group.label, title=title, part=column.label)
                if not title:
                    message = _("这一条{row}没有{part}").format(row=group.label, part=column.label)
                yield Hit(path=(group.key, row.id, column.key), message=message, advice=advice)


@rule("D004", Severity.WARNING, N_("两项职责的目标或指标相同"))
def _same(subject: Subject) -> Iterator[Hit]:
    group = subject.spec.group_of(GroupRole.DUTIES)
    for role in (Role.PERFORMANCE_GOAL, Role.DUTY_INDICATOR):
        column = group.column(role) if group else None
        first: dict[str, int] = {}
        for number, cell in enumerate(subject.cells(GroupRole.DUTIES, role), start=1):
            key = fold(cell.text)
            if column is not None and key and first.setdefault(key, number) != number:
                message = _("{label}与第 {earlier} 项职责的一字不差").format(label=column.label, earlier=first[key])
                advice = _("多半是复制时没有改，按本项职责重写")
                yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text)


_STRAY = re.compile("(?<=。)[0-9０-９.．%％]+$")
_DIGIT = re.compile("[0-9０-９]")


@rule("D006", Severity.WARNING, N_("职责的指标不能计量"))
def _unmeasured(subject: Subject) -> Iterator[Hit]:
    standards = {
        cell.path[1]: _STRAY.sub("", cell.text) for cell in subject.cells(GroupRole.DUTIES, Role.STANDARD)
    }  # fmt: skip
    for cell in subject.cells(GroupRole.DUTIES, Role.DUTY_INDICATOR):
        told = _STRAY.sub("", cell.text) + standards.get(cell.path[1], "")
        if cell.text and not _DIGIT.search(told):
            message = _("{label}没有数字，绩效标准里也没有").format(label=subject.spec.label(cell.path))
            advice = _("写明要达到多少，例如“政策落实率达到95%以上”，标准按数字分档")
            yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text)


@rule("D007", Severity.WARNING, N_("缺总体目标、职责或保障措施"))
def _part_missing(subject: Subject) -> Iterator[Hit]:
    path = subject.spec.path_of(Role.OVERALL_GOAL)
    if path is not None and not subject.text(Role.OVERALL_GOAL):
        message = _("没有填{label}").format(label=subject.spec.label(path))
        yield Hit(path=path, message=message, advice=_("写明本部门全年要达到的总目标，一段即可"))
    for group in _groups(subject):
        if not subject.rows(group):
            message = _("一条{label}也没有").format(label=group.label)
            yield Hit(path=(group.key,), message=message, advice=_("至少写一条"))
