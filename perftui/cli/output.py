"""What commands print: results on stdout, everything else on stderr, and no control character of the data on either."""

import re
import sys
from collections.abc import Sequence
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

    shown = [_visible_row(row) for row in rows]
    lengths = [[cell_len(text) for text in row] for row in shown]
    widths = [max(column) for column in zip(*lengths, strict=True)]
    for row, filled in zip(shown, lengths, strict=True):
        gaps = [width - length for width, length in zip(widths, filled, strict=True)]
        sys.stdout.write(_GAP.join(map(_filled, row, gaps, aligns)).rstrip() + "\n")


def _visible_row(row: Sequence[str]) -> Sequence[str]:
    """The cells with controls as signs; most rows have none, which one look tells."""
    joined = " ".join(row)
    return row if visible(joined) == joined else [visible(text) for text in row]


def _filled(text: str, gap: int, align: "Align") -> str:
    if align == "left":
        return text + " " * gap
    before = gap if align == "right" else gap // 2
    return " " * before + text + " " * (gap - before)


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
