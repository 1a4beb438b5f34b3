"""Textual's frames: text, SGR, cursor positions and newlines, read into placed runs of cells."""

import re
from typing import NamedTuple

from perftui.tui.terminal.cells import Run, run_of
from perftui.tui.terminal.style import PLAIN, CellStyle, applied

# A control character inside text is not matched by anything, so such a frame cannot be read.
_TOKEN = re.compile(r"([^\x00-\x1f\x7f-\x9f\ud800-\udfff]+)|\x1b\[([0-9;]*)([mH])|(\n)")


class Frame(NamedTuple):
    """A frame as runs with column and row of their first cell, and where it leaves the cursor."""

    runs: list[tuple[int, int, Run]]
    x: int
    y: int


def read_frame(data: str) -> Frame | None:
    """Read a frame; None if there is anything in it that is not understood. Columns and rows count from 0."""
    runs: list[tuple[int, int, Run]] = []
    x = y = at = 0
    style: CellStyle = PLAIN
    for match in _TOKEN.finditer(data):
        if match.start() != at:
            return None
        at = match.end()
        text, parameters, final, newline = match.groups()
        if text:
            run = run_of(text, style)
            runs.append((x, y, run))
            x += len(run.cells)
        elif final == "m":
            changed = PLAIN if parameters in ("", "0") else applied(style, parameters)
            if changed is None:
                return None
            style = changed
        elif final == "H":
            row, _, column = parameters.partition(";")
            x, y = max(int(column or 1), 1) - 1, max(int(row or 1), 1) - 1
        elif newline:
            x, y = 0, y + 1
    return Frame(runs, x, y) if at == len(data) else None
