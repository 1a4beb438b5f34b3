"""What a rule sees of a record: its texts by role, as the form assigns the roles to fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from perftui.forms import AmountGroup, Field, Form, Group, GroupRole, Kind, Part, RecordSpec, Role, Taxonomy
from perftui.forms.computed_fields import role_text, value_of
from perftui.model.frozen import frozen
from perftui.model.money import WAN, YUAN, parse_amount, sum_amounts
from perftui.model.record import FieldPath, Record, Row, plain_text
from perftui.model.values import Value, ValueKind, parse_value


@frozen
class Context:
    """What a rule sees of the document around a record."""

    year: int = 0
    """0 where it is not known."""
    unit: str = ""
    """The unit's code, as the document's folder is called; "" where it is not known."""
    division: str = ""
    unit_name: str = ""
    amount_unit: str = ""
    """元 or 万元."""
    typos: tuple[tuple[str, str], ...] = ()
    """The data folder's own slips: wrong, right ("" where nobody knows)."""
    weight_totals: tuple[str, ...] = ()
    """What the weights of a project may add up to."""

    def amount(self, text: str) -> str:
        """A file's amount as a sentence says it; what cannot be read as it stands."""
        amount = parse_amount(text)
        return text if amount is None else self.money(amount)

    def money(self, amount: Decimal, *, named: bool = False) -> str:
        """An amount in 元 as a sentence says it: exact, in the document's unit; 元 is written if ``named``."""
        if self.amount_unit == WAN:
            return f"{(amount / 10_000).normalize():f} {WAN}"
        return f"{amount:f} {YUAN}" if named else f"{amount:f}"


@frozen
class FieldText:
    """A field: its path and its trimmed text."""

    path: FieldPath
    text: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator row by roles; texts are trimmed, "" where blank or where the form has no such column."""

    group: Group
    keys: Mapping[Role, str]
    """The keys of the group's columns by role."""
    row_id: str
    level1: str
    """As written, else the category that the level below belongs to."""
    level2: str
    name: str
    description: str
    basis: str
    weight: str
    sign: str
    """The text of the sign's own column."""
    value_text: str
    """Sign, value and unit together, however many columns the form spreads them over; each once."""
    value: Value

    def path(self, role: Role) -> FieldPath:
        """The path of the cell that plays a role."""
        return (self.group.key, self.row_id, self.keys.get(role, ""))

    def has(self, role: Role) -> bool:
        """Has the form a column of that role?"""
        return role in self.keys

    def text(self, role: Role) -> str:
        """The text of a role that is a field here; of the value it is sign, value and unit together."""
        text: str = self.value_text if role is Role.VALUE else getattr(self, role.value)
        return text

    def cell(self, role: Role) -> FieldText:
        """The cell that plays a role, with its ``text``."""
        return FieldText(path=self.path(role), text=self.text(role))

    @property
    def value_cell(self) -> FieldText:
        """The value's cell."""
        return self.cell(Role.VALUE)

    @property
    def class_name(self) -> str:
        """The 二级指标 that the row belongs to, the 一级指标 where it has none."""
        return self.level2 or self.level1

    def is_of(self, word: str) -> bool:
        """Does the name of the row's class hold a word?"""
        return word in self.class_name

    @property
    def counts_people(self) -> bool:
        """Is the value a number of people?"""
        return self.value.unit in ("人", "名")

    @property
    def is_yes_or_no(self) -> bool:
        """Is the value a 是 or 否 that the name (是否…) or the sign's column (是/否) asks for?"""
        asked = "是否" in self.name or self.sign in ("是/否", "是否")
        return asked and self.value_text.removeprefix(self.sign) in ("是", "否")

    @property
    def is_cost(self) -> bool:
        """Is it a cost in money? 社会成本 and 生态环境成本 are measured otherwise."""
        return self.is_of("成本") and not self.is_of("社会") and not self.is_of("生态")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One record under review."""

    file: str
    record: Record
    spec: RecordSpec
    form: Form
    context: Context

    def text(self, role: Role) -> str:
        """The trimmed text of the head's or a table's field that plays a role."""
        return role_text(self.spec, self.record, role).strip()

    def cell(self, role: Role) -> FieldText | None:
        """The head's or a table's field that plays a role; ``None`` where the form has none."""
        path = self.spec.path_of(role)
        return None if path is None else FieldText(path=path, text=self.at(path))

    def at(self, path: FieldPath) -> str:
        """The trimmed text at a path, as it stands or is computed."""
        return value_of(self.spec, self.record, path).strip()

    def cells(self, role: GroupRole, column: Role) -> tuple[FieldText, ...]:
        """One column of the rows of a group, in reading order."""
        group = self.spec.group_of(role)
        key = group.key_of(column) if group else ""
        if group is None or not key:
            return ()
        return tuple(FieldText(path=(group.key, row.id, key), text=row.text(key).strip()) for row in self.rows(group))

    def rows(self, group: Group) -> tuple[Row, ...]:
        """The rows of a group in which something was typed."""
        return tuple(row for row in self.record.rows(group.key) if not row.is_blank)

    @cached_property
    def filled(self) -> tuple[tuple[FieldPath, Field, str], ...]:
        """Every visible field that holds a text, as it stands in the file, in the form's order."""
        values = self.spec.values(self.record)
        return tuple([(path, one, text) for path, one, text in values if isinstance(text, str)])

    @cached_property
    def prose(self) -> tuple[tuple[FieldPath, str], ...]:
        """Path and text of the filled fields that hold words, not numbers, codes or choices."""
        return tuple((path, text) for path, one, text in self.filled if one.kind in (Kind.TEXT, Kind.LONG_TEXT))

    @cached_property
    def words(self) -> str:
        """All of ``prose`` in one text: what stands nowhere in it need not be looked for in each."""
        return "\n".join([text for _path, text in self.prose])

    @cached_property
    def points(self) -> tuple[tuple[str, FieldText], ...]:
        """Label and cell of each point of the plan; none where the form has no plan."""
        plan = self.spec.plan
        paths = [(point.label, plan.path(point)) for point in plan.points] if plan else []
        return tuple((label, FieldText(path=path, text=self.at(path))) for label, path in paths)

    @property
    def taxonomy(self) -> Taxonomy:
        """The levels of its indicators."""
        return self.spec.taxonomy

    @cached_property
    def goal_groups(self) -> tuple[tuple[Group, tuple[FieldText, ...]], ...]:
        """Each group of goals with its goals, empty ones too."""
        groups = (group for group in self.spec.groups if group.role is GroupRole.GOALS)
        return tuple((group, tuple(self._goals(group))) for group in groups)

    def _goals(self, group: Group) -> Iterator[FieldText]:
        key = group.key_of(Role.TEXT) or group.columns[0].key
        for row in self.record.rows(group.key):
            yield FieldText(path=(group.key, row.id, key), text=row.text(key).strip())

    @cached_property
    def goals(self) -> tuple[FieldText, ...]:
        """The goals of all groups."""
        return tuple(goal for _group, goals in self.goal_groups for goal in goals)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The rows of every group of indicators in which something was typed beside 一级指标 and 二级指标."""
        groups = (group for group in self.spec.groups if group.role is GroupRole.INDICATORS)
        return tuple(found for group in groups for found in self._indicators(group))

    def _indicators(self, group: Group) -> Iterator[Indicator]:
        keys = {column.role: column.key for column in group.columns if column.role is not None}
        skeleton = {keys.get(Role.LEVEL1), keys.get(Role.LEVEL2)}
        for row in self.record.rows(group.key):
            values = row.values
            given = {role: plain_text(values.get(key)).strip() for role, key in keys.items()}
            text = given.get
            if not text(Role.NAME) and all(
                key in skeleton or type(one) is not str or not one.strip() for key, one in values.items()
            ):
                continue
            level2 = text(Role.LEVEL2, "")
            value_text = _whole_value(text(Role.SIGN, ""), text(Role.VALUE, ""), text(Role.UNIT, ""))
            yield Indicator(
                group, keys, row.id, text(Role.LEVEL1, "") or self.taxonomy.category_of(level2), level2,
                text(Role.NAME, ""), text(Role.DESCRIPTION, ""), text(Role.BASIS, ""), text(Role.WEIGHT, ""),
                text(Role.SIGN, ""), value_text, parse_value(value_text),
            )  # fmt: skip

    def amount(self, group: AmountGroup, one: Field) -> FieldText:
        """The cell of an amount."""
        return FieldText(path=group.path(one), text=self.at(group.path(one)))

    def by_parts(self, group: AmountGroup, part: Part) -> Decimal | None:
        """What the amounts without parts below a part come to; ``None`` where one of them cannot be read."""
        return sum_amounts(self.amount(group, one.field).text for one in part.walk() if not one.parts)


def _whole_value(sign: str, value: str, unit: str) -> str:
    """A value with the sign and the unit of their own columns, as far as it does not say them itself."""
    if not value or not (sign or unit):
        return value
    own = parse_value(value)
    if own.is_missing or own.kind is ValueKind.CHOICE:
        return value
    return ("" if own.sign else sign) + value + ("" if own.unit else unit)
