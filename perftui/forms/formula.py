"""What a field is computed from: a small expression over fields of the same record, read and counted by ourselves.

``funds.total - funds.fiscal``, ``sum(costs.amount)``, ``rate(result_money.spent, budget.total)``,
``score(weight, value, actual)``. There is nothing else in it: no name of the program can be reached.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from perftui.locale import _
from perftui.model.money import parse_amount
from perftui.model.values import parse_value

Reader = Callable[[str], Sequence[str]]
"""The texts at a name: one of a field, one a row of a group's column."""

FUNCTIONS = {"sum": None, "difference": 2, "rate": 2, "score": 3}
"""The functions and how many things they take; ``None`` for any number."""

_LONGEST = 500
_DEEPEST = 20
_TOKEN = re.compile(r"\s*(?:[0-9]+(?:\.[0-9]+)?|[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*|[-+*/(),])")
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


class BadFormula(ValueError):  # noqa: N818 - named for what it says
    """A formula cannot be read; ``str()`` of it is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


@dataclass(frozen=True, slots=True)
class _Call:
    """A function, or one of the signs ``+ - * /``."""

    function: str
    of: tuple["_Node", ...]


_Node = _Number | _Name | _Call


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read."""

    text: str
    root: _Node

    def names(self, *, added_up: bool = True) -> Iterator[str]:
        """The fields that it speaks of; not ``added_up``: but those that stand in a sum by themselves."""
        return _names(self.root, added_up=added_up)

    def value(self, read: Reader) -> Decimal | None:
        """What comes of it, to two decimals; ``None`` where something that it needs is blank or no number."""
        with localcontext() as context, suppress(ArithmeticError):  # thousands of digits are no figure of a form
            context.prec = 40
            found = _value(self.root, read)
            return None if found is None else found.quantize(_CENT, ROUND_HALF_UP)
        return None


def read_formula(text: str) -> Formula:
    """The formula that a text writes. Raises BadFormula."""
    if len(text) > _LONGEST:
        raise BadFormula(_("算式太长，最多 {most} 个字符").format(most=_LONGEST))
    return Formula(text, _Parser(list(_tokens(text))).whole())


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadFormula(_("算式里的“{what}”看不懂").format(what=text[at:].strip()[:10]))
        yield match[0].strip()
        at = match.end()


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._depth = 0

    def whole(self) -> _Node:
        found = self._sum()
        if self._tokens:
            raise BadFormula(_("算式在“{what}”这里断了").format(what=self._tokens[0]))
        return found

    def _sum(self) -> _Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadFormula(_("算式的括号套得太深"))
        found = self._chain(("+", "-"), lambda: self._chain(("*", "/"), self._one))
        self._depth -= 1
        return found

    def _chain(self, signs: tuple[str, str], part: Callable[[], _Node]) -> _Node:
        found, length = part(), 0
        while self._next() in signs:
            length += 1
            if length > _DEEPEST:
                raise BadFormula(_("算式太长，最多 {most} 个字符").format(most=_LONGEST))
            sign = self._tokens.pop(0)
            found = _Call(sign, (found, part()))
        return found

    def _one(self) -> _Node:
        token = self._take()
        if token == "(":
            found = self._sum()
            self._expect(")")
            return found
        if token[0].isdigit():
            return _Number(Decimal(token))
        if token[0].isalpha():
            return self._call(token) if self._next() == "(" else _Name(token)
        raise BadFormula(_("算式在“{what}”这里断了").format(what=token))

    def _call(self, function: str) -> _Node:
        if function not in FUNCTIONS:
            known = " ".join(FUNCTIONS)
            raise BadFormula(_("没有“{name}”这个函数，有的是 {known}").format(name=function, known=known))
        self._expect("(")
        of = [self._sum()]
        while self._next() == ",":
            self._tokens.pop(0)
            of.append(self._sum())
        self._expect(")")
        count = FUNCTIONS[function]
        if count is not None and len(of) != count:
            raise BadFormula(
                _("{name} 要写 {count} 项，这里有 {found} 项").format(name=function, count=count, found=len(of))
            )
        return _Call(function, tuple(of))

    def _next(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def _take(self) -> str:
        if not self._tokens:
            raise BadFormula(_("算式没有写完"))
        return self._tokens.pop(0)

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise BadFormula(_("算式里少了“{sign}”").format(sign=sign))
        self._tokens.pop(0)


def _names(node: _Node, *, added_up: bool) -> Iterator[str]:
    match node:
        case _Name(name):
            yield name
        case _Call(function, of):
            for one in of:
                if added_up or function != "sum" or not isinstance(one, _Name):
                    yield from _names(one, added_up=added_up)


def _value(node: _Node, read: Reader) -> Decimal | None:
    match node:
        case _Number(value):
            return value
        case _Name(name):
            texts = read(name)
            return _number(texts[0]) if len(texts) == 1 else None
        case _Call("sum", of):
            return _summed(of, read)
        case _Call("score", of):
            return _score(*(_text(one, read) for one in of))
        case _Call(function, of):
            one, other = (_value(part, read) for part in of)
            return None if one is None or other is None else _counted(function, one, other)


def _counted(function: str, one: Decimal, other: Decimal) -> Decimal | None:
    match function:
        case "+":
            return one + other
        case "-" | "difference":
            return one - other
        case "*":
            return one * other
    if not other:
        return None
    return one / other * _HUNDRED if function == "rate" else one / other


def _summed(of: tuple[_Node, ...], read: Reader) -> Decimal | None:
    """The sum of what is there; ``None`` where nothing is, or something is no number."""
    found: list[Decimal | None] = []
    for one in of:
        if isinstance(one, _Name):
            found += [_number(text) for text in read(one.name) if text.strip()]
        elif (value := _value(one, read)) is not None:
            found.append(value)
    numbers = [one for one in found if one is not None]
    return sum(numbers, Decimal(0)) if found and len(numbers) == len(found) else None


def _score(weight: str, target: str, actual: str) -> Decimal | None:
    """The points of an indicator: all where the target is reached, else in proportion, never more than there are."""
    points, wanted, reached = parse_amount(weight), parse_value(target), parse_value(actual)
    aim, found = wanted.number, reached.number
    if points is None or aim is None or found is None:
        return None
    over, under = (found, aim) if wanted.sign in ("≤", "<") else (aim, found)
    if under >= over:
        return points
    return points * under / over if over and under > 0 else Decimal(0)


def _text(node: _Node, read: Reader) -> str:
    if isinstance(node, _Name):
        texts = read(node.name)
        return texts[0] if len(texts) == 1 else ""
    value = _value(node, read)
    return "" if value is None else str(value)


def _number(text: str) -> Decimal | None:
    return parse_amount(text) if text.strip() else None
