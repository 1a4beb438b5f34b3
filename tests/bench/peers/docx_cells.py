"""The tables of so many projects with python-docx's own calls: ``table.cell`` and ``merge``; milliseconds on stdout.

docx_cells.py COUNT
"""

import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from docx import Document

from perftui.exchange.layout import lay_out
from perftui.exchange.page import Paragraph, Table, grid
from perftui.forms import load_form
from tests.bench.generate import document


def main() -> None:
    made = document("hebei-2021", int(sys.argv[1]))
    blocks = list(lay_out(made, load_form("hebei-2021")).blocks)
    begun = time.process_time()
    target = Document()
    for block in blocks:
        if isinstance(block, Paragraph):
            target.add_paragraph(block.text)
        elif isinstance(block, Table):
            _table(target, block)
    target.save(BytesIO())
    print((time.process_time() - begun) * 1000)


def _table(target: Any, table: Table) -> None:
    drawn = target.add_table(rows=len(table.rows), cols=len(table.columns), style="Table Grid")
    for slots in grid(table):
        for slot in slots:
            if not slot.covered:
                cell, last = slot.cell, (slot.row + slot.cell.row_span - 1, slot.column + slot.cell.col_span - 1)
                first = drawn.cell(slot.row, slot.column)
                merged = first if last == (slot.row, slot.column) else first.merge(drawn.cell(*last))
                merged.text = cell.text


main()
