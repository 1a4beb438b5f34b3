"""The record of a conflict: the values that several people gave one field, kept until somebody settles it.

A field in conflict holds the value of one side, and each other value has a row in the table of conflicts. The first
row's id comes from the field's path alone, so that two clones give one conflict one id; further rows have the person
in theirs. Sides are merged as a set: what a side added comes in, what it settled goes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from perftui.model.equality import comparable, equal
from perftui.model.frozen import frozen
from perftui.model.ids import hashed_id
from perftui.model.record import CONFLICTS, FieldPath, Plain, Record, Row, format_path, parse_path

FIELD = "field"
BASE = "base"
OURS = "ours"
OURS_BY = "ours_by"
THEIRS = "theirs"
THEIRS_BY = "theirs_by"
KEYS = (FIELD, BASE, OURS, OURS_BY, THEIRS, THEIRS_BY)


@frozen
class Side:
    """A value, and who gave it."""

    value: Plain | None
    by: str = ""
    """A person's name; "" where nobody knows."""


@frozen
class ConflictingValues:
    """What the sides of a conflict hold: of a field, or of a row that one of them took out."""

    base: Plain | None
    """What it was before; ``None``: blank or not there."""
    ours: Side
    """What the field holds. Of a row ``None`` where this side took it out."""
    others: tuple[Side, ...]
    """All other values; none where nothing is to be settled."""

    @property
    def sides(self) -> tuple[Side, ...]:
        """Every value."""
        return (self.ours, *self.others)


def conflict_rows(record: Record) -> dict[FieldPath, tuple[Row, ...]]:
    """The rows of the conflicts, by the field or row that they are about."""
    found: dict[FieldPath, list[Row]] = {}
    for row in record.rows(CONFLICTS):
        if name := row.text(FIELD):
            found.setdefault(parse_path(name), []).append(row)
    return {path: tuple(rows) for path, rows in found.items()}


def dispute_of(rows: Sequence[Row], held: Plain | None, by: str = "") -> ConflictingValues:
    """What the rows of one field say where the field holds ``held``; ``by`` gave it, where the rows do not know.

    Rows of older files have an id of their own for each value, and do not know whose ours is.
    """
    known = [row.text(OURS_BY) for row in rows if equal(row.values.get(OURS), held)]
    ours = Side(value=held, by=next(filter(None, known), "") if known else by)
    others = [Side(value=row.values.get(THEIRS), by=row.text(THEIRS_BY)) for row in rows]
    base = next((row.values[BASE] for row in rows if BASE in row.values), None)
    return ConflictingValues(base=base, ours=ours, others=_distinct(others, ours))


def merged_dispute(
    base: ConflictingValues,
    ours: ConflictingValues,
    theirs: ConflictingValues,
    before: Plain | None,
    held: Plain | None,
) -> ConflictingValues:
    """Merge the sides of a field; ``before`` is what the field was, ``held`` what it holds now.

    A value that one side took out of the set, by settling or by typing another, goes, unless it is what the other
    side chose. A person's later value takes the place of their own earlier one.
    """
    sets = [{comparable(side.value): side for side in one.sides} for one in (base, ours, theirs)]
    old, mine, other = sets
    wanted = {key for key in (*mine, *other) if (key in mine and key in other) or key not in old}
    wanted |= {comparable(one.ours.value) for one, now in ((ours, mine), (theirs, other)) if old.keys() - now.keys()}
    named = {key: _named(mine.get(key), other.get(key)) for key in (*mine, *other)}
    current = named.get(comparable(held), Side(value=held))
    latest = [side for side in (named[comparable(ours.ours.value)], named[comparable(theirs.ours.value)]) if side.by]
    found = [side for key, side in named.items() if key in wanted and not _is_earlier(side, latest)]
    first = next((value for value in (ours.base, theirs.base) if value is not None), before)
    return ConflictingValues(base=first, ours=current, others=_distinct(found, current))


WHOLE: FieldPath = ("*",)
"""Stands for the whole file in the record of a conflict: a project that one side edited and the other deleted."""

DELETED = "deleted"
"""What the side that deleted the file holds."""


def undecided_deletion(record: Record, edited_by: str, deleted_by: str) -> Record:
    """A record that one side edited while the other deleted it: a person has to say whether it stays."""
    name = format_path(WHOLE)
    values = {FIELD: name, OURS_BY: edited_by, THEIRS: DELETED, THEIRS_BY: deleted_by}
    row = Row(id=hashed_id(name, ()), values={key: value for key, value in values.items() if value})
    return record.with_row(CONFLICTS, row)


def is_undecided(record: Record) -> bool:
    """Does a person have to say whether the file stays?"""
    return any(row.text(FIELD) == WHOLE[0] for row in record.rows(CONFLICTS))


def is_about_row(record: Record, path: FieldPath, rows: Iterable[Row]) -> bool:
    """Are these rows of conflicts about a whole row, which one side took out?"""
    held = [row.values.get(side) for row in rows for side in (BASE, OURS, THEIRS)]
    return len(path) == 2 and path[0] not in record.tables and any(isinstance(one, Mapping) for one in held)


def value_at(record: Record, path: FieldPath) -> Plain | None:
    """What stands at a path; ``None`` also for one that a person wrote who knows no such place."""
    if len(path) == 1:
        return whole_at(record, path[0])
    return record.value(path) if len(path) <= 3 else None


def whole_at(record: Record, name: str) -> Plain | None:
    """What stands under a name, whatever its shape."""
    if name in record.groups:
        return {row.id: dict(row.values) for row in record.groups[name]}
    return dict(record.tables[name]) if name in record.tables else record.head.get(name)


def rows_of(
    path: FieldPath, dispute: ConflictingValues, taken: Iterable[str], old: Mapping[str, Row]
) -> tuple[Row, ...]:
    """The rows that a dispute is written as; unknown keys of the ``old`` rows of the same ids stay."""
    name, used = format_path(path), set(taken)
    rows: list[Row] = []
    for at, side in enumerate(dispute.others):
        whose = side.by or repr(comparable(side.value))
        row_id = hashed_id(f"{name}\0{whose}" if at else name, used)
        used.add(row_id)
        values = {
            FIELD: name, BASE: dispute.base, OURS: dispute.ours.value, OURS_BY: dispute.ours.by or None,
            THEIRS: side.value, THEIRS_BY: side.by or None,
        }  # fmt: skip
        unknown = old[row_id].values if row_id in old else {}
        kept = {key: value for key, value in unknown.items() if key not in KEYS}
        rows.append(Row(id=row_id, values={key: value for key, value in values.items() if value is not None} | kept))
    return tuple(rows)


def _named(mine: Side | None, other: Side | None) -> Side:
    """One value of both sides, with whoever knows its author."""
    first, second = (mine, other) if mine is not None else (other, None)
    assert first is not None
    return first if first.by or second is None else second


def _is_earlier(side: Side, latest: Sequence[Side]) -> bool:
    """Is it the earlier value of somebody whose later one is known?"""
    theirs = [comparable(one.value) for one in latest if one.by == side.by]
    return bool(theirs) and comparable(side.value) not in theirs


def _distinct(sides: Iterable[Side], ours: Side) -> tuple[Side, ...]:
    """Every value other than ours once, in an order that does not depend on who merged first."""
    return tuple(sorted(_others(sides, ours), key=lambda side: (side.by, repr(comparable(side.value)))))


def _others(sides: Iterable[Side], ours: Side) -> Iterator[Side]:
    seen = {comparable(ours.value)}
    for side in sides:
        key = comparable(side.value)
        if key not in seen:
            seen.add(key)
            yield side
