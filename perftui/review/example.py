"""Examples on the pages of the rules: the texts of a few fields by role, so that they can be shown on any form."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Any

from perftui.forms import Form, GroupRole, RecordSpec, Role
from perftui.locale import _, labelled
from perftui.model.frozen import frozen
from perftui.model.record import parse_path

Cells = Mapping[Role, str]


_CODE_LENGTH = 21
"""Characters of the codes that the examples are about, right and wrong ones."""


@frozen
class Example:
    """What differs from a correct document. Amounts and plan points stand in the form's order."""

    head: Cells = field(default_factory=dict)
    """Fields of the head and of the amount tables."""
    amounts: tuple[str, ...] = ()
    """The total and its parts."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Fields of the one form that have no role, by their paths."""
    plan: tuple[str, ...] = ()
    rows: tuple[Cells, ...] = ()
    """Indicators: of a correct document the rows with the same level 2 are replaced."""
    only: bool = False
    """These are all the indicators."""
    goals: tuple[str, ...] | None = None
    """``None``: as in a correct document."""
    duties: tuple[Cells, ...] = ()
    """Parts that are not named are as in a correct document; "" leaves one out."""
    safeguards: tuple[Cells, ...] = ()
    department: Cells = field(default_factory=dict)
    conflict: Role | None = None
    """A merge left a conflict in this field of the head."""
    form: str = ""
    """The id of the one form whose data the rule is about; "" for any."""
    remarked: Role | None = None
    """A reviewer remarked on this field of the head."""
    unknown: Mapping[str, str] = field(default_factory=dict)
    """Values in the head that the form has no field for."""
    copied: Role | None = None
    """This field of the head was copied, and nobody has looked at it."""
    empty: bool = False
    """The document has no project."""
    others: tuple["Example", ...] = ()
    """Other projects of the document."""

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Example":
        """The example in a table of a page's TOML. Raises TypeError or ValueError for what no example has."""
        return cls(**{key: _PARTS.get(key, _part)(value) for key, value in plain.items()})

    def fits(self, form: Form) -> bool:
        """Has the form every field, column and table that the example fills?"""
        rows = ((GroupRole.DUTIES, self.duties), (GroupRole.SAFEGUARDS, self.safeguards))
        return (
            self.form in ("", form.id)
            and all(form.project.path_of(role) for role in self.head)
            and all(form.project.field(parse_path(name)) for name in self.fields)
            and all(form.department.path_of(role) for role in self.department)
            and (not self.plan or (form.project.plan is not None and form.project.plan.cumulative))
            and (Role.CODE not in self.head or _code_length(form) == _CODE_LENGTH)
            and len(self.amounts) <= sum(len(group.amounts) for group in form.project.amounts[:1])
            and _has_columns(form.project, GroupRole.INDICATORS, self.rows)
            and all(_has_class(form, cells) for cells in self.rows)
            and all(_has_columns(form.department, role, cells) for role, cells in rows)
            and all(other.fits(form) for other in self.others)
        )

    def lines(self, form: Form) -> tuple[str, ...]:
        """The example as a person reads it: label and text."""
        found = (*_document_lines(self, form), *_project_lines(self, form))
        return found or (_("（一份填好的文本）"),)


def _code_length(form: Form) -> int:
    path = form.project.path_of(Role.CODE)
    field = form.project.field(path) if path else None
    return field.limit if field else 0


def _part(plain: Any) -> Any:
    """A TOML value as an example holds it: tables are cells by role, arrays are tuples."""
    if isinstance(plain, dict):
        return {Role(key): text for key, text in plain.items()}
    return tuple(_part(one) for one in plain) if isinstance(plain, list) else plain


_PARTS: Mapping[str, Callable[[Any], Any]] = {
    "conflict": Role,
    "copied": Role,
    "fields": dict,
    "remarked": Role,
    "unknown": dict,
    "others": lambda plain: tuple(Example.from_plain(one) for one in plain),
}


def _has_columns(spec: RecordSpec, role: GroupRole, rows: tuple[Cells, ...]) -> bool:
    """Has the form the columns, and asks it for those that are left blank?"""
    group = spec.group_of(role)
    columns = {column.role: column for column in group.columns} if group else {}
    cells = [cell for row in rows for cell in row.items()]
    return all(key in columns and (text or columns[key].required) for key, text in cells)


def _has_class(form: Form, cells: Cells) -> bool:
    """Has the form the class of a row, and does it mind the category where the row says one?"""
    level2 = cells.get(Role.LEVEL2, "")
    known = form.project.taxonomy.category_of(level2) or form.project.taxonomy.classes_of(level2)
    return bool(known) and (form.project.taxonomy.closed or Role.LEVEL1 not in cells)


def _document_lines(example: Example, form: Form) -> list[str]:
    spec = form.department
    found = _cells(example.department, spec)
    for role, rows in ((GroupRole.DUTIES, example.duties), (GroupRole.SAFEGUARDS, example.safeguards)):
        found += [_row(cells, spec, role) for cells in rows]
    if example.empty:
        found.append(_("（一个项目也没有）"))
    return found


def _project_lines(example: Example, form: Form) -> list[str]:
    spec = form.project
    found = _cells(example.head, spec)
    found += [labelled(spec.label(parse_path(name)), text) for name, text in example.fields.items()]
    found += [f"{name} = {text}" for name, text in example.unknown.items()]
    labels = [amount.label for group in spec.amounts for amount in group.amounts]
    if example.amounts:
        found.append(" · ".join(f"{label} {text or '—'}" for label, text in zip(labels, example.amounts, strict=False)))
    if example.plan and spec.plan:
        points = zip(spec.plan.points, example.plan, strict=False)
        found.append(" · ".join(f"{point.label} {text or '—'}" for point, text in points))
    goals = spec.group_of(GroupRole.GOALS)
    if goals:
        found += [f"{goals.label} {number}. {text or '—'}" for number, text in enumerate(example.goals or (), start=1)]
        found += [labelled(goals.label, "—")] if example.goals == () else []
    indicators = spec.group_of(GroupRole.INDICATORS)
    found += [_row(cells, spec, GroupRole.INDICATORS) for cells in example.rows]
    found += [labelled(indicators.label, "—")] if indicators and example.only and not example.rows else []
    if example.conflict is not None and (path := spec.path_of(example.conflict)):
        found.append(_("{label}：两个人改成了不同的内容").format(label=spec.label(path)))
    if example.copied is not None and (path := spec.path_of(example.copied)):
        found.append(_("{label}：照抄自“去年”，没有人看过").format(label=spec.label(path)))
    if example.remarked is not None and (path := spec.path_of(example.remarked)):
        found.append(_("{label}：李四批注“请核实”").format(label=spec.label(path)))
    for other in example.others:
        same = bool(example.rows) and other == replace(example, others=())
        lines = [_("（指标与上面的相同）")] if same else _project_lines(other, form)
        found += [_("另一个项目："), *lines]
    return found


def _cells(cells: Cells, spec: RecordSpec) -> list[str]:
    found = []
    for role, text in cells.items():
        path = spec.path_of(role)
        if path is not None:
            found.append(labelled(spec.label(path), text or "—"))
    return found


def _row(cells: Cells, spec: RecordSpec, role: GroupRole) -> str:
    group = spec.group_of(role)
    columns = {column.role: column for column in group.columns} if group else {}
    parts = [labelled(columns[key].label, text or "—") for key, text in cells.items() if key in columns]
    return " · ".join(parts)
