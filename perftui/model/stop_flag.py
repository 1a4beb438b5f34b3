"""How work in a thread hears that nobody waits for it any more."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")


class Stopped(Exception):  # noqa: N818 - an answer, no error
    """The work was given up."""


class StopFlag:
    """Set by whoever began the work; the work asks between two slices."""

    def __init__(self) -> None:
        self._is_set = False

    def set(self) -> None:
        """Give the work up."""
        self._is_set = True

    def check(self) -> None:
        """Raises Stopped where the work was given up."""
        if self._is_set:
            raise Stopped

    def watched(self, items: Iterable[_T]) -> Iterator[_T]:
        """The items, with a look at the flag before each. Raises Stopped."""
        for item in items:
            self.check()
            yield item


NEVER = StopFlag()
"""For work that is waited for; nobody sets it."""
