"""Sources of money side by side as titles, 预算数 | 财政资金 | 其他资金, with their amounts in rows below."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from perftui.exchange.importer.composed_labels import AmountScope, amount_label, title_scope
from perftui.exchange.importer.grid_titles import Cell, LabelPlace, Row
from perftui.exchange.importer.numbers import NOTHING, is_amount
from perftui.exchange.importer.vocabulary import Target
from perftui.exchange.importer.years import year_of_title


class Grid(Protocol):
    """What is asked of the rows."""

    def money(self, text: str) -> Target | None:
        """The field of money that a text names."""

    def in_column(self, at: int, column: int) -> Cell | None:
        """The cell of a row that begins in a grid column."""


def source_columns(grid: Grid, rows: Sequence[Row], at: int, year: int) -> Iterator[LabelPlace]:
    """The amounts in labelled rows under a row of titles; nothing where a row is no such.

    Where the row's own label stands under one of the titles, which number is whose is in doubt: none is the year's.
    """
    titles = {cell.column: target for cell in rows[at] if not cell.merged and (target := grid.money(cell.text))}
    paths = [target.path for target in titles.values()]
    if len(set(paths)) < 2 or _numbers(rows[at]):
        return
    if paths.count(paths[0]) > 1:  # 资金 before 预算数 leads the titles, and is none
        del titles[min(titles)]
    below = list(_rows_below(grid, rows, at, titles))
    scopes = _scopes([rows[number][0].text for number in below], year)
    for number, scope in zip(below, scopes, strict=True):
        doubtful = rows[number][0].column in titles
        for place, title in enumerate(rows[at]):
            cell = None if title.merged else grid.in_column(number, title.column)
            if cell is None or cell.place == 0 or title.column not in titles:
                continue
            said = AmountScope.RATE if doubtful else scope
            yield LabelPlace(titles[title.column], Cell(at, place), cell, said, rows[number][0].text)


def _rows_below(grid: Grid, rows: Sequence[Row], at: int, titles: dict[int, Target]) -> Iterator[int]:
    """The rows of a label that names no source, and numbers."""
    for number in range(at + 1, len(rows)):
        label = rows[number][0]
        said = amount_label(label.text)
        named = said is not None or year_of_title(label.text) or title_scope(label.text) is not None
        others = [cell for cell in rows[number][1:] if not cell.merged and cell.text.strip()]
        told = all(is_amount(cell.text) or cell.text.strip() in NOTHING for cell in others)
        under = all(cell.column in titles for cell in others)
        if label.merged or not named or not told or not _numbers(rows[number]) or not under:
            return
        yield number


def _numbers(row: Row) -> bool:
    return any(is_amount(cell.text) for cell in row if not cell.merged)


def _scopes(labels: Sequence[str], year: int) -> list[AmountScope]:
    """Of what each row speaks; of several without a word for it, none is the year's."""
    if len(labels) == 1 and not year_of_title(labels[0]):
        said = amount_label(labels[0])
        return [said.scope if said else title_scope(labels[0]) or AmountScope.NONE]
    return [_scope_of(label, year) for label in labels]


def _scope_of(label: str, year: int) -> AmountScope:
    said = amount_label(label)
    scope = title_scope(label) or (said.scope if said else AmountScope.NONE)
    if named := year_of_title(label):
        return AmountScope.YEAR if named == year else AmountScope.PAST
    return AmountScope.RATE if scope is AmountScope.NONE else scope
