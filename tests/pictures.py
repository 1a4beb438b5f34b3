"""Draws a screen of the program as SVG. ``python -m tests.pictures`` writes the pictures of the papers anew.

The characters are placed by the program's own measure of widths, so that a browser's font moves no column.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from perftui.model.width import cell_len
from tests.conftest import ROOT

FOLDER = ROOT / ".readme"
CELL, LINE, BASE, EDGE = 9, 20, 15, 10
"""Pixels: the width of a cell, the height of a line, from a line's top to where its letters stand, the margin."""
GROUND, INK = "#1e1f22", "#d5d6d8"
_FONT = "'DejaVu Sans Mono','Noto Sans Mono CJK SC','Microsoft YaHei',monospace"
_PALETTE = (
    "#26272a", "#e06c75", "#98c379", "#d8b055", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
    "#7f848e", "#f08a92", "#b2d992", "#ecc87c", "#82c4ff", "#d99bea", "#7fd3de", "#ffffff",
)  # fmt: skip
"""The sixteen colours that a terminal gives its own shades to."""


def svg(strips: Sequence[Strip], cursor: tuple[int, int]) -> str:
    """The picture of a screen's lines, with the terminal's cursor at a column and a line."""
    width = max(strip.cell_length for strip in strips) * CELL + 2 * EDGE
    height = len(strips) * LINE + 2 * EDGE
    x, y = EDGE + cursor[0] * CELL, EDGE + cursor[1] * LINE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-size="15" '
            f'font-family="{_FONT}" fill="{INK}">',
            f'<rect width="{width}" height="{height}" rx="6" fill="{GROUND}"/>',
            *(part for line, strip in enumerate(strips) for part in _line(strip, EDGE + line * LINE)),
            f'<rect x="{x}" y="{y}" width="2" height="{LINE}"/>',
            "</svg>",
            "",
        ]
    )


def _line(strip: Strip, top: int) -> Iterator[str]:
    left = EDGE
    for segment in strip:
        yield from _piece(segment, left, top)
        left += segment.cell_length * CELL


def _piece(segment: Segment, left: int, top: int) -> Iterator[str]:
    style = segment.style or Style.null()
    ink, ground = _colour(style.color, INK), _colour(style.bgcolor, GROUND)
    if style.reverse:
        ink, ground = ground, ink
    if ground != GROUND:
        yield f'<rect x="{left}" y="{top}" width="{segment.cell_length * CELL}" height="{LINE}" fill="{ground}"/>'
    looks = "".join(
        word for on, word in ((style.bold, ' font-weight="bold"'), (style.italic, ' font-style="italic"'),
                              (style.underline, ' text-decoration="underline"'),
                              (ink != INK, f' fill="{ink}"')) if on
    )  # fmt: skip
    for cells, run in groupby(segment.text, lambda character: 0 if character == " " else cell_len(character)):
        text = "".join(run)
        width = cell_len(text) * CELL
        if cells:
            yield f'<text x="{left}" y="{top + BASE}" textLength="{width}"{looks}>{escape(text)}</text>'
        left += width


def _colour(colour: Color | None, usual: str) -> str:
    if colour is None or colour.is_default:
        return usual
    if colour.number is not None and colour.number < len(_PALETTE):
        return _PALETTE[colour.number]
    return colour.get_truecolor().hex


if __name__ == "__main__":
    words = [sys.executable, "-m", "pytest", "-n", "0", "tests/golden/test_pictures.py"]
    sys.exit(subprocess.run(words, cwd=ROOT, env={**os.environ, "PERFTUI_GOLDEN": "write"}, check=False).returncode)
