"""Where the lines of a TOML text are: its headers, its keys, and the comments that belong to them.

A scanner, no parser: it is used on texts that tomllib has read without complaint.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from perftui.model.frozen import frozen
from perftui.model.record import END, Comment, FieldPath

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SPACE = " \t"
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


@frozen
class TomlEntry:
    """A header or a key with its value: some whole lines of the text."""

    path: FieldPath
    header: bool
    array: bool
    """A header in double brackets, or below one: its path names no single place."""
    first: int
    """The line it begins on, from 0, after its comments."""
    last: int
    """The line it ends on."""
    before: int
    """The line its comments begin on; ``first`` where it has none."""
    behind: str
    """What follows it on its last line: blanks and a comment."""


def scan(text: str) -> tuple[TomlEntry, ...]:
    """Every header and key of a valid TOML text, in the text's order."""
    return tuple(_entries(text.split("\n")))


def comments_of(text: str) -> Mapping[FieldPath, Comment]:
    """The comments of a valid TOML text, each with the key or header that it stands before or behind."""
    if "#" not in text:
        return {}
    lines = text.split("\n")
    found: dict[FieldPath, Comment] = {}
    end = 0
    for entry in _entries(lines):
        end = entry.last + 1
        before = tuple(lines[entry.before : entry.first])
        behind = entry.behind.rstrip() if "#" in entry.behind else ""
        if (before or behind) and not entry.array:
            found[entry.path] = Comment(before=before, behind=behind)
    rest = _stripped(lines[end:])
    if rest:
        found[END] = Comment(before=rest)
    return found


def record_path(path: FieldPath, names: Collection[str]) -> FieldPath:
    """The path of a record whose tables and groups have these names, for one that TOML has."""
    for size in range(len(path), 1, -1):
        if (name := ".".join(path[:size])) in names:
            return (name, *path[size:])
    return path


def line_of(text: str, path: FieldPath) -> int | None:
    """The line, from 1, on which a key or header stands."""
    return next((entry.first + 1 for entry in scan(text) if entry.path == path), None)


def lines_of(text: str) -> Mapping[FieldPath, int]:
    """The line, from 1, of every key and header."""
    found: dict[FieldPath, int] = {}
    for entry in scan(text):
        found.setdefault(entry.path, entry.first + 1)
    return found


def _entries(lines: list[str]) -> Iterator[TomlEntry]:
    table: FieldPath = ()
    array = False
    at = pending = 0
    while at < len(lines):
        line = lines[at].strip(_SPACE)
        if not line or line.startswith("#"):
            at += 1
            continue
        before = _comments_begin(lines, pending, at)
        header = line.startswith("[")
        if header:
            array = line.startswith("[[")
            table, stop = _key(lines[at], lines[at].index("[") + (2 if array else 1))
            path, last, column = table, at, lines[at].index("]", stop) + (2 if array else 1)
        else:
            key, stop = _key(lines[at], 0)
            path = (*table, *key)
            last, column = _value_end(lines, at, stop + 1)
        yield TomlEntry(
            path=path, header=header, array=array, first=at, last=last, before=before, behind=lines[last][column:]
        )
        at = pending = last + 1


def _comments_begin(lines: list[str], start: int, at: int) -> int:
    """The first comment line above an entry; blank lines over it separate, those below it belong to it."""
    return next((number for number in range(start, at) if lines[number].strip(_SPACE)), at)


def _stripped(lines: list[str]) -> tuple[str, ...]:
    kept = [number for number, line in enumerate(lines) if line.strip()]
    return tuple(lines[kept[0] : kept[-1] + 1]) if kept else ()


def _key(line: str, at: int) -> tuple[FieldPath, int]:
    """The parts of a dotted key that begins at a column, and the column of the ``=`` or ``]`` behind it."""
    parts: list[str] = []
    while True:
        while line[at] in _SPACE:
            at += 1
        if line[at] in "\"'":
            end = _string_end(line, at, line[at])
            parts.append(_unquoted(line[at:end]))
            at = end
        else:
            match = _BARE_KEY.match(line, at)
            at = match.end() if match else at + 1
            parts.append(match.group() if match else "")
        while line[at] in _SPACE:
            at += 1
        if line[at] != ".":
            return tuple(parts), at
        at += 1


def _unquoted(text: str) -> str:
    inner = text[1:-1]
    if text[0] == "'" or "\\" not in inner:
        return inner
    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", _unescaped, inner)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if code[0] in "uU" else _ESCAPES[code]


def _string_end(line: str, at: int, quote: str) -> int:
    """The column behind a string of one line that begins at a column."""
    at += 1
    while line[at] != quote:
        at += 2 if line[at] == "\\" and quote == '"' else 1
    return at + 1


def _value_end(lines: list[str], number: int, column: int) -> tuple[int, int]:
    """The line and column behind a value; brackets and strings may go over several lines."""
    depth = 0
    while True:
        line = lines[number]
        if column >= len(line) or line[column] == "#":
            if depth == 0:
                return number, column
            number, column = number + 1, 0
        elif line.startswith(('"""', "'''"), column):
            number, column = _long_string_end(lines, number, column)
        elif line[column] in "\"'":
            column = _string_end(line, column, line[column])
        else:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(line[column], 0)
            if line[column] in _SPACE and depth == 0 and line[:column].rstrip().endswith("=") is False:
                rest = line[column:].lstrip(_SPACE)
                if not rest or rest.startswith("#"):
                    return number, column
            column += 1


def _long_string_end(lines: list[str], number: int, column: int) -> tuple[int, int]:
    quote = lines[number][column : column + 3]
    column += 3
    while True:
        line = lines[number]
        while column < len(line):
            if line[column] == "\\" and quote == '"""':
                column += 2
            elif line.startswith(quote, column):
                column += 3
                while line.startswith(quote[0], column):
                    column += 1
                return number, column
            else:
                column += 1
        number, column = number + 1, 0
