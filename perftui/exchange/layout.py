"""A document and its form as printed pages: cover, contents, part one, part two with both tables of every project.

What is printed where is said by the form definition; nothing here names a field. Printing changes no text.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from perftui.exchange.page import (
    Align,
    Block,
    Cell,
    Contents,
    Paragraph,
    Printed,
    Section,
    StyleName,
    Table,
    TableRow,
    shares,
)
from perftui.forms import Field, Form, Group, GroupRole, Kind, PrintBlock, PrintCell, PrintTable, Role
from perftui.model.document import Document
from perftui.model.money import known_unit, print_amount
from perftui.model.record import Path, Record, Row

_DATE_LINE = "　　　年　　月　　日"
DRAFT = "（草稿）"
_REMARKS = "审核意见"
_LEVELS = (Role.LEVEL1, Role.LEVEL2)


def lay_out(
    document: Document,
    form: Form,
    files: Collection[str] | None = None,
    *,
    remarks: Sequence[str] | None = None,
    stamp: str = "",
) -> Printed:
    """The whole document as it is printed; with ``files`` only the pages of these projects, numbered as in the list.

    ``remarks`` make it a draft: it is marked as one, and they stand at its end, a paragraph each. ``stamp`` is printed
    small at the foot of every numbered page.
    """
    chosen = None if files is None else tuple(file for file in document.projects if file in files)
    title = document_title(document, form)
    if chosen is not None and len(chosen) == 1:
        title = form.project_title(document.record(chosen[0]))
    pages = _Pages(document=document, form=form, files=chosen, remarks=None if remarks is None else tuple(remarks))
    return Printed(title=title if remarks is None else title + DRAFT, blocks=pages, stamp=stamp)


def project_page(document: Document, form: Form, file: str) -> Printed:
    """The printed form of one project."""
    return lay_out(document, form, (file,))


def document_title(document: Document, form: Form) -> str:
    """The document's name as on its cover, on one line."""
    return "".join(_cover_lines(document, form))


def unit_line(document: Document, form: Form, record: Record) -> str:
    """The unit's code and name as over a project's table: the project's own where it has them."""
    return "".join(_unit(document, form, record))


def is_printed(row: Row, group: Group) -> bool:
    """Something was typed into the row besides its place and the levels that an empty table comes with."""
    return any(row.text(column.key) for column in group.columns if column.role not in _LEVELS)


def printed_rows(record: Record, group: Group) -> tuple[Row, ...]:
    """The rows of a group that are printed, in reading order."""
    return tuple(row for row in record.rows(group.key) if is_printed(row, group))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    """The blocks, made anew each time they are gone through: a thousand projects never stand in memory together."""

    document: Document
    form: Form
    files: tuple[str, ...] | None = None
    remarks: tuple[str, ...] | None = None

    def __iter__(self) -> Iterator[Block]:
        if self.remarks is not None and self.files is not None:
            yield Paragraph(text=DRAFT, style=StyleName.COVER_TEXT)
        if self.files is None:
            yield from _front(self.document, self.form, draft=self.remarks is not None)
            yield from _department(self.document, self.form)
            yield Paragraph(text=self.form.layout.project_part, style=StyleName.TITLE, page_break_before=True)
        for number, file in enumerate(self.document.projects, 1):
            if self.files is None or file in self.files:
                yield from _project(self.document, self.form, file, number)
        if self.remarks:
            yield Paragraph(text=_REMARKS, style=StyleName.TITLE, page_break_before=True)
            yield from (Paragraph(text=remark, style=StyleName.BODY_PLAIN) for remark in self.remarks)


# ---- cover, contents, part one


def _cover_lines(document: Document, form: Form) -> list[str]:
    spec, record = form.department, document.department
    unit = spec.text_of(record, Role.DEPARTMENT_NAME) or spec.text_of(record, Role.UNIT_NAME)
    return [line.format(unit=unit, year=document.year) for line in form.layout.cover]


def _front(document: Document, form: Form, *, draft: bool) -> Iterator[Block]:
    yield Section(numbered=False)
    yield Paragraph(text="\n".join(_cover_lines(document, form)), style=StyleName.COVER_TITLE)
    yield Paragraph(text=unit_line(document, form, document.department), style=StyleName.COVER_TEXT)
    if draft:
        yield Paragraph(text=DRAFT, style=StyleName.COVER_TEXT)
    yield Paragraph(text=_DATE_LINE, style=StyleName.COVER_TEXT)
    yield Paragraph(text=form.layout.contents, style=StyleName.CONTENTS_TITLE, page_break_before=True)
    yield Contents()
    yield Section(numbered=True, start=1)


def _department(document: Document, form: Form) -> Iterator[Block]:
    if not form.layout.department_part:
        return
    yield Paragraph(text=form.layout.department_part, style=StyleName.TITLE)
    for block in form.layout.department:
        yield Paragraph(text=block.heading, style=StyleName.HEADING2)
        yield from _department_block(document.department, form, block)


def _department_block(record: Record, form: Form, block: PrintBlock) -> Iterator[Block]:
    if block.field is not None:
        yield from _paragraphs(record.text(block.field), block.field)
    group = form.department.group(block.group)
    if group is None:
        return
    for number, row in enumerate(printed_rows(record, group), 1):
        prefix = f"{number}、" if group.role is GroupRole.DUTIES else ""
        yield from _texts(row, group, prefix)


def _texts(row: Row, group: Group, prefix: str) -> Iterator[Block]:
    """A row's first column as a heading, then its other texts, each behind its lead."""
    heading, *others = group.columns
    if row.text(heading.key) or prefix:
        source = (group.key, row.id, heading.key)
        yield Paragraph(text=prefix + row.text(heading.key), style=StyleName.HEADING3, source=source)
    for column in others:
        if text := row.text(column.key):
            yield from _paragraphs(column.lead + text, (group.key, row.id, column.key))


def _paragraphs(text: str, source: Path) -> Iterator[Block]:
    """A text as typed, a paragraph each line; an absent one prints nothing."""
    if text:
        yield from (Paragraph(text=line, source=source) for line in text.split("\n"))


# ---- part two


def _project(document: Document, form: Form, file: str, number: int) -> Iterator[Block]:
    record = document.record(file)
    heading = f"{number}、{form.project_title(record)}"
    path = form.project.path_of(Role.TITLE)
    if path is None or not record.text(path):
        path = form.project.path_of(Role.NAME)
    yield Paragraph(text=heading, style=StyleName.HEADING_PROJECT, source=path, record=file)
    for table in form.layout.tables:
        group = form.project.group(table.group)
        if group is None:
            rows = tuple(_fixed_row(document, form, record, row.cells, borders=row.borders) for row in table.rows)
        else:
            rows = (_header(table, group), *_listed(record, form, table, group))
        yield Table(columns=shares(table.widths), rows=rows, record=file)


def _fixed_row(
    document: Document, form: Form, record: Record, cells: Sequence[PrintCell], *, borders: bool
) -> TableRow:
    return TableRow(cells=tuple(_fixed_cell(document, form, record, cell) for cell in cells), bordered=borders)


def _fixed_cell(document: Document, form: Form, record: Record, cell: PrintCell) -> Cell:
    text, source, style = cell.label, cell.field, StyleName.TABLE_HEAD if cell.label else None
    if cell.field is not None:
        text = _printed_value(document, form, form.project.field(cell.field), record.text(cell.field))
        text = f"{cell.prefix}{text}{cell.suffix}" if text else ""
    elif cell.goals:
        group = form.project.group(cell.goals)
        text, source = ("", None) if group is None else (_goals(record, group), (group.key,))
    elif cell.unit_line:
        text = unit_line(document, form, record)
    elif cell.amount_unit:
        text = f"单位：{amount_unit(document, form)}"
    align = Align(cell.align)
    return Cell(text=text, col_span=cell.span, row_span=cell.rows, align=align, style=style, source=source)


def amount_unit(document: Document, form: Form) -> str:
    """The unit that the document's amounts are shown and printed in: 元 or 万元."""
    return known_unit(form.department.text_of(document.department, Role.AMOUNT_UNIT), form.amount_unit)


def _unit(document: Document, form: Form, record: Record) -> tuple[str, str]:
    own = form.department if record is document.department else form.project
    of_document = form.department
    code, name = (
        own.text_of(record, role) or of_document.text_of(document.department, role)
        for role in (Role.UNIT_CODE, Role.UNIT_NAME)
    )
    return code, name


def _printed_value(document: Document, form: Form, field: Field | None, text: str) -> str:
    if field is not None and field.kind is Kind.AMOUNT and text:
        return print_amount(text, amount_unit(document, form))
    return text


def _goals(record: Record, group: Group) -> str:
    key = group.key_of(Role.TEXT)
    texts = [row.text(key) for row in printed_rows(record, group)]
    if group.single:
        return "\n".join(texts)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


# ---- the table of rows


def _columns(table: PrintTable, group: Group) -> list[Field]:
    by_key = {column.key: column for column in group.columns}
    return [by_key[key] for key in table.columns]


def _header(table: PrintTable, group: Group) -> TableRow:
    cells = tuple(
        Cell(text=column.label, align=Align.CENTER, style=StyleName.TABLE_HEAD) for column in _columns(table, group)
    )
    return TableRow(cells=cells, header=True)


def _listed(record: Record, form: Form, table: PrintTable, group: Group) -> Iterator[TableRow]:
    rows = printed_rows(record, group)
    columns = _columns(table, group)
    spans = {key: _spans(rows, table.merged[: place + 1]) for place, key in enumerate(table.merged)}
    for number, row in enumerate(rows):
        cells = tuple(
            Cell(
                text=row.text(column.key),
                row_span=spans[column.key][number] if column.key in spans else 1,
                align=Align.LEFT if column.key in table.left else Align.CENTER,
                source=(group.key, row.id, column.key),
            )
            for column in columns
            if column.key not in spans or spans[column.key][number]
        )
        yield TableRow(cells=cells)


def _spans(rows: Sequence[Row], keys: Sequence[str]) -> list[int]:
    """For each row how many rows its cell in the last of the columns covers; 0 where it is covered from above.

    Neighbours are merged where they are equal in all the columns, so a class only inside its category; blanks never.
    """
    spans = [1] * len(rows)
    top = 0
    for number, (above, row) in enumerate(pairwise(rows), 1):
        if row.text(keys[-1]) and all(above.text(key) == row.text(key) for key in keys):
            spans[top] += 1
            spans[number] = 0
        else:
            top = number
    return spans
