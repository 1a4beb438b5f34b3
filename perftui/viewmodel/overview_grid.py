"""The overview as the screen shows it, and as lines of text."""

import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from perftui.forms.glosses import glossed
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.money import format_amount, print_amount
from perftui.model.record import Record
from perftui.model.text import visible
from perftui.model.width import cell_len, fit, lines_to_read
from perftui.review.finding import Severity
from perftui.session.changed_files import ChangedFile, unnamed
from perftui.viewmodel.bars import percent_bar
from perftui.viewmodel.changed_since import changed_file, changed_since, date_text
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import label_cell
from perftui.viewmodel.funds import compared
from perftui.viewmodel.grid import GAP, Align, CellView, GridView, LazyRows, RowView, Tone, placed
from perftui.viewmodel.overview import (
    DocumentOverview,
    PlanProgress,
    ProjectShare,
    YearTotals,
    overview_of,
)
from perftui.viewmodel.project_rows import heading
from perftui.viewmodel.tally import total_of
from perftui.viewmodel.year_comparison import LABELS

_LABEL = 9
"""Cells of the words at the left."""
_BAR = 20
"""Cells of a bar."""
_EVEN = 9
"""Cells of the even progress in brackets."""
_MONEY = 16
"""Cells of an amount of the plan."""
_SHARE, _DONE = 6, 7
"""Cells of ``97.9%``, and of ``109/112``."""
_ENDLESS = 10_000
"""Cells of a line of text that nothing is cut from."""
_NAME = 26
"""The most cells of a project's name."""


def overview_view(shown: DocumentView, width: int) -> GridView:
    """What one has to know of the document first, then a bar a project."""
    overview = overview_of(shown)
    heads = list(_heads(shown, overview, width))
    cells, files = _project_cells(shown, overview), list(shown.document.projects)

    def row(number: int) -> RowView:
        if number < len(heads):
            return heads[number]
        one = overview.projects[number - len(heads)]
        return RowView(cells=cells(one), key=Location(file=one.file))

    rows = LazyRows([*([""] * len(heads)), *files], row, heads=len(heads))
    return GridView(rows=rows, width=width, row_cursor=True, empty=shown.no_project)


def overview_lines(shown: DocumentView, overview: DocumentOverview) -> Iterator[str]:
    """The same as text."""
    title = f"{overview.year} {overview.unit} {overview.name} {overview.status}"
    yield visible(title.rstrip())
    for title, lines in _parts(shown, overview):
        yield from [title] if title else []
        yield from map(_line, lines)
    yield from map(_line, map(_project_cells(shown, overview), overview.projects))


def _line(cells: Sequence[CellView]) -> str:
    return (" " * GAP).join(fit(cell.text, cell.width, cell.align) for cell in cells).rstrip()


def _heads(shown: DocumentView, overview: DocumentOverview, width: int) -> Iterator[RowView]:
    """What stands above the projects; a text that is longer than a line goes on in the next."""
    for title, lines in _parts(shown, overview, width):
        if title:
            yield heading(shown, title, width)
        yield from (RowView(cells=tuple(cells)) for cells in lines)


def _parts(
    shown: DocumentView, overview: DocumentOverview, width: int = _ENDLESS
) -> Iterator[tuple[str, Sequence[Sequence[CellView]]]]:
    """The parts above the projects, each with its title; the last is the projects' own title."""
    yield "", _told_cells(list(_told(shown, overview)), width)
    if shown.no_form:
        return
    if overview.plan:
        labels = max(_LABEL, *(cell_len(glossed(shown.form, one.label)) for one in overview.plan))
        yield _("支出计划（括号里是序时进度）"), [_progress(shown, one, labels) for one in overview.plan]
    if shown.form.has_projects:
        yield _("各项目的预算、占比和完成"), []


def _told_cells(told: Sequence[tuple[str, str, Tone]], width: int) -> list[Sequence[CellView]]:
    """A label and what is told, line by line."""
    labels = max(_LABEL, *(cell_len(label) for label, _text, _tone in told))
    room = max(_LABEL, width - labels - GAP)
    return [
        placed([label_cell("" if number else label), CellView(text=line, tone=tone)], (labels, room))
        for label, text, tone in told
        for number, line in enumerate(lines_to_read(text, room))
    ]


def _told(shown: DocumentView, overview: DocumentOverview) -> Iterator[tuple[str, str, Tone]]:
    if shown.no_form:
        yield _("表样"), visible(shown.no_form), Tone.WARNING
        yield from _told_changes(overview)
        return
    if shown.form.has_projects:
        yield _("预算"), _funds(shown, overview), Tone.PLAIN
    done = percent_text(Decimal(overview.done * 100), overview.whole)
    sentence = _("{done}/{whole} 处填好（{percent}）").format(done=overview.done, whole=overview.whole, percent=done)
    yield _("完成"), "…" if shown.index.pending else sentence, Tone.PLAIN
    tone = Tone.ERROR if overview.open[Severity.ERROR] else Tone.GOOD
    counts = " · ".join(f"{severity.label} {count}" for severity, count in overview.open.items())
    yield _("审核"), "…" if shown.index.pending else counts, tone
    if overview.last_year is not None:
        yield _("比上年"), _year(shown, overview, overview.last_year), Tone.PLAIN
    yield from _told_changes(overview)


def _told_changes(overview: DocumentOverview) -> Iterator[tuple[str, str, Tone]]:
    if overview.latest:
        yield _("最近改动"), " · ".join(map(_change, overview.latest)), Tone.PLAIN
    if overview.since is not None:
        yield _("上次以来"), changed_since(overview.changed, overview.since), Tone.PLAIN


def percent_text(part: Decimal, whole: int) -> str:
    """A share as whole percent, rounded down: 100% is said of the whole alone."""
    return f"{int(part / whole) if whole else 0}%"


def _amount(shown: DocumentView, amount: Decimal) -> str:
    return print_amount(format_amount(amount), shown.unit)


def _funds(shown: DocumentView, overview: DocumentOverview) -> str:
    count = _("{count} 个项目").format(count=len(overview.projects))
    whole = f"{_amount(shown, overview.total)} {glossed(shown.form, shown.unit)} · {count}"
    parts = [f"{glossed(shown.form, label)} {_amount(shown, amount)}" for label, amount in overview.parts.items()]
    return " · ".join([whole, *parts])


def _year(shown: DocumentView, overview: DocumentOverview, last: YearTotals) -> str:
    before, change, rate = compared(last.total, overview.total, shown.unit)
    sentence = _("{year} 年 {before}，{change}").format(
        year=last.year, before=before, change=f"{change} {rate}".rstrip()
    )
    counts = [f"{_(LABELS[kind])} {count}" for kind, count in last.changes.items() if count]
    return " · ".join([sentence, *counts])


def _change(one: ChangedFile) -> str:
    return f"{date_text(one.at, time.time())} {changed_file(one)}"


def _progress(shown: DocumentView, one: PlanProgress, labels: int) -> Sequence[CellView]:
    bar = percent_bar(one.percent, _BAR, ascii_only=shown.ascii_frames)
    even = "" if one.even is None else _("（{even}%）").format(even=_plain(one.even))
    told: Sequence[tuple[str, Align]] = (
        (f"{_plain(one.percent)}%", "right"), (even, "left"), (_amount(shown, one.amount), "right"),
    )  # fmt: skip
    cells = [CellView(text=text, align=align) for text, align in told]
    return placed(
        [label_cell(glossed(shown.form, one.label)), label_cell(bar, Tone.ACCENT), *cells],
        (labels, _BAR, _SHARE, _EVEN, _MONEY),
    )


def _plain(percent: Decimal) -> str:
    return str(percent).removesuffix(".0")


def _project_name(one: ProjectShare) -> CellView:
    return CellView(text=visible(one.name), place=Location(file=one.file), label=visible(one.name))


def _project_cells(shown: DocumentView, overview: DocumentOverview) -> Callable[[ProjectShare], tuple[CellView, ...]]:
    """Makes the cells of a project: name, amount, share as a bar and in percent, and what is done."""
    if shown.no_form:
        return lambda one: placed([_project_name(one)], (_NAME,))
    spec, projects = shown.form.project, shown.document.projects
    longest = unnamed(len(projects))

    def texts(record: Record) -> list[str]:
        return [shown.name_of(record) or longest, _amount(shown, total_of(spec, record))]

    names, amounts = shown.tallies.widest(("overview", shown.unit), projects, texts)
    widths = (min(_NAME, names), amounts, _BAR, _SHARE, _DONE)

    def cells(one: ProjectShare) -> tuple[CellView, ...]:
        bar = percent_bar(one.percent, _BAR, ascii_only=shown.ascii_frames)
        done = "" if shown.index.pending else f"{one.done}/{one.whole}"
        name = _project_name(one)
        numbers = [
            CellView(text=text, align="right") for text in (_amount(shown, one.amount), f"{_plain(one.percent)}%", done)
        ]
        return placed([name, numbers[0], label_cell(bar, Tone.ACCENT), *numbers[1:]], widths)

    return cells
