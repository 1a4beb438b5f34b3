"""Which lines of the grid its rows take up, and which of them are in sight."""

from bisect import bisect_right
from collections.abc import Sequence

from perftui.model.frozen import frozen


@frozen
class RowLines:
    """The rows of a view, of which one may be higher or lower while a text is typed in it."""

    ends: Sequence[int]
    """For each row of the view the number of lines up to its end."""
    edited: int = -1
    """The row in which a text is typed; -1: none."""
    grown: int = 0
    """How many lines more that row needs meanwhile."""

    def first(self, row: int) -> int:
        """The line in which a row begins."""
        return (self.ends[row - 1] if row else 0) + (self.grown if 0 <= self.edited < row else 0)

    def end(self, row: int) -> int:
        """The line behind a row."""
        return self.ends[row] + (self.grown if 0 <= self.edited <= row else 0)

    def height(self, row: int) -> int:
        """The lines of a row."""
        return self.end(row) - self.first(row)

    def row_at(self, line: int) -> int | None:
        """The row that a line belongs to; ``None`` before the first and behind the last."""
        if line < 0:
            return None
        row = bisect_right(range(len(self.ends)), line, key=self.end)
        return row if row < len(self.ends) else None

    def scrolled(self, top: int, row: int, caret: int, room: int) -> int:
        """The first line in sight so that a row is seen, or of one higher than ``room`` lines the caret's line.

        ``top`` is the first line in sight before; ``caret`` the caret's line inside the row.
        """
        first = self.first(row)
        caret += first
        top = max(min(top, first), min(self.end(row) - room, first), caret - room + 1)
        return max(0, min(top, caret, self.end(len(self.ends) - 1) - room))
