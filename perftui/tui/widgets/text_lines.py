"""A few fixed lines of text: the title, the detail, the foot, the keys."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from perftui.model.text import visible
from perftui.model.width import cut

Piece = tuple[str, Style]


class TextLines(Widget):
    """Lines made of styled pieces; only those that change are painted again."""

    DEFAULT_CSS = "TextLines { height: auto; width: 1fr; }"

    def __init__(self, count: int, ground: Style | None = None, name: str | None = None) -> None:
        super().__init__(name=name)
        self.styles.height = count
        self._ground = ground or Style.null()
        self._lines: list[tuple[Piece, ...]] = [()] * count

    def show(self, lines: Sequence[Sequence[Piece]]) -> None:
        """Show lines of pieces."""
        for number, before in enumerate(self._lines):
            pieces = tuple(lines[number]) if number < len(lines) else ()
            if before != pieces:
                self._lines[number] = pieces
                self.refresh(Region(0, number, max(1, self.size.width), 1))

    @property
    def texts(self) -> list[str]:
        """What is shown."""
        return ["".join(text for text, _style in line) for line in self._lines]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def resize_to(self, count: int) -> None:
        """Have more or fewer lines."""
        if count != self.count:
            self._lines = [()] * count
            self.styles.height = count

    def render_line(self, y: int) -> Strip:
        """One line, cut at the widget's width; a name in it may be anything."""
        width = self.size.width
        segments, used = [], 0
        for text, style in self._lines[y] if y < len(self._lines) else ():
            shown = cut(visible(text), width - used)
            segment = Segment(shown, self._ground + style)
            segments.append(segment)
            used += segment.cell_length
            if used >= width:
                break
        return Strip(segments).adjust_cell_length(width, self._ground)
