"""The rows of a file that several screens share: headings, goals, and the line at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from perftui.editing.rows import END_ROW, NEW_ROW
from perftui.forms import Field, Group, GroupRole
from perftui.forms.glosses import glossed, glossed_within
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.record import Record
from perftui.model.width import cell_len, cut
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import (
    field_cell,
    ghost_cell,
    label_cell,
)
from perftui.viewmodel.grid import (
    CARET,
    GAP,
    CellView,
    NewRow,
    RowView,
    Tone,
    placed,
    thin_rule,
    wrapped_row,
)

LABEL = 14
"""The least width of the labels at a form's left."""
AMOUNT = 15
"""The cells of a number that stands by itself."""
_NAME = 28
"""The most cells of another project's name."""


def label_width(shown: DocumentView, fields: Iterable[Field], width: int, least: int = LABEL) -> int:
    """The width of the labels at a form's left: whole, as long as they leave three quarters of the window.

    With their English they may have a third of it.
    """
    labels = [one.label for one in fields if not one.hidden]
    glossed_widths = [cell_len(glossed_within(shown.form, label, width // 3)) for label in labels]
    longest = min(max(map(cell_len, labels), default=0), width // 4)
    return max(least, longest, *(cells for cells in glossed_widths if cells <= width // 3))


def labelled_row(label: CellView, cell: CellView, key: Location, labels: int, width: int) -> RowView:
    """A field behind its label: a number near it, a text over the whole width, in as many lines as it needs."""
    room = max(10, width - labels - GAP - CARET)
    widths = [labels, min(room, AMOUNT) if cell.number else room]
    return wrapped_row(placed([label, _wrapped(cell)], widths), key)


def heading(shown: DocumentView, text: str, width: int) -> RowView:
    """A section's heading, and a thin rule from there to the right."""
    cells = min(cell_len(text), width)
    rule = thin_rule(max(0, width - cells - GAP), ascii_only=shown.ascii_frames)
    return RowView(cells=placed([label_cell(text, Tone.GROUP), rule], [cells, rule.width]))


def goal_rows(shown: DocumentView, file: str, record: Record, width: int) -> list[RowView]:
    """The goals of every group of goals."""
    groups = [group for group in shown.form.project.groups if group.role is GroupRole.GOALS]
    return [row for group in groups for row in goals_of(shown, file, record, group, width)]


def goals_of(shown: DocumentView, file: str, record: Record, group: Group, width: int) -> list[RowView]:
    """Every goal of a group with its number, and one more to be typed."""
    found = [heading(shown, glossed(shown.form, group.label), width)]
    rows, column = record.rows(group.key), group.columns[0]
    for number, row in enumerate(rows, 1):
        cell = field_cell(shown, file, (group.key, row.id, column.key), column, record)
        found.append(_goal_row(group, number, cell, Location(file=file, path=(group.key, row.id)), width))
    if not (group.single and rows):
        path = (group.key, NEW_ROW, column.key)
        cell = ghost_cell(shown, file, path, column, NewRow(index=len(rows)))
        found.append(_goal_row(group, len(rows) + 1, cell, Location(file=file, path=path[:2]), width))
    return found


def end_row(shown: DocumentView, file: str, groups: Sequence[Group], width: int) -> list[RowView]:
    """The line behind the last field of a file: Tab stops there, and what is typed is one more of its last group."""
    group = next((one for one in reversed(groups) if not one.single), None)
    if group is None:
        return []
    other = next_file(shown, file)
    further = _("Tab 到“{name}”").format(name=cut(shown.name(other), _NAME)) if other else _("后面没有项目了")
    done = _("部门完") if file == DEPARTMENT else _("项目完")
    path = (group.key, END_ROW, group.entry.key)
    cell = CellView(
        hint=_("{done} · {further} · 输入就是新的一行").format(done=done, further=further), width=width - CARET,
        place=Location(file=file, path=path), editable=True, label=_("新的一行"), limit=group.entry.limit,
        ghost=NewRow(index=len(shown.document.record(file).rows(group.key))),
    )  # fmt: skip
    return [RowView(cells=(cell,), key=Location(file=file, path=path[:2]), table=END_ROW)]


def next_file(shown: DocumentView, file: str) -> str:
    """The file behind one in the document, the department being the first; "" behind the last."""
    files = [DEPARTMENT, *shown.document.projects]
    return next(iter(files[files.index(file) + 1 :]), "") if file in files else ""


def _goal_row(group: Group, number: int, cell: CellView, key: Location, width: int) -> RowView:
    label = "" if group.single else f"{number}."
    cells = placed([label_cell(label), cell], [4, max(10, width - 4 - GAP - CARET)])
    table = "" if group.single else group.key  # one text is a field, no table
    return replace(wrapped_row([cells[0], _wrapped(cells[1])], key), table=table)


def _wrapped(cell: CellView) -> CellView:
    return replace(cell, wrapped=True)
