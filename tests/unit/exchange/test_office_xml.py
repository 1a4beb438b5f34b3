"""Text boxes of a document are read, and documents of Office that stand in one XML file."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from perftui.exchange.importer.any_file import read_any
from perftui.exchange.importer.source import SourceDocument, SourceParagraph
from tests.unit.exchange.read_samples import cell, docx, para, row, table

SHAPE = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{inside}'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
FORM = para("项目支出绩效目标表") + table(
    row("项目名称", "甲"), row(cell("绩效目标", merge="restart"), "一"), row(cell("", merge="continue"), "二")
)


def texts(content: SourceDocument) -> list[str]:
    """The texts of paragraphs and cells."""
    found: list[str] = []
    for block in content.blocks:
        rows = [] if isinstance(block, SourceParagraph) else block.rows
        found += [block.text] if isinstance(block, SourceParagraph) else [one.text for line in rows for one in line]
    return found


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (para("项目名称：甲") + para("总体目标：做好"), ["项目名称：甲", "总体目标：做好"]),
        (table(row("项目名称", "甲"), row("预算数", "10")), ["项目名称", "甲", "预算数", "10"]),
        (f"<w:p>{SHAPE.format(inside=para('里面的'))}</w:p>" + para("外面的"), ["", "里面的", "外面的"]),
    ],
)
@pytest.mark.parametrize("outside", ["<w:p>{box}</w:p>", table(row("<w:tc><w:p>{box}</w:p></w:tc>"))])
def test_a_text_box_is_read_behind_what_it_is_tied_to(inside: str, found: list[str], outside: str) -> None:
    content = read_any(docx(para("前") + outside.format(box=SHAPE.format(inside=inside)) + para("后")), "a.docx")
    assert texts(content) == ["前", "", *found, "后"]
    assert content.taken["文本框"] >= 1


def test_a_document_of_word_2003_in_one_file_is_read() -> None:
    deleted = '<aml:annotation w:type="Word.Deletion"><aml:content>{}</aml:content></aml:annotation>'
    last = para(deleted.format("<w:r><w:delText>删</w:delText></w:r>"), "尾")
    spaces = (
        'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
        ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
        ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    )
    body = f"<w:body><wx:sect>{FORM.replace('w:vMerge', 'w:vmerge')}{last}</wx:sect></w:body>"
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    data = f"{head}<w:wordDocument {spaces}>{body}</w:wordDocument>"
    content = read_any(data.encode(), "a.xml")
    assert content.blocks == read_any(docx(FORM + para("尾")), "a.docx").blocks
    assert content.left_out == {"修订删除": 1}


def test_a_word_package_in_one_file_is_read() -> None:
    packed = docx(FORM)
    with ZipFile(BytesIO(packed)) as package:
        parts = {name: package.read(name).decode().partition("?>")[2] for name in package.namelist()}
    part = '<pkg:part pkg:name="/{}"><pkg:xmlData>{}</pkg:xmlData></pkg:part>'
    inside = "".join(part.format(name, xml) for name, xml in parts.items())
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    data = f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{inside}</pkg:package>'
    assert read_any(data.encode(), "a.xml").blocks == read_any(packed, "a.docx").blocks


def cell_2003(text: str, more: str = "", kind: str = "String") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def sheet_2003(rows: list[str], styles: str = "") -> bytes:
    """A workbook of rows."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'{styles}<Worksheet ss:Name="a"><Table>{"".join(rows)}</Table></Worksheet></Workbook>'
    ).encode()


def test_a_workbook_of_excel_2003_in_one_file_is_read() -> None:
    rows = [
        [cell_2003("项目名称"), cell_2003("甲", 'ss:MergeAcross="2"')],
        [cell_2003("预算", 'ss:MergeDown="1"'), cell_2003("总额"), cell_2003("12.5", kind="Number")],
        [
            cell_2003("比例", 'ss:Index="2"'),
            cell_2003("0.25", 'ss:StyleID="p"', "Number"),
            cell_2003("2022-03-01T00:00:00.000", kind="DateTime"),
        ],
    ]
    styles = '<Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style></Styles>'
    data = sheet_2003([f"<Row>{''.join(one)}</Row>" for one in rows], styles)
    [grid] = read_any(data, "a.xls").tables()
    assert [[(one.text, one.column, one.span, one.merged) for one in line] for line in grid.rows] == [
        [("项目名称", 0, 1, False), ("甲", 1, 3, False)],
        [("预算", 0, 1, False), ("总额", 1, 1, False), ("12.5", 2, 1, False)],
        [("", 0, 1, True), ("比例", 1, 1, False), ("25%", 2, 1, False), ("2022-03-01", 3, 1, False)],
    ]


def test_a_merge_of_excel_2003_reaches_over_rows_that_are_left_out_and_no_further() -> None:
    down, second = 'ss:MergeDown="{}"'.format, 'ss:Index="2"'
    rows = [
        f"<Row>{cell_2003('项目名称')}{cell_2003('甲')}</Row>",
        f"<Row>{cell_2003('绩效目标', down(2))}{cell_2003('一', down(1))}</Row>",
        f'<Row ss:Index="4">{cell_2003("二", second)}</Row>',
        f'<Row ss:Index="6">{cell_2003("备注")}{cell_2003("无")}</Row>',
    ]
    [grid] = read_any(sheet_2003(rows), "a.xls").tables()
    texts = [[(one.text, one.column, one.merged) for one in line] for line in grid.rows]
    assert texts == [
        [("项目名称", 0, False), ("甲", 1, False)],
        [("绩效目标", 0, False), ("一", 1, False)],
        [("", 0, True), ("", 1, True)],
        [("", 0, True), ("二", 1, False)],
        [],
        [("备注", 0, False), ("无", 1, False)],
    ]
