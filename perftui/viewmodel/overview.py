"""One document at a glance: money, plan, completeness, findings, the latest changes, the year before.

The screen and ``perftui summary`` show the same figures. Amounts are in 元.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from perftui.forms import Field, Role
from perftui.model.document import DEPARTMENT
from perftui.model.frozen import frozen
from perftui.model.money import format_amount
from perftui.review.finding import Severity
from perftui.session.changed_files import ChangedFile, changed_files
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.plan import planned_amount
from perftui.viewmodel.tally import amounts_at, sums_of
from perftui.viewmodel.year_comparison import YearChange, year_differences

_LATEST = 3
"""So many of the latest changes are told."""
_MONTH = re.compile(r"([0-9]{1,2})\s*月")
_QUARTER = re.compile("第?([一二三四1-4])季度")
_TENTH = Decimal("0.1")


@frozen
class ProjectShare:
    """A project's part in the whole."""

    file: str
    name: str
    amount: Decimal
    percent: Decimal
    done: int
    whole: int


@frozen
class PlanProgress:
    """What is planned to be spent by a point of the year."""

    label: str
    amount: Decimal
    percent: Decimal
    """Of the sum of all projects."""
    even: Decimal | None
    """序时进度: what would be spent if every month cost the same; ``None`` where the point names no month."""


@frozen
class YearTotals:
    """The year before."""

    year: int
    total: Decimal
    changes: Mapping[YearChange, int]


@frozen
class DocumentOverview:
    """The figures of one document."""

    year: int
    unit: str
    name: str
    status: str
    total: Decimal
    parts: Mapping[str, Decimal]
    projects: Sequence[ProjectShare]
    plan: Sequence[PlanProgress]
    done: int
    whole: int
    open: Mapping[Severity, int]
    latest: Sequence[ChangedFile]
    since: float | None
    """When the person left the document last; ``None`` where that is not known."""
    changed: Sequence[ChangedFile]
    """What has changed since."""
    last_year: YearTotals | None

    def to_plain(self) -> dict[str, Any]:
        """As JSON has it; amounts as text."""
        last = self.last_year
        return {
            "year": self.year, "unit": self.unit, "name": self.name, "status": self.status,
            "total": format_amount(self.total),
            "parts": {label: format_amount(amount) for label, amount in self.parts.items()},
            "projects": [
                {"file": one.file, "name": one.name, "amount": format_amount(one.amount), "percent": str(one.percent),
                 "done": one.done, "whole": one.whole}
                for one in self.projects
            ],
            "planned_by": [
                {"label": one.label, "amount": format_amount(one.amount), "percent": str(one.percent),
                 "even": None if one.even is None else str(one.even)}
                for one in self.plan
            ],
            "done": self.done, "whole": self.whole,
            "open": {severity.word: count for severity, count in self.open.items()},
            "latest": [one.to_plain() for one in self.latest],
            "since": None if self.since is None else int(self.since),
            "changed": [one.to_plain() for one in self.changed],
            "last_year": None if last is None else {
                "year": last.year, "total": format_amount(last.total),
                "changes": {kind.value: count for kind, count in last.changes.items()},
            },
        }  # fmt: skip


def overview_of(shown: DocumentView) -> DocumentOverview:
    """The figures of a document."""
    document, form = shown.document, shown.form
    projects = _shares(shown)
    total = sum((one.amount for one in projects), Decimal(0))
    department = shown.stops(DEPARTMENT)
    hands = shown.standing.changed_by if shown.standing is not None else {}
    changes, since = changed_files(shown.form, document, shown.changed_at, hands), shown.ask_last_visit()
    return DocumentOverview(
        year=document.year, unit=document.unit, name=shown.name(DEPARTMENT),
        status=form.department.text_of(document.department, Role.STATUS),
        total=total, parts=_parts(shown), projects=projects,
        plan=_plan(shown, total), done=department.done + sum(one.done for one in projects),
        whole=department.whole + sum(one.whole for one in projects),
        open={one: shown.index.counts[one] for one in sorted(Severity, reverse=True) if one.word},
        latest=changes[:_LATEST], since=since, changed=[one for one in changes if since is not None and one.at > since],
        last_year=_last_year(shown),
    )  # fmt: skip


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """A share in percent, to one decimal; 0 of nothing."""
    return (part * 100 / whole).quantize(_TENTH, ROUND_HALF_UP) if whole > 0 else Decimal(0)


def _shares(shown: DocumentView) -> list[ProjectShare]:
    path = shown.form.project.path_of(Role.TOTAL)
    amounts = {
        file: amounts_at(shown.form.project, record, [path])[0] if path else Decimal(0)
        for file, record in shown.document.projects.items()
    }
    whole = sum(amounts.values(), Decimal(0))
    stops = {file: shown.stops(file) for file in amounts}
    return [
        ProjectShare(
            file=file, name=shown.name(file), amount=amount, percent=percent_of(amount, whole),
            done=stops[file].done, whole=stops[file].whole,
        )
        for file, amount in amounts.items()
    ]  # fmt: skip


def _parts(shown: DocumentView) -> dict[str, Decimal]:
    """The sum of each part of the first total, by its label."""
    if not shown.form.project.amounts:
        return {}
    group = shown.form.project.amounts[0]
    paths = [group.path(part.field) for part in group.total.parts]
    sums = sums_of(shown.form.project, shown.document.projects.values(), paths)
    return {part.field.label: amount for part, amount in zip(group.total.parts, sums, strict=True)}


def _plan(shown: DocumentView, whole: Decimal) -> list[PlanProgress]:
    """The amounts of all projects by each point, up to it also where the form's percentages are not cumulative."""
    plan = shown.form.project.plan
    if plan is None:
        return []
    records = shown.document.projects.values()
    found, before = [], Decimal(0)
    for point in plan.points:
        amount = sum((planned_amount(shown, plan, point, record) or Decimal(0) for record in records), Decimal(0))
        amount += Decimal(0) if plan.cumulative else before
        before = amount
        found.append(
            PlanProgress(label=point.label, amount=amount, percent=percent_of(amount, whole), even=even_progress(point))
        )
    return found


def even_progress(point: Field) -> Decimal | None:
    """序时进度 at a point of the year in percent: so many of the twelve months; ``None`` where it names no month."""
    if found := _MONTH.search(point.label):
        months = int(found[1])
    elif found := _QUARTER.search(point.label):
        months = 3 * ("一二三四".find(found[1]) + 1 or int(found[1]))
    else:
        return None
    return percent_of(Decimal(months), Decimal(12)) if months <= 12 else None


def _last_year(shown: DocumentView) -> YearTotals | None:
    last, path = shown.last_year, shown.form.project.path_of(Role.TOTAL)
    if last is None or path is None:
        return None
    kinds = [one.kind for one in year_differences(last, shown.document, shown.form, shown.unit)]
    (total,) = sums_of(shown.form.project, last.document.projects.values(), [path])
    return YearTotals(year=last.year, total=total, changes={kind: kinds.count(kind) for kind in YearChange})
