"""Lists with a column for each class, 数量指标 | 质量指标 | …, in whose cells indicators stand with their values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from perftui.exchange.importer.columns import are_levels
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.vocabulary import EXTRA_COLUMNS, Vocabulary
from perftui.forms import Role, Taxonomy

Row = Sequence[SourceCell]
_LEAST = 3
"""Columns of classes that such a list has; the three of one row each are put in their place."""
_BETWEEN = re.compile(r"[；;。\n]+")
_AIMED = (Role.NAME, Role.VALUE)
_TITLES = tuple(EXTRA_COLUMNS[role] for role in (Role.LEVEL1, Role.LEVEL2, Role.NAME))


class _Level(NamedTuple):
    """A column of one class."""

    column: int
    category: str
    title: str


def without_class_columns(words: Vocabulary, grid: SourceTable, within: int) -> SourceTable:
    """Such a list with a row for each indicator instead; any other table as it is."""
    for at in range(min(within, len(grid.rows) - 1)):
        pairs = _pairs(grid.rows[at], grid.rows[at + 1])
        titles = [(cell, None) for cell in grid.rows[at]] if pairs is None else [*pairs]
        levels = list(_levels(words.form.project.taxonomy, titles))
        if len(levels) < _LEAST or len({one.title or one.category for one in levels}) < len(levels):
            continue
        outside = _outside([over if not cell.text.strip() and over else cell for cell, over in titles], levels)
        if _is_of_projects(words, [cell.text for cell in outside]):
            return _in_rows(grid, at, 1 if pairs is None else 2, levels, outside)
    return grid


def _pairs(upper: Row, lower: Row) -> list[tuple[SourceCell, SourceCell]] | None:
    """Classes with the categories over them, and the other titles; ``None`` where the second row is no title."""
    if not all(cell.merged or not cell.text.strip() or are_levels([cell.text]) for cell in lower):
        return None
    pairs = [(cell, over) for cell in lower for over in upper if over.covers(cell.column)]
    over_classes = [over for cell, over in pairs if cell.text.strip() and not cell.merged]
    return pairs if over_classes and all(are_levels([over.text]) for over in over_classes) else None


def _levels(taxonomy: Taxonomy, titles: Sequence[tuple[SourceCell, SourceCell | None]]) -> Iterator[_Level]:
    for cell, over in titles:
        title = cell.text.strip() or (over.text.strip() if over else "")
        if cell.span == 1 and title and are_levels([title]):
            beside = over.text.strip() if over and cell.text.strip() else ""
            is_category = any(title == one.name for one in taxonomy.categories) and not beside
            category = title if is_category else beside or taxonomy.category_of(title)
            yield _Level(cell.column, category, "" if is_category else title)


def _is_of_projects(words: Vocabulary, titles: Sequence[str]) -> bool:
    """Do titles name projects, and no indicators or their values?"""
    targets, path = [words.target(title) for title in titles], words.form.project.path_of(Role.NAME)
    columns = [words.column(title) for title, target in zip(titles, targets, strict=True) if target is None]
    aimed = any(column is not None and column.role in _AIMED for column in columns)
    return not aimed and any(target is not None and target.path == path for target in targets)


def _outside(titles: Sequence[SourceCell], levels: Sequence[_Level]) -> list[SourceCell]:
    """The titles of the other columns; none where one of them stands among those of the classes."""
    columns = {one.column for one in levels}
    found = [cell for cell in titles if cell.column not in columns and cell.text.strip()]
    among = any(min(columns) < cell.column < max(columns) for cell in found)
    return [] if among else [cell._replace(merged=False) for cell in found]


def _in_rows(
    grid: SourceTable, at: int, height: int, levels: Sequence[_Level], outside: Sequence[SourceCell]
) -> SourceTable:
    """The table under one row of titles, a row for each indicator."""
    first = min(one.column for one in levels)
    header = [*outside, *(SourceCell(title, first + step) for step, title in enumerate(_TITLES))]
    rows: list[Row] = [*grid.rows[:at], tuple(sorted(header, key=lambda cell: cell.column))]
    numbers = [*range(at + 1)]
    for number in range(at + height, len(grid.rows)):
        columns = {one.column: one for one in levels}
        rows.append(tuple(cell for cell in grid.rows[number] if cell.column not in columns))
        made = [
            tuple(SourceCell(text, first + step) for step, text in enumerate((level.category, level.title, piece)))
            for cell in grid.rows[number]
            if (level := columns.get(cell.column)) and not cell.merged
            for piece in map(str.strip, _BETWEEN.split(cell.text))
            if piece
        ]
        rows += made
        numbers += [number] * (1 + len(made))
    return replace(grid, rows=tuple(map(tuple, rows)), numbers=tuple(map(grid.number_of, numbers)))
