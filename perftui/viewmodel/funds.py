"""The sheet of all projects' amounts: one row a project, the totals at its foot."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from perftui.forms import AmountGroup, Field, RecordSpec
from perftui.forms.computed_fields import value_of
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.money import format_amount, print_amount, sum_amounts
from perftui.model.record import Record
from perftui.model.text import visible
from perftui.model.width import cell_len
from perftui.viewmodel.approved_total import approved
from perftui.viewmodel.bars import share_bar
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import field_cell, label_cell, locked_cell
from perftui.viewmodel.grid import GAP, CellView, GridView, LazyRows, RowView, Tone, placed, share_width
from perftui.viewmodel.tally import amounts_at

_BAR = 10  # cells of the bar that shows a project's shares
_SHARE = _BAR + 5
"""Cells of the bar and the percentage behind it."""
_WIDE = 110  # cells; from here on there is room for the bar
_LOOKED_AT = 30
"""So many projects are asked how wide a column has to be."""


def funds_view(shown: DocumentView, width: int) -> GridView:
    """Every amount group's amounts with the difference, then the fields beside them, a row a project."""
    groups = shown.form.project.amounts
    wide = width >= _WIDE
    widths = _widths(groups, _gap_texts(shown, groups), width, wide=wide)
    projects = list(shown.document.projects.items())
    rows = LazyRows(
        list(shown.document.projects), lambda index: _row(shown, index + 1, *projects[index], widths, wide=wide)
    )
    return GridView(
        rows=rows,
        header=RowView(cells=placed(_titles(groups, wide=wide), widths)),
        footer=(_totals(shown, widths, wide=wide), *_approved(shown, widths)),
        frozen=widths[0] + widths[1] + 2 * GAP,
        width=sum(widths) + GAP * (len(widths) - 1),
        enter_down=True,
        empty=_("没有项目：在项目列表里按 Ins 新建"),
    )


def difference(spec: RecordSpec, group: AmountGroup, record: Record) -> Decimal | None:
    """Total less its parts in 元, blanks as nothing; ``None`` where it has none, one is no amount or all are blank."""
    if not group.total.parts:
        return None
    parts = [value_of(spec, record, group.path(part.field)) for part in group.total.parts]
    return _gap(value_of(spec, record, group.path(group.total.field)), *parts)


@lru_cache(maxsize=65536)
def _gap(total: str, *parts: str) -> Decimal | None:
    if not total and not any(parts):
        return None
    of_total, of_parts = sum_amounts([total]), sum_amounts(parts)
    return None if of_total is None or of_parts is None else of_total - of_parts


def _visible_others(group: AmountGroup) -> list[Field]:
    return [field for field in group.others if not field.hidden]


def _titles(groups: Sequence[AmountGroup], *, wide: bool) -> list[CellView]:
    titles = [_("序"), _("项目")]
    for group in groups:
        titles += [_title(group, field) for field in group.amounts]
        parts = group.total.parts
        titles += [_("差额")] if parts else []
        titles += [_("{part}占比").format(part=parts[0].field.label) if parts else ""] if wide else []
        titles += [field.label for field in _visible_others(group)]
    amounts = {_title(group, field) for group in groups for field in group.amounts} | {_("差额")}
    return [
        CellView(text=title, tone=Tone.HEAD, align="right" if title in amounts else "left")
        for title in titles
    ]  # fmt: skip


def _title(group: AmountGroup, field: Field) -> str:
    """An amount's label, in a matrix with its column's: the same label stands in each."""
    return f"{group.column}·{field.label}" if group.column else field.label


def _gap_texts(shown: DocumentView, groups: Sequence[AmountGroup]) -> dict[str, list[str]]:
    """The differences that the first projects show, and the whole one, by group: their column is as wide as they."""
    found: dict[str, list[str]] = {}
    for group in groups:
        records = islice(shown.document.projects.values(), _LOOKED_AT)
        gaps = [difference(shown.form.project, group, record) or Decimal(0) for record in records]
        found[group.key] = [print_amount(format_amount(gap), shown.unit) for gap in (*gaps, sum(gaps, Decimal(0)))]
    return found


def _widths(groups: Sequence[AmountGroup], gaps: Mapping[str, list[str]], width: int, *, wide: bool) -> tuple[int, ...]:
    wanted, least = [3, 20], [2, 14]
    for group in groups:
        gap = max(map(cell_len, gaps[group.key]), default=4)
        wanted += [14] * len(group.amounts) + ([max(10, gap)] if group.total.parts else [])
        least += [11] * len(group.amounts) + ([max(5, gap)] if group.total.parts else [])
        wanted += [_SHARE] if wide else []
        least += [_SHARE] if wide else []
        wanted += [field.width for field in _visible_others(group)]
        least += [14] * len(_visible_others(group))
    return share_width(wanted, least, width)


def _row(
    shown: DocumentView, number: int, file: str, record: Record, widths: tuple[int, ...], *, wide: bool
) -> RowView:
    cells = [locked_cell(str(number), Tone.DIM), label_cell(visible(shown.name(file)), Tone.LABEL)]
    spec = shown.form.project
    for group in spec.amounts:
        cells += [field_cell(shown, file, group.path(field), field, record) for field in group.amounts]
        cells += [_difference_cell(shown, difference(spec, group, record))] if group.total.parts else []
        parts = [group.path(part.field) for part in group.total.parts]
        cells += [_share_cell(shown, amounts_at(spec, record, parts))] if wide else []
        cells += [field_cell(shown, file, group.path(field), field, record) for field in _visible_others(group)]
    return RowView(cells=placed(cells, widths), key=Location(file=file))


def _share_cell(shown: DocumentView, amounts: Sequence[Decimal]) -> CellView:
    return locked_cell(share_bar(amounts, _BAR, ascii_only=shown.ascii_frames), Tone.ACCENT, number=False)


def _difference_cell(shown: DocumentView, amount: Decimal | None) -> CellView:
    if amount is None:
        return locked_cell("")
    text = print_amount(format_amount(amount), shown.unit)
    return locked_cell(text, Tone.LOCKED if amount == 0 else Tone.ERROR)


def _totals(shown: DocumentView, widths: tuple[int, ...], *, wide: bool) -> RowView:
    cells = [locked_cell("", Tone.TOTAL), locked_cell(_("合计"), Tone.TOTAL, number=False)]
    for group in shown.form.project.amounts:
        sums = dict(zip((part.field.key for part in group.total.walk()), _column_sums(shown, group), strict=True))
        cells += [locked_cell(print_amount(format_amount(amount), shown.unit), Tone.TOTAL) for amount in sums.values()]
        direct = [sums[part.field.key] for part in group.total.parts]
        gap = sums[group.total.field.key] - sum(direct, Decimal(0))
        told = locked_cell(print_amount(format_amount(gap), shown.unit), Tone.TOTAL if gap == 0 else Tone.ERROR)
        cells += [told] if direct else []
        cells += [_share_cell(shown, direct)] if wide else []
        cells += [locked_cell("", Tone.TOTAL)] * len(_visible_others(group))
    return RowView(cells=placed(cells, widths))


def _approved(shown: DocumentView, widths: tuple[int, ...]) -> list[RowView]:
    """Below the sum of the first amounts what was approved, and how the sum stands to it; nothing where none is."""
    given = approved(shown)
    if given is None:
        return []
    cells = placed(
        [
            locked_cell("", Tone.TOTAL),
            locked_cell(_("批复总额"), Tone.TOTAL, number=False),
            locked_cell(given.amount, Tone.TOTAL),
            locked_cell(given.told, Tone.ERROR if given.differs else Tone.TOTAL, number=False),
        ],
        [*widths[:3], sum(widths[3:]) + GAP * (len(widths) - 4)],
    )
    return [RowView(cells=cells)]


def _column_sums(shown: DocumentView, group: AmountGroup) -> Sequence[Decimal]:
    """The sum of each of a group's amounts in 元; what is blank or no amount counts nothing."""
    paths = [group.path(part.field) for part in group.total.walk()]
    spec, projects = shown.form.project, shown.document.projects
    return shown.tallies.sums((group.key, "columns"), projects, lambda record: amounts_at(spec, record, paths))
