"""The sheet of all projects' spending plans: percentages, the amounts they mean, and the curve."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from perftui.forms import Field, Plan, Role
from perftui.forms.computed_fields import role_text
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.money import format_amount, parse_amount, parse_percent, print_amount
from perftui.model.record import Record
from perftui.model.text import visible
from perftui.model.width import cell_len
from perftui.viewmodel.bars import plan_bar
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import (
    computed_cell,
    field_cell,
    header_row,
    label_cell,
    locked_cell,
    shown_text,
    title_cell,
    titled_widths,
)
from perftui.viewmodel.grid import GAP, SHEET, GridView, LazyRows, RowView, Tone, placed
from perftui.viewmodel.sheet_columns import ColumnWidth, fixed, text_column

_WIDE = 92
"""From this width on the curve is drawn as well."""
_BAR = 11
"""Its cells."""
_NAME = 30
"""The most cells of a project's name."""
_LEAST = 6
"""The least cells of a number: 12月底."""


def plan_view(shown: DocumentView, width: int) -> GridView:
    """A row a project; an empty grid that says why where the form has no plan."""
    plan = shown.form.project.plan
    if plan is None:
        return GridView(rows=(), empty=_("这种表没有资金支出计划"))
    wide = width >= _WIDE
    titles = [title_cell(_("项目"))]
    titles += [title_cell(point.label, "right") for point in plan.points]
    titles += [title_cell(_amount_title(point), "right") for point in plan.points]
    titles += [title_cell(_("进度"))] if wide else []
    widths = titled_widths(shown, titles, _wanted(shown, plan, wide=wide), width)
    projects = list(shown.document.projects.items())
    rows = LazyRows(list(shown.document.projects), lambda index: _row(shown, plan, *projects[index], widths, wide=wide))
    return GridView(
        rows=rows,
        header=header_row(shown, titles, widths),
        footer=(_totals(shown, plan, widths, wide=wide),),
        frozen=widths[0] + GAP,
        width=sum(widths) + GAP * (len(widths) - 1),
        empty=shown.no_project,
    )


def _wanted(shown: DocumentView, plan: Plan, *, wide: bool) -> list[ColumnWidth]:
    """What each column needs: percentages and amounts stand whole."""
    projects = shown.document.projects

    def texts(record: Record) -> list[str]:
        shares = [shown_text(point, record.text(plan.path(point)), shown.unit) for point in plan.points]
        amounts = _amounts(shown, plan, record)
        return [shown.name_of(record), *shares, *(computed_cell(text).shown_text for text in amounts)]

    name, *numbers = shown.tallies.widest((plan.key, "widths"), projects, texts)
    titles = [*(point.label for point in plan.points), *map(_amount_title, plan.points)]
    totals = [*[""] * len(plan.points), *(_short(whole, shown.unit) for whole in planned_sums(shown, plan))]
    columns = [
        fixed(max(_LEAST, cells, cell_len(title), cell_len(total)))
        for cells, title, total in zip(numbers, titles, totals, strict=True)
    ]
    return [text_column(max(name, cell_len(_("项目"))), 12, _NAME), *columns, *([fixed(_BAR)] if wide else [])]


def _amount_title(point: Field) -> str:
    return _("{point}额").format(point=point.label.removesuffix("底"))


def _amounts(shown: DocumentView, plan: Plan, record: Record) -> list[str]:
    """What each percentage means, "" where that cannot be said."""
    amounts = [planned_amount(shown, plan, point, record) for point in plan.points]
    return ["" if amount is None else _short(amount, shown.unit) for amount in amounts]


def planned_sums(shown: DocumentView, plan: Plan) -> Sequence[Decimal]:
    """What each percentage of all projects means in 元, added up."""

    def amounts(record: Record) -> list[Decimal]:
        return [planned_amount(shown, plan, point, record) or Decimal(0) for point in plan.points]

    return shown.tallies.sums((plan.key, "planned"), shown.document.projects, amounts)


def planned_amount(shown: DocumentView, plan: Plan, point: Field, record: Record) -> Decimal | None:
    """What a percentage of the project's total means in 元, to the 分; ``None`` where either is blank."""
    total = parse_amount(role_text(shown.form.project, record, Role.TOTAL))
    percent = parse_percent(record.text(plan.path(point)))
    if total is None or percent is None:
        return None
    amount = (total * percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return amount if abs(amount) < Decimal(10) ** 15 else None


def _short(amount: Decimal, unit: str) -> str:
    """An amount without ``.00``."""
    return print_amount(format_amount(amount), unit).removesuffix(".00")


def _row(shown: DocumentView, plan: Plan, file: str, record: Record, widths: tuple[int, ...], *, wide: bool) -> RowView:
    cells = [label_cell(visible(shown.name(file)))]
    cells += [field_cell(shown, file, plan.path(point), point, record) for point in plan.points]
    cells += [computed_cell(text) for text in _amounts(shown, plan, record)]
    bar = plan_bar(shown.form.project, record, ascii_only=shown.ascii_frames)
    cells += [locked_cell(bar, Tone.ACCENT, number=False)] if wide else []
    return RowView(cells=placed(cells, widths), key=Location(file=file), table=SHEET)


def _totals(shown: DocumentView, plan: Plan, widths: tuple[int, ...], *, wide: bool) -> RowView:
    cells = [locked_cell(_("合计"), Tone.TOTAL, number=False), *[locked_cell("", Tone.TOTAL)] * len(plan.points)]
    cells += [locked_cell(_short(whole, shown.unit), Tone.TOTAL) for whole in planned_sums(shown, plan)]
    cells += [locked_cell("", Tone.TOTAL)] if wide else []
    return RowView(cells=placed(cells, widths))
