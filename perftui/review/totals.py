"""Totals that are shown without being findings: the money per head, the sum of the projects."""

from decimal import Decimal

from perftui.forms import Form, RecordSpec, Role
from perftui.forms.computed_fields import role_text
from perftui.locale import _
from perftui.model.document import Document
from perftui.model.money import format_amount, parse_amount, print_amount, sum_amounts
from perftui.model.record import FieldPath, Record
from perftui.review.subject import Context, Subject


def per_head(record: Record, spec: RecordSpec, form: Form) -> dict[FieldPath, Decimal]:
    """The project's total per head in 元, to the 分, by the path of the value that counts the heads."""
    subject = Subject(file="", record=record, spec=spec, form=form, context=Context())
    total = parse_amount(subject.text(Role.TOTAL))
    found: dict[FieldPath, Decimal] = {}
    for row in subject.indicators:
        heads = row.value.number
        if total is not None and heads is not None and heads > 0 and row.counts_people and row.is_of("数量"):
            found[row.value_cell.path] = (total / heads).quantize(Decimal("0.01"))
    return found


def projects_sum(document: Document, form: Form) -> Decimal | None:
    """The sum of the projects' totals in 元; ``None`` where one of them cannot be read."""
    if form.project.path_of(Role.TOTAL) is None:
        return None
    return sum_amounts(role_text(form.project, record, Role.TOTAL).strip() for record in document.projects.values())


def approved_total(document: Document, form: Form) -> Decimal | None:
    """What was approved for all projects, in 元; ``None`` where nothing is given, or no amount."""
    return parse_amount(form.department.text_of(document.department, Role.APPROVED_TOTAL).strip())


def sums_sentence(document: Document, form: Form) -> str:
    """A sentence that compares the sum of the projects with the approved total; "" where one of them is missing."""
    approved = approved_total(document, form)
    total = None if approved is None else projects_sum(document, form)
    if total is None or approved is None:
        return ""
    unit = form.amount_unit_of(document.department)
    amounts = {"sum": print_amount(format_amount(total), unit), "unit": unit}
    if approved == total:
        return _("各项目合计 {sum} {unit}，与批复总额一致").format(**amounts)
    amounts["approved"] = print_amount(format_amount(approved), unit)
    gap = print_amount(format_amount(abs(total - approved)), unit)
    more = _("各项目合计 {sum} {unit}，比批复总额 {approved} 多 {gap}")
    less = _("各项目合计 {sum} {unit}，比批复总额 {approved} 少 {gap}")
    return (more if total > approved else less).format(**amounts, gap=gap)
