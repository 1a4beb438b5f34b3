"""Reads the head of a project's table: labels with their values beside or below them."""

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from perftui.exchange.importer.composed_labels import amount_label, goal_scope, is_fiscal_part, is_made_of_money
from perftui.exchange.importer.glued_cells import cut_apart
from perftui.exchange.importer.goal_texts import goals_of, printed_goals
from perftui.exchange.importer.grid_labels import GridLabels
from perftui.exchange.importer.grid_titles import Cell, LabelPlace, Row
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.labels import (
    MONEY_UNIT,
    is_unit_line,
    names_person,
    printed_unit_of,
    unit_in_brackets,
    unit_of,
)
from perftui.exchange.importer.numbers import is_number
from perftui.exchange.importer.quarters import quarter_of, take_quarters
from perftui.exchange.importer.record_draft import RecordDraft, RowDraft
from perftui.exchange.importer.report import in_table, shown
from perftui.exchange.importer.sentences import take_sentences
from perftui.exchange.importer.source import SourceDocument, SourceParagraph, SourceTable
from perftui.exchange.importer.title import is_title
from perftui.exchange.importer.vocabulary import LabelMeaning, Target, Vocabulary
from perftui.exchange.importer.years import year_alone, year_in
from perftui.forms import GroupRole, Role
from perftui.locale import _
from perftui.model.record import FieldPath

_AMOUNT_UNIT = re.compile(
    rf"(?:金额)?单位(?:[:：]|[均皆]?为|是)?(?:人民币|RMB|ＲＭＢ|CNY)?[（(]?({MONEY_UNIT})([/／或、]{MONEY_UNIT})?"
    rf"|^(?:金额[:：]|[（(])(?:人民币)?({MONEY_UNIT})[)）]?$"
)
_INLINE = re.compile(r"\s*([^:：\n]{2,20})[:：]\s*(.+)", re.S)
_NEXT_LABEL = re.compile(r"(?:\s{2,}|[\t\u3000\n])\s*(?=[^\s:：]{2,20}[:：])")
_AMONG = re.compile(r"其中\s*[:：]\s*(?=[^\s:：]{2,20}[:：])")
_LABELLED = re.compile(r"[^:：\n]{2,20}[:：]")

_NOTE = re.compile(r"\s*(?:注|备注|说明)\s*[0-9]?\s*[:：.、]")
_FOOT = 3  # rows of a table that may be notes
_LONGEST_LINE = 100  # characters; a longer cell is no line about the unit of amounts
_LONGEST_GOALS = 100_000  # characters of one cell; the rest is told as left out


class TableHead:
    """The rows of one table that hold labels and values."""

    def __init__(self, draft: RecordDraft, words: Vocabulary, table: int, *, merges_known: bool) -> None:
        self._draft = draft
        self._words = words
        self._table = table
        self._merges_known = merges_known
        self._section: FieldPath = ()
        self._other_kinds = False
        """The state pays from more than 一般公共预算."""

    def read(self, rows: Sequence[Row], first: int) -> None:
        """Takes in rows that follow one another; ``first`` is the number of the first in the table, from 0."""
        if not rows:
            return
        rows = rows if self._draft.literal else cut_apart(self._words, rows)
        year = self._draft.year or self._draft.year_near
        labels = GridLabels(self._words, rows, merges_known=self._merges_known, literal=self._draft.literal, year=year)
        used = set() if self._draft.literal else self._told_rows(rows, labels, first)
        self._other_kinds = not self._draft.literal and labels.has_other_kinds()
        spots: dict[Cell, list[LabelPlace]] = {}
        for spot in labels.parts_told(labels.find()):
            spots.setdefault(spot.label, []).append(spot)
        values = {spot.value for found in spots.values() for spot in found if spot.value is not None}
        for at, row in enumerate(rows):
            if at not in used:
                self._row(rows, at, row, spots, values | labels.used, in_table(self._table, first + at))

    def _told_rows(self, rows: Sequence[Row], labels: GridLabels, first: int) -> set[int]:
        """Takes in rows of sentences and plans by quarters, which have no labels of their own."""
        used = set()
        for at, row in enumerate(rows):
            place = in_table(self._table, first + at)
            if take_sentences(self._draft, [cell.text for cell in row if cell.text.strip()], place):
                used.add(at)
            else:
                self._quarters(rows, at, labels, place)
        return used

    def _row(
        self, rows: Sequence[Row], at: int, row: Row, spots: Mapping[Cell, list[LabelPlace]], done: Set[Cell],
        place: str,
    ) -> None:  # fmt: skip
        if not row[0].merged and row[0].text.strip():
            self._section = ()
        if not self._draft.literal:
            self._money_unit(at, row, spots, done)
        unknown: list[str] = []
        for index, cell in enumerate(row):
            found = spots.get(Cell(at, index))
            if found:
                for spot in found:
                    self._take(rows, spot, place)
            elif Cell(at, index) not in done and not cell.merged and not self._loose(row, index, place):
                unknown.append(" ".join(cell.text.split()))
        if unknown:
            self._draft.left(place, " | ".join(unknown))

    def _money_unit(self, at: int, row: Row, spots: Mapping[Cell, list[LabelPlace]], done: Set[Cell]) -> None:
        """The unit of money as the labels of a row say it: what comes after has it too, until another is said."""
        for index, cell in enumerate(row):
            unit = "" if cell.merged else unit_in_brackets(cell.text)
            labels = (spot.target for spot in spots.get(Cell(at, index), ()))
            if unit and (
                not index or Cell(at, index) in done or any(self._words.is_amount(one.path) for one in labels)
            ):
                self._draft.amount_unit = unit
                return

    def _take(self, rows: Sequence[Row], spot: LabelPlace, place: str) -> None:
        """Takes in what a label announces."""
        self._draft.announced.add(spot.target.path)
        target, label = spot.target, rows[spot.label.row][spot.label.place].text
        unit = unit_in_brackets(spot.title) or unit_in_brackets(label)
        text = "" if spot.value is None else rows[spot.value.row][spot.value.place].text
        if target.means is LabelMeaning.SECTION:
            self._section = target.path
            self._draft.amount_unit = unit or self._draft.amount_unit
            group = next((group for group in self._draft.spec.amounts if (group.key,) == target.path), None)
            if group is not None and spot.value is not None:
                self._draft.put(group.path(group.total.field), group.total.field, text, place)
        elif spot.value is None:
            return
        elif target.means is LabelMeaning.UNIT and not take_amount_unit(self._draft, f"单位：{text}"):
            take_unit(self._draft, text, place)
        elif target.means is LabelMeaning.YEAR:
            take_year(self._draft, label, text, place)
        elif target.means is LabelMeaning.UNIT:
            return
        elif not self._words.holds(target, spot.scope):
            self._leave(spot.title if target.means is LabelMeaning.GOALS and spot.title else label, spot, text, place)
        else:
            if target.means is LabelMeaning.GOALS and spot.title:
                message = _("“{title}”下面的文字作为绩效目标").format(title=shown(spot.title))
                self._draft.note(place, Confidence.LIKELY, message, text=spot.title)
            self._put(target, label, text, place, unit)

    def _put(self, target: Target, label: str, text: str, place: str, unit: str) -> None:
        if target.means is LabelMeaning.GOALS:
            take_goals(self._draft, text, place, target.path[0])
        elif target.means is LabelMeaning.PERSON:
            self._draft.withhold(place, f"{_bare(label)}：{text}" if text.strip() else "")
        elif target.means is LabelMeaning.SOURCE:
            group = next((group for group in self._draft.spec.amounts if group.key == target.path[0]), None)
            if text.strip() and (group is None or not self._draft.put_source(group, label, text, place)):
                self._draft.left(place, f"{_bare(label)}：{text}")
        elif target.means is LabelMeaning.ASIDE:
            if text.strip():
                self._draft.left(place, f"{_bare(label)}：{text}")
        elif target.field is not None:
            self._draft.put(target.path, target.field, text, place, unit=unit)
            if self._other_kinds and not target.exact and is_fiscal_part(label) and text.strip():
                message = _("“{label}”读自“{title}”，另有政府性基金等财政资金，请核对").format(
                    label=target.field.label, title=shown(_bare(label)))  # fmt: skip
                self._draft.note(place, Confidence.UNSURE, message, target.path)

    def _leave(self, label: str, spot: LabelPlace, text: str, place: str) -> None:
        """A value that is not this year's plan."""
        if text.strip():
            title = f"（{_bare(spot.title)}）" if spot.title and spot.title != label else ""
            self._draft.left(place, f"{_bare(label)}{title}：{text}")

    def _quarters(self, rows: Sequence[Row], at: int, labels: GridLabels, place: str) -> None:
        """A plan by quarters, with the shares below, in a row that has no other labels of them."""
        named = [index for index, cell in enumerate(rows[at]) if not cell.merged and quarter_of(cell.text)]
        below = [cell for index in named if (cell := labels.below(at, index)) is not None]
        if len(named) < 2 or len(below) < len(named):
            return
        found = [
            (rows[at][index].text, rows[cell.row][cell.place].text) for index, cell in zip(named, below, strict=True)
        ]
        take_quarters(self._draft, found, place)
        labels.used.update(Cell(at, index) for index in named)
        labels.used.update(below)

    def _loose(self, row: Row, index: int, place: str) -> bool:
        """A text without a label: the unit's line, the purpose under the amounts, ``label：text``; False: none."""
        text = row[index].text
        beside = [cell.text for at, cell in enumerate(row) if at != index and not cell.merged and cell.text.strip()]
        alone = not beside
        lines = all(take_amount_unit(None, one) or unit_named(self._words, one) for one in beside)
        if not lines and not self._draft.literal and year_alone(text):
            return False  # a column's title, or a value
        if not text.strip() or take_line(self._draft, self._words, text, place):
            return True
        purpose = self._draft.spec.path_of(Role.PURPOSE)
        if alone and is_title(text):
            self._draft.headings.append(text)
            return True
        money = not self._draft.literal and is_made_of_money(text)
        if purpose and purpose[:1] == self._section and alone and not money and purpose not in self._draft.values:
            one = self._draft.spec.field(purpose)
            if one is not None:
                self._draft.put(purpose, one, text, place)
                return True
        return False


def _bare(label: str) -> str:
    return " ".join(label.split()).rstrip(":：")


def take_line(draft: RecordDraft, words: Vocabulary, text: str, place: str) -> bool:
    """Takes in a text that says itself what it is: 单位：元, 613001某某局, 项目名称：某某. False for any other."""
    pieces = [] if draft.literal or len(text) > _LONGEST_LINE else labelled_pieces(words, text)
    if len(pieces) > 1 and any(words.target(piece) for piece, _colon, _text in map(_parted, pieces)):
        for piece in pieces:
            if _parted(piece)[2].strip() and not take_line(draft, words, piece, place):
                draft.left(place, piece)
        return True
    if len(text) <= _LONGEST_LINE and take_amount_unit(draft, text):
        rest = _AMOUNT_UNIT.sub("", "".join(text.split()))
        if rest.strip("（）()[]【】") and not take_line(draft, words, rest, place):
            draft.left(place, rest)
        return True
    if not draft.literal and (year := year_alone(text)):
        draft.year = draft.year or year
        return True
    if not draft.literal and names_person(text):
        draft.withhold(place, text)
        return True
    if (match := _INLINE.fullmatch(text.strip())) and take_labelled(draft, words, match[1], match[2], place):
        return True
    if is_unit_line(text) and not draft.unit[0]:
        take_unit(draft, text, place)
        return True
    return False


def labelled_pieces(words: Vocabulary, text: str) -> list[str]:
    """A line cut before each label in it: 项目名称：某某　　主管部门：某局. One blank cuts before a known one."""
    cuts = [0]
    for match in _NEXT_LABEL.finditer(text := text.strip()):
        label = _LABELLED.match(text, match.end())
        if len(match[0]) > 1 or match[0] == "\n" or (label and _is_label(words, label[0][:-1])):
            cuts.append(match.end())
    pieces = [_AMONG.sub("", text[start:end].strip()) for start, end in pairwise([*cuts, len(text)])]
    return pieces if all(_LABELLED.match(piece) for piece in pieces) else [text]


def _is_label(words: Vocabulary, text: str) -> bool:
    return words.target(text) is not None or amount_label(text) is not None or goal_scope(text) is not None


def _parted(piece: str) -> tuple[str, str, str]:
    return piece.replace(":", "：", 1).partition("：")


def take_labelled(draft: RecordDraft, words: Vocabulary, label: str, text: str, place: str) -> bool:
    """Takes in a label and the text behind its colon; False where the label says nothing that is known."""
    target = words.target(label)
    if target is None and not draft.literal:
        said = amount_label(label) if is_number(text) else None
        scope = goal_scope(label)
        target = words.amount(said.source, said.scope) if said else words.goals(scope) if scope else None
    if target is None:
        return False
    if target.means is LabelMeaning.UNIT:
        take_unit(draft, text, place)
    elif target.means is LabelMeaning.YEAR:
        take_year(draft, label, text, place)
    elif target.means is LabelMeaning.GOALS:
        take_goals(draft, text, place, target.path[0])
    elif target.means is LabelMeaning.PERSON and not draft.literal:
        draft.withhold(place, f"{label}：{text}")
    elif target.field is not None:
        draft.put(target.path, target.field, text, place, unit=unit_in_brackets(label))
    else:
        return False
    return True


def take_year(draft: RecordDraft, label: str, text: str, place: str) -> None:
    """Takes in the budget's year."""
    year = year_in(text) or year_in(f"{text.strip()}年")
    draft.year = draft.year or year
    if text.strip() and (not year or year != draft.year or len("".join(text.split())) > len("2022年度")):
        draft.left(place, f"{_bare(label)}：{text}")


def unit_named(words: Vocabulary, text: str) -> str:
    """The unit that a line over a table names: 填报单位：…; "" for any other."""
    match = _INLINE.match(labelled_pieces(words, text)[0].strip())
    target = words.target(match[1]) if match else None
    return unit_of(match[2])[1] if match and target is not None and target.means is LabelMeaning.UNIT else ""


def take_amount_unit(draft: RecordDraft | None, text: str) -> bool:
    """Takes in 单位：元 or 单位：万元, whatever the unit of money; False where a text does not say it."""
    match = _AMOUNT_UNIT.search("".join(text.split()))
    if match and draft is not None:
        draft.amount_unit = _unit_said(match)
    return match is not None


def _unit_said(match: re.Match[str]) -> str:
    """The unit of a line; "" for 元/万元: then each cell says its own, or is doubted."""
    return "" if match[2] else match[1] or match[3]


def units_below(content: SourceDocument) -> dict[int, str]:
    """The units of money that notes under tables say, by the tables' numbers: 注：本表金额单位为元."""
    found: dict[int, str] = {}
    table = 0
    for block in content.blocks:
        said = []
        if isinstance(block, SourceTable):
            table = block.number
            said = [cell.text for row in block.rows[-_FOOT:] for cell in row if not cell.merged]
        elif isinstance(block, SourceParagraph):
            said = [block.text]
        notes = ("".join(text.split()) for text in said if _NOTE.match(text) and len(text) <= _LONGEST_LINE)
        for match in filter(None, map(_AMOUNT_UNIT.search, notes)):
            found.setdefault(table, _unit_said(match))
    return found


def take_unit(draft: RecordDraft, text: str, place: str = "") -> None:
    """Takes in the unit: its code and name, or the name alone; another than the one that is known is reported."""
    code, name = printed_unit_of(text, draft.titled_unit) if draft.literal else unit_of(text)
    known_code, known_name = draft.unit
    draft.unit = (known_code or code, known_name or name)
    if not draft.literal and ((code and draft.unit[0] != code) or (name and draft.unit[1] != name)):
        draft.left(place, text)


def take_goals(draft: RecordDraft, text: str, place: str, key: str = "") -> None:
    """Takes in a cell of goals, their numbers taken off; ``key`` of their group, where there are several.

    A number alone is hardly a goal, whatever the title over it: it is marked.
    """
    group = draft.spec.group(key) if key else draft.spec.group_of(GroupRole.GOALS)
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
        if is_number(goal) and not draft.literal:
            message = _("“{label}”只有数字，请核对：{text}").format(label=column.label, text=shown(goal))
            draft.note(place, Confidence.UNSURE, message, path)
        if number and not draft.literal:
            confidence = Confidence.UNSURE if several else Confidence.LIKELY
            message = _("去掉目标前的编号“{number}”：{text}").format(number=number, text=shown(goal))
            draft.note(place, confidence, message, path)
