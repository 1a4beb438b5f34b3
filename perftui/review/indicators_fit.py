"""I011–I013, I018, I024–I026: does the value fit its name, its class, the total and the other texts?"""

import re
from collections.abc import Iterator
from decimal import Decimal

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.money import parse_amount, parse_percent
from perftui.model.values import Value, ValueKind, is_counting_unit
from perftui.review.finding import Severity
from perftui.review.indicators_values import at_value, bare, is_rate
from perftui.review.rule import Hit, rule
from perftui.review.shown import HEADS
from perftui.review.subject import Indicator, Subject
from perftui.review.wording import listed

_MAY_EXCEED = re.compile("(?:增长率|增幅|完成率|执行率)$")
_HEADS = re.compile("(?:数量|人数|次数|个数)$")
_MONEY = re.compile("(?:费|经费|金额)$")
_PERCENT = "%"
_PEOPLE = re.compile("([0-9]+)(?:多)?(?:名|人(?![次年月日均]))")


@rule("I011", Severity.ERROR, N_("比率的指标值不是百分比"))
def _rate(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        value = row.value
        if value.is_quantitative and value.kind is not ValueKind.PERCENT and is_rate(row.name):
            message = _("“{name}”是比率，指标值却是“{value}”").format(name=row.name, value=row.value_text)
            advice = _("填百分比，例如 ≥95%；想写数量的，把名称改成数量")
            yield at_value(row, message, advice)


@rule("I012", Severity.WARNING, N_("比率超过 100%"))
def _above(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        value = row.value
        above = value.kind is ValueKind.PERCENT and value.unit == _PERCENT and _number(value) > 100
        if above and is_rate(row.name) and not _MAY_EXCEED.search(bare(row.name)):
            message = _("“{name}”的指标值“{value}”超过 100%").format(name=row.name, value=row.value_text)
            yield at_value(row, message, _("核对数字；比率不会超过 100%"))


def _number(value: Value) -> Decimal:
    return (value.number if value.upper is None else value.upper) or Decimal(0)


@rule("I013", Severity.WARNING, N_("数量与金额混淆"))
def _mixed(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        texts = [text.rstrip("。；") for text in (row.name, row.description) if text]
        if row.value.kind is ValueKind.MONEY:
            text = next((text for text in texts if _HEADS.search(text)), "")
            message, advice = (
                _("“{text}”说的是数量，指标值“{value}”却是金额"),
                _("填数量和单位，或者把名称和描述改成金额"),
            )
        elif row.value.is_quantitative and is_counting_unit(row.value.unit):
            text = next((text for text in texts if _MONEY.search(text)), "")
            message, advice = _("“{text}”说的是金额，指标值“{value}”却是数量"), _("填金额，或者把名称和描述改成数量")
        else:
            continue
        if text:
            yield at_value(row, message.format(text=text, value=row.value_text), advice)


def _is_cost(row: Indicator) -> bool:
    """Is it a cost in money? 社会成本 and 生态环境成本 are measured otherwise."""
    own = row.level2 or row.level1
    return "成本" in own and "社会" not in own and "生态" not in own


@rule("I018", Severity.ERROR, N_("成本指标值不对"))
def _cost(subject: Subject) -> Iterator[Hit]:
    total = parse_amount(subject.text(Role.TOTAL))
    for row in subject.indicators:
        if row.value.is_missing or row.value.kind is ValueKind.CHOICE or not _is_cost(row):
            continue
        value, money = row.value, row.value.money
        if value.kind is ValueKind.PERCENT:
            if _number(value) > 100:
                message = _("成本指标值“{value}”超过预算的 100%").format(value=row.value_text)
                yield at_value(row, message, _("写成 ≤100% 或更低"))
        elif value.kind is not ValueKind.MONEY:
            message = _("成本指标值“{value}”既不是金额也不是百分比").format(value=row.value_text)
            yield at_value(row, message, _("填金额上限（如 ≤68000元）、单价上限，或者占预算的百分比"))
        elif money is not None and total is not None and money > total:
            message = _("成本指标值“{value}”超过了预算总额 {total} 元").format(value=row.value_text, total=total)
            yield at_value(row, message, _("成本不应高于预算，核对金额和单位"))


@rule("I025", Severity.WARNING, N_("满意度的值不对"))
def _satisfaction(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        value = row.value
        if value.is_missing or value.kind is ValueKind.CHOICE or not ("满意度" in row.level1 or "满意度" in row.level2):
            continue
        if value.kind is not ValueKind.PERCENT or not value.sign or not 0 <= _number(value) <= 100:
            message = _("满意度指标值“{value}”不是带符号的百分比").format(value=row.value_text)
            yield at_value(row, message, _("写成 ≥90% 这样的形式，数字在 0 到 100 之间"))


@rule("I024", Severity.WARNING, N_("人数前后不一致"))
def _people(subject: Subject) -> Iterator[Hit]:
    """Numbers of people in goals and purpose against those of the indicators of quantity."""
    texts = [subject.text(Role.PURPOSE), *(goal.text for goal in subject.goals)]
    told = {Decimal(number) for text in texts for number in _PEOPLE.findall(text)}
    rows = [row for row in subject.indicators if row.is_of("数量") and row.value.unit in HEADS]
    numbers = [row.value.number for row in rows if row.value.number is not None]
    if not told or not numbers or told & {*numbers, sum(numbers, Decimal(0))}:
        return
    row = rows[0]
    message = _("指标值是“{value}”，目标和用途里写的是 {told} 人").format(
        value=row.value_text, told=listed(f"{number}" for number in sorted(told))
    )
    yield at_value(row, message, _("核对人数，把写错的一处改正"))


@rule("I026", Severity.HINT, N_("权重合计不对"))
def _weights(subject: Subject) -> Iterator[Hit]:
    allowed = [Decimal(total) for total in subject.context.weight_totals]
    rows = [row for row in subject.indicators if row.weight]
    weights = [parse_percent(row.weight) for row in rows]
    if not allowed or not rows:
        return
    group = rows[0].group
    known = [weight for weight in weights if weight is not None]
    if len(known) == len(weights) and sum(known, Decimal(0)) not in allowed:
        message = _("权重合计 {total}，通常是 {allowed}").format(
            total=sum(known, Decimal(0)), allowed=listed(subject.context.weight_totals)
        )
        blank = len(subject.indicators) - len(rows)
        advice = _("核对各行权重；本地另有规定的，在审核设置里改合计数")
        if blank:
            advice = _("有 {count} 行没有填权重，先补上").format(count=blank)
        quote = " + ".join(row.weight for row in rows)
        yield Hit(path=(group.key,), message=message, advice=advice, quote=quote)
