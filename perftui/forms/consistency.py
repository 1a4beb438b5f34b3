"""Does a definition that uses the language rightly make a form? What does not fit together, as sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from perftui.forms.definition import GroupRole
from perftui.forms.fields import Kind, Role
from perftui.forms.formula_names import check_formulas, parts_of
from perftui.forms.language import LANGUAGE
from perftui.forms.mistakes import MistakeText, meant
from perftui.forms.toml_positions import Way
from perftui.locale import _
from perftui.model.record import ORDER, RESERVED

Plain = Mapping[str, Any]

_MONTH = re.compile("[^年]*?([0-9]{1,2})月[^年]*")
_POINTS = re.compile("[0-9]{1,4}(?:\\.[0-9]{1,2})?")


def check_meaning(report: MistakeText, plain: Plain, common: Plain) -> None:
    """Note what does not fit together in a definition of the right shape."""
    for name in ("department", "project"):
        _Record(report, plain.get(name, {}), common[name], (name,)).check()
    if "taxonomy" in plain["department"]:
        _check_taxonomy(report, plain["department"]["taxonomy"], plain["department"], ("department", "taxonomy"))
    if "project" in plain:
        _check_projects(report, plain)
    else:
        _check_alone(report, plain)
    _check_weights(report, plain)
    _check_english(report, plain, common)


def _check_projects(report: MistakeText, plain: Plain) -> None:
    """A form of projects has their name, their levels and the title of their tables."""
    for name, way, holder in (("taxonomy", (), plain), ("title", ("print",), plain["print"])):
        if name not in holder:
            about = _(LANGUAGE["print" if way else "form"][name].about)
            report.say(way, _("少了“{name}”（{about}）").format(name=name, about=about))
    if "taxonomy" in plain:
        _check_taxonomy(report, plain["taxonomy"], plain["project"], ("taxonomy",))
    if not any(one.get("role") == Role.NAME for one in plain["project"].get("head", ())):
        report.say(("project",), _('项目要有一栏写明 role = "name"，列表和标题用它'))


def _check_alone(report: MistakeText, plain: Plain) -> None:
    """A form without projects says nothing of them, and prints the department."""
    of_projects: list[Way] = [(name,) for name in ("taxonomy",) if name in plain]
    of_projects += [("print", name) for name in ("title", "tables", "project_part") if name in plain["print"]]
    for way in of_projects:
        sentence = _("没有 [project]，这里就不写“{name}”；部门的写在 department 里")
        report.say(way, sentence.format(name=way[-1]))
    if not plain["print"].get("department_tables") and not plain["print"].get("department"):
        report.say(("print",), _("没有写部门印成什么：department_tables"))


class _Record:
    """The fields of one kind of file: keys and roles that are used twice, formulas about nothing."""

    def __init__(self, report: MistakeText, plain: Plain, common: Plain, way: Way) -> None:
        self._report = report
        self._plain = plain
        self._way = way
        self._common = [*common["before"], *common["after"]]
        self._names = dict.fromkeys((*RESERVED, *(one["key"] for one in self._common)), self._way)
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
        check_formulas(self._report, self._plain, self._common, self._way)

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
        self._printed(one, (*way, "printed"))
        if one.get("free") and not one.get("choices"):
            self._report.say((*way, "free"), _("“free”要和“choices”一起写"))
        if "formula" in one and kind not in (Kind.AMOUNT, Kind.PERCENT, Kind.INTEGER) and "parts" not in one:
            self._report.say((*way, "formula"), _("算出来的栏目要是金额、百分比或整数"))

    def _printed(self, one: Plain, way: Way) -> None:
        """Words that stand for choices on paper: of choices, and none twice, or they could not be read back."""
        shown = one.get("printed", {})
        for word in shown:
            if word not in one.get("choices", ()):
                sentence = _("“{word}”不在 choices 里").format(word=word)
                self._report.say((*way, word), sentence + meant(word, one.get("choices", ())))
        paper = [shown.get(word, word) for word in one.get("choices", ())]
        if len(set(paper)) < len(paper):
            self._report.say(way, _("两个词印成了同一个字，读回时分不清"))

    def _amounts(self, amounts: Plain, way: Way) -> None:
        columns = [one["key"] for one in amounts.get("columns", ())]
        for key in columns or [""]:
            self._name(f"{amounts['key']}_{key}" if key else amounts["key"], way)
        keys: set[str] = set()
        for part, part_way in parts_of(amounts["total"], (*way, "total")):
            self._field({**part, "kind": Kind.AMOUNT}, part_way, keys)
            for number, column in enumerate(part.get("columns", ())):
                if column not in columns:
                    sentence = _("这个矩阵没有“{column}”这一列").format(column=column) + meant(column, columns)
                    self._report.say((*part_way, "columns", number), sentence)
        self._fields(amounts.get("others", ()), (*way, "others"), keys, self._head_roles)

    def _plan(self, plan: Plain, way: Way) -> None:
        self._name(plan["key"], way)
        self._fields(plan["points"], (*way, "points"), set(), set())
        self._in_time(plan["points"], (*way, "points"))
        if plan.get("usual") and len(plan["usual"]) != len(plan["points"]):
            sentence = _("时点有 {points} 个，这里写了 {usual} 个")
            self._report.say((*way, "usual"), sentence.format(points=len(plan["points"]), usual=len(plan["usual"])))

    def _in_time(self, points: Sequence[Plain], way: Way) -> None:
        """Note a point that names a month before that of the point before it."""
        months = [match and int(match[1]) for point in points for match in [_MONTH.fullmatch(point["label"])]]
        for number, (before, month) in enumerate(pairwise(months), 1):
            if before and month and month <= before:
                sentence = _("时点要从早到晚写：“{later}”写在“{earlier}”前面了")
                names = {"later": points[number - 1]["label"], "earlier": points[number]["label"]}
                self._report.say((*way, number), sentence.format(**names))

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
    levels = plain.get("taxonomy") or plain["department"].get("taxonomy", {})
    known = [one["name"] for one in levels.get("categories", ())]
    weights = plain.get("weights", {})
    given: list[tuple[Way, str]] = [
        (("weights", "totals", at), text) for at, text in enumerate(weights.get("totals", ()))
    ]
    given += [(("weights", "execution"), weights["execution"])] if weights.get("execution") else []
    for way, text in given:
        if not _POINTS.fullmatch(text):
            report.say(way, _("“{text}”不是分值，要写成 10 或 22.5").format(text=text))
    for name, text in weights.get("categories", {}).items():
        way = ("weights", "categories", name)
        if name not in known:
            report.say(way, _("没有“{name}”这个一级指标").format(name=name) + meant(name, known))
        if not all(map(_POINTS.fullmatch, text.split("-", 1))):
            report.say(way, _("“{text}”不是分值，要写成 10、22.5 或 40-50").format(text=text))


def _check_english(report: MistakeText, plain: Plain, common: Plain) -> None:
    known = sorted({word for part in (plain["department"], plain.get("project"), plain.get("taxonomy"), common)
                    for word in _words(part)})  # fmt: skip
    for word, english in plain.get("english", {}).items():
        way = ("english", word)
        if word not in known:
            report.say(way, _("表样里没有“{name}”这个词").format(name=word) + meant(word, known))
        if not english.strip():
            report.say(way, _("“{key}”是空的").format(key=word))


def _words(plain: object) -> Iterator[str]:
    """Every label, category, class and choice of a part of a definition."""
    if isinstance(plain, list):
        yield from (word for one in plain for word in _words(one))
    elif isinstance(plain, Mapping):
        yield from (plain[key] for key in ("label", "name") if isinstance(plain.get(key), str))
        yield from (word for key in ("classes", "choices") for word in plain.get(key, ()))
        yield from (word for one in plain.values() for word in _words(one))
