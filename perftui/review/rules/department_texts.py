"""D002, D003, D005: the running texts of duties and safeguards: their numbers, and whose work they tell of."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from perftui.forms import GroupRole, Role
from perftui.locale import N_, _
from perftui.review.finding import Severity
from perftui.review.lists import quoted
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.rules.department_parts import long_text_cells, prose_cells
from perftui.review.subject import FieldText, Subject

_NUMBER = re.compile(r"(?:^|[。；\n])\s*([0-9]{1,2})、")
_HAN = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"(?:^|[。；\n])\s*([{_HAN}]{{1,3}})是")


class _Mark(NamedTuple):
    """The number before a part of a text."""

    cell: FieldText
    span: tuple[int, int]
    number: int
    word: str
    """As it is told: 4、 or 四是."""


@rule("D002", Severity.ERROR, N_("职责里的序号不连续"))
def _numbers(subject: Subject) -> Hits:
    group = subject.spec.group_of(GroupRole.DUTIES)
    for column, cell in long_text_cells(subject, [group] if group else []):
        found = _NUMBER.finditer(cell.text)
        marks = [_Mark(cell, one.span(1), int(one[1]), f"{int(one[1])}、") for one in found]
        yield from _jump(marks, column.label, _("看中间是否漏了一条；没有漏的，把序号改成连续的"))


@rule("D003", Severity.WARNING, N_("保障措施的“一是、二是”不连续"))
def _ordinals(subject: Subject) -> Hits:
    """一是, 二是 … over the titles together, and in each text."""
    group = subject.spec.group_of(GroupRole.SAFEGUARDS)
    if group is None:
        return
    advice = _("补上漏掉的序号，或者把序号改成连续的")
    title = group.column(Role.TITLE)
    if title is not None:
        marks = [_ordinals_of(cell)[:1] for cell in subject.cells(GroupRole.SAFEGUARDS, Role.TITLE)]
        yield from _jump([mark for found in marks for mark in found if mark.span[0] == 0], title.label, advice)
    for column, cell in long_text_cells(subject, [group]):
        yield from _jump(_ordinals_of(cell), column.label, advice)


def _ordinals_of(cell: FieldText) -> list[_Mark]:
    found = _ORDINAL.finditer(cell.text)
    return [_Mark(cell, (one.start(1), one.end()), _from_han(one[1]), f"{one[1]}是") for one in found]


def _from_han(word: str) -> int:
    """一 is 1, 十 10, 十二 12, 二十一 21."""
    tens, ten, ones = word.rpartition("十")
    value = (_HAN.find(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_HAN.find(ones) + 1 if ones else 0)


def _jump(marks: Sequence[_Mark], label: str, advice: str) -> Hits:
    """The first of the numbers that is not one more than the one before; the first number is 1."""
    wrong = next((index for index, mark in enumerate(marks) if mark.number != index + 1), None)
    if wrong is None:
        return
    mark, before = marks[wrong], marks[wrong - 1].word if wrong else ""
    message = _("{label}里的序号不连续，“{before}”后面是“{found}”")
    if not before:
        message = _("{label}里的序号不连续，第一个就是“{found}”")
    yield hit(mark.cell, message, advice, span=mark.span, label=label, before=before, found=mark.word)


# 镇 and 乡 stand in many names: only before the word of an office do they say that the unit is a town or a township.
_LOW = re.compile("街道|[镇乡](?=人民政府|政府|党委|党政|人大|机关|部门|本级|财政|办|所|（|\\(|$)")
_HIGHER = re.compile(
    "地方性法规|政府规章|立法规划|立法计划|立法调研|立法后评估|法规质量|省人大常委会|市人大常委会|市代会|市本级预算|一府两院"
)


@rule("D005", Severity.WARNING, N_("写的是上级机关的工作"))
def _higher_body(subject: Subject) -> Hits:
    if not _LOW.search(subject.context.unit_name):
        return
    for column, cell in prose_cells(subject):
        found = list(_HIGHER.finditer(cell.text))
        if found:
            words = quoted(dict.fromkeys(match[0] for match in found))
            message = _("{label}里写了{words}，这是上级机关的工作")
            advice = _("多半抄自上级机关的文本，改成本单位自己的工作")
            yield hit(cell, message, advice, span=found[0].span(), label=column.label, words=words)
