"""Lists that stand under the header that a form prints over them: every column is certain, also what its cells join.

The usual list, the indicators under their own labels, is read by ``indicators``, which knows what people write there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.record_draft import RecordDraft, RowDraft
from perftui.exchange.importer.report import in_table
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.listed_columns import ListedColumn, in_order, listed_columns
from perftui.exchange.page import TableRow
from perftui.exchange.project_tables import header_rows
from perftui.forms import Field, Form, GroupRole, Kind, PrintTable


@dataclass(frozen=True, eq=False)
class PrintedList:
    """A list of a form, with the rows that stand over it."""

    table: PrintTable
    columns: tuple[ListedColumn, ...]
    header: tuple[TableRow, ...]

    @property
    def group(self) -> str:
        """The group whose rows it lists; "" for one that lists projects."""
        return self.table.group


@cache
def printed_lists(form: Form, *, department: bool) -> tuple[tuple[int, PrintedList], ...]:
    """The lists of a form but the usual one, with their places among all tables."""
    found = []
    for number, table in enumerate(form.layout.department_tables if department else form.layout.tables):
        if table.columns:
            spec = form.project if table.projects or not department else form.department
            columns = listed_columns(form, spec, table)
            made = PrintedList(table, columns, header_rows(table, columns))
            if department or not _is_usual(form, made):
                found.append((number, made))
    return tuple(found)


def _is_usual(form: Form, listed: PrintedList) -> bool:
    group = form.project.group_of(GroupRole.INDICATORS)
    if group is None or listed.group != group.key or len(listed.header) > 1 or listed.table.labels:
        return False
    return all(one.is_stored or (one.field.kind is Kind.PERCENT and not one.column.part) for one in listed.columns)


def is_under(listed: PrintedList, grid: SourceTable) -> bool:
    """Does a table begin with a list's header?"""
    if len(grid.rows) < len(listed.header):
        return False
    return all(_same(row, cells) for row, cells in zip(listed.header, grid.rows, strict=False))


def _same(row: TableRow, cells: Sequence[SourceCell]) -> bool:
    labels, texts = [cell.text for cell in row.cells], [cell.text for cell in cells if not cell.merged]
    return labels == texts or [label_key(label) for label in labels] == [label_key(text) for text in texts] != []


def read_list(draft: RecordDraft, listed: PrintedList, grid: SourceTable) -> None:
    """Takes the rows of a list in."""
    for number, texts in _rows(listed, grid):
        _read_row(draft, listed, texts, in_table(grid.number, number))


def read_projects(listed: PrintedList, grid: SourceTable, drafts: Iterator[RecordDraft]) -> Iterator[RecordDraft]:
    """Takes a list of projects in: each in a draft of its own, given back when all of it has been read."""
    first = next(at for at, one in enumerate(listed.columns) if not one.of_rows)
    draft: RecordDraft | None = None
    cells = grid.rows[len(listed.header) :]
    for (number, texts), row in zip(_rows(listed, grid), cells, strict=True):
        if draft is None or not row[first].merged:
            if draft is not None:
                yield draft
            draft = next(drafts)
            _read_fields(draft, listed, texts, in_table(grid.number, number))
        if listed.group:
            _read_row(draft, listed, texts, in_table(grid.number, number))
    if draft is not None:
        yield draft


def _rows(listed: PrintedList, grid: SourceTable) -> Iterator[tuple[int, list[str]]]:
    """The number in the table and the texts of each row below the header, merged cells filled in."""
    above = [""] * len(listed.columns)
    for number, row in enumerate(grid.rows[len(listed.header) :], len(listed.header)):
        texts = [above[at] if cell.merged else cell.text for at, cell in enumerate(row[: len(above)])]
        above = texts + [""] * (len(above) - len(texts))
        yield grid.first + number, above


def _read_fields(draft: RecordDraft, listed: PrintedList, texts: Sequence[str], place: str) -> None:
    """What is said of a whole project."""
    own = [(one, text) for one, text in zip(listed.columns, texts, strict=True) if not one.of_rows]
    for column, text in own:
        for field, said in column.said(text):
            draft.put(column.path, field, said, place)


def _read_row(draft: RecordDraft, listed: PrintedList, texts: Sequence[str], place: str) -> None:
    """What is said of a row; a value that stands in parts is put together."""
    said: dict[str, str] = {}
    fields: dict[str, Field] = {}
    own = [pair for pair in zip(listed.columns, texts, strict=True) if pair[0].of_rows or not listed.table.projects]
    for column, text in sorted(own, key=lambda pair: in_order(pair[0])):
        for field, part in column.said(text):
            said[field.key] = said.get(field.key, "") + part
            fields[field.key] = field
    made = RowDraft()
    for key, text in said.items():
        draft.put_cell(listed.group, made, fields[key], text, place)
    if made.values:
        draft.add_row(listed.group, made, place)
