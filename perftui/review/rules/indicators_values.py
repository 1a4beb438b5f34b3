"""I010, I014–I017: is the value a value, with sign and unit?"""

import re
from functools import lru_cache

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.values import ValueKind, parse_value, without_second_sign
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject

_RATE = re.compile("(?:率|比例|比率|占比|满意度)$")
_NO_RATE = re.compile("(?:效率|频率|速率|汇率|税率|利率|功率|容积率)$")
_BRACKETS = re.compile("[（(][^（）()]*[）)]$")
_UNIT_IN_NAME = re.compile(
    "[（(]([%％‰]|[十百千万亿]?(?:元|人|名|位|户|个|次|人次|件|台|套|辆|公里|千米|米|平方米|㎡|亩|公顷|吨|公斤|千克|天|小时|月|年|期|场"
    "|份|册|篇|项|条|处|座|所|家|村|株|头|只|盏|间|栋)(?:[/／].{1,4})?)[）)]$"
)
_METHOD = re.compile("[0-9０-９]|率|比例|占|次数|统计|调查|对比")
_ANSWERS = ("是", "否")
_PERCENT = "%"


def bare(name: str) -> str:
    """A name without the remark in brackets behind it."""
    return _BRACKETS.sub("", name)


@lru_cache(maxsize=8192)
def is_rate(name: str) -> bool:
    """Does a name say that it is a rate, a share, or a satisfaction?"""
    name = bare(name)
    return _RATE.search(name) is not None and _NO_RATE.search(name) is None


@rule("I010", Severity.ERROR, N_("指标值是没有选的选项"))
def _choice(subject: Subject) -> Hits:
    for row in subject.indicators:
        if row.value.kind is ValueKind.CHOICE:
            message = _("指标值“{value}”是供选择的项，还没有选")
            advice = _("填一个能考核的值：数字加单位（如 ≥95%、≤68000元），或者写明要达到的程度")
            yield hit(row.value_cell, message, advice, value=row.value_text)


def unit_in_name(name: str) -> str:
    """The unit that a name says in brackets at its end, 满意度（%）, as forms of towns have it; "" where none does."""
    match = _UNIT_IN_NAME.search(name)
    return match[1] if match else ""


@rule("I014", Severity.ERROR, N_("指标值没有单位"))
def _no_unit(subject: Subject) -> Hits:
    for row in subject.indicators:
        if row.value.is_quantitative and not row.value.unit and not unit_in_name(row.name):
            advice = _("在数字后面写上单位，例如人、次、元或 %")
            yield hit(row.value_cell, _("指标值“{value}”没有单位"), advice, value=row.value_text)


@rule("I015", Severity.WARNING, N_("单位写成了“百分比”"))
def _percent_in_words(subject: Subject) -> Hits:
    for row in subject.indicators:
        if row.value.unit == "百分比":
            message, advice = _("指标值“{value}”的单位写成了“百分比”"), _("单位写作 %")
            fix = "" if row.has(Role.UNIT) or row.has(Role.SIGN) else row.value_text.replace("百分比", _PERCENT)
            yield hit(row.value_cell, message, advice, fix=fix, value=row.value_text)


@rule("I045", Severity.WARNING, N_("符号写了两遍"))
def _sign_twice(subject: Subject) -> Hits:
    for row in subject.indicators:
        own = subject.at(row.path(Role.VALUE))
        cell, once = FieldText(path=row.path(Role.VALUE), text=own), without_second_sign(own)
        if row.sign and own and parse_value(own).sign:
            message = _("指标值“{value}”里又写了符号，符号栏里是“{sign}”")
            advice = _("符号只写在符号栏里，两处不同的先核对哪个对")
            yield hit(cell, message, advice, value=own, sign=row.sign)
        elif once:
            message, advice = _("指标值“{value}”开头有两个符号"), _("留下一个，先核对哪个对")
            same = parse_value(once).sign == parse_value(own[: len(own) - len(once)] + "1").sign
            yield hit(cell, message, advice, fix=once if same else "", value=own)


@rule("I016", Severity.WARNING, N_("定性的值没有衡量办法"))
def _no_method(subject: Subject) -> Hits:
    for row in subject.indicators:
        if row.value.kind is not ValueKind.QUALITATIVE or not row.has(Role.DESCRIPTION) or row.is_yes_or_no:
            continue
        if row.value_text in _ANSWERS and is_rate(row.name) and not row.is_of("满意度"):
            message = _("“{name}”是比率，指标值却是“{value}”")
            advice = _("填百分数，例如 ≥95%；想问是否的，把名称改成是否")
            yield hit(row.value_cell, message, advice, name=row.name, value=row.value_text)
        elif not _METHOD.search(row.description):
            message = _("指标值“{value}”不能计量，描述里也没有说怎样衡量")
            advice = _("改填数字；只能定性的，在描述里写明怎样统计、调查或对比")
            yield hit(row.value_cell, message, advice, value=row.value_text)


@rule("I017", Severity.HINT, N_("百分比没有符号，或写成 ≥100%"))
def _unsigned(subject: Subject) -> Hits:
    for row in subject.indicators:
        value = row.value
        if value.kind is not ValueKind.PERCENT or value.upper is not None:
            continue
        whole = value.number == 100
        fixable = whole and not row.has(Role.SIGN)
        if not value.sign:
            message, advice, fix = _("指标值“{value}”没有写 ≥、≤ 或 ="), _("在数字前面写明符号"), f"={row.value_text}"
        elif value.sign in ("≥", ">") and whole and value.unit == _PERCENT and is_rate(row.name):
            message, advice, fix = _("指标值“{value}”：比率最多是 100%"), _("写成 =100%"), "=100%"
        else:
            continue
        yield hit(row.value_cell, message, advice, fix=fix if fixable else "", value=row.value_text)
