"""What commands print: results on stdout, everything else on stderr, and no control character of the data on either."""

import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from perftui.model.text import visible

if TYPE_CHECKING:
    from perftui.model.width import Align

_GAP = "  "


def prepare() -> None:
    """Make the streams take every character, whatever the terminal's encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def put(text: str = "") -> None:
    """Print a line of the result."""
    _print(text, sys.stdout)


def say(text: str) -> None:
    """Print a sentence that is not the result."""
    _print(text, sys.stderr)


def put_table(rows: Sequence[Sequence[str]], aligns: Sequence["Align"]) -> None:
    """Print rows in columns as wide as their widest text; the last one is not filled up."""
    from perftui.model.width import cell_len  # not of the standard library, and only tables need it

    joined = " ".join(map(" ".join, rows))  # thousands of rows have no control at all, which one look tells
    shown = rows if visible(joined) == joined else [[visible(text) for text in row] for row in rows]
    columns = [_filled(column, align, cell_len) for column, align in zip(zip(*shown, strict=True), aligns, strict=True)]
    for row in zip(*columns, strict=True):
        sys.stdout.write(_GAP.join(row).rstrip() + "\n")


def _filled(column: Sequence[str], align: "Align", cell_len: Callable[[str], int]) -> list[str]:
    """The texts of a column, filled up to the widest."""
    lengths = list(map(cell_len, column))
    width = max(lengths)
    if align == "left":
        return [text + " " * (width - length) for text, length in zip(column, lengths, strict=True)]
    if align == "right":
        return [" " * (width - length) + text for text, length in zip(column, lengths, strict=True)]
    halves = [((width - length) // 2, (width - length + 1) // 2) for length in lengths]
    return [" " * before + text + " " * behind for text, (before, behind) in zip(column, halves, strict=True)]


def put_json(value: Any) -> None:
    """Print a value as JSON."""
    import json

    put_json_text(json.dumps(value, ensure_ascii=False, indent=2))


def put_json_text(text: str) -> None:
    """Print JSON that is text already; characters that could mislead or steer a terminal are escaped."""
    for line in text.removesuffix("\n").split("\n"):
        sys.stdout.write(_escaped(line) + "\n")


def _escaped(line: str) -> str:
    signs = visible(line)
    if signs == line:
        return line
    return "".join(char if char == sign else _code(char) for char, sign in zip(line, signs, strict=True))


def _code(char: str) -> str:
    units = re.findall("....", char.encode("utf-16-be", "surrogatepass").hex())
    return "".join(f"\\u{unit}" for unit in units)


def _print(text: str, stream: TextIO) -> None:
    stream.write("\n".join(visible(line) for line in text.split("\n")) + "\n")
