"""Indicator rows from the tables of a file of any kind: a document of Word, a workbook, CSV."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from perftui.exchange.importer.headers import Header, header_at, header_by_classes, unknown_titles
from perftui.exchange.importer.imported import Confidence, ImportRefused, Note
from perftui.exchange.importer.indicators import IndicatorRows
from perftui.exchange.importer.record_draft import RowDraft, RowRemark
from perftui.exchange.importer.report import in_table, in_text, shown
from perftui.exchange.importer.source import SourceCell, SourceDocument, SourceParagraph, SourceTable
from perftui.exchange.importer.tables import ProjectDraft
from perftui.exchange.importer.vocabulary import Column, Vocabulary, vocabulary
from perftui.forms import Form, Group
from perftui.locale import _
from perftui.model.frozen import frozen

_HEADER_WITHIN = 20  # rows; above the header stand titles and notes


@frozen
class TableRows:
    """The rows of a table as a form's indicators."""

    rows: tuple[Mapping[str, str], ...]
    """The texts of each row by the form's column keys; blank ones are absent."""
    remarks: Mapping[int, tuple[RowRemark, ...]]
    """By the row's index, texts that have no column in the form: ``责任人：李四``."""
    notes: tuple[Note, ...]
    titled: bool = False
    """The columns were told by titles over them."""
    unused: tuple[str, ...] = ()
    """The titles of the columns that the form does not have."""
    filled: int = 0
    """Blanks that took the text above them, as those of merged cells."""


def import_rows(content: SourceDocument, form: Form) -> TableRows:
    """The indicator rows of all tables with a header, else of those with classes, else of the first.

    Raises ImportRefused.
    """
    words = vocabulary(form.id)
    group = words.indicators
    tables = _tables(content)
    if group is None or not tables:
        raise ImportRefused(_("表格里没有指标行"))
    draft = ProjectDraft(form, literal=False)
    draft.makes_file = False
    several = len(tables) > 1
    heads = [_head(words, one) for one in tables]
    listed = _listed(heads)
    for block in content.blocks:
        if isinstance(block, SourceParagraph) and block.text.strip():
            draft.left(in_text(block.number), block.text)
    read: list[IndicatorRows] = []
    for grid, head, is_list in zip(tables, heads, listed, strict=True):
        where = partial(in_table, grid.number) if several else _in_row
        if is_list:
            read.append(_read(draft, words, group, grid, head, where))
        else:
            _leave(draft, grid.rows, where)
    made: list[RowDraft] = draft.rows[group.key]
    return TableRows(
        rows=tuple(one.values for one in made),
        remarks={at: tuple(one.remarks) for at, one in enumerate(made) if one.remarks},
        notes=draft.placed_notes("", {}),
        titled=any(head and head.titled for head in heads),
        unused=tuple(title for one in read for title in one.unused.values()),
        filled=sum(one.filled for one in read),
    )


def tells_columns(content: SourceDocument, form: Form) -> bool:
    """Does a table of the content say which of its columns is which?"""
    words = vocabulary(form.id)
    return words.indicators is not None and any(_head(words, grid) for grid in _tables(content))


def _tables(content: SourceDocument) -> list[SourceTable]:
    tables = (replace(one, rows=tuple(row for row in one.rows if row)) for one in content.tables())
    return [one for one in tables if one.rows]


class _Head(NamedTuple):
    """What says which of a table's columns is which."""

    header: Header
    above: int = 0
    """So many rows stand over its titles."""
    start: int = 0
    """The first row behind it."""
    titled: bool = True
    """Titles say it; else the classes of the form, which stand in one column alone."""


def _head(words: Vocabulary, grid: SourceTable) -> _Head | None:
    for number in range(min(_HEADER_WITHIN, len(grid.rows))):
        found = header_at(words, grid.rows, number, "")
        if found is not None:
            return _Head(found[0], number, number + found[1])
    header = header_by_classes(words, grid.rows)
    return _Head(header, titled=False) if header else None


def _listed(heads: Sequence[_Head | None]) -> list[bool]:
    """For each table whether its rows are read: it has titles, or where none has, classes; else it is the first."""
    titled = any(head and head.titled for head in heads)
    listed = [head is not None and head.titled == titled for head in heads]
    return listed if any(listed) else [True, *listed[1:]]


def _leave(
    draft: ProjectDraft, rows: Sequence[Sequence[SourceCell]], where: Callable[[int], str], first: int = 0
) -> None:
    for number, row in enumerate(rows, first):
        for cell in row:
            if cell.text.strip():
                draft.left(where(number), cell.text)


def _read(
    draft: ProjectDraft,
    words: Vocabulary,
    group: Group,
    grid: SourceTable,
    head: _Head | None,
    where: Callable[[int], str],
) -> IndicatorRows:
    """The rows of a table, its columns in the form's order where it has no ``head``. Raises ImportRefused."""
    head = head or _Head(_in_order(group, grid), titled=False)
    header = head.header
    _leave(draft, grid.rows[: head.above], where)
    if not head.titled:
        message = _("没有栏目名，按表样的次序读入：{columns}").format(
            columns=_("、").join(title for title in header.labels if title))  # fmt: skip
        draft.note("", Confidence.UNSURE, message)
    if unknown := unknown_titles(words, header) if head.titled else "":
        draft.note("", Confidence.LIKELY, _("没有对应的栏目名：{titles}").format(titles=shown(unknown)), text=unknown)
    rows = IndicatorRows(draft, group, header)
    known = grid.merges_known and header.levels_merged(grid.rows)
    for number, row in enumerate(grid.rows[head.start :], head.start):
        if header.is_foot(row):
            _leave(draft, [row], where, number)
        elif not header.repeated(row):
            rows.read(row, partial(where, number), merges_known=known)
    return rows


def _in_order(group: Group, grid: SourceTable) -> Header:
    """The form's own columns. Raises ImportRefused where a table has another number of them."""
    widest = max(grid.rows, key=len)
    if len(widest) != len(group.columns):
        raise ImportRefused(
            _("没有找到栏目名；没有栏目名时要正好 {count} 列，这里有 {found} 列").format(
                count=len(group.columns), found=len(widest)
            )
        )
    row = tuple(SourceCell(text=column.label, column=at) for at, column in enumerate(group.columns))
    return Header(row, [Column(role=column.role, key=column.key) for column in group.columns])


def _in_row(number: int) -> str:
    """A row's place, counted from 0."""
    return _("第 {row} 行").format(row=number + 1)
