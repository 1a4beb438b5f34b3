"""The department's page: the unit's fields, the overall goal, amounts, duties with their long texts, indicators."""

from collections.abc import Sequence

from perftui.editing.rows import NEW_ROW
from perftui.forms import Field, Group, GroupRole, Kind
from perftui.forms.glosses import glossed_sentence, glossed_within
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.record import FieldPath
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import field_cell, ghost_cell, label_cell
from perftui.viewmodel.grid import CellView, GridView, JoinedRows, NewRow, RowView
from perftui.viewmodel.listed_rows import table_of
from perftui.viewmodel.own_keys import own_key_rows
from perftui.viewmodel.project_form import amount_rows, widest
from perftui.viewmodel.project_rows import LABEL, end_row, goals_of, heading, label_width, labelled_row


def department_view(shown: DocumentView, width: int) -> GridView:
    """Short fields first, then every group of rows, each row's fields one below the other."""
    spec = shown.form.department
    record = shown.document.department
    fields = [field for field in spec.head if not field.hidden]
    rows = [_line(shown, (field.key,), field, width) for field in fields if field.kind is not Kind.LONG_TEXT]
    rows += [_line(shown, (field.key,), field, width) for field in fields if field.kind is Kind.LONG_TEXT]
    for amounts in spec.amounts:
        rows += amount_rows(shown, DEPARTMENT, record, amounts, width)
    parts: list[Sequence[RowView]] = [rows]
    for group in spec.groups:
        parts += _group_rows(shown, group, width)
    parts += [own_key_rows(shown, DEPARTMENT, record, width), end_row(shown, DEPARTMENT, spec.groups, width)]
    return GridView(rows=JoinedRows(parts), width=widest(parts, width))


def _group_rows(shown: DocumentView, group: Group, width: int) -> list[Sequence[RowView]]:
    """The rows of a group: a table, or of long texts one field below the other."""
    record = shown.document.department
    if group.role is GroupRole.GOALS:
        return [goals_of(shown, DEPARTMENT, record, group, width)]
    if group.role not in (GroupRole.DUTIES, GroupRole.SAFEGUARDS):
        return table_of(shown, DEPARTMENT, record, group, width)
    found: list[RowView] = []
    for number, row in enumerate(record.rows(group.key), 1):
        found.append(heading(shown, glossed_sentence(shown.form, f"{group.label}{number}"), width))
        found += [_line(shown, (group.key, row.id, column.key), column, width) for column in group.columns]
    return [found, _new_row(shown, group, len(record.rows(group.key)), width)]


def _line(shown: DocumentView, path: FieldPath, field: Field, width: int) -> RowView:
    return _labelled(shown, field, field_cell(shown, DEPARTMENT, path, field), path, width)


def _new_row(shown: DocumentView, group: Group, count: int, width: int) -> list[RowView]:
    column = group.columns[0]
    path = (group.key, NEW_ROW, column.key)
    cell = ghost_cell(shown, DEPARTMENT, path, column, NewRow(index=count))
    title = _("新的{label}：在下面填写名称").format(label=group.label)
    return [heading(shown, glossed_sentence(shown.form, title), width), _labelled(shown, column, cell, path, width)]


def _labelled(shown: DocumentView, field: Field, cell: CellView, path: FieldPath, width: int) -> RowView:
    spec = shown.form.department
    fields = (*spec.head, *(one for group in spec.groups for one in group.columns))
    labels = label_width(shown, fields, width, LABEL + 2)
    label = label_cell(glossed_within(shown.form, field.label, labels))
    return labelled_row(
        label, cell, Location(file=DEPARTMENT, path=path[:2] if len(path) == 3 else path), labels, width
    )
