"""Three versions of a record become one: by field, rows by id. What both sides changed is kept on both sides.

A field that both changed differently keeps ours and gets a row in the table of conflicts, for a person to settle
(``conflicts.py`` has their shape).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from perftui.model.conflicts import (
    BASE,
    FIELD,
    OURS,
    THEIRS,
    ConflictingValues,
    Side,
    conflict_rows,
    dispute_of,
    merged_dispute,
    rows_of,
    value_at,
    whole_at,
)
from perftui.model.equality import equal
from perftui.model.frozen import frozen
from perftui.model.record import CONFLICTS, ORDER, UNREVIEWED, Comment, FieldPath, Plain, Record, Row, in_order
from perftui.model.unreviewed import without_lost_marks

_Values = Mapping[str, Plain]
_Rows = tuple[Row, ...]
_HEAD, _TABLE, _GROUP = "head", "table", "group"


@frozen
class MergeResult:
    """What a merge made."""

    record: Record
    conflicts: tuple[FieldPath, ...]
    """The fields and rows that were found in conflict, also those that stood in conflict before."""


def merge(base: Record, ours: Record, theirs: Record, theirs_by: str, ours_by: str = "") -> MergeResult:
    """Merge what two sides made of one record; ``theirs_by`` and ``ours_by`` say who they are, "": nobody knows."""
    return _Merge(base, ours, theirs, theirs_by, ours_by).run()


@dataclass(slots=True)
class _Merge:
    base: Record
    ours: Record
    theirs: Record
    theirs_by: str
    ours_by: str
    head: dict[str, Plain] = field(default_factory=dict)
    tables: dict[str, dict[str, Plain]] = field(default_factory=dict)
    groups: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    found: dict[FieldPath, tuple[Plain | None, Plain | None, Plain | None]] = field(default_factory=dict)

    def run(self) -> MergeResult:
        for name in _union(_names(self.ours), _names(self.theirs)):
            shape, other = _shape(self.ours, name), _shape(self.theirs, name)
            if shape and other and shape != other:
                self._whole(name)
            else:
                self._part(name, shape or other)
        self._note_conflicts()
        comments = _comments(self.base.comments, self.ours.comments, self.theirs.comments)
        record = Record(head=self.head, tables=self.tables, groups=self.groups, comments=comments)
        return MergeResult(record=without_lost_marks(record), conflicts=tuple(self.found))

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
        base, ours, theirs = (whole_at(record, name) for record in self._sides())
        if not equal(ours, theirs) and not equal(theirs, base):
            if equal(ours, base):
                self._take(self.theirs, name)
                return
            self.found[(name,)] = base, ours, theirs
        self._take(self.ours, name)

    def _values(self, prefix: FieldPath, base: _Values, ours: _Values, theirs: _Values) -> dict[str, Plain]:
        merged: dict[str, Plain] = {}
        for key in _union(ours, theirs):
            value = self._value((*prefix, key), base.get(key), ours.get(key), theirs.get(key))
            if value is not None:
                merged[key] = value
        return merged

    def _value(self, path: FieldPath, base: Plain | None, ours: Plain | None, theirs: Plain | None) -> Plain | None:
        if equal(ours, theirs) or equal(theirs, base):
            return ours
        if equal(ours, base):
            return theirs
        if path[0] == CONFLICTS:
            return ours
        if path[0] == UNREVIEWED:
            return theirs if ours is None else ours  # one looked at it, the other copied it anew: to be looked at
        if path[-1] == ORDER and type(ours) is type(theirs) is int:
            return min(ours, theirs)  # both moved it: a place is no figure to be settled by a person
        self.found[path] = base, ours, theirs
        return ours

    def _rows(self, group: str) -> tuple[Row, ...]:
        base, ours, theirs = ({row.id: row for row in record.rows(group)} for record in self._sides())
        rows: list[Row] = []
        for row_id in _union(ours, theirs):
            row = self._row((group, row_id), base.get(row_id), ours.get(row_id), theirs.get(row_id))
            if row is not None:
                rows.append(row)
        return in_order(rows)

    def _row(self, path: FieldPath, base: Row | None, ours: Row | None, theirs: Row | None) -> Row | None:
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
            self.found[path] = dict(base.values), sides[0], sides[1]
        return kept

    def _note_conflicts(self) -> None:
        """Write what is in conflict as rows: what was found now, and what stood there on either side."""
        rows = [row for row in self.groups.pop(CONFLICTS, ()) if not row.text(FIELD)]
        base, ours, theirs = (conflict_rows(record) for record in self._sides())
        for path in dict.fromkeys((*ours, *theirs, *base, *self.found)):
            others = (*_other_ids(ours, path), *_other_ids(theirs, path), *(row.id for row in rows))
            rows += self._conflict(path, base.get(path, ()), ours.get(path, ()), theirs.get(path, ()), others)
        if rows:
            self.groups[CONFLICTS] = in_order(rows)

    def _conflict(self, path: FieldPath, base: _Rows, ours: _Rows, theirs: _Rows, taken: Sequence[str]) -> _Rows:
        """The rows of one field, or row: those of the side that changed something, else both sides' values."""
        is_row = _is_row(path, self.found.get(path), (*ours, *theirs))
        before, mine, other = (None if is_row else value_at(record, path) for record in self._sides())
        if path not in self.found:
            if (ours == theirs and (ours == base or equal(mine, other))) or (theirs == base and equal(other, before)):
                return ours
            if ours == base and equal(mine, before):
                return theirs
        if is_row:  # it is in conflict once, whoever else took it out or changed it
            return ours or theirs or self._row_conflict(path, taken)
        held = mine if equal(mine, other) or not equal(mine, before) else other
        sides = (
            dispute_of(base, before),
            dispute_of(ours, mine, self.ours_by),
            dispute_of(theirs, other, self.theirs_by),
        )
        dispute = merged_dispute(*sides, before, held)
        if dispute.others and not ours and not theirs:
            self.found.setdefault(path, (before, mine, other))
        return rows_of(path, dispute, taken, {row.id: row for row in (*theirs, *ours)})

    def _row_conflict(self, path: FieldPath, taken: Sequence[str]) -> _Rows:
        base, mine, other = self.found[path]
        sides = Side(value=mine, by=self.ours_by), Side(value=other, by=self.theirs_by)
        return rows_of(path, ConflictingValues(base=base, ours=sides[0], others=sides[1:]), taken, {})

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


def _content(row: Row) -> _Values:
    return {key: (type(value), value) for key, value in row.values.items() if key != ORDER}


def _other_ids(rows: Mapping[FieldPath, _Rows], path: FieldPath) -> Iterable[str]:
    return (row.id for other, found in rows.items() if other != path for row in found)


def _is_row(path: FieldPath, found: tuple[Plain | None, ...] | None, rows: _Rows) -> bool:
    """Is a conflict about a whole row?"""
    values = found or tuple(row.values.get(key) for row in rows for key in (BASE, OURS, THEIRS))
    return len(path) == 2 and any(isinstance(value, Mapping) for value in values)


def _union(*keys: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(key for some in keys for key in some)


def _kept(*, base: bool, ours: bool, theirs: bool) -> bool:
    """Is something still there that one side may have made or taken out?"""
    return ours if theirs == base else theirs


def _comments(
    base: Mapping[FieldPath, Comment], ours: Mapping[FieldPath, Comment], theirs: Mapping[FieldPath, Comment]
) -> dict[FieldPath, Comment]:
    merged: dict[FieldPath, Comment] = {}
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
