"""Rows of a document that came in, each with the row that it is: by the marks of an export, else by what they say."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from perftui.forms import Group, GroupRole, Role
from perftui.model.ordering import STEP
from perftui.model.pairing import Columns, paired
from perftui.model.record import Row

_WEIGHTS: Final = {
    Role.NAME: 3.0, Role.TITLE: 3.0, Role.TEXT: 3.0, Role.DESCRIPTION: 1.5, Role.VALUE: 1.0, Role.LEVEL1: 0.3,
    Role.LEVEL2: 0.7, Role.SIGN: 0.3, Role.UNIT: 0.3,
}  # fmt: skip
"""What the columns of a row count for; all others half."""
_OTHER = 0.5
_PROSE = (GroupRole.GOALS, GroupRole.SAFEGUARDS, GroupRole.DUTIES)
"""Rows of texts: one may be written anew from its first word to its last, and is still the one in its place."""


def pairs_of(
    group: Group, ours: Sequence[Row], theirs: Sequence[Row], marks: Mapping[str, str] | None = None
) -> dict[str, Row]:
    """The row of ours that each of theirs is, by their id; ``marks``: the ids that theirs had here, where known."""
    places = {row.id: at for at, row in enumerate(ours)}
    known: dict[int, int] = {}
    for at, row in enumerate(theirs):
        mine = places.get((marks or {}).get(row.id, ""))
        if mine is not None and mine not in known.values():
            known[at] = mine
    columns = Columns(
        weights=tuple(_WEIGHTS.get(one.role, _OTHER) if one.role else _OTHER for one in group.columns),
        alike_between=0.0 if group.role in _PROSE else 0.25,
    )
    found = paired(_texts(ours, group), _texts(theirs, group), columns, known)
    return {theirs[other].id: ours[mine] for other, mine in found.items()}


def _texts(rows: Sequence[Row], group: Group) -> list[tuple[str, ...]]:
    return [tuple(row.text(column.key) for column in group.columns) for row in rows]


def places_of(before: Sequence[int | None]) -> list[int]:
    """The places of rows in a new order; ``before`` has those that they had (``None``: it is new).

    As many as can be keep theirs; a row that is new or was moved comes between its neighbours.
    """
    staying = _rising(before)
    places: list[int] = []
    for at in range(len(before)):
        if at in staying:
            places.append(before[at] or 0)
            continue
        low = places[-1] if places else 0
        after = next((one for one in range(at + 1, len(before)) if one in staying), None)
        step = STEP if after is None else ((before[after] or 0) - low) // (after - at + 1)
        places.append(low + step)
        if step < 1:
            return [STEP * number for number in range(1, len(before) + 1)]
    return places


def _rising(values: Sequence[int | None]) -> frozenset[int]:
    """The indices of a longest run of values that rise, others left out."""
    tails: list[int] = []  # for each length the last value of the run that ends lowest
    ends: list[int] = []
    back: dict[int, int | None] = {}
    for at, value in enumerate(values):
        if value is None:
            continue
        length = bisect_left(tails, value)
        back[at] = ends[length - 1] if length else None
        tails[length : length + 1], ends[length : length + 1] = [value], [at]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = back[last]
    return frozenset(found)
