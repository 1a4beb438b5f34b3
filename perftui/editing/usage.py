"""How often a document uses which words for which indicator; updated with each edit, not counted anew."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from perftui.forms import Form, Group, GroupRole, Role
from perftui.model.document import Document
from perftui.model.record import FieldPath, Record, Row

_Key = tuple[str, ...]
"""What is counted: a class's names; a named indicator's texts in a column; a column's, or a field's, texts."""

_NAMES, _NAMED, _COLUMN, _FIELD = "names", "named", "column", "field"


class Usage:
    """Counts over all projects. Only the records that changed since the last look are counted again."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._groups = [group for group in form.project.groups if group.role is GroupRole.INDICATORS]
        self._counts: dict[_Key, Counter[str]] = {}
        self._seen: dict[str, _Counted] = {}

    def look_at(self, document: Document, blamed: Callable[[str], Collection[FieldPath]]) -> None:
        """Count the records that changed. ``blamed``: the fields of a file with findings, which are not suggested."""
        projects = document.projects
        for file in [file for file, seen in self._seen.items() if projects.get(file) is not seen.record]:
            self._count(self._seen.pop(file), -1)
        for file, record in projects.items():
            if file not in self._seen:
                bad = blamed(file)
                texts = tuple((key, text) for path, key, text in self._texts(record) if path not in bad)
                self._seen[file] = _Counted(record=record, texts=texts)
                self._count(self._seen[file], 1)

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

    def _ranked(self, key: _Key) -> list[tuple[str, int]]:
        return [(text, count) for text, count in self._counts.get(key, Counter()).most_common() if count > 0]

    def _count(self, counted: "_Counted", step: int) -> None:
        for key, text in counted.texts:
            self._counts.setdefault(key, Counter())[text] += step

    def _texts(self, record: Record) -> Iterator[tuple[FieldPath, _Key, str]]:
        spec = self._form.project
        for one in spec.head:
            if not one.hidden and (text := record.text((one.key,))):
                yield (one.key,), (_FIELD, one.key), text
        for amounts in spec.amounts:
            for one in amounts.others:
                if not one.hidden and (text := record.text(amounts.path(one))):
                    yield amounts.path(one), (_FIELD, *amounts.path(one)), text
        for group in self._groups:
            for row in record.rows(group.key):
                yield from _of_row(group, row)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    record: Record
    texts: tuple[tuple[_Key, str], ...]


def _of_row(group: Group, row: Row) -> Iterator[tuple[FieldPath, _Key, str]]:
    class_name, name = row.text(group.key_of(Role.LEVEL2)), row.text(group.key_of(Role.NAME))
    if name:
        yield (group.key, row.id, group.key_of(Role.NAME)), (_NAMES, class_name), name
    for column in group.columns:
        if column.role in (Role.LEVEL1, Role.LEVEL2, Role.NAME) or not (text := row.text(column.key)):
            continue
        if name:
            yield (group.key, row.id, column.key), (_NAMED, class_name, name, column.key), text
        yield (group.key, row.id, column.key), (_COLUMN, column.key), text
