"""Which row of one list is which of another, where nothing but their texts and their order says so.

Equal rows are the same; then those that are most alike, nearest places first; then what stands alone between the same
neighbours. Used where a document comes back whose rows have no ids.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftui.model.frozen import frozen

Texts = Sequence[str]
"""The texts of a row, column by column."""

_ALIKE = 0.55
"""Two rows so much alike are one, wherever they stand."""
_MOST_COMPARED = 40_000  # pairs of rows; beyond, the place alone decides
_LONGEST = 400  # characters of a text that are compared


@frozen
class Columns:
    """What each column of a list counts for."""

    weights: tuple[float, ...]
    alike_between: float = 0.25
    """Rows that stand between the same neighbours are one where they are so much alike."""


class _Pair(NamedTuple):
    score: float
    near: float
    ours: int
    theirs: int


def paired(
    ours: Sequence[Texts], theirs: Sequence[Texts], columns: Columns, known: Mapping[int, int] | None = None
) -> dict[int, int]:
    """For each of their rows that is one of ours, which; ``known``: what is certain already, theirs to ours."""
    found = dict(known or {})
    _take_equal(ours, theirs, found)
    left, rest = _left(ours, found.values()), _left(theirs, found)
    if len(left) * len(rest) <= _MOST_COMPARED:
        scores = _scores(ours, theirs, columns, left, rest)
        _take_best(found, sorted((one for one in scores if one.score >= _ALIKE), reverse=True))
        _take_between(len(ours), len(theirs), found, {(one.theirs, one.ours): one.score for one in scores}, columns)
    return found


def _left(rows: Sequence[Texts], taken: Iterable[int]) -> list[int]:
    used = set(taken)
    return [at for at in range(len(rows)) if at not in used]


def _take_equal(ours: Sequence[Texts], theirs: Sequence[Texts], found: dict[int, int]) -> None:
    """Equal rows, in their order."""
    places: dict[tuple[str, ...], list[int]] = {}
    used = set(found.values())
    for at, row in enumerate(ours):
        if at not in used:
            places.setdefault(tuple(row), []).append(at)
    for at, row in enumerate(theirs):
        waiting = places.get(tuple(row))
        if at not in found and waiting:
            found[at] = waiting.pop(0)


def _scores(
    ours: Sequence[Texts], theirs: Sequence[Texts], columns: Columns, left: Sequence[int], rest: Sequence[int]
) -> list[_Pair]:
    grams = {(side, at): [_grams(text) for text in rows[at]]
             for side, rows, places in (("o", ours, left), ("t", theirs, rest)) for at in places}  # fmt: skip
    made = []
    for mine in left:
        for other in rest:
            score = _alike(grams["o", mine], grams["t", other], columns.weights)
            near = -abs(mine / max(len(ours), 1) - other / max(len(theirs), 1))
            made.append(_Pair(score, near, mine, other))
    return made


def _grams(text: str) -> Counter[str]:
    short = "".join(text.split())[:_LONGEST]
    return Counter([*short, *map("".join, pairwise(short))])


def _alike(one: Sequence[Counter[str]], other: Sequence[Counter[str]], weights: Sequence[float]) -> float:
    """How much two rows are alike, from 0 to 1; what is blank in both counts for nothing."""
    got = most = 0.0
    for mine, theirs, weight in zip(one, other, weights, strict=True):
        size = mine.total() + theirs.total()
        if size:
            got += weight * 2 * (mine & theirs).total() / size
            most += weight
    return got / most if most else 0.0


def _take_best(found: dict[int, int], pairs: Sequence[_Pair]) -> None:
    used = set(found.values())
    for one in pairs:
        if one.theirs not in found and one.ours not in used:
            found[one.theirs] = one.ours
            used.add(one.ours)


def _take_between(
    ours: int, theirs: int, found: dict[int, int], scores: Mapping[tuple[int, int], float], columns: Columns
) -> None:
    """Rows without a pair that stand between the same neighbours, as many on one side as on the other."""
    back = {mine: other for other, mine in found.items()}
    for run, before in _runs(theirs, found):
        first = found.get(before, -2) + 1 if before >= 0 else 0
        place = first
        while place >= 0 and place < ours and place not in back:
            place += 1
        if first >= 0 and place - first == len(run):
            both = zip(run, range(first, place), strict=True)
            found |= {other: mine for other, mine in both if scores.get((other, mine), 0.0) >= columns.alike_between}


def _runs(count: int, found: Mapping[int, int]) -> list[tuple[list[int], int]]:
    """Rows that follow one another without a pair, each with the row before the first (-1: none)."""
    runs: list[tuple[list[int], int]] = []
    for at in range(count):
        if at in found:
            continue
        if runs and runs[-1][0][-1] == at - 1:
            runs[-1][0].append(at)
        else:
            runs.append(([at], at - 1))
    return runs
