"""Reads the head of a project's table: labels with their values beside or below them."""

import re
from collections.abc import Sequence

from perftui.exchange.importer.goal_texts import goals_of, printed_goals
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.labels import is_unit_line, unit_in_brackets, unit_of
from perftui.exchange.importer.quarters import quarter_of, take_quarters
from perftui.exchange.importer.record_draft import RecordDraft, RowDraft
from perftui.exchange.importer.report import in_table, shown
from perftui.exchange.importer.sentences import take_sentences
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.title import is_title
from perftui.exchange.importer.vocabulary import LabelMeaning, Target, Vocabulary
from perftui.forms import Kind, Role
from perftui.locale import _
from perftui.model.money import AmountError, read_amount
from perftui.model.record import FieldPath

_AMOUNT_UNIT = re.compile(r"(?:金额)?单位[:：]?(人民币)?(万?元)")
_INLINE = re.compile(r"\s*([^:：\n]{2,20})[:：]\s*(.+)", re.S)

_LONGEST_LINE = 100  # characters; a longer cell is no line about the unit of amounts
_LONGEST_SOURCE = 20  # characters; the name of a source of money is a label, not a text
_LONGEST_GOALS = 100_000  # characters of one cell; the rest is told as left out

Row = Sequence[SourceCell]


class TableHead:
    """The rows of one table that hold labels and values."""

    def __init__(self, draft: RecordDraft, words: Vocabulary, table: int, *, merges_known: bool) -> None:
        self._draft = draft
        self._words = words
        self._table = table
        self._merges_known = merges_known
        self._used: set[tuple[int, int]] = set()
        self._section: FieldPath = ()
        self._total_column = -1
        """Where the total of this year stands."""

    def read(self, rows: Sequence[Row], first: int) -> None:
        """Takes in rows that follow one another; ``first`` is the number of the first in the table, from 0."""
        for at, row in enumerate(rows):
            self._row(rows, at, row, first + at)

    def _row(self, rows: Sequence[Row], at: int, row: Row, number: int) -> None:
        place = in_table(self._table, number)
        if not row[0].merged and row[0].text.strip():
            self._section = ()
        if not self._draft.literal:
            if self._in_sentences(row, place):
                return
            self._quarters(rows, at, place)
        index = 0
        unknown: list[str] = []
        while index < len(row):
            cell = row[index]
            target = None if (at, index) in self._used or cell.merged else self._words.target(cell.text)
            if target is not None:
                index = self._labelled(rows, at, index, target, place)
            else:
                known = (at, index) in self._used or cell.merged or self._other_source(rows, at, index, place)
                if not known and not self._loose(row, index, place):
                    unknown.append(" ".join(cell.text.split()))
                index += 1
        if unknown:
            self._draft.left(place, " | ".join(unknown))

    def _labelled(self, rows: Sequence[Row], at: int, index: int, target: Target, place: str) -> int:
        """Takes in what a label announces; the index of the next cell to look at."""
        row = rows[at]
        beside = row[index + 1] if index + 1 < len(row) else None
        unit = unit_in_brackets(row[index].text)
        if target.means is LabelMeaning.SECTION:
            self._section = target.path
            self._draft.amount_unit = unit or self._draft.amount_unit
            return self._total_beside(target, beside, index, place)
        if target.means is LabelMeaning.UNIT:
            if beside is None or not self._is_value(beside):
                return index + 1
            take_unit(self._draft, beside.text)
            return index + 2
        value, width = self._value(rows, at, index, target)
        if value is not None and self._is_other_years(row, index, target):
            self._leave(row[index].text, value, place)
        elif value is not None:
            self._take(target, row[index].text, value, place, unit)
            if target.field is not None and target.field.role is Role.TOTAL:
                self._total_column = row[index].column
        return index + width

    def _is_other_years(self, row: Row, index: int, target: Target) -> bool:
        """Where a row says an amount twice, of the whole project and of this year: is this the other one?

        This year's stands under the total that has been read, or has the form's own word, or comes last.
        """
        if target.field is None or target.field.kind is not Kind.AMOUNT:
            return False
        same = [(at, found) for at, cell in enumerate(row) if (found := self._words.target(cell.text))]
        rivals = [(at, found.exact) for at, found in same if found.path == target.path and found.field]
        under = [at for at, _exact in rivals if row[at].column == self._total_column]
        exact = [at for at, is_exact in rivals if is_exact]
        alike = len(exact) == len(rivals)
        return len(rivals) > 1 and index != (under or ([] if alike else exact) or [rivals[-1][0]])[-1]

    def _leave(self, label: str, value: SourceCell, place: str) -> None:
        """A value whose label is known and is of no field here."""
        if value.text.strip():
            self._draft.left(place, f"{label.strip().rstrip(':：')}：{value.text}")

    def _value(self, rows: Sequence[Row], at: int, index: int, target: Target) -> tuple[SourceCell | None, int]:
        """The cell that belongs to a label, and how many cells of this row are done with."""
        row = rows[at]
        beside = row[index + 1] if index + 1 < len(row) else None
        fits = beside is not None and self._is_value(beside) and self._fits(beside.text, target)
        if fits:
            return beside, 2
        below = self._below(rows, at, index)
        if below is not None and self._is_value(rows[at + 1][below]) and self._fits(rows[at + 1][below].text, target):
            self._used.add((at + 1, below))
            return rows[at + 1][below], 1
        if beside is not None and self._is_value(beside):
            return beside, 2
        return None, 1

    def _below(self, rows: Sequence[Row], at: int, index: int) -> int | None:
        """The index of the cell under a label."""
        if at + 1 >= len(rows):
            return None
        label, under = rows[at][index], rows[at + 1]
        if not self._merges_known:
            return index if len(under) == len(rows[at]) else None
        for place, cell in enumerate(under):
            if cell.column == label.column and not cell.merged:
                return place
        return None

    def _is_value(self, cell: SourceCell) -> bool:
        return not cell.merged and self._words.target(cell.text) is None

    def _fits(self, text: str, target: Target) -> bool:
        """May a text be the value of a field? Amounts must be numbers, others anything."""
        if target.field is None or target.field.kind not in (Kind.AMOUNT, Kind.PERCENT):
            return True
        return is_number(text) or not text.strip()

    def _take(self, target: Target, label: str, value: SourceCell, place: str, unit: str) -> None:
        if target.means is LabelMeaning.GOALS:
            take_goals(self._draft, target.path[0], value.text, place)
        elif target.means is LabelMeaning.ASIDE:
            self._leave(label, value, place)
        elif target.field is not None:
            self._draft.put(target.path, target.field, value.text, place, unit=unit)

    def _in_sentences(self, row: Row, place: str) -> bool:
        """A row of a category's word and sentences."""
        return take_sentences(self._draft, [cell.text for cell in row if cell.text.strip()], place)

    def _quarters(self, rows: Sequence[Row], at: int, place: str) -> None:
        """A plan by quarters, with the shares below, in a row that has no other labels of them."""
        named = [index for index, cell in enumerate(rows[at]) if not cell.merged and quarter_of(cell.text)]
        below = [self._below(rows, at, index) for index in named]
        if len(named) < 2 or None in below:
            return
        found = [
            (rows[at][index].text, rows[at + 1][under or 0].text) for index, under in zip(named, below, strict=True)
        ]
        take_quarters(self._draft, found, place)
        self._used.update((at, index) for index in named)
        self._used.update((at + 1, under or 0) for under in below)

    def _other_source(self, rows: Sequence[Row], at: int, index: int, place: str) -> bool:
        """Money from a source that the form does not have: kept in words, beside the amounts."""
        label = rows[at][index].text
        group = next((group for group in self._draft.spec.amounts if (group.key,) == self._section), None)
        said = label.strip() and len(label) <= _LONGEST_SOURCE and not is_number(label)
        if group is None or not said or self._draft.literal:
            return False
        below = self._below(rows, at, index)
        if below is not None and not rows[at + 1][0].merged and rows[at + 1][0].text.strip():
            below = None  # a row of something else
        beside = index + 1 if index + 1 < len(rows[at]) else None
        for row, place_of in ((at, beside), (at + 1, below)):
            if place_of is None or (row, place_of) in self._used:
                continue
            value = rows[row][place_of]
            if self._is_value(value) and is_number(value.text) and not value.text.strip().endswith(("%", "％")):
                self._used.add((row, place_of))
                return self._draft.put_source(group, label, value.text, place)
        return False

    def _total_beside(self, target: Target, beside: SourceCell | None, index: int, place: str) -> int:
        """A heading of amounts with a number beside it: that is the total."""
        group = next((group for group in self._draft.spec.amounts if (group.key,) == target.path), None)
        if group is None or beside is None or not is_number(beside.text) or not self._is_value(beside):
            return index + 1
        self._draft.put(group.path(group.total.field), group.total.field, beside.text, place)
        return index + 2

    def _loose(self, row: Row, index: int, place: str) -> bool:
        """A text without a label: the unit's line, the purpose under the amounts, ``label：text``; False: none."""
        text = row[index].text
        if not text.strip() or take_line(self._draft, self._words, text, place):
            return True
        purpose = self._draft.spec.path_of(Role.PURPOSE)
        alone = all(cell.merged or not cell.text.strip() for at, cell in enumerate(row) if at != index)
        if alone and is_title(text):
            self._draft.headings.append(text)
            return True
        if purpose and purpose[:1] == self._section and alone and purpose not in self._draft.values:
            one = self._draft.spec.field(purpose)
            if one is not None:
                self._draft.put(purpose, one, text, place)
                return True
        return False


def take_line(draft: RecordDraft, words: Vocabulary, text: str, place: str) -> bool:
    """Takes in a text that says itself what it is: 单位：元, 613001某某局, 项目名称：某某. False for any other."""
    if len(text) <= _LONGEST_LINE and take_amount_unit(draft, text):
        rest = _AMOUNT_UNIT.sub("", "".join(text.split()))
        if rest and not take_line(draft, words, rest, place):
            draft.left(place, rest)
        return True
    if match := _INLINE.fullmatch(text.strip()):
        target = words.target(match[1])
        if target is not None and target.means is LabelMeaning.UNIT:
            take_unit(draft, match[2])
            return True
        if target is not None and target.means is LabelMeaning.GOALS:
            take_goals(draft, target.path[0], match[2], place)
            return True
        if target is not None and target.field is not None:
            draft.put(target.path, target.field, match[2], place, unit=unit_in_brackets(match[1]))
            return True
    if is_unit_line(text) and not draft.unit[0]:
        take_unit(draft, text)
        return True
    return False


def take_amount_unit(draft: RecordDraft | None, text: str) -> bool:
    """Takes in 单位：元 or 单位：万元; False where a text does not say it."""
    match = _AMOUNT_UNIT.search("".join(text.split()))
    if match and draft is not None:
        draft.amount_unit = match[2]
    return match is not None


def take_unit(draft: RecordDraft, text: str) -> None:
    """Takes in the unit: its code and name, or the name alone."""
    code, name = unit_of(text)
    draft.unit = (draft.unit[0] or code, draft.unit[1] or name)


def take_goals(draft: RecordDraft, key: str, text: str, place: str) -> None:
    """Takes in a cell of goals of the group with a key, their numbers taken off."""
    group = draft.spec.group(key)
    column = group.column(Role.TEXT) if group else None
    if group is None or column is None:
        draft.left(place, text)
        return
    several = False
    if len(text) > _LONGEST_GOALS:
        draft.left(place, text[_LONGEST_GOALS:])
        text = text[:_LONGEST_GOALS]
    found: tuple[tuple[str, str], ...] = (("", text),) if text.strip() else ()
    if draft.literal and not group.single:
        found = printed_goals(text)
    elif not group.single:
        found, several = goals_of(text)
    for number, goal in found:
        path = (group.key, f"#{len(draft.rows[group.key])}", column.key)
        row = RowDraft()
        draft.put_cell(group.key, row, column, goal, place)
        if not row.values:
            continue
        draft.add_row(group.key, row, place)
        if number and not draft.literal:
            confidence = Confidence.UNSURE if several else Confidence.LIKELY
            message = _("去掉目标前的编号“{number}”：{text}").format(number=number, text=shown(goal))
            draft.note(place, confidence, message, path)


def is_number(text: str) -> bool:
    """Can a text be an amount or a percentage?"""
    try:
        read_amount(text.strip().rstrip("%％"), "元")
    except AmountError:
        return False
    return True
