"""When two values of a file are the same: of one type, also inside lists and tables, and ``nan`` is ``nan``."""

from collections.abc import Hashable

from perftui.model.record import Plain


def equal(one: Plain | None, other: Plain | None) -> bool:
    """Are two values the same?"""
    if type(one) is not type(other):
        return False
    if isinstance(one, str | int) or one is None:
        return bool(one == other)
    return comparable(one) == comparable(other)


def comparable(value: Plain | None) -> Hashable:
    """A value as what can be held against another, and looked up."""
    if isinstance(value, dict):
        return "table", frozenset((key, comparable(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return "list", tuple(comparable(item) for item in value)
    if isinstance(value, float):
        return "float", repr(value)  # nan equals nan, and -0.0 is not 0.0
    return type(value).__name__, value
