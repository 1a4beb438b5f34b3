"""A fast reader for canonical files. Its result is a guess: the caller writes it out again and compares the texts."""

from collections.abc import Iterator
from typing import Any

_LONGEST = 16 * 1024
"""Longer texts are the parser's, with its limits."""
_HARD = ("#", "\\")
"""Comments and escapes are the parser's as well."""
_LINES = '"""'


def quickly_read(text: str) -> dict[str, Any] | None:
    """What a canonical text says, as a parser would give it; ``None`` where that is not plain to see.

    Other texts are read wrongly or not at all: whoever asks must see that the result's canonical text is this text.
    """
    if len(text) > _LONGEST or any(sign in text for sign in _HARD):
        return None
    plain: dict[str, Any] = {}
    head, *sections = f"\n{text}".split("\n[")
    try:
        _take(head, plain)
        for section in sections:
            name, _end, body = section.partition("]\n")
            values = plain
            for part in name.split("."):
                values = values.setdefault(part, {})
            _take(body, values)
    except (ValueError, AttributeError, TypeError):
        return None
    return plain


def _take(text: str, table: dict[str, Any]) -> None:
    lines = iter(text.split("\n"))
    for line in lines:
        if not line:
            continue
        key, _equals, value = line.partition(" = ")
        key = key[1:-1] if key[:1] == '"' else key
        if value == _LINES:
            table[key] = _until_the_end(lines)
        elif value == '""':
            raise ValueError  # a blank field, which is no value
        else:
            table[key] = value[1:-1] if value[:1] == '"' else int(value)


def _until_the_end(lines: Iterator[str]) -> str:
    """The lines of a text up to the one that ends it."""
    found: list[str] = []
    for line in lines:
        if line.endswith(_LINES):
            return "\n".join([*found, line.removesuffix(_LINES)])
        found.append(line)
    raise ValueError
