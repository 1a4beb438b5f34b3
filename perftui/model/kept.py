"""Records that were parsed before and kept as bytes: decoded when somebody looks at them, and not before."""

import marshal
from collections.abc import Callable
from typing import Any

from perftui.model.record import Comment, Record, Row

_FIRST = ("head", "tables")
_FIELDS = (*_FIRST, "groups", "comments")


class KeptRecord(Record):
    """A record like any other. Lists look at head and tables only, so the rest is decoded, and fetched, by itself."""

    __slots__ = ("_first", "_rest")
    _first: bytes
    _rest: Callable[[], bytes]

    @classmethod
    def of(cls, first: bytes, rest: Callable[[], bytes]) -> Record:
        """The record that ``keep`` made bytes of. ``rest`` answers with the second part when it is asked for."""
        record = cls.__new__(cls)
        object.__setattr__(record, "_first", first)
        object.__setattr__(record, "_rest", rest)
        return record

    def __getattr__(self, name: str) -> Any:
        """Decode the part that is asked for; Python asks here only for what is not there yet."""
        put = object.__setattr__
        if name in _FIRST:
            head, tables = marshal.loads(self._first)
            put(self, "head", head)
            put(self, "tables", tables)
            return head if name == "head" else tables
        if name not in _FIELDS:
            raise AttributeError(name)
        groups, comments = marshal.loads(self._rest())
        put(self, "groups", {group: _rows(rows) for group, rows in groups})
        put(self, "comments", {path: _comment(one) for path, one in comments})
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        """Equal to every record that holds the same, decoded or not."""
        if not isinstance(other, Record):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in _FIELDS)

    __hash__ = None  # type: ignore[assignment]


def keep(record: Record) -> tuple[bytes, bytes]:
    """The record as bytes for ``KeptRecord.of``. Raises ValueError for values that only TOML knows (dates)."""
    groups = [(group, [(row.id, row.values) for row in rows]) for group, rows in record.groups.items()]
    comments = [(path, (one.before, one.behind)) for path, one in record.comments.items()]
    first: Any = (record.head, record.tables)
    return marshal.dumps(first), marshal.dumps((groups, comments))


def _rows(rows: list[tuple[str, dict[str, Any]]]) -> tuple[Row, ...]:
    return tuple(Row(id=row_id, values=values) for row_id, values in rows)


def _comment(plain: tuple[tuple[str, ...], str]) -> Comment:
    return Comment(before=plain[0], behind=plain[1])
