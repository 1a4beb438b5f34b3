"""I010–I018, I024–I026: is the value a value, and one that fits its row?"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.money import parse_amount, parse_percent
from perftui.model.values import Value, ValueKind
from perftui.review.example import Example
from perftui.review.finding import Fix, Severity
from perftui.review.rule import Hit, Page, Rule, Source
from perftui.review.subject import Indicator, Subject
from perftui.review.wording import listed

_RATE = re.compile("(?:率|比例|比率|占比|满意度)$")
_NO_RATE = re.compile("(?:效率|频率|速率|汇率|税率|利率|功率|容积率)$")
_MAY_EXCEED = re.compile("(?:增长率|增幅|完成率|执行率)$")
_BRACKETS = re.compile("[（(][^（）()]*[）)]$")
_HEADS = re.compile("(?:数量|人数|次数|个数)$")
_MONEY = re.compile("(?:费|经费|金额)$")
_COUNTED = frozenset("人名辆个次户件台")
_METHOD = re.compile("[0-9０-９]|率|比例|占|次数|统计|调查|对比")
_PERCENT = "%"


def _choice(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        if row.value.kind is ValueKind.CHOICE:
            message = _("指标值“{value}”是供选择的项，还没有选").format(value=row.value_text)
            advice = _("填一个能考核的值：数字加单位（如 ≥95%、≤68000元），或者写明要达到的程度")
            yield _at_value(row, message, advice)


def _at_value(row: Indicator, message: str, advice: str, fix: str = "") -> Hit:
    safe = Fix(path=row.value_path, text=fix) if fix else None
    return Hit(path=row.value_path, message=message, advice=advice, quote=row.value_text, fix=safe)


@lru_cache(maxsize=8192)
def _is_rate(name: str) -> bool:
    name = _BRACKETS.sub("", name)
    return _RATE.search(name) is not None and _NO_RATE.search(name) is None


def _rate(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        value = row.value
        if value.is_quantitative and value.kind is not ValueKind.PERCENT and _is_rate(row.name):
            message = _("“{name}”是比率，指标值却是“{value}”").format(name=row.name, value=row.value_text)
            advice = _("填百分比，例如 ≥95%；想写数量的，把名称改成数量")
            yield _at_value(row, message, advice)


def _above(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        value = row.value
        above = value.kind is ValueKind.PERCENT and value.unit == _PERCENT and _number(value) > 100
        if above and _is_rate(row.name) and not _MAY_EXCEED.search(_BRACKETS.sub("", row.name)):
            message = _("“{name}”的指标值“{value}”超过 100%").format(name=row.name, value=row.value_text)
            yield _at_value(row, message, _("核对数字；比率不会超过 100%"))


def _number(value: Value) -> Decimal:
    return (value.number if value.upper is None else value.upper) or Decimal(0)


def _mixed(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        texts = [text.rstrip("。；") for text in (row.name, row.description) if text]
        if row.value.kind is ValueKind.MONEY:
            text = next((text for text in texts if _HEADS.search(text)), "")
            message, advice = (
                _("“{text}”说的是数量，指标值“{value}”却是金额"),
                _("填数量和单位，或者把名称和描述改成金额"),
            )
        elif row.value.unit in _COUNTED and row.value.is_quantitative:
            text = next((text for text in texts if _MONEY.search(text)), "")
            message, advice = _("“{text}”说的是金额，指标值“{value}”却是数量"), _("填金额，或者把名称和描述改成数量")
        else:
            continue
        if text:
            yield _at_value(row, message.format(text=text, value=row.value_text), advice)


def _no_unit(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        if row.value.is_quantitative and not row.value.unit:
            message = _("指标值“{value}”没有单位").format(value=row.value_text)
            yield _at_value(row, message, _("在数字后面写上单位，例如人、次、元或 %"))


def _percent_in_words(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        if row.value.unit == "百分比":
            message = _("指标值“{value}”的单位写成了“百分比”").format(value=row.value_text)
            fix = row.value_text.replace("百分比", _PERCENT) if not row.has(Role.UNIT) else ""
            yield _at_value(row, message, _("单位写作 %"), fix)


def _no_method(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        told = row.value.kind is ValueKind.QUALITATIVE and row.has(Role.DESCRIPTION)
        if told and not _METHOD.search(row.description):
            message = _("指标值“{value}”不能计量，描述里也没有说怎样衡量").format(value=row.value_text)
            advice = _("改填数字；只能定性的，在描述里写明怎样统计、调查或对比")
            yield _at_value(row, message, advice)


def _unsigned(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        value = row.value
        if value.kind is not ValueKind.PERCENT:
            continue
        whole = value.number == 100 and value.upper is None
        own = not row.has(Role.SIGN)
        if not value.sign and value.upper is None:
            message = _("指标值“{value}”没有写 ≥、≤ 或 =").format(value=row.value_text)
            yield _at_value(row, message, _("在数字前面写明符号"), f"={row.value_text}" if whole and own else "")
        elif value.sign in ("≥", ">") and whole and value.unit == _PERCENT and _is_rate(row.name):
            message = _("指标值“{value}”：比率最多是 100%").format(value=row.value_text)
            yield _at_value(row, message, _("写成 =100%"), "=100%" if own else "")


def _is_cost(row: Indicator) -> bool:
    """Is it a cost in money? 社会成本 and 生态环境成本 are measured otherwise."""
    own = row.level2 or row.level1
    return "成本" in own and "社会" not in own and "生态" not in own


def _cost(subject: Subject) -> Iterator[Hit]:
    total = parse_amount(subject.text(Role.TOTAL))
    for row in subject.indicators:
        if row.value.is_missing or row.value.kind is ValueKind.CHOICE or not _is_cost(row):
            continue
        value, money = row.value, row.value.money
        if value.kind is ValueKind.PERCENT:
            if _number(value) > 100:
                message = _("成本指标值“{value}”超过预算的 100%").format(value=row.value_text)
                yield _at_value(row, message, _("写成 ≤100% 或更低"))
        elif value.kind is not ValueKind.MONEY:
            message = _("成本指标值“{value}”既不是金额也不是百分比").format(value=row.value_text)
            yield _at_value(row, message, _("填金额上限（如 ≤68000元）、单价上限，或者占预算的百分比"))
        elif money is not None and total is not None and money > total:
            message = _("成本指标值“{value}”超过了预算总额 {total} 元").format(value=row.value_text, total=total)
            yield _at_value(row, message, _("成本不应高于预算，核对金额和单位"))


def _satisfaction(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        value = row.value
        if value.is_missing or value.kind is ValueKind.CHOICE or not ("满意度" in row.level1 or "满意度" in row.level2):
            continue
        if value.kind is not ValueKind.PERCENT or not value.sign or not 0 <= _number(value) <= 100:
            message = _("满意度指标值“{value}”不是带符号的百分比").format(value=row.value_text)
            yield _at_value(row, message, _("写成 ≥90% 这样的形式，数字在 0 到 100 之间"))


_PEOPLE = re.compile("([0-9]+)(?:多)?(?:名|人(?![次年月日均]))")
_IN_PEOPLE = ("人", "名")


def _people(subject: Subject) -> Iterator[Hit]:
    """Numbers of people in goals and purpose against those of the indicators of quantity."""
    texts = [subject.text(Role.PURPOSE), *(goal.text for goal in subject.goals)]
    told = {Decimal(number) for text in texts for number in _PEOPLE.findall(text)}
    rows = [row for row in subject.indicators if row.is_of("数量") and row.value.unit in _IN_PEOPLE]
    numbers = [row.value.number for row in rows if row.value.number is not None]
    if not told or not numbers or told & {*numbers, sum(numbers, Decimal(0))}:
        return
    row = rows[0]
    message = _("指标值是“{value}”，目标和用途里写的是 {told} 人").format(
        value=row.value_text, told=listed(f"{number}" for number in sorted(told))
    )
    yield _at_value(row, message, _("核对人数，把写错的一处改正"))


def _weights(subject: Subject) -> Iterator[Hit]:
    allowed = [Decimal(total) for total in subject.context.weight_totals]
    rows = [row for row in subject.indicators if row.weight]
    weights = [parse_percent(row.weight) for row in rows]
    if not allowed or not rows:
        return
    group = rows[0].group
    known = [weight for weight in weights if weight is not None]
    if len(known) == len(weights) and sum(known, Decimal(0)) not in allowed:
        message = _("权重合计 {total}，通常是 {allowed}").format(
            total=sum(known, Decimal(0)), allowed=listed(subject.context.weight_totals)
        )
        advice = _("核对各行权重；本地另有规定的，在审核设置里改合计数")
        quote = " + ".join(row.weight for row in rows)
        yield Hit(path=(group.key,), message=message, advice=advice, quote=quote)


def _row(level2: str, name: str, value: str, description: str = "") -> tuple[dict[Role, str], ...]:
    cells = {Role.LEVEL2: level2, Role.NAME: name, Role.VALUE: value}
    return ({**cells, Role.DESCRIPTION: description} if description else cells,)


RULES = (
    Rule(
        id="I010", severity=Severity.ERROR, title=N_("指标值是没有选的选项"), check=_choice,
        page=Page(
            what=N_("指标值写着“是/否”“优/良/中/差”，这是供选择的项，不是值。"),
            why=N_("年终无法拿它来考核。"), source=Source.SYSTEM,
            mend=N_("填数字加单位；只能定性的写明要达到的程度，并在描述里写明怎样衡量。"),
            bad=Example(rows=_row("社会效益指标", "业务保障能力", "是/否")),
            good=Example(rows=_row("社会效益指标", "业务保障覆盖率", "≥95%")),
        ),
    ),
    Rule(
        id="I011", severity=Severity.ERROR, title=N_("比率的指标值不是百分比"), check=_rate,
        page=Page(
            what=N_("名称以率、比例、占比、满意度结尾，指标值却是别的单位。"),
            why=N_("多半是把数量指标的值抄了下来。"), source=Source.FORM,
            mend=N_("填百分比；想写数量的，把名称改成数量。"),
            bad=Example(rows=_row("质量指标", "工资发放准确率", "41人")),
            good=Example(rows=_row("质量指标", "工资发放准确率", "≥98%")),
        ),
    ),
    Rule(
        id="I012", severity=Severity.WARNING, title=N_("比率超过 100%"), check=_above,
        page=Page(
            what=N_("名称是比率，指标值超过了 100%。"),
            why=N_("除增长率、完成率、执行率外，比率不会超过 100%。"), source=Source.FORM, mend=N_("核对数字。"),
            bad=Example(rows=_row("质量指标", "验收合格率", "≥105%")),
            good=Example(rows=_row("质量指标", "任务完成率", "≥105%")),
        ),
    ),
    Rule(
        id="I013", severity=Severity.WARNING, title=N_("数量与金额混淆"), check=_mixed,
        page=Page(
            what=N_("名称或描述说的是数量，值却是金额；或者反过来。"),
            why=N_("名称、描述和值应当说同一件事。"), source=Source.SEEN, mend=N_("三处改成一致。"),
            bad=Example(rows=_row("数量指标", "支付车辆保险费", "1辆")),
            good=Example(rows=_row("数量指标", "投保车辆数量", "1辆")),
        ),
    ),
    Rule(
        id="I014", severity=Severity.ERROR, title=N_("指标值没有单位"), check=_no_unit,
        page=Page(
            what=N_("指标值是一个光秃秃的数字。"),
            why=N_("定量的指标值必须有计量单位。"), source=Source.SYSTEM, mend=N_("在数字后面写上单位。"),
            bad=Example(rows=_row("数量指标", "举办培训", "≥4")),
            good=Example(rows=_row("数量指标", "举办培训", "≥4次")),
        ),
    ),
    Rule(
        id="I015", severity=Severity.WARNING, title=N_("单位写成了“百分比”"), check=_percent_in_words,
        page=Page(
            what=N_("单位写的是汉字“百分比”。"), why=N_("通行的写法是 %。"), source=Source.STYLE,
            mend=N_("按一个键改成 %。"),
            bad=Example(rows=_row("质量指标", "验收合格率", "≥95百分比")),
            good=Example(rows=_row("质量指标", "验收合格率", "≥95%")), has_fix=True,
        ),
    ),
    Rule(
        id="I016", severity=Severity.WARNING, title=N_("定性的值没有衡量办法"), check=_no_method,
        page=Page(
            what=N_("指标值是“进一步推动”一类的话，描述里也没有说怎样衡量。"),
            why=N_("能定量的应当定量；不能定量的要说清怎样判断。"), source=Source.TARGETS,
            mend=N_("改填数字，或者在描述里写明统计、调查、对比的办法。"),
            bad=Example(
                rows=_row("社会效益指标", "业务工作稳定性", "进一步推动", "通过日常工作稳定运转")
            ),
            good=Example(
                rows=_row("社会效益指标", "业务工作稳定性", "有所提高", "与上年对比业务中断的次数")
            ),
        ),
    ),
    Rule(
        id="I017", severity=Severity.HINT, title=N_("百分比没有符号，或写成 ≥100%"), check=_unsigned,
        page=Page(
            what=N_("百分比前面没有 ≥、≤ 或 =；或者写了比率不可能超过的 ≥100%。"),
            why=N_("系统里符号是必填的，没有符号只能当作等于。"), source=Source.SYSTEM,
            mend=N_("写明符号；100% 可按一个键写成 =100%。"),
            bad=Example(rows=_row("时效指标", "资金支付及时率", "100%")),
            good=Example(rows=_row("时效指标", "资金支付及时率", "=100%")), has_fix=True,
        ),
    ),
    Rule(
        id="I018", severity=Severity.ERROR, title=N_("成本指标值不对"), check=_cost,
        page=Page(
            what=N_("成本指标的值不是金额或百分比，或者超过了预算。"),
            why=N_("成本指标管的是花多少钱，不能高于预算。"), source=Source.CORE,
            mend=N_("填金额上限、单价上限，或者不超过 100% 的百分比。"),
            bad=Example(amounts=("68000.00", "68000.00", "0.00"), rows=_row("成本指标", "支出总额", "≤70000元")),
            good=Example(amounts=("68000.00", "68000.00", "0.00"), rows=_row("成本指标", "支出总额", "≤68000元")),
        ),
    ),
    Rule(
        id="I024", severity=Severity.WARNING, title=N_("人数前后不一致"), check=_people,
        page=Page(
            what=N_("目标、用途里写的人数，与数量指标的人数都对不上。"),
            why=N_("同一张表里的人数应当一致。"), source=Source.FORM, mend=N_("核对人数，把写错的一处改正。"),
            bad=Example(goals=("全年为43名退养人员发放补助",), rows=_row("数量指标", "领取补助人数", "=34人")),
            good=Example(goals=("全年为43名退养人员发放补助",), rows=_row("数量指标", "领取补助人数", "=43人")),
        ),
    ),
    Rule(
        id="I025", severity=Severity.WARNING, title=N_("满意度的值不对"), check=_satisfaction,
        page=Page(
            what=N_("满意度的值不是带符号的、0 到 100 之间的百分比。"),
            why=N_("满意度来自调查，只能是百分比。"), source=Source.SYSTEM, mend=N_("写成 ≥90% 这样的形式。"),
            bad=Example(rows=_row("服务对象满意度指标", "居民满意度", "满意")),
            good=Example(rows=_row("服务对象满意度指标", "居民满意度", "≥90%")),
        ),
    ),
    Rule(
        id="I026", severity=Severity.HINT, title=N_("权重合计不对"), check=_weights,
        page=Page(
            what=N_("填了权重，各行合计不是本地规定的数。"),
            why=N_("权重合计一般是 100，预算执行率等另占分的是 90 或 80。"), source=Source.SYSTEM,
            mend=N_("核对各行权重；合计数可在审核设置里改，也可以不查。"),
            bad=Example(
                rows=({Role.LEVEL2: "数量指标", Role.NAME: "举办培训", Role.VALUE: "≥4次", Role.WEIGHT: "30"},),
                only=True,
            ),
            good=Example(
                rows=({Role.LEVEL2: "数量指标", Role.NAME: "举办培训", Role.VALUE: "≥4次", Role.WEIGHT: "90"},),
                only=True,
            ),
        ),
    ),
)  # fmt: skip
