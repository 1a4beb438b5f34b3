"""Places in reading order: integers in steps of 1000, so that a row moves by one changed line."""

from collections.abc import Sequence

STEP = 1000


def place_between(before: int | None, after: int | None) -> int | None:
    """A place between two neighbours (``None``: at that end); ``None`` where the gap is used up."""
    if before is None and after is None:
        return STEP
    if after is None:
        return (before or 0) + STEP
    if before is None:
        return after // 2 if after > 1 else None
    middle = (before + after) // 2
    return middle if before < middle < after else None


def renumbered(count: int) -> Sequence[int]:
    """The places of ``count`` rows numbered afresh."""
    return range(STEP, STEP * (count + 1), STEP)
