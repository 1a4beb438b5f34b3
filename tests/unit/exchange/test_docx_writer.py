"""What was written, as python-docx reads it: every paragraph, every cell, merges, headings, fields."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from hypothesis import given, settings

from perftui.exchange.docx_writer import write_docx
from perftui.exchange.docx_xml import UnprintableError, escape, run
from perftui.exchange.page import (
    Align,
    Block,
    GeometryError,
    Paragraph,
    PrintedPart,
    Section,
    StyleName,
    Table,
    TableCell,
    TableRow,
    grid,
)
from perftui.exchange.page_measure import estimate_pages
from perftui.exchange.page_styles import STYLES
from tests.unit.exchange import page_samples


def written(*blocks: Block) -> DocumentObject:
    return opened(PrintedPart(title="t", blocks=blocks))


def opened(printed: PrintedPart) -> DocumentObject:
    out = BytesIO()
    write_docx(printed, out)
    return Document(out)


def texts(printed: PrintedPart) -> Iterator[str]:
    """The texts that python-docx must find in each place of each table's grid."""
    for block in printed.blocks:
        if isinstance(block, Table):
            for row in grid(block):
                for slot in row:
                    yield from [slot.cell.text] * slot.cell.col_span


@pytest.fixture(scope="module")
def document() -> DocumentObject:
    return opened(page_samples.document())


def test_every_place_of_every_table_has_its_text(document: DocumentObject) -> None:
    found = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert found == list(texts(page_samples.document()))


def test_every_paragraph_has_its_text_and_style(document: DocumentObject) -> None:
    wanted = [block for block in page_samples.document().blocks if isinstance(block, Paragraph)]
    names = {STYLES[block.style].word_id for block in wanted}
    found = [paragraph for paragraph in document.paragraphs if paragraph.style.style_id in names]
    assert [(item.text, item.style.style_id) for item in found] == [
        (block.text, STYLES[block.style].word_id) for block in wanted
    ]


def test_merged_cells_are_one_cell() -> None:
    (table,) = written(page_samples.project_table("c", "n", "1", "p", "g")).tables
    assert table.cell(2, 0)._tc is table.cell(3, 0)._tc
    assert table.cell(3, 1)._tc is table.cell(3, 7)._tc
    assert table.cell(1, 1)._tc is table.cell(1, 3)._tc
    assert table.cell(1, 3)._tc is not table.cell(1, 4)._tc


@settings(max_examples=60, deadline=None)
@given(table=page_samples.tables())
def test_any_table_comes_back_with_its_words_and_merges(table: Table) -> None:
    (found,) = written(table).tables
    assert [cell.text for row in found.rows for cell in row.cells] == list(
        texts(PrintedPart(title="t", blocks=(table,)))
    )
    merged = [[cell._tc for cell in row.cells] for row in found.rows]
    for number, row in enumerate(grid(table)):
        for slot in row:
            for column in range(slot.column, slot.column + slot.cell.col_span):
                assert merged[number][column] is merged[slot.top][slot.column]
    assert len({id(cell) for row in merged for cell in row}) == sum(len(row.cells) for row in table.rows)


def test_header_row_repeats_and_rows_stay_whole() -> None:
    (table,) = written(page_samples.indicator_table("c", page_samples.WAGES)).tables
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True] + [False] * 9
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_row_taller_than_half_a_page_may_break() -> None:
    long = TableRow(cells=(TableCell(text="长" * 500),))
    (table,) = written(Table(columns=(156.0,), rows=(long, TableRow(cells=(TableCell(text="短"),))))).tables
    assert [row._tr.trPr is None for row in table.rows] == [False, False]
    (table,) = written(Table(columns=(50.0,), rows=(long, TableRow(cells=(TableCell(text="短"),))))).tables
    assert [row._tr.trPr is None for row in table.rows] == [True, False]


def test_tables_of_one_shape_keep_their_own_words_and_heights() -> None:
    narrow = Table(columns=(50.0,), rows=(TableRow(cells=(TableCell(text="长" * 1000),)),))
    document = written(
        *(Table(columns=(50.0,), rows=(TableRow(cells=(TableCell(text=text),)),)) for text in "甲乙"), narrow
    )
    assert [table.cell(0, 0).text for table in document.tables] == ["甲", "乙", "长" * 1000]
    assert [table.rows[0]._tr.trPr is None for table in document.tables] == [False, False, True]


def test_only_the_row_over_the_table_is_without_borders() -> None:
    (table,) = written(page_samples.project_table("c", "n", "1", "p", "g")).tables
    bare = [[tc.tcPr.find(qn("w:tcBorders")) is not None for tc in row._tr.tc_lst] for row in table.rows]
    assert all(bare[0])
    assert not any(any(row) for row in bare[1:])


@pytest.mark.parametrize(("bordered", "edges"), [(True, "top left right"), (False, "top left bottom right")])
def test_the_line_under_a_bare_row_is_the_next_rows(bordered: bool, edges: str) -> None:
    row = TableRow(cells=(TableCell(text="a"),), bordered=False)
    below = TableRow(cells=(TableCell(text="b"),), bordered=bordered)
    (table,) = written(Table(columns=(50.0,), rows=(row, below))).tables
    borders = table.cell(0, 0)._tc.tcPr.find(qn("w:tcBorders"))
    assert [edge.tag for edge in borders] == [qn(f"w:{name}") for name in edges.split()]
    assert {edge.get(qn("w:val")) for edge in borders} == {"nil"}


def test_alignment_is_written_where_it_is_not_the_styles() -> None:
    row = TableRow(
        cells=(TableCell(text="a"), TableCell(text="b", align=Align.RIGHT), TableCell(text="c", align=Align.LEFT))
    )
    (table,) = written(Table(columns=(10.0, 10.0, 10.0), rows=(row,))).tables
    assert [cell.paragraphs[0].alignment for cell in table.rows[0].cells] == [None, 2, None]


def test_two_tables_never_touch_and_none_is_last() -> None:
    table = Table(columns=(10.0,), rows=(TableRow(cells=(TableCell(text="a"),)),))
    body = written(table, table).element.body
    assert [child.tag for child in body] == [qn(f"w:{name}") for name in ("tbl", "p", "tbl", "p", "sectPr")]


def test_headings_have_levels_and_bookmarks(document: DocumentObject) -> None:
    marks = [mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    entries = estimate_pages(page_samples.document()).entries
    assert marks == [entry.bookmark for entry in entries]
    assert len(set(marks)) == len(marks) == 10
    ids = [mark.get(qn("w:id")) for mark in document.element.iter(qn("w:bookmarkEnd"))]
    assert ids == [mark.get(qn("w:id")) for mark in document.element.iter(qn("w:bookmarkStart"))]


def test_contents_are_filled_in_and_link_to_the_headings(document: DocumentObject) -> None:
    lines = [item.text for item in document.paragraphs if item.style.name.startswith("toc ")]
    entries = estimate_pages(page_samples.document()).entries
    assert lines == [f"{entry.text}\t{entry.page}" for entry in entries]
    instructions = [node.text.strip() for node in document.element.iter(qn("w:instrText"))]
    assert instructions == [
        r'TOC \o "1-3" \h \z \u',
        *(rf"PAGEREF {entry.bookmark} \h" for entry in entries),
    ]
    kinds = [node.get(qn("w:fldCharType")) for node in document.element.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(instructions)


def test_word_does_not_ask_the_reader_to_update_fields(document: DocumentObject) -> None:
    assert document.settings.element.find(qn("w:updateFields")) is None


def test_a_project_begins_on_a_new_page(document: DocumentObject) -> None:
    styles = [item.style for item in document.paragraphs if item.text.endswith("绩效目标表") and "、" in item.text[:3]]
    assert all(style.paragraph_format.page_break_before for style in styles if style.style_id == "ProjectHeading")
    assert sum(style.style_id == "ProjectHeading" for style in styles) == len(page_samples.PROJECTS)


def test_sections_number_their_pages(document: DocumentObject) -> None:
    assert [
        (
            section.footer.paragraphs[0].text,
            section.even_page_footer.paragraphs[0].text,
            section._sectPr.find(qn("w:pgNumType")) is not None,
        )
        for section in document.sections
    ] == [("", "", False), ("", "", False), ("— 1 —", "— 1 —", True)]


def test_page_is_a4_with_the_margins_of_official_documents(document: DocumentObject) -> None:
    for section in document.sections:
        assert round(section.page_width.mm, 1) == 210.0
        assert round(section.page_height.mm, 1) == 297.0
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin.mm, 1) for margin in margins] == [37.0, 35.0, 28.0, 26.0]


@pytest.mark.parametrize("landscape", [False, True])
def test_the_page_number_leaves_the_text_its_room(landscape: bool) -> None:
    """LibreOffice and Word shorten the text of a page whose foot reaches into it."""
    section = written(Section(landscape=landscape), Paragraph(text="a")).sections[-1]
    assert round(section.bottom_margin.mm - section.footer_distance.mm, 1) == 12.0


def test_a_section_may_come_last_or_alone() -> None:
    assert len(written(Paragraph(text="a"), Section(numbered=False)).sections) == 2
    assert len(written().sections) == 1


# ---- text


@pytest.mark.parametrize(
    "text",
    [
        "<w:t>&amp;</w:t>",
        "两  空",
        " 前后 ",
        "　全角空格　",
        "a\tb\nc\n\nd",
        "]]>",
        "\U0001f600",
        "\u202e\u2028\x85\x7f",
        "\n",
    ],
)
def test_text_comes_back_as_it_was(text: str) -> None:
    document = written(Paragraph(text=text), Table(columns=(50.0,), rows=(TableRow(cells=(TableCell(text=text),)),)))
    assert document.paragraphs[0].text == text
    assert document.tables[0].cell(0, 0).text == text


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb"])
def test_every_kind_of_line_break_is_one_break(text: str) -> None:
    assert written(Paragraph(text=text)).paragraphs[0].text == "a\nb"


FORBIDDEN = ["\0", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"]


@pytest.mark.parametrize("char", FORBIDDEN)
def test_what_xml_cannot_hold_is_refused_with_the_fields_name(char: str) -> None:
    cell = TableCell(text=f"人数{char}", source=("indicators", "3f9abk", "value"))
    table = Table(columns=(50.0,), rows=(TableRow(cells=(cell,)),), record="130303216F9HQOHBT7GG4")
    with pytest.raises(UnprintableError, match=rf"130303216F9HQOHBT7GG4 indicators\.3f9abk\.value.*U\+{ord(char):04X}"):
        written(table)
    with pytest.raises(UnprintableError) as refused:
        written(Paragraph(text=char, source=("overall_goal",)))
    assert refused.value.path == ("overall_goal",)
    with pytest.raises(UnprintableError):
        write_docx(PrintedPart(title=char, blocks=()), BytesIO())


def test_markup_in_text_stays_text() -> None:
    assert escape("<b>&</b>") == "&lt;b&gt;&amp;&lt;/b&gt;"
    assert run("") == ""
    assert run("字") == "<w:r><w:t>字</w:t></w:r>"
    assert run("a b") == '<w:r><w:t xml:space="preserve">a b</w:t></w:r>'


def test_a_table_that_does_not_fill_its_grid_is_refused() -> None:
    with pytest.raises(GeometryError):
        written(Table(columns=(10.0, 10.0), rows=(TableRow(cells=(TableCell(text="a"),)),)))


def test_keep_next_and_page_break_of_a_single_paragraph() -> None:
    body, heading = written(
        Paragraph(text="a", keep_next=True, page_break_before=True),
        Paragraph(text="b", style=StyleName.TITLE, keep_next=True),
    ).paragraphs
    assert body.paragraph_format.keep_with_next
    assert body.paragraph_format.page_break_before
    assert heading.paragraph_format.keep_with_next is None
