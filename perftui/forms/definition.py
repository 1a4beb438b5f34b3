"""What a form definition says: which fields there are, how they are called, checked and printed.

Everything outside this folder speaks of roles and of these records, never of one form's keys.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from perftui.forms.printing import PrintSpec
from perftui.model.document import DEPARTMENT
from perftui.model.record import Path, Plain, Record


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG_TEXT = "longtext"
    CODE = "code"
    CHOICE = "choice"
    DATE = "date"
    AMOUNT = "amount"
    PERCENT = "percent"
    INTEGER = "integer"

    @property
    def is_number(self) -> bool:
        """It holds digits that are counted with."""
        return self in (Kind.AMOUNT, Kind.PERCENT, Kind.INTEGER)


class Role(StrEnum):
    """What a field means, whatever its key in a form."""

    SCHEMA = "schema"
    FORM = "form"
    YEAR = "year"
    DIVISION = "division"
    UNIT_CODE = "unit_code"
    UNIT_NAME = "unit_name"
    DEPARTMENT_NAME = "department_name"
    AMOUNT_UNIT = "amount_unit"
    APPROVED_TOTAL = "approved_total"
    STATUS = "status"
    OVERALL_GOAL = "overall_goal"
    ORDER = "order"
    CODE = "code"
    NAME = "name"
    TITLE = "title"
    ORIGIN = "origin"
    TOTAL = "total"
    PURPOSE = "purpose"
    NOTE = "note"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    DESCRIPTION = "description"
    SIGN = "sign"
    VALUE = "value"
    UNIT = "unit"
    WEIGHT = "weight"
    DIRECTION = "direction"
    BASIS = "basis"
    REMARK = "remark"
    RESPONSIBILITY = "responsibility"
    DUTY_GOAL = "duty_goal"
    PERFORMANCE_GOAL = "performance_goal"
    DUTY_INDICATOR = "duty_indicator"
    STANDARD = "standard"
    TEXT = "text"


class GroupRole(StrEnum):
    """What the rows of a group are."""

    GOALS = "goals"
    INDICATORS = "indicators"
    DUTIES = "duties"
    SAFEGUARDS = "safeguards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form."""

    key: str
    """Its key in the TOML file."""
    label: str
    """What people call it, as on the form."""
    kind: Kind = Kind.TEXT
    role: Role | None = None
    required: bool = False
    width: int = 12
    """Its usual width in a sheet, in cells."""
    limit: int = 2000
    """The most characters it may hold."""
    choices: tuple[str, ...] = ()
    lead: str = ""
    """What is printed before its text."""
    hidden: bool = False
    """Kept by the program, not shown as a field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An amount and the parts that add up to it."""

    field: Field
    parts: tuple["Part", ...] = ()

    def walk(self) -> Iterator["Part"]:
        """This part and all below it, in the form's order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, kw_only=True)
class AmountGroup:
    """A table of amounts: a total that is the sum of a tree of parts, and the fields beside it."""

    key: str
    label: str
    total: Part
    others: tuple[Field, ...] = ()
    """Fields of the same table that are no amounts, such as the purpose."""

    @cached_property
    def amounts(self) -> tuple[Field, ...]:
        """The total, then its parts in the form's order."""
        return tuple(part.field for part in self.total.walk())

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field of the table in the file's order."""
        return self.amounts + self.others

    def path(self, amount: Field) -> Path:
        """The path of one of its fields."""
        return (self.key, amount.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The spending plan: percentages at some points of the year."""

    key: str
    label: str
    points: tuple[Field, ...]
    cumulative: bool = True
    usual: tuple[str, ...] = ()
    """The plan that most projects have, offered all at once."""

    def path(self, point: Field) -> Path:
        """The path of one of its points."""
        return (self.key, point.key)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A kind of rows: goals, indicators, duties, safeguards."""

    key: str
    label: str
    """What one row is called."""
    role: GroupRole
    columns: tuple[Field, ...]
    """Without the place, which every row has."""
    single: bool = False
    """The form prints one text, not a list."""

    def column(self, role: Role) -> Field | None:
        """The column that plays a role."""
        return self._columns.get(role)

    @cached_property
    def _columns(self) -> dict[Role | None, Field]:
        return {column.role: column for column in reversed(self.columns)}

    def key_of(self, role: Role) -> str:
        """The key of the column that plays a role; "" where the form has none."""
        column = self.column(role)
        return "" if column is None else column.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A 一级指标 and the 二级指标 that belong to it."""

    name: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """The two levels above an indicator's name."""

    categories: tuple[Category, ...]
    closed: bool
    """No other words than these are allowed."""

    def classes_of(self, category: str) -> tuple[str, ...]:
        """The classes of a category; none for a word that the form does not know."""
        return next((known.classes for known in self.categories if known.name == category), ())

    def category_of(self, class_name: str) -> str:
        """The category that a class belongs to; "" where the form does not know it."""
        return next((known.name for known in self.categories if class_name in known.classes), "")

    @property
    def skeleton(self) -> tuple[tuple[str, str], ...]:
        """Category and class of each row of an empty table."""
        return tuple((known.name, class_name) for known in self.categories for class_name in known.classes)


_NO_FIELDS: Mapping[str, Field] = {}


@dataclass(frozen=True, kw_only=True)
class RecordSpec:
    """The fields of one kind of file, department or project. What is looked up for every value is put together once."""

    head: tuple[Field, ...]
    amounts: tuple[AmountGroup, ...] = ()
    plan: Plan | None = None
    groups: tuple[Group, ...] = ()

    @cached_property
    def tables(self) -> Mapping[str, tuple[Field, ...]]:
        """The single tables and their fields, in the file's order."""
        found = {group.key: group.fields for group in self.amounts}
        return {**found, self.plan.key: self.plan.points} if self.plan else found

    def group(self, key: str) -> Group | None:
        """The group with a key."""
        return self._groups.get(key)

    def group_of(self, role: GroupRole) -> Group | None:
        """The first group that plays a role."""
        return self._by_role.get(role)

    def path_of(self, role: Role) -> Path | None:
        """The path of the head's or a table's field that plays a role; ``None`` where the form has none."""
        return self._paths.get(role)

    def text_of(self, record: Record, role: Role) -> str:
        """The text of the field that plays a role; "" where it is blank or the form has none."""
        path = self.path_of(role)
        return "" if path is None else record.text(path)

    def with_role(self, record: Record, role: Role, value: Plain | None) -> Record:
        """The record with another value in the field that plays a role; the same where the form has none."""
        path = self.path_of(role)
        return record if path is None else record.with_value(path, value)

    def field(self, path: Path) -> Field | None:
        """The field at a path; ``None`` where the form knows none."""
        section = (len(path), path[0] if len(path) > 1 else "")
        return self.columns.get(section, _NO_FIELDS).get(path[-1]) if path else None

    @cached_property
    def columns(self) -> Mapping[tuple[int, str], Mapping[str, Field]]:
        """The fields by key: of the head under ``(1, "")``, of a table under ``(2, key)``, of a group ``(3, key)``."""
        found = {(1, ""): self.head} | {(2, table): fields for table, fields in self.tables.items()}
        found |= {(3, group.key): group.columns for group in self.groups}
        return {section: {one.key: one for one in fields} for section, fields in found.items()}

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {group.key: group for group in self.groups}

    @cached_property
    def _by_role(self) -> dict[GroupRole, Group]:
        return {group.role: group for group in reversed(self.groups)}

    @cached_property
    def _paths(self) -> dict[Role | None, Path]:
        found: list[tuple[Path, Role | None]] = [((one.key,), one.role) for one in self.head]
        found += [((table, one.key), one.role) for table, fields in self.tables.items() for one in fields]
        return {role: path for path, role in reversed(found)}

    def fields(self, record: Record) -> Iterator[tuple[Path, Field]]:
        """Every visible field of a record with its path, rows included, in the form's order."""
        yield from (((one.key,), one) for one in self.head if not one.hidden)
        for table, fields in self.tables.items():
            yield from (((table, one.key), one) for one in fields if not one.hidden)
        for group in self.groups:
            for row in record.rows(group.key):
                yield from (((group.key, row.id, one.key), one) for one in group.columns)

    def label(self, path: Path) -> str:
        """What people call the field, table or kind of rows at a path; the path itself where the form knows none."""
        one = self.field(path)
        return self._whole.get(".".join(path), ".".join(path)) if one is None else one.label

    @cached_property
    def _whole(self) -> dict[str, str]:
        """The labels of tables and of kinds of rows by their keys."""
        found = {amounts.key: amounts.label for amounts in self.amounts}
        found |= {group.key: group.label for group in self.groups}
        return {**found, self.plan.key: self.plan.label} if self.plan else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form definition."""

    id: str
    title: str
    """What people call the form."""
    amount_unit: str
    """元 or 万元: the unit of screens and print, where the document does not say another."""
    department: RecordSpec
    project: RecordSpec
    taxonomy: Taxonomy
    layout: PrintSpec
    words: Mapping[str, str] = field(default_factory=dict)
    """Other words as this form writes them."""

    def spec_of(self, file: str) -> RecordSpec:
        """The fields of one of the document's files: the department's or a project's."""
        return self.department if file == DEPARTMENT else self.project

    def amount_unit_of(self, department: Record) -> str:
        """The unit that a document's amounts are shown, typed and printed in: 元 or 万元."""
        from perftui.model.money import known_unit  # loads decimals, which the merge driver does without

        return known_unit(self.department.text_of(department, Role.AMOUNT_UNIT).strip(), self.amount_unit)

    def project_title(self, record: Record) -> str:
        """A project's title: its own, else made of its name."""
        own = self.project.text_of(record, Role.TITLE)
        return own or self.layout.title.format(name=self.project.text_of(record, Role.NAME))
