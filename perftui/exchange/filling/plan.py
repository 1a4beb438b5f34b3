"""What is written into which cell of a blank form, and what it has no place for."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from perftui.exchange.filling.form_places import FieldPlace, FormPlaces, ProjectPlaces, RowSlot
from perftui.exchange.filling.gaps import TICK
from perftui.exchange.filling.place import Place
from perftui.exchange.importer.tick_boxes import fitting
from perftui.forms import Field, Form, Group, GroupRole, Kind, Role
from perftui.model.record import FieldPath, Record, Row

OWNER: FieldPath = ("owner",)
"""The unit and the year, as one thing that is written or not."""
_SIGN = "[≥≤<>=＝＞＜]*"
_PATTERNS = {Role.SIGN: _SIGN, Role.UNIT: r"[^0-9.,≥≤<>=]*"}
_OURS = (Role.TITLE, Role.ORDER)
"""What a project is printed by, and no office's form asks for."""
_NUMBER, _WORDS = r"[0-9.,]+", r"[^0-9.,≥≤<>=＝＞＜]+"
"""How the parts of a value look where each has a column."""
_PLAIN_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}|(?:0|[1-9][0-9]{0,9})\.[0-9]{0,4}[1-9]")


@dataclass(frozen=True, slots=True)
class PlannedText:
    """What is written into a cell."""

    text: str
    number: bool = False
    """It is an amount, or a value whose unit stands beside it."""


@dataclass(frozen=True, slots=True)
class UnplacedValue:
    """A value without a place."""

    project: int
    label: str
    text: str


@dataclass(slots=True)
class ProjectPlan:
    """One project on its way into the form, and what must be read back of it."""

    fields: dict[FieldPath, str] = field(default_factory=dict)
    goals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: list[Mapping[str, str]] = field(default_factory=list)
    """The placed rows, with the columns that have a place."""


@dataclass(slots=True)
class FillPlan:
    """Everything that is written."""

    cells: dict[Place, PlannedText] = field(default_factory=dict)
    owner: dict[Place, str] = field(default_factory=dict)
    """Those of ``cells`` that say whose form it is."""
    projects: list[ProjectPlan] = field(default_factory=list)
    missing: list[UnplacedValue] = field(default_factory=list)
    more_rows: list[tuple[int, int]] = field(default_factory=list)
    """Rows of the form that must be there once more: table and row, as often as needed."""


def plan_of(
    records: Sequence[Record], places: FormPlaces, form: Form, without: Set[FieldPath] = frozenset()
) -> FillPlan:
    """The plan for some projects, of which the form has a place for each.

    ``without``: fields, groups of goals, columns (group and key) and rows (also their name) that are not written.
    """
    plan = FillPlan()
    if OWNER not in without:
        plan.owner.update(places.owner)
    for at, (record, found) in enumerate(zip(records, places.projects, strict=False)):
        _Project(plan, at, record, found, form, without).fill()
        if OWNER not in without and places.is_list and (unit := places.columns.units.get(min(found.rows))):
            plan.owner.setdefault(unit.place, places.unit)
    written = {place: PlannedText(text) for place, text in plan.owner.items() if text}
    plan.cells = {**written, **plan.cells}
    _number(plan, places, len(records))
    return plan


def _number(plan: FillPlan, places: FormPlaces, count: int) -> None:
    """Counts the projects of a list, or the indicators of each project, where 序号 is blank in their rows.

    The number that a form prints stays, but in the rows that were put into it as copies of another.
    """
    filled = {place[:2] for place in plan.cells}
    projects = places.projects[:count]
    counted = [[min(one.rows) for one in projects if one.rows]] if places.is_list else [
        sorted({slot.row for slot in one.slots if slot.cells} & filled) for one in projects]  # fmt: skip
    for rows in counted:
        above = ""
        for number, row in enumerate(rows, 1):
            cell = places.columns.numbers.get(row)
            printed = cell.text.strip(" .…") if cell else ""
            if cell and (not printed or printed == above):
                plan.cells[cell.place] = PlannedText(str(number), number=True)
            above = printed


class _Project:
    """One project of the plan."""

    def __init__(
        self, plan: FillPlan, at: int, record: Record, places: ProjectPlaces, form: Form, without: Set[FieldPath]
    ) -> None:
        self._plan, self._at, self._record, self._places, self._form = plan, at, record, places, form
        self._without = without
        self._made = ProjectPlan()

    def fill(self) -> None:
        """Put everything in its place."""
        self._plan.projects.append(self._made)
        self._fields()
        for group in self._form.project.groups:
            if group.role is GroupRole.GOALS:
                self._goals(group)
            elif group.role is GroupRole.INDICATORS:
                self._rows(group)
            else:
                rows = (row for row in self._record.rows(group.key) if not row.is_blank)
                self._plan.missing += [UnplacedValue(self._at, group.label, _row_text(group, row)) for row in rows]

    def _fields(self) -> None:
        spec = self._form.project
        for path in self._record.paths():
            one, text = spec.field(path), self._record.text(path)
            if one is None or not text or one.role in _OURS or path[0] in self._record.groups:
                continue
            if self._places.printed.get(path) == text:
                continue
            place = None if path in self._without else self._places.fields.get(path)
            written = self._written(place, one, text) if place else None
            if written is None:
                self._plan.missing.append(UnplacedValue(self._at, one.label, text))
                continue
            self._plan.cells[written[0]] = written[1]
            self._made.fields[path] = text

    def _written(self, found: FieldPlace, one: Field, text: str) -> tuple[Place, PlannedText] | None:
        """What is written where for a field; ``None`` where none of the boxes there has its word."""
        if found.boxes:
            boxes = dict(found.boxes)
            box = boxes.get(fitting(boxes, text))
            return (box, PlannedText(TICK)) if box else None
        money = one.kind is Kind.AMOUNT
        shown = f"{(Decimal(text) / found.unit).normalize():f}" if money else text
        return found.place, PlannedText(shown, number=money)

    def _goals(self, group: Group) -> None:
        found = (row.text(group.key_of(Role.TEXT)) for row in self._record.rows(group.key))
        texts = [text for text in found if text and text not in self._places.printed_goals]
        cells = [] if (group.key,) in self._without else self._places.goals.get(group.key, [])
        if not cells:
            self._plan.missing += [UnplacedValue(self._at, group.label, text) for text in texts]
            return
        if len(texts) > len(cells):
            numbered = len(cells) > 1 and cells[-1].gap >= 0
            begun, rest = texts[: len(cells) - 1], texts[len(cells) - 1 :]
            texts_of_cells = [*begun, self._counted_on(rest, len(cells)) if numbered else _listed(rest)]
        else:
            texts_of_cells = texts
        self._plan.cells.update(
            {cell: PlannedText(text) for cell, text in zip(cells, texts_of_cells, strict=False)})  # fmt: skip
        self._made.goals[group.key] = tuple(texts)

    def _counted_on(self, texts: Sequence[str], first: int) -> str:
        """Goals behind a printed 目标3： or 3., which is the number of the ``first``."""
        lead = "{}. " if self._places.numbers_goals else "目标{}："
        first_text, *others = texts
        return "\n".join([first_text, *(lead.format(at) + text for at, text in enumerate(others, first + 1))])

    # ---- rows

    def _rows(self, group: Group) -> None:
        free = list(self._places.slots)
        rows = [row for row in self._record.rows(group.key) if not row.is_blank]
        name = group.key_of(Role.NAME)
        for row in sorted(rows, key=lambda row: not any(slot.printed(name) == row.text(name) for slot in free)):
            said = self._said(group, row)
            fitting = [slot for slot in free if _fits(said, slot)]
            if (group.key, name, row.text(name)) in self._without:
                self._plan.missing.append(UnplacedValue(self._at, group.label, _row_text(group, row)))
            elif fitting:
                slot = max(fitting, key=lambda one: _printed(one))
                free = [one for one in free if one is not slot]
                self._put(group, row, slot)
            else:
                self._add(group, row, name)

    def _said(self, group: Group, row: Row) -> dict[str, str]:
        """What an indicator says by its columns, its levels as the form prints them.

        The form may say more: 社会公众或服务对象满意度指标 is where 满意度指标 goes. Of several nobody knows which.
        """
        said = {column.key: row.text(column.key) for column in group.columns}
        for key in (group.key_of(Role.LEVEL1), group.key_of(Role.LEVEL2)):
            printed = {slot.printed(key) for slot in self._places.slots}
            longer = [text for text in printed if said.get(key) and text.endswith(said[key])]
            if len(longer) == 1:
                said[key] = longer[0]
        return said

    def _add(self, group: Group, row: Row, name: str) -> None:
        unnamed = (slot for slot in self._places.slots if slot.cells and not slot.printed(name))
        said = self._said(group, row)
        fitting = [slot for slot in unnamed if _fits(said, slot)]
        if fitting:
            most = max(map(_printed, fitting))
            self._plan.more_rows.append([slot for slot in fitting if _printed(slot) == most][-1].row)
        else:
            self._plan.missing.append(UnplacedValue(self._at, group.label, _row_text(group, row)))

    def _put(self, group: Group, row: Row, slot: RowSlot) -> None:
        name, value = group.key_of(Role.NAME), group.key_of(Role.VALUE)
        parts = {column.key: self._parts(group, column.key, row, slot) for column in group.columns}
        joined = bool(row.text(value) and parts[name]) and value not in slot.texts
        if joined:  # no column for values: 造林面积≥6200亩 as people write it
            parts[name] = dict(_parts(slot, slot.texts[name], row.text(name) + row.text(value)))
        elif row.text(value) and parts[name] and not parts[value] and not slot.printed(value):
            self._plan.missing.append(UnplacedValue(self._at, group.label, _row_text(group, row)))
            return
        placed: dict[str, str] = {}
        for column in (one for one in group.columns if row.text(one.key)):
            text, template, written = row.text(column.key), slot.texts.get(column.key, ""), parts[column.key]
            if written:
                apart = len(written) > 1 or not template.endswith(tuple(written))
                for mark, part in written.items():
                    place, role = slot.cells[mark]
                    number = apart and role is Role.VALUE and _PLAIN_NUMBER.fullmatch(part) is not None
                    self._plan.cells[place] = PlannedText(part, number=number)
            if written or slot.printed(column.key) or (joined and column.key == value):
                placed[column.key] = slot.printed(column.key) or text
            else:
                self._plan.missing.append(UnplacedValue(self._at, column.label, text))
        self._made.rows.append(placed)

    def _parts(self, group: Group, key: str, row: Row, slot: RowSlot) -> dict[str, str]:
        """What is written of a column, by its marks."""
        template = "" if (group.key, key) in self._without else slot.texts.get(key, "")
        return dict(_parts(slot, template, row.text(key))) if row.text(key) else {}


def _fits(said: Mapping[str, str], slot: RowSlot) -> bool:
    """Does all that the form prints in a row say what the indicator says?"""
    return all(said.get(key, "") == text for key in slot.texts if (text := slot.printed(key)))


def _printed(slot: RowSlot) -> int:
    return sum(1 for key in slot.texts if slot.printed(key))


def _parts(slot: RowSlot, template: str, text: str) -> Iterator[tuple[str, str]]:
    """The part of a text for each mark of what is read as that text: ``≥``, ``95`` and ``%``; a value by grades."""
    marks = [mark for mark in re.findall("[1-9][0-9]{4}", template) if mark in slot.cells]
    if not marks:
        return
    pieces = re.split("|".join(marks), template)
    roles = [slot.cells[mark][1] for mark in marks]
    has_unit = Role.UNIT in roles or bool(pieces[-1])
    number = f"(?:{_NUMBER}|{_WORDS})" if Role.SIGN in roles else _SIGN + _NUMBER
    patterns = [number if has_unit and role is Role.VALUE else _PATTERNS.get(role, ".*") if role else ".*"
                for role in (roles if len(marks) > 1 else [None])]  # fmt: skip
    pattern = re.escape(pieces[0]) + "".join(
        f"({one}){re.escape(piece)}" for one, piece in zip(patterns, pieces[1:], strict=True)
    )
    found = re.fullmatch(pattern, text, re.S)
    if found is None and any(pieces):
        return  # what is printed around it, such as another unit, would make something else of it
    if found is None:
        yield marks[-1] if len(marks) == 1 else _value_mark(slot, marks), text
        return
    yield from ((mark, part) for mark, part in zip(marks, found.groups(), strict=True) if part)


def _value_mark(slot: RowSlot, marks: Sequence[str]) -> str:
    return next((mark for mark in marks if slot.cells[mark][1] is Role.VALUE), marks[0])


def _listed(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def _row_text(group: Group, row: Row) -> str:
    return " ".join(text for column in group.columns if (text := row.text(column.key)))
