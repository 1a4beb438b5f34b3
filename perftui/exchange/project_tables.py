"""The tables of a project or of the department as they are printed. What all projects have in common is made once, for
one goes through thousands of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from perftui.exchange.column_widths import digits_fitting, digits_in, number_length, suited, unbroken
from perftui.exchange.listed_columns import ListedColumn, listed_columns
from perftui.exchange.page import (
    LANDSCAPE_WIDTH,
    TEXT_WIDTH,
    Align,
    StyleName,
    Table,
    TableCell,
    TableRow,
    VAlign,
    shares,
)
from perftui.forms import Form, Group, PrintCell, PrintRow, PrintTable, RecordSpec, Role
from perftui.forms.computed_fields import computed
from perftui.forms.printed_value import is_plain, printed
from perftui.model.document import Document
from perftui.model.record import FieldPath, Record, Row, plain_text

TableMaker = Callable[[Record, str], Table | None]
"""Makes a table from a record and its file's name; ``None`` where the form prints it only when it says something."""
_TextMaker = Callable[[Record], str]
_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_LONG = 24
"""Texts up to here suit every column in which their numbers have room."""
_MIDDLE = VAlign.MIDDLE
_cell = partial(tuple.__new__, TableCell)  # of all its fields, in their order: a long document makes a hundred thousand


def project_tables(document: Document, form: Form) -> tuple[TableMaker, ...]:
    """What makes a project's tables, in the order in which they are printed."""
    return tuple([_maker(document, form, form.project, table) for table in form.layout.tables])


def department_tables(document: Document, form: Form) -> Iterator[Table]:
    """The tables of part one."""
    for table in form.layout.department_tables:
        if table.projects:
            yield projects_table(document, form, table, document.projects)
        elif (made := _maker(document, form, form.department, table)(document.department, "")) is not None:
            yield made


def _maker(document: Document, form: Form, spec: RecordSpec, table: PrintTable) -> TableMaker:
    group = spec.group(table.group)
    made = _fixed_table(document, form, spec, table) if group is None else _list_table(document, form, spec, table)
    when = table.when
    return made if when is None else lambda record, file: made(record, file) if _has(spec, record, when) else None


def _has(spec: RecordSpec, record: Record, path: FieldPath) -> bool:
    """Is there anything to print in a field, a table or a group?"""
    group = spec.group(path[0])
    if group is not None:
        return bool(printed_rows(record, group))
    table = spec.tables.get(path[0], ())
    return (
        any(record.text((path[0], one.key)) for one in table) if len(path) == 1 and table else bool(record.text(path))
    )


def table_width(form: Form) -> float:
    """What the columns of a full-width table add up to, mm."""
    return LANDSCAPE_WIDTH if form.layout.landscape else TEXT_WIDTH


def unit_of(document: Document, form: Form) -> _TextMaker:
    """What says a project's unit, code and name, as over its table: its own where it has them."""
    roles = (Role.UNIT_CODE, Role.UNIT_NAME)
    usual = [form.department.text_of(document.department, role) for role in roles]
    paths = [form.project.path_of(role) for role in roles]

    def unit(record: Record) -> str:
        own = ["" if path is None else record.text(path) for path in paths]
        return (own[0] or usual[0]) + (own[1] or usual[1])

    return unit


def filled_words(document: Document, form: Form, text: str) -> str:
    """A fixed text with the unit's name and the year in the place of ``{unit}`` and ``{year}``."""
    unit = form.department.text_of(document.department, Role.UNIT_NAME)
    return text.format(unit=unit, year=document.year)


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


def _fixed_table(document: Document, form: Form, spec: RecordSpec, table: PrintTable) -> TableMaker:
    columns = shares(table.widths, table_width(form))
    makers, adjoins = [_fixed_row(document, form, spec, row) for row in table.rows], table.adjoins

    def made(record: Record, file: str) -> Table:
        table = Table(columns=columns, rows=tuple([row(record) for row in makers]), record=file, adjoins=adjoins)
        texts = [cell.text for row in table.rows for cell in row.cells]
        room = zip(texts, digits_fitting(table.shape), strict=True)
        if any(len(text) > most and number_length(text) > most for text, most in room):
            return replace(table, columns=unbroken(table))
        return table

    return made


def _fixed_row(document: Document, form: Form, spec: RecordSpec, row: PrintRow) -> Callable[[Record], TableRow]:
    cells = [(_blank_cell(spec, cell), _text_of(document, form, spec, cell)) for cell in row.cells]
    empty = TableRow(cells=tuple([cell for cell, _text in cells]), bordered=row.borders, height=row.height or None)
    if all(text is None for _cell, text in cells):
        return lambda _record: empty

    def made(record: Record) -> TableRow:
        filled = [cell if text is None else _cell((text(record), *cell[1:])) for cell, text in cells]
        return TableRow(cells=tuple(filled), bordered=row.borders, height=empty.height)

    return made


def _blank_cell(spec: RecordSpec, cell: PrintCell) -> TableCell:
    """A cell with the text that it has in all projects."""
    source = cell.field
    if cell.goals and spec.group(cell.goals) is not None:
        source = (cell.goals,)
    style = StyleName.TABLE_HEAD if cell.label else None
    return TableCell(
        text=cell.label or cell.text,
        col_span=cell.span,
        row_span=cell.rows,
        align=Align(cell.align),
        style=style,
        source=source,
    )


def _text_of(document: Document, form: Form, spec: RecordSpec, cell: PrintCell) -> _TextMaker | None:
    """What says the text of a cell; ``None`` for one that has the same in all projects."""
    if cell.field is not None:
        return _value_of(document, form, spec, cell)
    group = spec.group(cell.goals)
    if group is not None:
        return lambda record: _goals(record, group)
    if cell.unit_line:
        return unit_of(document, form)
    if "{" in cell.text:
        filled = filled_words(document, form, cell.text)
        return lambda _record: filled
    if cell.amount_unit:
        said = f"单位：{form.amount_unit_of(document.department)}"
        return lambda _record: said
    return None


def _value_of(document: Document, form: Form, spec: RecordSpec, cell: PrintCell) -> _TextMaker:
    path = cell.field or ()
    one, unit = spec.field(path), form.amount_unit_of(document.department)

    def value(record: Record) -> str:
        text = record.text(path)
        if one is not None and not is_plain(one):
            text = printed(one, text or computed(spec, record, path), unit)
        return f"{cell.prefix}{text}{cell.suffix}" if text else ""

    return value


def _goals(record: Record, group: Group) -> str:
    key = group.key_of(Role.TEXT)
    texts = [row.text(key) for row in printed_rows(record, group)]
    if group.single:
        return "\n".join(texts)
    return "\n".join([f"{number}. {text}" for number, text in enumerate(texts, 1)])


# ---- tables of rows


def _list_table(document: Document, form: Form, spec: RecordSpec, table: PrintTable) -> TableMaker:
    group, listed = spec.group(table.group), listed_columns(form, spec, table)
    assert group is not None
    columns, telling = shares(table.widths, table_width(form)), _telling(group)
    keys = [
        (one.column.name, one.field.key, Align.LEFT if one.column.name in table.left else Align.CENTER)
        for one in listed
    ]
    header = header_rows(table, listed)
    odd = [one for one in listed if not one.is_stored]
    unit, adjoins = form.amount_unit_of(document.department), table.adjoins
    least = min(_LONG, *digits_in(columns))

    def made(record: Record, file: str) -> Table:
        rows = [row for row in record.rows(group.key) if _says(row, telling)]
        if odd:
            rows = [_told_row(record, row, odd, unit) for row in rows]
        levels = [[plain_text(row.values.get(key)) for key in table.merged] for row in rows]
        spans = {key: _spans([row[: place + 1] for row in levels]) for place, key in enumerate(table.merged)}
        once = [1] * len(rows)
        by_column = [(name, key, align, spans.get(name, once)) for name, key, align in keys]
        lines = [_listed(group.key, row, number, by_column) for number, row in enumerate(rows)]
        widths = columns
        if max([len(cell.text) for line in lines for cell in line.cells], default=0) > least:
            widths = suited(columns, [[row.text(key) for key in table.columns] for row in rows])
        return Table(columns=widths, rows=(*header, *lines), record=file, adjoins=adjoins)

    return made


def _told_row(record: Record, row: Row, columns: Sequence[ListedColumn], unit: str) -> Row:
    """A row with the texts that are printed in the place of what is stored, by the columns' names."""
    return replace(row, values={**row.values, **{one.column.name: one.text(record, row, unit) for one in columns}})


def header_rows(table: PrintTable, columns: Sequence[ListedColumn]) -> tuple[TableRow, ...]:
    """The rows over a list: its title, and the header of one line or two."""
    head = partial(TableCell, align=Align.CENTER, style=StyleName.TABLE_HEAD)
    rows: list[tuple[TableCell, ...]] = [(head(table.title, col_span=len(columns)),)] if table.title else []
    if not table.heads:
        rows.append(tuple([head(one.column.label) for one in columns]))
    else:
        over = {one.columns[0]: head(one.label, col_span=len(one.columns)) for one in table.heads}
        under = {name for one in table.heads for name in one.columns}
        rows.append(tuple([
            over[one.column.name] if one.column.name in over else head(one.column.label, row_span=2)
            for one in columns if one.column.name in over or one.column.name not in under
        ]))  # fmt: skip
        rows.append(tuple([head(one.column.label) for one in columns if one.column.name in under]))
    return tuple(TableRow(cells=cells, header=True) for cells in rows)


def projects_table(document: Document, form: Form, table: PrintTable, files: Iterable[str]) -> Table:
    """One table of some projects: a row each, or a row for each row of the table's group, what they share merged."""
    spec, unit = form.project, form.amount_unit_of(document.department)
    group, listed = spec.group(table.group), listed_columns(form, spec, table)
    rows: list[TableRow] = []
    for file in files:
        record = document.record(file)
        own: Sequence[Row | None] = (printed_rows(record, group) if group else ()) or (None,)
        for number, row in enumerate(own):
            shown = [one for one in listed if one.of_rows or not number]
            cells = [
                TableCell(
                    text="" if one.of_rows and row is None else one.text(record, row, unit),
                    row_span=1 if one.of_rows else len(own),
                    align=Align.LEFT if one.column.name in table.left else Align.CENTER,
                )
                for one in shown
            ]
            rows.append(TableRow(cells=tuple(cells)))
    return Table(columns=shares(table.widths, table_width(form)), rows=(*header_rows(table, listed), *rows))


def _listed(group: str, row: Row, number: int, columns: Sequence[tuple[str, str, Align, list[int]]]) -> TableRow:
    """The cells of a row that are not covered from above."""
    values, place = row.values, row.id
    cells = [
        _cell((plain_text(values.get(name)), 1, spans[number], align, _MIDDLE, None, (group, place, key)))
        for name, key, align, spans in columns
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
