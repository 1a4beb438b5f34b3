"""The line at the foot of the screen: balance, plan, findings, and how the saving stands."""

from decimal import Decimal

from perftui.forms import RecordSpec
from perftui.locale import _
from perftui.model.money import format_amount, print_amount
from perftui.model.record import Record
from perftui.review.finding import Severity
from perftui.review.spending_plan import is_plan_complete
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.funds import difference


def foot_text(shown: DocumentView, record: Record | None, saved: str) -> str:
    """``资金差额 0.00 · 计划 ok · 错 2 警 5 提示 9 · 已保存 14:03:22``; of one project, or of all."""
    parts = [*_sums(shown, record), _findings(shown), saved]
    return " · ".join(part for part in parts if part)


def _sums(shown: DocumentView, record: Record | None) -> list[str]:
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
    """The difference of a project's amounts in 元, and 1 where its plan is unfinished, else 0."""
    gaps = [difference(group, record) for group in spec.amounts]
    unfinished = spec.plan is not None and not is_plan_complete(spec.plan, record)
    return sum((abs(gap) for gap in gaps if gap is not None), Decimal("0.00")), Decimal(int(unfinished))


def _findings(shown: DocumentView) -> str:
    if shown.index.pending:
        return _("审核中…")
    counts = shown.index.counts
    return _("错 {errors} 警 {warnings} 提示 {hints}").format(
        errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING], hints=counts[Severity.HINT]
    )
