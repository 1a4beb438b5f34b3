"""Three versions of a record become one: by field, rows by id. What both sides changed is kept on both sides.

A field that both changed differently keeps ours and gets a row in the table of conflicts, for a person to settle.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from perftui.model.ids import derived_id
from perftui.model.record import CONFLICTS, ORDER, Comment, Path, Plain, Record, Row, format_path, in_order

FIELD = "field"
BASE = "base"
OURS = "ours"
THEIRS = "theirs"
THEIRS_BY = "theirs_by"

_Values = Mapping[str, Plain]
_HEAD, _TABLE, _GROUP = "head", "table", "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge made."""

    record: Record
    conflicts: tuple[Path, ...]
    """The fields and rows that were found in conflict, also those that stood in conflict before."""


def merge(base: Record, ours: Record, theirs: Record, theirs_by: str) -> Merged:
    """Merge what two sides made of one record; ``theirs_by`` says who the other side is, "" where nobody knows."""
    return _Merge(base, ours, theirs, theirs_by).run()


@dataclass(slots=True)
class _Merge:
    base: Record
    ours: Record
    theirs: Record
    theirs_by: str
    head: dict[str, Plain] = field(default_factory=dict)
    tables: dict[str, dict[str, Plain]] = field(default_factory=dict)
    groups: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    found: list[tuple[Path, Plain | None, Plain | None, Plain | None]] = field(default_factory=list)

    def run(self) -> Merged:
        for name in _union(_names(self.ours), _names(self.theirs), (CONFLICTS,)):
            shape, other = _shape(self.ours, name), _shape(self.theirs, name)
            if shape and other and shape != other:
                self._whole(name)
            else:
                self._part(name, shape or other)
        self._note_conflicts()
        comments = _comments(self.base.comments, self.ours.comments, self.theirs.comments)
        record = Record(head=self.head, tables=self.tables, groups=self.groups, comments=comments)
        return Merged(record=record, conflicts=tuple(path for path, *_values in self.found))

    def _part(self, name: str, shape: str) -> None:
        if shape == _HEAD:
            sides = [{name: record.head[name]} if name in record.head else {} for record in self._sides()]
            self.head.update(self._values((), *sides))
        elif shape == _TABLE:
            base, ours, theirs = (name in record.tables for record in self._sides())
            values = self._values((name,), *(record.tables.get(name, {}) for record in self._sides()))
            if values or _kept(base=base, ours=ours, theirs=theirs):
                self.tables[name] = values
        elif rows := self._rows(name):
            self.groups[name] = rows

    def _whole(self, name: str) -> None:
        """A name that is a value on one side and a table on the other is taken as a whole."""
        base, ours, theirs = (_plain(record, name) for record in self._sides())
        if not _equal(ours, theirs) and not _equal(theirs, base):
            if _equal(ours, base):
                self._take(self.theirs, name)
                return
            self.found.append(((name,), base, ours, theirs))
        self._take(self.ours, name)

    def _values(self, prefix: Path, base: _Values, ours: _Values, theirs: _Values) -> dict[str, Plain]:
        merged: dict[str, Plain] = {}
        for key in _union(ours, theirs):
            value = self._value((*prefix, key), base.get(key), ours.get(key), theirs.get(key))
            if value is not None:
                merged[key] = value
        return merged

    def _value(self, path: Path, base: Plain | None, ours: Plain | None, theirs: Plain | None) -> Plain | None:
        if _equal(ours, theirs) or _equal(theirs, base):
            return ours
        if _equal(ours, base):
            return theirs
        if path[0] == CONFLICTS:
            return ours
        if path[-1] == ORDER and type(ours) is type(theirs) is int:
            return min(ours, theirs)  # both moved it: a place is no figure to be settled by a person
        self.found.append((path, base, ours, theirs))
        return ours

    def _rows(self, group: str) -> tuple[Row, ...]:
        base, ours, theirs = ({row.id: row for row in record.rows(group)} for record in self._sides())
        rows: list[Row] = []
        for row_id in _union(ours, theirs):
            row = self._row((group, row_id), base.get(row_id), ours.get(row_id), theirs.get(row_id))
            if row is not None:
                rows.append(row)
        return in_order(rows)

    def _row(self, path: Path, base: Row | None, ours: Row | None, theirs: Row | None) -> Row | None:
        if ours is not None and theirs is not None:
            values = self._values(path, base.values if base else {}, ours.values, theirs.values)
            return Row(id=path[1], values=values)
        kept = ours or theirs
        if base is None or kept is None:
            return kept
        if _content(kept) == _content(base):
            return None  # one side took it out, the other left it or only moved it
        if path[0] != CONFLICTS:
            sides = [dict(row.values) if row else None for row in (ours, theirs)]
            self.found.append((path, dict(base.values), sides[0], sides[1]))
        return kept

    def _note_conflicts(self) -> None:
        """Write what was found as rows; what stands there already is not written twice."""
        rows = {row.id: row for row in self.groups.pop(CONFLICTS, ())}
        known = {(row.text(FIELD), _sides(row.values.get(OURS), row.values.get(THEIRS))) for row in rows.values()}
        for path, base, ours, theirs in self.found:
            name, sides = format_path(path), _sides(ours, theirs)
            if (name, sides) in known:
                continue
            row_id = derived_id(0, f"{name}\0{base!r}\0{sides}", rows)
            values = {FIELD: name, BASE: base, OURS: ours, THEIRS: theirs, THEIRS_BY: self.theirs_by or None}
            rows[row_id] = Row(id=row_id, values={key: value for key, value in values.items() if value is not None})
        if rows:
            self.groups[CONFLICTS] = in_order(list(rows.values()))

    def _sides(self) -> tuple[Record, Record, Record]:
        return self.base, self.ours, self.theirs

    def _take(self, record: Record, name: str) -> None:
        if name in record.head:
            self.head[name] = record.head[name]
        elif name in record.tables:
            self.tables[name] = dict(record.tables[name])
        elif name in record.groups:
            self.groups[name] = record.groups[name]


def _names(record: Record) -> Iterable[str]:
    return (*record.head, *record.tables, *record.groups)


def _shape(record: Record, name: str) -> str:
    """What a name of the top level is in a record; "" where it is not there."""
    if name in record.head:
        return _HEAD
    return _TABLE if name in record.tables else _GROUP if name in record.groups else ""


def _plain(record: Record, name: str) -> Plain | None:
    """What stands under a name, whatever its shape."""
    if name in record.groups:
        return {row.id: dict(row.values) for row in record.groups[name]}
    return dict(record.tables[name]) if name in record.tables else record.head.get(name)


def _content(row: Row) -> _Values:
    return {key: (type(value), value) for key, value in row.values.items() if key != ORDER}


def _sides(ours: Plain | None, theirs: Plain | None) -> str:
    """Both values in an order that does not depend on who is whom."""
    return "\0".join(sorted((repr(ours), repr(theirs))))


def _union(*keys: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(key for some in keys for key in some)


def _equal(one: Plain | None, other: Plain | None) -> bool:
    return type(one) is type(other) and bool(one == other)


def _kept(*, base: bool, ours: bool, theirs: bool) -> bool:
    """Is something still there that one side may have made or taken out?"""
    return ours if theirs == base else theirs


def _comments(
    base: Mapping[Path, Comment], ours: Mapping[Path, Comment], theirs: Mapping[Path, Comment]
) -> dict[Path, Comment]:
    merged: dict[Path, Comment] = {}
    for path in dict.fromkeys((*ours, *theirs)):
        note = _comment(*(side.get(path, _NO_COMMENT) for side in (base, ours, theirs)))
        if note != _NO_COMMENT:
            merged[path] = note
    return merged


def _comment(base: Comment, ours: Comment, theirs: Comment) -> Comment:
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    added = tuple(line for line in (*theirs.before, theirs.behind.strip()) if line and line not in _lines(ours))
    return Comment(before=(*ours.before, *added), behind=ours.behind)


def _lines(note: Comment) -> tuple[str, ...]:
    return (*note.before, note.behind.strip())


_NO_COMMENT = Comment()
