"""The overview as the screen shows it, and as lines of text."""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal

from perftui.forms import Role
from perftui.forms.glosses import glossed
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.money import format_amount, print_amount
from perftui.model.record import Record
from perftui.model.text import visible
from perftui.model.width import cell_len, fit
from perftui.review.finding import Severity
from perftui.session.changed_files import ChangedFile, unnamed
from perftui.viewmodel.bars import percent_bar
from perftui.viewmodel.changed_since import changed_since, date_text
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.funds import compared
from perftui.viewmodel.grid import CellView, GridView, LazyRows, RowView, Tone
from perftui.viewmodel.overview import (
    DocumentOverview,
    PlanProgress,
    ProjectShare,
    YearTotals,
    overview_of,
)
from perftui.viewmodel.tally import amounts_at
from perftui.viewmodel.year_comparison import LABELS

_LABEL = 10
"""Cells of the words at the left."""
_BAR = 20
"""Cells of a bar."""
_EVEN = 10
"""Cells of the even progress in brackets."""
_MONEY = 16
"""Cells of an amount of the plan."""
_ENDLESS = 10_000
"""Cells of a line of text that nothing is cut from."""
_NAME = 26
"""The most cells of a project's name."""


def overview_view(shown: DocumentView, width: int) -> GridView:
    """What one has to know of the document first, then a bar a project."""
    overview = overview_of(shown)
    heads = [
        RowView(cells=(CellView(text=text, width=width, tone=tone),))
        for text, tone in _head_lines(shown, overview, width)
    ]
    line, files = _project_line(shown, overview), list(shown.document.projects)

    def row(number: int) -> RowView:
        if number < len(heads):
            return heads[number]
        one = overview.projects[number - len(heads)]
        place = Location(file=one.file)
        return RowView(cells=(CellView(text=line(one), width=width, place=place, label=visible(one.name)),), key=place)

    rows = LazyRows([*([""] * len(heads)), *files], row, heads=len(heads))
    return GridView(rows=rows, width=width, row_cursor=True, empty=_("没有项目：在项目列表里按 Ins 新建"))


def overview_lines(shown: DocumentView, overview: DocumentOverview) -> Iterator[str]:
    """The same as text."""
    title = f"{overview.year} {overview.unit} {overview.name} {overview.status}"
    yield visible(title.rstrip())
    yield from (text.rstrip() for text, _tone in _head_lines(shown, overview, _ENDLESS))
    line = _project_line(shown, overview)
    yield from (line(one).rstrip() for one in overview.projects)


def _head_lines(shown: DocumentView, overview: DocumentOverview, width: int) -> Iterator[tuple[str, Tone]]:
    yield _labelled(_("预算"), _funds(shown, overview, width - _LABEL)), Tone.PLAIN
    done = percent_text(Decimal(overview.done * 100), overview.whole)
    told = _("{done}/{whole} 处填好（{percent}）").format(done=overview.done, whole=overview.whole, percent=done)
    yield _labelled(_("完成"), "…" if shown.index.pending else told), Tone.PLAIN
    tone = Tone.ERROR if overview.open[Severity.ERROR] else Tone.GOOD
    counts = " · ".join(f"{severity.label} {count}" for severity, count in overview.open.items())
    yield _labelled(_("审核"), "…" if shown.index.pending else counts), tone
    if overview.last_year is not None:
        yield _labelled(_("比上年"), _year(shown, overview, overview.last_year)), Tone.PLAIN
    if overview.latest:
        yield _labelled(_("最近改动"), " · ".join(map(_change, overview.latest))), Tone.PLAIN
    if overview.since is not None:
        yield _labelled(_("上次以来"), changed_since(overview.changed, overview.since)), Tone.PLAIN
    if overview.plan:
        yield _("支出计划（括号里是序时进度）"), Tone.GROUP
        labels = [glossed(shown.form, one.label) for one in overview.plan]
        cells = max(_LABEL, *(cell_len(label) + 1 for label in labels))
        for label, one in zip(labels, overview.plan, strict=True):
            yield _progress(shown, fit(label, cells), one), Tone.PLAIN
    yield _("各项目的预算、占比和完成"), Tone.GROUP


def percent_text(part: Decimal, whole: int) -> str:
    """A share as whole percent, rounded down: 100% is said of the whole alone."""
    return f"{int(part / whole) if whole else 0}%"


def _labelled(label: str, text: str) -> str:
    return f"{fit(label, max(_LABEL, cell_len(label) + 1))}{text}"


def _amount(shown: DocumentView, amount: Decimal) -> str:
    return print_amount(format_amount(amount), shown.unit)


def _funds(shown: DocumentView, overview: DocumentOverview, width: int) -> str:
    count = _("{count} 个项目").format(count=len(overview.projects))
    whole = f"{_amount(shown, overview.total)} {shown.unit} · {count}"
    parts = [(label, _amount(shown, amount)) for label, amount in overview.parts.items()]
    told = " · ".join([whole, *(f"{glossed(shown.form, label)} {amount}" for label, amount in parts)])
    return told if cell_len(told) <= width else " · ".join([whole, *map(" ".join, parts)])


def _year(shown: DocumentView, overview: DocumentOverview, last: YearTotals) -> str:
    before, change, rate = compared(last.total, overview.total, shown.unit)
    told = _("{year} 年 {before}，{change}").format(year=last.year, before=before, change=f"{change} {rate}".rstrip())
    counts = [f"{_(LABELS[kind])} {count}" for kind, count in last.changes.items() if count]
    return " · ".join([told, *counts])


def _change(one: ChangedFile) -> str:
    return " ".join(filter(None, (date_text(one.at, time.time()), visible(one.name), one.who)))


def _progress(shown: DocumentView, label: str, one: PlanProgress) -> str:
    even = "" if one.even is None else _("（{even}%）").format(even=_plain(one.even))
    even = fit(even, _EVEN)
    bar = percent_bar(one.percent, _BAR, ascii_only=shown.ascii_frames)
    return f"{label}{bar} {_plain(one.percent) + '%':>6}{even} {_amount(shown, one.amount):>{_MONEY}}"


def _plain(percent: Decimal) -> str:
    return str(percent).removesuffix(".0")


def _project_line(shown: DocumentView, overview: DocumentOverview) -> Callable[[ProjectShare], str]:
    """Makes the line of a project."""
    projects, path = shown.document.projects, shown.form.project.path_of(Role.TOTAL)
    longest = unnamed(len(projects))

    def texts(record: Record) -> list[str]:
        (amount,) = amounts_at(shown.form.project, record, [path]) if path else [Decimal(0)]
        return [shown.name_of(record) or longest, _amount(shown, amount)]

    names, amounts = shown.tallies.widest(("overview", shown.unit), projects, texts)
    names = min(_NAME, names)

    def line(one: ProjectShare) -> str:
        bar = percent_bar(one.percent, _BAR, ascii_only=shown.ascii_frames)
        done = "" if shown.index.pending else f"{one.done}/{one.whole}"
        share = f"{_plain(one.percent)}%"
        return f"{fit(visible(one.name), names)} {_amount(shown, one.amount):>{amounts}} {bar} {share:>6} {done:>7}"

    return line
