"""What the formulas of a record speak of: fields that are not there, many rows where one figure is wanted, circles."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perftui.forms.formula import BadFormula, Formula, read_formula
from perftui.forms.mistakes import MistakeText, meant
from perftui.forms.toml_positions import Way
from perftui.locale import _
from perftui.model.frozen import frozen

Plain = Mapping[str, Any]


@frozen
class _Computed:
    """A field with a formula, and what the names in formulas mean there."""

    name: str
    """Of the field, with its table or group: ``money.total``, ``costs.amount``."""
    formula: Formula
    way: Way
    names: Mapping[str, str]
    """The full name of each that may be spoken of."""


def check_formulas(report: MistakeText, record: Plain, common: Iterable[Plain], way: Way) -> None:
    """Note each formula that cannot be read, speaks of what is not there, or leads back to itself."""
    many = {f"{group['key']}.{one['key']}" for group in record.get("groups", ()) for one in group["columns"]}
    found: dict[str, _Computed] = {}
    for name, text, here, names in _formulas(record, common, way):
        try:
            one = _Computed(name=name, formula=read_formula(text), way=here, names=names)
        except BadFormula as error:
            report.say(here, str(error))
            continue
        found[name] = one
        _check_names(report, one, many)
    for one in found.values():
        _check_circle(report, one, found)


def _check_names(report: MistakeText, one: _Computed, many: set[str]) -> None:
    for name in one.formula.names():
        if name not in one.names:
            near = [full for full in one.names if full.endswith(f".{name}")] or one.names
            report.say(one.way, _("算式里的“{name}”不是这里的栏目").format(name=name) + meant(name, near))
    for name in one.formula.names(added_up=False):
        if name in many:
            report.say(one.way, _("“{name}”一行一个数，要写成 sum({name})").format(name=name))


def _check_circle(report: MistakeText, one: _Computed, found: Mapping[str, _Computed]) -> None:
    """Note the way on which a formula comes back to its own field."""
    ways: list[tuple[str, ...]] = [(one.name,)]
    seen: set[str] = set()
    while ways:
        names = ways.pop()
        here = found[names[-1]]
        for name in here.formula.names():
            full = here.names.get(name, "")
            if full == one.name:
                circle = " → ".join((*names, full))
                report.say(one.way, _("算式绕了一圈又要用到自己：{circle}").format(circle=circle))
                return
            if full in found and full not in seen:
                seen.add(full)
                ways.append((*names, full))


def _formulas(record: Plain, common: Iterable[Plain], way: Way) -> Iterator[tuple[str, str, Way, Mapping[str, str]]]:
    """Full name, formula and way of each computed field, and what may be spoken of there by which name."""
    groups = {group["key"]: group for group in record.get("groups", ())}
    head = [one["key"] for one in (*common, *record.get("head", ()))]
    everywhere = {name: name for name in (*head, *_in_tables(record), *_in_groups(groups.values()))}
    yield from _of(record.get("head", ()), "", (*way, "head"), everywhere)
    for number, amounts in enumerate(record.get("amounts", ())):
        here = (*way, "amounts", number)
        for table in tables_of(amounts):
            for part, part_way in parts_of(amounts["total"], (*here, "total")):
                yield from _one(part, f"{table}.", part_way, everywhere)
            yield from _of(amounts.get("others", ()), f"{table}.", (*here, "others"), everywhere)
    for number, group in enumerate(record.get("groups", ())):
        here = (*way, "groups", number, "columns")
        yield from _of(group["columns"], f"{group['key']}.", here, everywhere | _beside(group["key"], group))
    for number, moment in enumerate(record.get("moments", ())):
        here = (*way, "moments", number)
        yield from _of(moment.get("fields", ()), f"{moment['key']}.", (*here, "fields"), everywhere)
        for at, rows in enumerate(moment.get("rows", ())):
            name = f"{moment['key']}.{rows['key']}"
            planned = _beside(rows["of"], groups.get(rows["of"], {}))
            names = everywhere | planned | _beside(name, rows)
            yield from _of(rows["columns"], f"{name}.", (*here, "rows", at, "columns"), names)


def _of(fields: Iterable[Plain], begin: str, way: Way, names: Mapping[str, str]) -> Iterator[Any]:
    for number, one in enumerate(fields):
        yield from _one(one, begin, (*way, number), names)


def _one(one: Plain, begin: str, way: Way, names: Mapping[str, str]) -> Iterator[Any]:
    if "formula" in one:
        yield f"{begin}{one['key']}", one["formula"], (*way, "formula"), names


def _beside(name: str, group: Plain) -> dict[str, str]:
    """The columns of a row by their keys alone."""
    return {one["key"]: f"{name}.{one['key']}" for one in group.get("columns", ())}


def _in_tables(record: Plain) -> Iterator[str]:
    for amounts in record.get("amounts", ()):
        for table in tables_of(amounts):
            yield from (f"{table}.{part['key']}" for part, _way in parts_of(amounts["total"], ()))
    if "plan" in record:
        yield from (f"{record['plan']['key']}.{point['key']}" for point in record["plan"]["points"])


def _in_groups(groups: Iterable[Plain]) -> Iterator[str]:
    yield from (f"{group['key']}.{one['key']}" for group in groups for one in group["columns"])


def tables_of(amounts: Plain) -> list[str]:
    """The keys of the tables that a description of amounts has: one, or one a column of its matrix."""
    columns = [one["key"] for one in amounts.get("columns", ())]
    return [f"{amounts['key']}_{column}" for column in columns] or [amounts["key"]]


def parts_of(part: Plain, way: Way) -> Iterator[tuple[Plain, Way]]:
    """A total and its parts, those of parts too, each with the way to it."""
    yield part, way
    for number, one in enumerate(part.get("parts", ())):
        yield from parts_of(one, (*way, "parts", number))
