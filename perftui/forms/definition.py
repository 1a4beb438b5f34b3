"""What a form definition says: which fields there are, how they are called, checked and printed.

Everything outside this folder speaks of roles and of these records, never of one form's keys.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from perftui.forms.fields import Field, Role
from perftui.forms.printing import PrintSpec
from perftui.model.document import DEPARTMENT
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Plain, Record


class GroupRole(StrEnum):
    """What the rows of a group are."""

    GOALS = "goals"
    INDICATORS = "indicators"
    DUTIES = "duties"
    SAFEGUARDS = "safeguards"
    ROWS = "rows"
    """Anything else that is listed: pieces of work, calculations, the amounts of some years."""


@frozen
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
    matrix: str = ""
    """The matrix of which this is a column: one group a column, each cell with a path of its own."""
    column: str = ""
    """What the column is called."""
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

    def path(self, amount: Field) -> FieldPath:
        """The path of one of its fields."""
        return (self.key, amount.key)


@frozen
class Plan:
    """The spending plan: percentages at some points of the year."""

    key: str
    label: str
    points: tuple[Field, ...]
    cumulative: bool = True
    usual: tuple[str, ...] = ()
    """The plan that most projects have, offered all at once."""

    def path(self, point: Field) -> FieldPath:
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

    @property
    def entry(self) -> Field:
        """The column in which a row is begun: behind its levels."""
        levels = (Role.LEVEL1, Role.LEVEL2)
        return next((column for column in self.columns if column.role not in levels), self.columns[0])


@frozen
class Category:
    """A 一级指标 and the 二级指标 that belong to it."""

    name: str
    classes: tuple[str, ...] = ()
    """None where the form has no level below."""
    note: str = ""
    """What is printed behind the name: （40分）."""


@frozen
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
        return tuple((known.name, class_name) for known in self.categories for class_name in known.classes or ("",))


NO_LEVELS = Taxonomy(categories=(), closed=False)


@frozen
class Weights:
    """What the weights of a form's indicators add up to."""

    totals: tuple[str, ...]
    """The sums that are right."""
    categories: Mapping[str, str] = field(default_factory=dict)
    """The sum of a category's rows, where the form gives one."""
    execution: str = ""
    """The points for spending the money, which no indicator has; "" where there are none."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A later look at the plan: 监控, 自评, 复核. Its values stand in tables of their own, keyed by the plan's rows.

    Who writes the plan and who writes what came of it never meet in a line. The tables' names are dotted:
    ``result``, ``result.rows``, ``watch.m07.money``.
    """

    key: str
    label: str
    points: tuple[tuple[str, str], ...] = ()
    """Key and label of each time it is done; none where it is done once."""
    fields: tuple[Field, ...] = ()
    """What is said once: 评价结论, 存在问题."""
    rows: tuple["MomentRows", ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The dotted name of each time it is done."""
        return tuple(f"{self.key}.{point}" for point, _label in self.points) or (self.key,)


@frozen
class MomentRows:
    """What a moment says of each row of a group, or of each amount of a table."""

    key: str
    """The name of the table: ``rows``, ``money``."""
    of: str
    """The key of the group, or of the table of amounts."""
    columns: tuple[Field, ...]


_LONGER = ("长期", "中期", "总目标", "实施期")
"""Words in the label of a group that speaks of more than the year."""
_NO_FIELDS: Mapping[str, Field] = {}


@dataclass(frozen=True, kw_only=True)
class RecordSpec:
    """The fields of one kind of file, department or project. What is looked up for every value is put together once."""

    head: tuple[Field, ...]
    amounts: tuple[AmountGroup, ...] = ()
    plan: Plan | None = None
    groups: tuple[Group, ...] = ()
    moments: tuple[Moment, ...] = ()
    taxonomy: Taxonomy = NO_LEVELS
    """The levels of its indicators."""

    @cached_property
    def moment_tables(self) -> Mapping[str, tuple[Field, ...]]:
        """What is said once at each moment, by the table's dotted name."""
        return {name: moment.fields for moment in self.moments for name in moment.names if moment.fields}

    @cached_property
    def moment_rows(self) -> Mapping[str, tuple[Field, ...]]:
        """The columns of what is said of each row at each moment, by the group's dotted name."""
        return {
            f"{name}.{rows.key}": rows.columns
            for moment in self.moments
            for name in moment.names
            for rows in moment.rows
        }

    @cached_property
    def tables(self) -> Mapping[str, tuple[Field, ...]]:
        """The single tables and their fields, in the file's order."""
        found = {group.key: group.fields for group in self.amounts}
        return {**found, self.plan.key: self.plan.points} if self.plan else found

    def group(self, key: str) -> Group | None:
        """The group with a key."""
        return self._groups.get(key)

    def group_of(self, role: GroupRole) -> Group | None:
        """The group that plays a role; of several the first that is not said to be of a longer time than the year."""
        return self._by_role.get(role)

    def path_of(self, role: Role) -> FieldPath | None:
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

    def label_of(self, role: Role) -> str:
        """What people call the field that plays a role; "" where the form has none."""
        path = self.path_of(role)
        return "" if path is None else self.label(path)

    def field(self, path: FieldPath) -> Field | None:
        """The field at a path; ``None`` where the form knows none."""
        section = (len(path), path[0] if len(path) > 1 else "")
        return self.columns.get(section, _NO_FIELDS).get(path[-1]) if path else None

    def line_of(self, path: FieldPath) -> tuple[FieldPath, ...]:
        """The places on one line of the page with an amount or a point of the plan; of any other field it alone."""
        return self._lines.get(path, (path,))

    @cached_property
    def _lines(self) -> dict[FieldPath, tuple[FieldPath, ...]]:
        lines = [tuple(map(group.path, group.amounts)) for group in self.amounts]
        lines += [tuple(map(self.plan.path, self.plan.points))] if self.plan else []
        return {path: line for line in lines for path in line}

    @cached_property
    def columns(self) -> Mapping[tuple[int, str], Mapping[str, Field]]:
        """The fields by key: of the head under ``(1, "")``, of a table under ``(2, key)``, of a group ``(3, key)``."""
        found = {(1, ""): self.head} | {(2, table): fields for table, fields in self.tables.items()}
        found |= {(3, group.key): group.columns for group in self.groups}
        found |= {(2, table): fields for table, fields in self.moment_tables.items()}
        found |= {(3, rows): columns for rows, columns in self.moment_rows.items()}
        return {section: {one.key: one for one in fields} for section, fields in found.items()}

    @cached_property
    def places(self) -> tuple[Mapping[str, int], Mapping[str, Mapping[str, int]]]:
        """The place of each field of the head, table and group in the form, and of each field in its table or group."""
        sections = {**self.tables, **{group.key: group.columns for group in self.groups}}
        keys = [*(one.key for one in self.head), *sections]
        columns = {key: {one.key: index for index, one in enumerate(fields)} for key, fields in sections.items()}
        return {key: index for index, key in enumerate(keys)}, columns

    @cached_property
    def computes(self) -> bool:
        """Is any of its fields computed from others?"""
        return any(one.formula is not None for section in self.columns.values() for one in section.values())

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {group.key: group for group in self.groups}

    @cached_property
    def _by_role(self) -> dict[GroupRole, Group]:
        of_year = [group for group in self.groups if not any(word in group.label for word in _LONGER)]
        return {group.role: group for groups in (self.groups, of_year) for group in reversed(groups)}

    @cached_property
    def _paths(self) -> dict[Role | None, FieldPath]:
        found: list[tuple[FieldPath, Role | None]] = [((one.key,), one.role) for one in self.head]
        found += [((table, one.key), one.role) for table, fields in self.tables.items() for one in fields]
        return {role: path for path, role in reversed(found)}

    def fields(self, record: Record) -> list[tuple[FieldPath, Field]]:
        """Every visible field of a record with its path, rows included, in the form's order."""
        return [(path, one) for path, one, _value in self.values(record)]

    def values(self, record: Record) -> list[tuple[FieldPath, Field, Plain | None]]:
        """The same with what stands there; ``None`` in a blank field. Without a call for each of thousands."""
        head, found = record.head, list[tuple[FieldPath, Field, Plain | None]]()
        found += [((one.key,), one, head.get(one.key)) for one in self.head if not one.hidden]
        for table, fields in self.tables.items():
            values = record.tables.get(table, {})
            found += [((table, one.key), one, values.get(one.key)) for one in fields if not one.hidden]
        for group in self.groups:
            columns = [(one.key, one) for one in group.columns]
            rows = record.groups.get(group.key, ())
            found += [((group.key, row.id, key), one, row.values.get(key)) for row in rows for key, one in columns]
        return found

    def label(self, path: FieldPath) -> str:
        """What people call the field, table or kind of rows at a path; the path itself where the form knows none."""
        one = self.field(path)
        if one is None:
            return self._whole.get(".".join(path), ".".join(path))
        return self._told.get(path) or one.label

    @cached_property
    def _whole(self) -> dict[str, str]:
        """The labels of tables and of kinds of rows by their keys."""
        found = {amounts.key: amounts.label for amounts in self.amounts}
        found |= {group.key: group.label for group in self.groups}
        return {**found, self.plan.key: self.plan.label} if self.plan else found

    @cached_property
    def _told(self) -> Mapping[FieldPath, str]:
        """The labels that more than one table has, each with its column's or its table's."""
        labels = Counter(one.label for fields in self.tables.values() for one in fields)
        return {
            group.path(one): f"{group.column or group.label}·{one.label}"
            for group in self.amounts
            for one in group.fields
            if labels[one.label] > 1
        }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form:
    """A form definition; as long as its file is the same it is one object."""

    id: str
    title: str
    """What people call the form."""
    amount_unit: str
    """元 or 万元: the unit of screens and print, where the document does not say another."""
    department: RecordSpec
    project: RecordSpec
    layout: PrintSpec
    words: Mapping[str, str] = field(default_factory=dict)
    """Other words as this form writes them."""
    english: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The English of its labels, categories, classes and choices; shown behind the Chinese, never printed."""
    weights: Weights | None = None
    has_projects: bool = True
    """Else its document is the department's file alone."""
    is_known: bool = True
    """Is its definition here, and right? Without one a document is looked at and merged, and never written to."""
    missing: str = ""
    """Else half a sentence: that it is not here, or what is wrong with it and where."""

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
