"""What the tray needs of the screen. Only type checkers load this: a protocol costs the start time."""

from collections.abc import Sequence
from typing import Protocol

from perftui.tui.actions.context import ActionContext
from perftui.tui.terminal.tokens import Token


class TrayContext(ActionContext, Protocol):
    """What the tray needs of the screen."""

    def ask_again(self) -> None:
        """A question has opened by itself, has changed, or is gone."""

    def type_again(self, tokens: Sequence[Token]) -> None:
        """Type what came and was kept, as if it came now."""
