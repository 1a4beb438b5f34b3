"""The words of one form that an importer looks for, and how well a document speaks them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache
from typing import TypeVar

from perftui.exchange.importer.labels import ASIDE_LABELS, UNIT_LABELS, label_key, same_meaning
from perftui.forms import Field, Form, Group, GroupRole, Role, load_form
from perftui.model.record import FieldPath

_T = TypeVar("_T")


class LabelMeaning(Enum):
    """What a label of a project's table announces."""

    FIELD = auto()
    SECTION = auto()
    """A heading over several fields: amounts, the plan."""
    GOALS = auto()
    UNIT = auto()
    """The unit of the document."""
    ASIDE = auto()
    """What other forms ask for, and these do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where the text that a label announces goes."""

    means: LabelMeaning
    path: FieldPath = ()
    """The field's, or of a section its table."""
    field: Field | None = None
    exact: bool = True
    """The form's own word, not another county's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the indicators' table: what it means, and the form's key for it ("" where the form has none)."""

    role: Role | None
    key: str
    exact: bool = True


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

    def target(self, text: str) -> Target | None:
        """What a cell of a project's table announces; ``None`` where it is no label."""
        key = label_key(text)
        if not key:
            return None
        if key not in self._found:
            self._found[key] = _known(self._targets, key, lambda found: replace(found, exact=False))
        return self._found[key]

    def column(self, text: str) -> Column | None:
        """What a header cell of the indicators' table announces."""
        return _known(self._columns, label_key(text), lambda found: replace(found, exact=False))

    def columns(self, texts: Iterable[str]) -> tuple[Column | None, ...]:
        """What the cells of a header announce; of two that mean the same, only the better."""
        found = [self.column(text) for text in texts]
        best = {
            (one.role, one.key): at for at, one in enumerate(found) if one
        }  # of two, the later: 绩效指标 | … | 指标名称
        best |= {(one.role, one.key): at for at, one in enumerate(found) if one and one.exact}
        kept = [one if one and best[one.role, one.key] == at else None for at, one in enumerate(found)]
        roles = {one.role for one in kept if one}
        name = next((one for one in self._columns.values() if one.role is Role.NAME), None)
        if name is not None and Role.NAME not in roles and Role.DESCRIPTION in roles:  # 指标内容 is all that names it
            kept = [replace(name, exact=False) if one and one.role is Role.DESCRIPTION else one for one in kept]
        return tuple(kept)

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
        score = sum(1.0 if key in keys else 0.4 * any(same_meaning(key, other) for other in keys) for key in own)
        return score / max(len(own), 1)


def vocabulary(form_id: str) -> Vocabulary:
    """The labels of a form. Raises UnknownForm."""
    return _vocabulary(load_form(form_id))


@cache
def _vocabulary(form: Form) -> Vocabulary:
    return Vocabulary(form)


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
    for section in (*spec.amounts, *((spec.plan,) if spec.plan else ())):
        yield label_key(section.label), Target(means=LabelMeaning.SECTION, path=(section.key,))
    for group in reversed(spec.groups):
        if group.role is GroupRole.GOALS:
            yield label_key(group.label), Target(means=LabelMeaning.GOALS, path=(group.key,))
    for field in spec.head:
        if not field.hidden and field.role is not Role.TITLE:
            yield label_key(field.label), Target(means=LabelMeaning.FIELD, path=(field.key,), field=field)
    for table, fields in spec.tables.items():
        for field in fields:
            if not field.hidden:
                yield label_key(field.label), Target(means=LabelMeaning.FIELD, path=(table, field.key), field=field)


def _columns(form: Form) -> Iterator[tuple[str, Column]]:
    group = form.project.group_of(GroupRole.INDICATORS)
    own = group.columns if group else ()
    roles = {column.role for column in own}
    for role, label in EXTRA_COLUMNS.items():
        if role not in roles:
            yield label_key(label), Column(role=role, key="")
    for column in own:
        yield label_key(column.label), Column(role=column.role, key=column.key)
