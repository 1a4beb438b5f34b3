"""Files of every kind come in by one door, and each that does not is refused with its true reason."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from perftui.exchange.importer.any_file import read_any
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.read_document import match
from perftui.exchange.importer.source import SourceDocument, SourceParagraph, SourceTable
from perftui.exchange.office import converted
from tests.gallery.accounts import lost_words
from tests.gallery.containers import to_docx, to_html, to_xlsx, written
from tests.gallery.facts import judged
from tests.gallery.layouts import Layout, layouts
from tests.programs import require
from tests.unit.exchange.read_samples import docx, package

ENCRYPTED = Path(__file__).parents[2] / "data" / "encrypted"
"""A form of Word and one of Excel that a program encrypted with a password."""
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = "<html><head><meta charset={charset}></head><body><p>标题</p><table><tr><td>项目名称<td>甲</table></body></html>"


def texts(content: SourceDocument) -> list[object]:
    """The paragraphs' texts, and the tables' rows as lists."""
    return [
        block.text if isinstance(block, SourceParagraph) else [[cell.text for cell in row] for row in block.rows]
        for block in content.blocks
    ]


def workbook(sheets: Mapping[str, list[list[str]]], hidden: str = "") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append([cell or None for cell in cells])
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("ending", ["xlsx", "html"])
@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.key)
def test_a_form_of_the_gallery_is_read_as_from_word(layout: Layout, ending: str) -> None:
    content = read_any(written(layout.page(), ending), f"a.{ending}")
    imported = match(content)
    verdict = judged(layout, imported)
    assert (verdict.wrong, verdict.misplaced, verdict.unsaid) == ((), (), ())
    assert lost_words(content, imported) == []
    assert all(one.recall == 100 for one in verdict.figures.values())
    assert imported.document.year == layout.year


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_sheets_of_other_programs_come_in_through_libreoffice(ending: str) -> None:
    require("soffice")
    page = layouts()[0].page()
    made = converted(to_xlsx(page), "xlsx", ending)
    assert texts(read_any(made, f"a.{ending}")) == texts(read_any(to_xlsx(page), "a.xlsx"))


def test_every_visible_sheet_is_read_and_a_hidden_one_is_reported() -> None:
    table = [["项目名称", "甲"]]
    content = read_any(saved(workbook({"一": table, "二": [["项目名称", "乙"]], "三": [["丙", "丁"]]}, "三")), "a.xlsx")
    assert texts(content) == [[["项目名称", "甲"]], [["项目名称", "乙"]]]
    assert [(one.kind, one.text) for one in content.dropped] == [("隐藏的工作表", "丙 | 丁")]


def test_lines_around_a_table_of_a_sheet_are_paragraphs() -> None:
    rows = [["附件2"], ["绩效目标表"], [], ["项目名称", "甲"], [], ["总体目标", "做好"], ["备注：无"], ["1、一行", ""]]
    found = texts(read_any(saved(workbook({"一": rows})), "a.xlsx"))
    assert found == ["附件2", "绩效目标表", [["项目名称", "甲"], ["", ""], ["总体目标", "做好"]], "备注：无", "1、一行"]


def test_labels_alone_over_their_values_are_a_table_of_one_column() -> None:
    rows = [
        ["标题"],
        ["项目名称："],
        ["甲"],
        ["项目单位：", ""],
        ["乙局"],
        ["填表人："],
        ["张三"],
        ["指标", "值"],
        ["个数", "6"],
    ]
    found = texts(read_any(saved(workbook({"一": rows})), "a.xlsx"))
    pairs = [["项目名称："], ["甲"], ["项目单位："], ["乙局"]]
    assert found == ["标题", pairs, "填表人：", "张三", [["指标", "值"], ["个数", "6"]]]


@pytest.mark.parametrize(
    "rows",
    [
        ["主要职责：", "管好街道。", "总体绩效目标：", "做好服务。"],
        ["项目名称：", "项目单位：", "甲", "乙局"],
        ["项目名称", "甲", "项目单位", "乙局"],
        ["项目名称：", "单位：万元"],
        ["备注：", "无", "附件：", "一份"],
    ],
)
def test_other_lines_are_paragraphs(rows: list[str]) -> None:
    assert texts(read_any(saved(workbook({"一": [[row] for row in rows]})), "a.xlsx")) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_whole_form_in_csv(delimiter: str, encoding: str) -> None:
    rows = ["绩效目标表", delimiter.join(("项目名称", "甲")), delimiter.join(("总体目标", "做好"))]
    content = read_any("\r\n".join(rows).encode(encoding), "a.csv")
    assert texts(content) == ["绩效目标表", [["项目名称", "甲"], ["总体目标", "做好"]]]


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.html", "a", "a.docx"])
@pytest.mark.parametrize(("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("gbk", "utf-8-sig")])
def test_a_web_page_is_told_by_its_bytes_whatever_it_is_called(name: str, charset: str, encoding: str) -> None:
    content = read_any(PAGE.format(charset=charset).encode(encoding), name)
    assert texts(content) == ["标题", [["项目名称", "甲"]]]


def test_an_archive_of_web_pages() -> None:
    pages = "".join(
        f"--x\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n{text}\r\n"
        for text in ("PHA+vNc8L3A+", "PHA+0tI8L3A+")
    )
    data = f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n{pages}--x--\r\n".encode()
    assert texts(read_any(data, "a.doc")) == ["甲", "乙"]
    with pytest.raises(ImportRefused, match="没有可以读的网页"):
        read_any(data.replace(b"text/html", b"image/png"), "a.mht")


def test_spans_nested_tables_and_hidden_texts_of_a_web_page() -> None:
    table = (
        "<table><tr><td rowspan=2>一<td colspan=2>二<br>三<tr><td>四<td>五<table><tr><td>六</table>"
        "<tr style='display:none'><td>七</table>"
    )
    content = read_any(f"<html><script>八</script><style>九</style>{table}<p>十&nbsp; 一</p>".encode(), "a.html")
    first, second = content.tables()
    cells = [[(cell.text, cell.column, cell.span, cell.merged) for cell in row] for row in first.rows]
    assert cells == [
        [("一", 0, 1, False), ("二\n三", 1, 2, False)],
        [("", 0, 1, True), ("四", 1, 1, False), ("五", 2, 1, False)],
    ]
    assert second.rows[0][0].text == "六"
    assert texts(content)[-1] == "十 一"
    assert [one.text for one in content.dropped] == ["七"]


HOSTILE_PAGES = {
    "deep": "<html><body>" + "<div>" * 5000 + "深",
    "deep tables": "<html><body>" + "<table><tr><td>" * 2000 + "深",
    "many tags": "<html><body>" + "<b>" * 700_000,
    "wide": "<html><table>" + ("<tr>" + "<td rowspan=65534 colspan=65534>" * 300) * 100,
    "entities": '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body><table><tr><td>&b;</table>',
    "outside": '<!DOCTYPE html SYSTEM "file:///etc/passwd"><html><body><img src="file:///etc/passwd">',
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_a_hostile_page_is_refused_or_read_as_it_stands(name: str) -> None:
    try:
        content = read_any(HOSTILE_PAGES[name].encode(), "a.html")
    except ImportRefused:
        return
    said = "".join(cell.text for table in content.tables() for row in table.rows for cell in row)
    assert "aaaa" not in said
    assert "root:" not in str(texts(content))
    assert sum(len(row) for table in content.tables() for row in table.rows) <= 200_000


@pytest.mark.parametrize("name", ["deep", "deep tables", "many tags", "wide"])
def test_a_page_out_of_bounds_is_refused(name: str) -> None:
    with pytest.raises(ImportRefused):
        read_any(HOSTILE_PAGES[name].encode(), "a.html")


def sheet(inside: str) -> bytes:
    """A workbook of one sheet."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return package(
        {
            "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{relation}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/>'
            "</Relationships>",
            "xl/sharedStrings.xml": f'<sst xmlns="{space}"><si><t>{"长" * 32_000}</t></si></sst>',
            "xl/worksheets/s.xml": f'<worksheet xmlns="{space}">{inside}</worksheet>',
        }
    )


def test_a_workbook_whose_cells_or_merges_are_too_many_is_refused() -> None:
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 1000))
    with pytest.raises(ImportRefused, match="太多"):
        read_any(sheet(f"<sheetData><row>{cells}</row></sheetData>"), "a.xlsx")
    merges = "".join(f'<mergeCell ref="A{row}:CV{row + 190}"/>' for row in range(1, 4800, 100))
    with pytest.raises(ImportRefused, match="太多"):
        read_any(sheet(f"<sheetData/><mergeCells>{merges}</mergeCells>"), "a.xlsx")


def zipped(*names: str, text: str = "x") -> bytes:
    return package(dict.fromkeys(names, text))


ENCRYPTED_ODT = package(
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<manifest:encryption-data/>",
        "content.xml": "\0",
    }
)
REFUSED = {
    "empty": (b"", "空的.*再发"),
    "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(90), "压缩包.*解压"),
    "seven zip": (b"7z\xbc\xaf\x27\x1c" + bytes(90), "压缩包.*解压"),
    "gzip": (b"\x1f\x8b\x08" + bytes(90), "压缩包.*解压"),
    "zip of files": (zipped("表/项目.docx", "表/指标.XLSX", "说明.txt"), "压缩包.*2 个.*解压"),
    "zip of anything": (zipped("a/b.bin"), "没有 Word 或 Excel 的内容.*另存为"),
    "ofd": (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD.*Word"),
    "slides of today": (zipped("[Content_Types].xml", "ppt/presentation.xml"), "演示文稿.*复制"),
    "binary workbook": (zipped("[Content_Types].xml", "xl/workbook.bin"), "xlsb.*xlsx"),
    "encrypted odt": (ENCRYPTED_ODT, "加了密码.*去掉密码"),
    "picture of a telephone": (b"\0\0\0\x18ftypheic" + bytes(90), "图片.*文字识别"),
    "picture of the web": (b"RIFF\x24\0\0\0WEBPVP8 ", "图片.*文字识别"),
    "program": (b"MZ\x90\0\x03\0" + bytes(90), "认不出.*另存为"),
    "half": (docx("甲")[:300], "不完整.*再发"),
    "pdf": (b"%PDF-1.7", "PDF.*Word"),
    "picture": (b"\x89PNG\r\n", "图片.*文字识别"),
    "password": (OLD + bytes(600) + "EncryptedPackage\0".encode("utf-16-le"), "加了密码.*去掉密码"),
    "slides": (OLD + bytes(600) + "PowerPoint Document\0".encode("utf-16-le"), "演示文稿"),
    "word password": (
        OLD + bytes(504) + b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + "WordDocument\0".encode("utf-16-le"),
        "加了密码",
    ),
    "sheet password": (
        OLD + bytes(504) + b"\x09\x08\x10\x00" + bytes(16) + b"\x2f\x00" + "Workbook\0".encode("utf-16-le"),
        "加了密码",
    ),
    "another xml": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML.*另存"),
}


@pytest.mark.parametrize("name", ["~$表.docx", "里面/~$表.xlsx"])
def test_what_word_leaves_beside_an_open_file_is_no_document(name: str) -> None:
    with pytest.raises(ImportRefused, match=r"正在打开.*没有“~"):
        read_any(b"\x05Admin" + bytes(156), name)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_the_true_reason_and_the_next_step(name: str) -> None:
    data, sentence = REFUSED[name]
    with pytest.raises(ImportRefused, match=sentence):
        read_any(data, "a.docx")


@pytest.mark.parametrize("name", ["a.docx", "a.wps", "a.xlsx", "a.et"])
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_file_that_was_encrypted_says_so_whatever_it_is_called(kind: str, name: str) -> None:
    with pytest.raises(ImportRefused, match=r"加了密码.*去掉密码"):
        read_any((ENCRYPTED / f"form.{kind}").read_bytes(), name)


def test_a_file_that_wps_names_its_own_way_is_read_as_what_it_is() -> None:
    page = layouts()[0].page()
    assert texts(read_any(to_docx(page), "a.wps")) == texts(read_any(to_docx(page), "a.docx"))
    assert texts(read_any(to_xlsx(page), "a.et")) == texts(read_any(to_xlsx(page), "a.xlsx"))


def test_a_file_named_as_another_kind_is_read_as_what_it_is() -> None:
    page = layouts()[0].page()
    assert texts(read_any(to_docx(page), "a.xlsx")) == texts(read_any(to_docx(page), "a.docx"))
    assert texts(read_any(to_xlsx(page), "a.docx")) == texts(read_any(to_xlsx(page), "a.xlsx"))
    assert isinstance(next(iter(read_any(to_html(page), "a.xls").tables())), SourceTable)


OBJECT = '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed"/></w:object></w:r>'
BODIES = {
    "an embedded file": (OBJECT, "嵌入.*双击"),
    "a picture": ("<w:r><w:drawing/></w:r>", "只有图片"),
    "nothing": ("", "没有文字"),
}


@pytest.mark.parametrize("form", [None, "hebei-2021"])
@pytest.mark.parametrize("name", BODIES)
def test_a_document_without_a_body_says_where_its_content_is(name: str, form: str | None) -> None:
    inside, sentence = BODIES[name]
    content = read_any(docx(f"<w:p>{inside}</w:p>"), "a.docx")
    with pytest.raises(ImportRefused, match=sentence):
        match(content, form=form)
