"""Frozen dataclasses of which nothing is compiled before it is needed.

``dataclasses`` writes six functions of a frozen class as text and compiles them at its import: of the hundred and
twenty classes of a start that was a tenth of its time. Here each of them is compiled when it is first called; the rest
is shared. ``fields``, ``replace`` and ``pickle`` work as with any dataclass.
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type[Any])


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(cls: _Class) -> _Class:
    """The class as ``dataclass(frozen=True, slots=True, kw_only=True)`` makes it. What it defines itself stays."""
    own = {name for name, value in cls.__dict__.items() if value is not None}  # a class that says __eq__ has no hash
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(cls)
    ours: dict[str, Any] = {f"__{text.__name__[1:]}__": _at_first_call(made, text) for text in (_init, _eq, _hash)}
    ours |= {"__repr__": _repr, "__getstate__": _state, "__setstate__": _set_state}
    ours |= {"__setattr__": _refuse, "__delattr__": _refuse}
    for name in ours.keys() - own:
        setattr(made, name, ours[name])
    return made  # type: ignore[no-any-return]


def _at_first_call(cls: type[Any], text: Callable[[type[Any], dict[str, Any]], str]) -> Callable[..., Any]:
    """A method that puts what is compiled of a text in its own place. ``text`` also fills in the names it uses."""

    def method(*given: Any, **named: Any) -> Any:
        known: dict[str, Any] = {}
        exec(text(cls, known), known)
        compiled = known["method"]
        compiled.__name__ = f"__{text.__name__[1:]}__"
        compiled.__qualname__ = f"{cls.__qualname__}.{compiled.__name__}"
        setattr(cls, compiled.__name__, compiled)
        return compiled(*given, **named)

    return method


def _init(cls: type[Any], known: dict[str, Any]) -> str:
    known["MISSING"] = MISSING
    head, body = "", ""
    for one in fields(cls):
        name, value = one.name, one.name
        known[f"put_{name}"] = getattr(cls, name).__set__  # the slot's own: the class refuses
        if one.default_factory is not MISSING:
            known[f"make_{name}"] = one.default_factory
            value = f"make_{name}() if {name} is MISSING else {name}"
        known[f"default_{name}"] = one.default
        optional = one.default is not MISSING or value != name
        head += f", {name}=default_{name}" if optional else f", {name}"
        body += f" put_{name}(self, {value})\n"
    body += " self.__post_init__()\n" if hasattr(cls, "__post_init__") else " pass\n"
    return f"def method(self{', *' if head else ''}{head}):\n{body}"


def _eq(cls: type[Any], _known: dict[str, Any]) -> str:
    mine, others = _values(cls, "self"), _values(cls, "other")
    return (
        f"def method(self, other):\n return {mine} == {others} if other.__class__ is self.__class__ else NotImplemented"
    )


def _hash(cls: type[Any], _known: dict[str, Any]) -> str:
    return f"def method(self):\n return hash({_values(cls, 'self')})"


def _values(cls: type[Any], name: str) -> str:
    return f"({''.join(f'{name}.{one.name},' for one in fields(cls) if one.compare)})"


def _repr(self: Any) -> str:
    values = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({values})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


def _refuse(self: Any, name: str, *_value: Any) -> None:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} cannot be changed")
