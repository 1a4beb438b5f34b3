"""A writer of terminal output that knows the cursor and the pen, and takes the shortest way from one to the next."""

from perftui.tui.terminal.style import CellStyle, change, of_blank


class TerminalOutput:
    """Collects output for a terminal; ``x``, ``y`` and ``style`` are what it leaves the terminal in (None: unknown)."""

    __slots__ = ("_parts", "cols", "style", "x", "y")

    def __init__(self, cols: int, *, x: int | None, y: int | None, style: CellStyle | None) -> None:
        self._parts: list[str] = []
        self.cols = cols
        self.x, self.y, self.style = x, y, style

    def fork(self) -> "TerminalOutput":
        """Another writer that goes on from here."""
        other = TerminalOutput(self.cols, x=self.x, y=self.y, style=self.style)
        other._parts = self._parts.copy()
        return other

    def text(self) -> str:
        """What is to be written."""
        return "".join(self._parts)

    def size(self) -> int:
        """Bytes of what is to be written."""
        return sum(len(part) if part.isascii() else len(part.encode()) for part in self._parts)

    def size_to(self, x: int, y: int) -> int:
        """Bytes of what is to be written, and then of the cursor's way to there."""
        return self.size() + (len(_way(self.x, self.y, x, y)) if (x, y) != (self.x, self.y) else 0)

    def move(self, x: int, y: int) -> None:
        """Put the cursor there."""
        if (x, y) != (self.x, self.y):
            self._parts.append(_way(self.x, self.y, x, y))
            self.x, self.y = x, y

    def pen(self, style: CellStyle) -> None:
        """Write in this style from now on."""
        if style != self.style:
            self._parts.append(change(self.style, style))
            self.style = style

    def put(self, character: str, style: CellStyle, width: int) -> None:
        """Write what stands in one cell (two for a wide character) at the cursor."""
        if style != self.style and not (character == " " and self.style and of_blank(self.style) == style):
            self._parts.append(change(self.style, style))
            self.style = style
        self._parts.append(character)
        if self.x is not None:
            self.x += width
            if self.x >= self.cols:
                self.lose_cursor()

    def lose_cursor(self) -> None:
        """Where the cursor is, depends on the terminal."""
        self.x = self.y = None

    def control(self, sequence: str) -> None:
        """A sequence that leaves cursor and pen alone."""
        self._parts.append(sequence)


def _way(from_x: int | None, from_y: int | None, x: int, y: int) -> str:
    """The shortest cursor movement."""
    row = y + 1 if y or x else ""
    best = f"\x1b[{row};{x + 1}H" if x else f"\x1b[{row}H"
    if from_x is None or from_y is None:
        return best
    relative = best
    if from_y == y:
        if x == 0:
            relative = "\r"
        elif x > from_x:
            relative = _steps(x - from_x, "C")
        else:
            relative = "\b" if from_x - x == 1 else _steps(from_x - x, "D")
    elif from_x == x:
        relative = _steps(y - from_y, "B") if y > from_y else _steps(from_y - y, "A")
    return min(best, relative, key=len)


def _steps(count: int, final: str) -> str:
    return f"\x1b[{final}" if count == 1 else f"\x1b[{count}{final}"
