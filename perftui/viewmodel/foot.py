"""The line at the foot: balance, plan, findings, and the truth about saving."""

from decimal import Decimal
from functools import lru_cache

from perftui.forms import Plan, RecordSpec
from perftui.locale import _
from perftui.model.money import format_amount, parse_percent, print_amount
from perftui.model.record import Record, plain_text
from perftui.review.finding import Severity
from perftui.viewmodel.funds import difference
from perftui.viewmodel.shown import Shown


def foot_text(shown: Shown, record: Record | None, saved: str) -> str:
    """``资金差额 0.00 · 计划 ok · 错 2 警 5 提示 9 · 已保存 14:03:22``; of one project, or of all."""
    parts = [*_sums(shown, record), _findings(shown), saved]
    return " · ".join(part for part in parts if part)


def _sums(shown: Shown, record: Record | None) -> list[str]:
    if shown.hurried:
        return []
    spec = shown.form.project
    if record is not None:
        gap, unfinished = _counted(spec, record)
    else:
        gap, unfinished = shown.tallies.sums("foot", shown.document.projects, lambda one: _counted(spec, one))
    told = _("资金差额 {gap}").format(gap=print_amount(format_amount(gap), shown.unit) if gap else "0.00")
    if spec.plan is None:
        return [told]
    return [told, _("计划未完 {count}").format(count=int(unfinished)) if unfinished else _("计划 ok")]


def _counted(spec: RecordSpec, record: Record) -> tuple[Decimal, Decimal]:
    """By how much a project's amounts do not add up in 元, and whether its plan is unfinished: 1 or 0."""
    gaps = [difference(group, record) for group in spec.amounts]
    unfinished = spec.plan is not None and not plan_is_complete(spec.plan, record)
    return sum((abs(gap) for gap in gaps if gap is not None), Decimal("0.00")), Decimal(int(unfinished))


def plan_is_complete(plan: Plan, record: Record) -> bool:
    """Every point is filled, and the last one, or all together, is 100."""
    values = record.tables.get(plan.key, {})
    return _is_complete(tuple(plain_text(values.get(point.key)) for point in plan.points), cumulative=plan.cumulative)


@lru_cache(maxsize=4096)
def _is_complete(texts: tuple[str, ...], *, cumulative: bool) -> bool:
    percents = [percent for text in texts if (percent := parse_percent(text)) is not None]
    return len(percents) == len(texts) and (percents[-1] if cumulative else sum(percents)) == 100


def _findings(shown: Shown) -> str:
    if shown.index.pending:
        return _("审核中…")
    counts = shown.index.counts
    return _("错 {errors} 警 {warnings} 提示 {hints}").format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], hints=counts[Severity.HINT]
    )
