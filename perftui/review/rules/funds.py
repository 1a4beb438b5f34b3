"""F: amounts."""

import re
from decimal import Decimal

from perftui.forms import AmountGroup, Kind, Part, Role
from perftui.forms.computed_fields import computed, computed_fields
from perftui.locale import N_, _
from perftui.model.document import DEPARTMENT
from perftui.model.money import format_amount, parse_amount, sum_amounts
from perftui.model.record import FieldPath
from perftui.review.facts import DocumentFacts
from perftui.review.finding import Severity
from perftui.review.lists import listed
from perftui.review.rule_definition import Hits, document_rule, hit, rule
from perftui.review.subject import FieldText, Subject


@rule("F001", Severity.ERROR, N_("合计不等于各项之和"))
def _sums(subject: Subject) -> Hits:
    for group in subject.spec.amounts:
        for part in group.total.walk():
            if part.parts:
                yield from _sum(subject, group, part)


def _sum(subject: Subject, group: AmountGroup, part: Part) -> Hits:
    """One amount against the parts directly below it. Where only the parts are given their sum is offered."""
    cell = subject.amount(group, part.field)
    below = [subject.amount(group, one.field).text for one in part.parts]
    total, parts = parse_amount(cell.text), sum_amounts(below)
    if parts is None or (cell.text and total is None) or (not any(below) and not cell.text) or total == parts:
        return
    if total is not None and total == subject.by_parts(group, part):
        return  # one of its parts is wrong, and is said to be
    if total is None:
        message = _("没有填{total}，{parts}合计 {sum}")
    elif not any(below):
        message = _("填了{total} {amount}，没有填{parts}")
    else:
        message = _("{total} {amount} 不等于{parts}之和 {sum}，相差 {gap}")
    money = subject.context.money
    yield hit(
        cell, message, _("核对各项金额，改正写错的一项"), fix="" if cell.text else format_amount(parts),
        total=part.field.label, amount=subject.context.amount(cell.text), sum=money(parts),
        parts=listed(one.field.label for one in part.parts), gap=money(abs((total or Decimal(0)) - parts)),
    )  # fmt: skip


@rule("F009", Severity.WARNING, N_("填的数与算出的不同"))
def _computed(subject: Subject) -> Hits:
    """A field that the form computes, typed otherwise. What F001 says of a sum is not said again."""
    for path, one in computed_fields(subject.spec, subject.record):
        cell = FieldText(path=path, text=subject.record.text(path).strip())
        right = computed(subject.spec, subject.record.with_value(path, None), path) if cell.text else ""
        wanted = parse_amount(right)
        if wanted is None or _is_rounded(cell.text, wanted) or wanted == _below(subject, path):
            continue
        message, advice = _("{label}填了 {typed}，算出来是 {wanted}"), _("核对算它的各栏；这一栏不必填，清空后自动算出")
        told = subject.context.amount if one.kind is Kind.AMOUNT else str
        label = subject.spec.label(path)
        yield hit(cell, message, advice, fix=right, label=label, typed=told(cell.text), wanted=told(right))


def _is_rounded(text: str, wanted: Decimal) -> bool:
    """Is a text a number, as exact as it is written? 33.3 is 33.33."""
    typed = parse_amount(text)
    return typed is not None and round(wanted, len(text.partition(".")[2])) == typed


def _below(subject: Subject, path: FieldPath) -> Decimal | None:
    """What the parts directly below an amount come to; ``None`` where it has none."""
    parts = [part.parts for group in subject.spec.amounts for part in group.total.walk()
             if part.parts and group.path(part.field) == path]  # fmt: skip
    return sum_amounts(subject.at((path[0], one.field.key)) for one in parts[0]) if parts else None


@rule("F002", Severity.ERROR, N_("没有预算金额"))
def _positive(subject: Subject) -> Hits:
    for group in subject.spec.amounts:
        cell, label = subject.amount(group, group.total.field), group.total.field.label
        if _is_elsewhere(group):
            continue
        amount = parse_amount(cell.text)
        if amount is not None and amount <= 0:
            advice = _("填写批复的数额；本年不安排的项目请删去")
            yield hit(cell, _("{label}应当大于 0"), advice, label=label)
        elif not cell.text and not any(subject.amount(group, one).text for one in group.amounts):
            yield hit(cell, _("没有填{label}"), _("填写批复的数额"), label=label)


def _is_elsewhere(group: AmountGroup) -> bool:
    """Is the total computed from what stands in other tables? Those are asked for."""
    formula = group.total.field.formula
    return formula is not None and any(not name.startswith(f"{group.key}.") for name in formula.names())


@rule("F003", Severity.ERROR, N_("金额写法不对"))
def _readable(subject: Subject) -> Hits:
    for group in subject.spec.amounts:
        for one in group.amounts:
            cell = subject.amount(group, one)
            amount = parse_amount(cell.text)
            if cell.text and amount is None:
                advice = _("只写数字，最多两位小数，不写单位和逗号")
                yield hit(cell, _("{label}“{text}”不是准确到分的金额"), advice, label=one.label, text=cell.text)
            elif amount is not None and amount < 0 and one is not group.total.field:
                yield hit(cell, _("{label}是负数"), _("填写 0 或大于 0 的数额"), label=one.label)


_UNIT_PRICE = re.compile("[每均/／]|单价|标准|造价|价格|单位成本")
"""A price of one: 每公里造价, 元/亩. It has the unit that fits it."""


@rule("F004", Severity.HINT, N_("指标值用了另一种金额单位"))
def _other_unit(subject: Subject) -> Hits:
    unit = subject.context.amount_unit
    for row in subject.indicators:
        value = row.value
        if value.money is not None and value.money_unit != unit and not _UNIT_PRICE.search(row.name + value.unit):
            message = _("指标值“{value}”的单位是{found}，全文的金额单位是{unit}").format(
                value=row.value_text, found=value.money_unit, unit=unit
            )
            advice = _("换算成{unit}，或者确认这里有意用{found}").format(unit=unit, found=value.unit)
            yield hit(row.value_cell, message, advice)


@document_rule("F005", Severity.WARNING, N_("合计与批复总额不符"), compared=lambda facts: (facts.total, facts.parts))
def _approved(survey: DocumentFacts) -> Hits:
    path = survey.form.department.path_of(Role.APPROVED_TOTAL)
    approved = parse_amount(survey.approved_total)
    total = sum_amounts(facts.total for facts in survey.projects.values())
    if path is None or approved is None or total is None or total == approved:
        return
    if sum_amounts(facts.parts for facts in survey.projects.values()) == approved:
        return  # it is the totals that differ from their parts, and each is said to
    message = _("各项目预算数合计 {total}，批复预算总额 {approved}，相差 {gap}")
    advice = _("核对各项目的预算数，看有没有漏项、重项")
    cell, money = FieldText(path=path, text=survey.approved_total), survey.context.money
    yield hit(
        cell, message, advice, file=DEPARTMENT,
        total=money(total), approved=money(approved), gap=money(abs(total - approved)),
    )  # fmt: skip


_STANDARD = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万?元)[/／每](?:人|名)(?:[/／·.每]?(月|年|次))?")
"""A standard per head: 500元/人/月, 0.6万元/人."""


@rule("F006", Severity.HINT, N_("人数乘以标准不等于预算数"))
def _standard(subject: Subject) -> Hits:
    """Heads times the standard per head against the total, where a row gives both."""
    total = subject.text(Role.TOTAL)
    amount = parse_amount(total)
    for row in subject.indicators:
        given = _STANDARD.search(row.basis) or _STANDARD.search(row.description)
        heads, unit = row.value.number, row.value.unit
        if not given or given[3] == "次" or amount is None or heads is None or not row.counts_people:
            continue
        money = heads * Decimal(given[1]) * (10_000 if given[2] == "万元" else 1) * (12 if given[3] == "月" else 1)
        if money != amount:
            message = _("{heads}{unit} × {standard} 一年是 {product}，预算数是 {total}")
            advice = _("核对人数、标准和预算数；有别的开支在内的，可以不改")
            yield hit(
                row.value_cell, message, advice, heads=heads, unit=unit, standard=given[0],
                product=subject.context.money(money, named=True), total=subject.context.money(amount, named=True),
            )  # fmt: skip
