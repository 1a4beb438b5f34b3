"""P: the spending plan."""

from decimal import Decimal
from itertools import pairwise

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.money import parse_percent
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.spending_plan import parse_share, planned_share
from perftui.review.subject import FieldText, Subject

_AT_ONCE = ("保险费", "采购", "购置")
"""Words of the name of a project that is usually paid in one sum."""


@rule("P001", Severity.ERROR, N_("支出计划没有填"))
def _blank(subject: Subject) -> Hits:
    plan = subject.spec.plan
    if plan and subject.points and not any(cell.text for _label, cell in subject.points):
        yield hit((plan.key,), _("{plan}没有填"), _("按实际支出进度填写各时点的百分比"), plan=plan.label)


@rule("P002", Severity.ERROR, N_("支出计划漏填时点"))
def _blank_point(subject: Subject) -> Hits:
    blank = [(label, cell) for label, cell in subject.points if not cell.text]
    for label, cell in blank if len(blank) < len(subject.points) else ():
        yield hit(cell, _("支出计划的{point}没有填"), _("按实际支出进度填写，没有支出的填 0"), point=label)


@rule("P003", Severity.ERROR, N_("支出计划的百分比不对"))
def _range(subject: Subject) -> Hits:
    for label, cell in subject.points:
        if cell.text and parse_share(cell.text) is None:
            message = _("支出计划的{point}“{text}”不是 0 到 100 之间的百分比")
            yield hit(cell, message, _("只写 0 到 100 之间的数字"), point=label, text=cell.text)


def _shares(subject: Subject) -> list[tuple[str, FieldText, Decimal]]:
    """Label, cell and share of the points that hold one."""
    return [(label, cell, share) for label, cell in subject.points if (share := parse_share(cell.text)) is not None]


@rule("P004", Severity.ERROR, N_("支出计划越来越少"))
def _falling(subject: Subject) -> Hits:
    plan, shares = subject.spec.plan, _shares(subject)
    for (earlier, _cell, before), (label, cell, share) in pairwise(shares):
        if plan and plan.cumulative and share < before:
            message = _("支出计划的{point} {share}% 低于{earlier}的 {before}%")
            advice = _("各时点填的是累计百分比，只能持平或增加")
            yield hit(cell, message, advice, point=label, share=share, earlier=earlier, before=before)


@rule("P005", Severity.ERROR, N_("支出计划没有到 100%"))
def _end(subject: Subject) -> Hits:
    plan, known = subject.spec.plan, _shares(subject)
    if plan is None or not known or len(known) < len(subject.points):
        return
    shares = [share for _label, _cell, share in known]
    label, cell, last = known[-1]
    reached = planned_share(shares, cumulative=plan.cumulative)
    if reached == 100 or (plan.cumulative and last < max(shares)):  # a last point that falls is another rule's
        return
    if plan.cumulative:
        message, advice = _("支出计划到{point}只有 {share}%，没有到 100%"), _("全年预算应当在年底前支出完，请核对")
    else:
        message = _("支出计划各时点合计 {share}%，不是 100%")
        advice = _("这里填各时点单独的百分比，不是累计数，加起来应当是 100")
    yield hit(cell, message, advice, point=label, share=reached)


@rule("P006", Severity.HINT, N_("一次性支出却平均安排"))
def _usual(subject: Subject) -> Hits:
    plan, name = subject.spec.plan, subject.text(Role.NAME)
    if plan is None or not plan.usual or not any(word in name for word in _AT_ONCE):
        return
    texts = [cell.text for _label, cell in subject.points]
    if [parse_percent(text) for text in texts] == [parse_percent(text) for text in plan.usual]:
        every = FieldText(path=(plan.key,), text=" ".join(f"{text}%" for text in texts))
        message = _("“{name}”一般一次支付，支出计划却是按 {plan} 平均安排")
        advice = _("按合同或往年的付款时间填写；确实分期支付的不必改")
        yield hit(every, message, advice, name=name, plan="/".join(plan.usual))
