"""The smallest useful Textual program: one Input."""

from textual.app import App, ComposeResult
from textual.widgets import Input


class OneInput(App[None]):
    def compose(self) -> ComposeResult:
        yield Input(value="READY ", select_on_focus=False)


OneInput().run()
