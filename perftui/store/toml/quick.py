"""A fast reader for canonical files. Its result is a guess: the caller writes it out again and compares the texts."""

from collections.abc import Iterator, Mapping
from typing import Any

from perftui.model.lazy_regex import lazily
from perftui.model.record import END, Comment, FieldPath

_LONGEST = 16 * 1024
"""Longer texts are the parser's, with its limits."""
_HARD = "\\"
"""Escapes are the parser's as well."""
_LINES = '"""'
_BEHIND = lazily(r'([^"#]*?(?:"[^"]*")?)([ \t]*#.*)')
"""A header or a key with its value, and the comment behind it."""


def quickly_read(text: str) -> dict[str, Any] | None:
    """What a canonical text says, as a parser would give it; ``None`` where that is not plain to see.

    Other texts are read wrongly or not at all: whoever asks must see that the result's canonical text is this text.
    """
    if len(text) > _LONGEST or _HARD in text:
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


def without_comments(text: str) -> tuple[str, Mapping[FieldPath, Comment]]:
    """A canonical text without its comments, and those by what they stand at; as much of a guess."""
    if "#" not in text:
        return text, {}
    kept: list[str] = []
    found: dict[FieldPath, Comment] = {}
    before: list[str] = []
    table: FieldPath = ()
    lines = iter(text.split("\n"))
    for line in lines:
        if line.startswith("#") or (before and not line):
            before.append(line)
            continue
        match = _BEHIND.fullmatch(line) if "#" in line else None
        line, behind = match.groups() if match else (line, "")
        table = tuple(line[1:-1].split(".")) if line.startswith("[") else table
        if before or behind:
            path = table if line.startswith("[") else (*table, line.partition(" = ")[0])
            found[path] = Comment(before=tuple(before), behind=behind)
            before = []
        kept.append(line)
        if line.endswith(f" = {_LINES}"):
            kept += _through_the_end(lines)
    if before:  # the last of them is the blank behind the last line's end
        found[END] = Comment(before=tuple(before[:-1]))
        kept.append("")
    return "\n".join(kept), found


def _through_the_end(lines: Iterator[str]) -> Iterator[str]:
    """The lines of a text, the one that ends it included."""
    for line in lines:
        yield line
        if line.endswith(_LINES):
            return


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
