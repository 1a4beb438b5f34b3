"""Lists whose cells hold indicators with their values: a column for each class, 数量指标 | 质量指标, or one for all.

There each class leads its own: 数量指标：开设课程≥60门；质量指标：满座率≥85%.
"""

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
_OF_ROWS = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.VALUE, Role.SIGN, Role.UNIT)
_LED = re.compile(r"([^:：]{2,12})[:：]\s*(.+)", re.S)
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


def without_sentences(words: Vocabulary, grid: SourceTable, within: int) -> SourceTable:
    """A list whose one column of indicators holds all of a project, with a row for each instead; others as they are."""
    for at, row in enumerate(grid.rows[:within]):
        titles = [cell for cell in row if cell.text.strip() and not cell.merged and words.target(cell.text) is None]
        found = [(cell, column.role) for cell in titles if (column := words.column(cell.text))]
        aims = [(cell, role) for cell, role in found if role in _OF_ROWS]
        named = any(_is_of_projects(words, [cell.text]) for cell in row)
        if named and len(aims) == 1 and aims[0][1] is Role.NAME:
            return _told_apart(words.form.project.taxonomy, grid, at, aims[0][0].column)
    return grid


def _told_apart(taxonomy: Taxonomy, grid: SourceTable, at: int, column: int) -> SourceTable:
    """The columns three times as far apart, the sentences of a column in rows of category, class and indicator."""
    first, rows, numbers = 3 * column, list[tuple[SourceCell, ...]](), list[int]()
    for number, row in enumerate(grid.rows):
        told = (
            [] if number <= at else [one for cell in row if cell.column == column for one in _told(taxonomy, cell.text)]
        )
        rows.append(tuple(_spread(row, column, without=bool(told), titled=number == at)))
        rows += [tuple(SourceCell(text, first + step) for step, text in enumerate(one)) for one in told]
        numbers += [number] * (1 + len(told))
    return replace(grid, rows=tuple(rows), numbers=tuple(map(grid.number_of, numbers)))


def _spread(row: Row, column: int, *, without: bool, titled: bool) -> Iterator[SourceCell]:
    for cell in row:
        place = 3 * cell.column
        if cell.column != column:
            yield cell._replace(column=place)
        elif titled:
            yield from (SourceCell(title, place + step) for step, title in enumerate(_TITLES))
        elif not without:
            yield cell._replace(column=place + 2)


def _told(taxonomy: Taxonomy, text: str) -> list[tuple[str, str, str]]:
    """Category, class and sentence of each indicator; nothing where the first does not say its class."""
    found: list[tuple[str, str, str]] = []
    for piece in filter(None, map(str.strip, _BETWEEN.split(text))):
        match = _LED.fullmatch(piece)
        level = _level_of(taxonomy, match[1]) if match else None
        if match and level:
            found.append((*level, match[2]))
        elif found:
            found.append((*found[-1][:2], piece))
        else:
            return []
    return found


def _level_of(taxonomy: Taxonomy, text: str) -> tuple[str, str] | None:
    """The category and the class that a word names, 数量 or 数量指标."""
    word = text.strip().removesuffix("指标") + "指标"
    if any(word == one.name for one in taxonomy.categories):
        return word, ""
    category = taxonomy.category_of(word)
    return (category, word) if category else None
