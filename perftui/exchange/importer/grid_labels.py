"""Finds the labels in a grid and the cells of their values: for import, paste, drafting a form and filling one.

Values stand beside a label, below it, or under titles: of money (上年度预算安排 | 本年度申请), of goals (年初目标 |
完成情况). Nothing is taken here; where a value is not this year's, the spot says of what it is.
"""

import re
from dataclasses import replace

from perftui.exchange.importer.amount_scopes import AmountScopes, is_money
from perftui.exchange.importer.columns import are_levels
from perftui.exchange.importer.composed_labels import (
    AmountScope,
    amount_label,
    goal_scope,
    is_fiscal_kind,
)
from perftui.exchange.importer.grid_titles import (
    Cell,
    LabelPlace,
    is_of_numbers,
    is_short_title,
)
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.numbers import NOTHING, is_amount, is_number
from perftui.exchange.importer.source_columns import source_columns
from perftui.exchange.importer.vocabulary import LabelMeaning, Target
from perftui.forms import Kind

_LONGEST_SOURCE = 20
_COUNTED = re.compile(r"[（(]?[0-9]{1,2}[)）.、．]?")
"""A running number in a cell by itself: 1, 2., （3）."""
_TASKS = ("任务", "职能", "职责", "履职")
"""In the label of a section that lists a department's tasks with their money."""


class GridLabels(AmountScopes):
    """The labels of rows that follow one another."""

    def find(self) -> list[LabelPlace]:
        """All spots, in reading order of their labels."""
        for at, row in enumerate(self._rows):
            if not row[0].merged and row[0].text.strip():
                self._section, self._scopes = (), {}
                self._tasks = any(word in row[0].text for word in _TASKS)
            if not self._literal and not self._tasks:
                self._sources_side_by_side(at)
                self.money_under_titles(at)
                self.goals_under_titles(at)
                self.note_totals(row)
            index = 0
            while index < len(row):
                index = self._label(at, index)
        return self.told_apart()

    def _sources_side_by_side(self, at: int) -> None:
        found = list(source_columns(self, self._rows, at, self._year))
        self.spots += found
        values = [spot.value for spot in found if spot.value is not None]
        self.used.update([*(spot.label for spot in found), *values, *(Cell(one.row, 0) for one in values)])

    # ---- one label

    def _label(self, at: int, index: int) -> int:
        """Looks at a cell; the index of the next to look at."""
        cell = self._rows[at][index]
        if Cell(at, index) in self.used or cell.merged:
            return index + 1
        target = self._words.target(cell.text)
        if not self._literal and (target is None or target.means is LabelMeaning.ASIDE):
            target = self._composed(at, index) or target
        if target is None or (self._tasks and is_money(target)):
            return index + 1
        if not self._literal and is_money(target) and self.is_over(self._rows[at], index):
            return index + 1
        return self._labelled(at, index, target)

    def _labelled(self, at: int, index: int, target: Target) -> int:
        row = self._rows[at]
        beside = row[index + 1] if index + 1 < len(row) else None
        if target.means is LabelMeaning.SECTION:
            self._section = target.path
            group = next((one for one in self._words.form.project.amounts if (one.key,) == target.path), None)
            fits = group is not None and beside is not None and self._is_value(beside) and is_number(beside.text)
            self.spots.append(LabelPlace(target, Cell(at, index), Cell(at, index + 1) if fits else None))
            return index + 2 if fits else index + 1
        if target.means in (LabelMeaning.UNIT, LabelMeaning.YEAR):
            fits = beside is not None and self._is_value(beside)
            self.spots.append(LabelPlace(target, Cell(at, index), Cell(at, index + 1) if fits else None))
            return index + 2 if fits else index + 1
        value, width = self._numbered(at, index, target) or self._value(at, index, target)
        spot = LabelPlace(target, Cell(at, index), value, self.scope(row, index, target))
        self.spots.append(spot)
        if target.means is LabelMeaning.GOALS and value is not None and value.row == at and not self._literal:
            self._more_goals(spot, value)
        return index + width

    def _numbered(self, at: int, index: int, target: Target) -> tuple[Cell, int] | None:
        """The text behind a running number that stands in a cell by itself: 年度绩效目标 | 1 | …."""
        row = self._rows[at]
        if self._literal or target.means is not LabelMeaning.GOALS or index + 2 >= len(row):
            return None
        number, text = row[index + 1].text.strip(), row[index + 2].text.strip()
        if not _COUNTED.fullmatch(number) or not text or is_number(text) or self._words.target(text):
            return None
        self.used.add(Cell(at, index + 1))
        return Cell(at, index + 2), 3

    def _more_goals(self, spot: LabelPlace, value: Cell) -> None:
        """The rest of goals that stand in a row each, beside a label that is as high as all of them."""
        label, first = self.cell_at(spot.label), self.cell_at(value)
        for at in range(value.row + 1, len(self._rows)):
            said = [cell for cell in self._rows[at] if not cell.merged and cell.text.strip()]
            beside = any(cell.merged and cell.column == label.column for cell in self._rows[at])
            place = self.in_column(at, first.column)
            numbers = [cell for cell in said[:-1] if _COUNTED.fullmatch(cell.text.strip())]
            if not beside or place is None or said != [*numbers[:1], self.cell_at(place)]:
                return
            if self._words.target(said[-1].text):
                return
            self.used.update(Cell(at, index) for index, cell in enumerate(self._rows[at]) if cell in said)
            self.spots.append(replace(spot, value=place))

    def _value(self, at: int, index: int, target: Target) -> tuple[Cell | None, int]:
        """The cell that belongs to a label, and how many cells of this row are done with."""
        row = self._rows[at]
        beside = row[index + 1] if index + 1 < len(row) else None
        if beside is not None and target.means is LabelMeaning.GOALS and _is_next_label(beside.text):
            beside = None
        below = self.below(at, index)
        if below is not None and not self._literal and not self._may_be_below(at, target, below):
            below = None
        paid = below is not None and is_money(target) and not self._literal and is_amount(self.cell_at(below).text)
        blank = beside is not None and not beside.text.strip()
        if beside is not None and self._is_value(beside) and _fits(beside.text, target) and not (paid and blank):
            return Cell(at, index + 1), 2
        if below is not None and self._is_value(self.cell_at(below)) and _fits(self.cell_at(below).text, target):
            self.used.add(below)
            return below, 1
        if beside is not None and self._is_value(beside):
            return Cell(at, index + 1), 2
        return None, 1

    def _may_be_below(self, at: int, target: Target, below: Cell) -> bool:
        """May the value of a label stand below it? Money in a row of numbers, others under a row of labels alone."""
        if is_money(target):
            return is_of_numbers(self._rows[below.row], below.place)
        texts = [cell.text for cell in self._rows[at] if not cell.merged and cell.text.strip()]
        return all(self._words.target(text) or amount_label(text) for text in texts)

    def below(self, at: int, index: int) -> Cell | None:
        """The cell under a label."""
        if at + 1 >= len(self._rows):
            return None
        under = self._rows[at + 1]
        if not self._merges_known:
            return Cell(at + 1, index) if len(under) == len(self._rows[at]) else None
        column = self._rows[at][index].column
        return self.in_column(at + 1, column) or self._across(at, column)

    def _across(self, at: int, column: int) -> Cell | None:
        """The cell below that covers a column and begins before it, where no other label stands over it."""
        for place, one in enumerate(self._rows[at + 1]):
            if not one.merged and one.column != column and one.covers(column):
                over = (cell for cell in self._rows[at] if one.covers(cell.column))
                labels = [cell for cell in over if self._words.target(cell.text) or amount_label(cell.text)]
                return Cell(at + 1, place) if len(labels) == 1 else None
        return None

    def has_other_kinds(self) -> bool:
        """Does the state pay from 政府性基金 as well?"""
        return any(
            is_fiscal_kind(cell.text) and self._is_paid(self._beside(at, index))
            for at, row in enumerate(self._rows) for index, cell in enumerate(row) if not cell.merged
        )  # fmt: skip

    def _beside(self, at: int, index: int) -> Cell | None:
        return Cell(at, index + 1) if index + 1 < len(self._rows[at]) else self.below(at, index)

    # ---- labels that are put together from words

    def _composed(self, at: int, index: int) -> Target | None:
        """What a label says that no list has: of money where a number belongs to it, of goals by its words."""
        text = self._rows[at][index].text
        scope = goal_scope(text)
        if scope is not None:
            return self._words.goals(scope) or self._words.goals(AmountScope.NONE)
        said = None if self._tasks else amount_label(text)
        if said is None and (not self._section or not text.strip() or len(text) > _LONGEST_SOURCE or is_number(text)):
            return None
        if not self._has_number(at, index):
            return None
        if said is None:
            return Target(means=LabelMeaning.SOURCE, path=self._section, exact=False) if self._in_amounts() else None
        return self._words.amount(said.source, said.scope) or self._words.amount(said.source, AmountScope.NONE)

    def _in_amounts(self) -> bool:
        return any((group.key,) == self._section for group in self._words.form.project.amounts)

    def _has_number(self, at: int, index: int) -> bool:
        """Is there a number beside a label, or one below it in a row of nothing else?"""
        row = self._rows[at]
        if index + 1 < len(row) and Cell(at, index + 1) not in self.used and is_amount(row[index + 1].text):
            return True
        below = self.below(at, index)
        if below is None or below in self.used or not is_amount(self.cell_at(below).text):
            return False
        if not is_of_numbers(self._rows[below.row], below.place):
            return False
        first = self._rows[at + 1][0]
        return first.merged or not first.text.strip() or below.place == 0


def _is_next_label(text: str) -> bool:
    """Is what stands beside a label of goals another, or a title: 总体绩效目标 | 实施期目标, 预期目标 | 完成情况?"""
    key = label_key(text)
    result = key.endswith("完成情况") and is_short_title(text)
    return result or goal_scope(text) is not None or (key.endswith("指标") and are_levels([text]))


def _fits(text: str, target: Target) -> bool:
    """May a text be the value of a field? Amounts must be numbers, others anything."""
    if target.means is LabelMeaning.SOURCE:
        return is_amount(text)
    if target.field is None or target.field.kind not in (Kind.AMOUNT, Kind.PERCENT):
        return True
    return is_number(text) or not text.strip() or text.strip() in NOTHING
