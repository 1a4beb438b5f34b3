"""I031–I046: what bureaus send back: values that do not fit their names, and rows that measure something else."""

import re

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.money import parse_amount
from perftui.model.values import ValueKind
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.rules.indicators_values import bare
from perftui.review.subject import FieldText, Indicator, Subject

_PERCENT = "%"
_COUNT = re.compile("(?:数量|人数|次数|个数|户数|场次|人次|批次|面积|里程|长度)$")
_UNITS = (
    (re.compile("(?<!机器)(?<!法)人员?数量?$"), re.compile("^[万千百]?(?:人|名|位|员|人次|人·次)(?:[/／].+)?$")),
    (re.compile("户数$"), re.compile("^[万千百]?(?:户|户次|家)(?:[/／].+)?$")),
    (re.compile("面积$"), re.compile("平|方|亩|公顷|㎡|顷|ha|米[²2]|m[²2]")),
    (re.compile("(?:里程|长度)$"), re.compile("(?i)^(?!.*(?:平|方|[²㎡])).*(?:米|里|k?m)")),
)
"""Names that count one thing, and the units of it."""
_FIGURE = re.compile("(?<![0-9.每])([0-9]+(?:\\.[0-9]+)?)([\\u4e00-\\u9fff]{1,3}|%)(?!(?:及?以[上下内]|左右).)")
_PERSONS = ("人", "名", "位")
_NO_COUNT = re.compile("及?以[上下内]|左右|内|月|工作")
"""What follows a unit that says a condition (3个月内, 100户以下的村), and no count."""
_MEASURED = re.compile(
    "[（(]?(?:[≥≤＞＜>＝=<≧≦]|不[少低]于|不[高多]于)=? ?[0-9][0-9.,]*(?:[%％‰]|[^的0-9]{0,3}(?<![数率量]))[）)]?$"
)
_ASKED_NOBODY = re.compile("(?:服务|综合|总体|整体|社会|工作|项目|对象)?满意(?:度|率)(?:指标)?")
_PROCESS = re.compile(
    "(?:召开|会议|开会|学习|检查|督查|印发|发文|发放资料|宣传资料).{0,6}(?:次数|场次|份数|数量|(?<!人)次|份)$"
    "|(?:培训|活动|宣传|演练|巡查|走访).{0,2}(?:次数|场次|期数)$"
)
_FIGURED = re.compile("[0-9Ⅰ-Ⅻ]|[一二两三四五六七八九十百]+(?:次|个|人|名|件|场|期|份|户|级|类|倍|成)|全部|全覆盖")
"""What counts or grades in a value that is no figure by itself."""
_LEAST, _MOST = 5, 25


@rule("I031", Severity.WARNING, N_("不是比率的指标填了百分比"))
def _no_rate(subject: Subject) -> Hits:
    for row in subject.indicators:
        if row.value.kind is ValueKind.PERCENT and _COUNT.search(bare(row.name)):
            message = _("“{name}”数的是数量，指标值却是“{value}”")
            advice = _("填数字和单位；想写比率的，把名称改成率")
            yield hit(row.value_cell, message, advice, name=row.name, value=row.value_text)


@rule("I032", Severity.WARNING, N_("数量指标的值没有数字"))
def _no_digit(subject: Subject) -> Hits:
    for row in subject.indicators:
        if _is_in_words(row) and _COUNT.search(bare(row.name)):
            message, advice = _("“{name}”数的是数量，指标值“{value}”里没有数字"), _("填数字和单位，例如 ≥12次")
            yield hit(row.value_cell, message, advice, name=row.name, value=row.value_text)


@rule("I033", Severity.WARNING, N_("名称里的数与指标值不同"))
def _figure(subject: Subject) -> Hits:
    for row in subject.indicators:
        figures = [number for number, unit in _FIGURE.findall(row.name) if _counts(unit, row.value.unit)]
        number = row.value.number
        if number is not None and row.value.upper is None and row.value.unit and len(figures) == 1:
            amount = parse_amount(figures[0])
            if amount is not None and amount != number:
                message = _("名称写的是 {figure}{unit}，指标值是“{value}”")
                advice = _("核对两处的数，改正写错的一处；名称里最好不写数")
                yield hit(row.value_cell, message, advice, figure=figures[0], unit=row.value.unit, value=row.value_text)


def _counts(found: str, unit: str) -> bool:
    """Is what stands behind a figure the value's own unit? Persons are counted in several words."""
    unit = found[0] if unit in _PERSONS and found[0] in _PERSONS else unit
    return found.startswith(unit) and not _NO_COUNT.match(found.removeprefix(unit))


@rule("I046", Severity.WARNING, N_("名称里写了指标值"))
def _value_in_name(subject: Subject) -> Hits:
    for row in subject.indicators:
        match = _MEASURED.search(row.name)
        if match and match.start():
            message, advice = _("名称里写着“{text}”"), _("名称只写考核什么，符号和数写在指标值里")
            yield hit(row.cell(Role.NAME), message, advice, span=match.span(), text=match[0])


@rule("I034", Severity.WARNING, N_("单位与名称不配"))
def _unit(subject: Subject) -> Hits:
    for row in subject.indicators:
        unit = row.value.unit
        if row.value.kind is not ValueKind.QUANTITY or not unit or unit == "百分比":
            continue
        for name, units in _UNITS:
            if name.search(bare(row.name)) and not units.search(unit):
                message, advice = _("“{name}”的单位写成了“{unit}”"), _("换成与名称相配的单位")
                yield hit(row.value_cell, message, advice, name=row.name, unit=unit)


@rule("I036", Severity.HINT, N_("比率全都是 100%"))
def _all_whole(subject: Subject) -> Hits:
    rates = [row for row in subject.indicators if row.value.kind is ValueKind.PERCENT]
    if len(rates) >= _LEAST and all(row.value.number == 100 for row in rates):
        every = FieldText(path=(rates[0].group.key,), text=" ".join(row.value_text for row in rates))
        message, advice = _("{count} 个比率全都是 100%"), _("按实际能做到的程度分别填写")
        yield hit(every, message, advice, count=len(rates))


@rule("I037", Severity.HINT, N_("满意度没有说谁满意"))
def _nobody(subject: Subject) -> Hits:
    for row in subject.indicators:
        if "满意" in row.class_name + row.level1 and _ASKED_NOBODY.fullmatch(row.name):
            message, advice = _("“{name}”没有说调查谁"), _("写明对象，例如“社区居民满意度”")
            yield hit(row.cell(Role.NAME), message, advice, name=row.name)


@rule("I038", Severity.HINT, N_("成本指标只是重复预算数"))
def _budget_again(subject: Subject) -> Hits:
    total = parse_amount(subject.text(Role.TOTAL))
    for row in subject.indicators:
        if row.is_cost and total and row.value.money == total:
            message, advice = _("成本指标值“{value}”就是预算数"), _("写单价、人均标准或节约的目标，预算数上面已经有了")
            yield hit(row.value_cell, message, advice, value=row.value_text)


@rule("I039", Severity.HINT, N_("用过程代替效益"))
def _process(subject: Subject) -> Hits:
    for row in subject.indicators:
        if "效益" in row.level1 + row.level2 and _PROCESS.search(bare(row.name)):
            message, advice = _("“{name}”是做了什么，不是带来了什么"), _("换成结果，例如覆盖率、增收户数；次数放到产出")
            yield hit(row.cell(Role.NAME), message, advice, name=row.name)


@rule("I041", Severity.HINT, N_("指标太少或太多"))
def _count(subject: Subject) -> Hits:
    rows = subject.indicators
    said = {word for word in ("产出", "效益") if any(word in row.level1 + row.level2 for row in rows)}
    count = len(rows)
    if count > _MOST or (len(said) == 2 and count < _LEAST):
        path = (rows[0].group.key,)
        message, advice = _("一共 {count} 行指标"), _("一般 5 到 25 行：能看出做了多少、做得怎样、有什么用")
        yield hit(path, message, advice, count=count)


def _in_words(subject: Subject) -> list[Indicator]:
    """The rows of a form without descriptions whose values are words."""
    rows = [row for row in subject.indicators if not row.has(Role.DESCRIPTION) and not row.is_yes_or_no]
    return [row for row in rows if _is_in_words(row)]


def _is_in_words(row: Indicator) -> bool:
    """Does nothing in the value count or grade: no ±3%以内, 每月不少于2次, Ⅲ类以上?"""
    return row.value.kind is ValueKind.QUALITATIVE and not _FIGURED.search(row.value_text)


def _are_most(subject: Subject) -> bool:
    return len(subject.indicators) >= _LEAST and 2 * len(_in_words(subject)) > len(subject.indicators)


@rule("I042", Severity.HINT, N_("定性的值"))
def _word(subject: Subject) -> Hits:
    for row in () if _are_most(subject) else _in_words(subject):
        message, advice = _("指标值“{value}”不能计量"), _("能填数字的改填数字")
        yield hit(row.value_cell, message, advice, value=row.value_text)


@rule("I043", Severity.WARNING, N_("一半以上是定性的值"))
def _words(subject: Subject) -> Hits:
    words = _in_words(subject)
    if _are_most(subject):
        every = FieldText(path=(words[0].group.key,), text=" ".join(row.value_text for row in words))
        message, advice = _("{all} 行里有 {count} 行的指标值不能计量"), _("至少一半改填数字")
        yield hit(every, message, advice, all=len(subject.indicators), count=len(words))
