"""The tables of a project as they are printed. What all projects have in common is made once, for one goes through
thousands of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from perftui.exchange.column_widths import digits_fitting, suited, unbroken
from perftui.exchange.page import Align, StyleName, Table, TableCell, TableRow, VAlign, shares
from perftui.forms import Field, Form, Group, PrintCell, PrintRow, PrintTable, RecordSpec, Role
from perftui.forms.computed_fields import computed, value_of
from perftui.forms.printed_value import PLAIN, printed
from perftui.model.document import Document
from perftui.model.record import FieldPath, Record, Row, plain_text

TableMaker = Callable[[Record, str], Table]
"""Makes the table of a project from its record and its file's name."""
_TextMaker = Callable[[Record], str]
_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_LONG = 24
"""Texts up to here suit every column."""
_MIDDLE = VAlign.MIDDLE
_cell = partial(tuple.__new__, TableCell)  # of all its fields, in their order: a long document makes a hundred thousand


def project_tables(document: Document, form: Form) -> tuple[TableMaker, ...]:
    """What makes a project's tables, in the order in which they are printed."""
    makers: list[TableMaker] = []
    for table in form.layout.tables:
        group = form.project.group(table.group)
        told = FieldTexts(form.project, form.amount_unit_of(document.department))
        makers.append(_fixed_table(document, form, table) if group is None else _list_table(table, group, told))
    return tuple(makers)


def unit_of(document: Document, form: Form) -> _TextMaker:
    """What says a project's unit, code and name, as over its table: its own where it has them."""
    roles = (Role.UNIT_CODE, Role.UNIT_NAME)
    usual = [form.department.text_of(document.department, role) for role in roles]
    paths = [form.project.path_of(role) for role in roles]

    def unit(record: Record) -> str:
        own = ["" if path is None else record.text(path) for path in paths]
        return (own[0] or usual[0]) + (own[1] or usual[1])

    return unit


def is_printed(row: Row, group: Group) -> bool:
    """Something was typed into the row besides its place and the levels that an empty table comes with."""
    return _says(row, _telling(group))


def printed_rows(record: Record, group: Group) -> tuple[Row, ...]:
    """The rows of a group that are printed, in reading order."""
    telling = _telling(group)
    return tuple([row for row in record.rows(group.key) if _says(row, telling)])


def _telling(group: Group) -> list[str]:
    return [column.key for column in group.columns if column.role not in _LEVELS]


def _says(row: Row, keys: Sequence[str]) -> bool:
    return any(map(row.values.get, keys)) or any(row.text(key) for key in keys)


# ---- tables of fixed rows


def _fixed_table(document: Document, form: Form, table: PrintTable) -> TableMaker:
    columns = shares(table.widths)
    makers = [_fixed_row(document, form, row) for row in table.rows]

    def made(record: Record, file: str) -> Table:
        table = Table(columns=columns, rows=tuple([row(record) for row in makers]), record=file)
        texts = [cell.text for row in table.rows for cell in row.cells]
        room = zip(texts, digits_fitting(table.shape), strict=True)
        if any(len(text) > most and text.isascii() for text, most in room):
            return replace(table, columns=unbroken(table))
        return table

    return made


def _fixed_row(document: Document, form: Form, row: PrintRow) -> Callable[[Record], TableRow]:
    cells = [(_blank_cell(form, cell), _text_of(document, form, cell)) for cell in row.cells]
    if all(text is None for _cell, text in cells):
        whole = TableRow(cells=tuple([cell for cell, _text in cells]), bordered=row.borders)
        return lambda _record: whole

    def made(record: Record) -> TableRow:
        filled = [cell if text is None else _cell((text(record), *cell[1:])) for cell, text in cells]
        return TableRow(cells=tuple(filled), bordered=row.borders)

    return made


def _blank_cell(form: Form, cell: PrintCell) -> TableCell:
    """A cell with the text that it has in all projects."""
    source = cell.field
    if cell.goals and form.project.group(cell.goals) is not None:
        source = (cell.goals,)
    style = StyleName.TABLE_HEAD if cell.label else None
    return TableCell(
        text=cell.label, col_span=cell.span, row_span=cell.rows, align=Align(cell.align), style=style, source=source
    )


def _text_of(document: Document, form: Form, cell: PrintCell) -> _TextMaker | None:
    """What says the text of a cell; ``None`` for one that has the same in all projects."""
    if cell.field is not None:
        return _value_of(document, form, cell)
    group = form.project.group(cell.goals)
    if group is not None:
        return lambda record: _goals(record, group)
    if cell.unit_line:
        return unit_of(document, form)
    if cell.amount_unit:
        said = f"单位：{form.amount_unit_of(document.department)}"
        return lambda _record: said
    return None


def _value_of(document: Document, form: Form, cell: PrintCell) -> _TextMaker:
    path = cell.field or ()
    one, unit = form.project.field(path), form.amount_unit_of(document.department)
    spec = form.project

    def value(record: Record) -> str:
        text = record.text(path)
        if one is not None and (one.kind not in PLAIN or one.formula):
            text = printed(one, text or computed(spec, record, path), unit)
        return f"{cell.prefix}{text}{cell.suffix}" if text else ""

    return value


def _goals(record: Record, group: Group) -> str:
    key = group.key_of(Role.TEXT)
    texts = [row.text(key) for row in printed_rows(record, group)]
    if group.single:
        return "\n".join(texts)
    return "\n".join([f"{number}. {text}" for number, text in enumerate(texts, 1)])


# ---- the table of rows


@dataclass(frozen=True, slots=True)
class FieldTexts:
    """What tells the texts of columns that are not printed as they are stored."""

    spec: RecordSpec
    unit: str

    def text(self, record: Record, path: FieldPath) -> str:
        """The printed text of a row's column."""
        one = self.spec.field(path)
        text = value_of(self.spec, record, path)
        return text if one is None else printed(one, text, self.unit)


def _list_table(table: PrintTable, group: Group, told: FieldTexts) -> TableMaker:
    columns, telling = shares(table.widths), _telling(group)
    keys = [(key, Align.LEFT if key in table.left else Align.CENTER) for key in table.columns]
    header = _header(_columns(table, group))
    odd = [one.key for one in _columns(table, group) if one.kind not in PLAIN or one.formula]

    def made(record: Record, file: str) -> Table:
        rows = [row for row in record.rows(group.key) if _says(row, telling)]
        if odd:
            rows = [_told_row(record, group, row, odd, told) for row in rows]
        levels = [[plain_text(row.values.get(key)) for key in table.merged] for row in rows]
        spans = {key: _spans([row[: place + 1] for row in levels]) for place, key in enumerate(table.merged)}
        once = [1] * len(rows)
        by_column = [(key, align, spans.get(key, once)) for key, align in keys]
        listed = [_listed(group.key, row, number, by_column) for number, row in enumerate(rows)]
        widths = columns
        if max([len(cell.text) for row in listed for cell in row.cells], default=0) > _LONG:
            widths = suited(columns, [[row.text(key) for key in table.columns] for row in rows])
        return Table(columns=widths, rows=(header, *listed), record=file)

    return made


def _told_row(record: Record, group: Group, row: Row, keys: Sequence[str], told: FieldTexts) -> Row:
    """A row with the texts that are printed in the place of what is stored."""
    return replace(row, values={**row.values, **{key: told.text(record, (group.key, row.id, key)) for key in keys}})


def _columns(table: PrintTable, group: Group) -> list[Field]:
    by_key = {column.key: column for column in group.columns}
    return [by_key[key] for key in table.columns]


def _header(columns: Sequence[Field]) -> TableRow:
    cells = tuple([TableCell(text=one.label, align=Align.CENTER, style=StyleName.TABLE_HEAD) for one in columns])
    return TableRow(cells=cells, header=True)


def _listed(group: str, row: Row, number: int, columns: Sequence[tuple[str, Align, list[int]]]) -> TableRow:
    """The cells of a row that are not covered from above."""
    values, place = row.values, row.id
    cells = [
        _cell((plain_text(values.get(key)), 1, spans[number], align, _MIDDLE, None, (group, place, key)))
        for key, align, spans in columns
        if spans[number]
    ]
    return TableRow(cells=tuple(cells))


def _spans(levels: Sequence[Sequence[str]]) -> list[int]:
    """For each row how many rows its cell in the last of the levels covers; 0 where it is covered from above.

    Neighbours are merged where they are equal in all the levels, so a class only inside its category; blanks never.
    """
    spans = [1] * len(levels)
    top = 0
    for number, (above, row) in enumerate(pairwise(levels), 1):
        if row[-1] and above == row:
            spans[top] += 1
            spans[number] = 0
        else:
            top = number
    return spans
