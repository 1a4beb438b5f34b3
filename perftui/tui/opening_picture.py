"""The first screen where no picture of it was kept: the first projects, painted before Textual is loaded.

After a kill or a pull, in a window of another size, at the first start: drawn from the heads of the files. What hangs
on all projects or on the rules is left blank, and how far the reading is stands at the foot.
"""

import os
import time
from pathlib import Path

from perftui.files.errors import FileError
from perftui.files.processors import Told
from perftui.locale import _
from perftui.model.text import visible
from perftui.model.width import cell_len, fit
from perftui.store.folder import find_documents
from perftui.store.open import LoadedDocument, first_projects
from perftui.tui import start_cache
from perftui.tui.commands import pane_label
from perftui.tui.panes import PANES
from perftui.tui.start_cache import PaintedFrame
from perftui.tui.terminal.tty_line import OUTPUT
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.grid import RowView
from perftui.viewmodel.projects import projects_view

_BELOW = 6
"""Lines under the list: sum, details, foot and keys."""
_AT_ONCE, _EVERY = 0.3, 0.2
"""Seconds within which nobody asks how far the reading is, and from one word of it to the next."""


def paint(data: Path, year: int | None, unit: str | None) -> PaintedFrame | None:
    """Paint it; ``None`` where nothing was done: no terminal, no project, or a document to be chosen first."""
    size = start_cache.window()
    if size is None:
        return None
    cols, rows = size
    try:
        documents = [one for one in find_documents(data) if year in (None, one.year) and unit in (None, one.unit)]
        begun, count = first_projects(documents[0], rows) if len(documents) == 1 else (None, 0)
    except FileError:
        return None
    if begun is None or not begun.document.projects or not begun.form.is_known:
        return None
    return start_cache.show(cols, rows, _frame(begun, count, cols, rows))


def progress(painted: PaintedFrame) -> Told:
    """What writes on the last line but one of the picture how far the reading is, once it takes its time."""
    due = time.monotonic() + _AT_ONCE

    def told(done: float) -> None:
        nonlocal due
        if (now := time.monotonic()) > due:
            due = now + _EVERY
            text = _("正在读项目文件 {percent}%（Ctrl+Q 退出）").format(percent=int(done * 100))
            painted.added = f"\x1b[{painted.rows - 1}H{fit(text, painted.cols - 1)}"
            os.write(OUTPUT, painted.added.encode())

    return told


def _frame(begun: LoadedDocument, count: int, cols: int, rows: int) -> str:
    """A frame as Textual would write it: title, the list's head, and as many projects as there is room for."""
    shown = DocumentView(document=begun.document, form=begun.form, index=FindingIndex(pending=True))
    view = projects_view(shown, cols)
    title = fit(" ".join(pane_label(number, pane) for number, pane in enumerate(PANES, 1)) + f"  1/{count}", cols)
    lines = [_line(row, y) for y, row in enumerate([view.header, *view.rows][: rows - _BELOW], 2) if row is not None]
    return f"\x1b[m\x1b[2J\x1b[1H\x1b[4m{title}\x1b[m{''.join(lines)}\x1b[3;1H"


def _line(row: RowView, y: int) -> str:
    """The cells of a row, each at its place."""
    return "".join(
        f"\x1b[{y};{cell.x + 1}H{visible(fit(cell.shown_text, cell.width, cell.align)).rstrip()}"
        for cell in row.cells
        if cell_len(cell.shown_text)
    )
