"""P: the spending plan."""

from collections.abc import Iterator
from decimal import Decimal

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.money import parse_percent
from perftui.review.finding import Severity
from perftui.review.rule import Hit, rule
from perftui.review.subject import Subject

_AT_ONCE = ("保险费", "采购", "购置")


@rule("P001", Severity.ERROR, N_("支出计划没有填"))
def _blank(subject: Subject) -> Iterator[Hit]:
    points = subject.points
    if subject.spec.plan and points and not any(text for _path, _label, text in points):
        message = _("{plan}没有填").format(plan=subject.spec.plan.label)
        yield Hit(path=(subject.spec.plan.key,), message=message, advice=_("按实际支出进度填写各时点的百分比"))


@rule("P002", Severity.ERROR, N_("支出计划漏填时点"))
def _blank_point(subject: Subject) -> Iterator[Hit]:
    points = subject.points
    if any(text for _path, _label, text in points):
        for path, label, text in points:
            if not text:
                message = _("支出计划的{point}没有填").format(point=label)
                yield Hit(path=path, message=message, advice=_("按实际支出进度填写，没有支出的填 0"))


@rule("P003", Severity.ERROR, N_("支出计划的百分比不对"))
def _range(subject: Subject) -> Iterator[Hit]:
    for path, label, text in subject.points:
        if text and _share(text) is None:
            message = _("支出计划的{point}“{text}”不是 0 到 100 之间的百分比").format(point=label, text=text)
            yield Hit(path=path, message=message, advice=_("只写 0 到 100 之间的数字"), quote=text)


@rule("P004", Severity.ERROR, N_("支出计划越来越少"))
def _falling(subject: Subject) -> Iterator[Hit]:
    plan = subject.spec.plan
    if plan is None or not plan.cumulative:
        return
    before, before_label = Decimal(0), ""
    for path, label, text in subject.points:
        share = _share(text)
        if share is None:
            continue
        if share < before:
            message = _("支出计划的{point} {share}% 低于{earlier}的 {before}%").format(
                point=label, share=share, earlier=before_label, before=before
            )
            advice = _("各时点填的是累计百分比，只能持平或增加")
            yield Hit(path=path, message=message, advice=advice, quote=text)
        before, before_label = share, label


@rule("P005", Severity.ERROR, N_("支出计划没有到 100%"))
def _end(subject: Subject) -> Iterator[Hit]:
    plan, points = subject.spec.plan, subject.points
    shares = [_share(text) for _path, _label, text in points]
    if plan is None or not points or any(share is None for share in shares):
        return
    path, label, text = points[-1]
    reached = shares[-1] if plan.cumulative else sum((share for share in shares if share is not None), Decimal(0))
    if reached != 100 and not (plan.cumulative and len(shares) > 1 and _falls(shares)):
        message = (
            _("支出计划到{point}只有 {share}%，没有到 100%").format(point=label, share=reached)
            if plan.cumulative
            else _("支出计划各时点合计 {share}%，不是 100%").format(share=reached)
        )
        advice = (
            _("全年预算应当在年底前支出完，请核对")
            if plan.cumulative
            else _("这里填各时点单独的百分比，不是累计数，加起来应当是 100")
        )
        yield Hit(path=path, message=message, advice=advice, quote=text)


def _falls(shares: list[Decimal | None]) -> bool:
    """Does the last point lie below one before it? Then that is what has to be said of it."""
    last = shares[-1]
    return last is not None and any(share is not None and share > last for share in shares[:-1])


def _share(text: str) -> Decimal | None:
    share = parse_percent(text)
    return share if share is not None and 0 <= share <= 100 else None


@rule("P006", Severity.HINT, N_("一次性支出却平均安排"))
def _usual(subject: Subject) -> Iterator[Hit]:
    plan, name = subject.spec.plan, subject.text(Role.NAME)
    word = next((word for word in _AT_ONCE if word in name), "")
    if plan is None or not plan.usual or not word:
        return
    texts = [text for _path, _label, text in subject.points]
    if [parse_percent(text) for text in texts] == [parse_percent(text) for text in plan.usual]:
        message = _("“{name}”一般一次支付，支出计划却是按 {plan} 平均安排").format(name=name, plan="/".join(plan.usual))
        advice = _("按合同或往年的付款时间填写；确实分期支付的不必改")
        quote = " ".join(f"{text}%" for text in texts)
        yield Hit(path=(plan.key,), message=message, advice=advice, quote=quote)
