"""What a form definition says of the printed page: tables of fixed cells, tables of rows, and the parts around them."""

from dataclasses import dataclass

from perftui.model.record import FieldPath


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintCell:
    """A cell of a printed table: exactly one of label, field, goals, unit line or amount unit."""

    label: str = ""
    field: FieldPath | None = None
    """The field whose value is printed."""
    goals: str = ""
    """The group whose rows are printed as a numbered list."""
    unit_line: bool = False
    """The unit's code and name."""
    amount_unit: bool = False
    """单位：元."""
    span: int = 1
    """Columns it covers."""
    rows: int = 1
    """Rows it covers."""
    align: str = "center"
    prefix: str = ""
    """Printed before a value that is not blank."""
    suffix: str = ""
    """Printed behind a value that is not blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRow:
    """A row of a printed table."""

    cells: tuple[PrintCell, ...]
    borders: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintTable:
    """A table of the printed project: fixed rows, or a header and one row a row of a group."""

    widths: tuple[int, ...]
    """Column widths in mm."""
    rows: tuple[PrintRow, ...] = ()
    group: str = ""
    """The group whose rows it lists under a header of the columns' labels."""
    columns: tuple[str, ...] = ()
    """The keys of the listed columns."""
    merged: tuple[str, ...] = ()
    """The columns whose equal neighbours are merged vertically."""
    left: tuple[str, ...] = ()
    """The columns whose text stands at the left."""
    when: FieldPath | None = None
    """It is printed only where this field or group has something in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintBlock:
    """A piece of part one: a heading, and a text or the rows of a group below it."""

    heading: str
    field: FieldPath | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSpec:
    """The printed document's parts in order."""

    cover: tuple[str, ...]
    """The lines of the cover; ``{unit}`` and ``{year}`` are filled in."""
    contents: str
    """The heading of the contents."""
    department_part: str
    """The heading of part one; "" where the form has none."""
    department: tuple[PrintBlock, ...]
    department_tables: tuple[PrintTable, ...]
    """The tables of part one, behind its blocks."""
    project_part: str
    """The heading of part two."""
    title: str
    """The title of a project that was given none; ``{name}`` is filled in."""
    tables: tuple[PrintTable, ...]
    landscape: bool = False
