"""Projects as the columns of one table: 项目名称 | 甲 | 乙 over rows of labels, each with a value for each."""

from dataclasses import replace

from perftui.exchange.importer.composed_labels import amount_label, goal_scope, is_name_label
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.vocabulary import Vocabulary
from perftui.forms import Role

_LEAST = 2
"""Rows besides the names that have a value for each; a name may have a remark behind it."""


def projects_in_columns(words: Vocabulary, grid: SourceTable) -> tuple[SourceTable, ...]:
    """A table for each project, of the labels and its own column; nothing where a row is laid out otherwise."""
    columns = _columns(words, grid)
    if not columns or any(_is_other(row, columns) for row in grid.rows):
        return ()
    return tuple(replace(grid, rows=tuple(_of_column(row, column) for row in grid.rows)) for column in columns)


def columns_unread(words: Vocabulary, grid: SourceTable) -> tuple[str, ...]:
    """The names of the projects that a table has in columns behind the first."""
    columns = _columns(words, grid)
    return tuple(columns.values())[1:]


def _columns(words: Vocabulary, grid: SourceTable) -> dict[int, str]:
    """The names by the columns of the grid; empty where the table is about one project."""
    names = next((row for row in grid.rows if _names(words, row)), ())
    found = {cell.column: cell.text.strip() for cell in names[1:] if not cell.merged and cell.text.strip()}
    if len(set(found.values())) != len(found) or len(found) < _LEAST or any(map(words.target, found.values())):
        return {}
    told = [row for row in grid.rows if row is not names and _is_known(words, row[0].text) and _fills(row, found)]
    return found if len(told) >= _LEAST and not any(_has_label(words, row, found) for row in told) else {}


def _names(words: Vocabulary, row: tuple[SourceCell, ...]) -> bool:
    target = words.target(row[0].text)
    own = target is not None and target.path == words.form.project.path_of(Role.NAME)
    return not row[0].merged and (own or (target is None and is_name_label(row[0].text)))


def _is_known(words: Vocabulary, text: str) -> bool:
    return words.target(text) is not None or amount_label(text) is not None or goal_scope(text) is not None


def _fills(row: tuple[SourceCell, ...], columns: dict[int, str]) -> bool:
    said = {cell.column for cell in row if not cell.merged and cell.text.strip()}
    return said == {row[0].column, *columns}


def _has_label(words: Vocabulary, row: tuple[SourceCell, ...], columns: dict[int, str]) -> bool:
    return any(_is_known(words, cell.text) for cell in row if cell.column in columns)


def _is_other(row: tuple[SourceCell, ...], columns: dict[int, str]) -> bool:
    """Has a row a text outside of the projects' columns, or one over several of them?"""
    first = row[0].column
    return any(
        cell.merged or cell.span > 1 or (cell.column not in columns and cell.column != first)
        for cell in row if cell.text.strip()
    )  # fmt: skip


def _of_column(row: tuple[SourceCell, ...], column: int) -> tuple[SourceCell, ...]:
    value = next((cell for cell in row if cell.column == column), None)
    return (row[0],) if value is None else (row[0], SourceCell(value.text, row[0].column + 1, 1, value.merged))
