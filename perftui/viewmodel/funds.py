"""The sheet of all projects' amounts: one row a project, the totals at its foot, the year before beside."""

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from perftui.forms import AmountGroup, Field, RecordSpec
from perftui.forms.computed_fields import value_of
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.money import format_amount, parse_amount, print_amount, sum_amounts
from perftui.model.record import FieldPath, Record
from perftui.model.text import visible
from perftui.model.width import cell_len
from perftui.viewmodel.approved_total import approved
from perftui.viewmodel.bars import share_bar
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
from perftui.viewmodel.grid import GAP, SHEET, CellView, GridView, LazyRows, RowView, Tone, placed
from perftui.viewmodel.sheet_columns import ColumnWidth, fixed, text_column
from perftui.viewmodel.tally import amounts_at

_BAR = 10  # cells of the bar that shows a project's shares
_SHARE = _BAR + 5
"""Cells of the bar and the percentage behind it."""
_WIDE, _WIDER = 110, 150
"""Cells; from here on there is room for the bar, also beside the year before."""
_NAME, _OTHER = (14, 30), (14, 40)
"""The least and the most cells of a project's name, and of a text beside the amounts."""

_NOTHING = locked_cell("", Tone.TOTAL)


@frozen
class _Column:
    """One column of the sheet."""

    title: str
    cell: Callable[[int, str, Record], CellView]
    """A project's cell, by its number, file and record."""
    total: CellView = _NOTHING
    texts: Callable[[Record], str] = lambda _record: ""
    """What stands in a project's cell: the column is as wide as the widest."""
    room: tuple[int, int] | None = None
    """Of a text the least and the most cells; a number stands whole."""
    least: int = 0
    path: FieldPath = ()
    """The field that it shows, if it shows one as it is."""

    @property
    def is_number(self) -> bool:
        """It stands at the right of its column, and so does its title."""
        return self.room is None and not self.least

    def width(self, widest: int) -> ColumnWidth:
        """What the column needs, where its widest cell has so many cells."""
        if self.room is None:
            return fixed(max(widest, cell_len(self.total.text), cell_len(self.title), self.least))
        least, most = self.room
        return text_column(max(widest, cell_len(self.title)), least, most)


def funds_view(shown: DocumentView, width: int) -> GridView:
    """Every amount group's amounts with the difference, then the fields beside them, a row a project.

    Where the year before is known, the first total's amount of then stands beside, and how it has changed.
    """
    columns = list(_columns(shown, wide=width >= (_WIDE if shown.last_year is None else _WIDER)))
    projects = list(shown.document.projects.items())
    widest = shown.tallies.widest(
        ("amounts", len(columns)), shown.document.projects, lambda record: [column.texts(record) for column in columns]
    )
    titles = [title_cell(column.title, "right" if column.is_number else "left") for column in columns]
    widths = titled_widths(shown, titles, _wanted(shown, columns, widest), width)

    def row(index: int) -> RowView:
        file, record = projects[index]
        cells = [column.cell(index + 1, file, record) for column in columns]
        return RowView(cells=placed(cells, widths), key=Location(file=file), table=SHEET)

    return GridView(
        rows=LazyRows(list(shown.document.projects), row),
        header=header_row(shown, titles, widths),
        footer=(RowView(cells=placed([column.total for column in columns], widths)), *_approved(shown, widths)),
        frozen=widths[0] + widths[1] + 2 * GAP,
        width=sum(widths) + GAP * (len(widths) - 1),
        empty=shown.no_project,
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


def _wanted(shown: DocumentView, columns: Sequence[_Column], widest: Sequence[int]) -> list[ColumnWidth]:
    """What each column needs for what stands in it, dim amounts too."""
    offered: dict[FieldPath, int] = {}
    unit = shown.unit
    for path, text in {(place.path, text) for place, text in shown.offers.items()}:
        offered[path] = max(_offer_width(text, unit), offered.get(path, 0))
    return [
        column.width(max(cells, offered.get(column.path, 0)))
        for column, cells in zip(columns, widest, strict=True)
    ]  # fmt: skip


@lru_cache(maxsize=65536)
def _offer_width(text: str, unit: str) -> int:
    return cell_len(print_amount(text, unit)) + 1  # the sign of a suggestion


# ---- the columns


def _columns(shown: DocumentView, *, wide: bool) -> Iterator[_Column]:
    count = max(2, len(str(len(shown.document.projects))))
    yield _Column(title=_("序"), cell=lambda number, _file, _record: locked_cell(str(number), Tone.DIM), least=count)
    yield _Column(
        title=_("项目"),
        cell=lambda _number, file, _record: label_cell(visible(shown.name(file))),
        total=locked_cell(_("合计"), Tone.TOTAL, number=False),
        texts=shown.name_of,
        room=_NAME,
    )
    for group in shown.form.project.amounts:
        sums = _column_sums(shown, group)
        for field, whole in zip(group.amounts, sums, strict=True):
            yield _of_field(shown, group, field, total=_total_cell(shown, whole))
        if group.total.parts:
            yield _of_difference(shown, group, sums)
        if wide and group.total.parts:
            yield _of_shares(shown, group, sums)
        if group is shown.form.project.amounts[0]:
            yield from _of_last_year(shown, group.path(group.total.field), sums[0])
        for field in group.others:
            if not field.hidden:
                yield _of_field(shown, group, field, room=_OTHER)


def _of_field(
    shown: DocumentView,
    group: AmountGroup,
    field: Field,
    total: CellView = _NOTHING,
    room: tuple[int, int] | None = None,
) -> _Column:
    path, spec = group.path(field), shown.form.project
    return _Column(
        title=f"{group.column}·{field.label}" if group.column and room is None else field.label,  # the same in each
        cell=lambda _number, file, record: field_cell(shown, file, path, field, record),
        texts=lambda record: _signed(shown_text(field, value_of(spec, record, path), shown.unit), field, record, path),
        total=total,
        room=room,
        path=path,
    )


def _signed(text: str, field: Field, record: Record, path: FieldPath) -> str:
    """A field's text with the sign that its cell has where it is computed."""
    return computed_cell(text).shown_text if field.formula is not None and not record.text(path) else text


def _of_difference(shown: DocumentView, group: AmountGroup, sums: Sequence[Decimal]) -> _Column:
    own = dict(zip((part.field.key for part in group.total.walk()), sums, strict=True))
    whole = sums[0] - sum((own[part.field.key] for part in group.total.parts), Decimal(0))

    def text(record: Record) -> str:
        gap = difference(shown.form.project, group, record)
        return "" if gap is None else print_amount(format_amount(gap), shown.unit)

    return _Column(
        title=_("差额"),
        cell=lambda _number, _file, record: computed_cell(
            text(record), Tone.ERROR if difference(shown.form.project, group, record) else Tone.LOCKED
        ),
        texts=lambda record: computed_cell(text(record)).shown_text,
        total=_total_cell(shown, whole, Tone.ERROR if whole else Tone.TOTAL),
    )


def _of_shares(shown: DocumentView, group: AmountGroup, sums: Sequence[Decimal]) -> _Column:
    parts = group.total.parts
    own = dict(zip((part.field.key for part in group.total.walk()), sums, strict=True))

    def cell(amounts: Sequence[Decimal]) -> CellView:
        return locked_cell(share_bar(amounts, _BAR, ascii_only=shown.ascii_frames), Tone.ACCENT, number=False)

    paths = [group.path(part.field) for part in parts]
    return _Column(
        title=_("{part}占比").format(part=parts[0].field.label),
        cell=lambda _number, _file, record: cell(amounts_at(shown.form.project, record, paths)),
        total=cell([own[part.field.key] for part in parts]),
        least=_SHARE,
    )


def _of_last_year(shown: DocumentView, path: FieldPath, whole: Decimal) -> Iterator[_Column]:
    """The total of the year before, and how much more or less it is now; no column where that year is not known."""
    last = shown.last_year
    if last is None:
        return

    spec = shown.form.project

    def ends(record: Record) -> tuple[Decimal | None, Decimal | None]:
        found = last.of_project(record)
        return parse_amount(value_of(spec, found, path)) if found else None, parse_amount(value_of(spec, record, path))

    (before,) = shown.tallies.sums(
        (*path, "last year"), last.document.projects, lambda record: amounts_at(spec, record, [path])
    )
    titles = (_("{year} 年").format(year=last.year), _("增减额"), _("增减率"))
    for number, title in enumerate(titles):

        def cell(_number: int, _file: str, record: Record, number: int = number) -> CellView:
            text = compared(*ends(record), shown.unit)[number]
            return computed_cell(text) if number else locked_cell(text, Tone.LABEL)

        def text(record: Record, cell: Callable[[int, str, Record], CellView] = cell) -> str:
            return cell(0, "", record).shown_text

        total = locked_cell(compared(before, whole, shown.unit)[number], Tone.TOTAL)
        yield _Column(title=title, cell=cell, texts=text, total=total)


def compared(before: Decimal | None, now: Decimal | None, unit: str) -> tuple[str, str, str]:
    """An amount of the year before, the change since in 元 or 万元 and in percent; "" for what cannot be said."""
    if before is None:
        return "", "", ""
    printed = print_amount(format_amount(before), unit)
    if now is None:
        return printed, "", ""
    change = print_amount(format_amount(now - before), unit)
    return printed, f"+{change}" if now > before else change, change_rate(before, now)


def change_rate(before: Decimal, now: Decimal) -> str:
    """A change in percent, with its sign and one decimal; "" from nothing."""
    if before <= 0:
        return ""
    rate = ((now - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rate:+}%" if rate else "0%"


def _total_cell(shown: DocumentView, amount: Decimal, tone: Tone = Tone.TOTAL) -> CellView:
    return locked_cell(print_amount(format_amount(amount), shown.unit), tone)


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
