"""The rows of one project that its form and its indicator sheet share: goals, indicators, whatever else is listed."""

from collections.abc import Iterable
from dataclasses import replace

from perftui.editing.rows import NEW_ROW
from perftui.forms import Field, Group, GroupRole, Role
from perftui.model.document import Location
from perftui.model.record import Record, Row
from perftui.model.width import cell_len
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import field_cell, ghost_cell, label_cell, locked_cell
from perftui.viewmodel.grid import CARET, GAP, CellView, NewRow, RowView, Tone, placed, share_width, wrapped_row
from perftui.viewmodel.projects import mark_sign

LABEL = 14
"""The least width of the labels at a form's left."""


def label_width(fields: Iterable[Field], width: int, least: int = LABEL) -> int:
    """The width of the labels at a form's left: whole, as long as they leave three quarters of the window."""
    longest = max((cell_len(one.label) for one in fields if not one.hidden), default=0)
    return max(least, min(longest, width // 4))


def heading(text: str, width: int) -> RowView:
    """A section's heading."""
    return RowView(cells=(CellView(text=text, tone=Tone.GROUP, width=width),))


def goal_rows(shown: DocumentView, file: str, record: Record, width: int) -> list[RowView]:
    """Every goal with its number, and one more to be typed."""
    found: list[RowView] = []
    for group in shown.form.project.groups:
        if group.role is GroupRole.GOALS:
            found.append(heading(group.label, width))
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


def _goal_row(group: Group, number: int, cell: CellView, key: Location, width: int) -> RowView:
    label = "" if group.single else f"{number}."
    cells = placed([label_cell(label), cell], [4, max(10, width - 4 - GAP - CARET)])
    return wrapped_row([cells[0], _wrapped(cells[1])], key)


def listed_rows(shown: DocumentView, file: str, record: Record, width: int, *, titled: bool) -> list[RowView]:
    """Every group that is no group of goals, under a header; with its label above where there are several."""
    groups = [group for group in shown.form.project.groups if group.role is not GroupRole.GOALS]
    found: list[RowView] = []
    for group in groups:
        found += [heading(group.label, width)] if titled or len(groups) > 1 else []
        found += _group_rows(shown, file, record, group, width)
    return found


def _group_rows(shown: DocumentView, file: str, record: Record, group: Group, width: int) -> list[RowView]:
    """The rows of a group; of indicators with a dim row for every class of the form that has none yet."""
    widths = indicator_widths(group, width)
    titles = [label_cell("", Tone.HEAD), *(label_cell(title, Tone.HEAD) for title in _titles(group))]
    found = [RowView(cells=placed(titles, widths))]
    above: Row | None = None
    for entry in _with_skeleton(shown, group, record):
        if isinstance(entry, Row):
            found.append(_stored_row(shown, file, record, group, entry, above, widths))
            above = entry
        else:
            found.append(_ghost_row(shown, file, group, entry, above, widths))
    found.append(_ghost_row(shown, file, group, NewRow(index=len(record.rows(group.key))), None, widths))
    return found


def indicator_widths(group: Group, width: int) -> tuple[int, ...]:
    """The mark's and the columns' widths."""
    columns = [_least(group, 8, 11), _least(group, 6, 9)]
    titled = [max(low, cell_len(title)) for low, title in zip(columns[0], ["", *_titles(group)], strict=True)]
    least = next((one for one in (titled, *columns) if sum(one) + GAP * len(group.columns) <= width), columns[-1])
    wanted = [1] + [column.width for column in group.columns]
    return share_width(wanted, least, width)


def _titles(group: Group) -> list[str]:
    return [column.label for column in group.columns]


def _least(group: Group, short: int, long: int) -> list[int]:
    return [1] + [min(column.width, short if column.width < 16 else long) for column in group.columns]


def _with_skeleton(shown: DocumentView, group: Group, record: Record) -> list[Row | NewRow]:
    """The stored rows, and a ghost for each missing class where its rows would stand."""
    level1, level2 = group.key_of(Role.LEVEL1), group.key_of(Role.LEVEL2)
    rows = record.rows(group.key)
    merged: list[Row | NewRow] = list(rows)
    if group.role is not GroupRole.INDICATORS or not level2:
        return merged
    order = [class_name for _category, class_name in shown.form.taxonomy.skeleton]
    present = {row.text(level2) for row in rows}
    for category, class_name in shown.form.taxonomy.skeleton:
        if class_name not in present:
            after = _last_before(merged, order, order.index(class_name), level2)
            index = sum(isinstance(entry, Row) for entry in merged[:after])  # ghosts are no rows of the record
            merged.insert(after, NewRow(values=((level1, category), (level2, class_name)), index=index))
    return merged


def _last_before(merged: list[Row | NewRow], order: list[str], number: int, level2: str) -> int:
    """Behind the last entry whose class comes before the given one."""
    at = 0
    for index, entry in enumerate(merged):
        class_name = entry.text(level2) if isinstance(entry, Row) else dict(entry.values)[level2]
        if class_name in order and order.index(class_name) < number:
            at = index + 1
    return at


def _stored_row(
    shown: DocumentView, file: str, record: Record, group: Group, row: Row, above: Row | None, widths: tuple[int, ...]
) -> RowView:
    cells = []
    for column in group.columns:
        cell = field_cell(shown, file, (group.key, row.id, column.key), column, record)
        cells.append(
            _level_cell(cell, column, row, above, group) if column.role in (Role.LEVEL1, Role.LEVEL2) else cell
        )
    marks = [cell.tone for cell in cells if cell.tone in (Tone.ERROR, Tone.WARNING, Tone.HINT)]
    place = Location(file=file, path=(group.key, row.id))
    worst = shown.index.tone(place) or (min(marks, key=_weight) if marks else None)
    sign = locked_cell(mark_sign(worst), worst or Tone.PLAIN, number=False)
    return RowView(cells=placed([sign, *cells], widths), key=place, mark=worst)


def _weight(tone: Tone) -> int:
    return (Tone.ERROR, Tone.WARNING, Tone.HINT).index(tone)


def _level_cell(cell: CellView, column: Field, row: Row, above: Row | None, group: Group) -> CellView:
    """A level's cell: dim where it repeats the row above, and no stop of Tab once it is filled."""
    repeats = above is not None and all(
        above.text(group.key_of(role)) == row.text(group.key_of(role))
        for role in ((Role.LEVEL1,) if column.role is Role.LEVEL1 else (Role.LEVEL1, Role.LEVEL2))
        if group.key_of(role)
    )
    tone = Tone.DIM if repeats and cell.tone is Tone.PLAIN else cell.tone
    return replace(cell, stop=not cell.edit_text, tone=tone)


def _ghost_row(
    shown: DocumentView, file: str, group: Group, ghost: NewRow, above: Row | None, widths: tuple[int, ...]
) -> RowView:
    name = dict(ghost.values).get(group.key_of(Role.LEVEL2), "")
    row_id = f"{NEW_ROW}{name}"
    cells = [ghost_cell(shown, file, (group.key, row_id, column.key), column, ghost) for column in group.columns]
    sign = label_cell("" if name else NEW_ROW, Tone.DIM)
    return RowView(cells=placed([sign, *cells], widths), key=Location(file=file, path=(group.key, row_id)))


def _wrapped(cell: CellView) -> CellView:
    return replace(cell, wrapped=True)
