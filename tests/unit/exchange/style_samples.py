"""An office's own Word file, as python-docx writes one: its looks, a logo, and words that are to stay behind."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

HEADER, FOOTER, LETTERHEAD = "某某区财政局 内部资料", "财政局印", "某某区财政局文件"


def office_file(*, numbered_headings: bool = False, landscape: bool = False) -> bytes:
    """The file, as bytes."""
    document = Document()
    document.add_paragraph("样张上的文字")
    _set_styles(document, numbered=numbered_headings)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(size) for size in (20, 20, 30, 25)
    )
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].add_run().add_picture(BytesIO(_red(30, 6)), width=Mm(50))
    section.first_page_header.add_paragraph(LETTERHEAD)
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = HEADER, FOOTER
    document.add_table(2, 2).style = "Light Grid Accent 1"
    return saved(document)


def saved(document: DocumentObject) -> bytes:
    """A document's bytes."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_parts(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """A package in which some parts are others, or gone."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            part = changes.get(name, source.read(name))
            if part is not None:
                target.writestr(name, part)
    return out.getvalue()


def replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A package in which something of a part is written otherwise."""
    with ZipFile(BytesIO(data)) as source:
        part = source.read(name)
    assert old in part
    return with_parts(data, {name: part.replace(old, new)})


def _set_styles(document: DocumentObject, *, numbered: bool) -> None:
    heading = document.styles["Heading 1"]
    heading.font.size = Pt(20)
    heading.element.rPr.get_or_add_rFonts().set(qn("w:eastAsia"), "隶书")
    if numbered:
        heading.element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        )


def _red(width: int, height: int) -> bytes:
    """A picture in PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xc8\0\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


TITLE, DAY = "××单位20XX年部门预算绩效文本", "2020年3月15日"


def with_cover(*, section: bool = True, title: str = TITLE, contents: bool = True) -> bytes:
    """An office's document of last year: its cover with a logo, a table of labels and a day, contents, its text."""
    document = Document(BytesIO(office_file()))
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    document.add_paragraph().add_run().add_picture(BytesIO(_red(30, 6)), width=Mm(40))
    line = document.add_paragraph()
    for piece in (title[:3], title[3:]):
        run = line.add_run(piece)
        run.font.size, run.font.bold = Pt(30), True
    table = document.add_table(2, 2)
    for row, label in zip(table.rows, ("编制单位", "负 责 人"), strict=True):
        row.cells[0].text = label
    document.add_paragraph(DAY)
    if section:
        _end_cover(document)
    if contents:
        document.add_paragraph("目  录")
        document.add_paragraph("去年的目录")
    document.add_paragraph("第一部分 去年的文字")
    return saved(document)


def _end_cover(document: DocumentObject) -> None:
    """The pages so far are a section of their own, without the letterhead."""
    document.add_section()
    first, last = document.sections[0], document.sections[-1]
    first.top_margin = Mm(60)
    first.different_first_page_header_footer = False
    last.header.is_linked_to_previous = False
    last.header.paragraphs[0].text = HEADER
