"""One document at a glance: money, plan, completeness, findings, the latest changes, the year before.

The screen and ``perftui summary`` show the same figures. Amounts are in 元.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import Any

from perftui.forms import Field, Role
from perftui.model.document import DEPARTMENT
from perftui.model.frozen import frozen
from perftui.model.money import format_amount
from perftui.model.record import Record
from perftui.review.finding import Severity
from perftui.session.changed_files import ChangedFile, ChangedFiles
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.lazy_sequence import LazySequence
from perftui.viewmodel.plan import planned_sums
from perftui.viewmodel.tally import amounts_at, total_of
from perftui.viewmodel.year_comparison import YearChange, differences_of

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

    form: str
    is_known: bool
    """Is its form here? Without it no figure is known."""
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
        """As JSON has it; amounts as text, ``null`` for what only the form could tell where it is not here."""
        last = self.last_year
        plain = {
            "form": self.form,
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
        return plain if self.is_known else plain | self._unknown()

    def _unknown(self) -> dict[str, Any]:
        """What no one can tell of a document whose form is not here."""
        nothing = {"amount": None, "percent": None, "done": None, "whole": None}
        projects = [{"file": one.file, "name": one.name, **nothing} for one in self.projects]
        return {"total": None, "done": None, "whole": None, "open": None, "projects": projects}


def overview_of(shown: DocumentView) -> DocumentOverview:
    """The figures of a document.

    What is added up over all projects is kept up with the edits, and a project is looked at where it is shown.
    """
    document, form = shown.document, shown.form
    total, *parts = _sums(shown)
    left, whole = shown.left_of_whole
    latest, changed, since = _changes(shown)
    return DocumentOverview(
        form=form.id, is_known=form.is_known,
        year=document.year, unit=document.unit, name=shown.name(DEPARTMENT),
        status=form.department.text_of(document.department, Role.STATUS),
        total=total, parts=dict(zip(_part_labels(shown), parts, strict=True)), projects=_Shares(shown, total),
        plan=_plan(shown, total), done=whole - left, whole=whole,
        open={one: shown.index.counts[one] for one in sorted(Severity, reverse=True) if one.word},
        latest=latest, since=since, changed=changed, last_year=_last_year(shown),
    )  # fmt: skip


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """A share in percent, to one decimal; 0 of nothing."""
    return (part * 100 / whole).quantize(_TENTH, ROUND_HALF_UP) if whole > 0 else Decimal(0)


class _Shares(LazySequence[ProjectShare]):
    """The projects' parts in the whole, each made when it is looked at."""

    def __init__(self, shown: DocumentView, whole: Decimal) -> None:
        self._shown, self._whole = shown, whole
        self._files = list(shown.document.projects)

    def __len__(self) -> int:
        return len(self._files)

    def _item(self, number: int) -> ProjectShare:
        shown, file = self._shown, self._files[number]
        amount = total_of(shown.form.project, shown.document.projects[file])
        stops = shown.stops(file)
        return ProjectShare(
            file=file, name=shown.name(file), amount=amount, percent=percent_of(amount, self._whole),
            done=stops.done, whole=stops.whole,
        )  # fmt: skip


def _sums(shown: DocumentView) -> Sequence[Decimal]:
    """The sum of all projects, and that of each part of the first total."""
    spec = shown.form.project
    paths = [group.path(part.field) for group in spec.amounts[:1] for part in group.total.parts]
    return shown.tallies.sums(
        "overview", shown.document.projects, lambda one: [total_of(spec, one), *amounts_at(spec, one, paths)]
    )


def _part_labels(shown: DocumentView) -> list[str]:
    return [part.field.label for group in shown.form.project.amounts[:1] for part in group.total.parts]


def _plan(shown: DocumentView, whole: Decimal) -> list[PlanProgress]:
    """The amounts of all projects by each point, up to it also where the form's percentages are not cumulative."""
    plan = shown.form.project.plan
    if plan is None:
        return []
    sums = planned_sums(shown, plan)
    amounts = sums if plan.cumulative else accumulate(sums)
    return [
        PlanProgress(label=point.label, amount=amount, percent=percent_of(amount, whole), even=even_progress(point))
        for point, amount in zip(plan.points, amounts, strict=True)
    ]


def even_progress(point: Field) -> Decimal | None:
    """序时进度 at a point of the year in percent: so many of the twelve months; ``None`` where it names no month."""
    if found := _MONTH.search(point.label):
        months = int(found[1])
    elif found := _QUARTER.search(point.label):
        months = 3 * ("一二三四".find(found[1]) + 1 or int(found[1]))
    else:
        return None
    return percent_of(Decimal(months), Decimal(12)) if months <= 12 else None


def _changes(shown: DocumentView) -> tuple[list[ChangedFile], list[ChangedFile], float | None]:
    """What was changed last, what since the person left the document last, and when that was; the latest first.

    What the person changes now is no news to them.
    """
    since = shown.ask_last_visit()
    found, elsewhere = (
        ChangedFiles(shown.form, shown.document, changed_at, shown.standing.changed_by)
        for changed_at in (shown.changed_at, shown.changed_elsewhere_at)
    )
    return found.latest(_LATEST), elsewhere.since(since), since


def _last_year(shown: DocumentView) -> YearTotals | None:
    last = shown.last_year
    if last is None or shown.form.project.path_of(Role.TOTAL) is None:
        return None
    form, unit, projects = shown.form, shown.unit, shown.document.projects

    def kinds(record: Record) -> list[Decimal]:
        found = [one.kind for one in differences_of(last, "", record, form, unit)]
        return [Decimal(found.count(kind)) for kind in YearChange]

    counts = dict(zip(YearChange, map(int, shown.tallies.sums(("year", unit), projects, kinds)), strict=True))
    counts[YearChange.ENDED] = len(last.ended(projects.values()))
    (total,) = shown.tallies.sums("last year", last.document.projects, lambda one: [total_of(form.project, one)])
    return YearTotals(year=last.year, total=total, changes=counts)
