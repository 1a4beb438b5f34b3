"""I011–I013, I018, I024, I025: does the value fit its name, its class, the total and the other texts?"""

import re
from collections.abc import Sequence
from decimal import Decimal

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.money import parse_amount
from perftui.model.values import Value, ValueKind, is_counting_unit
from perftui.review.finding import Severity
from perftui.review.lists import listed
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.rules.indicators_values import bare, is_rate, unit_in_name
from perftui.review.subject import Indicator, Subject

_MAY_EXCEED = re.compile("(?:增长率|增幅|完成率|执行率)$")
"""Rates that are above 100 % where more was done than planned."""
_HEADS = re.compile("(?:数量|人数|次数|个数)$")
_MONEY = re.compile("(?:费|经费|金额)$")
_PERCENT = "%"
_GROUPS = re.compile(
    "老人|老年|党员|学生|学员|儿童|少年|群众|居民|村民|农民|妇女|青年|教师|军人|残疾|患者|病人|农户|游客|旅客|人才|职工|代表|书记"
    "|工作者|人员|干部|员工|对象|志愿|协管|辅警"
)
"""Who is counted."""
_ANYBODY = {"人员", "对象", "员工", "工作者"}
_NEAR = 8
"""So many characters behind a number say of whom it is."""
_PEOPLE = re.compile("([0-9]+)(?:多)?(?:名|人(?![次年月日均]))")
"""A number of people; 人次, 人月 and 人均 are other units."""


@rule("I011", Severity.ERROR, N_("比率的指标值不是百分比"))
def _rate(subject: Subject) -> Hits:
    for row in subject.indicators:
        percent = row.value.kind is ValueKind.PERCENT or (_in_percent(row) and not row.value.unit)
        if row.value.is_quantitative and not percent and is_rate(row.name):
            message = _("“{name}”是比率，指标值却是“{value}”")
            advice = _("填百分比，例如 ≥95%；想写数量的，把名称改成数量")
            yield hit(row.value_cell, message, advice, name=row.name, value=row.value_text)


@rule("I012", Severity.WARNING, N_("比率超过 100%"))
def _above(subject: Subject) -> Hits:
    for row in subject.indicators:
        value = row.value
        above = value.kind is ValueKind.PERCENT and value.unit == _PERCENT and _number(value) > 100
        if above and is_rate(row.name) and not _MAY_EXCEED.search(bare(row.name)):
            message, advice = _("“{name}”的指标值“{value}”超过 100%"), _("核对数字；比率不会超过 100%")
            yield hit(row.value_cell, message, advice, name=row.name, value=row.value_text)


def _in_percent(row: Indicator) -> bool:
    """Does the name say that the value is a percentage: 满意度（%）?"""
    return unit_in_name(row.name) in ("%", "％")


def _number(value: Value) -> Decimal:
    """The number of a value, of a range its upper end; 0 where it has none."""
    return (value.number if value.upper is None else value.upper) or Decimal(0)


@rule("I013", Severity.WARNING, N_("数量与金额混淆"))
def _mixed(subject: Subject) -> Hits:
    for row in subject.indicators:
        if row.value.kind is ValueKind.MONEY:
            pattern, advice = _HEADS, _("填数量和单位，或者把名称和描述改成金额")
            message = _("“{text}”说的是数量，指标值“{value}”却是金额")
        elif row.value.is_quantitative and is_counting_unit(row.value.unit):
            pattern, advice = _MONEY, _("填金额，或者把名称和描述改成数量")
            message = _("“{text}”说的是金额，指标值“{value}”却是数量")
        else:
            continue
        texts = [text.rstrip("。；") for text in (row.name, row.description)]
        wrong = next((text for text in texts if pattern.search(text)), "")
        if wrong:
            yield hit(row.value_cell, message, advice, text=wrong, value=row.value_text)


@rule("I018", Severity.ERROR, N_("成本指标值不对"))
def _cost(subject: Subject) -> Hits:
    total = parse_amount(subject.text(Role.TOTAL))
    for row in subject.indicators:
        value, money = row.value, row.value.money
        if not row.is_cost or row.is_yes_or_no or value.is_missing or value.kind is ValueKind.CHOICE:
            continue
        if value.kind is ValueKind.PERCENT:
            message, advice = _("成本指标值“{value}”超过预算的 100%"), _("写成 ≤100% 或更低")
            wrong = _number(value) > 100
        elif value.kind is ValueKind.MONEY:
            message, advice = _("成本指标值“{value}”超过了预算总额 {total}"), _("成本不应高于预算，核对金额和单位")
            wrong = money is not None and total is not None and money > total
        else:
            message = _("成本指标值“{value}”既不是金额也不是百分比")
            advice = _("填金额上限（如 ≤68000元）、单价上限，或者占预算的百分比")
            wrong = True
        if wrong:
            of_budget = "" if total is None else subject.context.money(total, named=True)
            yield hit(row.value_cell, message, advice, value=row.value_text, total=of_budget)


@rule("I025", Severity.WARNING, N_("满意度的值不对"))
def _satisfaction(subject: Subject) -> Hits:
    for row in subject.indicators:
        value = row.value
        if value.is_missing or value.kind is ValueKind.CHOICE or "满意度" not in f"{row.level1} {row.level2}":
            continue
        percent = value.kind is ValueKind.PERCENT or (_in_percent(row) and not value.unit)
        asked = "满意" in row.name or percent or not value.is_quantitative  # ≤3次 of complaints is a right target
        if asked and not (percent and value.sign and 0 <= _number(value) <= 100):
            message = _("满意度指标值“{value}”不是带符号的百分比")
            advice = _("写成 ≥90% 这样的形式，数字在 0 到 100 之间")
            yield hit(row.value_cell, message, advice, value=row.value_text)


def _others(name: str, texts: Sequence[str]) -> bool:
    """Does a name count other people than those whose numbers the texts tell: 老党员, and 18名工作者?"""
    own = set(_GROUPS.findall(name)) - _ANYBODY
    told = [text[match.end() : match.end() + _NEAR] for text in texts for match in _PEOPLE.finditer(text)]
    return bool(own) and all((groups := set(_GROUPS.findall(words))) and not groups & own for words in told)


@rule("I024", Severity.WARNING, N_("人数前后不一致"))
def _people(subject: Subject) -> Hits:
    """Numbers of people in goals and purpose against those of the indicators of quantity."""
    texts = [subject.text(Role.PURPOSE), *(goal.text for goal in subject.goals)]
    counts = {Decimal(number) for text in texts for number in _PEOPLE.findall(text)}
    counted = [row for row in subject.indicators if row.is_of("数量") and row.counts_people]
    rows = [row for row in counted if "人次" not in row.name and not _others(row.name, texts)]
    numbers = [row.value.number for row in rows if row.value.number is not None]
    if counts and numbers and not counts & {*numbers, sum(numbers, Decimal(0))}:
        message, advice = _("指标值是“{value}”，目标和用途里写的是 {told} 人"), _("核对人数，把写错的一处改正")
        people = listed(f"{number}" for number in sorted(counts))
        yield hit(rows[0].value_cell, message, advice, value=rows[0].value_text, told=people)
