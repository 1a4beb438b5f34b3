"""The containers that a page of the gallery is written through."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from io import BytesIO

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from perftui.exchange.office import converted
from tests.gallery.layouts import Block, Cell, Table


def to_docx(page: Sequence[Block]) -> bytes:
    """A Word document, merged cells as Word merges them."""
    return _docx(tuple(page))


@cache
def _docx(page: tuple[Block, ...]) -> bytes:
    document = docx.Document()
    for block in page:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _docx_table(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def to_xlsx(page: Sequence[Block]) -> bytes:
    """A workbook of one sheet, paragraphs in cells of their own."""
    book = openpyxl.Workbook()
    sheet = book.active
    at = 1
    for block in page:
        if isinstance(block, str):
            sheet.cell(at, 1, block).data_type = "s"
            at += 1
            continue
        for cell in block.cells:
            sheet.cell(at + cell.row, 1 + cell.column, cell.text or None)
            if cell.text:
                sheet.cell(at + cell.row, 1 + cell.column).data_type = "s"
            if cell.rows * cell.columns > 1:
                sheet.merge_cells(
                    start_row=at + cell.row, start_column=1 + cell.column,
                    end_row=at + cell.row + cell.rows - 1, end_column=cell.column + cell.columns,
                )  # fmt: skip
        at += block.rows
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def to_html(page: Sequence[Block]) -> bytes:
    """A page as web systems export it."""
    inside = "".join(f"<p>{escape(one)}</p>" if isinstance(one, str) else _html_table(one) for one in page)
    return f'<html><head><meta charset="utf-8"></head><body>{inside}</body></html>'.encode()


CONTAINERS: Mapping[str, Callable[[Sequence[Block]], bytes]] = {"docx": to_docx, "xlsx": to_xlsx, "html": to_html}
BY_OFFICE = ("odt", "doc", "rtf")
"""What LibreOffice makes of the Word document."""


def written(page: Sequence[Block], ending: str) -> bytes:
    """A page in a container, by the ending of its file. Raises OfficeError."""
    if ending in CONTAINERS:
        return CONTAINERS[ending](page)
    return converted(to_docx(page), "docx", ending)


def _docx_table(document: "docx.document.Document", block: Table) -> None:
    """Its rows as one text: python-docx would lay out the whole table anew for each cell that it merges."""
    table = document.add_table(rows=0, cols=block.columns)
    width = table._tbl.tblGrid.gridCol_lst[0].w.twips
    rows = (
        "".join(
            _docx_cell(cell, width, first=cell.row == row)
            for cell in sorted(block.cells, key=lambda one: one.column)
            if cell.row <= row < cell.row + cell.rows
        )
        for row in range(block.rows)
    )
    inside = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    table._tbl.extend(parse_xml(f"<w:tbl {nsdecls('w')}>{inside}</w:tbl>"))
    document.add_paragraph("")


def _docx_cell(cell: Cell, width: int, *, first: bool) -> str:
    """A cell in a row; ``first``: in the first of its rows, where its text stands."""
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merged = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    paragraphs = "".join(map(_docx_paragraph, cell.text.split("\n"))) if first else "<w:p/>"
    wide = f'<w:tcW w:type="dxa" w:w="{cell.columns * width}"/>'
    return f"<w:tc><w:tcPr>{wide}{span}{merged}</w:tcPr>{paragraphs}</w:tc>"


def _docx_paragraph(text: str) -> str:
    blanks = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:p><w:r><w:t{blanks}>{escape(text, quote=False)}</w:t></w:r></w:p>" if text else "<w:p><w:r/></w:p>"


def _html_table(block: Table) -> str:
    rows = (
        "".join(
            f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{escape(cell.text).replace(chr(10), "<br>")}</td>'
            for cell in block.cells
            if cell.row == row
        )
        for row in range(block.rows)
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
