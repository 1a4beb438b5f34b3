"""Textual's own widgets on our driver or on Textual's (``STOCK=1``), for comparing what a person sees."""

import os

from perftui.tui.terminal.environment import prepare

prepare(os.environ)

from textual.app import ComposeResult  # noqa: E402
from textual.binding import Binding  # noqa: E402
from textual.containers import Horizontal, VerticalScroll  # noqa: E402
from textual.drivers.linux_driver import LinuxDriver  # noqa: E402
from textual.screen import ModalScreen  # noqa: E402
from textual.widgets import Button, DataTable, Footer, Header, Input, Label, OptionList, TextArea  # noqa: E402

from perftui.tui.terminal.terminal_app import TerminalApp  # noqa: E402


class Question(ModalScreen[None]):
    """A modal over the dimmed screen."""

    CSS = (
        "Question { align: center middle; } Question > VerticalScroll { width: 30; height: 9; border: thick $primary; }"
    )

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Label("删除项目“培训”？")
            yield Button("确定")


class Widgets(TerminalApp[None]):
    CSS = "DataTable { width: 2fr; } OptionList { width: 1fr; } TextArea { height: 6; }"
    BINDINGS = [  # noqa: RUF012
        Binding("ctrl+q", "quit", priority=True),
        Binding("f5", "ask", "问", priority=True),
        Binding("f6", "focus_next", priority=True),
        Binding("f7", "app.toggle_dark", priority=True),
    ]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input("培训人次数", select_on_focus=False)
        with Horizontal():
            yield DataTable(cursor_type="row", zebra_stripes=True)
            yield OptionList(*(f"选项 {number} ≥ {number * 7}％" for number in range(60)))
        yield TextArea("第一行\n第二行 e\u0301 👍 👨\u200d👩\u200d👧 end\n第三行")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False
        self.query_one(TextArea).cursor_blink = False
        table: DataTable[str] = self.query_one(DataTable)
        table.add_columns("序号", "名称", "金额")
        for number in range(100):
            table.add_row(str(number), f"项目{number * 7919 % 1000}", f"{number * 131 % 977}.00")

    def action_ask(self) -> None:
        if isinstance(self.screen, Question):
            self.pop_screen()
        else:
            self.push_screen(Question())


if __name__ == "__main__":
    app = Widgets()
    if os.environ.get("STOCK") == "1":
        app.driver_class = LinuxDriver
    app.run()
