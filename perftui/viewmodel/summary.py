"""Many documents in figures: the funds by kind, the plan over the year, what is open, who had it last."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from perftui.forms import Form, Role
from perftui.forms.glosses import glossed
from perftui.locale import _
from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.model.money import format_amount, parse_percent
from perftui.model.record import FieldPath, Record
from perftui.review.engine import Review
from perftui.review.finding import Severity
from perftui.session.changed_files import no_form
from perftui.viewmodel.tally import DocumentSums, amounts_at, total_of

_CENT = Decimal("0.01")


@frozen
class DocumentSummary:
    """One unit's document of one year in figures; amounts are in 元."""

    form: str
    year: int
    unit: str
    name: str
    status: str
    projects: int
    funds: Mapping[str, Decimal]
    """The sum of each kind of funds, by its label."""
    plan: Mapping[str, Decimal]
    """What is planned to be spent by each point of the year, by its label."""
    told: Mapping[str, str]
    """Each of those labels with its English, where that was chosen."""
    open: Mapping[Severity, int]
    """Open findings."""
    unreadable: int
    no_form: str = ""
    """What is said where its form is not here, in the place of its status."""
    last_hand: str = ""
    """Who kept the last version."""

    def to_plain(self) -> dict[str, Any]:
        """The summary as JSON has it; amounts as text, ``null`` for findings that only the form could tell."""
        return {
            "form": self.form,
            "year": self.year, "unit": self.unit, "name": self.name, "status": self.status, "projects": self.projects,
            "amounts": {label: format_amount(amount) for label, amount in self.funds.items()},
            "planned_by": {label: format_amount(amount) for label, amount in self.plan.items()},
            "open": None if self.no_form else {severity.word: count for severity, count in self.open.items()},
            "unreadable": self.unreadable, "last_hand": self.last_hand,
        }  # fmt: skip


def summary_of(document: Document, form: Form, review: Review, unreadable: int, last_hand: str = "") -> DocumentSummary:
    """The figures of one document."""
    spec, department = form.department, document.department
    counted = [finding.severity for finding in review.findings if finding.is_open]
    funds, plan = _funds(document, form), _plan(document, form)
    return DocumentSummary(
        form=form.id, year=document.year, unit=document.unit, name=spec.text_of(department, Role.UNIT_NAME),
        status=spec.text_of(department, Role.STATUS), projects=len(document.projects),
        funds=funds, plan=plan, told={label: glossed(form, label) for label in (*funds, *plan)},
        open={severity: counted.count(severity) for severity in sorted(Severity, reverse=True) if severity.word},
        unreadable=unreadable, no_form=no_form(form), last_hand=last_hand,
    )  # fmt: skip


def summary_rows(summaries: Sequence[DocumentSummary]) -> list[list[str]]:
    """The head and a row a document, then their sums; columns that a document does not have are blank in it."""
    funds = list(dict.fromkeys(label for one in summaries for label in one.funds))
    plan = list(dict.fromkeys(label for one in summaries for label in one.plan))
    told = {label: words for one in summaries for label, words in one.told.items()}
    head = [_("年度"), _("单位"), _("名称"), _("状态"), _("项目数"), *map(told.__getitem__, (*funds, *plan))]
    head += [_("错误"), _("警告"), _("提示")]
    rows = [
        [str(one.year), one.unit, one.name, one.no_form or one.status, str(one.projects), *_shown(one.funds, funds),
         *_shown(one.plan, plan), *("" if one.no_form else str(count) for count in one.open.values()), one.last_hand]
        for one in summaries
    ]  # fmt: skip
    sums = [
        _("合计"), "", "", "", str(sum(one.projects for one in summaries)),
        *_added([one.funds for one in summaries], funds), *_added([one.plan for one in summaries], plan),
        *(str(sum(column)) for column in zip(*(one.open.values() for one in summaries), strict=True)), "",
    ]  # fmt: skip
    return [[*head, _("最后经手")], *rows, *([sums] if len(rows) > 1 else [])]


def _shown(amounts: Mapping[str, Decimal], labels: Sequence[str]) -> list[str]:
    return [format_amount(amounts[label]) if label in amounts else "" for label in labels]


def _added(amounts: Sequence[Mapping[str, Decimal]], labels: Sequence[str]) -> list[str]:
    return [format_amount(sum((one.get(label, Decimal(0)) for one in amounts), Decimal(0))) for label in labels]


def _funds(document: Document, form: Form) -> dict[str, Decimal]:
    paths = {one.label: group.path(one) for group in form.project.amounts for one in group.amounts}
    sums = DocumentSums().sums("summary", document.projects, lambda one: amounts_at(form.project, one, paths.values()))
    return dict(zip(paths, sums, strict=True))


def _plan(document: Document, form: Form) -> dict[str, Decimal]:
    """The amounts of all projects by each point, up to it where the form's percentages are so."""
    plan = form.project.plan
    if plan is None:
        return {}
    found = {point.label: Decimal(0) for point in plan.points}
    for record in document.projects.values():
        total = total_of(form.project, record)
        for point in plan.points:
            found[point.label] += _share(total, record, plan.path(point))
    return found


def _share(total: Decimal, record: Record, path: FieldPath) -> Decimal:
    percent = parse_percent(record.text(path)) or Decimal(0)
    return (total * percent / 100).quantize(_CENT, ROUND_HALF_UP)
