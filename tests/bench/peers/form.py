"""A form of 20 labelled Inputs in plain Textual."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Label


class Form(App[None]):
    AUTO_FOCUS = "Input"
    CSS = """
    Horizontal { height: 1; }
    Label { width: 12; }
    Input, Input:focus { border: none; height: 1; padding: 0; width: 1fr; }
    """

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for number in range(20):
                with Horizontal():
                    yield Label(f"Field {number:02d}")
                    yield Input(value="READY " if number == 0 else "", select_on_focus=False)


Form().run()
