"""What an action may use of the screen that runs it. Actions import this, never a screen.

Only actions and type checkers load it: a protocol costs the start time.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from textual.app import App

from perftui.model.document import Location
from perftui.tui.state.app_state import AppState
from perftui.tui.widgets.picker import Picker
from perftui.tui.widgets.sheet_widget import Sheet

Result = TypeVar("Result")


class DialogContext(Protocol):
    """A screen that can ask, say a sentence, and wait for slow work."""

    @property
    def app(self) -> App[Any]:
        """The running app, which owns the terminal."""

    @property
    def picker(self) -> Picker:
        """The list over the screen."""

    def say(self, sentence: str) -> None:
        """Show a sentence under the sheet."""

    def background(self, group: str, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do ``work`` in a thread and give its result to ``done``; a later call of the same group replaces it."""


class ActionContext(DialogContext, Protocol):
    """The screen of an open document."""

    @property
    def state(self) -> AppState:
        """The document with what a person is looking at."""

    @property
    def sheet(self) -> Sheet:
        """The grid: cursor, selection, and the cell being typed."""

    @property
    def keymap(self) -> Mapping[str, str]:
        """The command of each key."""

    @property
    def detail_room(self) -> int:
        """Lines under the sheet in which a sentence is shown."""

    def tell(self, sentence: str) -> None:
        """Show a sentence that no key asked for: it stands until it could be read."""

    def changed_outside(self, changed: tuple[Location, ...]) -> None:
        """Somebody else changed files: show it, and tell what went with that."""

    def undo_throwing(self) -> bool:
        """Open again what Esc threw a text away from last; False where a step is to be undone first."""

    def show(self, place: Location | None = None) -> None:
        """Show the state as it is now, the cursor at a place."""

    def go(self, place: Location | None) -> None:
        """Show a place on a screen where it can be edited; ``None``: stay where one is."""

    def run(self, command_id: str) -> None:
        """Run a command."""


Action = Callable[[ActionContext], None]
