"""Form definitions are read from TOML: one file a form, and the fields that every form's files have."""

import tomllib
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from perftui.forms.definition import (
    AmountGroup,
    Category,
    Field,
    Form,
    Group,
    GroupRole,
    Kind,
    Part,
    Plan,
    RecordSpec,
    Role,
    Taxonomy,
)
from perftui.forms.printing import PrintBlock, PrintCell, PrintRow, PrintSpec, PrintTable
from perftui.model.record import Path, parse_path

DEFAULT_FORM = "hebei-2021"
"""The form of a new document, where nobody says another."""

_FOLDER = FilePath(__file__).parent / "data"
_COMMON = "common"


class UnknownForm(Exception):  # noqa: N818 - named for what it says
    """There is no form definition of that name."""


@cache
def form_ids() -> tuple[str, ...]:
    """The ids of the form definitions that are shipped."""
    names = (entry.name.removesuffix(".toml") for entry in _FOLDER.iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(name for name in names if name != _COMMON))


@cache
def load_form(form_id: str) -> Form:
    """The form definition with an id. Raises UnknownForm."""
    if form_id not in form_ids():
        raise UnknownForm(form_id)
    return _form(_read(form_id), _read(_COMMON))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _form(data: dict[str, Any], common: dict[str, Any]) -> Form:
    return Form(
        id=data["id"],
        title=data["title"],
        amount_unit=data["amount_unit"],
        department=_record(data["department"], common["department"]),
        project=_record(data["project"], common["project"]),
        taxonomy=_taxonomy(data["taxonomy"]),
        layout=_print(data["print"]),
        words=data.get("words", {}),
    )


def _record(data: dict[str, Any], common: dict[str, Any]) -> RecordSpec:
    own = _fields(data.get("head", []))
    return RecordSpec(
        head=_fields(common["before"]) + own + _fields(common["after"]),
        amounts=tuple(_amounts(group) for group in data.get("amounts", [])),
        plan=_plan(data["plan"]) if "plan" in data else None,
        groups=tuple(_group(group) for group in data.get("groups", [])),
    )


def _fields(items: list[dict[str, Any]]) -> tuple[Field, ...]:
    return tuple(_field(item) for item in items)


def _field(item: dict[str, Any]) -> Field:
    known = {key: value for key, value in item.items() if key != "parts"}
    known["kind"] = Kind(item.get("kind", Kind.TEXT))
    known["role"] = Role(item["role"]) if "role" in item else None
    known["choices"] = tuple(item.get("choices", ()))
    if known["kind"] is Kind.LONG_TEXT:
        known.setdefault("limit", 20_000)
    return Field(**known)


def _part(item: dict[str, Any]) -> Part:
    own = {**item, "kind": Kind.AMOUNT}
    own.setdefault("width", 14)
    return Part(field=_field(own), parts=tuple(_part(part) for part in item.get("parts", [])))


def _amounts(data: dict[str, Any]) -> AmountGroup:
    total = _part({**data["total"], "role": Role.TOTAL})
    return AmountGroup(key=data["key"], label=data["label"], total=total, others=_fields(data.get("others", [])))


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
    categories = tuple(Category(name=item["name"], classes=tuple(item["classes"])) for item in data["categories"])
    return Taxonomy(categories=categories, closed=data["closed"])


def _print(data: dict[str, Any]) -> PrintSpec:
    return PrintSpec(
        cover=tuple(data["cover"]),
        contents=data["contents"],
        department_part=data.get("department_part", ""),
        department=tuple(_block(block) for block in data.get("department", [])),
        project_part=data["project_part"],
        title=data["title"],
        tables=tuple(_table(table) for table in data["tables"]),
    )


def _block(data: dict[str, Any]) -> PrintBlock:
    return PrintBlock(heading=data["heading"], field=_path(data.get("field")), group=data.get("group", ""))


def _table(data: dict[str, Any]) -> PrintTable:
    lists = {key: tuple(data.get(key, ())) for key in ("widths", "columns", "merged", "left")}
    rows = tuple(
        PrintRow(cells=tuple(_cell(cell) for cell in row["cells"]), borders=row.get("borders", True))
        for row in data.get("rows", [])
    )
    return PrintTable(rows=rows, group=data.get("group", ""), **lists)


def _cell(data: dict[str, Any]) -> PrintCell:
    return PrintCell(**{**data, "field": _path(data.get("field"))})


def _path(text: str | None) -> Path | None:
    return None if text is None else parse_path(text)
