"""F008, G007, T007, T008: what sentences say of money and years, and what a template left in them."""

import re
from decimal import Decimal

from perftui.locale import N_, _
from perftui.model.values import is_placeholder
from perftui.review.finding import Severity
from perftui.review.lists import listed
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject

_LEFT = re.compile(
    r"[（(][^（）()]{0,12}[0-9]+字(?:以内|以上|左右)[^（）()]{0,8}[）)]|[*＊]{2,}|[X×Ｘ]{2,}(?![A-Za-z])|_{3,}|★"
    r"|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)"
)
_OF_THEM = "其中"
_SUM = re.compile(rf"([0-9]+(?:\.[0-9]+)?)(万?元)[^。；;0-9]{{0,6}}{_OF_THEM}[:：,，]?([^。；;]*)")
_MONEY = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万?元)(?![/／每])")
_YEAR = re.compile(r"(20[0-9]{2})年")
_USES = re.compile(
    "^(?:主要)?(?:用于|支付|购买|购置|缴纳|发放|列支)[^。；;]*(?:费|费用|经费|支出|款|工资|补贴|补助)[。；;]?$"
)


@rule("T007", Severity.WARNING, N_("文字里留着模板的话"))
def _template(subject: Subject) -> Hits:
    for path, text in subject.prose if _LEFT.search(subject.words) else ():
        match = _LEFT.search(text)
        if match and not is_placeholder(text.strip()):  # a cell that is nothing else is another rule's
            error = match[0].startswith("#")
            message = _("“{text}”是 Excel 公式的错误值") if error else _("“{text}”是模板里的话，没有换掉")
            yield hit(
                FieldText(path=path, text=text), message, _("换成实际内容，或者删去"), span=match.span(), text=match[0]
            )


@rule("F008", Severity.WARNING, N_("一句话里的金额加不起来"))
def _sum(subject: Subject) -> Hits:
    for path, text in subject.prose if _OF_THEM in subject.words else ():
        for match in _SUM.finditer(text):
            parts = _MONEY.findall(match[3])
            sum_of = sum((_yuan(*part) for part in parts), Decimal(0))
            total = _yuan(match[1], match[2])
            if len(parts) >= 2 and sum_of != total:
                message = _("这句话里 {parts} 加起来不是 {total}，相差 {gap} 元")
                said = listed("".join(part) for part in parts)
                gap = f"{abs(total - sum_of).normalize():f}"
                cell = FieldText(path=path, text=text)
                yield hit(
                    cell, message, _("核对各项金额，改正写错的一项"), span=match.span(), parts=said,
                    total=match[1] + match[2], gap=gap,
                )  # fmt: skip


def _yuan(number: str, unit: str) -> Decimal:
    return Decimal(number) * (10_000 if unit == "万元" else 1)


@rule("T008", Severity.HINT, N_("几处写的是别的年度"))
def _years(subject: Subject) -> Hits:
    """Several texts that speak of one other year and never of this one were copied from its document."""
    year = subject.context.year
    if not year or str(year - 1) not in subject.words:
        return
    dated = [(path, text, {int(one) for one in _YEAR.findall(text)}) for path, text in subject.prose]
    dated = [one for one in dated if one[2]]
    years = {one for _path, _text, found in dated for one in found}
    if len(dated) > 1 and len(years) == 1 and year - 1 in years:
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
