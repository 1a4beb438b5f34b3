"""The rows of one project that its form and its indicator sheet share: goals, indicators, whatever else is listed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from perftui.editing.rows import END_ROW, NEW_ROW, page_rows
from perftui.forms import Field, Group, GroupRole, Role
from perftui.forms.glosses import glossed, glossed_within
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.record import Record, Row
from perftui.model.width import cell_len, cut
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import (
    field_cell,
    ghost_cell,
    header_row,
    label_cell,
    locked_cell,
    title_cell,
    titled_widths,
)
from perftui.viewmodel.grid import (
    CARET,
    GAP,
    CellView,
    NewRow,
    RowView,
    Tone,
    placed,
    repeated_sign,
    thin_rule,
    wrapped_row,
)
from perftui.viewmodel.projects import mark_sign
from perftui.viewmodel.sheet_columns import ColumnWidth, fixed, text_column, widest_in

LABEL = 14
"""The least width of the labels at a form's left."""
AMOUNT = 15
"""The cells of a number that stands by itself."""
_NAME = 28
"""The most cells of another project's name."""
_MOST = 40
"""The most cells of a text in a table that are shown in one line."""


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
    """Every goal with its number, and one more to be typed."""
    found: list[RowView] = []
    for group in shown.form.project.groups:
        if group.role is GroupRole.GOALS:
            found.append(heading(shown, glossed(shown.form, group.label), width))
            rows = record.rows(group.key)
            column = group.columns[0]
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


def listed_rows(shown: DocumentView, file: str, record: Record, width: int, *, titled: bool) -> list[RowView]:
    """Every group that is no group of goals, under a header; with its label above where there are several."""
    groups = [group for group in shown.form.project.groups if group.role is not GroupRole.GOALS]
    found: list[RowView] = []
    for group in groups:
        found += [heading(shown, glossed(shown.form, group.label), width)] if titled or len(groups) > 1 else []
        found += _group_rows(shown, file, record, group, width)
    return found


def _group_rows(shown: DocumentView, file: str, record: Record, group: Group, width: int) -> list[RowView]:
    """The rows of a group; of indicators with a dim row for every class of the form that has none yet."""
    rows: list[RowView] = []
    above: Row | None = None
    for entry in _with_skeleton(shown, group, record):
        if isinstance(entry, Row):
            rows.append(_stored_row(shown, file, record, group, entry, above))
            above = entry
        else:
            rows.append(_ghost_row(shown, file, group, entry))
    rows.append(_ghost_row(shown, file, group, NewRow(index=len(record.rows(group.key)))))
    titles = [title_cell(title) for title in ("", *_titles(group))]
    widths = titled_widths(shown, titles, indicator_columns(group, width, [row.cells for row in rows]), width)
    return [
        header_row(shown, titles, widths),
        *(replace(row, cells=placed(row.cells, widths)) for row in rows),
    ]


def indicator_columns(group: Group, width: int, rows: Sequence[Sequence[CellView]] = ()) -> list[ColumnWidth]:
    """What the mark and the columns need for what stands in them."""
    titles = list(map(cell_len, _titles(group)))
    wanted = [_wanted(column, title, widest_in(rows, number)) for number, (column, title) in
              enumerate(zip(group.columns, titles, strict=True), 1)]  # fmt: skip
    few = (titles, _least(group, 8, 11), _least(group, 6, 8))
    room = width - 1 - GAP * len(group.columns)
    least = next(
        (one for one in (*(_with_level(group, wanted, one) for one in few), *few) if sum(one) <= room), few[-1]
    )
    columns = [ColumnWidth(least=low, wanted=max(low, want)) for low, want in zip(least, wanted, strict=True)]
    return [fixed(1), *columns]


def _wanted(column: Field, title: int, widest: int) -> int:
    """The cells that show a column whole; a name, which is typed first, has room from the beginning."""
    own = text_column(widest, 0, max(column.width, _MOST)).wanted
    return max(title, own, column.width if column.role is Role.NAME else 0)


def _with_level(group: Group, wanted: Sequence[int], least: Sequence[int]) -> list[int]:
    """The least widths, but a category whole: it is what the rows are found by."""
    return [
        max(whole, low) if column.role is Role.LEVEL1 else low
        for column, whole, low in zip(group.columns, wanted, least, strict=True)
    ]


def _titles(group: Group) -> list[str]:
    return [column.label for column in group.columns]


def _least(group: Group, short: int, long: int) -> list[int]:
    return [min(column.width, short if column.width < 16 else long) for column in group.columns]


def _with_skeleton(shown: DocumentView, group: Group, record: Record) -> list[Row | NewRow]:
    """The stored rows, and a ghost for each missing class where its rows would stand."""
    merged: list[Row | NewRow] = []
    stored = 0  # ghosts are no rows of the record
    for entry in page_rows(shown.form, group, record.rows(group.key)):
        if isinstance(entry, Row):
            merged.append(entry)
            stored += 1
        else:
            levels = zip((group.key_of(Role.LEVEL1), group.key_of(Role.LEVEL2)), entry, strict=True)
            merged.append(NewRow(values=tuple(levels), index=stored))
    return merged


def _stored_row(shown: DocumentView, file: str, record: Record, group: Group, row: Row, above: Row | None) -> RowView:
    cells, repeated = [], repeated_sign(ascii_only=shown.ascii_frames)
    for column in group.columns:
        cell = field_cell(shown, file, (group.key, row.id, column.key), column, record)
        cells.append(
            _level_cell(cell, column, row, above, group, repeated)
            if column.role in (Role.LEVEL1, Role.LEVEL2)
            else cell
        )
    marks = [cell.tone for cell in cells if cell.tone in (Tone.ERROR, Tone.WARNING, Tone.HINT)]
    place = Location(file=file, path=(group.key, row.id))
    worst = shown.index.tone(place) or (min(marks, key=_weight) if marks else None)
    sign = locked_cell(mark_sign(worst), worst or Tone.PLAIN, number=False)
    return RowView(cells=(sign, *cells), key=place, mark=worst, table=group.key)


def _weight(tone: Tone) -> int:
    return (Tone.ERROR, Tone.WARNING, Tone.HINT).index(tone)


def _level_cell(cell: CellView, column: Field, row: Row, above: Row | None, group: Group, sign: str) -> CellView:
    """A level's cell: dim and with a sign where it repeats the row above."""
    repeats = above is not None and all(
        above.text(group.key_of(role)) == row.text(group.key_of(role))
        for role in ((Role.LEVEL1,) if column.role is Role.LEVEL1 else (Role.LEVEL1, Role.LEVEL2))
        if group.key_of(role)
    )
    tone = Tone.DIM if repeats and cell.tone is Tone.PLAIN else cell.tone
    return replace(cell, tone=tone, sign=sign if repeats else "")


def _ghost_row(shown: DocumentView, file: str, group: Group, ghost: NewRow) -> RowView:
    name = dict(ghost.values).get(group.key_of(Role.LEVEL2), "")
    row_id = f"{NEW_ROW}{name}"
    cells = [ghost_cell(shown, file, (group.key, row_id, column.key), column, ghost) for column in group.columns]
    sign = label_cell("" if name else NEW_ROW, Tone.DIM)
    return RowView(cells=(sign, *cells), key=Location(file=file, path=(group.key, row_id)), table=group.key)


def _wrapped(cell: CellView) -> CellView:
    return replace(cell, wrapped=True)
