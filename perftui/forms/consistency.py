"""Does a definition that uses the language rightly make a form? What does not fit together, as sentences."""

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from perftui.forms.definition import GroupRole, RecordSpec
from perftui.forms.fields import Kind, Role
from perftui.forms.formula import BadFormula, read_formula
from perftui.forms.mistakes import MistakeText, meant
from perftui.forms.toml_positions import Way
from perftui.locale import _
from perftui.model.record import CONFLICTS, ORDER

Plain = Mapping[str, Any]

_RESERVED = (CONFLICTS, "unreviewed", "remarks")
_PORTRAIT, _LANDSCAPE = 156, 225
"""Millimetres between the margins of a page."""


def check_meaning(report: MistakeText, plain: Plain, common: Plain) -> None:
    """Note what does not fit together in a definition of the right shape."""
    for name in ("department", "project"):
        _Record(report, plain[name], common[name], (name,)).check()
    _check_taxonomy(report, plain["taxonomy"], plain["project"], ("taxonomy",))
    if "taxonomy" in plain["department"]:
        _check_taxonomy(report, plain["department"]["taxonomy"], plain["department"], ("department", "taxonomy"))
    if not any(one.get("role") == Role.NAME for one in plain["project"].get("head", ())):
        report.say(("project",), _('项目要有一栏写明 role = "name"，列表和标题用它'))
    _check_weights(report, plain)


class _Record:
    """The fields of one kind of file: keys and roles that are used twice, formulas about nothing."""

    def __init__(self, report: MistakeText, plain: Plain, common: Plain, way: Way) -> None:
        self._report = report
        self._plain = plain
        self._way = way
        self._common = [*common["before"], *common["after"]]
        self._names = dict.fromkeys((*_RESERVED, *(one["key"] for one in self._common)), self._way)
        self._head_roles = {one["role"] for one in self._common if "role" in one}

    def check(self) -> None:
        self._fields(self._plain.get("head", ()), (*self._way, "head"), set(self._names), self._head_roles)
        self._names |= {one["key"]: self._way for one in self._plain.get("head", ())}
        for number, amounts in enumerate(self._plain.get("amounts", ())):
            self._amounts(amounts, (*self._way, "amounts", number))
        if "plan" in self._plain:
            self._plan(self._plain["plan"], (*self._way, "plan"))
        for number, group in enumerate(self._plain.get("groups", ())):
            way = (*self._way, "groups", number)
            self._name(group["key"], way)
            self._fields(group["columns"], (*way, "columns"), {ORDER}, set())
            self._group(group, way)
        for number, moment in enumerate(self._plain.get("moments", ())):
            self._moment(moment, (*self._way, "moments", number))

    def _name(self, key: str, way: Way) -> None:
        if key in self._names:
            self._report.say((*way, "key"), _("“{key}”已经用过了，换一个键").format(key=key))
        self._names[key] = way

    def _fields(self, fields: Iterable[Plain], way: Way, keys: set[str], roles: set[str]) -> None:
        for number, one in enumerate(fields):
            self._field(one, (*way, number), keys)
            role = one.get("role", "")
            if role in roles:
                self._report.say((*way, number, "role"), _("“{role}”这个作用已经有一栏了").format(role=role))
            if role:
                roles.add(role)

    def _field(self, one: Plain, way: Way, keys: set[str]) -> None:
        if one["key"] in keys:
            self._report.say((*way, "key"), _("“{key}”已经用过了，换一个键").format(key=one["key"]))
        keys.add(one["key"])
        kind = one.get("kind", Kind.TEXT)
        for key, wanted in (("code", Kind.CODE), ("unit", Kind.INTEGER), ("choices", Kind.CHOICE)):
            if key in one and kind != wanted:
                sentence = _('“{key}”只用于 kind = "{kind}" 的栏目').format(key=key, kind=wanted)
                self._report.say((*way, key), sentence)
        if one.get("free") and not one.get("choices"):
            self._report.say((*way, "free"), _("“free”要和“choices”一起写"))
        if "formula" in one:
            self._formula(one["formula"], (*way, "formula"))
            if kind not in (Kind.AMOUNT, Kind.PERCENT, Kind.INTEGER) and "parts" not in one:
                self._report.say((*way, "formula"), _("算出来的栏目要是金额、百分比或整数"))

    def _amounts(self, amounts: Plain, way: Way) -> None:
        columns = [one["key"] for one in amounts.get("columns", ())]
        for key in columns or [""]:
            self._name(f"{amounts['key']}_{key}" if key else amounts["key"], way)
        keys: set[str] = set()
        for part, part_way in _parts(amounts["total"], (*way, "total")):
            self._field({**part, "kind": Kind.AMOUNT}, part_way, keys)
            for number, column in enumerate(part.get("columns", ())):
                if column not in columns:
                    sentence = _("这个矩阵没有“{column}”这一列").format(column=column) + meant(column, columns)
                    self._report.say((*part_way, "columns", number), sentence)
        self._fields(amounts.get("others", ()), (*way, "others"), keys, self._head_roles)

    def _plan(self, plan: Plain, way: Way) -> None:
        self._name(plan["key"], way)
        self._fields(plan["points"], (*way, "points"), set(), set())
        if plan.get("usual") and len(plan["usual"]) != len(plan["points"]):
            sentence = _("时点有 {points} 个，这里写了 {usual} 个")
            self._report.say((*way, "usual"), sentence.format(points=len(plan["points"]), usual=len(plan["usual"])))

    def _group(self, group: Plain, way: Way) -> None:
        roles = {one.get("role") for one in group["columns"]}
        wanted = {GroupRole.GOALS: Role.TEXT, GroupRole.INDICATORS: Role.NAME}.get(group["role"])
        if wanted and wanted not in roles:
            self._report.say((*way, "columns"), _('这里要有一列写明 role = "{role}"').format(role=wanted))
        if group.get("single") and group["role"] != GroupRole.GOALS:
            self._report.say((*way, "single"), _("只有目标可以是一段话"))

    def _moment(self, moment: Plain, way: Way) -> None:
        self._name(moment["key"], way)
        known = [one["key"] for one in (*self._plain.get("groups", ()), *self._plain.get("amounts", ()))]
        names = {one["key"] for one in moment.get("points", ())}
        self._fields(moment.get("fields", ()), (*way, "fields"), set(), set())
        for number, rows in enumerate(moment.get("rows", ())):
            here = (*way, "rows", number)
            if rows["key"] in names or rows["key"] in {one["key"] for one in moment.get("fields", ())}:
                self._report.say((*here, "key"), _("“{key}”已经用过了，换一个键").format(key=rows["key"]))
            names.add(rows["key"])
            if rows["of"] not in known:
                sentence = _("没有“{name}”这一组").format(name=rows["of"]) + meant(rows["of"], known)
                self._report.say((*here, "of"), sentence)
            self._fields(rows["columns"], (*here, "columns"), {ORDER}, set())

    def _formula(self, text: str, way: Way) -> None:
        try:
            names = tuple(read_formula(text).names())
        except BadFormula as error:
            self._report.say(way, str(error))
            return
        known = set(_computable(self._plain, self._common))
        for name in names:
            if name not in known:
                self._report.say(way, _("算式里的“{name}”不是这里的栏目").format(name=name) + meant(name, known))


def _computable(record: Plain, common: Iterable[Plain]) -> Iterator[str]:
    """What a formula may name: fields of the head and of tables, columns of groups with and without the group."""
    yield from (one["key"] for one in (*common, *record.get("head", ())))
    for amounts in record.get("amounts", ()):
        for table in _tables_of(amounts):
            yield from (f"{table}.{part['key']}" for part, _way in _parts(amounts["total"], ()))
    if "plan" in record:
        yield from (f"{record['plan']['key']}.{point['key']}" for point in record["plan"]["points"])
    for group in record.get("groups", ()):
        yield from (f"{group['key']}.{column['key']}" for column in group["columns"])
        yield from (column["key"] for column in group["columns"])
    for moment in record.get("moments", ()):
        for rows in moment.get("rows", ()):
            yield from (column["key"] for column in rows["columns"])


def _tables_of(amounts: Plain) -> list[str]:
    columns = [one["key"] for one in amounts.get("columns", ())]
    return [f"{amounts['key']}_{column}" for column in columns] or [amounts["key"]]


def _parts(part: Plain, way: Way) -> Iterator[tuple[Plain, Way]]:
    yield part, way
    for number, one in enumerate(part.get("parts", ())):
        yield from _parts(one, (*way, "parts", number))


def _check_taxonomy(report: MistakeText, taxonomy: Plain, record: Plain, way: Way) -> None:
    roles = {
        one.get("role")
        for group in record.get("groups", ())
        if group["role"] == GroupRole.INDICATORS
        for one in group["columns"]
    }
    seen: set[str] = set()
    for number, category in enumerate(taxonomy["categories"]):
        here = (*way, "categories", number)
        if Role.LEVEL2 in roles and not category.get("classes"):
            report.say(here, _("“{name}”没有写二级指标（classes）").format(name=category["name"]))
        if category["name"] in seen:
            report.say((*here, "name"), _("“{name}”写了两次").format(name=category["name"]))
        seen.add(category["name"])


def _check_weights(report: MistakeText, plain: Plain) -> None:
    known = [one["name"] for one in plain["taxonomy"]["categories"]]
    for name in plain.get("weights", {}).get("categories", {}):
        if name not in known:
            way = ("weights", "categories", name)
            report.say(way, _("没有“{name}”这个一级指标").format(name=name) + meant(name, known))


def check_print(report: MistakeText, plain: Plain, department: RecordSpec, project: RecordSpec) -> None:
    """Note what is to be printed and is not there, and what does not fit on the page."""
    for number, line in enumerate(plain["cover"]):
        _check_names(report, line, ("unit", "year"), ("print", "cover", number))
    _check_names(report, plain["title"], ("name",), ("print", "title"))
    for number, block in enumerate(plain.get("department", ())):
        _check_source(report, department, block, ("print", "department", number))
    most = _LANDSCAPE if plain.get("landscape") else _PORTRAIT
    for key, spec in (("department_tables", department), ("tables", project)):
        for number, table in enumerate(plain.get(key, ())):
            _check_table(report, spec, table, most, ("print", key, number))


def _check_table(report: MistakeText, spec: RecordSpec, table: Plain, most: int, way: Way) -> None:
    if sum(table["widths"]) > most:
        sentence = _("各列一共 {sum} 毫米，纸上只有 {most} 毫米")
        report.say((*way, "widths"), sentence.format(sum=sum(table["widths"]), most=most))
    if "when" in table:
        _check_named(report, spec, table["when"], (*way, "when"))
    if "group" in table:
        _check_listed(report, spec, table, way)
    else:
        _check_fixed(report, spec, table, way)


def _check_names(report: MistakeText, text: str, known: Sequence[str], way: Way) -> None:
    try:
        parts = [(name, spec, sign) for _text, name, spec, sign in string.Formatter().parse(text) if name is not None]
    except ValueError:
        parts = [("", "", None)]
    for name, spec, sign in parts:
        if name not in known or spec or sign:
            words = " ".join(f"{{{one}}}" for one in known)
            report.say(way, _("花括号里只能写 {words}").format(words=words))
            return


def _check_listed(report: MistakeText, spec: RecordSpec, table: Plain, way: Way) -> None:
    group = spec.group(table["group"])
    if group is None:
        known = [one.key for one in spec.groups]
        report.say((*way, "group"), _("没有“{name}”这一组").format(name=table["group"]) + meant(table["group"], known))
        return
    known = [column.key for column in group.columns]
    if not table.get("columns"):
        report.say(way, _("没有写印哪几列（columns）"))
    for key in ("columns", "merged", "left"):
        for number, column in enumerate(table.get(key, ())):
            if column not in (known if key == "columns" else table.get("columns", ())):
                sentence = _("“{group}”没有“{column}”这一列").format(group=group.label, column=column)
                report.say((*way, key, number), sentence + meant(column, known))
    _check_count(report, table, len(table.get("columns", ())), (*way, "widths"))


def _check_count(report: MistakeText, table: Plain, count: int, way: Way) -> None:
    if len(table["widths"]) != count:
        sentence = _("宽度有 {widths} 个，列有 {columns} 个")
        report.say(way, sentence.format(widths=len(table["widths"]), columns=count))


def _check_fixed(report: MistakeText, spec: RecordSpec, table: Plain, way: Way) -> None:
    columns = len(table["widths"])
    covered = [0] * columns
    for key in ("columns", "merged", "left"):
        if key in table:
            report.say((*way, key), _("“{key}”要和“group”一起写").format(key=key))
    for number, row in enumerate(table.get("rows", ())):
        here = (*way, "rows", number)
        free = [place for place in range(columns) if not covered[place]]
        covered = [max(0, rows - 1) for rows in covered]
        asked = sum(cell.get("span", 1) for cell in row.get("cells", ()))
        if asked != len(free):
            sentence = _("这一行占了 {found} 列，应当是 {wanted} 列")
            report.say(here, sentence.format(found=asked, wanted=len(free)))
        for place, cell in enumerate(row.get("cells", ())):
            for at in free[: cell.get("span", 1)]:
                covered[at] = cell.get("rows", 1) - 1
            free = free[cell.get("span", 1) :]
            _check_cell(report, spec, cell, (*here, "cells", place))


def _check_cell(report: MistakeText, spec: RecordSpec, cell: Plain, way: Way) -> None:
    says = [key for key in ("label", "field", "goals", "unit_line", "amount_unit") if cell.get(key)]
    if len(says) > 1:
        report.say((*way, says[1]), _("一格里只能印一样，这里有 {keys}").format(keys=" ".join(says)))
    if "field" in cell:
        _check_field(report, spec, cell["field"], (*way, "field"))
    if "goals" in cell and spec.group(cell["goals"]) is None:
        known = [one.key for one in spec.groups]
        report.say((*way, "goals"), _("没有“{name}”这一组").format(name=cell["goals"]) + meant(cell["goals"], known))


def _check_source(report: MistakeText, spec: RecordSpec, block: Plain, way: Way) -> None:
    if "field" in block:
        _check_field(report, spec, block["field"], (*way, "field"))
    if "group" in block and spec.group(block["group"]) is None:
        known = [one.key for one in spec.groups]
        report.say((*way, "group"), _("没有“{name}”这一组").format(name=block["group"]) + meant(block["group"], known))


def _check_field(report: MistakeText, spec: RecordSpec, name: str, way: Way) -> None:
    known = list(printable(spec))
    if name not in known:
        report.say(way, _("表样里没有“{name}”这一栏").format(name=name) + meant(name, known))


def _check_named(report: MistakeText, spec: RecordSpec, name: str, way: Way) -> None:
    if spec.group(name) is None:
        _check_field(report, spec, name, way)


def printable(spec: RecordSpec) -> Iterator[str]:
    """The dotted paths of the fields that a cell may print."""
    yield from (one.key for one in spec.head)
    for table, fields in spec.tables.items():
        yield from (f"{table}.{one.key}" for one in fields)
