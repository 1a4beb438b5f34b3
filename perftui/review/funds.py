"""F: amounts."""

import re
from collections.abc import Iterator
from decimal import Decimal

from perftui.forms import AmountGroup, Part, Role
from perftui.locale import N_, _
from perftui.model.document import DEPARTMENT
from perftui.model.money import format_amount, parse_amount, sum_amounts
from perftui.review.facts import Survey
from perftui.review.finding import Fix, Severity
from perftui.review.rule import Hit, document_rule, rule
from perftui.review.shown import HEADS
from perftui.review.subject import Subject
from perftui.review.wording import listed


@rule("F001", Severity.ERROR, N_("合计不等于各项之和"))
def _sums(subject: Subject) -> Iterator[Hit]:
    for group in subject.amounts:
        for part in group.total.walk():
            if part.parts:
                yield from _sum(subject, group, part)


def _sum(subject: Subject, group: AmountGroup, part: Part) -> Iterator[Hit]:
    path = group.path(part.field)
    text = subject.at(path)
    below = [subject.at(group.path(one.field)) for one in part.parts]
    total, parts = parse_amount(text), sum_amounts(below)
    if parts is None or (text and total is None) or (not any(below) and not text):
        return
    names = listed(one.field.label for one in part.parts)
    if not text:
        message = _("没有填{total}，{parts}合计 {sum}").format(total=part.field.label, parts=names, sum=parts)
    elif total == parts:
        return
    elif not any(below):
        message = _("填了{total} {amount}，没有填{parts}").format(total=part.field.label, amount=text, parts=names)
    else:
        message = _("{total} {amount} 不等于{parts}之和 {sum}，相差 {gap}").format(
            total=part.field.label, amount=text, parts=names, sum=parts, gap=abs((total or Decimal(0)) - parts)
        )
    fix = None if text else Fix(path=path, text=format_amount(parts))
    yield Hit(path=path, message=message, advice=_("核对各项金额，改正写错的一项"), quote=text, fix=fix)


@rule("F002", Severity.ERROR, N_("没有预算金额"))
def _positive(subject: Subject) -> Iterator[Hit]:
    for group in subject.amounts:
        path = group.path(group.total.field)
        text = subject.at(path)
        amount = parse_amount(text)
        label = group.total.field.label
        if amount is not None and amount <= 0:
            advice = _("填写批复的数额；本年不安排的项目请删去")
            yield Hit(path=path, message=_("{label}应当大于 0").format(label=label), advice=advice, quote=text)
        elif not text and not any(subject.at(group.path(one)) for one in group.amounts):
            yield Hit(path=path, message=_("没有填{label}").format(label=label), advice=_("填写批复的数额"))


@rule("F003", Severity.ERROR, N_("金额写法不对"))
def _readable(subject: Subject) -> Iterator[Hit]:
    for group in subject.amounts:
        for number, one in enumerate(group.amounts):
            text = subject.at(group.path(one))
            amount = parse_amount(text)
            if text and amount is None:
                message = _("{label}“{text}”不是准确到分的金额").format(label=one.label, text=text)
                advice = _("只写数字，最多两位小数，不写单位和逗号")
                yield Hit(path=group.path(one), message=message, advice=advice, quote=text)
            elif amount is not None and amount < 0 and number > 0:
                message = _("{label}是负数").format(label=one.label)
                yield Hit(path=group.path(one), message=message, advice=_("填写 0 或大于 0 的数额"), quote=text)


@rule("F004", Severity.HINT, N_("指标值用了另一种金额单位"))
def _other_unit(subject: Subject) -> Iterator[Hit]:
    unit = subject.context.amount_unit
    for row in subject.indicators:
        if row.value.money is not None and row.value.money_unit != unit:
            message = _("指标值“{value}”的单位是{found}，全文的金额单位是{unit}").format(
                value=row.value_text, found=row.value.money_unit, unit=unit
            )
            advice = _("换算成{unit}，或者确认这里有意用{found}").format(unit=unit, found=row.value.unit)
            yield Hit(path=row.value_path, message=message, advice=advice, quote=row.value_text)


@document_rule("F005", Severity.WARNING, N_("合计与批复总额不符"), compared=lambda facts: facts.total)
def _approved(survey: Survey) -> Iterator[Hit]:
    path = survey.form.department.path_of(Role.APPROVED_TOTAL)
    approved = parse_amount(survey.approved_total)
    total = projects_total(survey)
    if path is None or approved is None or total is None or total == approved:
        return
    message = _("各项目预算数合计 {total}，批复预算总额 {approved}，相差 {gap}").format(
        total=total, approved=approved, gap=abs(total - approved)
    )
    advice = _("核对各项目的预算数，看有没有漏项、重项")
    yield Hit(file=DEPARTMENT, path=path, message=message, advice=advice, quote=survey.approved_total)


def projects_total(survey: Survey) -> Decimal | None:
    """The sum of the projects' totals in 元; ``None`` where one of them cannot be read."""
    return sum_amounts(facts.total for facts in survey.projects.values())


_STANDARD = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万?元)[/／每](?:人|名)(?:[/／·.每]?(月|年|次))?")


@rule("F006", Severity.HINT, N_("人数乘以标准不等于预算数"))
def _standard(subject: Subject) -> Iterator[Hit]:
    """Heads times the standard per head against the total, where a row gives both."""
    total = subject.text(Role.TOTAL)
    amount = parse_amount(total)
    for row in subject.indicators:
        given = _STANDARD.search(row.basis) or _STANDARD.search(row.description)
        heads = row.value.number
        if not given or given[3] == "次" or amount is None or heads is None or row.value.unit not in HEADS:
            continue
        money = Decimal(given[1]) * (10_000 if given[2] == "万元" else 1) * (12 if given[3] == "月" else 1)
        if money * heads != amount:
            message = _("{heads}{unit} × {standard} 一年是 {product} 元，预算数是 {total} 元").format(
                heads=heads, unit=row.value.unit, standard=given[0], product=f"{money * heads:f}", total=total
            )
            advice = _("核对人数、标准和预算数；有别的开支在内的，可以不改")
            yield Hit(path=row.value_path, message=message, advice=advice, quote=row.value_text)
