"""A blank form as the importer sees it: where each value of each of its projects goes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from perftui.exchange.filling.place import Place
from perftui.exchange.filling.row_columns import RowColumns
from perftui.forms import Role
from perftui.model.record import FieldPath

MARK = re.compile("[1-9][0-9]{4}")
"""What stands in each blank cell while the importer is asked what it is."""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a field is written."""

    place: Place
    unit: Decimal = Decimal(1)
    """So many 元 are one of the form's unit."""
    boxes: tuple[tuple[str, Place], ...] = ()
    """The words of which one is ticked, and the boxes at them."""


@dataclass(frozen=True, slots=True)
class RowSlot:
    """A row of the form that an indicator fits into."""

    texts: Mapping[str, str]
    """By the column's key what would be read: a mark for each blank cell, the rest is printed there."""
    cells: Mapping[str, tuple[Place, Role | None]]
    """The cell of each mark, and what its column is."""

    @property
    def row(self) -> tuple[int, int]:
        """Its table and row."""
        return next(iter(self.cells.values()))[0][:2]

    def printed(self, key: str) -> str:
        """What the form prints in a column; "" where something may be written."""
        text = self.texts.get(key, "")
        return "" if any(mark in self.cells for mark in MARK.findall(text)) else text


@dataclass(slots=True)
class ProjectPlaces:
    """Where one project goes."""

    fields: dict[FieldPath, FieldPlace] = field(default_factory=dict)
    goals: dict[str, list[Place]] = field(default_factory=dict)
    """By their group."""
    printed: dict[FieldPath, str] = field(default_factory=dict)
    """What the form says itself, which is no blank."""
    printed_goals: list[str] = field(default_factory=list)
    numbers_goals: bool = False
    """Goals stand behind numbers alone, 1., 2., and not behind 目标1：."""
    slots: list[RowSlot] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        """All of its cells."""
        goals = [place for places in self.goals.values() for place in places]
        rows = [place for slot in self.slots for place, _role in slot.cells.values()]
        return [*(one.place for one in self.fields.values()), *goals, *rows]

    @property
    def rows(self) -> set[tuple[int, int]]:
        """The rows of tables that it stands in."""
        return {place[:2] for place in self.places if place.table}


@dataclass(frozen=True, slots=True)
class FormPlaces:
    """A blank form as the importer sees it."""

    projects: tuple[ProjectPlaces, ...]
    owner: Mapping[Place, str]
    """What is written of whose form it is: the unit, the year."""
    unit: str
    columns: RowColumns
    blank: Mapping[Place, str]
    """The blank cells of which the form asks something, and the nearest text before each."""
    is_list: bool
    """Projects are rows of one table."""

    def own_cells(self, table: int, row: int) -> frozenset[int]:
        """The numbers of the cells that an indicator has in a row."""
        slots = [slot for one in self.projects for slot in one.slots if slot.cells and slot.row == (table, row)]
        return frozenset(place.cell for slot in slots for place, _role in slot.cells.values())

    def names_all(self, key: str) -> bool:
        """Does it print all of its indicators (``key``: their name's), as a sheet that a system gave out?"""
        slots = [slot for one in self.projects for slot in one.slots]
        return bool(slots) and all(slot.printed(key) for slot in slots)

    def size(self) -> int:
        """How many blank cells have a meaning."""
        return sum(len(one.places) for one in self.projects)
