"""What may reach a terminal: a strict reading of the bytes that a program wrote to it."""

import re
from collections.abc import Collection, Iterator

from perftui.model.text import visible

_TOKEN = re.compile(
    r"\x1b\[(?P<marks>[<=>?]*)(?P<numbers>[0-9;:]*)(?P<middle>[ -/]*)(?P<final>[@-~])"
    r"|(?P<pointer>\x1b\]22;[a-z]+\x07)"
    r"|(?P<other>\x1b[^\[]?|[\x00-\x1f\x7f-\x9f])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)
_MODES = {"25", "1049", "2004", "7", "1000", "1002", "1003", "1004", "1006", "1007", "1015", "1016", "2026"}
_PLAIN_KEYS = {"\x1b[=0u", "\x1b[>4;0m", "\x1b[?1;66;1004;9001l", "\x1b>"}
"""What other programs may have left on is set to plain."""
_MOVES = re.compile("[ABCDGHJKXPLM@bdrST]")
_JOINED = re.compile("[\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What shapes an emoji or a character, and so may be there."""


def trouble_in(
    data: bytes, *, plain: bool = False, cols: int = 500, rows: int = 500, colours: Collection[str] | None = None
) -> Iterator[str]:
    """What must not be in a program's output, with what stands around it.

    ``plain``: lines of text only. Otherwise the driver's own sequences are allowed, cursor moves inside the window,
    and of colours only those given.
    """
    text = data.decode("utf-8", "surrogateescape")
    for token in _TOKEN.finditer(text):
        reason = _reason(token, plain, cols, rows, colours)
        if reason:
            around = text[max(0, token.start() - 20) : token.end() + 20]
            yield f"{reason}: {around!r}"


def _reason(token: re.Match[str], plain: bool, cols: int, rows: int, colours: Collection[str] | None) -> str:
    if token["text"] is not None:
        shown = _JOINED.sub("", token["text"])
        hidden = next((char for char, sign in zip(shown, visible(shown), strict=True) if char != sign), "")
        return f"U+{ord(hidden):04X}" if hidden else ""
    if token["pointer"] is not None:  # the shape of the mouse pointer, from Textual
        return "sequence" if plain else ""
    if token["other"] is not None:
        allowed = "\n" if plain else "\r\n\b"
        return "" if token["other"] in allowed or (token["other"] in _PLAIN_KEYS and not plain) else "control"
    if plain:
        return "sequence"
    return _sequence_reason(token, cols, rows, colours)


def _sequence_reason(token: re.Match[str], cols: int, rows: int, colours: Collection[str] | None) -> str:
    marks, numbers, final = token["marks"], token["numbers"], token["final"]
    if final == "m" and not marks:
        return "" if colours is None or numbers in colours else "colour"
    if marks == "?" and final in "hl" and set(numbers.split(";")) <= _MODES:
        return ""
    if token.group() in _PLAIN_KEYS:
        return ""
    if token.group() in ("\x1b[6n", "\x1b[?2026$p", "\x1b[r", "\x1b[H"):
        return ""
    if marks or token["middle"] or not _MOVES.fullmatch(final):
        return "sequence"
    parts = [int(part or 1) for part in numbers.split(";")]
    if final == "H":
        return "" if parts[0] <= rows and (len(parts) < 2 or parts[1] <= cols) else "cursor"
    return "" if max(parts) <= max(cols, rows) else "cursor"


def colours_in(data: bytes) -> set[str]:
    """The parameters of every change of colour."""
    return {match[1].decode() for match in re.finditer(rb"\x1b\[([0-9;:]*)m", data)}
