"""Copying, pasting and filling blocks of cells."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from perftui.desk.desk import FileLocked
from perftui.editing.edits import CannotApply, Edit, apply_all
from perftui.editing.entry import EntryRefused
from perftui.exchange.tabular import format_block, parse_block
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.tui.work.entries import clear, edits_for, fill, is_ghost
from perftui.tui.work.workbench import PENDING, Workbench
from perftui.viewmodel.grid import Cell, GridView
from perftui.viewmodel.moves import Place


class Selected(Protocol):
    """What filling needs of a sheet."""

    view: GridView

    @property
    def selection(self) -> tuple[int, int, int, int]:
        """Top, left, bottom, right."""


def copy(bench: Workbench, cells: Sequence[Sequence[Cell]]) -> str:
    """Keep the texts of cells; the block as text, tabs between cells and a line a row."""
    bench.clip = tuple(tuple(cell.edit_text for cell in row) for row in cells)
    count = sum(len(row) for row in bench.clip)
    bench.notice = _("复制了 {count} 格").format(count=count)
    return format_block(bench.clip)


def cut(bench: Workbench, cells: Sequence[Sequence[Cell]]) -> str:
    """Keep the texts of cells and make them blank."""
    text = copy(bench, cells)
    clear(bench, [cell for row in cells for cell in row])
    return text


def paste_clip(bench: Workbench, view: GridView, at: Place) -> Location | None:
    """Paste what was copied inside."""
    if not bench.clip:
        bench.notice = _("程序里还没有复制过内容；从别处粘贴请用终端的粘贴：鼠标右键，或 Shift+Ins")
        return None
    return _paste(bench, view, at, bench.clip)


def paste_block(bench: Workbench, view: GridView, at: Place, text: str) -> Location | None:
    """Paste a block that came from the terminal: Excel's and WPS's rows and columns."""
    return _paste(bench, view, at, parse_block(text))


def _paste(bench: Workbench, view: GridView, at: Place, block: Sequence[Sequence[str]]) -> Location | None:
    """Spread a block over the cells at the right and below, as one step; what does not fit is counted."""
    document: Document = bench.desk.document
    edits: list[Edit] = []
    refused: list[str] = []
    outside = 0
    for offset, texts in enumerate(block):
        cells = _cells_from(view, at[0] + offset, at[1])
        outside += max(0, len(texts) - len(cells))
        row_id = ""
        for cell, text in zip(cells, texts, strict=False):
            target = _in_new_row(cell, row_id)
            try:
                more, after, _typed = edits_for(bench, document, target, text)
            except EntryRefused as error:
                refused.append(str(error))
                continue
            document, _inverses = apply_all(document, tuple(more))
            edits += more
            if after is not None and cell.place is not None and is_ghost(cell.place) and len(after.path) == 3:
                row_id = after.path[1]
    count = len(edits)
    if _run(bench, edits, _("粘贴 {count} 格").format(count=count)):
        bench.notice = _("粘贴了 {count} 格（Ctrl+Z 撤销）").format(count=count)
        bench.notice += _("；{count} 格没有地方放").format(count=outside) if outside else ""
        bench.notice += _("；{count} 格没有收下：{why}").format(count=len(refused), why=refused[0]) if refused else ""
    return None


def _cells_from(view: GridView, row: int, column: int) -> list[Cell]:
    """The cells that can be typed into, from a column of a row on."""
    if row >= len(view.rows):
        return []
    return [cell for cell in view.rows[row].cells[column:] if cell.place is not None and cell.editable]


def _in_new_row(cell: Cell, row_id: str) -> Cell:
    """A cell of a row that the paste has just made."""
    if not row_id or cell.place is None or not is_ghost(cell.place):
        return cell
    group, _ghost, key = cell.place.path
    return replace(cell, place=Location(file=cell.place.file, path=(group, row_id, key)), ghost=None)


def fill_down(bench: Workbench, sheet: Selected) -> None:
    """Fill the selection from its first row; a single row from the row above."""
    top, left, bottom, right = sheet.selection
    first = top if bottom > top else top - 1
    if first < 0:
        bench.notice = _("上面没有可以照填的行")
        return
    rows = [sheet.view.rows[row].cells for row in range(first + 1, bottom + 1)]
    columns = [[row[column] for row in rows if column < len(row)] for column in range(left, right + 1)]
    origin = sheet.view.rows[first].cells
    sources = [origin[column] if column < len(origin) else None for column in range(left, right + 1)]
    fill(bench, columns, sources)


def fill_right(bench: Workbench, sheet: Selected) -> None:
    """Fill the selection from its first column; a single column from the cell at its left."""
    top, left, bottom, right = sheet.selection
    first = left if right > left else left - 1
    rows = [sheet.view.rows[row].cells for row in range(top, bottom + 1)]
    sources = [row[first] if 0 <= first < len(row) and row[first].place is not None else None for row in rows]
    fill(bench, [row[first + 1 : right + 1] for row in rows], sources)


def _run(bench: Workbench, edits: list[Edit], label: str) -> bool:
    if any(getattr(edit, "file", "") == PENDING for edit in edits):
        bench.notice = _("请先填写新项目的一栏，再粘贴")
        return False
    try:
        bench.run(edits, label)
    except FileLocked as error:
        bench.notice = str(error)
        return False
    except CannotApply:
        bench.notice = _("这一处已经不在了，可能被别人删除了")
        return False
    if not edits:
        bench.notice = _("没有要改的")
    return bool(edits)
