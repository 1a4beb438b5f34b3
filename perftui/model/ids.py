"""Row ids: six characters, never shown, never reused, and in reading order wherever there is room between two."""

import hashlib
import random
from collections.abc import Collection

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 6
SPACE = len(ALPHABET) ** LENGTH
STRIDE = 60_000
"""The usual distance between appended rows: room for some fifteen thousand of them, and for inserts between any two."""

_system_random = random.SystemRandom()


def new_id(before: str | None, after: str | None, taken: Collection[str], rng: random.Random = _system_random) -> str:
    """An unused id for a row between two neighbours (``None``: at that end).

    An appended row takes a small stride after the last, an inserted one lies about the middle;
    where there is no room, or a neighbour's id was written by hand, any free id does.
    """
    low = -1 if before is None else _number(before)
    high = SPACE if after is None else _number(after)
    if low is not None and high is not None:
        for _attempt in range(20):
            number = _appended(low, rng) if after is None else _between(low, high, rng)
            if number is not None and low < number < high and (found := _text(number)) not in taken:
                return found
    while (found := _text(rng.randrange(SPACE))) in taken:
        pass
    return found


def derived_id(index: int, content: str, taken: Collection[str]) -> str:
    """The id of the ``index``-th row of an imported document: the same content gets the same id on every machine."""
    salt = 0
    while True:
        digest = hashlib.sha256(f"{index}\0{content}\0{salt}".encode("utf-8", "surrogatepass")).digest()
        number = ((index + 1) * STRIDE + int.from_bytes(digest[:4], "big") % (STRIDE // 2)) % SPACE
        if (found := _text(number)) not in taken:
            return found
        salt += 1


def hashed_id(content: str, taken: Collection[str]) -> str:
    """The id of what is told apart by its content alone, such as a conflict: the same on every machine."""
    salt = 0
    while (found := _text(_hash(f"{content}\0{salt}") % SPACE)) in taken:
        salt += 1
    return found


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def _appended(low: int, rng: random.Random) -> int:
    return low + rng.randrange(STRIDE // 2, STRIDE * 3 // 2)


def _between(low: int, high: int, rng: random.Random) -> int | None:
    gap = high - low
    if gap < 2:
        return None
    return low + gap // 2 + (rng.randrange(-(gap // 4), gap // 4 + 1) if gap >= 8 else 0)


def _number(row_id: str) -> int | None:
    if len(row_id) != LENGTH or any(letter not in ALPHABET for letter in row_id):
        return None
    number = 0
    for letter in row_id:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number


def _text(number: int) -> str:
    letters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))
