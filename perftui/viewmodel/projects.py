"""The list of projects."""

import time
from dataclasses import replace
from functools import lru_cache

from perftui.forms import Role
from perftui.forms.computed_fields import role_text
from perftui.forms.glosses import glossed
from perftui.locale import _
from perftui.model.document import Location, file_stem
from perftui.model.frozen import frozen
from perftui.model.money import format_amount, print_amount
from perftui.model.record import Record
from perftui.model.text import visible
from perftui.model.width import cell_len, cut
from perftui.review.finding import Severity
from perftui.viewmodel.approved_total import approved
from perftui.viewmodel.bars import done_bar, plan_bar
from perftui.viewmodel.changed_since import date_text
from perftui.viewmodel.document_view import BadFileView, DocumentView
from perftui.viewmodel.field_cells import header_row, locked_cell, title_cell
from perftui.viewmodel.finding_index import TONES, FindingIndex
from perftui.viewmodel.grid import CellView, GridView, LazyRows, RowView, Tone, placed
from perftui.viewmodel.search import matching
from perftui.viewmodel.tally import amounts_at

_WIDE = 92
"""From this width on the code stands beside names of ten characters."""
_WIDER = 116
"""From this width on the plan is drawn as well, and told when a project was last changed."""
_DATE = 7
"""The cells of ``2025-12``."""
_AMOUNT = 14
"""The least cells of an amount: so many that most documents' columns never move."""
_TITLE = 26
"""The most cells that an amount's title widens its column to."""
_DONE = 13
"""The cells of a bar and ``109/112``."""
_HAND = 8
"""The cells of a person's name, or of ``没存版本``."""
_LEAST_NAME = 20
"""The cells that names keep beside who kept the last version."""
_USUAL_NAME = 48
"""The cells that names take where there is room, though all are shorter: amounts are not to stand far from them."""
_NARROW = 72
"""Below this width there is no room for what is done."""


@frozen
class _Columns:
    """Which columns there is room for; where the code has none it is told of the row at hand."""

    code: bool
    plan: bool
    """The plan as a bar, and when a project was last changed."""
    done: bool
    """How much of a project is as it should be."""
    hand: bool = False
    """Who kept its last version."""


def _columns(shown: DocumentView, width: int) -> _Columns:
    spec = shown.form.project
    return _Columns(
        code=width >= _WIDE and spec.path_of(Role.CODE) is not None,
        plan=width >= _WIDER and spec.plan is not None,
        done=width >= _NARROW and shown.form.is_known,
    )


def projects_view(shown: DocumentView, width: int, wanted: str = "") -> GridView:
    """A row a project that the filter lets through, those that cannot be read below, and the sum."""
    columns, widths = _laid_out(shown, width)
    found = _numbered(shown)
    if wanted:
        found = matching(wanted, found, lambda one: _all_names(shown)[one[0] - 1])

    def row(index: int) -> RowView:
        if index >= len(found):  # the files that cannot be read stand below all projects
            return _bad_row(shown.problems[index - len(found)], width)
        number, file, record = found[index]
        return _row(shown, number, file, record, widths, columns)

    rows = LazyRows([*[file for _number, file, _record in found], *[one.file for one in shown.problems]], row)
    header = _header(shown, widths, columns)
    none = _("没有项目：按 Ins 新建一个") if shown.form.has_projects else shown.no_project
    empty = _("没有名称或编码含“{wanted}”的项目").format(wanted=wanted) if wanted else none
    footer = _total_row(shown, width)
    return GridView(
        rows=rows,
        header=header,
        footer=(footer,),
        width=max(width, sum(widths) + len(widths) - 1),
        row_cursor=True,
        empty=empty,
    )


def _laid_out(shown: DocumentView, width: int) -> tuple[_Columns, tuple[int, ...]]:
    """The columns and their widths; in a clone one more, where the names keep enough room."""
    columns = _columns(shown, width)
    if shown.standing.in_clone:
        more = replace(columns, hand=True)
        widths = _widths(shown, width, more)
        if widths[_name_at(more)] >= _LEAST_NAME:
            return more, widths
    return columns, _widths(shown, width, columns)


def _name_at(columns: _Columns) -> int:
    """The number of the names' column."""
    return 3 if columns.code else 2


def _header(shown: DocumentView, widths: tuple[int, ...], columns: _Columns) -> RowView:
    titles = [
        "",
        _("序"),
        *([_("项目编码")] if columns.code else []),
        _("项目名称"),
        shown.form.project.label_of(Role.TOTAL),
    ]
    titles += [_("计划"), _("改动")] if columns.plan else []
    titles += [_("完成")] if columns.done else []
    titles += [_("经手")] if columns.hand else []
    heads = [title_cell(title) for title in [*titles, _("审核")]]
    amount = _name_at(columns) + 1
    heads[amount] = replace(heads[amount], align="right")
    return header_row(shown, heads, widths)


@lru_cache(maxsize=1)
def _numbered(shown: DocumentView) -> list[tuple[int, str, Record]]:
    return [(number, *item) for number, item in enumerate(shown.document.projects.items(), 1)]


@lru_cache(maxsize=1)  # thousands of projects have the same names at every key
def _all_names(shown: DocumentView) -> list[tuple[str, ...]]:
    """What each project is found by: name, code, file."""
    spec = shown.form.project
    paths = [path for role in (Role.NAME, Role.CODE) if (path := spec.path_of(role))]
    return [(*map(record.text, paths), file) for file, record in shown.document.projects.items()]


def _widths(shown: DocumentView, width: int, columns: _Columns) -> tuple[int, ...]:
    """The columns' widths; names have as much as they need, and what is left over up to a common width."""
    projects, spec = shown.document.projects, shown.form.project
    number = max(3, len(str(len(projects))))
    title = cell_len(spec.label_of(Role.TOTAL))
    amount, most = max(_AMOUNT, min(title, _TITLE)), width
    if not shown.hurried:

        def texts(record: Record) -> list[str]:
            return [print_amount(role_text(spec, record, Role.TOTAL), shown.unit), role_text(spec, record, Role.NAME)]

        widest_amount, widest_name = shown.tallies.widest("list", projects, texts)
        amount, most = max(amount, widest_amount), max(_USUAL_NAME, widest_name)
    plan = [13, _DATE] if columns.plan else []
    done = [_DONE] if columns.done else []
    done += [_HAND] if columns.hand else []
    others = [1, number, *([21] if columns.code else []), amount, *plan, *done, 14 if columns.plan else 13]
    name = max(12, min(most, width - sum(others) - len(others)))
    at = _name_at(columns)
    return (*others[:at], name, *others[at:])


def _row(
    shown: DocumentView, number: int, file: str, record: Record, widths: tuple[int, ...], columns: _Columns
) -> RowView:
    place = Location(file=file)
    spec = shown.form.project
    mark = _mark(shown.index, file)
    name, code = spec.text_of(record, Role.NAME), spec.text_of(record, Role.CODE)
    amount = print_amount(role_text(spec, record, Role.TOTAL), shown.unit)
    cells = [
        CellView(text=mark_sign(mark), tone=mark or Tone.PLAIN),
        CellView(text=str(number), align="right", tone=Tone.DIM),
        *([CellView(text=visible(code) or _("（无编码）"))] if columns.code else []),
        CellView(
            text=visible(name or ("" if columns.code else code) or _by_file(shown, file)) or _("（未命名）"),
            place=place,
            label=_("项目") if columns.code or not code else f"{_('项目')} {visible(code)}",
        ),
        locked_cell(visible(amount), Tone.PLAIN),
        *(_plan_cells(shown, file, record) if columns.plan else []),
        *([locked_cell(*_done(shown, file), number=False)] if columns.done else []),
        *([locked_cell(_hand(shown, file), Tone.DIM, number=False)] if columns.hand else []),
        CellView(text=counts_text(shown.index, file) if shown.form.is_known else "", tone=mark or Tone.GOOD),
    ]
    return RowView(cells=placed(cells, widths), key=place, mark=mark)


def _by_file(shown: DocumentView, file: str) -> str:
    """What a project is called whose form is not here: nobody knows which of its values is a name."""
    return "" if shown.form.is_known else file_stem(file)


def _plan_cells(shown: DocumentView, file: str, record: Record) -> list[CellView]:
    """What a wide window has room for: the plan as a bar, and when the project was last changed."""
    bar = plan_bar(shown.form.project, record, ascii_only=shown.ascii_frames)
    at = shown.changed_at(file)
    return [
        locked_cell(bar, Tone.ACCENT, number=False),
        locked_cell("" if at is None else date_text(at, time.time()), Tone.DIM, number=False),
    ]


def _hand(shown: DocumentView, file: str) -> str:
    """Who kept a project last, never wider than its column: a row that grows for it would move all below."""
    return cut(visible(shown.hand_in_short(file)), _HAND)


def _done(shown: DocumentView, file: str) -> tuple[str, Tone]:
    """How much of a project is as it should be: a bar, and n of m."""
    if shown.index.pending:  # errors count too
        return "", Tone.DIM
    stops = shown.stops(file)
    bar = done_bar(stops.done, stops.whole, ascii_only=shown.ascii_frames)
    return f"{bar} {stops.done}/{stops.whole}", Tone.ACCENT if stops.left else Tone.GOOD


def _bad_row(problem: BadFileView, width: int) -> RowView:
    place = Location(file=problem.file)
    line = "" if problem.line is None else _("第 {line} 行").format(line=problem.line)
    text = _("不能读：{file} {line} {reason}").format(file=problem.file, line=line, reason=problem.reason)
    cells = (
        CellView(text=mark_sign(Tone.ERROR), tone=Tone.ERROR, width=1),
        CellView(
            text=visible(text), tone=Tone.ERROR, x=2, width=max(1, width - 2), place=place, label=_("不能读的文件")
        ),
    )
    return RowView(cells=cells, key=place, mark=Tone.ERROR)


def _total_row(shown: DocumentView, width: int) -> RowView:
    count = len(shown.document.projects)
    if shown.no_form:
        return RowView(cells=(CellView(text=_("{count} 个项目").format(count=count), tone=Tone.TOTAL, width=width),))
    total = _("…") if shown.hurried else _total(shown)
    text = _("合计 {count} 个项目  {total} {unit}").format(
        count=count, total=total, unit=glossed(shown.form, shown.unit)
    )
    given = approved(shown)
    if given is not None:
        text += "  " + _("批复 {approved}").format(approved=given.amount)
        text += f"  {given.told}" if given.told else ""
    tone = Tone.ERROR if given is not None and given.differs else Tone.TOTAL
    return RowView(cells=(CellView(text=text, tone=tone, width=width),))


def _total(shown: DocumentView) -> str:
    """The sum of the projects' totals; what is blank or no amount counts nothing."""
    spec, projects = shown.form.project, shown.document.projects
    path = spec.path_of(Role.TOTAL)
    if path is None:
        return ""
    (amount,) = shown.tallies.sums((*path, "list"), projects, lambda record: amounts_at(spec, record, [path]))
    return print_amount(format_amount(amount), shown.unit)


def _mark(index: FindingIndex, file: str) -> Tone | None:
    counts = index.counts_of(file)
    return TONES[max(counts)] if counts else None


def mark_sign(tone: Tone | None) -> str:
    """The sign of a tone: status is never colour alone."""
    return {Tone.ERROR: "x", Tone.WARNING: "!", Tone.HINT: _("·")}.get(tone or Tone.PLAIN, " ")


def counts_text(index: FindingIndex, file: str) -> str:
    """The findings of a file in short: ``错2 警5 提1``; 无 where there is none."""
    if index.pending:
        return _("…")
    counts = index.counts_of(file)
    if not counts:
        return _("通过")
    words = {Severity.ERROR: _("错"), Severity.WARNING: _("警"), Severity.HINT: _("提")}
    return " ".join(f"{word}{counts[severity]}" for severity, word in words.items() if counts[severity])
