"""The line at the foot: balance, plan, findings, and the truth about saving."""

from decimal import Decimal
from functools import lru_cache

from perftui.forms import Plan
from perftui.locale import _
from perftui.model.money import format_amount, parse_percent, print_amount
from perftui.model.record import Record, plain_text
from perftui.review.finding import Severity
from perftui.viewmodel.funds import difference
from perftui.viewmodel.shown import Shown


def foot_text(shown: Shown, record: Record | None, saved: str) -> str:
    """``资金差额 0.00 · 计划 ok · 错 2 警 5 提示 9 · 已保存 14:03:22``; of one project, or of all."""
    sums = _sums(shown) if record is None else _sums_of(shown, [record])
    parts = [*sums, _findings(shown), saved]
    return " · ".join(part for part in parts if part)


@lru_cache(maxsize=1)  # thousands of projects are not added up again at every key
def _sums(shown: Shown) -> list[str]:
    return _sums_of(shown, list(shown.document.projects.values()))


def _sums_of(shown: Shown, records: list[Record]) -> list[str]:
    return [] if shown.hurried else [_balance(shown, records), _plan(shown, records)]


def _balance(shown: Shown, records: list[Record]) -> str:
    gaps = [difference(group, record) for record in records for group in shown.form.project.amounts]
    gap = sum((abs(gap) for gap in gaps if gap is not None), Decimal("0.00"))
    return _("资金差额 {gap}").format(gap=print_amount(format_amount(gap), shown.unit) if gap else "0.00")


def _plan(shown: Shown, records: list[Record]) -> str:
    plan = shown.form.project.plan
    if plan is None:
        return ""
    unfinished = sum(not plan_is_complete(plan, record) for record in records)
    return _("计划 ok") if not unfinished else _("计划未完 {count}").format(count=unfinished)


def plan_is_complete(plan: Plan, record: Record) -> bool:
    """Every point is filled, and the last one is 100."""
    values = record.tables.get(plan.key, {})
    return _is_complete(tuple(plain_text(values.get(point.key)) for point in plan.points))


@lru_cache(maxsize=4096)
def _is_complete(texts: tuple[str, ...]) -> bool:
    percents = [parse_percent(text) for text in texts]
    return None not in percents and percents[-1] == 100


def _findings(shown: Shown) -> str:
    if shown.index.pending:
        return _("审核中…")
    counts = shown.index.counts
    return _("错 {errors} 警 {warnings} 提示 {hints}").format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], hints=counts[Severity.HINT]
    )
