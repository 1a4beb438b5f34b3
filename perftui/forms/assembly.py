"""Forms made of what their definitions say: of plain values that were found right."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from perftui.files.reading import digest
from perftui.forms.definition import (
    NO_LEVELS,
    AmountGroup,
    Category,
    Form,
    Group,
    GroupRole,
    Moment,
    MomentRows,
    Part,
    Plan,
    RecordSpec,
    Taxonomy,
    Weights,
)
from perftui.forms.fields import CodeFormat, CodePart, Field, Kind, Role
from perftui.forms.formula import read_formula
from perftui.forms.parsed_forms import keep_plain, kept_plain
from perftui.forms.printing import PrintBlock, PrintCell, PrintHead, PrintRow, PrintSpec, PrintTable
from perftui.locale import _
from perftui.model.record import FieldPath, parse_path

SHIPPED = Path(__file__).parent / "data"
COMMON = "common"
_NAMED = {"head": [{"key": "name", "label": "项目名称", "role": "name"}]}
"""A project of a form that has none: what somebody laid into the folder is told by its name."""


@cache
def common() -> dict[str, Any]:
    """The fields that the files of every form have."""
    data = (SHIPPED / f"{COMMON}.toml").read_bytes()
    content = digest(data)
    plain = kept_plain(content)
    if plain is None:
        import tomllib  # most starts find it kept

        plain = tomllib.loads(data.decode("utf-8"))
        keep_plain(content, plain)
    return plain


def unknown_form(name: str, fault: str = "") -> Form:
    """What stands for a form that is not here, or has a fault: the fields of every form, all else under its own key."""
    department, project = (record_spec({}, common()[one]) for one in ("department", "project"))
    layout = PrintSpec(
        cover=(),
        contents="",
        department_part="",
        department=(),
        department_tables=(),
        project_part="",
        title="{name}",
        tables=(),
    )
    return Form(
        id=name, title=name, amount_unit="元", department=department, project=project, english=common()["english"],
        layout=layout, is_known=False, missing=fault or _("没有表样“{form}”").format(form=name),
    )  # fmt: skip


def build_form(data: dict[str, Any]) -> Form:
    """The form of what ``plain_form`` found right."""
    fields = common()
    levels = _taxonomy(data["taxonomy"]) if "taxonomy" in data else NO_LEVELS
    return Form(
        id=data["id"],
        title=data["title"],
        amount_unit=data["amount_unit"],
        department=record_spec(data["department"], fields["department"], levels),
        project=record_spec(data.get("project", _NAMED), fields["project"], levels),
        layout=_print(data["print"]),
        words=data.get("words", {}),
        english=common()["english"] | data.get("english", {}),
        weights=_weights(data["weights"]) if "weights" in data else None,
        has_projects="project" in data,
    )


def record_spec(data: dict[str, Any], common: dict[str, Any], levels: Taxonomy = NO_LEVELS) -> RecordSpec:
    """The fields of one kind of file: those of every form before and behind its own; its own levels, or the form's."""
    own = _fields(data.get("head", []))
    groups = [one for group in data.get("amounts", []) for one in _amounts(group)]
    return RecordSpec(
        head=_fields(common["before"]) + own + _fields(common["after"]),
        amounts=tuple(_with_role(groups)),
        plan=_plan(data["plan"]) if "plan" in data else None,
        groups=tuple(_group(group) for group in data.get("groups", [])),
        moments=tuple(_moment(moment) for moment in data.get("moments", [])),
        taxonomy=_taxonomy(data["taxonomy"]) if "taxonomy" in data else levels,
    )


def _fields(items: list[dict[str, Any]]) -> tuple[Field, ...]:
    return tuple(_field(item) for item in items)


def _field(item: dict[str, Any]) -> Field:
    known = {key: value for key, value in item.items() if key not in ("parts", "columns")}
    known["kind"] = Kind(item.get("kind", Kind.TEXT))
    known["role"] = Role(item["role"]) if "role" in item else None
    known["choices"] = tuple(item.get("choices", ()))
    known["printed"] = tuple(item.get("printed", {}).items())
    if "code" in item:
        known["code"] = CodeFormat(parts=tuple(CodePart(**part) for part in item["code"]))
        known.setdefault("limit", known["code"].length)
    if "formula" in item:
        known["formula"] = read_formula(item["formula"])
    if known["kind"] is Kind.LONG_TEXT:
        known.setdefault("limit", 20_000)
    return Field(**known)


def _part(item: dict[str, Any], column: str) -> Part:
    parts = [part for part in item.get("parts", []) if not column or column in part.get("columns", [column])]
    own = {**item, "kind": Kind.AMOUNT}
    own.setdefault("width", 14)
    return Part(field=_field(own), parts=tuple(_part(part, column) for part in parts))


def _amounts(data: dict[str, Any]) -> Iterator[AmountGroup]:
    """The group of amounts; of a matrix one a column, the fields beside the amounts in the first."""
    key, label, others = data["key"], data["label"], _fields(data.get("others", []))
    if not data.get("columns"):
        yield AmountGroup(key=key, label=label, total=_part(data["total"], ""), others=others)
    for number, column in enumerate(data.get("columns", [])):
        yield AmountGroup(
            key=f"{key}_{column['key']}", label=label, total=_part(data["total"], column["key"]), matrix=key,
            column=column["label"], others=() if number else others,
        )  # fmt: skip


def _with_role(groups: list[AmountGroup]) -> Iterator[AmountGroup]:
    """The groups, the first one's total known as the record's."""
    for number, group in enumerate(groups):
        total = group.total
        yield group if number else replace(group, total=replace(total, field=replace(total.field, role=Role.TOTAL)))


def _plan(data: dict[str, Any]) -> Plan:
    points = _fields([{"kind": Kind.PERCENT, "width": 8, **point} for point in data["points"]])
    return Plan(
        key=data["key"], label=data["label"], points=points,
        cumulative=data.get("cumulative", True), usual=tuple(data.get("usual", ())),
    )  # fmt: skip


def _group(data: dict[str, Any]) -> Group:
    return Group(
        key=data["key"], label=data["label"], role=GroupRole(data["role"]),
        columns=_fields(data["columns"]), single=data.get("single", False),
    )  # fmt: skip


def _taxonomy(data: dict[str, Any]) -> Taxonomy:
    categories = tuple(
        Category(name=item["name"], classes=tuple(item.get("classes", ())), note=item.get("note", ""))
        for item in data["categories"]
    )
    return Taxonomy(categories=categories, closed=data.get("closed", False))


def _moment(data: dict[str, Any]) -> Moment:
    rows = [
        MomentRows(key=item["key"], of=item["of"], columns=_fields(item["columns"])) for item in data.get("rows", [])
    ]
    points = tuple((point["key"], point["label"]) for point in data.get("points", []))
    return Moment(
        key=data["key"], label=data["label"], points=points, fields=_fields(data.get("fields", [])), rows=tuple(rows)
    )


def _weights(data: dict[str, Any]) -> Weights:
    return Weights(
        totals=tuple(data["totals"]), categories=data.get("categories", {}), execution=data.get("execution", "")
    )


def _print(data: dict[str, Any]) -> PrintSpec:
    return PrintSpec(
        cover=tuple(data.get("cover", ())),
        contents=data.get("contents", ""),
        department_part=data.get("department_part", ""),
        department=tuple(_block(block) for block in data.get("department", [])),
        department_tables=tuple(_table(table) for table in data.get("department_tables", [])),
        project_part=data.get("project_part", ""),
        title=data.get("title", ""),
        landscape=data.get("landscape", False),
        tables=tuple(_table(table) for table in data.get("tables", [])),
    )


def _block(data: dict[str, Any]) -> PrintBlock:
    return PrintBlock(heading=data["heading"], field=_path(data.get("field")), group=data.get("group", ""))


def _table(data: dict[str, Any]) -> PrintTable:
    lists = {key: tuple(data.get(key, ())) for key in ("widths", "columns", "merged", "left")}
    rows = tuple(
        PrintRow(
            cells=tuple(_cell(cell) for cell in row["cells"]),
            borders=row.get("borders", True),
            height=row.get("height", 0),
        )
        for row in data.get("rows", [])
    )
    heads = tuple(PrintHead(label=head["label"], columns=tuple(head["columns"])) for head in data.get("heads", []))
    words = {key: tuple(data.get(key, {}).items()) for key in ("labels", "joined")}
    return PrintTable(
        rows=rows, group=data.get("group", ""), title=data.get("title", ""), heads=heads,
        projects=data.get("projects", False), when=_path(data.get("when")), adjoins=data.get("adjoins", False),
        **lists, **words,
    )  # fmt: skip


def _cell(data: dict[str, Any]) -> PrintCell:
    return PrintCell(**{**data, "field": _path(data.get("field"))})


def _path(text: str | None) -> FieldPath | None:
    return None if text is None else parse_path(text)
