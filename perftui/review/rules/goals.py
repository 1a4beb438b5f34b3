"""G: a project's goals."""

import re
from collections.abc import Sequence

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.text import fold
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject

_IN_TIME = re.compile("按时|及时|准时")
_DATE = re.compile("[0-9０-９]{4}年度?|[0-9０-９]{1,2}月份?(?:底|[0-9０-９]{1,2}日)?")
# 一次性 is no number; years and months are taken out before a number is looked for.
_MEASURE = re.compile(
    "[0-9０-９]|百分之|[一二三四五六七八九十百千万两]+"
    "(?:名|人|个|次(?!性)|辆|户|家|所|座|栋|间|台|套|盏|场|棵|株|头|元|万元|公里|千米|平方米|米|亩|公顷|吨|%)"
)


@rule("G001", Severity.ERROR, N_("没有绩效目标"))
def _none(subject: Subject) -> Hits:
    for group in (group for group, goals in subject.goal_groups if not goals):
        yield hit((group.key,), _("没有填{goal}"), _("写明今年要做什么、做到什么程度"), goal=group.label)


@rule("G002", Severity.ERROR, N_("空的绩效目标"))
def _empty(subject: Subject) -> Hits:
    for goal in subject.goals:
        if not fold(goal.text):
            yield hit(goal, _("这一条绩效目标是空的"), _("填写内容，或者删去这一条"))


def _filled(goals: Sequence[FieldText]) -> list[tuple[FieldText, str]]:
    """The goals that say something, each with its key for comparing."""
    keyed = [(goal, fold(goal.text)) for goal in goals]
    return [(goal, key) for goal, key in keyed if key]


@rule("G003", Severity.ERROR, N_("两条绩效目标相同"))
def _equal(subject: Subject) -> Hits:
    for _group, goals in subject.goal_groups:
        yield from _equal_in(goals)


def _equal_in(goals: Sequence[FieldText]) -> Hits:
    """The whole project's goals may be this year's; within one of the two they differ."""
    first: dict[str, int] = {}
    for number, (goal, key) in enumerate(_filled(goals), start=1):
        earlier = first.setdefault(key, number)
        if earlier != number:
            message, advice = _("第 {number} 条绩效目标与第 {earlier} 条相同"), _("删去重复的一条，或者换成另一项目标")
            yield hit(goal, message, advice, number=number, earlier=earlier)


@rule("G004", Severity.WARNING, N_("两条绩效目标意思相同"))
def _alike(subject: Subject) -> Hits:
    for _group, goals in subject.goal_groups:
        yield from _alike_in(_filled(goals))


def _alike_in(goals: Sequence[tuple[FieldText, str]]) -> Hits:
    keys = [key for _goal, key in goals]
    first: dict[str, int] = {}
    for number, (goal, key) in enumerate(goals, start=1):
        earlier = first.setdefault(_IN_TIME.sub("及时", key), number)
        others = keys[: number - 1] + keys[number:]
        if key in keys[: number - 1]:
            continue
        if earlier != number:
            message = _("第 {number} 条绩效目标与第 {earlier} 条意思相同，只是换了一个词")
            yield hit(goal, message, _("两条并成一条，或者各写一个方面"), number=number, earlier=earlier)
        elif len(others) >= 2 and all(_is_subsequence(other, key) for other in others):
            message = _("第 {number} 条绩效目标只是其余各条合在一起")
            yield hit(goal, message, _("删去这一条，或者换成另一项目标"), number=number)


def _is_subsequence(part: str, whole: str) -> bool:
    """Are the characters of ``part`` found in ``whole`` in the same order, with something left over?"""
    rest = iter(whole)
    return len(part) < len(whole) and all(char in rest for char in part)


@rule("G005", Severity.WARNING, N_("绩效目标照抄资金用途"))
def _purpose(subject: Subject) -> Hits:
    purpose = fold(subject.text(Role.PURPOSE))
    copied = next((goal for goal, key in _filled(subject.goals) if key == purpose), None)
    if copied is not None:
        yield hit(copied, _("绩效目标照抄了资金用途"), _("资金用途写钱花在哪里，绩效目标写要达到什么结果"))


@rule("G006", Severity.WARNING, N_("绩效目标没有数量"))
def _unmeasured(subject: Subject) -> Hits:
    goals = [goal for goal, _key in _filled(subject.goals)]
    if goals and not any(_MEASURE.search(_DATE.sub("", goal.text)) for goal in goals):
        every = FieldText(path=goals[0].path[:1], text=" / ".join(goal.text for goal in goals))
        advice = _("写出人数、次数、户数、金额或比例，例如“为18名街道工作者按月发放工资”")
        yield hit(every, _("绩效目标里没有一个数量"), advice)
