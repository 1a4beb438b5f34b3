"""G: a project's goals."""

import re
from collections.abc import Iterator

from perftui.forms import GroupRole, Role
from perftui.locale import N_, _
from perftui.review.compare import fold
from perftui.review.finding import Severity
from perftui.review.rule import Hit, rule
from perftui.review.subject import Cell, Subject

_IN_TIME = re.compile("按时|及时|准时")
_DATE = re.compile("[0-9０-９]{4}年度?|[0-9０-９]{1,2}月份?(?:底|[0-9０-９]{1,2}日)?")
_MEASURE = re.compile("[0-9０-９]|[一二三四五六七八九十百千两]+(?:名|人|个|次(?!性)|辆|户|万元|%)|百分之")


@rule("G001", Severity.ERROR, N_("没有绩效目标"))
def _none(subject: Subject) -> Iterator[Hit]:
    group = subject.spec.group_of(GroupRole.GOALS)
    if group is not None and not subject.goals:
        message = _("没有填{goal}").format(goal=group.label)
        yield Hit(path=(group.key,), message=message, advice=_("写明今年要做什么、做到什么程度"))


@rule("G002", Severity.ERROR, N_("空的绩效目标"))
def _empty(subject: Subject) -> Iterator[Hit]:
    for goal in subject.goals:
        if not fold(goal.text):
            message = _("这一条绩效目标是空的")
            yield Hit(path=goal.path, message=message, advice=_("填写内容，或者删去这一条"), quote=goal.text)


def _filled(subject: Subject) -> list[tuple[Cell, str]]:
    """The goals that say something, each with its key for comparing."""
    keyed = [(goal, fold(goal.text)) for goal in subject.goals]
    return [(goal, key) for goal, key in keyed if key]


@rule("G003", Severity.ERROR, N_("两条绩效目标相同"))
def _equal(subject: Subject) -> Iterator[Hit]:
    first: dict[str, int] = {}
    for number, (goal, key) in enumerate(_filled(subject), start=1):
        earlier = first.setdefault(key, number)
        if earlier != number:
            message = _("第 {number} 条绩效目标与第 {earlier} 条相同").format(number=number, earlier=earlier)
            yield Hit(path=goal.path, message=message, advice=_("删去重复的一条，或者换成另一项目标"), quote=goal.text)


@rule("G004", Severity.WARNING, N_("两条绩效目标意思相同"))
def _alike(subject: Subject) -> Iterator[Hit]:
    goals = _filled(subject)
    keys = [key for _goal, key in goals]
    first: dict[str, int] = {}
    for number, (goal, key) in enumerate(goals, start=1):
        earlier = first.setdefault(_IN_TIME.sub("及时", key), number)
        if key in keys[: number - 1]:
            continue
        if earlier != number:
            message = _("第 {number} 条绩效目标与第 {earlier} 条意思相同，只是换了一个词").format(
                number=number, earlier=earlier
            )
            yield Hit(path=goal.path, message=message, advice=_("两条并成一条，或者各写一个方面"), quote=goal.text)
            continue
        others = keys[: number - 1] + keys[number:]
        if len(others) >= 2 and all(_within(other, key) for other in others):
            message = _("第 {number} 条绩效目标只是其余各条合在一起").format(number=number)
            yield Hit(path=goal.path, message=message, advice=_("删去这一条，或者换成另一项目标"), quote=goal.text)


def _within(part: str, whole: str) -> bool:
    """Are the characters of ``part`` found in ``whole`` in the same order, with something left over?"""
    rest = iter(whole)
    return len(part) < len(whole) and all(char in rest for char in part)


@rule("G005", Severity.WARNING, N_("绩效目标照抄资金用途"))
def _purpose(subject: Subject) -> Iterator[Hit]:
    purpose = fold(subject.text(Role.PURPOSE))
    for goal, key in _filled(subject):
        if purpose and key == purpose:
            message = _("绩效目标照抄了资金用途")
            advice = _("资金用途写钱花在哪里，绩效目标写要达到什么结果")
            yield Hit(path=goal.path, message=message, advice=advice, quote=goal.text)
            return


@rule("G006", Severity.WARNING, N_("绩效目标没有数量"))
def _unmeasured(subject: Subject) -> Iterator[Hit]:
    goals = _filled(subject)
    if goals and not any(_MEASURE.search(_DATE.sub("", goal.text)) for goal, _key in goals):
        message = _("绩效目标里没有一个数量")
        advice = _("写出人数、次数、户数、金额或比例，例如“为18名街道工作者按月发放工资”")
        quote = " / ".join(goal.text for goal, _key in goals)
        yield Hit(path=goals[0][0].path[:1], message=message, advice=advice, quote=quote)
