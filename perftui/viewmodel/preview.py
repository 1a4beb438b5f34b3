"""The printed pages of the whole document as a grid of lines."""

from dataclasses import replace

from perftui.forms import Form
from perftui.model.document import Location, row_count
from perftui.model.stop_flag import NEVER, StopFlag
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.grid import CellView, GridView

_PAPER = 100
"""Cells that a page is wide at most: paper is higher than wide, and longer lines are hard to read."""
_FEW, _FEW_ROWS = 20, 400
"""Projects of a document whose pages are counted at once, for the numbers in its contents, and rows in all of them."""


def preview_view(shown: DocumentView, width: int) -> GridView:
    """The pages, drawn from the same description that is written as DOCX; a line can be entered for what it shows."""
    from perftui.viewmodel.page_rows import PageRows  # the start does not wait for what lays out pages

    if len(shown.document.projects) <= _FEW and row_count(shown.document) <= _FEW_ROWS:
        count_pages(shown)
    paper = min(width, _PAPER)
    rows = PageRows(shown.document, shown.form, paper, ascii_frames=shown.ascii_frames, drawn=shown.pages)
    return GridView(rows=rows, width=max(paper, _widest_table(shown.form)), empty=shown.no_project)


def needs_count(shown: DocumentView) -> bool:
    """Have the pages of the document not been counted yet?"""
    return bool(shown.form.layout.contents) and shown.pages.numbers_of(shown.document) is None


def count_pages(shown: DocumentView, stop: StopFlag = NEVER) -> None:
    """Count the pages, for the contents: of many projects that takes seconds. Raises Stopped."""
    from perftui.exchange.layout import lay_out
    from perftui.exchange.page_measure import estimate_pages

    if needs_count(shown):
        printed = lay_out(shown.document, shown.form)
        printed = replace(printed, blocks=stop.watched(printed.blocks))
        shown.pages.page_numbers = shown.document, [entry.page for entry in estimate_pages(printed).entries]
        for _file, record in shown.document.files():
            record.let_go()


def _widest_table(form: Form) -> int:
    """The cells that a table needs at least: three a column, and the line at its end."""
    tables = (*form.layout.tables, *form.layout.department_tables)
    return max((3 * len(table.widths) + 1 for table in tables), default=0)


def page_place(cell: CellView) -> Location | None:
    """The field that a cell of the preview shows; ``None`` for a bare line."""
    return cell.place if cell.place and cell.place.file else None
