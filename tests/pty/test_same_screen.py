"""With our driver a person sees the same as with Textual's own, through a long session with all kinds of widgets."""

import sys
from pathlib import Path

from pyte.screens import Char

from tests.pty.terminal import Terminal

WIDGETS = Path(__file__).parent / "apps" / "widgets.py"
SESSION = [
    ["a", "中"], ["home"], ["tab"], *[["down"]] * 4, ["pagedown"], ["pageup"], ["tab"], ["pagedown"], ["down", "down"],
    ["tab"], ["x", "enter", "y"], ["f5"], ["f5"], ["ctrl+p"], ["d"], ["escape"], ["shift+tab"], ["end"],
]  # fmt: skip
DOUBTFUL_ROW = "👨"


def looks(cell: Char) -> tuple[object, ...]:
    """What a person sees of a cell."""
    marks = (cell.underscore, cell.strikethrough, cell.reverse)
    if cell.data == " ":
        return (" ", cell.bg, *marks, cell.fg if any(marks) else "")
    return (cell.data, cell.bg, *marks, cell.fg, cell.bold, cell.italics)


def seen(terminal: Terminal) -> list[list[tuple[object, ...]]]:
    """All cells but those of rows whose width terminals disagree on: there our driver is better than Textual's."""
    rows = terminal.emulator.cells()
    return [[looks(cell) for cell in row] for row in rows if not any(DOUBTFUL_ROW in cell.data for cell in row)]


def test_the_same_screen_as_with_textuals_own_driver():
    command = [sys.executable, WIDGETS]
    with Terminal(command, 100, 30) as ours, Terminal(command, 100, 30, env={"STOCK": "1"}) as stock:
        for terminal in (ours, stock):
            terminal.wait_for("第三行")
            terminal.wait_for("选项 5")
        for keys in SESSION:
            for terminal in (ours, stock):
                terminal.press(*keys)
            for terminal in (ours, stock):
                terminal.wait_idle(0.08)  # both have worked on the keys, or the next ones would hide a difference
            ours.wait_until(lambda: seen(ours) == seen(stock))
        ours.resize(80, 24)
        stock.resize(80, 24)
        ours.wait_idle(0.3)
        stock.wait_idle(0.3)
        ours.wait_until(lambda: seen(ours) == seen(stock))
        assert len(ours.output) * 4 < len(stock.output)
