"""The words of one form that an importer looks for, and how well a document speaks them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import cache
from itertools import pairwise
from typing import TypeVar

from perftui.exchange.importer.composed_labels import (
    ASIDE_WORD,
    AmountScope,
    Source,
    amount_label,
    column_words,
    goal_scope,
    is_name_label,
    title_scope,
)
from perftui.exchange.importer.labels import (
    ASIDE_LABELS,
    LONGEST_LABEL,
    UNIT_LABELS,
    YEAR_LABELS,
    is_person_label,
    is_year_label,
    label_key,
    meaning,
    same_meaning,
)
from perftui.forms import AmountGroup, Field, Form, Group, GroupRole, Kind, Role, load_form
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath

_T = TypeVar("_T")
_MOST_TITLES = 4096
_OF_DOCUMENT = (
    Role.SCHEMA, Role.FORM, Role.DIVISION, Role.UNIT_CODE, Role.UNIT_NAME, Role.DEPARTMENT_NAME, Role.YEAR,
    Role.AMOUNT_UNIT, Role.APPROVED_TOTAL, Role.STATUS,
)  # fmt: skip
"""What the file of every department says of its document; tables say it in words of their own."""
_BRACKETED = re.compile(r"[（(]([^（）()]{2,12})[)）]([^（）()]{0,6})")
"""What stands in brackets, and what behind them."""


class LabelMeaning(Enum):
    """What a label of a project's table announces."""

    FIELD = auto()
    SECTION = auto()
    """A heading over several fields: amounts, the plan."""
    GOALS = auto()
    UNIT = auto()
    """The unit of the document."""
    YEAR = auto()
    """The budget's year."""
    PERSON = auto()
    """Who filled the form in, or a telephone."""
    SOURCE = auto()
    """Money from a source that the form does not have."""
    ASIDE = auto()
    """What other forms ask for, and these do not."""


@frozen
class Target:
    """Where the text that a label announces goes."""

    means: LabelMeaning
    path: FieldPath = ()
    """The field's, or of a section its table."""
    field: Field | None = None
    exact: bool = True
    """The form's own word, not another county's."""


@frozen
class Column:
    """A column of the indicators' table: what it means, and the form's key for it ("" where the form has none)."""

    role: Role | None
    key: str
    exact: bool = True
    grade: str = ""
    """The value is given in grades, and this is one: 优."""
    aside: bool = False
    """It holds what came of it, a score, a reason, a value of another year: nothing of a plan."""


_NO_TITLE: "tuple[Column | None, bool]" = (None, False)
ASIDE = Column(role=None, key="", exact=False, aside=True)
EXTRA_COLUMNS: Mapping[Role, str] = {
    Role.SIGN: "符号",
    Role.UNIT: "计量单位",
    Role.LEVEL1: "一级指标",
    Role.LEVEL2: "二级指标",
    Role.NAME: "三级指标",
    Role.DESCRIPTION: "绩效指标描述",
    Role.VALUE: "指标值",
    Role.BASIS: "指标值确定依据",
    Role.WEIGHT: "分值权重",
    Role.DIRECTION: "指标方向",
    Role.REMARK: "备注",
}
"""One label of each column that forms have somewhere; the labels that mean the same are known."""


class Vocabulary:
    """The labels of a form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._targets = dict(_targets(form))
        self._columns = dict(_columns(form))
        self._found: dict[str, Target | None] = {}
        self._titles: dict[str, tuple[Column | None, bool]] = {}

    def target(self, text: str) -> Target | None:
        """What a cell of a project's table announces; ``None`` where it is no label."""
        key = label_key(text)
        if not key:
            return None
        if key not in self._found:
            known = _known(self._targets, key, lambda found: replace(found, exact=False))
            of_measure = known is not None and known.means is LabelMeaning.UNIT and key not in self._targets
            self._found[key] = None if of_measure else known or self._by_meaning(text)
        found = self._found[key]
        if found is None and (besides := self.besides(text)):
            return self.target(besides)
        return found

    def besides(self, text: str) -> str:
        """The name or code of a project that a label asks for in brackets, 项目单位（项目名称）; "" for any other."""
        match = _BRACKETED.search(text)
        if match is None:
            return ""
        wanted = {self.form.project.path_of(Role.NAME), self.form.project.path_of(Role.CODE)}
        said = ((one, self.target(one)) for one in (match[1], match[1] + match[2]))
        return next((one for one, target in said if target and target.field and target.path in wanted), "")

    def _by_meaning(self, text: str) -> Target | None:
        """A label that no list has, by how it ends or what it is made of."""
        if is_person_label(text):
            return Target(means=LabelMeaning.PERSON, exact=False)
        if is_year_label(text):
            return Target(means=LabelMeaning.YEAR, exact=False)
        path = self.form.project.path_of(Role.NAME) if is_name_label(text) else None
        field = self.form.project.field(path) if path else None
        return Target(means=LabelMeaning.FIELD, path=path or (), field=field, exact=False) if field else None

    def column(self, text: str) -> Column | None:
        """What a header cell of the indicators' table announces, by its label or by the words in that."""
        return self._title(text)[0]

    def _title(self, text: str) -> tuple[Column | None, bool]:
        """What a title announces, and whether it is a label that is known."""
        if len(text) > LONGEST_LABEL:
            return _NO_TITLE
        if text not in self._titles:
            if len(self._titles) > _MOST_TITLES:
                self._titles.clear()
            key = label_key(text).replace("级目标", "级指标")
            known = _known(self._columns, key, lambda found: replace(found, exact=False))
            self._titles[text] = (known or self._by_words(text), known is not None)
        return self._titles[text]

    def _by_words(self, text: str) -> Column | None:
        word = column_words(text)
        if word == ASIDE_WORD:
            return ASIDE
        return self.column_of(Role(word)) if word else None

    def column_of(self, role: Role) -> Column | None:
        """The column of a role, under another title than the form's."""
        return next((replace(one, exact=False) for one in self._columns.values() if one.role is role), None)

    def money(self, text: str) -> AmountScope | None:
        """Of what a label of money speaks, the form's own or one made of words; ``None`` for any other text."""
        said, target = amount_label(text), self.target(text)
        if said is not None:
            return said.scope
        return AmountScope.NONE if target and target.field and target.field.kind is Kind.AMOUNT else None

    def amount(self, source: Source, scope: AmountScope) -> Target | None:
        """The field of an amount by its source, in the group of its scope; ``None`` where the form has none."""
        group = self._group(scope)
        if group is None:
            return None
        fields = (one for one in group.amounts if _source_of(one, group) is source)
        field = next(fields, None)
        means = LabelMeaning.SOURCE if field is None else LabelMeaning.FIELD
        path = (group.key,) if field is None else group.path(field)
        return Target(means=means, path=path, field=field, exact=False)

    def goals(self, scope: AmountScope) -> Target | None:
        """The group of goals of a scope."""
        whole = scope is AmountScope.WHOLE
        groups = [group for group in self.form.project.groups if group.role is GroupRole.GOALS]
        fitting = [group for group in groups if (goal_scope(group.label) is AmountScope.WHOLE) is whole]
        return Target(means=LabelMeaning.GOALS, path=(fitting[0].key,), exact=False) if fitting else None

    def is_amount(self, path: FieldPath) -> bool:
        """Is a path one of a table of amounts, or such a table?"""
        return path[:1] in {(group.key,) for group in self.form.project.amounts}

    def speaks_exactly(self, texts: Iterable[str]) -> bool:
        """Is any of the texts one of the form's own labels?"""
        return any(target is not None and target.exact for target in map(self.target, texts))

    def holds(self, target: Target, scope: AmountScope) -> bool:
        """Is a target the place of what is said of that scope? Most forms hold this year's plan alone."""
        if target.means is not LabelMeaning.GOALS and (scope.may_be_years or not self.form.has_projects):
            return True
        if target.means is LabelMeaning.GOALS:
            group = self.form.project.group(target.path[0])
            whole = group is not None and goal_scope(group.label) is AmountScope.WHOLE
            return (scope is AmountScope.WHOLE) is whole and scope in (
                AmountScope.NONE,
                AmountScope.YEAR,
                AmountScope.WHOLE,
            )
        amounts = next((one for one in self.form.project.amounts if one.key in target.path[:1]), None)
        return scope is AmountScope.WHOLE and amounts is not None and _is_whole(amounts)

    def _group(self, scope: AmountScope) -> AmountGroup | None:
        whole = scope is AmountScope.WHOLE
        return next((group for group in self.form.project.amounts if _is_whole(group) is whole), None)

    def columns(self, texts: Sequence[str]) -> tuple[Column | None, ...]:
        """What the cells of a header announce; of two that mean the same, only the better."""
        found = [self.column(text) for text in texts]
        best = {
            (one.role, one.key): at for at, one in enumerate(found) if one
        }  # of two, the later: 绩效指标 | … | 指标名称
        best |= {(one.role, one.key): at for at, one in enumerate(found) if one and self.is_certain(texts[at])}
        best |= {(one.role, one.key): at for at, one in enumerate(found) if one and one.exact}
        best |= {(one.role, one.key): at for at, one in enumerate(found) if one and _is_third(one, texts[at])}
        best |= {(one.role, one.key): at for at, one in enumerate(found) if one and self._aims(one, texts[at])}
        kept = [one if one and (one.aside or best[one.role, one.key] == at) else None for at, one in enumerate(found)]
        roles = {one.role for one in kept if one}
        name = next((one for one in self._columns.values() if one.role is Role.NAME), None)
        if name is not None and Role.NAME not in roles and Role.DESCRIPTION in roles:  # 指标内容 is all that names it
            kept = [replace(name, exact=False) if one and one.role is Role.DESCRIPTION else one for one in kept]
        return tuple(kept)

    def _aims(self, column: Column, title: str) -> bool:
        """Does a known title say 目标值? Beside it what is only called 指标值 was measured."""
        return column.role is Role.VALUE and label_key(title).endswith("目标值") and self.is_certain(title)

    def is_certain(self, text: str) -> bool:
        """Is a title a label that is known, not one told by its words?"""
        return self._title(text)[1]

    def certain_titles(self, texts: Iterable[str]) -> int:
        """How many of some texts are titles that are known."""
        known = self._titles
        found = [known[text] if text in known else self._title(text) for text in texts]
        return sum([certain for _column, certain in found])

    @property
    def indicators(self) -> Group | None:
        """The form's group of indicators."""
        return self.form.project.group_of(GroupRole.INDICATORS)

    def knows(self, text: str) -> bool:
        """Is a text a label or a column of the form, in its words or another county's?"""
        target = self.target(text)
        column = self.column(text) if target is None else None
        of_form = target is not None and target.means not in (LabelMeaning.ASIDE, LabelMeaning.UNIT)
        return of_form or (column is not None and bool(column.key))

    def coverage(self, texts: Iterable[str]) -> float:
        """How much of the form a document's labels speak of, and in its own words: 0 to 1."""
        keys = {key for text in texts if (key := label_key(text))}
        own = {key for key, target in self._targets.items() if target.exact} | set(self._columns)
        meant = set(map(meaning, keys))
        score = sum(1.0 if key in keys else 0.4 * (meaning(key) in meant) for key in own)
        return score / max(len(own), 1)


def vocabulary(form_id: str) -> Vocabulary:
    """The labels of a form. Raises UnknownForm."""
    return _vocabulary(form_of_tables(load_form(form_id)))


@cache
def form_of_tables(form: Form) -> Form:
    """The form as foreign tables speak of it: where it has no projects, its department as if it were one."""
    if form.has_projects:
        return form
    head = tuple(one for one in form.department.head if one.role not in _OF_DOCUMENT)
    return replace(form, project=replace(form.department, head=head))


@cache
def _vocabulary(form: Form) -> Vocabulary:
    return Vocabulary(form)


def _is_whole(group: AmountGroup) -> bool:
    """Does a group of amounts speak of the whole project, not of the year?"""
    said = amount_label(group.total.field.label)
    return AmountScope.WHOLE in (title_scope(group.label), said.scope if said else None)


def _source_of(field: Field, group: AmountGroup) -> Source | None:
    if field == group.total.field:
        return Source.ALL
    said = amount_label(field.label)
    return None if said is None else said.source


def _known(known: Mapping[str, _T], key: str, mark: Callable[[_T], _T]) -> _T | None:
    """The entry of a label: the form's own, else that of a word which means the same."""
    if key in known:
        return known[key]
    other = next((own for own in known if same_meaning(own, key)), None)
    return None if other is None else mark(known[other])


def _targets(form: Form) -> Iterator[tuple[str, Target]]:
    """Later ones win: a field before a heading of the same words."""
    spec = form.project
    yield from ((label_key(label), Target(means=LabelMeaning.ASIDE, exact=False)) for label in ASIDE_LABELS)
    yield from ((label_key(label), Target(means=LabelMeaning.UNIT, exact=False)) for label in UNIT_LABELS)
    yield from ((label_key(label), Target(means=LabelMeaning.UNIT, exact=False)) for label in _unit_labels(form))
    yield from ((label_key(label), Target(means=LabelMeaning.YEAR, exact=False)) for label in YEAR_LABELS)
    for section in (*spec.amounts, *((spec.plan,) if spec.plan else ())):
        yield label_key(section.label), Target(means=LabelMeaning.SECTION, path=(section.key,))
    for group in reversed(spec.groups):
        if group.role is GroupRole.GOALS:
            yield label_key(group.label), Target(means=LabelMeaning.GOALS, path=(group.key,))
    for field in spec.head:
        if not field.hidden and field.role is not Role.TITLE:
            yield label_key(field.label), Target(means=LabelMeaning.FIELD, path=(field.key,), field=field)
    others = _later_columns(spec.amounts)
    for table, fields in sorted(spec.tables.items(), key=lambda one: one[0] not in others):
        for field in fields:
            if not field.hidden:
                yield label_key(field.label), Target(means=LabelMeaning.FIELD, path=(table, field.key), field=field)


def _unit_labels(form: Form) -> Iterator[str]:
    """What the form prints before the unit's name and code."""
    unit = [form.department.path_of(role) for role in (Role.UNIT_NAME, Role.UNIT_CODE)]
    for table in (*form.layout.department_tables, *form.layout.tables):
        for row in table.rows:
            yield from (one.label for one, after in pairwise(row.cells) if one.label and after.field in unit)


def _later_columns(amounts: Sequence[AmountGroup]) -> set[str]:
    """The columns of matrices but the first, which is what a label without a column's title means."""
    firsts = {group.matrix: group.key for group in reversed(amounts)}
    return {group.key for group in amounts if group.matrix and group.key != firsts[group.matrix]}


def _is_third(column: Column, title: str) -> bool:
    """Does a title say 三级指标? That is the name, also beside what the form itself calls the name (指标内容)."""
    label = label_key(EXTRA_COLUMNS[Role.NAME])
    return column.role is Role.NAME and label_key(title) in (label, f"{label}名称")


def _columns(form: Form) -> Iterator[tuple[str, Column]]:
    group = form.project.group_of(GroupRole.INDICATORS)
    own = group.columns if group else ()
    keys = {column.role: column.key for column in own}
    for role, label in EXTRA_COLUMNS.items():
        yield label_key(label), Column(role=role, key=keys.get(role, ""), exact=role not in keys)
    for column in own:
        yield label_key(column.label), Column(role=column.role, key=column.key)
