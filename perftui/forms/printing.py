"""What a form definition says of the printed page: tables of fixed cells, tables of rows, and the parts around them."""

from perftui.model.frozen import frozen
from perftui.model.record import FieldPath


@frozen
class PrintCell:
    """A cell of a printed table: exactly one of label, text, field, goals, unit line or amount unit."""

    label: str = ""
    text: str = ""
    """Fixed sentences, or the lines of a box to sign; ``{unit}`` and ``{year}`` are filled in."""
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


@frozen
class PrintRow:
    """A row of a printed table."""

    cells: tuple[PrintCell, ...]
    borders: bool = True
    height: int = 0
    """At least this high, in mm; 0: as high as its text."""


_PARTED = ":"


@frozen
class PrintColumn:
    """A column of a printed list."""

    name: str
    """As the definition names it: ``value``, ``value:unit`` for a part of it, ``funds.total`` in a list of projects."""
    label: str
    """Over the column."""

    @property
    def key(self) -> str:
        """The field that stands in it."""
        return self.name.partition(_PARTED)[0]

    @property
    def part(self) -> str:
        """What of the field stands in it: ``sign``, ``number`` or ``unit``; "" for all."""
        return self.name.partition(_PARTED)[2]


@frozen
class PrintHead:
    """A cell of a header's upper line, over some neighbouring columns."""

    label: str
    columns: tuple[str, ...]
    """Their names."""


@frozen
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
    title: str = ""
    """A row over the header of a list, across all columns."""
    heads: tuple[PrintHead, ...] = ()
    """The upper line of a header of two lines."""
    labels: tuple[tuple[str, str], ...] = ()
    """Columns by name that the header calls otherwise than the field is called."""
    joined: tuple[tuple[str, str], ...] = ()
    """Columns that other columns' texts are printed in too, with the pattern: ``{sign}{value}({unit})``."""
    projects: bool = False
    """It lists all projects of the unit: a row each, or a row for each row of their group."""
    when: FieldPath | None = None
    """It is printed only where this field or group has something in it."""
    adjoins: bool = False
    """It stands right under the table before it: the two look like one."""


@frozen
class PrintBlock:
    """A piece of part one: a heading, and a text or the rows of a group below it."""

    heading: str
    field: FieldPath | None = None
    group: str = ""


@frozen
class PrintSpec:
    """The printed document's parts in order."""

    cover: tuple[str, ...]
    """The lines of the cover; ``{unit}`` and ``{year}`` are filled in. None: the document has no cover."""
    contents: str
    """The heading of the contents; "" where there are none."""
    department_part: str
    """The heading of part one; "" where the form has none."""
    department: tuple[PrintBlock, ...]
    department_tables: tuple[PrintTable, ...]
    """The tables of part one, behind its blocks."""
    project_part: str
    """The heading of part two; "" where it has none."""
    title: str
    """The title of a project that was given none; ``{name}`` is filled in."""
    tables: tuple[PrintTable, ...]
    landscape: bool = False
    """The pages lie on their long side."""

    @property
    def lists_projects(self) -> PrintTable | None:
        """The table in which projects stand that have no tables of their own."""
        listed = (table for table in self.department_tables if table.projects)
        return None if self.tables else next(listed, None)
