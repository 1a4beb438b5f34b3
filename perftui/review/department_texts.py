"""D002, D003, D005: the running texts of duties and safeguards: their numbers, and whose work they tell of."""

import re
from collections.abc import Iterator

from perftui.forms import GroupRole, Role
from perftui.locale import N_, _
from perftui.review.department import long_texts, prose
from perftui.review.finding import Severity
from perftui.review.rule import Hit, rule
from perftui.review.subject import Subject
from perftui.review.wording import quoted

_NUMBER = re.compile(r"(?:^|[。；\n])\s*([0-9]{1,2})、")
_HAN = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"(?:^|[。；\n])\s*([{_HAN}]{{1,3}})是")


def _from_han(word: str) -> int:
    """一 is 1, 十 10, 十二 12, 二十一 21."""
    tens, ten, ones = word.rpartition("十")
    value = (_HAN.find(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_HAN.find(ones) + 1 if ones else 0)


@rule("D002", Severity.ERROR, N_("职责里的序号不连续"))
def _numbers(subject: Subject) -> Iterator[Hit]:
    group = subject.spec.group_of(GroupRole.DUTIES)
    for column, cell in long_texts(subject, [group] if group else []):
        found = [(int(match[1]), match.span(1)) for match in _NUMBER.finditer(cell.text)]
        wrong = _first_wrong([number for number, _span in found])
        if wrong is not None:
            number, span = found[wrong]
            message = _jump(column.label, f"{number}、", "" if wrong == 0 else f"{found[wrong - 1][0]}、")
            advice = _("看中间是否漏了一条；没有漏的，把序号改成连续的")
            yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text, span=span)


def _first_wrong(numbers: list[int]) -> int | None:
    """The index of the first number that is not one more than the one before."""
    return next((index for index, number in enumerate(numbers) if number != index + 1), None)


def _jump(label: str, found: str, before: str) -> str:
    if before:
        return _("{label}里的序号不连续，“{before}”后面是“{found}”").format(label=label, before=before, found=found)
    return _("{label}里的序号不连续，第一个就是“{found}”").format(label=label, found=found)


@rule("D003", Severity.WARNING, N_("保障措施的“一是、二是”不连续"))
def _ordinals(subject: Subject) -> Iterator[Hit]:
    """一是, 二是 … in each text, and over the titles together."""
    group = subject.spec.group_of(GroupRole.SAFEGUARDS)
    if group is None:
        return
    advice = _("补上漏掉的序号，或者把序号改成连续的")
    title = group.column(Role.TITLE)
    if title is not None:
        cells = [cell for cell in subject.cells(GroupRole.SAFEGUARDS, Role.TITLE) if _ORDINAL.match(cell.text)]
        words = [found[1] for cell in cells if (found := _ORDINAL.match(cell.text))]
        wrong = _first_wrong([_from_han(word) for word in words])
        if wrong is not None:
            before = "" if wrong == 0 else f"{words[wrong - 1]}是"
            message = _jump(title.label, f"{words[wrong]}是", before)
            yield Hit(
                path=cells[wrong].path, message=message, advice=advice, quote=cells[wrong].text,
                span=(0, len(words[wrong]) + 1),
            )  # fmt: skip
    for column, cell in long_texts(subject, [group]):
        found_all = list(_ORDINAL.finditer(cell.text))
        wrong = _first_wrong([_from_han(found[1]) for found in found_all])
        if wrong is not None:
            before = "" if wrong == 0 else f"{found_all[wrong - 1][1]}是"
            message = _jump(column.label, f"{found_all[wrong][1]}是", before)
            start, end = found_all[wrong].span(1)
            yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text, span=(start, end + 1))


_LOW = re.compile("街道|[镇乡](?=人民政府|政府|党委|党政|人大|机关|部门|本级|财政|办|所|（|\\(|$)")
_HIGHER = re.compile(
    "地方性法规|政府规章|立法规划|立法计划|立法调研|立法后评估|法规质量|省人大常委会|市人大常委会|市代会|市本级预算|一府两院"
)


@rule("D005", Severity.WARNING, N_("写的是上级机关的工作"))
def _higher_body(subject: Subject) -> Iterator[Hit]:
    if not _LOW.search(subject.context.unit_name):
        return
    for column, cell in prose(subject):
        found = list(_HIGHER.finditer(cell.text))
        if found:
            words = dict.fromkeys(match[0] for match in found)
            message = _("{label}里写了{words}，这是上级机关的工作").format(label=column.label, words=quoted(words))
            advice = _("多半抄自上级机关的文本，改成本单位自己的工作")
            yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text, span=found[0].span())
