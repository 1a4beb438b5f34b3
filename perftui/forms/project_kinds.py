"""Which kind of work a text speaks of: works, training, equipment, what is paid to people, and so on."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "library" / "kinds.toml"


@cache
def _words() -> dict[str, tuple[str, ...]]:
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {kind: tuple(words) for kind, words in found.items()}


@lru_cache(maxsize=4096)
def kinds_of(text: str) -> frozenset[str]:
    """The kinds whose words stand in a text; none where it tells nothing."""
    return frozenset(kind for kind, words in _words().items() if any(word in text for word in words))


def are_of_other_kinds(one: frozenset[str], other: frozenset[str]) -> bool:
    """Are both known, and have nothing in common?"""
    return bool(one) and bool(other) and one.isdisjoint(other)
