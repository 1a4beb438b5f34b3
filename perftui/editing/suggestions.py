"""What a blank field may hold, best first, and where each suggestion comes from. Nothing is filled in by itself."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from perftui.editing.record_builder import index_for_class
from perftui.editing.rows import NEW_ROW
from perftui.editing.usage import Usage, Vote
from perftui.forms import Field, Form, Group, GroupRole, Kind, Role
from perftui.forms.project_kinds import are_of_other_kinds, kinds_of
from perftui.forms.project_templates import ProjectTemplate, TemplateRow
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record, Row
from perftui.model.values import ValueKind, parse_value

_SUGGESTED = (Role.NAME, Role.DESCRIPTION, Role.VALUE, Role.BASIS, Role.UNIT, Role.SIGN)
"""The columns of an indicator that are alike in many projects."""

_SIGNS = ("≥", "≤", ">", "<", "=")

_HEADS = re.compile(r"(?<![0-9.])([0-9]{1,7})(?:名|人(?!次))")
_SHARE = re.compile("(?:率|比例|比重|占比|满意度)$")  # its value is no number of people
_COUNTED = re.compile("人数|人员数量|人员总数")


class SuggestionOrigin(Enum):
    """Where a suggestion comes from, the most trusted first."""

    ORIGIN = auto()
    """The project that this one was rolled over from."""
    LIKE = auto()
    """A project of the document that is like this one."""
    OTHERS = auto()
    """Other projects of the document."""
    LIBRARY = auto()
    ABOVE = auto()
    """The row above."""
    TEXTS = auto()
    """A number in the project's own goals or purpose."""


@frozen
class Suggestion:
    """A text that a field may hold."""

    text: str
    source: SuggestionOrigin
    detail: str = ""
    """The template's name, the file of the project that is most like this one, or how many times others use it."""


@frozen
class SuggestionSources:
    """What suggestions are made of."""

    form: Form
    usage: Usage
    templates: tuple[ProjectTemplate, ...] = ()
    origin: Record | None = None
    """The record of the year before that the project was rolled over from."""


@frozen
class RowField:
    """A field of a row, stored or still to be made."""

    group: Group
    column: Field
    row: Row
    """What the row holds; of one to be made, what it begins with."""
    index: int
    """Its place among the group's rows."""


def suggestions_at(
    sources: SuggestionSources, record: Record, path: FieldPath, ghost: Row | None = None
) -> list[Suggestion]:
    """What may stand at a place of a project, best first; what stands there already is left out.

    ``ghost``: what a row that is not stored yet begins with.
    """
    target = row_field_at(sources.form, record, path, ghost)
    here = record.text(path) if target is None else target.row.text(path[-1])
    found = _of_field(sources, record, path) if target is None else _of_row_field(sources, record, target, asked=True)
    unique: dict[str, Suggestion] = {}
    for one in found:
        if one.text and one.text != here:
            unique.setdefault(one.text, one)
    return list(unique.values())


def best_at(sources: SuggestionSources, record: Record, path: FieldPath, ghost: Row | None = None) -> Suggestion | None:
    """The best suggestion for a blank field; ``None`` where there is none good enough to be shown unasked."""
    target = row_field_at(sources.form, record, path, ghost)
    if target is None:
        found = _of_field(sources, record, path, asked=False)
    else:
        found = _of_row_field(sources, record, target, asked=False)
    return next((one for one in found if one.text), None)


def row_field_at(form: Form, record: Record, path: FieldPath, ghost: Row | None = None) -> RowField | None:
    """The field of a row at a path; ``None`` for a field outside of rows."""
    group = form.project.group(path[0]) if len(path) == 3 else None
    column = form.project.field(path)
    if group is None or column is None:
        return None
    rows = record.rows(group.key)
    index = next((number for number, row in enumerate(rows) if row.id == path[1]), None)
    if index is None:
        row = ghost or Row(id=NEW_ROW, values={})
        index = index_for_class(form.project, group, rows, row.text(group.key_of(Role.LEVEL2))) if ghost else len(rows)
    else:
        row = rows[index]
    return RowField(group=group, column=column, row=row, index=index)


# ---- fields outside of rows


def _of_field(
    sources: SuggestionSources, record: Record, path: FieldPath, *, asked: bool = True
) -> Iterator[Suggestion]:
    """Texts that every project has of its own are only listed when somebody asks."""
    spec = sources.form.project
    one = spec.field(path)
    if one is None or one.role is Role.CODE or one.kind is Kind.AMOUNT:
        return  # codes and amounts are one project's own: what stands elsewhere is never right here
    if sources.origin is not None:
        yield Suggestion(text=sources.origin.text(path), source=SuggestionOrigin.ORIGIN)
    if one.role is Role.PURPOSE:
        for template in _fitting(sources, record, asked=asked):
            yield Suggestion(text=template.purpose, source=SuggestionOrigin.LIBRARY, detail=template.name)
    if (asked and one.role not in (Role.NAME, Role.TITLE)) or one.role is None:
        for text, count in sources.usage.field(path):
            yield Suggestion(text=text, source=SuggestionOrigin.OTHERS, detail=str(count))


def _fitting(sources: SuggestionSources, record: Record, *, asked: bool) -> list[ProjectTemplate]:
    """The templates of the project's kind, then, where somebody asks, the others.

    A word in the name is not enough where it is known what the template is for: 补助 is paid to a clinic too.
    """
    name = sources.form.project.text_of(record, Role.NAME)
    ranked = sorted(sources.templates, key=lambda one: -one.fits(name))
    own = kinds_of(_own_text(sources.form, record))
    return ranked if asked else [one for one in ranked if one.fits(name) and (not one.kinds or own & one.kinds)]


# ---- rows


def _of_row_field(sources: SuggestionSources, record: Record, target: RowField, *, asked: bool) -> Iterator[Suggestion]:
    if target.group.role is GroupRole.GOALS:
        yield from _goals(sources, record, target)
    elif target.group.role is GroupRole.INDICATORS and target.column.role in _SUGGESTED:
        own = kinds_of(_own_text(sources.form, record))
        found = (_names if target.column.role is Role.NAME else _beside_name)(sources, record, target, asked=asked)
        others: list[Suggestion] = []
        for one in found:  # no wages for a road: what speaks of another kind of work is not offered, and listed last
            if are_of_other_kinds(own, kinds_of(one.text)):
                others.append(one)
            else:
                yield one
        yield from others if asked else ()


def _goals(sources: SuggestionSources, record: Record, target: RowField) -> Iterator[Suggestion]:
    key = target.column.key
    used = {text for row in record.rows(target.group.key) if row.id != target.row.id and (text := row.text(key))}
    texts: list[Suggestion] = []
    if sources.origin is not None:
        texts += [
            Suggestion(text=row.text(key), source=SuggestionOrigin.ORIGIN)
            for row in sources.origin.rows(target.group.key)
        ]
    of_year = target.group is sources.form.project.group_of(GroupRole.GOALS)
    asked = of_year and not used  # who has goals needs none invented
    for template in _fitting(sources, record, asked=False) if asked else ():
        goals = ("\n".join(template.goals),) if target.group.single else template.goals
        texts += [Suggestion(text=goal, source=SuggestionOrigin.LIBRARY, detail=template.name) for goal in goals]
    yield from (one for one in texts if one.text not in used)


def _names(sources: SuggestionSources, record: Record, target: RowField, *, asked: bool) -> Iterator[Suggestion]:
    """Names of the same class that the project does not use yet; in a row of no class those of all, once asked."""
    level, key = target.group.key_of(Role.LEVEL2), target.column.key
    class_name = target.row.text(level)
    rows = record.rows(target.group.key)
    others = [row.values for row in rows if row.id != target.row.id]
    used = {str(one.get(key, "")) for one in others if not class_name or str(one.get(level, "")) == class_name}
    classes = [class_name]
    if not class_name and asked:
        classes = [name for _category, name in sources.form.project.taxonomy.skeleton]
    for one_class in classes:
        found = _all_names(sources, record, target, one_class, asked=asked)
        yield from (one for one in found if one.text not in used)


def _all_names(
    sources: SuggestionSources, record: Record, target: RowField, class_name: str, *, asked: bool
) -> Iterator[Suggestion]:
    level, key = target.group.key_of(Role.LEVEL2), target.column.key
    if sources.origin is not None:
        for row in sources.origin.rows(target.group.key):
            if row.text(level) == class_name:
                yield Suggestion(text=row.text(key), source=SuggestionOrigin.ORIGIN)
    yield from map(_like, sources.usage.names_voted(record, class_name))
    for template, row_of in _library_rows(sources, record, class_name, asked=asked):
        yield Suggestion(text=row_of.name, source=SuggestionOrigin.LIBRARY, detail=template.name)
    for text, count in sources.usage.names(class_name) if asked else ():
        yield Suggestion(text=text, source=SuggestionOrigin.OTHERS, detail=str(count))


def _like(vote: Vote) -> Suggestion:
    return Suggestion(text=vote.text, source=SuggestionOrigin.LIKE, detail=vote.file)


def _library_rows(
    sources: SuggestionSources, record: Record, class_name: str, *, asked: bool
) -> Iterator[tuple[ProjectTemplate, TemplateRow]]:
    for template in _fitting(sources, record, asked=asked):
        for row in template.rows:
            if class_name in row.classes:
                yield template, row


def _beside_name(sources: SuggestionSources, record: Record, target: RowField, *, asked: bool) -> Iterator[Suggestion]:
    """Description, value, basis: what stands beside the same name elsewhere; then the basis of the row above."""
    class_name = target.row.text(target.group.key_of(Role.LEVEL2))
    name = target.row.text(target.group.key_of(Role.NAME))
    if name:
        yield from (
            one for one in _same_name(sources, record, target, class_name, name) if _is_good(target, one.text, name)
        )
    if target.column.role is Role.VALUE and name:
        yield from _heads(sources, record, target, name)
    if target.column.role is Role.BASIS:
        yield from _bases(sources, record, target, asked=asked)


def _same_name(
    sources: SuggestionSources, record: Record, target: RowField, class_name: str, name: str
) -> Iterator[Suggestion]:
    keys = (target.group.key_of(Role.LEVEL2), target.group.key_of(Role.NAME))
    if sources.origin is not None:
        for row in sources.origin.rows(target.group.key):
            if (row.text(keys[0]), row.text(keys[1])) == (class_name, name):
                yield Suggestion(text=row.text(target.column.key), source=SuggestionOrigin.ORIGIN)
    yield from map(_like, sources.usage.named_voted(record, class_name, name, target.column.key))
    for template, library_row in _library_rows(sources, record, class_name, asked=True):
        if library_row.name == name and target.column.role is not None:
            texts = [library_row.values.get(target.column.role, "")]
            if target.column.role is Role.DESCRIPTION:
                texts.append(library_row.formula)
            elif target.column.role is Role.VALUE and target.group.column(Role.UNIT) is None:
                texts = [_whole_value(library_row, alone=target.group.column(Role.SIGN) is None)]
            yield from (Suggestion(text=text, source=SuggestionOrigin.LIBRARY, detail=template.name) for text in texts)
    for text, count in sources.usage.named(class_name, name, target.column.key):
        yield Suggestion(text=text, source=SuggestionOrigin.OTHERS, detail=str(count))


def _whole_value(row: TemplateRow, *, alone: bool) -> str:
    """A value as one text, where the form has no column for its unit; ``alone``: nor for its sign."""
    value, sign, unit = (row.values.get(role, "") for role in (Role.VALUE, Role.SIGN, Role.UNIT))
    if not value or not value[-1].isdecimal():
        return value
    return (sign if alone and sign in _SIGNS and value[0].isdecimal() else "") + value + unit


def _is_good(target: RowField, text: str, name: str) -> bool:
    """What a reviewer sends back is not suggested: a choice that nobody made, a description that only repeats."""
    if target.column.role is Role.VALUE:
        kind = parse_value(text).kind
        return kind not in (ValueKind.EMPTY, ValueKind.PLACEHOLDER, ValueKind.CHOICE)
    return not (target.column.role is Role.DESCRIPTION and text == name)


def _heads(sources: SuggestionSources, record: Record, target: RowField, name: str) -> Iterator[Suggestion]:
    """A number of people in the project's own purpose and goals."""
    description = target.row.text(target.group.key_of(Role.DESCRIPTION))
    if _SHARE.search(name) or not (_COUNTED.search(name) or _COUNTED.search(description)):
        return
    for text in _own_texts(sources.form, record):
        for match in _HEADS.finditer(text):
            yield Suggestion(text=f"{match[1]}人", source=SuggestionOrigin.TEXTS)


def _own_text(form: Form, record: Record) -> str:
    """What tells a project's kind: its name, purpose and goals."""
    return "\n".join((form.project.text_of(record, Role.NAME), *_own_texts(form, record)))


def _own_texts(form: Form, record: Record) -> Iterable[str]:
    yield form.project.text_of(record, Role.PURPOSE)
    for group in form.project.groups:
        if group.role is GroupRole.GOALS:
            yield from (row.text(group.columns[0].key) for row in record.rows(group.key))


def _bases(sources: SuggestionSources, record: Record, target: RowField, *, asked: bool) -> Iterator[Suggestion]:
    """The basis of the nearest row above that has one; then those of like projects, and of the document."""
    rows = record.rows(target.group.key)
    for above in reversed(rows[: target.index]):
        yield Suggestion(text=above.text(target.column.key), source=SuggestionOrigin.ABOVE)
    yield from map(_like, sources.usage.column_voted(record, target.column.key))
    for text, count in sources.usage.column(target.column.key):
        yield Suggestion(text=text, source=SuggestionOrigin.OTHERS, detail=str(count))
    for template in sources.templates if asked else ():
        for row in template.rows:
            yield Suggestion(text=row.values.get(Role.BASIS, ""), source=SuggestionOrigin.LIBRARY, detail=template.name)
