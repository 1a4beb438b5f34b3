"""Records that were parsed before and kept as bytes: decoded when somebody looks at them, and not before."""

import marshal
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from perftui.model.record import Comment, FieldPath, Record, Row

_FIRST = ("head", "tables")
_FIELDS = (*_FIRST, "groups", "comments")


Told: TypeAlias = tuple[Mapping[FieldPath, int], tuple[str, ...]]
"""The texts that lists read from every record, with the index of each by its path."""

_NOTHING: Told = ({}, ())


class StoredRecord(Record):
    """A record that is decoded when a part of it is first used. Lists read a few texts only, which are kept apart.

    Head and tables are decoded without the groups: the sheets of all projects need only those.
    """

    __slots__ = ("_kept", "_told")
    _kept: Callable[[], bytes]
    _told: Told

    @classmethod
    def of(cls, kept: Callable[[], bytes], texts: Told = _NOTHING) -> Record:
        """The record that ``keep`` made bytes of; ``kept`` answers with them when they are asked for."""
        record = cls.__new__(cls)
        object.__setattr__(record, "_kept", kept)
        object.__setattr__(record, "_told", texts)
        return record

    def text(self, path: FieldPath) -> str:
        """The text at a path; "" where it is blank."""
        places, texts = self._told
        place = places.get(path)
        return Record.text(self, path) if place is None else texts[place]

    def may_hold(self, part: str) -> bool:
        """May one of its texts have a part? The bytes have every text as UTF-8."""
        return not hasattr(self, "_kept") or part.encode("utf-8", "surrogatepass") in self._kept()

    def let_go(self) -> None:
        """Be bytes again: decoded, ten thousand projects hold 130 MiB."""
        for part in _FIELDS if hasattr(self, "_kept") else ():
            with suppress(AttributeError):
                object.__delattr__(self, part)

    def __getattr__(self, name: str) -> Any:
        """Decode the part that is asked for; Python asks here only for what is not there yet."""
        put = object.__setattr__
        if name in _FIRST:
            head, tables = marshal.loads(marshal.loads(self._kept())[0])
            put(self, "head", head)
            put(self, "tables", tables)
            return head if name == "head" else tables
        if name in _FIELDS:
            groups, comments = marshal.loads(marshal.loads(self._kept())[1])
            later = {group: _rows(rows) for group, rows in groups}, {path: _comment(one) for path, one in comments}
            put(self, "groups", later[0])
            put(self, "comments", later[1])
            return later[0] if name == "groups" else later[1]
        if name == "_told":  # changed since: ``dataclasses.replace`` makes another of this class
            return _NOTHING
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        """Equal to every record that holds the same, decoded or not."""
        if not isinstance(other, Record):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in _FIELDS)

    __hash__ = None  # type: ignore[assignment]


def keep(record: Record) -> bytes:
    """The record as bytes for ``StoredRecord.of``. Raises ValueError for values that only TOML knows (dates)."""
    groups = [(group, [(row.id, row.values) for row in rows]) for group, rows in record.groups.items()]
    comments = [(path, (one.before, one.behind)) for path, one in record.comments.items()]
    first: Any = (record.head, record.tables)
    return marshal.dumps((marshal.dumps(first), marshal.dumps((groups, comments))))


def _rows(rows: list[tuple[str, dict[str, Any]]]) -> tuple[Row, ...]:
    return tuple(Row(id=row_id, values=values) for row_id, values in rows)


def _comment(plain: tuple[tuple[str, ...], str]) -> Comment:
    return Comment(before=plain[0], behind=plain[1])
