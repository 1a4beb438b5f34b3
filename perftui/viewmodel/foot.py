"""The line at the foot of the screen: what is left, findings, and how the saving stands."""

from decimal import Decimal

from perftui.forms import RecordSpec
from perftui.locale import _
from perftui.model.document import DEPARTMENT
from perftui.model.money import format_amount, print_amount
from perftui.model.record import Record
from perftui.review.finding import Severity
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.funds import difference


def foot_text(shown: DocumentView, file: str | None, saved: str, *, looks: bool = False) -> str:
    """``本项目还差 3 处 · 全文 12 处 · 警 5 提示 9 · 已保存 14:03:22``, and a difference of amounts.

    ``file``: the project, or the department, at hand; ``None`` on a screen of many. ``looks``: the rules are looking at
    an edit.
    """
    findings = _findings(shown, looks=looks)
    parts = [*_left(shown, file), findings, saved, _gap(shown, file), "" if file else _clone(shown)]
    return _(" · ").join(part for part in parts if part)


def _left(shown: DocumentView, file: str | None) -> list[str]:
    if shown.no_form:
        return [shown.no_form]
    if shown.hurried or shown.index.pending:
        return []  # errors count too: before the rules have spoken the sum would be too small
    parts = []
    if file is not None and shown.document.has(file):
        left = shown.left_in(file)
        one = _("本部门还差 {count} 处") if file == DEPARTMENT else _("本项目还差 {count} 处")
        done = _("本部门填好了") if file == DEPARTMENT else _("本项目填好了")
        parts.append(one.format(count=left) if left else done)
    whole = shown.left
    of_whole = _("全文 {count} 处") if parts and whole else _("全文还差 {count} 处")
    parts.append(of_whole.format(count=whole))
    if not shown.document.projects and shown.form.has_projects:
        return [*parts[: 1 if whole else -1], _("还没有项目")]
    return parts if whole else [*parts[:-1], _("全文填好了")]


def _gap(shown: DocumentView, file: str | None) -> str:
    """What the amounts differ by; "" where they fit."""
    if shown.hurried or file == DEPARTMENT:
        return ""
    spec = shown.form.project
    if file is not None and shown.document.has(file):
        (gap,) = _counted(spec, shown.document.record(file))
    else:
        (gap,) = shown.tallies.sums("foot", shown.document.projects, lambda one: _counted(spec, one))
    return _("资金差额 {gap}").format(gap=print_amount(format_amount(gap), shown.unit)) if gap else ""


def _clone(shown: DocumentView) -> str:
    """What is not kept, not sent, not fetched, and waits in other files; "" where nothing is, and without git."""
    clone = shown.standing
    counts = {_("没存 {count}"): len(clone.not_kept), _("没送 {count}"): clone.ahead, _("可取 {count}"): clone.behind}
    counts[_("别的文件冲突 {count}")] = len(clone.unmerged)
    parts = [text.format(count=count) for text, count in counts.items() if count]
    return " ".join([*parts, *([_("没送出过")] if clone.never_sent else [])])


def _counted(spec: RecordSpec, record: Record) -> tuple[Decimal]:
    """The difference of a project's amounts in 元."""
    gaps = [difference(spec, group, record) for group in spec.amounts]
    return (sum((abs(gap) for gap in gaps if gap is not None), Decimal("0.00")),)


def _findings(shown: DocumentView, *, looks: bool) -> str:
    if shown.index.pending or looks:
        return _("审核中…")
    counts = shown.index.counts
    return _("警 {warnings} 提示 {hints}").format(warnings=counts[Severity.WARNING], hints=counts[Severity.HINT])
