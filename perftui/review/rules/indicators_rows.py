"""I001–I008, I027: are the rows there, where they belong, and filled?"""

import re
from collections.abc import Callable, Iterator
from operator import not_

from perftui.forms import GroupRole, Role
from perftui.locale import N_, _
from perftui.model.values import is_placeholder
from perftui.review.finding import Severity
from perftui.review.lists import quoted
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Indicator, Subject

_NEEDED = ("产出", "效益")
_SATISFACTION = "满意度"
_COST = "成本"
_COSTLY = ("工程", "购置", "修缮")
_OWN_COSTS = re.compile(
    "人员经费|人员支出|人员类|工资|薪酬|津贴补贴|社会保险|社保缴费|公积金|离退休|遗属|编外|聘用人员|临时人员|劳务费"
    "|公用经费|公用支出|日常公用|公用类|基本支出|办公经费|办公费|运转经费|运行经费|运转保障|日常运转|日常运行|机构运转|单位运转|物业|水电费|伙食"
)
"""Names of projects that pay a unit's own people and its running: they often have nobody to ask (public tables)."""


@rule("I001", Severity.ERROR, N_("没有绩效指标"))
def _no_rows(subject: Subject) -> Hits:
    group = subject.spec.group_of(GroupRole.INDICATORS)
    if group is not None and not subject.indicators:
        yield hit((group.key,), _("一条绩效指标也没有填"), _("至少填写产出和效益两类指标"))


def _known(subject: Subject, word: str) -> str:
    """The first 一级指标 or 二级指标 of the form whose name holds a word; "" where there is none."""
    for category in subject.taxonomy.categories:
        found = next((name for name in (category.name, *category.classes) if word in name), "")
        if found:
            return found
    return ""


def _has(subject: Subject, word: str) -> bool:
    return any(word in row.level1 or word in row.level2 for row in subject.indicators)


@rule("I002", Severity.ERROR, N_("缺产出或效益指标"))
def _missing_part(subject: Subject) -> Hits:
    for word in _NEEDED:
        yield from _missing(subject, word, _("补填这一类指标，有一条就行；缺了不能上报"))


@rule("I003", Severity.WARNING, N_("缺满意度或成本指标"))
def _missing_expected(subject: Subject) -> Hits:
    name = subject.text(Role.NAME)
    if not _OWN_COSTS.search(name):
        yield from _missing(subject, _SATISFACTION, _("补填服务对象的满意度；确实没有服务对象的，注明理由接受"))
    if any(word in name for word in _COSTLY):
        yield from _missing(subject, _COST, _("工程、购置、修缮项目请补填成本指标，写明总价或单价的上限"))


@rule("I027", Severity.HINT, N_("人员和公用经费没有满意度指标"))
def _missing_optional(subject: Subject) -> Hits:
    if _OWN_COSTS.search(subject.text(Role.NAME)):
        yield from _missing(subject, _SATISFACTION, _("有服务对象的补填；人员和公用经费可以没有"))


def _missing(subject: Subject, word: str, advice: str) -> Hits:
    group, name = subject.spec.group_of(GroupRole.INDICATORS), _known(subject, word)
    if group is not None and name and subject.indicators and not _has(subject, word):
        yield hit((group.key,), _("没有{name}"), advice, key=name, name=name)


@rule("I004", Severity.ERROR, N_("二级指标不属于一级指标"))
def _taxonomy(subject: Subject) -> Hits:
    taxonomy = subject.taxonomy
    for row in subject.indicators if taxonomy.closed else ():
        if not row.has(Role.LEVEL2) or row.level2 in taxonomy.classes_of(row.level1) or _is_cost_of_output(row):
            continue
        cell, home = row.cell(Role.LEVEL2), taxonomy.category_of(row.level2)
        label, advice = subject.spec.label(cell.path), _("按 F4 从表样的分类里选一个")
        if not row.level2:
            yield hit(cell, _("这一行没有选{level2}"), advice, level2=label)
        elif home:
            message, advice = _("“{level2}”属于“{home}”，不属于“{level1}”"), _("把一级指标改成“{home}”")
            yield hit(cell, message, advice, level2=row.level2, home=home, level1=row.level1)
        else:
            yield hit(cell, _("表样里没有“{level2}”这一类"), advice, level2=row.level2)


def _is_cost_of_output(row: Indicator) -> bool:
    """Costs stand under the outputs in many forms, also in those printed after 2021 (public tables)."""
    return row.level1.startswith("产出") and _COST in row.level2


@rule("I005", Severity.ERROR, N_("指标名称或指标值没有填"))
def _empty(subject: Subject) -> Hits:
    for row, cell in _cells(subject, Role.NAME, Role.VALUE, where=not_):
        advice = _("填写内容；这一行不用的，整行删去")
        yield hit(cell, _("{row}没有填{label}"), advice, row=_called(row), label=subject.spec.label(cell.path))


@rule("I006", Severity.WARNING, N_("指标值没有依据"))
def _no_basis(subject: Subject) -> Hits:
    for row in subject.indicators:
        column = row.group.column(Role.BASIS)
        if column is not None and column.required and not row.basis:
            advice = _("写明依据，例如年度工作计划、上年实际完成数、行业标准或文件名称")
            yield hit(row.cell(Role.BASIS), _("{row}没有填{label}"), advice, row=_called(row), label=column.label)


def _cells(subject: Subject, *roles: Role, where: Callable[[str], bool]) -> Iterator[tuple[Indicator, FieldText]]:
    """The cells of some columns, as far as the form has them, whose text passes a test; each with its row."""
    for row in subject.indicators:
        for role in roles:
            if where(row.text(role)) and row.has(role):
                yield row, row.cell(role)


def _called(row: Indicator) -> str:
    name = row.name or row.level2 or row.level1
    return quoted([name]) if name else _("这一行")


@rule("I007", Severity.ERROR, N_("名称或指标值是占位符号"))
def _placeholder(subject: Subject) -> Hits:
    yield from _placeholders(subject, Role.NAME, Role.VALUE)


@rule("I008", Severity.WARNING, N_("描述或依据是占位符号"))
def _placeholder_beside(subject: Subject) -> Hits:
    yield from _placeholders(subject, Role.DESCRIPTION, Role.BASIS)


def _placeholders(subject: Subject, *roles: Role) -> Hits:
    for _row, cell in _cells(subject, *roles, where=is_placeholder):
        message, advice = _("{label}“{text}”里有没换掉的占位符号"), _("换成实际内容；这一行不用的，整行删去")
        yield hit(cell, message, advice, label=subject.spec.label(cell.path), text=cell.text)
