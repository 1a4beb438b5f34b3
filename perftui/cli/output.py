"""What commands print: results on stdout, everything else on stderr, and no control character of the data on either."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

from perftui.model.text import visible

if TYPE_CHECKING:
    from perftui.model.width import Align

_GAP = "  "


def prepare() -> None:
    """Make the streams take every character, whatever the terminal's encoding."""
    if sys.stdout is None:  # closed by whoever started us: the command is done all the same, and says how it ended
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the program runs
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def put_bytes(data: bytes) -> None:
    """Write the exact bytes of a result."""
    with reader_may_leave():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """For what writes to stdout: a reader that has seen enough, as ``| head``, changes nothing of how we end."""
    try:
        yield
    except BrokenPipeError:
        drop_output()


def drop_output() -> None:
    """Let all that is still to be written go nowhere; else Python fails once more when it flushes at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def put(text: str = "") -> None:
    """Print a line of the result."""
    _print(text, sys.stdout)


def say(text: str) -> None:
    """Print a sentence that is not the result."""
    _print(text, sys.stderr)


def put_table(rows: Sequence[Sequence[str]], aligns: Sequence["Align"]) -> None:
    """Print rows in columns as wide as their widest text; the last one is not filled up."""
    put_columns(list(zip(*rows, strict=True)), aligns)


def put_columns(columns: Sequence[Sequence[str]], aligns: Sequence["Align"]) -> None:
    """As ``put_table``, column by column."""
    filled = [_filled(_visible(column), align) for column, align in zip(columns, aligns, strict=True)]
    lines = [line.rstrip() for line in map(_GAP.join, zip(*filled, strict=True))]
    with reader_may_leave():
        sys.stdout.write("\n".join([*lines, ""]))


def _visible(column: Sequence[str]) -> Sequence[str]:
    """The column with control characters as visible signs; joined and searched once, as most columns have none."""
    joined = " ".join(column)
    if (joined.isascii() and joined.isprintable()) or visible(joined) == joined:
        return column
    return [visible(text) for text in column]


def _filled(column: Sequence[str], align: "Align") -> list[str]:
    """The texts of a column, filled up to the widest."""
    from perftui.model.width import cell_lens  # not of the standard library, and only tables need it

    lengths = cell_lens(column)
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
    with reader_may_leave():
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
    with reader_may_leave():
        stream.write(visible(text, lines=True) + "\n")
