"""F008, G007, T007, T008: what sentences say of money and years, and what a template left in them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.values import ERROR_VALUES, is_placeholder
from perftui.review.finding import Severity
from perftui.review.lists import listed
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject

_LEFT = re.compile(
    r"[（(][^（）()]{0,12}[0-9]+字(?:以内|以上|左右)[^（）()]{0,8}[）)]|[*＊]{2,}|[X×Ｘ]{2,}(?![A-Za-z])|_{3,}|★"
    rf"|{'|'.join(map(re.escape, sorted(ERROR_VALUES)))}"
)
_SUM = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万?元)[^。；;0-9]{0,6}其中[:：,，]?([^。；;]*?)(?:[合共总]计|(?=[。；;]|$))")
_MONEY = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万?元)(?![/／每])")
_ADDING = re.compile("其中|[合共总]计")
_DIGIT = re.compile("[0-9]")
_PART = re.compile(r"[^0-9]{1,20}?([0-9]+(?:\.[0-9]+)?)(万?元|)")
_PARTS_OF_PARTS = re.compile("其中|小计")
_SENTENCE = re.compile("[^。！？\\n]+")
_TOTAL = re.compile(
    r"(?:合计|共计|总计)(?:金额|资金|经费|支出)?[:：]?([0-9]+(?:\.[0-9]+)?)(万?元|)(?=[，,、；;）)。！？\s]|$)"
)
_YEAR = re.compile(r"(20[0-9]{2}) ?年")
_USES = re.compile(
    "^(?:主要)?(?:用于|支付|购买|购置|缴纳|发放|列支)[^。；;]*(?:费|费用|经费|支出|款|工资|补贴|补助)[。；;]?$"
)


@rule("T007", Severity.WARNING, N_("文字里留着模板的话"))
def _template(subject: Subject) -> Hits:
    for path, text in subject.prose if _LEFT.search(subject.words) else ():
        match = _LEFT.search(text)
        if match and not is_placeholder(text.strip()):  # a cell that is nothing else is another rule's
            message = (
                _("“{text}”是 Excel 公式的错误值") if match[0] in ERROR_VALUES else _("“{text}”是模板里的话，没有换掉")
            )
            yield hit(
                FieldText(path=path, text=text), message, _("换成实际内容，或者删去"), span=match.span(), text=match[0]
            )


_Money = tuple[str, str]
"""A number and its unit, as written; "" where it has none."""


@rule("F008", Severity.WARNING, N_("一句话里的金额加不起来"))
def _sum(subject: Subject) -> Hits:
    for path, text in subject.prose if _ADDING.search(subject.words) else ():
        for span, total, parts in (*_divided(text), *_added_up(text)):
            sum_of = sum((_yuan(*part) for part in parts), Decimal(0))
            gap = abs(_yuan(*total) - sum_of) / _yuan("1", total[1])
            if len(parts) >= 2 and gap:
                message = _("这句话里 {parts} 加起来不是 {total}，相差 {gap}")
                yield hit(
                    FieldText(path=path, text=text), message, _("核对各项金额，改正写错的一项"), span=span,
                    parts=listed(map("".join, parts)), total="".join(total), gap=f"{gap.normalize():f}{total[1]}",
                )  # fmt: skip


def _divided(text: str) -> Iterator[tuple[tuple[int, int], _Money, list[_Money]]]:
    """Each total with its parts behind it: 10万元，其中：补助6万元，培训3万元; and where that stands."""
    for match in _SUM.finditer(text):
        yield match.span(), (match[1], match[2]), _MONEY.findall(match[3])


def _added_up(text: str) -> Iterator[tuple[tuple[int, int], _Money, list[_Money]]]:
    """Each total with its parts before it: 补助30，培训20，合计60; with units everywhere, or the total's for all."""
    for sentence in _SENTENCE.finditer(text):
        begin = 0
        for match in _TOTAL.finditer(sentence[0]):
            parts = _parts(sentence[0][begin : match.start()])
            if parts and (match[2] or not parts[0][1]):
                span = sentence.start() + begin, sentence.start() + match.end()
                yield span, (match[1], match[2]), [(number, unit or match[2]) for number, unit in parts]
            begin = match.end()


def _parts(listed_parts: str) -> list[_Money]:
    """The numbers of a list of parts; none where one of them is no amount, or some have a unit and some have none."""
    pieces = [piece.strip() for piece in re.split("[，,、；;：:]", listed_parts) if _DIGIT.search(piece)]
    found = [(part[1], part[2]) for piece in pieces if (part := _PART.fullmatch(piece))]
    is_plain = len(found) == len(pieces) and len({bool(unit) for _number, unit in found}) == 1
    return found if is_plain and not _PARTS_OF_PARTS.search(listed_parts) else []


def _yuan(number: str, unit: str) -> Decimal:
    return Decimal(number) * (10_000 if unit == "万元" else 1)


@rule("T008", Severity.HINT, N_("几处写的是别的年度"))
def _years(subject: Subject) -> Hits:
    """Several texts that speak of one other year and never of this one were copied from its document."""
    year = subject.context.year
    if not year or str(year - 1) not in subject.words:
        return
    names = [subject.spec.path_of(role) for role in (Role.NAME, Role.TITLE)]
    dated = [
        (path, text, {int(one) for one in _YEAR.findall(text)}) for path, text in subject.prose if path not in names
    ]
    latest = max((one for _path, _text, found in dated for one in found), default=year)
    dated = [one for one in dated if year - 1 in one[2]]
    if len(dated) > 1 and latest == year - 1:
        message = _("{count} 处写的是 {found} 年，没有一处写 {year} 年")
        cell = FieldText(path=dated[0][0], text=dated[0][1])
        advice = _("看是不是抄了上年的文本；确实说的是那一年的，不必改")
        yield hit(cell, message, advice, count=len(dated), found=year - 1, year=year)


@rule("G007", Severity.HINT, N_("目标只写了钱花在哪里"))
def _only_uses(subject: Subject) -> Hits:
    goals = [goal for goal in subject.goals if goal.text]
    if goals and all(_USES.match(goal.text) for goal in goals):
        message, advice = _("目标只写了用途，没有写要达到什么"), _("写做成多少、做到什么程度、谁得到好处")
        yield hit(goals[0], message, advice)
