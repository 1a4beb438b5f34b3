"""Documents of Office in one XML file: Word's and Excel's of 2003, and a Word package written flat."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.merges import Reach, covered_cells
from perftui.exchange.importer.numbers import shown_number
from perftui.exchange.importer.sheet_blocks import SheetBlocks
from perftui.exchange.importer.sheet_comments import CellComment, placed, without_author
from perftui.exchange.importer.source import Block, SourceCell, SourceComment, SourceDocument
from perftui.exchange.importer.word import NAMESPACES
from perftui.exchange.importer.xlsx import MOST_COLUMNS, MOST_ROWS
from perftui.exchange.importer.xml import parse_small
from perftui.locale import _

_WORD = "http://schemas.microsoft.com/office/word/2003/wordml"
_AUXILIARY = "http://schemas.microsoft.com/office/word/2003/auxHint"
_NOTES = "http://schemas.microsoft.com/aml/2001/core"
_FLAT = "http://schemas.microsoft.com/office/2006/xmlPackage"
_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_MAIN = NAMESPACES[0]
_NAMED = {"Percent": "0.00%", "Short Date": "yyyy-mm-dd", "Long Date": "yyyy-mm-dd"}
"""Formats of numbers that have a name, and are no code."""
_RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge"}
_TRACKED = {"Word.Insertion": "ins", "Word.Deletion": "del"}
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def read_office_xml(data: bytes) -> SourceDocument:
    """The content of such a file. Raises ImportRefused."""
    root = parse_small(data)
    match root.tag:
        case tag if tag == f"{{{_WORD}}}wordDocument":
            return read_docx(_zipped(_parts_of_2003(root)))
        case tag if tag == f"{{{_FLAT}}}package":
            return read_docx(_zipped(_parts_of_flat(root)))
        case tag if tag == f"{{{_SHEET}}}Workbook":
            return _workbook(root)
    raise ImportRefused(_("文件是 Office 的一种 XML 格式，读不了：请在 Word、Excel 或 WPS 里另存为 .docx 或 .xlsx"))


def _zipped(parts: Iterator[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, data in parts:
            package.writestr(name, data)
    return out.getvalue()


# ---- Word


def _parts_of_2003(root: etree._Element) -> Iterator[tuple[str, bytes]]:
    """The parts of today's format: the same elements under other names."""
    for element in list(root.iter(f"{{{_NOTES}}}annotation")):
        kind = _TRACKED.get(element.get(f"{{{_WORD}}}type", ""))
        element.tag = f"{{{_MAIN}}}{kind}" if kind else f"{{{_MAIN}}}smartTag"
    etree.strip_tags(root, f"{{{_NOTES}}}content", f"{{{_AUXILIARY}}}sect", f"{{{_AUXILIARY}}}sub-section")
    for element in root.iter(f"{{{_WORD}}}*"):
        local = etree.QName(element).localname
        element.tag = f"{{{_MAIN}}}{_RENAMED.get(local, local)}"
        for name in [name for name in element.attrib if str(name).startswith(f"{{{_WORD}}}")]:
            element.set(f"{{{_MAIN}}}{etree.QName(name).localname}", element.attrib.pop(name))
    yield "_rels/.rels", _RELATIONS.encode()
    yield "word/document.xml", etree.tostring(root, encoding="utf-8", xml_declaration=True)
    styles = next(root.iter(f"{{{_MAIN}}}styles"), None)
    if styles is not None:
        yield "word/styles.xml", etree.tostring(styles, encoding="utf-8", xml_declaration=True)


def _parts_of_flat(root: etree._Element) -> Iterator[tuple[str, bytes]]:
    for part in root.iterchildren(f"{{{_FLAT}}}part"):
        name = part.get(f"{{{_FLAT}}}name", "").lstrip("/")
        held = next(iter(part), None)
        if held is None or not name:
            continue
        if held.tag == f"{{{_FLAT}}}xmlData":
            yield name, b"".join(etree.tostring(one, encoding="utf-8") for one in held)
        else:
            yield name, _decoded(held.text or "")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


# ---- Excel


def _workbook(root: etree._Element) -> SourceDocument:
    making, formats = SheetBlocks(merges_known=True), _formats(root)
    blocks: list[Block] = []
    comments: list[SourceComment] = []
    for table in root.iterfind(f"{{{_SHEET}}}Worksheet/{{{_SHEET}}}Table"):
        said: list[CellComment] = []
        rows = _rows(table, formats, said)
        made = tuple(making.of(rows))
        blocks += made
        comments += placed(said, rows, made, 0)
    return SourceDocument(blocks=tuple(blocks), comments=tuple(comments))


def _formats(root: etree._Element) -> dict[str, str]:
    """How the styles of cells show numbers."""
    found = {}
    for style in root.iter(f"{{{_SHEET}}}Style"):
        shown = next(style.iterchildren(f"{{{_SHEET}}}NumberFormat"), None)
        code = "" if shown is None else shown.get(f"{{{_SHEET}}}Format", "")
        found[style.get(f"{{{_SHEET}}}ID", "")] = _NAMED.get(code, code)
    return found


def _text(cell: etree._Element, formats: Mapping[str, str]) -> str:
    data = next(cell.iterchildren(f"{{{_SHEET}}}Data"), None)
    text = "" if data is None else "".join(str(one) for one in data.itertext())
    match "" if data is None else data.get(f"{{{_SHEET}}}Type", ""):
        case "Number":
            return shown_number(text, 0, formats.get(cell.get(f"{{{_SHEET}}}StyleID", ""), ""))
        case "DateTime":
            return text[:10]
        case "Error":
            return ""
    return text.strip()


def _comments(cell: etree._Element, row: int, column: int) -> Iterator[CellComment]:
    for one in cell.iterchildren(f"{{{_SHEET}}}Comment"):
        text = "".join(str(text) for data in one.iterchildren(f"{{{_SHEET}}}Data") for text in data.itertext())
        by = one.get(f"{{{_SHEET}}}Author", "").strip()
        if said := without_author(text, by):
            yield CellComment(row, column, said, by)


def _rows(
    table: etree._Element, formats: Mapping[str, str], comments: list[CellComment]
) -> list[tuple[SourceCell, ...]]:
    """The rows of a sheet with their cells in their columns, merged ones marked; ``comments`` takes those at cells."""
    rows: list[tuple[SourceCell, ...]] = []
    above: Reach = {}
    for row in table.iterchildren(f"{{{_SHEET}}}Row"):
        number = _number(row, "Index", len(rows) + 1)
        if number > MOST_ROWS:
            break
        while len(rows) < number - 1:  # a row that says nothing may be left out, merged or not
            rows.append(_in_order(covered_cells(above)))
        cells = covered_cells(above)
        column = 0
        for cell in row.iterchildren(f"{{{_SHEET}}}Cell"):
            column = _number(cell, "Index", column + 1) - 1
            while column in cells:
                column += cells[column].span
            span, down = _number(cell, "MergeAcross", 0) + 1, _number(cell, "MergeDown", 0)
            if column + span > MOST_COLUMNS:
                break
            cells[column] = SourceCell(text=_text(cell, formats), column=column, span=span)
            comments += _comments(cell, len(rows), column)
            if down:
                above[column] = (down, span)
            column += span
        rows.append(_in_order(cells))
    return rows


def _in_order(cells: Mapping[int, SourceCell]) -> tuple[SourceCell, ...]:
    return tuple(cells[at] for at in sorted(cells))


def _number(element: etree._Element, name: str, usual: int) -> int:
    text = element.get(f"{{{_SHEET}}}{name}", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else usual
