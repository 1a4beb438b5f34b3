"""This year's projects against last year's: which are new, ended, renamed, cost more or less, say something else."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from perftui.forms import Form, Role
from perftui.forms.computed_fields import role_text
from perftui.locale import N_, _
from perftui.model.diff import FieldChange, diff
from perftui.model.document import Document, Location
from perftui.model.frozen import frozen
from perftui.model.money import format_amount, parse_amount, print_amount
from perftui.model.record import ORDER, UNREVIEWED, Record
from perftui.model.text import visible
from perftui.review.location_names import short_name
from perftui.session.last_year import LastYear
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import title_cell
from perftui.viewmodel.funds import compared
from perftui.viewmodel.grid import CellView, GridView, RowView, Tone, placed
from perftui.viewmodel.search import matching
from perftui.viewmodel.sheet_columns import column_widths, fixed, text_column

LIMIT = Decimal(10)
"""Percent: an amount that has changed by less is not worth a line."""
_NAMED = 3
"""So many of a project's changed texts are named."""
_OWN = (Role.CODE, Role.ORIGIN, Role.TITLE, Role.ORDER, Role.NAME, Role.SCHEMA)
"""Fields that are another year's by themselves, or are told on a line of their own."""


class YearChange(StrEnum):
    """What has become of a project."""

    NEW = "new"
    ENDED = "ended"
    RENAMED = "renamed"
    AMOUNT = "amount"
    TEXT = "text"


LABELS = {
    YearChange.NEW: N_("新增"), YearChange.ENDED: N_("结束"), YearChange.RENAMED: N_("改名"),
    YearChange.AMOUNT: N_("金额"), YearChange.TEXT: N_("文字"),
}  # fmt: skip


@frozen
class YearDifference:
    """One thing that is not as it was in the year before."""

    kind: YearChange
    place: Location
    """Of a project that ended its file in last year's document."""
    name: str
    told: str

    def to_plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"kind": self.kind.value, "file": self.place.file, "name": self.name, "told": self.told}


def year_differences(
    last: LastYear, document: Document, form: Form, unit: str, limit: Decimal = LIMIT
) -> tuple[YearDifference, ...]:
    """Every difference, in the order of this year's projects; the ended ones stand last.

    ``limit``: by how many percent an amount has to have changed.
    """
    found: list[YearDifference] = []
    for file, record in document.projects.items():
        found += differences_of(last, file, record, form, unit, limit)
    ended = last.ended(document.projects.values())
    return (*found, *(_whole(YearChange.ENDED, file, record, form, unit) for file, record in ended.items()))


def differences_of(
    last: LastYear, file: str, record: Record, form: Form, unit: str, limit: Decimal = LIMIT
) -> list[YearDifference]:
    """What is not as it was in one of this year's projects."""
    before = last.of_project(record)
    if before is None:
        return [_whole(YearChange.NEW, file, record, form, unit)]
    return [*_of_project(file, before, record, form, unit, limit)]


def _whole(kind: YearChange, file: str, record: Record, form: Form, unit: str) -> YearDifference:
    printed = print_amount(role_text(form.project, record, Role.TOTAL), unit)
    return YearDifference(kind=kind, place=Location(file=file), name=_name(form, record), told=printed)


def _name(form: Form, record: Record) -> str:
    return visible(form.project.text_of(record, Role.NAME) or form.project.text_of(record, Role.CODE))


def _of_project(
    file: str, before: Record, now: Record, form: Form, unit: str, limit: Decimal
) -> Iterator[YearDifference]:
    name, old = _name(form, now), _name(form, before)
    if name != old:
        path = form.project.path_of(Role.NAME) or ()
        sentence = f"{old} → {name}"
        yield YearDifference(kind=YearChange.RENAMED, place=Location(file=file, path=path), name=name, told=sentence)
    yield from _of_amount(file, before, now, form, unit, limit, name)
    if changed := _changed_texts(before, now, form):
        place = Location(file=file)
        yield YearDifference(kind=YearChange.TEXT, place=place, name=name, told=_listed(changed))


def _of_amount(
    file: str, before: Record, now: Record, form: Form, unit: str, limit: Decimal, name: str
) -> Iterator[YearDifference]:
    old, new = (parse_amount(role_text(form.project, record, Role.TOTAL)) for record in (before, now))
    if old is None or new is None or abs(new - old) * 100 <= limit * abs(old):
        return
    was, change, rate = compared(old, new, unit)
    sentence = f"{was} → {print_amount(format_amount(new), unit)}  {change} {rate}".rstrip()
    path = form.project.path_of(Role.TOTAL) or ()
    yield YearDifference(kind=YearChange.AMOUNT, place=Location(file=file, path=path), name=name, told=sentence)


def _changed_texts(before: Record, now: Record, form: Form) -> list[str]:
    """The fields and rows that say something else, once each."""
    spec = form.project
    own = {spec.path_of(role) for role in _OWN}
    amounts = {group.path(field) for group in spec.amounts for field in group.amounts}
    found: list[str] = []
    for change in diff(before, now):
        if isinstance(change, FieldChange):
            path = change.path
            skipped = path[-1] == ORDER or path[0] == UNREVIEWED or path in own or path in amounts
            if not skipped and (spec.field(path) is not None):
                found.append(short_name(path, spec, now))
        elif spec.group(change.group) is not None:
            held = now if now.row(change.group, change.row.id) is not None else before
            found.append(short_name((change.group, change.row.id), spec, held))
    return list(dict.fromkeys(found))


def _listed(names: Sequence[str]) -> str:
    shown = _("、").join(names[:_NAMED])
    return shown if len(names) <= _NAMED else _("{names} 等 {count} 处").format(names=shown, count=len(names))


def comparison_view(shown: DocumentView, width: int, wanted: str = "") -> GridView:
    """A row a difference; the filter looks in names and sentences."""
    last = shown.last_year
    if last is None:
        return GridView(rows=(), empty=_("文件夹里没有这个单位上一年度的文本"))
    found = matching(
        wanted, year_differences(last, shown.document, shown.form, shown.unit), lambda one: (one.name, one.told)
    )
    kinds = [_(LABELS[one.kind]) for one in found]
    names = max((len(one.name) * 2 for one in found), default=0)
    widths = column_widths([fixed(max(4, *map(len, ["", *kinds]), 6)), text_column(names, 14, 26)], width)
    widths = (*widths, max(20, width - sum(widths) - 2))
    titles = ("", _("项目"), _("本年与 {year} 年比").format(year=last.year))
    return GridView(
        rows=[_row(one, kind, widths) for one, kind in zip(found, kinds, strict=True)],
        header=RowView(cells=placed([title_cell(title) for title in titles], widths)),
        width=width,
        row_cursor=True,
        empty=_("和上一年度没有不同") if not wanted else _("没有含“{wanted}”的项目").format(wanted=wanted),
    )


def _row(one: YearDifference, kind: str, widths: tuple[int, ...]) -> RowView:
    cells = [
        CellView(text=kind, tone=Tone.ACCENT),
        CellView(text=one.name, tone=Tone.LABEL, place=one.place, label=kind),
        CellView(text=visible(one.told)),
    ]
    return RowView(cells=placed(cells, widths), key=one.place)
