"""What the walk over a DOCX reads, what it leaves out, and that it counts both."""

import pytest

from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.report import in_table, in_text
from perftui.exchange.importer.source import SourceDocument, SourceParagraph, SourceTable
from tests.documents import import_document
from tests.unit.exchange.read_samples import RELS, SPACES, cell, document, docx, package, para, project, row, run, table


def cells(content: SourceDocument) -> list[list[str]]:
    return [[one.text for one in line] for grid in content.tables() for line in grid.rows]


def text_of(*inside: str) -> tuple[str, dict[str, int], dict[str, int]]:
    """The text of a cell with markup in it, what was taken and what left out."""
    content = read_docx(docx(table(row(cell(para(*inside))))))
    return cells(content)[0][0], dict(content.taken), dict(content.left_out)


CHECKBOX = (
    '<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
)  # fmt: skip
BOX = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"


def formula(markup: str, *texts: str) -> str:
    """A formula of parts that are texts."""
    return f"<m:oMath>{markup.format(*(f'<m:r><m:t>{text}</m:t></m:r>' for text in texts))}</m:oMath>"


RAISED = '<w:r><w:rPr><w:vertAlign w:val="{}"/></w:rPr><w:t>{}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inside", "text", "taken", "left_out"),
    [
        (f"<w:ins>{run('新增')}</w:ins>", "新增", {"修订插入": 1}, {}),
        (f"<w:moveTo>{run('移来')}</w:moveTo>", "移来", {"修订插入": 1}, {}),
        ("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", "", {}, {"修订删除": 1}),
        (f"<w:moveFrom>{run('移走')}</w:moveFrom>", "", {}, {"修订删除": 1}),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件", {"内容控件": 1}, {}),
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处')}</w:sdtContent></w:sdt>",
            "", {}, {"控件里没有填写的提示文字": 1},
        ),
        (CHECKBOX.format(run("☑")), "☑", {}, {}),
        (f"<w:smartTag>{run('标记')}</w:smartTag>", "标记", {}, {}),
        (f'<w:fldSimple w:instr=" DATE ">{run("12月")}</w:fldSimple>', "12月", {}, {}),
        (f'<w:hyperlink r:id="x">{run("链接")}</w:hyperlink>', "链接", {}, {}),
        ("<w:r><w:pict><w:v/></w:pict></w:r>", "", {}, {"图片或图形": 1}),
        (f"<w:r><w:drawing>{BOX.format(run('框'))}</w:drawing></w:r>", "", {"文本框": 1}, {}),
        (
            f"<w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('汉')}</w:rubyBase></w:ruby>",
            "汉", {}, {"拼音": 1},
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑", {}, {}),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "≥", {}, {}),
        ('<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>', "≤", {}, {}),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A3"/></w:r>', "□", {}, {}),
        ('<w:r><w:sym w:font="Webdings" w:char="F0B3"/></w:r>', "", {}, {"符号字体的字": 1}),
        ('<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0b3</w:t></w:r>' + run("95%"), "≥95%", {}, {}),
        ('<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>³</w:t></w:r>' + run("95%"), "≥95%", {}, {}),
        ('<w:r><w:rPr><w:rFonts w:ascii="宋体"/></w:rPr><w:t>m³</w:t></w:r>', "m³", {}, {}),
        (run("5×10") + RAISED.format("superscript", "4"), "5×10⁴", {}, {}),
        (run("CO") + RAISED.format("subscript", "2"), "CO₂", {}, {}),
        (run("甲") + RAISED.format("superscript", "注"), "甲注", {}, {}),
        (f"<w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r>{run('新')}", "新", {}, {"划掉的文字": 1}),
        (f"<w:r><w:rPr><w:dstrike/></w:rPr><w:t>旧</w:t></w:r>{run('新')}", "新", {}, {"划掉的文字": 1}),
        ('<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>新</w:t></w:r>', "新", {}, {}),
        (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>{run('明')}", "明", {}, {"隐藏文字": 1}),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>明</w:t></w:r>', "明", {}, {}),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙", {}, {}),
        ('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', "甲乙", {}, {}),
        ('<w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r>', "正文", {}, {"脚注或尾注": 1}),
        ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1", {"公式": 1}, {}),
        (formula("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", "1", "2"), "1/2", {"公式": 1}, {}),
        (formula("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", "1+2", "3"), "(1+2)/3", {"公式": 1}, {}),
        (formula("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", "10", "4"), "10⁴", {"公式": 1}, {}),
        (formula("<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", "10", "甲"), "10^甲", {"公式": 1}, {}),
        (formula("<m:sSub><m:e>{}</m:e><m:sub>{}</m:sub></m:sSub>", "CO", "2"), "CO₂", {"公式": 1}, {}),
        (formula("<m:rad><m:deg/><m:e>{}</m:e></m:rad>", "2"), "√2", {"公式": 1}, {}),
        (formula("<m:d><m:e>{}</m:e></m:d>", "1+2"), "(1+2)", {"公式": 1}, {}),
        (
            formula('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{}</m:e></m:d>', "1"),
            "[1]", {"公式": 1}, {},
        ),
        (
            f"<mc:AlternateContent><mc:Choice>{run('一')}</mc:Choice><mc:Fallback>{run('二')}</mc:Fallback>"
            "</mc:AlternateContent>", "一", {}, {},
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>FORMTEXT</w:instrText>'
            f'<w:fldChar w:fldCharType="separate"/></w:r>{run("填的字")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "填的字", {}, {},
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>MERGEFIELD 甲</w:instrText>'
            f'<w:fldChar w:fldCharType="separate"/></w:r>{run("内层")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            f'<w:r><w:instrText> = "1"</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>{run("外层")}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "外层", {}, {},
        ),
    ],
)  # fmt: skip
def test_what_is_read_of_a_cell(inside: str, text: str, taken: dict[str, int], left_out: dict[str, int]) -> None:
    assert text_of(inside) == (text, taken, left_out)


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    assert cells(read_docx(docx(table(row(cell("一", "二")))))) == [["一\n二"]]


def test_spans_say_which_columns_a_cell_covers() -> None:
    content = read_docx(
        docx(
            table(
                row(cell("甲", span=2, merge="restart"), "乙"),
                row(cell("", span=2, merge="continue"), "丙"),
                f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("丁")}</w:tr>',
            )
        )
    )
    [grid] = content.tables()
    assert [[(one.text, one.column, one.span, one.merged) for one in line] for line in grid.rows] == [
        [("甲", 0, 2, False), ("乙", 2, 1, False)],
        [("", 0, 2, True), ("丙", 2, 1, False)],
        [("丁", 2, 1, False)],
    ]


def test_a_span_without_end_is_cut() -> None:
    [grid] = read_docx(docx(table(row(cell("甲", span=10**9), "乙")))).tables()
    assert [one.column for one in grid.rows[0]] == [0, 64]


@pytest.mark.parametrize(
    ("widths", "columns"),
    [
        ((900, 899, 1, 900), [[(0, 2), (2, 1)], [(0, 1), (1, 1), (2, 1)]]),
        ((900, 300, 600, 900), [[(0, 2), (2, 2)], [(0, 1), (1, 2), (3, 1)]]),
        ((0, 0, 0, 0), [[(0, 2), (2, 2)], [(0, 1), (1, 2), (3, 1)]]),
    ],
    ids=["a twip apart", "as wide as a word", "no widths"],
)
def test_edges_that_are_a_hair_apart_are_one(widths: tuple[int, ...], columns: list[list[tuple[int, int]]]) -> None:
    """LibreOffice and a hand that drags an edge leave columns between edges that were meant to be one."""
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    made = table(row(cell("甲", span=2), cell("乙", span=2)), row("丙", cell("丁", span=2), "戊"))
    [read] = read_docx(docx(made.replace("<w:tblGrid/>", f"<w:tblGrid>{grid}</w:tblGrid>"))).tables()
    assert [[(one.column, one.span) for one in line] for line in read.rows] == columns


def test_old_merges_across_are_one_cell() -> None:
    def merged(text: str, how: str) -> str:
        return f'<w:tc><w:tcPr><w:hMerge w:val="{how}"/></w:tcPr>{para(text)}</w:tc>'

    [grid] = read_docx(docx(table(row(merged("甲", "restart"), merged("", "continue"), cell("乙"))))).tables()
    assert [(one.text, one.column, one.span) for one in grid.rows[0]] == [("甲", 0, 2), ("乙", 2, 1)]


def test_rows_and_cells_inside_of_controls_are_read() -> None:
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{row('甲', '乙')}</w:sdtContent></w:sdt>"
    inner = f"<w:tr>{cell('丙')}<w:sdt><w:sdtPr/><w:sdtContent>{cell('丁')}</w:sdtContent></w:sdt></w:tr>"
    content = read_docx(docx(table(wrapped, inner)))
    assert cells(content) == [["甲", "乙"], ["丙", "丁"]]
    assert content.taken == {"内容控件": 2}


def test_rows_that_were_deleted_and_inserted() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删')}</w:tr>"
    inserted = f"<w:tr><w:trPr><w:ins/></w:trPr>{cell('增')}</w:tr>"
    content = read_docx(docx(table(deleted, inserted)))
    assert cells(content) == [["增"]]
    assert (content.taken, content.left_out) == ({"修订插入": 1}, {"修订删除": 1})


def test_nested_tables_follow_their_own() -> None:
    content = read_docx(docx(table(row(cell("外", table(row("内"))))) + table(row("后"))))
    assert cells(content) == [["外"], ["内"], ["后"]]
    assert [grid.number for grid in content.tables()] == [1, 2, 3]
    assert content.taken == {"嵌套表格": 1}


def test_tables_inside_of_a_control_of_the_body() -> None:
    content = read_docx(docx(f"<w:sdt><w:sdtPr/><w:sdtContent>{table(row('甲'))}{para('乙')}</w:sdtContent></w:sdt>"))
    assert [type(block) for block in content.blocks] == [SourceTable, SourceParagraph]


def test_styles_give_outline_levels_and_names() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="a"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr/><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        "</w:styles>"
    )
    body = para("一", properties='<w:pStyle w:val="a"/>') + para("二", properties='<w:outlineLvl w:val="3"/>')
    content = read_docx(docx(body, {"word/styles.xml": styles}))
    assert [
        (block.style, block.level, block.listed) for block in content.blocks if isinstance(block, SourceParagraph)
    ] == [
        ("我的标题", 1, True),
        ("", 4, False),
    ]


def test_the_contents_are_told_from_the_text() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        para(field.format("begin"), "<w:r><w:instrText> TOC \\o </w:instrText></w:r>", field.format("separate"))
        + para("1、甲绩效目标表", "<w:r><w:tab/></w:r>", "3")
        + para(field.format("end"))
        + para("正文")
    )
    content = read_docx(docx(body))
    found = [
        (block.text, block.contents) for block in content.blocks if isinstance(block, SourceParagraph) and block.text
    ]
    assert found == [("1、甲绩效目标表\t3", True), ("正文", False)]


def test_the_main_part_may_have_another_name() -> None:
    parts = {"_rels/.rels": RELS.replace("word/document.xml", "/text/main.xml"), "text/main.xml": document(project())}
    assert len(import_document(package(parts)).document.projects) == 1


@pytest.mark.parametrize("name", ["word/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("data", ["<x", "", "<!DOCTYPE x [<!ENTITY y 'z'>]><x/>"])
def test_a_damaged_part_that_the_text_can_do_without(name: str, data: str) -> None:
    assert len(import_document(docx(project(), {name: data})).document.projects) == 1


def test_notes_are_reported_where_they_are_referred_to() -> None:
    notes = '<w:{0}s {1}><w:{0} w:id="2"><w:p><w:r><w:t>{2}</w:t></w:r></w:p></w:{0}></w:{0}s>'
    body = para("甲") + para('<w:r><w:footnoteReference w:id="2"/></w:r>') + table(
        row(cell(para('<w:r><w:endnoteReference w:id="2"/></w:r>')))
    )  # fmt: skip
    parts = {f"word/{kind}s.xml": notes.format(kind, SPACES, kind) for kind in ("footnote", "endnote")}
    dropped = read_docx(docx(body, parts)).dropped
    assert [(one.place, one.text) for one in dropped] == [(in_text(2), "footnote"), (in_table(1), "endnote")]


def test_footers_are_reported_unless_they_count_pages() -> None:
    footer = "<w:ftr {}><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:ftr>"
    parts = {
        "word/footer1.xml": footer.format(SPACES, "内部资料"), "word/footer2.xml": footer.format(SPACES, "— 1 —"),
        "word/footer3.xml": footer.format(SPACES, "第 3 页 共 12 页"),
    }  # fmt: skip
    assert [(one.kind, one.text) for one in read_docx(docx(para("甲"), parts)).dropped] == [("页脚", "内部资料")]


def test_headers_are_named_as_left_out() -> None:
    content = read_docx(docx(project(), {"word/header1.xml": "<x/>", "word/footer1.xml": "<x/>"}))
    assert content.left_out == {"页眉": 1}


def test_a_refusal_is_a_sentence() -> None:
    with pytest.raises(ImportRefused, match="旧格式"):
        read_docx(b"\xd0\xcf\x11\xe0" + b"\0" * 100)


def test_text_in_structures_that_nobody_knows_is_read_and_named() -> None:
    inside = f"<w:new>{run('新')}</w:new>"
    content = read_docx(docx(para(inside) + table(row(cell(para("<w:new><w:sym/></w:new>", inside))))))
    assert [block.text for block in content.blocks if isinstance(block, SourceParagraph)] == ["新"]
    assert cells(content) == [["新"]]
    assert content.taken == {"不认识的结构里的文字": 2}


SLOW = '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
"""A paragraph's tab stops make the reader go step by step, and change nothing else."""


@pytest.mark.parametrize(
    "markup",
    [
        project(),
        table(row(cell("甲", "乙", span=3), cell("", merge="restart")), row(cell("", merge="continue"))),
        table(row(para("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:cr/></w:r>")), "<w:tr/>", row("丙")),
        table(row(cell(para('<w:r><w:br w:type="page"/></w:r>', "丁")), "", cell("戊", span="x"))),
        table(row(cell(para(properties='<w:jc w:val="center"/>'), para("己")))),
        "<w:tbl/>",
    ],
)
def test_plain_tables_are_read_in_one_go_as_step_by_step(markup: str) -> None:
    quick = read_docx(docx(para("") + markup))
    slow = read_docx(docx(para("") + markup.replace("<w:p>", SLOW)))
    assert list(quick.tables()) == list(slow.tables())


def test_a_prompt_that_nobody_answered_is_told_at_its_place() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处')}</w:sdtContent></w:sdt>"
    [told] = read_docx(docx(table(row("预算数", cell(para(control)))))).dropped
    assert (told.place, told.kind, told.text) == (in_table(1), "控件里没有填写的提示文字", "单击此处")
