"""P: the spending plan."""

from collections.abc import Iterator
from decimal import Decimal

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.money import parse_percent
from perftui.review.example import Example
from perftui.review.finding import Severity
from perftui.review.rule import Hit, Page, Rule, Source
from perftui.review.subject import Subject

_AT_ONCE = ("保险费", "采购", "购置")


def _blank(subject: Subject) -> Iterator[Hit]:
    points = subject.points
    if subject.spec.plan and points and not any(text for _path, _label, text in points):
        message = _("{plan}没有填").format(plan=subject.spec.plan.label)
        yield Hit(path=(subject.spec.plan.key,), message=message, advice=_("按实际支出进度填写各时点的百分比"))


def _blank_point(subject: Subject) -> Iterator[Hit]:
    points = subject.points
    if any(text for _path, _label, text in points):
        for path, label, text in points:
            if not text:
                message = _("支出计划的{point}没有填").format(point=label)
                yield Hit(path=path, message=message, advice=_("按实际支出进度填写，没有支出的填 0"))


def _range(subject: Subject) -> Iterator[Hit]:
    for path, label, text in subject.points:
        if text and _share(text) is None:
            message = _("支出计划的{point}“{text}”不是 0 到 100 之间的百分比").format(point=label, text=text)
            yield Hit(path=path, message=message, advice=_("只写 0 到 100 之间的数字"), quote=text)


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


_GOOD = Example(plan=("0", "100", "100", "100"))

RULES = (
    Rule(
        id="P001", severity=Severity.ERROR, title=N_("支出计划没有填"), check=_blank,
        page=Page(
            what=N_("资金支出计划的各个时点都是空的。"),
            why=N_("支出计划是表样的必填内容，执行监控要拿它来比。"), source=Source.FORM,
            mend=N_("填写各时点的累计百分比，最后一个时点是 100。"),
            bad=Example(plan=("", "", "", "")), good=_GOOD,
        ),
    ),
    Rule(
        id="P002", severity=Severity.ERROR, title=N_("支出计划漏填时点"), check=_blank_point,
        page=Page(
            what=N_("支出计划填了一部分，有的时点是空的。"),
            why=N_("空着的时点不知道是没有支出还是漏填。"), source=Source.FORM,
            mend=N_("没有支出的时点填 0 或与前一时点相同的数。"),
            bad=Example(plan=("25", "", "75", "100")), good=_GOOD,
        ),
    ),
    Rule(
        id="P003", severity=Severity.ERROR, title=N_("支出计划的百分比不对"), check=_range,
        page=Page(
            what=N_("支出计划的一个时点不是 0 到 100 之间的数字。"),
            why=N_("支出不可能少于没有，也不可能多于全部。"), source=Source.FORM,
            mend=N_("只写 0 到 100 之间的数字；这里填百分比，不填金额。"),
            bad=Example(plan=("25", "50", "75", "120")), good=_GOOD,
        ),
    ),
    Rule(
        id="P004", severity=Severity.ERROR, title=N_("支出计划越来越少"), check=_falling,
        page=Page(
            what=N_("支出计划后一时点的累计百分比低于前一时点。"),
            why=N_("累计支出只会增加；多半是填成了各时点的单独数。"), source=Source.FORM,
            mend=N_("把各时点改成从年初起的累计数。"),
            bad=Example(plan=("25", "50", "40", "100")), good=_GOOD,
        ),
    ),
    Rule(
        id="P005", severity=Severity.ERROR, title=N_("支出计划没有到 100%"), check=_end,
        page=Page(
            what=N_("支出计划的最后一个时点不是 100%。"),
            why=N_("当年预算应当安排当年支出完。"), source=Source.FORM,
            mend=N_("最后一个时点填 100；支出不完的应当调减预算。"),
            bad=Example(plan=("25", "50", "75", "90")), good=_GOOD,
        ),
    ),
    Rule(
        id="P006", severity=Severity.HINT, title=N_("一次性支出却平均安排"), check=_usual,
        page=Page(
            what=N_("保险费、采购、购置一类的项目，支出计划照搬了按季度平均的数。"),
            why=N_("这类支出通常一次付清，平均的计划到时候完不成。"), source=Source.SEEN,
            mend=N_("按实际付款的月份填写；分期支付的不必改。"),
            bad=Example(head={Role.NAME: "车辆保险费"}, plan=("25", "50", "75", "100")),
            good=Example(head={Role.NAME: "车辆保险费"}, plan=("0", "100", "100", "100")),
        ),
    ),
)  # fmt: skip
