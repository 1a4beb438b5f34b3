"""Of what the amounts and goals of a grid are said: of this year, of the whole project, of a year before."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from perftui.exchange.importer.composed_labels import (
    AmountScope,
    Source,
    goal_scope,
    is_fiscal_part,
)
from perftui.exchange.importer.grid_titles import GridTitles, LabelPlace, Row
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.numbers import is_amount, is_number
from perftui.exchange.importer.vocabulary import LabelMeaning, Target
from perftui.forms import Kind

_DEPARTMENTS = re.compile("(?:部门(?:(?!项目).)*(?:收入|支出)|(?:(?!项目).)*收支)(?:预算|情况|合计|总额|总计)?")
"""A title of a department's own money."""
_ALL_SPENDING = ({"基本支出", "项目支出"}, {"收入", "支出"})


class AmountScopes(GridTitles):
    """Tells this year's from the others by the labels' words and by what stands beside them."""

    def note_totals(self, row: Row) -> None:
        """Of what the totals of a row are said; of several the one that says the year, else the form's own, is it."""
        totals = {
            index: said.scope for index, said in self.amounts(row)
            if said.source is Source.ALL and not self.is_over(row, index)
        }  # fmt: skip
        self._scopes |= {row[index].column: scope for index, scope in self._rivals(row, totals).items()}

    def is_over(self, row: Row, index: int) -> bool:
        """Does a label only stand before another, whose number follows: 年度预算申请 | 资金总额 | 861.10?"""
        beside = row[index + 1 : index + 3]
        return len(beside) == 2 and self.amount_label_of(beside[0].text) is not None and is_amount(beside[1].text)

    def _rivals(self, row: Row, found: dict[int, AmountScope]) -> dict[int, AmountScope]:
        if len(found) < 2:
            return found
        years = [index for index, scope in found.items() if scope is AmountScope.YEAR]
        if not years:
            open_ones = [index for index, scope in found.items() if scope is AmountScope.NONE]
            own = [index for index in open_ones if self._is_exact(row[index].text)]
            chosen = own[-1:] if 0 < len(own) < len(open_ones) else open_ones[-1:]
        else:
            chosen = years[-1:]
        return {
            index: scope if index in chosen else AmountScope.WHOLE if scope.may_be_years else scope
            for index, scope in found.items()
        }

    def scope(self, row: Row, index: int, target: Target) -> AmountScope:
        """Of what the value of a label is said: its own words, else those of the total over it, else its rivals'."""
        text = row[index].text
        if target.means is LabelMeaning.GOALS:
            return goal_scope(text) or AmountScope.NONE
        if self._literal or not is_money(target):
            return AmountScope.NONE
        said = self.amount_label_of(text)
        own = said.scope if said else AmountScope.NONE
        if said is not None and said.source is Source.ALL:
            return self._scopes.get(row[index].column, own)
        above = [column for column in self._scopes if column <= row[index].column]
        if own is not AmountScope.NONE or (len(self._scopes) > 1 and above):
            return own if own is not AmountScope.NONE else self._scopes[max(above)]
        same = {
            at: one.scope for at, one in self.amounts(row)
            if said is not None and one.source is said.source and not is_fiscal_part(row[at].text)
        }  # fmt: skip
        return self._rivals(row, same).get(index, own)

    def told_apart(self) -> list[LabelPlace]:
        """The spots in reading order; beside goals of the year those that say nothing are of the whole."""
        goals = {spot.scope for spot in self.spots if spot.target.means is LabelMeaning.GOALS and self._filled(spot)}
        if AmountScope.YEAR in goals:
            self.spots = [
                replace(spot, scope=AmountScope.WHOLE)
                if spot.target.means is LabelMeaning.GOALS and spot.scope is AmountScope.NONE and self._filled(spot)
                else spot
                for spot in self.spots
            ]
        if not self._literal:
            everything = _pay_everything(self._rows)
            self.spots = [
                replace(spot, scope=AmountScope.WHOLE)
                if is_money(spot.target) and spot.scope.may_be_years and (everything or self._is_of_department(spot))
                else spot
                for spot in self.spots
            ]
        return sorted(map(self._of_whole(), self.spots), key=lambda spot: spot.label)

    def _is_of_department(self, spot: LabelPlace) -> bool:
        """Is money a department's: beside a label that says so, 部门预算收支, or income of no named source?"""
        if any(_DEPARTMENTS.fullmatch(label_key(cell.text)) for cell in self._rows[spot.label.row] if not cell.merged):
            return True
        text = self.cell_at(spot.label).text
        said = self.amount_label_of(text)
        return said is not None and said.source is Source.ALL and "收入" in label_key(text)

    def _of_whole(self) -> Callable[[LabelPlace], LabelPlace]:
        """Beside a total of the year in any row, one that says 项目 is of the whole: 项目总预算 over 当年年度预算."""
        said = {spot.label: self.amount_label_of(self.cell_at(spot.label).text) for spot in self.spots}
        totals = {at: one for at, one in said.items() if one is not None and one.source is Source.ALL}
        years = any(
            totals[spot.label].scope is AmountScope.YEAR for spot in self.spots
            if spot.label in totals and spot.value is not None and is_number(self.cell_at(spot.value).text)
        )  # fmt: skip

        def told(spot: LabelPlace) -> LabelPlace:
            text = self.cell_at(spot.label).text
            of_project = label_key(text).startswith("项目") and not self._is_exact(text) and spot.label in totals
            rival = years and of_project and spot.scope is AmountScope.NONE and not self._literal
            return replace(spot, scope=AmountScope.WHOLE) if rival else spot

        return told


def _pay_everything(rows: Sequence[Row]) -> bool:
    """Is the money all of a unit's, 基本支出 beside 项目支出 or 收入 beside 支出, and no project's?"""
    said = {label_key(cell.text) for row in rows for cell in row if not cell.merged}
    bare = {key.rstrip("0123456789.,:万元") for key in said}
    return any(bare >= both for both in _ALL_SPENDING)


def is_money(target: Target) -> bool:
    """Is the value of a label an amount?"""
    return target.means is LabelMeaning.SOURCE or (target.field is not None and target.field.kind is Kind.AMOUNT)
