"""The second wall against control characters: whatever a widget draws, none of them reaches the terminal."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# Visible in one cell each. C1 controls, surrogates and marks that cannot be seen share a sign.
_SIGN = "␦"
_REPLACED: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20)}
_REPLACED[0x7F] = "␡"
_REPLACED |= dict.fromkeys(range(0x80, 0xA0), _SIGN)
_REPLACED |= dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), _SIGN)  # bidi
_REPLACED |= {0x2028: "␤", 0x2029: "␤", 0xFEFF: _SIGN}
_SURROGATES = "\ud800-\udfff"
_HARMFUL = re.compile("[" + "".join(re.escape(chr(code)) for code in _REPLACED) + _SURROGATES + "]")


def visible_controls(text: str) -> str:
    """The text with a visible sign of one cell for each character that is a command or a trap for a terminal."""
    return _HARMFUL.sub(lambda match: _REPLACED.get(ord(match[0]), _SIGN), text)


class ControlFilter(LineFilter):
    """Draws control characters as visible signs.

    An alarm only: layout counted them as 0 cells, so text is to be made safe before layout.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line with visible signs for control characters."""
        if not any(_HARMFUL.search(text) for text, _, control in segments if not control):
            return segments
        return [
            segment if segment.control else Segment(visible_controls(segment.text), segment.style)
            for segment in segments
        ]
