"""The page of the rule beside the list of findings, in windows that have room for both."""

from typing import TYPE_CHECKING

from textual.widget import Widget

from perftui.tui.widgets.lines import Lines
from perftui.tui.widgets.tones import STYLES
from perftui.viewmodel.grid import Tone

if TYPE_CHECKING:
    from perftui.tui.screens.desk_screen import DeskScreen

_LEAST = 110
"""From this width on there is room."""


class SideBySide(Widget):
    """The sheet and what stands beside it."""

    DEFAULT_CSS = "SideBySide { layout: horizontal; height: 1fr; width: 1fr; }"


class RulePage(Lines):
    """The lines of a rule's page behind an upright line; hidden where there is no room, or nothing to explain."""

    DEFAULT_CSS = "RulePage { display: none; }"

    def __init__(self) -> None:
        super().__init__(1, name="page")

    def make_room(self, screen: "DeskScreen") -> int:
        """Stand beside the list of findings of a wide window, and nowhere else; the width left for the sheet."""
        whole = screen.size.width
        self.display = screen.bench.pane == "findings" and whole >= _LEAST
        if not self.display:
            return whole
        width = _width(whole)
        self.styles.width = width
        self.resize_to(max(1, screen.size.height - screen.detail.count - 3))
        return whole - width

    def explain(self, screen: "DeskScreen") -> None:
        """Show the page of the rule under the cursor."""
        if not self.display:
            return
        from perftui.tui.screens.findings import rule_at_hand  # loaded behind the first screen
        from perftui.tui.work.judging import page_beside

        bar = "|" if screen.bench.ascii_frames else "│"
        lines = page_beside(rule_at_hand(screen), _width(screen.size.width) - 2, self.count)
        dim = STYLES[Tone.DIM]
        pieces = [[(f"{bar} ", dim), (text, STYLES[tone])] for text, tone in lines]
        self.show([*pieces, *[[(bar, dim)]] * (self.count - len(pieces))])


def _width(whole: int) -> int:
    """The page's share of a window."""
    return whole * 2 // 5
