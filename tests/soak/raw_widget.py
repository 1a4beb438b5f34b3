"""An app that draws hostile strings as they come, for the second wall alone: ``python -m tests.soak.raw_widget``.

With the word ``unfiltered`` the wall is not there: to see that it is missed.
"""

import sys
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.filter import LineFilter
from textual.widgets import Static

from perftui.tui.terminal.terminal_app import TerminalApp
from tests.soak.hostile_strings import hostile_strings


class RawApp(TerminalApp[str]):
    """Shows one hostile string a line."""

    BINDINGS = [("q", "quit", "")]  # noqa: RUF012 - as Textual wants it

    def compose(self) -> ComposeResult:
        """Every string, and one that tells that all are there."""
        for text in hostile_strings(90)[:90]:
            yield Static(Content(text[:60].replace("\n", " ")))
        yield Static("完")


class Unfiltered(RawApp):
    """Without our filter."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        return super().get_line_filters()[:-1]


if __name__ == "__main__":
    (Unfiltered if "unfiltered" in sys.argv else RawApp)(ansi_color=True).run()
