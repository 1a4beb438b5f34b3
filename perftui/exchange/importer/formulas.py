"""Writes a formula of Word in a line: a fraction with its stroke, powers raised, brackets that stand in no text."""

from collections.abc import Callable, Mapping

from lxml import etree

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def formula_text(element: etree._Element) -> str:
    """The text of a formula, or of a part of one."""
    local = _local(element)
    if local == "t":
        return element.text or ""
    write = _WRITERS.get(local)
    if write is None:
        return "".join(map(formula_text, element))
    return write({_local(child): child for child in element}, element)


def raised(text: str) -> str:
    """A text as it stands raised; unchanged where a character of it has no sign for that."""
    return _moved(text, _RAISED)


def lowered(text: str) -> str:
    """The same, lowered."""
    return _moved(text, _LOWERED)


def _moved(text: str, signs: Mapping[int, int]) -> str:
    return text.translate(signs) if all(ord(one) in signs for one in text) else text


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


_Parts = Mapping[str, etree._Element]


def _part(parts: _Parts, name: str) -> str:
    return formula_text(parts[name]) if name in parts else ""


def _whole(text: str) -> str:
    """A part that a stroke or a root may take as one: in brackets where it is more than a number or a word."""
    return text if text.replace(".", "").isalnum() else f"({text})"


def _fraction(parts: _Parts, _element: etree._Element) -> str:
    return f"{_whole(_part(parts, 'num'))}/{_whole(_part(parts, 'den'))}"


def _power(parts: _Parts, _element: etree._Element) -> str:
    said = _part(parts, "sup")
    high = raised(said)
    return _part(parts, "e") + (high if high != said or not said else f"^{_whole(said)}")


def _index(parts: _Parts, _element: etree._Element) -> str:
    return _part(parts, "e") + lowered(_part(parts, "sub"))


def _root(parts: _Parts, _element: etree._Element) -> str:
    return f"{raised(_part(parts, 'deg'))}√{_whole(_part(parts, 'e'))}"


def _brackets(parts: _Parts, element: etree._Element) -> str:
    signs = {_local(one): str(next(iter(one.values()), "")) for one in parts.get("dPr", ())}
    inside = signs.get("sepChr", "|").join(formula_text(child) for child in element if _local(child) == "e")
    return f"{signs.get('begChr', '(')}{inside}{signs.get('endChr', ')')}"


_WRITERS: Mapping[str, Callable[[_Parts, etree._Element], str]] = {
    "f": _fraction,
    "sSup": _power,
    "sSub": _index,
    "rad": _root,
    "d": _brackets,
}
