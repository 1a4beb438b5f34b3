"""G: a project's goals."""

import re
from collections.abc import Iterator

from perftui.forms import GroupRole, Role
from perftui.locale import N_, _
from perftui.review.compare import fold
from perftui.review.example import Example
from perftui.review.finding import Severity
from perftui.review.rule import Hit, Page, Rule, Source
from perftui.review.subject import Cell, Subject

_IN_TIME = re.compile("按时|及时|准时")
_DATE = re.compile("[0-9０-９]{4}年度?|[0-9０-９]{1,2}月份?(?:底|[0-9０-９]{1,2}日)?")
_MEASURE = re.compile("[0-9０-９]|[一二三四五六七八九十百千两]+(?:名|人|个|次(?!性)|辆|户|万元|%)|百分之")


def _none(subject: Subject) -> Iterator[Hit]:
    group = subject.spec.group_of(GroupRole.GOALS)
    if group is not None and not subject.goals:
        message = _("没有填{goal}").format(goal=group.label)
        yield Hit(path=(group.key,), message=message, advice=_("写明今年要做什么、做到什么程度"))


def _empty(subject: Subject) -> Iterator[Hit]:
    for goal in subject.goals:
        if not fold(goal.text):
            message = _("这一条绩效目标是空的")
            yield Hit(path=goal.path, message=message, advice=_("填写内容，或者删去这一条"), quote=goal.text)


def _filled(subject: Subject) -> list[tuple[Cell, str]]:
    """The goals that say something, each with its key for comparing."""
    keyed = [(goal, fold(goal.text)) for goal in subject.goals]
    return [(goal, key) for goal, key in keyed if key]


def _equal(subject: Subject) -> Iterator[Hit]:
    first: dict[str, int] = {}
    for number, (goal, key) in enumerate(_filled(subject), start=1):
        earlier = first.setdefault(key, number)
        if earlier != number:
            message = _("第 {number} 条绩效目标与第 {earlier} 条相同").format(number=number, earlier=earlier)
            yield Hit(path=goal.path, message=message, advice=_("删去重复的一条，或者换成另一项目标"), quote=goal.text)


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


def _purpose(subject: Subject) -> Iterator[Hit]:
    purpose = fold(subject.text(Role.PURPOSE))
    for goal, key in _filled(subject):
        if purpose and key == purpose:
            message = _("绩效目标照抄了资金用途")
            advice = _("资金用途写钱花在哪里，绩效目标写要达到什么结果")
            yield Hit(path=goal.path, message=message, advice=advice, quote=goal.text)
            return


def _unmeasured(subject: Subject) -> Iterator[Hit]:
    goals = _filled(subject)
    if goals and not any(_MEASURE.search(_DATE.sub("", goal.text)) for goal, _key in goals):
        message = _("绩效目标里没有一个数量")
        advice = _("写出人数、次数、户数、金额或比例，例如“为18名街道工作者按月发放工资”")
        quote = " / ".join(goal.text for goal, _key in goals)
        yield Hit(path=goals[0][0].path[:1], message=message, advice=advice, quote=quote)


_GOOD = Example(goals=("全年为18名街道工作者按月发放工资", "工资发放准确率达到100%"))

RULES = (
    Rule(
        id="G001", severity=Severity.ERROR, title=N_("没有绩效目标"), check=_none,
        page=Page(
            what=N_("项目一条绩效目标也没有。"), why=N_("没有目标就无从考核。"), source=Source.FORM,
            mend=N_("写明今年要做什么、做到什么程度。"), bad=Example(goals=()), good=_GOOD,
        ),
    ),
    Rule(
        id="G002", severity=Severity.ERROR, title=N_("空的绩效目标"), check=_empty,
        page=Page(
            what=N_("有一条绩效目标只有序号，没有内容。"), why=N_("打印出来是一个空号。"), source=Source.FORM,
            mend=N_("填写内容，或者删去这一条。"),
            bad=Example(goals=("全年为18名街道工作者按月发放工资", "2.")),
            good=_GOOD,
        ),
    ),
    Rule(
        id="G003", severity=Severity.ERROR, title=N_("两条绩效目标相同"), check=_equal,
        page=Page(
            what=N_("去掉序号、空格和标点以后，两条绩效目标一字不差。"),
            why=N_("重复的目标等于少了一条，是整段复制留下的。"), source=Source.FORM,
            mend=N_("删去后一条，或者换成另一项目标。"),
            bad=Example(goals=("保障单位工作顺利开展", "保障单位工作顺利开展")), good=_GOOD,
        ),
    ),
    Rule(
        id="G004", severity=Severity.WARNING, title=N_("两条绩效目标意思相同"), check=_alike,
        page=Page(
            what=N_("两条绩效目标只差“按时”“及时”一类的词，或者一条只是其余各条合在一起。"),
            why=N_("看着是几条，其实只有一条。"), source=Source.SEEN,
            mend=N_("并成一条；要写几条，就各写数量、质量、时效、效果中的一个方面。"),
            bad=Example(goals=("保障本单位18名街道工作者按时拨付", "保障本单位18名街道工作者及时拨付")), good=_GOOD,
        ),
    ),
    Rule(
        id="G005", severity=Severity.WARNING, title=N_("绩效目标照抄资金用途"), check=_purpose,
        page=Page(
            what=N_("一条绩效目标与资金用途一字不差。"),
            why=N_("用途说钱花在哪里，目标说花了以后怎样，不是一回事。"), source=Source.TARGETS,
            mend=N_("用途不动，目标改写成要达到的结果。"),
            bad=Example(
                head={Role.PURPOSE: "用于支付单位3辆车辆保险"}, goals=("用于支付单位3辆车辆保险",),
            ),
            good=Example(
                head={Role.PURPOSE: "用于支付单位3辆车辆保险"}, goals=("3辆公务用车全年在保",)
            ),
        ),
    ),
    Rule(
        id="G006", severity=Severity.WARNING, title=N_("绩效目标没有数量"), check=_unmeasured,
        page=Page(
            what=N_("所有绩效目标里没有一个人数、次数、金额或比例。"),
            why=N_("绩效目标应当细化、量化，不能只写保障工作顺利开展。"), source=Source.TARGETS,
            mend=N_("至少有一条写出数量；年份和月份不算数量。"),
            bad=Example(goals=("保障单位工作正常开展",)), good=_GOOD,
        ),
    ),
)  # fmt: skip
