"""Can a definition's pages be printed? Fields that are not there, columns that do not fit, as sentences."""

import string
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perftui.forms.definition import RecordSpec
from perftui.forms.mistakes import MistakeText, meant
from perftui.forms.toml_positions import Way
from perftui.locale import _

Plain = Mapping[str, Any]

_PORTRAIT, _LANDSCAPE = 156, 225
"""Millimetres between the margins of a page."""
_PARTS = ("sign", "number", "unit")
_OF_LISTS = ("columns", "merged", "left", "title", "heads", "labels", "joined")


def check_print(
    errors: MistakeText, plain: Plain, department: RecordSpec, project: RecordSpec, *, has_projects: bool
) -> None:
    """Note what is to be printed and is not there, and what does not fit on the page."""
    for number, line in enumerate(plain.get("cover", ())):
        _check_names(errors, line, ("unit", "year"), ("print", "cover", number))
    _check_names(errors, plain.get("title", ""), ("name",), ("print", "title"))
    for number, block in enumerate(plain.get("department", ())):
        _check_source(errors, department, block, ("print", "department", number))
    most = _LANDSCAPE if plain.get("landscape") else _PORTRAIT
    for key, spec in (("department_tables", department), ("tables", project)):
        for number, table in enumerate(plain.get(key, ())):
            way = ("print", key, number)
            if table.get("projects") and key == "tables":
                errors.say((*way, "projects"), _("全单位一张表要写在 department_tables 里"))
            _check_table(errors, project if table.get("projects") else spec, table, most, way)
    listed = any(one.get("projects") for one in plain.get("department_tables", ()))
    if has_projects and not plain.get("tables") and not listed:
        errors.say(("print",), _("没有写项目印成什么：tables，或者 department_tables 里写 projects = true 的一张"))
    for key in ("department_tables", "tables"):
        _check_alike(errors, plain.get(key, ()), ("print", key))


def _check_alike(errors: MistakeText, tables: Sequence[Plain], way: Way) -> None:
    """Two lists under one header could not be told apart when the document is read."""
    seen: list[tuple[str, Any]] = []
    for number, table in enumerate(tables):
        if table.get("columns"):
            header = (table.get("title", ""), table["columns"])
            if header in seen:
                errors.say((*way, number), _("和前面一张表的列完全一样，读回时分不清，请写 title"))
            seen.append(header)


def _check_table(errors: MistakeText, spec: RecordSpec, table: Plain, most: int, way: Way) -> None:
    if sum(table["widths"]) > most:
        sentence = _("各列一共 {sum} 毫米，纸上只有 {most} 毫米")
        errors.say((*way, "widths"), sentence.format(sum=sum(table["widths"]), most=most))
    if "when" in table:
        _check_named(errors, spec, table["when"], (*way, "when"))
    if "group" in table or table.get("projects"):
        _check_listed(errors, spec, table, way)
    else:
        _check_fixed(errors, spec, table, way)


def _check_names(errors: MistakeText, text: str, known: Sequence[str], way: Way) -> None:
    try:
        parts = [(name, spec, sign) for _text, name, spec, sign in string.Formatter().parse(text) if name is not None]
    except ValueError:
        parts = [("", "", None)]
    for name, spec, sign in parts:
        if name not in known or spec or sign:
            words = " ".join(f"{{{one}}}" for one in known)
            errors.say(way, _("花括号里只能写 {words}").format(words=words))
            return


def _check_listed(errors: MistakeText, spec: RecordSpec, table: Plain, way: Way) -> None:
    group = spec.group(table.get("group", ""))
    if group is None and "group" in table:
        known = [one.key for one in spec.groups]
        errors.say((*way, "group"), _("没有“{name}”这一组").format(name=table["group"]) + meant(table["group"], known))
        return
    own = [column.key for column in group.columns] if group else []
    known = own
    if table.get("projects"):
        known = [*printable(spec), *(f"{group.key}.{key}" for key in own if group)]
        if not any("." not in one for one in table.get("columns", ())):
            errors.say(way, _("全单位一张表要有项目自己的一列，如 name"))
    if not table.get("columns"):
        errors.say(way, _("没有写印哪几列（columns）"))
    for number, column in enumerate(table.get("columns", ())):
        key, _colon, part = column.partition(":")
        if part and part not in _PARTS:
            errors.say((*way, "columns", number), _("冒号后面写 {words}").format(words=" ".join(_PARTS)))
        if group is None and spec.group(key.partition(".")[0]):
            sentence = _('“{column}”是各行的列，要在这张表里写 group = "{group}"')
            errors.say((*way, "columns", number), sentence.format(column=key, group=key.partition(".")[0]))
            break
        if key not in known:
            errors.say((*way, "columns", number), _no_column(group.label if group else _("项目"), key, known))
    _check_columns(errors, table, way)
    _check_joined(errors, table, own, way)
    _check_count(errors, table, len(table.get("columns", ())), (*way, "widths"))


def _no_column(label: str, column: str, known: Sequence[str]) -> str:
    return _("“{group}”没有“{column}”这一列").format(group=label, column=column) + meant(column, known)


def _check_columns(errors: MistakeText, table: Plain, way: Way) -> None:
    """What is said of columns must be of those that are printed, and a head's of neighbours."""
    columns = list(table.get("columns", ()))
    for key in ("merged", "left"):
        for number, column in enumerate(table.get(key, ())):
            if column not in columns:
                errors.say((*way, key, number), _no_column(_("这张表"), column, columns))
    for key in ("labels", "joined"):
        for column in table.get(key, {}):
            if column not in columns:
                errors.say((*way, key, column), _no_column(_("这张表"), column, columns))
    for number, head in enumerate(table.get("heads", ())):
        found = head["columns"]
        at = columns.index(found[0]) if found and found[0] in columns else -1
        if at < 0 or columns[at : at + len(found)] != found:
            errors.say((*way, "heads", number, "columns"), _("“columns”要是表里相邻的几列，次序一样"))


def _check_joined(errors: MistakeText, table: Plain, known: Sequence[str], way: Way) -> None:
    for column, pattern in table.get("joined", {}).items():
        _check_names(errors, pattern, known, (*way, "joined", column))


def _check_count(errors: MistakeText, table: Plain, count: int, way: Way) -> None:
    if len(table["widths"]) != count:
        sentence = _("宽度有 {widths} 个，列有 {columns} 个")
        errors.say(way, sentence.format(widths=len(table["widths"]), columns=count))


def _check_fixed(errors: MistakeText, spec: RecordSpec, table: Plain, way: Way) -> None:
    columns = len(table["widths"])
    covered = [0] * columns
    for key in _OF_LISTS:
        if key in table:
            errors.say((*way, key), _("“{key}”要和“group”一起写").format(key=key))
    for number, row in enumerate(table.get("rows", ())):
        here = (*way, "rows", number)
        free = [place for place in range(columns) if not covered[place]]
        covered = [max(0, rows - 1) for rows in covered]
        asked = sum(cell.get("span", 1) for cell in row.get("cells", ()))
        if asked != len(free):
            sentence = _("这一行占了 {found} 列，应当是 {wanted} 列")
            errors.say(here, sentence.format(found=asked, wanted=len(free)))
        for place, cell in enumerate(row.get("cells", ())):
            for at in free[: cell.get("span", 1)]:
                covered[at] = cell.get("rows", 1) - 1
            free = free[cell.get("span", 1) :]
            _check_cell(errors, spec, cell, (*here, "cells", place))


def _check_cell(errors: MistakeText, spec: RecordSpec, cell: Plain, way: Way) -> None:
    says = [key for key in ("label", "text", "field", "goals", "unit_line", "amount_unit") if cell.get(key)]
    if len(says) > 1:
        errors.say((*way, says[1]), _("一格里只能印一样，这里有 {keys}").format(keys=" ".join(says)))
    if "field" in cell:
        _check_field(errors, spec, cell["field"], (*way, "field"))
    if "text" in cell:
        _check_names(errors, cell["text"], ("unit", "year"), (*way, "text"))
    if "goals" in cell and spec.group(cell["goals"]) is None:
        known = [one.key for one in spec.groups]
        errors.say((*way, "goals"), _("没有“{name}”这一组").format(name=cell["goals"]) + meant(cell["goals"], known))


def _check_source(errors: MistakeText, spec: RecordSpec, block: Plain, way: Way) -> None:
    if "field" in block:
        _check_field(errors, spec, block["field"], (*way, "field"))
    if "group" in block and spec.group(block["group"]) is None:
        known = [one.key for one in spec.groups]
        errors.say((*way, "group"), _("没有“{name}”这一组").format(name=block["group"]) + meant(block["group"], known))


def _check_field(errors: MistakeText, spec: RecordSpec, name: str, way: Way) -> None:
    known = list(printable(spec))
    if name not in known:
        errors.say(way, _("表样里没有“{name}”这一栏").format(name=name) + meant(name, known))


def _check_named(errors: MistakeText, spec: RecordSpec, name: str, way: Way) -> None:
    if spec.group(name) is None:
        _check_field(errors, spec, name, way)


def printable(spec: RecordSpec) -> Iterator[str]:
    """The dotted paths of the fields that a cell may print."""
    yield from (one.key for one in spec.head)
    for table, fields in spec.tables.items():
        yield from (f"{table}.{one.key}" for one in fields)
