"""Units of money in labels: what is printed beside 金额（元） in 万元 would be read as ten thousand times less."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from perftui.forms.definition import RecordSpec
from perftui.forms.fields import Kind
from perftui.forms.formula_names import parts_of
from perftui.forms.mistakes import MistakeText
from perftui.forms.toml_positions import Way
from perftui.locale import _

Plain = Mapping[str, Any]

_UNIT = re.compile("[（(](?:单位[：:])?([百千万亿]*元)[）)]$")


def check_unit_words(report: MistakeText, plain: Plain, department: RecordSpec, project: RecordSpec) -> None:
    """Note each label of an amount that says another unit than the form's."""
    labels = [*_labels(plain["department"], ("department",)), *_labels(plain.get("project", {}), ("project",))]
    for key, spec in (("department_tables", department), ("tables", project)):
        for number, table in enumerate(plain["print"].get(key, ())):
            labels += _printed(spec, table, ("print", key, number))
    for way, label in labels:
        said = _UNIT.search(label)
        if said and said[1] != plain["amount_unit"]:
            sentence = _("“{label}”里写的是{said}，金额单位（amount_unit）是{unit}：印出来的数会差很多倍")
            report.say(way, sentence.format(label=label, said=said[1], unit=plain["amount_unit"]))


def _labels(record: Plain, way: Way) -> Iterator[tuple[Way, str]]:
    """The labels of a record's amounts, each with where it stands."""
    yield from _amounts(record.get("head", ()), (*way, "head"))
    for number, amounts in enumerate(record.get("amounts", ())):
        here = (*way, "amounts", number)
        yield here, amounts["label"]
        for part, part_way in parts_of(amounts["total"], (*here, "total")):
            yield part_way, part["label"]
        for at, column in enumerate(amounts.get("columns", ())):
            yield (*here, "columns", at), column["label"]
    for number, group in enumerate(record.get("groups", ())):
        yield from _amounts(group["columns"], (*way, "groups", number, "columns"))


def _amounts(fields: list[Plain], way: Way) -> Iterator[tuple[Way, str]]:
    return (((*way, at), one["label"]) for at, one in enumerate(fields) if one.get("kind") == Kind.AMOUNT)


def _printed(spec: RecordSpec, table: Plain, way: Way) -> Iterator[tuple[Way, str]]:
    """The printed labels that stand before an amount."""
    for number, row in enumerate(table.get("rows", ())):
        for at, (before, cell) in enumerate(pairwise(row.get("cells", ()))):
            field = spec.field(tuple(cell.get("field", "").split(".")))
            if before.get("label") and field is not None and field.kind is Kind.AMOUNT:
                yield (*way, "rows", number, "cells", at), before["label"]
