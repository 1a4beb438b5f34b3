"""D001, D004, D006–D009: are the parts of the department there, and do they say something of their own?"""

import re
from collections.abc import Iterator

from perftui.forms import Field, Group, GroupRole, Kind, Role
from perftui.locale import N_, _
from perftui.model.text import fold
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject


def _groups(subject: Subject) -> list[Group]:
    """Duties and safeguards, as far as the form has them."""
    return [group for group in subject.spec.groups if group.role in (GroupRole.DUTIES, GroupRole.SAFEGUARDS)]


def long_text_cells(subject: Subject, groups: list[Group]) -> Iterator[tuple[Field, FieldText]]:
    """The filled long texts of groups with their columns, row by row."""
    for group in groups:
        columns = [column for column in group.columns if column.kind is Kind.LONG_TEXT]
        for row in subject.rows(group):
            for column in columns:
                text = row.text(column.key).strip()
                if text:
                    yield column, FieldText(path=(group.key, row.id, column.key), text=text)


def prose_cells(subject: Subject) -> Iterator[tuple[Field, FieldText]]:
    """The running texts of duties and safeguards with their columns."""
    return long_text_cells(subject, _groups(subject))


@rule("D001", Severity.ERROR, N_("职责缺一部分"))
def _missing_part(subject: Subject) -> Hits:
    yield from _missing(subject, GroupRole.DUTIES, _("补写这一部分；几项职责不要共用一段"))


@rule("D008", Severity.WARNING, N_("保障措施缺标题或内容"))
def _missing_safeguard(subject: Subject) -> Hits:
    yield from _missing(subject, GroupRole.SAFEGUARDS, _("补写这一部分"))


def _missing(subject: Subject, role: GroupRole, advice: str) -> Hits:
    group = subject.spec.group_of(role)
    if group is None:
        return
    heading = group.key_of(Role.NAME) or group.key_of(Role.TITLE)
    required = [column for column in group.columns if column.required]
    for row in subject.rows(group):
        title = row.text(heading).strip()
        message = _("{row}“{title}”没有{part}") if title else _("这一条{row}没有{part}")
        for column in required:
            if not row.text(column.key).strip():
                path = (group.key, row.id, column.key)
                yield hit(path, message, advice, row=group.label, title=title, part=column.label)


@rule("D004", Severity.WARNING, N_("两项职责的目标或指标相同"))
def _same(subject: Subject) -> Hits:
    for role in (Role.PERFORMANCE_GOAL, Role.DUTY_INDICATOR):
        first: dict[str, int] = {}
        for number, cell in enumerate(subject.cells(GroupRole.DUTIES, role), start=1):
            key = fold(cell.text)
            if key and first.setdefault(key, number) != number:
                message, label = _("{label}与第 {earlier} 项职责的一字不差"), subject.spec.label(cell.path)
                yield hit(cell, message, _("多半是复制时没有改，按本项职责重写"), label=label, earlier=first[key])


STRAY = re.compile("(?<=。)[0-9０-９.．%％]+$")
"""A number behind the last full stop: 。100%. It mostly belongs into another field."""
_DIGIT = re.compile("[0-9０-９]")


@rule("D006", Severity.WARNING, N_("职责的指标不能计量"))
def _unmeasured(subject: Subject) -> Hits:
    standards = {cell.path[1]: cell.text for cell in subject.cells(GroupRole.DUTIES, Role.STANDARD)}
    for cell in subject.cells(GroupRole.DUTIES, Role.DUTY_INDICATOR):
        texts = (cell.text, standards.get(cell.path[1], ""))
        if cell.text and not any(_DIGIT.search(STRAY.sub("", text)) for text in texts):
            advice = _("写明要达到多少，例如“政策落实率达到95%以上”，标准按数字分档")
            yield hit(cell, _("{label}没有数字，绩效标准里也没有"), advice, label=subject.spec.label(cell.path))


@rule("D007", Severity.WARNING, N_("缺总体目标、职责或保障措施"))
def _part_missing(subject: Subject) -> Hits:
    goal = subject.cell(Role.OVERALL_GOAL)
    if goal and not goal.text:
        advice = _("写明本部门全年要达到的总目标，一段即可")
        yield hit(goal, _("没有填{label}"), advice, label=subject.spec.label(goal.path))
    for group in _groups(subject):
        if not subject.rows(group):
            yield hit((group.key,), _("一条{label}也没有"), _("至少写一条"), label=group.label)


@rule("D009", Severity.WARNING, N_("单位编码或年度与文件夹的不同"))
def _of_another_folder(subject: Subject) -> Hits:
    unit, year = subject.cell(Role.UNIT_CODE), subject.cell(Role.YEAR)
    folder, of_year = subject.context.unit, subject.context.year
    message = _("{label}是 {found}，文件夹却是 {folder} 的")
    if unit and unit.text and folder.isdigit() and unit.text != folder:
        advice = _("像是把整个文件夹复制来的：要用它，先改单位编码、名称和各项目的编码；不用就删掉这个文件夹")
        yield hit(unit, message, advice, label=subject.spec.label(unit.path), found=unit.text, folder=folder)
    if year and year.text and of_year and year.text != str(of_year):
        advice = _("像是把上年的文件夹复制来的：删掉这个文件夹，在上年的文本里用“生成下一年度”来做")
        yield hit((), message, advice, label=subject.spec.label(year.path), found=year.text, folder=of_year)
