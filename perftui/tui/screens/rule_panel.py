"""The page of the rule beside the list of findings, in windows that have room for both."""

from textual.widget import Widget

from perftui.tui.widgets.text_lines import TextLines
from perftui.tui.widgets.tones import STYLES
from perftui.viewmodel.grid import Tone

_LEAST = 110
"""From this width on there is room."""


class SideBySide(Widget):
    """The sheet and what stands beside it."""

    DEFAULT_CSS = "SideBySide { layout: horizontal; height: 1fr; width: 1fr; }"


class RulePanel(TextLines):
    """The lines of a rule's page behind an upright line; hidden where there is no room, or nothing to explain."""

    DEFAULT_CSS = "RulePanel { display: none; }"

    def __init__(self) -> None:
        super().__init__(1, name="page")
        self._width = 0

    def make_room(self, pane: str, width: int, height: int) -> int:
        """Stand beside the list of findings of a wide window, and nowhere else; the width left for the sheet."""
        self.display = pane == "findings" and width >= _LEAST
        if not self.display:
            return width
        self._width = width * 2 // 5
        self.styles.width = self._width
        self.resize_to(height)
        return width - self._width

    def explain(self, rule_id: str, *, ascii_frames: bool) -> None:
        """Show the page of a rule."""
        from perftui.tui.state.review_decisions import page_beside  # loaded behind the first screen

        bar = "|" if ascii_frames else "│"
        lines = page_beside(rule_id, self._width - 2, self.count)
        dim = STYLES[Tone.DIM]
        pieces = [[(f"{bar} ", dim), (text, STYLES[tone])] for text, tone in lines]
        self.show([*pieces, *[[(bar, dim)]] * (self.count - len(pieces))])
