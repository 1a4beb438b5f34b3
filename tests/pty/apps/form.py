"""A form of fields that keep a log of every key and paste, for the pty tests."""

import os
import sys
import time

from perftui.tui.terminal.environment import prepare
from perftui.tui.terminal.watchdog import start_watchdog

prepare(os.environ)
guard = start_watchdog()
PAINTED = "\x1b[48;5;233m\x1b[2J" + "".join(
    f"\x1b[{row + 1};1H\x1b[38;5;253;48;5;233m字段{row + 1} {row * 7919 % 1000}" for row in range(24)
)
if os.environ.get("FORM_PAINTED"):
    os.write(2, b"\x1b[?1049h" + PAINTED.encode())

from rich.segment import Segment  # noqa: E402
from textual import events  # noqa: E402
from textual.app import ComposeResult  # noqa: E402
from textual.binding import Binding  # noqa: E402
from textual.geometry import Offset, Region  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widget import Widget  # noqa: E402

from perftui.tui.terminal.delivery import KeyPressed  # noqa: E402
from perftui.tui.terminal.probe import Probe  # noqa: E402
from perftui.tui.terminal.terminal_app import TerminalApp  # noqa: E402
from perftui.tui.terminal.tokens import Arrival  # noqa: E402

LOG = os.environ.get("FORM_LOG", os.devnull)
LABEL = 16
WIDTH = 40


def log(line: str) -> None:
    with open(LOG, "a", encoding="utf-8") as file:
        file.write(line + "\n")


class Form(Widget, can_focus=True):
    """Fields drawn by lines; Tab, Up and Down move, characters are put in at the end."""

    DEFAULT_CSS = "Form { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.fields = ["" for _ in range(40)]
        self.current = 0
        self.top = 0

    def on_mount(self) -> None:
        self.call_after_refresh(self.put_cursor)

    def render_line(self, y: int) -> Strip:
        index = y + self.top
        style = self.rich_style
        label = f"字段{index + 1} {index * 7919 % 1000}"
        text = f"{label:<{LABEL - 2}}{self.fields[index] if index < len(self.fields) else ''}"
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)

    def put_cursor(self) -> None:
        from rich.cells import cell_len

        label = f"字段{self.current + 1} {self.current * 7919 % 1000}"
        text = f"{label:<{LABEL - 2}}{self.fields[self.current]}"
        self.app.cursor_position = Offset(cell_len(text), self.current - self.top) + self.region.offset

    def on_key(self, event: events.Key) -> None:
        log(f"key {event.key} {event.character!r}")
        if isinstance(event, KeyPressed) and event.came.alone:
            log("answered alone")
            self.app.asks(asked=False)
        if event.key in ("tab", "down"):
            self.current = min(self.current + 1, len(self.fields) - 1)
        elif event.key in ("shift+tab", "up"):
            self.current = max(self.current - 1, 0)
        elif event.key == "backspace":
            self.change(self.fields[self.current][:-1])
        elif event.is_printable and event.character:
            self.change(self.fields[self.current] + event.character)
        else:
            return
        event.stop()
        event.prevent_default()
        top = min(max(self.top, self.current - self.size.height + 1), self.current)
        if top != self.top:
            self.top = top
            self.refresh()
        self.put_cursor()

    def on_paste(self, event: events.Paste) -> None:
        log(f"paste {event.text!r}")
        self.change(self.fields[self.current] + event.text.replace("\n", "⏎"))
        self.put_cursor()

    def change(self, text: str) -> None:
        self.fields[self.current] = text
        self.refresh(Region(0, self.current - self.top, self.size.width, 1))


class FormApp(TerminalApp[None]):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [  # noqa: RUF012
        Binding("ctrl+q", "quit", priority=True),
        Binding("ctrl+z", "suspend_process", priority=True),
        Binding("f2", "outside", priority=True),
        Binding("f3", "block", priority=True),
        Binding("f4", "ask", priority=True),
        Binding("ctrl+l", "app.repaint", priority=True),
    ]

    def compose(self) -> ComposeResult:
        yield Form()

    def on_mount(self) -> None:
        self.show_cursor(shown=True)
        tick = os.environ.get("FORM_TICK")
        if tick:
            self.set_interval(0.02, lambda: self.tick(tick))

    def tick(self, path: str) -> None:
        with open(path, "a") as file:
            file.write(".")
        form = self.query_one(Form)
        form.fields = [f"{os.urandom(30).hex()}" for _ in form.fields]
        form.refresh()

    def action_outside(self) -> None:
        with self.suspend():
            os.write(1, b"outside ")
            input()

    def action_repaint(self) -> None:
        self.repaint()

    def action_block(self) -> None:
        log("blocked")
        time.sleep(60)

    def action_ask(self) -> None:
        self.asks(asked=True)
        self.call_after_refresh(log, "asked")  # as the driver is told: when the question is on the screen

    def terminal_stream(self, arrival: Arrival) -> None:
        log(f"stream {arrival.text!r}")

    def terminal_paste_waits(self, characters: int) -> None:
        log(f"paste waits {characters}")

    def terminal_escape_was_none(self) -> None:
        log("escape was none")

    def terminal_not_utf8(self) -> None:
        log("not utf-8")

    def terminal_probed(self, probe: Probe) -> None:
        log(f"probed {probe.utf8} {probe.ambiguous}")

    def on_hangup(self) -> None:
        log("hang-up")


if __name__ == "__main__":
    app = FormApp()
    if os.environ.get("FORM_PAINTED"):
        app.painted_frame = (80, 24, PAINTED)
    try:
        app.run()
    finally:
        guard.done()
    log("end")
    sys.exit(app.return_code or 0)
