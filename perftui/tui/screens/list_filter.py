"""The filter of a list, letter by letter; among very many findings what it leaves is looked for in a thread."""

from typing import TYPE_CHECKING

from perftui.locale import _
from perftui.viewmodel.findings import listed_findings

if TYPE_CHECKING:
    from perftui.tui.screens.host_context import HostContext

_FEW = 500
"""So many findings are looked through while a key is answered."""


class ListFilter:
    """What was typed, and is not filtered by yet."""

    def __init__(self, screen: "HostContext") -> None:
        self._screen = screen
        self._waiting = ""

    @property
    def text(self) -> str:
        """What was typed so far."""
        return self._waiting or self._screen.state.filter

    def drop(self) -> bool:
        """Nobody waits any more for what is looked for; was anything?"""
        waited, self._waiting = bool(self._waiting), ""
        return waited

    def put(self, text: str) -> None:
        """Filter by a text."""
        state = self._screen.state
        if not text or state.pane != "findings" or state.shown.index.counts.total() <= _FEW:
            self._show(text)
            return
        self._waiting, pane, shown = text, state.pane, state.shown

        def found(_listed: object) -> None:
            if self._waiting == text and state.pane == pane:
                self._show(text)

        self._screen.background("filter", lambda: listed_findings(shown, text), found)
        self._screen.say(_("正在找“{text}”…").format(text=text))

    def _show(self, text: str) -> None:
        self.drop()
        self._screen.state.filter_by(text)
        self._screen.show()
