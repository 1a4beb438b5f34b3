"""Values that stand under titles in a grid: of money (上年度预算安排 | 本年度申请), of goals (年初目标 | 完成情况)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from perftui.exchange.importer.composed_labels import (
    AmountLabel,
    AmountScope,
    Source,
    amount_label,
    goal_scope,
    is_fiscal_part,
    title_scope,
)
from perftui.exchange.importer.labels import WORDS, label_key, unit_in_brackets
from perftui.exchange.importer.numbers import NOTHING, is_amount, is_number
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.vocabulary import LabelMeaning, Target, Vocabulary
from perftui.exchange.importer.years import year_of_title
from perftui.forms import Kind, Role
from perftui.model.record import FieldPath

Row = Sequence[SourceCell]
_LONGEST_TITLE = 24
_LEAST_YEARS = 2
_RUNNING = frozenset(WORDS["running"])
_SENTENCE = "。；;，,"


class Cell(NamedTuple):
    """A cell by the places of its row and of itself in that."""

    row: int
    place: int


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """A label, and where its value stands."""

    target: Target
    label: Cell
    value: Cell | None
    scope: AmountScope = AmountScope.NONE
    """Of what the value is said. Money and goals that are not this year's have no field in most forms."""
    title: str = ""
    """The title over the value, where it has one."""


class GridTitles:
    """The titles of rows that follow one another."""

    def __init__(
        self, words: Vocabulary, rows: Sequence[Row], *, merges_known: bool, literal: bool = False, year: int = 0
    ) -> None:
        self._words = words
        self._rows = rows
        self._merges_known = merges_known
        self._literal = literal
        self._year = year
        self.used: set[Cell] = set()
        """Cells that are a value or a title of something."""
        self.spots: list[LabelPlace] = []
        self._section: FieldPath = ()
        self._tasks = False
        """The rows list the tasks of a department, with their money."""
        self._scopes: dict[int, AmountScope] = {}
        """Of what the totals are said by the grid column that their labels stand in."""

    def money_under_titles(self, at: int) -> None:
        """Rows of sources under a row of titles of money: 来源 | 上年度预算安排 | 本年度申请."""
        titles = self._money_titles(at)
        if len(titles) < 2 or all(scope is AmountScope.NONE for scope in titles.values()):
            return
        first = min(titles)
        has_section = first > 1
        rows = list(self._rows_under(at, first, stop_at_first=has_section))
        if not any(is_amount(self.cell_at(cell).text) for row in rows for cell in self._cells_under(row, at, titles)):
            return
        years = self._years_column(titles)
        labels = range(1 if has_section else 0, first)
        self.used.update(Cell(at, index) for index in labels if self._is_known(self._rows[at][index].text))
        self.used.update(Cell(at, index) for index in titles)
        for row in rows:
            self._source_row(row, at, titles, years)

    def _money_titles(self, at: int) -> dict[int, AmountScope]:
        row = self._rows[at]
        titles = {
            index: said.scope
            for index, said in self.amounts(row)
            if said.source is Source.ALL
            and index
            and not (index + 1 < len(row) and is_amount(row[index + 1].text))
            and not self._is_section(row[index].text)
        }
        years = {index: year for index, cell in enumerate(row) if index and (year := year_of_title(cell.text))}
        if len(years) < (1 if titles else _LEAST_YEARS):
            return titles
        return {index: AmountScope.WHOLE if scope is AmountScope.NONE else scope for index, scope in titles.items()} | {
            index: self._scope_of_year(year) for index, year in years.items()
        }

    def _scope_of_year(self, year: int) -> AmountScope:
        """Of what a column of one year among several speaks; where this year is not known none is its."""
        if year == self._year:
            return AmountScope.YEAR
        return AmountScope.PAST if year < self._year or not self._year else AmountScope.WHOLE

    def _is_section(self, text: str) -> bool:
        target = self._words.target(text)
        return target is not None and target.means is LabelMeaning.SECTION

    def _years_column(self, titles: dict[int, AmountScope]) -> int:
        """The title of this year's column; -1 where none says it."""
        years = [index for index, scope in titles.items() if scope is AmountScope.YEAR]
        return next(iter(years or [index for index, scope in titles.items() if scope is AmountScope.NONE]), -1)

    def _rows_under(self, at: int, first: int, *, stop_at_first: bool) -> Iterator[int]:
        """The rows that have a label before the column of the first title, up to the next section."""
        column = self._rows[at][first].column
        for below in range(at + 1, len(self._rows)):
            row = self._rows[below]
            if stop_at_first and not row[0].merged and row[0].text.strip():
                return
            if self.in_column(below, column) is None or len(row) < 2:
                return
            yield below

    def _is_known(self, text: str) -> bool:
        """Does a text say by itself that it is a label or a title?"""
        said = amount_label(text) or title_scope(text) or goal_scope(text) or year_of_title(text) or None
        return said is not None or self._words.target(text) is not None

    def _cells_under(self, row: int, at: int, titles: dict[int, AmountScope]) -> Iterator[Cell]:
        for index in titles:
            cell = self.in_column(row, self._rows[at][index].column)
            if cell is not None:
                yield cell

    def _source_row(self, row: int, at: int, titles: dict[int, AmountScope], years: int) -> None:
        """The amounts of one source; a row of something else is left as it is."""
        first = min(titles)
        before = self._rows[at][first].column
        cells = self._rows[row]
        labels = [
            index for index, one in enumerate(cells) if one.column < before and not one.merged and one.text.strip()
        ]
        if not labels:
            return
        label = Cell(row, labels[-1])
        target = self.money(self.cell_at(label).text)
        if target is None:
            return
        for index in range(first, len(self._rows[at])):
            title = self._rows[at][index].text
            cell = self.in_column(row, self._rows[at][index].column)
            if cell is None:
                continue
            scope = AmountScope.YEAR if index == years else titles.get(index, AmountScope.RATE)
            if scope.may_be_years and index != years:
                scope = AmountScope.ADJUSTED
            self.spots.append(LabelPlace(target, label, cell, scope, title))
            self.used.add(cell)
            if self.cell_at(cell).text.strip():
                self.used.add(Cell(at, index))
        self.used.add(label)

    def money(self, text: str) -> Target | None:
        """The field of money that a text names, or the sources that no field has."""
        target = self._words.target(text)
        if target is not None and target.field is not None and target.field.kind is Kind.AMOUNT:
            return target
        said = amount_label(text)
        return None if said is None else self._words.amount(said.source, AmountScope.NONE)

    def goals_under_titles(self, at: int) -> None:
        """Texts under short titles of which one speaks of goals: 年初设定目标 | 全年实际完成情况."""
        row = self._rows[at]
        spoken = [index for index, cell in enumerate(row) if not cell.merged and cell.text.strip()]
        whole = self._is_all_titles(at, spoken)
        titles = [index for index in spoken if (index or whole) and is_short_title(row[index].text)]
        if not titles or len(titles) != len([i for i in spoken if i or whole]) or at + 1 >= len(self._rows):
            return
        about = any(goal_scope(row[index].text) is not None for index in spoken)
        fields = {index: title_scope(row[index].text) or goal_scope(row[index].text) for index in titles}
        first_below = self._rows[at + 1][0]
        beside = whole or first_below.merged or not first_below.text.strip()
        if not about or not any(fields.values()) or not beside:
            return
        values = {index: self.in_column(at + 1, row[index].column) for index in titles}
        texts = [self.cell_at(cell).text for cell in values.values() if cell is not None]
        if len(texts) < len(titles) or any(_is_goal_title(text) for text in texts):
            return
        self._goals_told(at, fields, values)
        if not whole:
            self._goals_below(at, fields)

    def _goals_below(self, at: int, scopes: dict[int, AmountScope | None]) -> None:
        """The goals under the first ones, in rows of their own beside the same label: 序号 | 目标内容."""
        label = self._rows[at][0].column
        for below in range(at + 2, len(self._rows)):
            beside = any(cell.merged and cell.column == label for cell in self._rows[below])
            values = {index: self.in_column(below, self._rows[at][index].column) for index in scopes}
            said = {Cell(below, place) for place, cell in enumerate(self._rows[below]) if cell.text.strip()}
            if not beside or said != set(values.values()):
                return
            self._goals_told(at, scopes, values)

    def _is_all_titles(self, at: int, spoken: Sequence[int]) -> bool:
        """Has each text of a row, the first too, a longer one below it in its column: 预期目标 | 完成情况?"""
        if self._literal or len(spoken) < 2 or at + 1 >= len(self._rows):
            return False
        row = self._rows[at]
        if any(title_scope(row[index].text) is None and goal_scope(row[index].text) is None for index in spoken):
            return False
        below = [self.in_column(at + 1, row[index].column) for index in spoken]
        said = [cell for cell in self._rows[at + 1] if not cell.merged and cell.text.strip()]
        return len(said) <= len(spoken) and all(
            cell is not None and len(self.cell_at(cell).text) > len(row[index].text)
            and self._words.target(self.cell_at(cell).text) is None
            for index, cell in zip(spoken, below, strict=True)
        )  # fmt: skip

    def _goals_told(self, at: int, scopes: dict[int, AmountScope | None], values: dict[int, Cell | None]) -> None:
        years = AmountScope.YEAR in scopes.values()
        self.used.update(Cell(at, index) for index, cell in enumerate(self._rows[at]) if self._is_known(cell.text))
        for index, value in values.items():
            scope = scopes[index]
            if scope is None and label_key(self._rows[at][index].text) in _RUNNING:
                self.used.update((Cell(at, index), *([value] if value else ())))
                continue
            if scope is None:  # beside titles that speak of goals, one that does not: 责任科室
                scope = AmountScope.RATE
            elif scope is AmountScope.NONE and years:
                scope = AmountScope.WHOLE
            target = self._words.goals(scope) or self._words.goals(AmountScope.NONE)
            title = self._rows[at][index].text
            failure_in_words = value is not None and bool(self.cell_at(value).text.strip())
            if target is not None and value is not None and (failure_in_words or self._is_known(title)):
                self.spots.append(LabelPlace(target, Cell(at, index), value, scope, title))
                self.used.update((value, Cell(at, index)))

    def parts_told(self, spots: list[LabelPlace]) -> list[LabelPlace]:
        """The spots of a filled table: beside a sum of the state's money 一般公共预算 is only a part of it."""
        sums = {
            spot.target.path for spot in spots
            if spot.scope.may_be_years and self._is_paid(spot.value)
            and not is_fiscal_part(self.cell_at(spot.label).text)
        }  # fmt: skip

        def told(spot: LabelPlace) -> LabelPlace:
            part = is_fiscal_part(self.cell_at(spot.label).text) and not spot.target.exact and not self._literal
            summed = part and spot.target.field is not None and spot.target.path in sums
            return replace(spot, scope=AmountScope.PART) if summed and spot.scope.may_be_years else spot

        return [told(spot) for spot in spots]

    def _is_paid(self, cell: Cell | None) -> bool:
        text = "" if cell is None else self.cell_at(cell).text.strip()
        return is_amount(text) and any(sign in "123456789" for sign in text)

    def _filled(self, spot: LabelPlace) -> bool:
        return spot.value is not None and bool(self.cell_at(spot.value).text.strip())

    def _is_exact(self, text: str) -> bool:
        target = self._words.target(text)
        return target is not None and target.exact

    def _is_value(self, cell: SourceCell) -> bool:
        money = bool(unit_in_brackets(cell.text)) and amount_label(cell.text) is not None  # 项目金额（万元）
        return not cell.merged and not money and self._words.target(cell.text) is None

    def cell_at(self, cell: Cell) -> SourceCell:
        """A cell of the grid."""
        return self._rows[cell.row][cell.place]

    def in_column(self, at: int, column: int) -> Cell | None:
        """The cell of a row that begins in a grid column."""
        row = self._rows[at]
        return next((Cell(at, index) for index, one in enumerate(row) if one.column == column and not one.merged), None)

    def amounts(self, row: Row) -> Iterator[tuple[int, AmountLabel]]:
        """The labels of money in a row, by their places."""
        for index, cell in enumerate(row):
            said = None if cell.merged else self.amount_label_of(cell.text)
            if said is not None:
                yield index, said

    def amount_label_of(self, text: str) -> AmountLabel | None:
        """What a label of money says, in its own words or as the form's own field."""
        said = amount_label(text)
        target = self._words.target(text)
        if target is None or target.field is None or target.field.kind is not Kind.AMOUNT:
            return said
        scope = said.scope if said else AmountScope.NONE
        return AmountLabel(
            scope, Source.ALL if target.field.role is Role.TOTAL else said.source if said else Source.OWN
        )


def is_of_numbers(row: Row, place: int) -> bool:
    """Does a number stand in a row of numbers, not behind a label or among the words of a list?"""
    texts = [one.text.strip() for at, one in enumerate(row) if not one.merged and at != place]
    return all(not text or text in NOTHING or is_number(text) for text in texts)


def is_short_title(text: str) -> bool:
    """May a text be a title over others: short, and no sentence?"""
    return len(text) <= _LONGEST_TITLE and not any(sign in text for sign in _SENTENCE) and bool(label_key(text))


def _is_goal_title(text: str) -> bool:
    return goal_scope(text) is not None
