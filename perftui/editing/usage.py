"""How often a document uses which words for which indicator; updated with each edit, not counted anew."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from perftui.editing.likeness import ALIKE, Traits, likeness, traits_of
from perftui.forms import Form, Group, GroupRole, Role
from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record, Row

_Key = tuple[str, ...]
"""What is counted: a class's names; a named indicator's texts in a column; a column's, or a field's, texts."""

_NAMES, _NAMED, _COLUMN, _FIELD = "names", "named", "column", "field"

_FEW_ROWS = 100
"""So many rows of a record are counted together: apart they take more memory."""
_MOST_LIKE = 20
"""So many of the most alike projects are asked."""
_MOST_VOTED = 9
"""So many texts of theirs are told: those that a list has a digit for."""


class Usage:
    """Counts over all projects. Only the records that changed since the last look are counted again."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._groups = [group for group in form.project.groups if group.role is GroupRole.INDICATORS]
        self._counts: dict[_Key, Counter[str]] = {}
        self._seen: dict[str, _RecordTexts] = {}
        self._counted: dict[str, _Parts] = {}
        """What is counted of files that changed since, at which the rules still look, or that are gone."""
        self._looked_at: Mapping[str, Record] | None = None
        self._traits: Traits | None = None
        self._scores: dict[str, float] = {}
        """How like each project is to the one that was asked about last."""
        self._like: tuple[Record, list[LikeProject]] | None = None

    def look_at(self, document: Document, blamed: Callable[[str], Collection[FieldPath] | None]) -> None:
        """Count the records that changed.

        ``blamed``: the fields of a file with findings, which are not suggested; ``None`` where the rules still look at
        the file: it is counted when they have.
        """
        projects = document.projects
        if projects is self._looked_at:
            return
        self._looked_at = projects
        for file in [file for file, seen in self._seen.items() if projects.get(file) is not seen.record]:
            self._counted[file] = self._seen.pop(file).parts
            self._scores.pop(file, None)
            self._like = None
        for file, record in projects.items():
            if file not in self._seen:
                bad = blamed(file)
                if bad is None:
                    self._looked_at = None
                    continue
                before = self._counted.pop(file, {})
                parts = self._parts(record, bad, before)
                self._seen[file] = _RecordTexts(record=record, traits=traits_of(self._form, record), parts=parts)
                self._count(before, parts)
                self._like = None
                if len(parts) == 1:  # else its rows are known by themselves
                    record.let_go()
        for file in [file for file in self._counted if file not in projects]:
            self._count(self._counted.pop(file), {})

    def names(self, class_name: str) -> list[tuple[str, int]]:
        """The names of a class's indicators, the most used first."""
        return self._ranked((_NAMES, class_name))

    def named(self, class_name: str, name: str, column: str) -> list[tuple[str, int]]:
        """What the indicators of a class and name hold in a column."""
        return self._ranked((_NAMED, class_name, name, column))

    def column(self, column: str) -> list[tuple[str, int]]:
        """What all indicators hold in a column."""
        return self._ranked((_COLUMN, column))

    def field(self, path: FieldPath) -> list[tuple[str, int]]:
        """What all projects hold in a field of the head or a table."""
        return self._ranked((_FIELD, *path))

    def like(self, record: Record) -> "list[LikeProject]":
        """The projects that are enough like one, without itself, the most alike first."""
        if self._like is None or self._like[0] is not record:
            traits = traits_of(self._form, record)
            if traits != self._traits:
                self._traits, self._scores = traits, {}
            for file in self._seen.keys() - self._scores.keys():
                self._scores[file] = likeness(traits, self._seen[file].traits)
            found = sorted([(-score, file) for file, score in self._scores.items() if score >= ALIKE])
            seen = [(file, -score, self._seen[file]) for score, file in found[:_MOST_LIKE]]
            self._like = (
                record,
                [
                    LikeProject(file=file, likeness=score, texts=one.by_key())
                    for file, score, one in seen
                    if one.record is not record
                ],
            )
        return self._like[1]

    def voted(self, record: Record, *key: str) -> "list[Vote]":
        """What projects that are like one have under a key, the most likely first."""
        weights: dict[str, float] = {}
        first: dict[str, str] = {}
        for project in self.like(record):
            for text in project.texts.get(key, ()):
                weights[text] = weights.get(text, 0.0) + project.likeness**3
                first.setdefault(text, project.file)
        ordered = sorted(weights, key=weights.__getitem__, reverse=True)
        return [Vote(text=text, file=first[text]) for text in ordered[:_MOST_VOTED]]

    def names_voted(self, record: Record, class_name: str) -> "list[Vote]":
        """The names of a class's indicators in projects that are like one."""
        return self.voted(record, _NAMES, class_name)

    def named_voted(self, record: Record, class_name: str, name: str, column: str) -> "list[Vote]":
        """What the indicators of a class and name hold in a column of projects that are like one."""
        return self.voted(record, _NAMED, class_name, name, column)

    def column_voted(self, record: Record, column: str) -> "list[Vote]":
        """What the indicators of projects that are like one hold in a column."""
        return self.voted(record, _COLUMN, column)

    def _ranked(self, key: _Key) -> list[tuple[str, int]]:
        return [(text, count) for text, count in self._counts.get(key, Counter()).most_common() if count > 0]

    def _count(self, before: "_Parts", after: "_Parts") -> None:
        """Count what is another than before: of a thousand rows an edit changes one."""
        for one, other, step in ((before, after, -1), (after, before, 1)):
            for name, part in one.items():
                for key, text in () if other.get(name) is part else part.texts:
                    self._counts.setdefault(key, Counter())[text] += step

    def _parts(self, record: Record, bad: Collection[FieldPath], before: "_Parts") -> "_Parts":
        """The texts of a record; where it has many rows those of each apart, so that of an edit only one is counted."""
        outside = [(key, text) for path, key, text in self._outside(record) if path not in bad]
        rows = [(group, row) for group in self._groups for row in record.rows(group.key)]
        if len(rows) <= _FEW_ROWS:
            for group, row in rows:
                outside += [
                    (key, text) for column, key, text in _of_row(group, row) if (group.key, row.id, column) not in bad
                ]
            return {"": _Part(row=None, bad=_NONE, texts=tuple(outside))}
        amiss: dict[str, set[str]] = {}
        for path in bad:
            if len(path) == 3:
                amiss.setdefault(f"{path[0]}.{path[1]}", set()).add(path[2])
        found = {"": _Part(row=None, bad=_NONE, texts=tuple(outside))}
        for group, row in rows:
            name = f"{group.key}.{row.id}"
            part, own = before.get(name), amiss.get(name, _NONE)
            if part is None or part.row is not row or part.bad != own:
                texts = tuple([(key, text) for column, key, text in _of_row(group, row) if column not in own])
                part = _Part(row=row, bad=frozenset(own), texts=texts)
            found[name] = part
        return found

    def _outside(self, record: Record) -> Iterator[tuple[FieldPath, _Key, str]]:
        spec = self._form.project
        for one in spec.head:
            if not one.hidden and (text := record.text((one.key,))):
                yield (one.key,), (_FIELD, one.key), text
        for amounts in spec.amounts:
            for one in amounts.others:
                if not one.hidden and (text := record.text(amounts.path(one))):
                    yield amounts.path(one), (_FIELD, *amounts.path(one)), text


@frozen
class Vote:
    """A text that projects have which are like one."""

    text: str
    file: str
    """The most alike of them."""


@frozen
class LikeProject:
    """A project that is like one, and its texts by what they are."""

    file: str
    likeness: float
    texts: Mapping[_Key, Sequence[str]]


@frozen
class _RecordTexts:
    record: Record
    traits: Traits
    parts: "_Parts"

    def by_key(self) -> dict[_Key, list[str]]:
        """The texts by what they are."""
        found: dict[_Key, list[str]] = {}
        for part in self.parts.values():
            for key, text in part.texts:
                found.setdefault(key, []).append(text)
        return found


@frozen
class _Part:
    """A row's texts, or those of a record that stand in no row, without those that have findings."""

    row: Row | None
    bad: frozenset[str]
    """The columns with findings."""
    texts: tuple[tuple[_Key, str], ...]


_Parts = Mapping[str, _Part]
_NONE: frozenset[str] = frozenset()


def _of_row(group: Group, row: Row) -> Iterator[tuple[str, _Key, str]]:
    """Column, what is counted, and text."""
    name_key = group.key_of(Role.NAME)
    class_name, name = row.text(group.key_of(Role.LEVEL2)), row.text(name_key)
    if name:
        yield name_key, (_NAMES, class_name), name
    for column in group.columns:
        if column.role in (Role.LEVEL1, Role.LEVEL2, Role.NAME) or not (text := row.text(column.key)):
            continue
        if name:
            yield column.key, (_NAMED, class_name, name, column.key), text
        yield column.key, (_COLUMN, column.key), text
