"""The document as a workbook: a sheet a project as it is printed, and one flat sheet of all indicators.

The flat sheet is for tables and other systems: a row an indicator, its value's sign, number and unit each in a column.
The workbook's properties say that this program made it, so that the reader passes over that sheet.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from io import BytesIO
from itertools import pairwise

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from perftui.exchange.docx_xml import UnprintableError
from perftui.exchange.importer.own_workbook import BETWEEN, LIST, MADE_BY, format_code
from perftui.exchange.layout import document_title, lay_out
from perftui.exchange.page import Block, CellSlot, Paragraph, StyleName, Table, grid
from perftui.exchange.page_measure import POINTS, row_heights
from perftui.exchange.page_styles import FONTS, STYLES, TextStyle
from perftui.exchange.paper_lines import line_count, look_of
from perftui.exchange.project_tables import printed_rows, table_width
from perftui.forms import Form, Group, GroupRole, Role
from perftui.locale import _
from perftui.model.document import Document
from perftui.model.record import FieldPath, Record, Row
from perftui.model.text import xml_problem
from perftui.model.values import parse_value

_DEPARTMENT_SHEET, _FLAT_SHEET = "部门", "全部指标"
_MADE = datetime(1980, 1, 1)  # as the package's entries; spreadsheets know no zones
_MM = 1.9
"""Millimetres in a spreadsheet's unit of widths."""
_SNAP = 3.0
"""Edges of two tables that are nearer, mm, are one."""
_MOST_TEXT, _MOST_NAME = 32_767, 31
"""Characters of a cell and of a sheet's name, as spreadsheets have it."""
_HIGHEST = 400.0  # points of a row
_NOT_IN_NAMES = str.maketrans("[]:*?/\\'", "（）：＊？／＼’")
_A4 = 9
_FLAT: Mapping[Role, int] = {
    Role.LEVEL1: 12, Role.LEVEL2: 16, Role.NAME: 28, Role.SIGN: 6, Role.VALUE: 14, Role.UNIT: 8, Role.WEIGHT: 8,
    Role.DESCRIPTION: 40, Role.BASIS: 30,
}  # fmt: skip
"""The columns of an indicator, and their widths."""
_USUAL: Mapping[Role, str] = {Role.SIGN: "符号", Role.UNIT: "计量单位", Role.WEIGHT: "分值权重"}
"""The headings of columns that the form has not."""


def workbook(document: Document, form: Form, files: Collection[str] | None = None) -> bytes:
    """The whole document, or only some projects; the same bytes for the same document.

    Raises UnprintableError for a text that a cell cannot hold.
    """
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": document_title(document, form), "keywords": MADE_BY, "created": _MADE})
        writer = _Writer(book, form)
        for blocks in _sheets(lay_out(document, form, files, front=False).blocks):
            writer.printed(blocks)
        writer.flat({file: one for file, one in document.projects.items() if files is None or file in files})
    return made.getvalue()


def _sheets(blocks: Iterable[Block]) -> Iterator[list[Paragraph | Table]]:
    """What stands on each sheet: each project begins one."""
    sheet: list[Paragraph | Table] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.style is StyleName.HEADING_PROJECT and sheet:
            yield sheet
            sheet = []
        if isinstance(block, Paragraph | Table):
            sheet.append(block)
    if sheet:
        yield sheet


class _Writer:
    """A workbook in the making."""

    def __init__(self, book: Workbook, form: Form) -> None:
        self._book, self._form = book, form
        self._formats: dict[tuple[str, str, str, bool, str], Format] = {}
        self._names: set[str] = {_FLAT_SHEET}

    def printed(self, blocks: list[Paragraph | Table]) -> None:
        """A sheet as it is printed."""
        first = blocks[0]
        named = isinstance(first, Paragraph) and first.style is StyleName.HEADING_PROJECT
        sheet = self._sheet(first.text if named and isinstance(first, Paragraph) else _DEPARTMENT_SHEET)
        edges = _edges([block for block in blocks if isinstance(block, Table)] or [_bare(self._form)])
        for column, (left, right) in enumerate(pairwise(edges)):
            sheet.set_column(column, column, (right - left) / _MM)
        at, before = 0, blocks[0]
        for block in blocks:
            if isinstance(before, Table):
                sheet.write_blank(at, 0, None, self._between)
                at += 1
            at, before = self._block(sheet, at, block, edges), block
        if self._form.layout.landscape:
            sheet.set_landscape()

    def _block(self, sheet: Worksheet, at: int, block: Paragraph | Table, edges: list[float]) -> int:
        """Writes a block; the row below it."""
        if isinstance(block, Table):
            return self._table(sheet, at, block, edges)
        style = STYLES[block.style]
        lines = line_count(block.text, look_of(style, edges[-1] * POINTS))
        sheet.set_row(at, min(_HIGHEST, lines * style.pitch + style.after))
        look = self._format(style, style.align, "vcenter", bordered=False, mark=block.style)
        self._write(sheet, (at, 0, at, len(edges) - 2), block.text, look, (block.record, block.source))
        return at + 1

    def _sheet(self, title: str) -> Worksheet:
        name = self._free_name(title.translate(_NOT_IN_NAMES).replace("\n", " ").strip())
        self._names.add(name.casefold())
        return self._worksheet(name)

    def _worksheet(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _free_name(self, title: str) -> str:
        name, number = title[:_MOST_NAME] or "1", 1
        while name.casefold() in self._names:
            number += 1
            tail = f"（{number}）"
            name = title[: _MOST_NAME - len(tail)] + tail
        return name

    def _table(self, sheet: Worksheet, at: int, table: Table, edges: list[float]) -> int:
        """Writes a table; the row below its last."""
        starts = [sum(table.columns[:number]) for number in range(len(table.columns) + 1)]
        columns = [_nearest(edges, start) for start in starts]
        heights = row_heights(table)
        for number, slots in enumerate(grid(table)):
            sheet.set_row(at + number, min(_HIGHEST, heights[number]))
            for slot in slots:
                if not slot.covered:
                    self._cell(sheet, at, table, slot, columns)
        return at + len(heights)

    def _cell(self, sheet: Worksheet, at: int, table: Table, slot: CellSlot, columns: list[int]) -> None:
        cell = slot.cell
        style = STYLES[cell.style or table.style]
        bordered = table.rows[slot.row].bordered
        look = self._format(style, cell.align or style.align, cell.valign, bordered=bordered)
        top, left = at + slot.row, columns[slot.column]
        place = (top, left, top + cell.row_span - 1, columns[slot.column + cell.col_span] - 1)
        self._write(sheet, place, cell.text, look, (table.record, cell.source))

    def _write(
        self,
        sheet: Worksheet,
        place: tuple[int, int, int, int],
        text: str,
        look: Format,
        source: tuple[str, FieldPath | None],
    ) -> None:
        """Write a text, always as a text: what is printed is not to be reckoned with."""
        problem = xml_problem(text)
        if problem is None and len(text) > _MOST_TEXT:
            problem = _("有 {count} 个字，Excel 的一格最多 {most} 个").format(count=len(text), most=_MOST_TEXT)
        if problem is not None:
            raise UnprintableError(problem, path=source[1], record=source[0])
        top, left, bottom, right = place
        if (top, left) != (bottom, right):
            sheet.merge_range(top, left, bottom, right, "", look)
        sheet.write_string(top, left, text, look)

    def _format(self, style: TextStyle, align: str, valign: str, *, bordered: bool, mark: str = "") -> Format:
        key = (style.word_id, align, valign, bordered, mark)
        if key not in self._formats:
            self._formats[key] = self._book.add_format({
                "font_name": FONTS[style.font][0], "font_size": style.size, "border": int(bordered),
                "align": "left" if align == "both" else align, "text_wrap": True,
                "valign": "vcenter" if valign == "center" else valign,
                "num_format": format_code(mark) if mark else "@",
            })  # fmt: skip
        return self._formats[key]

    @cached_property
    def _between(self) -> Format:
        return self._book.add_format({"num_format": format_code(BETWEEN)})

    # ---- the flat sheet

    def flat(self, projects: Mapping[str, Record]) -> None:
        """All indicators, a row each, under one line of headings."""
        group = self._form.project.group_of(GroupRole.INDICATORS)
        if group is None:
            return
        spec, sheet = self._form.project, self._worksheet(_FLAT_SHEET)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        named = [role for role in (Role.CODE, Role.NAME) if spec.path_of(role)]
        heads = [(spec.label(spec.path_of(role) or ()), 24) for role in named]
        heads += [(_label(group, role), width) for role, width in _FLAT.items()]
        style = STYLES[StyleName.TABLE_HEAD]
        head, first = (self._format(style, "center", "center", bordered=True, mark=mark) for mark in ("", LIST))
        for column, (label, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, label, head if column else first)
        rows = ((file, record, row) for file, record in projects.items() for row in printed_rows(record, group))
        at = 0
        for at, (file, record, row) in enumerate(rows, 1):
            whose = [spec.text_of(record, role) for role in named]
            self._flat_row(sheet, at, [*whose, *_flat_cells(group, row)], (file, (group.key, row.id)))
        sheet.autofilter(0, 0, at, len(heads) - 1)
        sheet.freeze_panes(1, 0)

    def _flat_row(self, sheet: Worksheet, at: int, cells: list[str | float], source: tuple[str, FieldPath]) -> None:
        look = self._format(STYLES[StyleName.TABLE_TEXT], "left", "top", bordered=True)
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                self._write(sheet, (at, column, at, column), cell, look, source)
            else:
                sheet.write_number(at, column, cell, self._number)

    @cached_property
    def _number(self) -> Format:
        return self._book.add_format({"border": 1, "valign": "top", "align": "right"})


def _label(group: Group, role: Role) -> str:
    column = group.column(role)
    return column.label if column else _USUAL.get(role, "")


def _flat_cells(group: Group, row: Row) -> Iterator[str | float]:
    """An indicator's texts; the value's number as one, where it is one."""
    texts = {role: row.text(column.key) if (column := group.column(role)) else "" for role in _FLAT}
    value = parse_value(texts[Role.VALUE])
    number: str | float = texts[Role.VALUE]
    if value.number is not None and value.upper is None and f"{float(value.number):.15g}" == f"{value.number:f}":
        number = float(value.number)
        texts[Role.SIGN] = texts[Role.SIGN] or value.sign
        texts[Role.UNIT] = texts[Role.UNIT] or value.unit
    yield from (number if role is Role.VALUE else _weight(text) if role is Role.WEIGHT else text
                for role, text in texts.items())  # fmt: skip


def _weight(text: str) -> str | float:
    return float(text) if text.replace(".", "", 1).isdecimal() and text.isascii() else text


# ---- columns


def _bare(form: Form) -> Table:
    """Stands for the tables of a sheet that has none."""
    return Table(columns=(table_width(form) / 2,) * 2, rows=())


def _edges(tables: Iterable[Table]) -> list[float]:
    """Where the columns of a sheet begin and end, mm: those of all its tables, near ones as one."""
    found = [0.0]
    for table in tables:
        for number in range(1, len(table.columns) + 1):
            edge = sum(table.columns[:number])
            if min(abs(edge - one) for one in found) > _SNAP:
                found.append(edge)
    return sorted(found)


def _nearest(edges: list[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - edge))
