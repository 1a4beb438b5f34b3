"""Indicator rows from a table of any kind: CSV, TSV, a workbook's sheet."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO
from itertools import islice

from perftui.exchange.importer.file_kind import FileKind, file_kind
from perftui.exchange.importer.headers import Header, header_at
from perftui.exchange.importer.imported import Confidence, ImportRefused, Note
from perftui.exchange.importer.indicators import IndicatorRows
from perftui.exchange.importer.record_draft import RowDraft
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.tables import ProjectDraft
from perftui.exchange.importer.text_dump import decode_text
from perftui.exchange.importer.vocabulary import Column, Vocabulary, vocabulary
from perftui.exchange.importer.xlsx import MOST_COLUMNS, MOST_ROWS, read_sheet
from perftui.forms import Form, Group
from perftui.locale import _

_HEADER_WITHIN = 20  # rows; above the header stand titles and notes
_MOST_CELL = 100_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """The rows of a table as a form's indicators."""

    rows: tuple[Mapping[str, str], ...]
    """The texts of each row by the form's column keys; blank ones are absent."""
    remarks: Mapping[int, tuple[str, ...]]
    """By the row's index, texts that have no column in the form: ``责任人：李四``."""
    notes: tuple[Note, ...]


def import_rows(data: bytes, form: Form) -> TableRows:
    """The indicator rows of a CSV, TSV or XLSX file. Raises ImportRefused with a sentence for anything else."""
    if file_kind(data) in (FileKind.ZIP, FileKind.OLD_OFFICE, FileKind.EMPTY):
        return _rows_of(read_sheet(data), form)
    return _rows_of(_lines_grid(decode_text(data)), form)


def _lines_grid(text: str) -> SourceTable:
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max("\t,;", key=first.count)
    csv.field_size_limit(_MOST_CELL)
    try:
        block = list(islice(csv.reader(StringIO(text), delimiter=delimiter), MOST_ROWS + 1))
    except csv.Error:
        raise ImportRefused(_("文件不是 CSV 或制表符分隔的表格")) from None
    return _block_grid(block)


def _block_grid(block: Sequence[Sequence[str]]) -> SourceTable:
    if len(block) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in block):
        raise ImportRefused(_("表格太大：最多 {rows} 行、{columns} 列").format(rows=MOST_ROWS, columns=MOST_COLUMNS))
    rows = (tuple(SourceCell(text=text, column=at) for at, text in enumerate(row)) for row in block if row)
    return SourceTable(rows=tuple(rows), number=1, merges_known=False)


def _rows_of(grid: SourceTable, form: Form) -> TableRows:
    words = vocabulary(form.id)
    group = words.indicators
    if group is None or not grid.rows:
        raise ImportRefused(_("表格里没有指标行"))
    draft = ProjectDraft(form, literal=False)
    draft.makes_file = False
    header, start = _header(words, group, grid, draft)
    rows = IndicatorRows(draft, group, header)
    known = grid.merges_known and header.levels_merged(grid.rows)
    for number, row in enumerate(grid.rows[start:], start):
        if not header.repeated(row):
            rows.read(row, partial(_in_row, number), merges_known=known)
    made: list[RowDraft] = draft.rows[group.key]
    return TableRows(
        rows=tuple(one.values for one in made),
        remarks={at: tuple(one.remarks) for at, one in enumerate(made) if one.remarks},
        notes=draft.placed_notes("", {}),
    )


def _header(words: Vocabulary, group: Group, grid: SourceTable, draft: ProjectDraft) -> tuple[Header, int]:
    """The header among the first rows and the row behind it; without one the form's own columns in their order."""
    for number in range(min(_HEADER_WITHIN, len(grid.rows))):
        found = header_at(words, grid.rows, number, "")
        if found is not None:
            header, height = found
            for above in range(number):
                for cell in grid.rows[above]:
                    if cell.text.strip():
                        draft.left(_in_row(above), cell.text)
            return header, number + height
    widest = max(grid.rows, key=len)
    if len(widest) != len(group.columns):
        raise ImportRefused(
            _("没有找到栏目名；没有栏目名时要正好 {count} 列，这里有 {found} 列").format(
                count=len(group.columns), found=len(widest)
            )
        )
    message = _("没有栏目名，按表样的次序读入：{columns}").format(
        columns=_("、").join(column.label for column in group.columns))  # fmt: skip
    draft.note("", Confidence.UNSURE, message)
    row = tuple(SourceCell(text=column.label, column=at) for at, column in enumerate(group.columns))
    return Header(row, [Column(role=column.role, key=column.key) for column in group.columns]), 0


def _in_row(number: int) -> str:
    """A row's place, counted from 0."""
    return _("第 {row} 行").format(row=number + 1)
