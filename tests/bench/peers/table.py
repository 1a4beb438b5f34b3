"""Textual's DataTable with as many rows as the first word says."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Table(App[None]):
    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("READY", "项目编码", "项目名称", "预算数")
        for number in range(int(sys.argv[1])):
            table.add_row(str(number), f"130303{number:015d}", f"社区工作专项补助 {number}", f"{number * 100}.00")


Table().run()
