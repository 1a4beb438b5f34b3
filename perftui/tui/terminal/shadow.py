"""The shadow screen: what the terminal shall show, what it shows, and the least that turns the one into the other."""

import re

from perftui.tui.terminal import difference
from perftui.tui.terminal.cells import Row, is_unusual, place
from perftui.tui.terminal.frame import read_frame
from perftui.tui.terminal.style import PLAIN, CellStyle, applied, of_blank
from perftui.tui.terminal.terminal_output import TerminalOutput

# Terminals whose erasing fills with the pen's background; for others (screen, tmux) only plain blanks are erased.
_COLOUR_ERASE = ("xterm", "linux", "rxvt", "putty", "konsole", "gnome", "vte", "alacritty", "foot", "kitty", "wezterm",
                 "iterm", "st-", "mintty", "ghostty")  # fmt: skip
_NO_REGION_SCROLL = ("linux", "dumb", "cons25", "ansi", "vt1", "vt52")

_FEW = 6
"""Of so many changed rows the order is worth a thought; of more the way of the cursor is the smallest part."""

_CLEARED = re.compile(r"(?:\x1b\[(?P<style>[0-9;]*)m)?\x1b\[2J(?:\x1b\[m)?")


def erases_in_colour(term: str) -> bool:
    """Does erasing fill with the background colour on this ``TERM``?"""
    return term.startswith(_COLOUR_ERASE)


def scrolls_regions(term: str) -> bool:
    """Does this ``TERM`` know SU and SD inside a scrolling region?"""
    return bool(term) and not term.startswith(_NO_REGION_SCROLL)


class Shadow:
    """Two screens of ``cols`` x ``rows``: ``read`` changes the wanted one, ``render`` brings the terminal up to it."""

    def __init__(self, cols: int, rows: int, *, colour_erase: bool = True, scroll: bool = True) -> None:
        self.cols, self.rows = cols, rows
        self._ambiguous = 1
        self._colour_erase, self._scroll = colour_erase, scroll
        self._wanted: list[Row] = []
        self._sent: list[Row] = []
        self._odd: set[int] = set()  # wanted rows with a character of doubtful width
        self._sent_odd: set[int] = set()
        self._cursor = (0, 0)
        self._cursor_shown = False
        self._sent_cursor_shown: bool | None = None
        self._at: tuple[int | None, int | None] = (None, None)
        self._pen: CellStyle | None = None
        self.forget()

    def read(self, data: str) -> bool:
        """Take a frame of Textual's into the wanted screen; False (and nothing done) if it is not understood."""
        frame = read_frame(data)
        if frame is None or any(y >= self.rows for _, y, _ in frame.runs):
            return False
        own: set[int] = set()  # rows are shared with the sent screen until they are written to
        for x, y, run in frame.runs:
            if y not in own:
                own.add(y)
                self._wanted[y] = self._wanted[y].copy()
            place(self._wanted[y], x, run)
            if run.unusual or run.joined or self._ambiguous != 1:
                self._odd.add(y)
        self.move_cursor(frame.x, frame.y)
        return True

    def move_cursor(self, x: int, y: int) -> None:
        """Where the cursor shall stand."""
        self._cursor = max(0, min(x, self.cols - 1)), max(0, min(y, self.rows - 1))

    def show_cursor(self, *, shown: bool) -> None:
        """Whether the terminal's cursor shall be seen."""
        self._cursor_shown = shown

    def set_ambiguous(self, cells: int) -> None:
        """In how many cells the terminal draws characters of ambiguous width (layout follows later)."""
        if cells != self._ambiguous:
            self._ambiguous = cells
            self._odd = set(range(self.rows))
            self.invalidate()

    def invalidate(self) -> None:
        """What the terminal shows is not known any more: everything is to be sent again."""
        self._sent = [[None] * self.cols for _ in range(self.rows)]
        self._at = (None, None)
        self._pen = None
        self._sent_cursor_shown = None

    def forget(self) -> None:
        """Neither what the terminal shows nor what it shall show is known (something was passed through unread)."""
        self._wanted = [[None] * self.cols for _ in range(self.rows)]
        self._odd = set()
        self.invalidate()

    def assume(self, painted: str) -> bool:
        """Somebody else has written this to the terminal; False (and nothing assumed) if it is not understood.

        It clears the screen (``ESC[<style>m ESC[2J``; the style may be missing) and then is a frame.
        """
        cleared = _CLEARED.match(painted)
        style = applied(PLAIN, cleared["style"] or "0") if cleared else None
        if cleared is None or style is None:
            return False
        blank = (" ", of_blank(style) if self._colour_erase else PLAIN)
        before, self._wanted = self._wanted, [[blank] * self.cols for _ in range(self.rows)]
        if not self.read(painted[cleared.end() :]):
            self._wanted = before
            return False
        self.invalidate()
        self._sent = self._wanted.copy()
        self._sent_odd = set(self._odd)
        return True

    def resize(self, cols: int, rows: int) -> None:
        """A screen of another size; it keeps what was wanted of the part they share."""
        kept = [_cut(row, cols) for row in self._wanted[:rows]]
        self.cols, self.rows = cols, rows
        self._wanted = kept + [[None] * cols for _ in range(rows - len(kept))]
        self._odd = {y for y in self._odd if y < rows}
        self.move_cursor(*self._cursor)
        self.invalidate()

    def render(self) -> str:
        """What has to be written now; afterwards the terminal is taken to show the wanted screen."""
        start = TerminalOutput(self.cols, x=self._at[0], y=self._at[1], style=self._pen)
        self._clear_if_unknown(start)
        changed = self._changed(self._sent)
        self._forget_odd(changed)
        out = self._shortest(start, changed)
        self._take_as_sent()
        if self._cursor_shown != self._sent_cursor_shown:
            out.control("\x1b[?25h" if self._cursor_shown else "\x1b[?25l")
            self._sent_cursor_shown = self._cursor_shown
        out.move(*self._cursor)
        self._at, self._pen = (out.x, out.y), out.style
        return out.text()

    def _changed(self, sent: list[Row]) -> list[int]:
        return [y for y, row in enumerate(self._wanted) if row is not sent[y] and row != sent[y]]

    def _clear_if_unknown(self, out: TerminalOutput) -> None:
        """If nothing is known of the terminal and everything of what it shall show, begin with a clear screen."""
        if any(cell is not None for row in self._sent for cell in row):
            return
        if any(cell is None for row in self._wanted for cell in row):
            return
        style = difference.common_blank(self._wanted, colour_erase=self._colour_erase)
        out.pen(style)
        out.control("\x1b[2J")
        blank: Row = [(" ", style)] * self.cols
        self._sent = [blank] * self.rows
        self._sent_odd = set()

    def _forget_odd(self, changed: list[int]) -> None:
        """Rows that were marked odd, and whose odd characters have been overwritten, are ordinary again."""
        for y in self._odd.intersection(changed):
            texts = {cell[0] for cell in self._wanted[y] if cell is not None}
            if not any(is_unusual(text, ambiguous=self._ambiguous) for text in texts):
                self._odd.discard(y)

    def _shortest(self, start: TerminalOutput, changed: list[int]) -> TerminalOutput:
        """Draw the changed rows; scroll first where that is shorter."""
        plain = self._in_order(start, changed, self._sent)
        if not self._scroll or self._odd or self._sent_odd:
            return plain
        scroll = difference.find_scroll(self._wanted, self._sent, changed)
        if scroll is None:
            return plain
        out = start.fork()
        difference.write_scroll(out, scroll)
        sent = difference.scrolled(self._sent, scroll, [(" ", PLAIN)] * self.cols)
        scrolled = self._in_order(out, self._changed(sent), sent)
        return min(plain, scrolled, key=lambda out: out.size_to(*self._cursor))

    def _in_order(self, start: TerminalOutput, changed: list[int], sent: list[Row]) -> TerminalOutput:
        """Draw rows from top to bottom; where that is shorter, the one in which the cursor will stand last of all."""
        drawn = self._drawn(start.fork(), changed, sent)
        y = self._cursor[1]
        if y not in changed[:-1] or len(changed) > _FEW:
            return drawn
        last = self._drawn(start.fork(), [*(other for other in changed if other != y), y], sent)
        return min(drawn, last, key=lambda out: out.size_to(*self._cursor))

    def _drawn(self, out: TerminalOutput, changed: list[int], sent: list[Row]) -> TerminalOutput:
        for y in changed:
            row = self._wanted[y]
            if y in self._odd or y in self._sent_odd:
                difference.draw_whole_row(out, y, row, ambiguous=self._ambiguous, colour_erase=self._colour_erase)
            else:
                difference.draw_row(out, y, row, sent[y], colour_erase=self._colour_erase)
        return out

    def _take_as_sent(self) -> None:
        """The rows are shared from now on; cells that were not wanted stay as they were known."""
        for y, row in enumerate(self._wanted):
            before = self._sent[y]
            if row is not before:
                self._sent[y] = [old if new is None else new for new, old in zip(row, before, strict=True)] if (
                    None in row) else row  # fmt: skip
        self._sent_odd = set(self._odd)


def _cut(row: Row, cols: int) -> Row:
    """A row in another width; a wide character that is cut in half is not known."""
    if cols >= len(row):
        return row + [None] * (cols - len(row))
    after = row[cols]
    return [*row[: cols - 1], None] if after is not None and after[0] == "" else row[:cols]
