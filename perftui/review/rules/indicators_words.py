"""I019–I022, I044: do the words of a row say something, and in the right class?"""

import re
from functools import lru_cache

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.text import fold
from perftui.model.values import ValueKind
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import Indicator, Subject

_SIDES = ("产出", "效益")


@rule("I019", Severity.WARNING, N_("描述照抄名称"))
def _same_words(subject: Subject) -> Hits:
    for row in subject.indicators:
        if row.name and row.name == row.description:
            advice = _("描述写怎样计算或衡量，例如“准确发放的人数占应发放人数的比例”")
            yield hit(row.cell(Role.DESCRIPTION), _("描述照抄了指标名称“{name}”"), advice, name=row.name)


@rule("I020", Severity.WARNING, N_("指标名称重复"))
def _same_name(subject: Subject) -> Hits:
    first: dict[tuple[str, str], Indicator] = {}
    for row in subject.indicators:
        key = (row.group.key, fold(row.name))
        before = first.setdefault(key, row)
        if key[1] and before is not row and not _are_both_sides(before, row):
            message, advice = _("指标“{name}”在这个项目里出现了两次"), _("删去重复的一行，或者换一个名称把两行区分开")
            yield hit(row.cell(Role.NAME), message, advice, name=row.name)


def _are_both_sides(one: Indicator, other: Indicator) -> bool:
    """Does one say what is done, the other what it is good for?"""
    return {_side(one), _side(other)} == set(_SIDES)


def _side(row: Indicator) -> str:
    return next((side for side in _SIDES if side in row.level1 + row.level2), "")


@rule("I044", Severity.WARNING, N_("同一个指标既作产出又作效益"))
def _both_sides(subject: Subject) -> Hits:
    measured = [(row, _measured(row)) for row in subject.indicators]
    outputs = {key: row for row, keys in measured if _side(row) == _SIDES[0] for key in keys}
    for row, keys in measured if outputs else ():
        twin = next((outputs[key] for key in keys if key in outputs), None)
        if twin is not None and _are_both_sides(twin, row):
            message = _("“{name}”与产出指标“{twin}”是同一个指标")
            advice = _("产出写做了多少，效益写带来什么变化，换一个结果指标")
            yield hit(row.cell(Role.NAME), message, advice, name=row.name, twin=twin.name)


def _measured(row: Indicator) -> list[tuple[str, ...]]:
    """What tells a measure from others: its name; its description and value together."""
    name, description = fold(row.name), fold(row.description)
    found: list[tuple[str, ...]] = [(row.group.key, name)] if name else []
    return [*found, (row.group.key, description, row.value_text)] if description and row.value_text else found


@rule("I021", Severity.WARNING, N_("质量指标抄了数量指标的值"))
def _same_value(subject: Subject) -> Hits:
    counts = [row for row in subject.indicators if row.is_of("数量") and row.value.is_quantitative]
    counted = {row.value_text for row in counts if row.value.kind is not ValueKind.PERCENT}
    for row in subject.indicators:
        if row.is_of("质量") and row.value_text in counted:
            message = _("质量指标与数量指标的值相同，都是“{value}”")
            advice = _("质量指标写做得好不好，例如准确率、合格率")
            yield hit(row.value_cell, message, advice, value=row.value_text)


# The words of each class were gathered from public tables: a row that holds one of them is not called misplaced.
_GREEN = re.compile(
    "环境|环保|生态|PM|浓度|臭氧|二氧化|温室|物种|能耗|能源|节能|节水|节电|用水|用电|水电|水、电|绿|垃圾|节约|污染|污水|排放|降耗|低碳|碳|资源|植被"
    "|扬尘|空气|大气|粉尘|烟|煤|光伏|新能源|纸|噪|土壤|水质|水体|河|卫生|清洁|洁净|废|森林|林|湿地|耕地|草|减排|灌溉|排水|水土|防沙|治沙|回收|循环|无纸化|秸秆|油耗"
)
_SPENDING = re.compile("资金使用|资金支出|支出情况")
_SAVING = re.compile("节约|节省|减少|降低|下降|压减|收益|增收|增加")
_TIMELY = re.compile("按时|及时|准时|按期|如期")
_QUALITY = re.compile("质量|合格|准确|达标|优良|完好|满意")
_TIME = re.compile("时|期|进度|年|月|日|天|周|季|快|迟|延|提前|完成|截止")


@lru_cache(maxsize=8192)
def _mismatch(own: str, words: str) -> str:
    """The sentence that says why words do not fit a class, untranslated; "" where they do."""
    if "成本" in own:
        return ""
    if "生态" in own and not _GREEN.search(words):
        return N_("生态效益指标说的不是环境、节约或污染")
    if "经济" in own and _SPENDING.search(words) and not _SAVING.search(words):
        return N_("经济效益指标说的是资金支出，不是带来的收益或节约")
    if "质量" in own and _TIMELY.search(words) and not _QUALITY.search(words):
        return N_("质量指标说的是时间，不是质量")
    if "时效" in own and _QUALITY.search(words) and not _TIME.search(words):
        return N_("时效指标说的是质量，不是时间")
    return ""


@rule("I022", Severity.WARNING, N_("指标放错了类别"))
def _class(subject: Subject) -> Hits:
    for row in subject.indicators:
        sentence = _mismatch(row.class_name, row.name + row.description)
        if sentence and row.name:
            advice = _("换成这一类的指标，或者把这一行放到合适的类别；没有这方面效益的，这一行不填")
            yield hit(row.cell(Role.NAME), _("“{name}”：{what}"), advice, name=row.name, what=_(sentence))
