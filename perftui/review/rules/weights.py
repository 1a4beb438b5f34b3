"""I026, I028, I029: do the weights of a form's indicators add up, in all and in each category?"""

from collections.abc import Sequence
from decimal import Decimal

from perftui.forms import Role, Taxonomy
from perftui.locale import N_, _
from perftui.model.money import parse_percent
from perftui.review.finding import Severity
from perftui.review.lists import listed
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Indicator, Subject


def _blocks(subject: Subject) -> list[list[Indicator]]:
    """The rows of each group that have a weight in one of them."""
    groups: dict[str, list[Indicator]] = {}
    for row in subject.indicators:
        groups.setdefault(row.group.key, []).append(row)
    return [rows for rows in groups.values() if any(row.weight for row in rows)]


def _weights(rows: Sequence[Indicator]) -> list[Decimal] | None:
    """The weights that are given; ``None`` where one of them cannot be read, which is another rule's."""
    found = [parse_percent(row.weight) for row in rows if row.weight]
    return None if None in found else [weight for weight in found if weight is not None]


@rule("I026", Severity.HINT, N_("权重合计不对"))
def _total(subject: Subject) -> Hits:
    own = subject.form.weights
    allowed = own.totals if own else subject.context.weight_totals
    for rows in _blocks(subject) if allowed else ():
        weights = _weights(rows)
        if weights is None or sum(weights, Decimal(0)) in map(Decimal, allowed) or _wrong(subject, rows):
            continue
        column, blank = rows[0].group.column(Role.WEIGHT), len(rows) - len(weights)
        if blank and column is not None and column.required:
            continue  # each of them is said to be missing
        advice = _("核对各行权重；本地另有规定的，在审核设置里改合计数")
        if blank:
            advice = _("有 {count} 行没有填权重，先补上")
        every = FieldText(path=(rows[0].group.key,), text=" + ".join(row.weight for row in rows if row.weight))
        message, total = _("权重合计 {total}，通常是 {allowed}"), sum(weights, Decimal(0))
        yield hit(every, message, advice, total=total, allowed=listed(allowed), count=blank)


def _counts_for(row: Indicator, taxonomy: Taxonomy) -> str:
    """The category whose points a row is part of: its class's, where that stands under another (I004 says so)."""
    return (taxonomy.category_of(row.level2) if taxonomy.closed else "") or row.level1


def _wrong(subject: Subject, rows: Sequence[Indicator]) -> list[tuple[str, Sequence[Indicator], Decimal, str]]:
    """Category, rows, sum and right sum of those that a form gives points and whose rows have other ones."""
    found: list[tuple[str, Sequence[Indicator], Decimal, str]] = []
    for name, points in subject.form.weights.categories.items() if subject.form.weights else ():
        own = [row for row in rows if _counts_for(row, subject.taxonomy) == name]
        weights = _weights(own)
        if own and weights is not None and len(weights) == len(own):
            total = sum(weights, Decimal(0))
            found += [] if _are_right(total, points) else [(name, own, total, points)]
    return found


def _are_right(total: Decimal, points: str) -> bool:
    """Is a sum what a form gives a category: ``50``, or from ``40-50``?"""
    least, _dash, most = points.partition("-")
    return Decimal(least) <= total <= Decimal(most or least)


@rule("I028", Severity.WARNING, N_("一级指标的分值合计不对"))
def _category(subject: Subject) -> Hits:
    for rows in _blocks(subject):
        for name, own, total, points in _wrong(subject, rows):
            message, advice = _("{name}的分值合计 {total}，本表样是 {points}"), _("核对这一类各行的分值")
            yield hit(own[0].cell(Role.WEIGHT), message, advice, key=name, name=name, total=total, points=points)


@rule("I029", Severity.WARNING, N_("分值读不出数"))
def _unreadable(subject: Subject) -> Hits:
    for row in subject.indicators:
        if row.weight and parse_percent(row.weight) is None:
            message, advice = _("分值“{text}”不是数，没有计入合计"), _("只写数字，如 10 或 22.5")
            yield hit(row.cell(Role.WEIGHT), message, advice, text=row.weight)
