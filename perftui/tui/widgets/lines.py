"""A few fixed lines of text: the title, the detail, the foot, the keys."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from perftui.model.width import cut

Piece = tuple[str, Style]


class Lines(Widget):
    """Lines made of styled pieces; only those that change are painted again."""

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"

    def __init__(self, count: int, ground: Style | None = None, name: str | None = None) -> None:
        super().__init__(name=name)
        self.styles.height = count
        self._ground = ground or Style.null()
        self._lines: list[tuple[Piece, ...]] = [()] * count

    def show(self, lines: Sequence[Sequence[Piece]]) -> None:
        """Show lines of pieces."""
        for number, pieces in enumerate(lines[: len(self._lines)]):
            if self._lines[number] != tuple(pieces):
                self._lines[number] = tuple(pieces)
                self.refresh(Region(0, number, max(1, self.size.width), 1))

    def render_line(self, y: int) -> Strip:
        """One line, cut at the widget's width."""
        width = self.size.width
        segments, used = [], 0
        for text, style in self._lines[y] if y < len(self._lines) else ():
            shown = cut(text, width - used)
            segment = Segment(shown, self._ground + style)
            segments.append(segment)
            used += segment.cell_length
            if used >= width:
                break
        return Strip(segments).adjust_cell_length(width, self._ground)
