"""A file of any kind as plain content: the one door through which import, check and the screens read.

What reads other kinds than .docx is loaded when such a file comes.
"""

import os
from dataclasses import replace
from io import BytesIO

from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.file_kind import FileKind, file_kind
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.not_office import LEFT_BY_WORD, PACKED, UNKNOWN, why_not_office
from perftui.exchange.importer.package import Package
from perftui.exchange.importer.source import SourceDocument
from perftui.exchange.importer.years import year_of_file
from perftui.exchange.office import OfficeError, converted, office_program
from perftui.locale import N_, _

_SHEETS = (".csv", ".tsv", ".xls", ".et")
"""Endings of text that is a sheet; a text named .xls is one that a web system wrote with tabs."""
_LONGEST_TYPE = 200
_PICTURE = N_("文件是图片，里面没有文字：请向对方要 Word 或 Excel 文件，或用文字识别转成 Word 再读入")
_LOOKED_AT = 4096
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How a text in UTF-16 begins: every other byte of it may be 0."""


def read_any(data: bytes, name: str) -> SourceDocument:
    """The content of a file: what it is, its bytes say before its name does. Raises ImportRefused with a sentence."""
    stem, ending = os.path.splitext(os.path.basename(name))
    if stem.startswith("~$") and file_kind(data) is FileKind.TEXT:
        raise ImportRefused(_(LEFT_BY_WORD))
    return replace(_content(data, ending.lower()), named_year=year_of_file(stem))


def _content(data: bytes, ending: str) -> SourceDocument:
    kind = file_kind(data)
    match kind:
        case FileKind.EMPTY:
            raise ImportRefused(_("文件是空的，可能没有传完：请重新复制，或请对方再发一次"))
        case FileKind.ARCHIVE:
            raise ImportRefused(_(PACKED))
        case FileKind.PDF:
            raise ImportRefused(
                _("文件是 PDF，里面没有表格的结构：请向对方要 Word 或 Excel 文件，或用 WPS 转成 Word 再读入")
            )
        case FileKind.PICTURE:
            raise ImportRefused(_(_PICTURE))
        case FileKind.OLD_OFFICE:
            return _old(data, ending)
        case FileKind.RTF:
            return read_docx(_by_office(data, "rtf", "docx"))
        case FileKind.TEXT:
            return _text(data, ending)
    return _package(data)


def _package(data: bytes) -> SourceDocument:
    """Of Word, of Excel, or of an office that keeps its text in ``content.xml``, whatever the file is called."""
    package = Package(BytesIO(data))
    if (why := why_not_office(package)) is not None:
        raise ImportRefused(why)
    if "word/document.xml" not in package and "xl/workbook.xml" in package:
        from perftui.exchange.importer.xlsx import read_workbook

        return read_workbook(data)
    if "mimetype" not in package or "content.xml" not in package:
        return read_docx(data)
    if b"spreadsheet" in package.read("mimetype", _LONGEST_TYPE):
        return _package(_by_office(data, "ods", "xlsx"))
    return read_docx(_by_office(data, "odt", "docx"))


def _old(data: bytes, ending: str) -> SourceDocument:
    from perftui.exchange.importer.old_office import OldOffice, old_office

    match old_office(data):
        case OldOffice.ENCRYPTED:
            raise ImportRefused(_("文件加了密码：请在 Word、Excel 或 WPS 里打开，去掉密码另存后再读入"))
        case OldOffice.SLIDES:
            raise ImportRefused(_("文件是演示文稿，不是文档或表格：请把里面的表复制到 Word 里再读入"))
        case OldOffice.WORKBOOK:
            return _package(_by_office(data, "xls", "xlsx"))
    return read_docx(_by_office(data, "wps" if ending == ".wps" else "doc", "docx"))


def _text(data: bytes, ending: str) -> SourceDocument:
    from perftui.exchange.importer.delimited import read_delimited
    from perftui.exchange.importer.office_xml import read_office_xml
    from perftui.exchange.importer.text_dump import read_dump
    from perftui.exchange.importer.web_page import (
        is_office_xml,
        is_web_archive,
        is_web_page,
        read_web_archive,
        read_web_page,
    )

    if is_web_archive(data):
        return read_web_archive(data)
    if is_web_page(data):
        return read_web_page(data)
    if is_office_xml(data):
        return read_office_xml(data)
    if ending in (".docx", ".xlsx") or (b"\0" in data[:_LOOKED_AT] and not data.startswith(_WIDE)):
        raise ImportRefused(_(_PICTURE) if data[4:8] == b"ftyp" else _(UNKNOWN))
    return read_delimited(data) if ending in _SHEETS else read_dump(data)


def _by_office(data: bytes, source: str, target: str) -> bytes:
    if office_program() is None:
        sentence = _("文件是旧格式或其他软件的格式，这里没有安装 LibreOffice，请在 Word 或 WPS 里另存为 .docx 或 .xlsx")
        raise ImportRefused(sentence)
    try:
        return converted(data, source, target)
    except OfficeError as error:
        raise ImportRefused(str(error)) from error
