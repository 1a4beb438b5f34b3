"""The form of one project: all its fields in one scroll; and its indicator sheet."""

from collections.abc import Sequence

from perftui.forms import AmountGroup, Field, Form, Plan
from perftui.forms.glosses import glossed, glossed_within
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.money import format_amount, print_amount
from perftui.model.record import FieldPath, Record
from perftui.model.width import cell_len
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import computed_cell, field_cell, label_cell
from perftui.viewmodel.funds import difference
from perftui.viewmodel.grid import (
    GAP,
    AddressedRows,
    CellView,
    GridView,
    JoinedRows,
    RowView,
    Tone,
    placed,
)
from perftui.viewmodel.listed_rows import listed_rows
from perftui.viewmodel.own_keys import own_key_rows
from perftui.viewmodel.project_rows import AMOUNT, end_row, goal_rows, heading, label_width, labelled_row

_LEAST_VALUE = 5
"""The cells that a value keeps beside the English of its label: ``100%`` as a suggestion."""


def form_view(shown: DocumentView, file: str, record: Record, width: int) -> GridView:
    """Head, amounts, plan, goals and indicators of one project."""
    rows = [
        _line(shown, file, record, (field.key,), field, width) for field in shown.form.project.head if not field.hidden
    ]
    for group in shown.form.project.amounts:
        rows += amount_rows(shown, file, record, group, width)
    if shown.form.project.plan:
        rows += _plan_rows(shown, file, record, shown.form.project.plan, width)
    rows += goal_rows(shown, file, record, width)
    rows += own_key_rows(shown, file, record, width)
    return _with_tables(shown, file, record, rows, width, titled=True)


def indicators_view(shown: DocumentView, file: str, record: Record, width: int) -> GridView:
    """One project's rows, its goals above."""
    return _with_tables(shown, file, record, goal_rows(shown, file, record, width), width, titled=False)


def _with_tables(
    shown: DocumentView, file: str, record: Record, rows: Sequence[RowView], width: int, *, titled: bool
) -> GridView:
    """Some rows, the tables below, and the line at the end."""
    tables = listed_rows(shown, file, record, width, titled=titled)
    parts = [rows, *tables, end_row(shown, file, shown.form.project.groups, width)]
    return GridView(rows=JoinedRows(parts), width=widest(parts, width))


def widest(parts: Sequence[Sequence[RowView]], width: int) -> int:
    """The cells that the rows need: a list of many columns, all as wide as its header, is looked at sideways."""
    rows = [row for part in parts if not isinstance(part, AddressedRows) for row in part if row.cells]
    return max([width, *(row.cells[-1].x + row.cells[-1].width for row in rows)])


def _line(shown: DocumentView, file: str, record: Record, path: FieldPath, field: Field, width: int) -> RowView:
    cell = field_cell(shown, file, path, field, record)
    spec = shown.form.spec_of(file)
    labels = label_width(shown, (*spec.head, *(one for group in spec.amounts for one in group.others)), width)
    label = label_cell(glossed_within(shown.form, field.label, labels))
    return labelled_row(label, cell, Location(file=file, path=path), labels, width)


def amount_rows(shown: DocumentView, file: str, record: Record, group: AmountGroup, width: int) -> list[RowView]:
    """The amounts of a group with the difference, then the fields beside them."""
    label = glossed(shown.form, f"{group.label}·{group.column}" if group.column else group.label)
    rows = [heading(shown, _("{label}（{unit}）").format(label=label, unit=glossed(shown.form, shown.unit)), width)]
    cells = [(field.label, field_cell(shown, file, group.path(field), field, record)) for field in group.amounts]
    gap = difference(shown.form.spec_of(file), group, record)
    gap_cell = computed_cell(
        "" if gap is None else print_amount(format_amount(gap), shown.unit), Tone.LOCKED if not gap else Tone.ERROR
    )
    cells += [(_("差额"), gap_cell)] if group.total.parts else []
    rows += _pairs(shown.form, cells, AMOUNT, width, Location(file=file, path=(group.key,)))
    rows += [_line(shown, file, record, group.path(field), field, width) for field in group.others if not field.hidden]
    return rows


def _plan_rows(shown: DocumentView, file: str, record: Record, plan: Plan, width: int) -> list[RowView]:
    cells = [(point.label, field_cell(shown, file, plan.path(point), point, record)) for point in plan.points]
    title = heading(shown, glossed(shown.form, plan.label), width)
    return [title, *_pairs(shown.form, cells, 9, width, Location(file=file, path=(plan.key,)))]


def _pairs(form: Form, pairs: list[tuple[str, CellView]], value_width: int, width: int, key: Location) -> list[RowView]:
    """Labels and values side by side, as many a row as fit; with their English where that takes no more rows."""
    longest = max(cell_len(cell.shown_text) for _label, cell in pairs)
    value_width = max(value_width, longest)
    fit = _side_by_side(pairs, value_width, width)
    with_english = [(glossed(form, label), cell) for label, cell in pairs]
    for narrower in (value_width, max(_LEAST_VALUE, longest)):
        fit_told = _side_by_side(with_english, narrower, width)
        if with_english != pairs and -(-len(pairs) // fit_told) == -(-len(pairs) // fit):
            pairs, fit, value_width = with_english, fit_told, narrower
    label_width = max(cell_len(label) for label, _cell in pairs)
    rows = []
    for start in range(0, len(pairs), fit):
        cells: list[CellView] = []
        for label, cell in pairs[start : start + fit]:
            cells += [label_cell(label), cell]
        rows.append(RowView(cells=placed(cells, [label_width, value_width] * (len(cells) // 2)), key=key))
    return rows


def _side_by_side(pairs: list[tuple[str, CellView]], value_width: int, width: int) -> int:
    """How many labels and values a row has room for."""
    labels = max(cell_len(label) for label, _cell in pairs)
    return max(1, (width + GAP) // (labels + value_width + 2 * GAP))
