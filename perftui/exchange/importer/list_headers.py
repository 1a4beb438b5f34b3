"""The header of a table of many projects: one row or two, names in brackets, categories side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from perftui.exchange.importer.columns import are_levels, stacked
from perftui.exchange.importer.composed_labels import title_scope
from perftui.exchange.importer.labels import label_key, unit_in_brackets
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.vocabulary import EXTRA_COLUMNS, Vocabulary
from perftui.forms import Role

Row = Sequence[SourceCell]


def titles_at(grid: SourceTable, at: int) -> Iterator[tuple[Row, int]]:
    """The titles that a header which begins with a row may have, and of how many rows: of two as one, and its own."""
    several = sum(1 for cell in grid.rows[at] if cell.text.strip() and not cell.merged) > 1
    pairs = stacked(grid.rows[at], grid.rows[at + 1]) if several and at + 1 < len(grid.rows) else None
    if pairs is not None:
        yield tuple(_title_under(cell, over) for cell, over in pairs), 2
    yield grid.rows[at], 1


def _title_under(cell: SourceCell, over: SourceCell) -> SourceCell:
    """A title with what the one over it says besides: of what it is said, or in which unit of money."""
    if cell.merged or not cell.text.strip():
        return SourceCell(over.text, cell.column, cell.span)
    scope, unit = title_scope(over.text), unit_in_brackets(over.text)
    text = cell.text if scope is None or scope.may_be_years else f"{label_key(over.text)}{cell.text}"
    return SourceCell(f"{text}（{unit}）" if unit and not unit_in_brackets(text) else text, cell.column, cell.span)


def without_side_by_side(words: Vocabulary, grid: SourceTable, within: int) -> SourceTable:
    """A list whose categories stand side by side, each over names and values, with a row for each indicator instead."""
    for at in range(min(within, len(grid.rows) - 1)):
        pairs = stacked(grid.rows[at], grid.rows[at + 1]) or ()
        groups = [over for over in grid.rows[at] if over.span > 1 and not over.merged and are_levels([over.text])]
        names = [cell for cell, over in pairs if over in groups and _names(words, cell.text)]
        if len(groups) > 1 and len(names) == len(groups) and len({over.span for over in groups}) == 1:
            return _in_rows(grid, at, pairs, groups)
    return grid


def _names(words: Vocabulary, title: str) -> bool:
    column = words.column(title)
    return column is not None and column.role is Role.NAME


def _in_rows(
    grid: SourceTable, at: int, pairs: Sequence[tuple[SourceCell, SourceCell]], groups: Sequence[SourceCell]
) -> SourceTable:
    """The table under one row of titles, the columns of all groups in those of the first, with their category."""
    first = groups[0].column
    titles = [_title_under(cell, over) for cell, over in pairs if over not in groups]
    titles += _of_group([cell for cell, _over in pairs], groups[0], first, EXTRA_COLUMNS[Role.LEVEL1])
    rows, numbers = [*grid.rows[:at], _in_order(titles)], [*range(at + 1)]
    for start, end in _blocks(grid.rows, at + 2, first):
        for number in range(start, end):
            outside = (cell for cell in grid.rows[number] if not any(over.covers(cell.column) for over in groups))
            rows.append(tuple(outside))
            numbers.append(number)
        for over in groups:
            for number in range(start, end):
                cells = _of_group(grid.rows[number], over, first, over.text)
                if any(cell.text.strip() and not cell.merged for cell in cells[1:]):
                    rows.append(_in_order(cells))
                    numbers.append(number)
    return replace(grid, rows=tuple(rows), numbers=tuple(map(grid.number_of, numbers)))


def _blocks(rows: Sequence[Row], begin: int, first: int) -> Iterator[tuple[int, int]]:
    """The rows of each project: from one that says something before the first group, to the next."""
    starts = [at for at in range(begin, len(rows)) if _says_before(rows[at], first)]
    yield from pairwise([*starts, len(rows)])


def _says_before(row: Row, column: int) -> bool:
    return any(cell.text.strip() and not cell.merged for cell in row if cell.column < column)


def _of_group(row: Row, over: SourceCell, first: int, level: str) -> list[SourceCell]:
    """A row's cells under a group, moved behind a cell with its category in the column ``first``."""
    inside = (cell for cell in row if over.covers(cell.column))
    return [SourceCell(level, first), *(one._replace(column=one.column - over.column + first + 1) for one in inside)]


def _in_order(cells: Iterable[SourceCell]) -> tuple[SourceCell, ...]:
    return tuple(sorted(cells, key=lambda cell: cell.column))
