"""Tables that stand exactly as a form prints them: every label in its place, so every value is certain.

Other tables are read label by label, with some guessing (``table_head``). Here no text, whatever it says, is taken for
a label.
"""

from collections.abc import Sequence
from functools import cache

from perftui.exchange.importer.cover import worded
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.printed_lists import PrintedList, is_under, printed_lists
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.exchange.importer.report import in_table
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.table_head import take_amount_unit, take_goals, take_unit
from perftui.forms import Field, Form, PrintCell, PrintTable, Role
from perftui.model.frozen import frozen

Rows = tuple[tuple[PrintCell | None, ...], ...]


@frozen
class PrintedTable:
    """A table that stands as the form prints it."""

    number: int
    """Which of the form's tables it is, from 0."""
    rows: Rows = ()
    """For each cell what the form prints there (``None``: covered from above)."""
    listed: PrintedList | None = None
    """The list that it is, of one that has no fixed rows."""


def printed_table(form: Form, grid: SourceTable, *, department: bool) -> PrintedTable | None:
    """What table of the form a table is: of the department's, or of a project's; ``None`` where it is none of them."""
    for number, expected in _tables(form, department=department):
        if len(expected) == len(grid.rows) and all(map(_same, expected, grid.rows)):
            return PrintedTable(number=number, rows=expected)
    for number, listed in printed_lists(form, department=department):
        if is_under(listed, grid):
            return PrintedTable(number=number, listed=listed)
    return None


def printed_rows(form: Form, grid: SourceTable) -> Rows | None:
    """For each cell of a project's table what the form prints there; ``None``: no such table."""
    found = printed_table(form, grid, department=False)
    return found.rows or None if found else None


def read_printed(draft: RecordDraft, grid: SourceTable, expected: Sequence[Sequence[PrintCell | None]]) -> None:
    """Takes in the values of such a table."""
    for row, cells in zip(expected, grid.rows, strict=True):
        for at, printed in enumerate(row):
            if printed is not None and "{year}" in printed.text:
                draft.year = draft.year or _year_in(printed.text, cells[at].text)
    places = [
        (printed, cells[at].text, number)
        for number, (row, cells) in enumerate(zip(expected, grid.rows, strict=True))
        for at, printed in enumerate(row)
        if printed is not None and not printed.label and not printed.text
    ]
    for printed, text, _number in places:
        if printed.amount_unit:
            take_amount_unit(draft, text)
        elif printed.unit_line and text.strip():
            take_unit(draft, text)
    for printed, text, number in places:
        if printed.goals:
            take_goals(draft, text, in_table(grid.number, number), printed.goals)
        elif printed.field is not None:
            one = draft.spec.field(printed.field)
            if one is not None:
                text = text.removeprefix(printed.prefix).removesuffix(printed.suffix)
                draft.put(printed.field, one, text, in_table(grid.number, number))
                _take_unit_field(draft, one, text.strip())


def _take_unit_field(draft: RecordDraft, field: Field, text: str) -> None:
    """The unit's code or name, which the whole document is told by."""
    code, name = draft.unit
    if field.role is Role.UNIT_CODE:
        draft.unit = (code or text, name)
    elif field.role is Role.UNIT_NAME:
        draft.unit = (code, name or text)


@cache
def _tables(form: Form, *, department: bool) -> tuple[tuple[int, Rows], ...]:
    """The printed tables of a form that are not lists, with their places among all."""
    tables = form.layout.department_tables if department else form.layout.tables
    return tuple((number, _expected(table)) for number, table in enumerate(tables) if table.rows)


def _expected(table: PrintTable) -> Rows:
    """The cells of each printed row, those covered from above as ``None``."""
    width = len(table.widths)
    reach: dict[int, tuple[int, int]] = {}  # column -> rows still covered, columns covered
    rows = []
    for row in table.rows:
        cells: list[PrintCell | None] = []
        waiting = list(row.cells)
        column = 0
        covered = {at: (left - 1, span) for at, (left, span) in reach.items() if left > 1}
        while column < width:
            if column in reach:
                cells.append(None)
                column += reach[column][1]
                continue
            if not waiting:
                break
            cell = waiting.pop(0)
            cells.append(cell)
            if cell.rows > 1:
                covered[column] = (cell.rows - 1, cell.span)
            column += cell.span
        reach = covered
        rows.append(tuple(cells))
    return tuple(rows)


def _same(expected: Sequence[PrintCell | None], cells: Sequence[SourceCell]) -> bool:
    return len(expected) == len(cells) and all(map(_fits, expected, cells))


def _fits(printed: PrintCell | None, cell: SourceCell) -> bool:
    if printed is None:
        return cell.merged or not cell.text.strip()
    if cell.merged:
        return False
    if printed.text:
        return worded("".join(printed.text.split())).fullmatch("".join(cell.text.split())) is not None
    if printed.label:
        return cell.text == printed.label or label_key(cell.text) == label_key(printed.label)
    return not printed.amount_unit or take_amount_unit(None, cell.text)


def _year_in(printed: str, text: str) -> int:
    match = worded("".join(printed.split())).fullmatch("".join(text.split()))
    return int(match["year"]) if match else 0
