"""An export that looks like an office's own Word file: its looks are taken, our words stay, and the proof holds."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from perftui.exchange.cover_words import cover_words
from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.read_document import match
from perftui.exchange.office_style import read_style
from perftui.exchange.page_styles import CONTENTS_STYLES, STYLES
from perftui.forms import load_form
from perftui.session.export import ExportRequest, lying, proven_docx
from tests import factories, office
from tests.unit.exchange import style_samples

FORM = load_form("hebei-2021")
OFFICE = style_samples.office_file()
DOCUMENT = factories.document(projects=2)


def exported(data: bytes = OFFICE, *, landscape: bool = False, stamp: str = "") -> bytes:
    """The document in the looks of a file; proven, or NotExported is raised."""
    wanted = ExportRequest(style=read_style(data), stamp=stamp)
    return proven_docx(DOCUMENT, lying(FORM) if landscape else FORM, wanted).data


@pytest.fixture(scope="module")
def made() -> DocumentObject:
    return Document(BytesIO(exported()))


def test_margins_header_and_footer_are_the_offices(made: DocumentObject) -> None:
    front, text = made.sections
    assert [round(side.mm) for side in (text.left_margin, text.right_margin, text.top_margin)] == [20, 20, 30]
    assert (text.header.paragraphs[0].text, text.footer.paragraphs[0].text) == (
        style_samples.HEADER,
        style_samples.FOOTER,
    )
    assert text.even_page_header.paragraphs[0].text == style_samples.HEADER
    assert front.header.paragraphs[-1].text == style_samples.LETTERHEAD
    assert front.footer.paragraphs[0].text == ""


def test_the_logo_comes_with_its_header(made: DocumentObject) -> None:
    (picture,) = made.sections[0].header._element.iter(qn("a:blip"))
    part = made.sections[0].header.part.related_parts[picture.get(qn("r:embed"))]
    assert (part.content_type, part.blob[1:4]) == ("image/png", b"PNG")


def test_the_words_are_ours_alone(made: DocumentObject) -> None:
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert "样张上的文字" not in texts
    assert any("目录" in text for text in texts)
    assert made.core_properties.title


def test_a_heading_has_the_offices_style_and_stays_a_heading(made: DocumentObject) -> None:
    heading = next(one for one in made.paragraphs if one.text.startswith("第一部分") and "toc" not in one.style.name)
    assert heading.style.name == "Heading 1"
    assert heading.style.font.size.pt == 20
    assert heading._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"


def test_every_style_of_ours_is_there_and_no_paragraph_names_another(made: DocumentObject) -> None:
    known = {style.style_id for style in made.styles}
    used = {one.get(qn("w:val")) for one in made.element.iter(qn("w:pStyle"))}
    assert used <= known
    ids = read_style(OFFICE).ids
    assert set(ids) == {look.word_id for look in (*STYLES.values(), *CONTENTS_STYLES)}
    assert set(ids.values()) <= known


def test_text_of_tables_that_the_office_has_no_style_for_takes_its_font(made: DocumentObject) -> None:
    style = made.styles["表格文字"]
    assert style.base_style.name == "Normal"
    assert style.element.rPr.find(qn("w:rFonts")) is None
    assert style.font.size.pt == 10.5


def test_tables_have_the_offices_lines_and_fill_its_page(made: DocumentObject) -> None:
    table = made.tables[0]
    assert table.style.name == "Light Grid Accent 1"
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
    width = sum(int(one.get(qn("w:w"))) for one in table._tbl.tblGrid)
    assert width == pytest.approx(170 / 25.4 * 1440, abs=2)


def test_tables_keep_our_lines_where_the_offices_have_none() -> None:
    plain = style_samples.replaced(OFFICE, "word/document.xml", b'w:tblStyle w:val="', b'w:tblStyle w:val="no')
    table = Document(BytesIO(exported(plain))).tables[0]
    assert table._tbl.tblPr.find(qn("w:tblStyle")) is None
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is not None


def test_our_headings_bring_their_numbers() -> None:
    numbered = style_samples.office_file(numbered_headings=True)
    assert Document(BytesIO(numbered)).styles["Heading 1"].element.find(f".//{qn('w:numPr')}") is not None
    assert Document(BytesIO(exported(numbered))).styles.element.find(f".//{qn('w:numPr')}") is None


def test_a_style_may_be_called_as_markup_is_written() -> None:
    odd = style_samples.replaced(OFFICE, "word/styles.xml", b'w:styleId="Heading1"', b'w:styleId="A&amp;&quot;&lt;1"')
    made = Document(BytesIO(exported(odd)))
    assert 'A&"<1' in {one.get(qn("w:val")) for one in made.element.iter(qn("w:pStyle"))}


def test_a_page_on_its_long_side_is_turned_with_its_margins() -> None:
    section = Document(BytesIO(exported(landscape=True))).sections[-1]
    sides = (section.page_width, section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in sides] == [297, 20, 30, 20, 25]


def test_a_file_of_landscape_pages_gives_an_upright_one() -> None:
    page = read_style(style_samples.office_file(landscape=True)).page
    assert page.width < page.height
    sides = ("left", "top", "right", "bottom")
    assert [round(page.margins[side] / 1440 * 25.4) for side in sides] == [30, 20, 25, 20]


def test_a_length_that_no_paper_has_is_taken_for_unsaid() -> None:
    for said in (b"99999999999", b"40000", b"x"):
        odd = style_samples.replaced(OFFICE, "word/document.xml", b'w:left="1134"', b'w:left="' + said + b'"')
        assert read_style(odd).page.margins["left"] == 1800


def test_small_print_stands_under_the_offices_footer() -> None:
    footer = Document(BytesIO(exported(stamp="草稿"))).sections[-1].footer
    assert [paragraph.text for paragraph in footer.paragraphs] == [style_samples.FOOTER, "草稿"]


@pytest.mark.parametrize("office", [None, OFFICE, style_samples.saved(Document())])
def test_a_draft_says_so_also_under_its_cover(office: bytes | None) -> None:
    wanted = ExportRequest(style=read_style(office) if office else None, remarks=())
    sections = Document(BytesIO(proven_docx(DOCUMENT, FORM, wanted).data)).sections
    feet = [foot for one in sections for foot in (one.footer, one.even_page_footer)]
    assert [foot.paragraphs[-1].text for foot in feet] == ["草稿"] * len(feet)


def test_the_fonts_of_the_styles_in_use_are_known() -> None:
    office = Document()
    for name, font in (("Normal", "华文中宋"), ("Heading 1", "微软雅黑"), ("Quote", "华文行楷")):
        office.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    fonts = read_style(style_samples.saved(office)).fonts
    assert {"华文中宋", "微软雅黑"} <= set(fonts)
    assert "华文行楷" not in fonts


def test_page_numbers_are_ours_where_the_office_has_no_footer() -> None:
    bare = Document()
    section = Document(BytesIO(exported(style_samples.saved(bare)))).sections[-1]
    assert "PAGE" in section.footer._element.xml
    assert section.footer._element.xml != section.even_page_footer._element.xml


def test_the_same_file_gives_the_same_bytes() -> None:
    assert exported() == exported()


def test_libreoffice_prints_it(tmp_path: Path) -> None:
    file = tmp_path / "照样式.docx"
    file.write_bytes(exported())
    front, *pages = office.pages(tmp_path, [file])[file.name]
    assert style_samples.LETTERHEAD in front
    texts = [page for page in pages if style_samples.LETTERHEAD not in page]
    assert texts
    for page in texts:
        assert page.count(style_samples.HEADER) == page.count(style_samples.FOOTER) == 1
    whole = "".join("".join(texts).split())
    for record in DOCUMENT.projects.values():
        assert FORM.project_title(record) in whole


# ---- what cannot serve


def linked_picture() -> bytes:
    with ZipFile(BytesIO(OFFICE)) as package:
        name = next(
            name
            for name in package.namelist()
            if "header" in name and b"/image" in package.read(name) and "rels" in name
        )
        relations = package.read(name).replace(b'Target="media/', b'TargetMode="External" Target="http://x/')
    return style_samples.with_parts(OFFICE, {name: relations})


MACROS = style_samples.replaced(
    OFFICE,
    "[Content_Types].xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)
NARROW = style_samples.replaced(OFFICE, "word/document.xml", b'w:left="1134"', b'w:left="6000"')


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "空的"),
        ("封面".encode(), "不是"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (OFFICE[:-4000], "损坏"),
        (MACROS, "宏"),
        (style_samples.with_parts(OFFICE, {"word/document.xml": None}), "没有 Word 正文"),
        (style_samples.with_parts(OFFICE, {"word/styles.xml": None}), "没有样式"),
        (style_samples.with_parts(OFFICE, {"[Content_Types].xml": None}), "不像是"),
        (style_samples.with_parts(OFFICE, {"word/media/image1.png": None}), "没有 word/media"),
        (linked_picture(), "链接到别处的图片"),
        (NARROW, "放不下表格"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        read_style(data)


# ---- its cover


def covered(data: bytes, *, draft: bool = False) -> tuple[DocumentObject, tuple[str, ...]]:
    """The document behind the cover of a file, proven, and what is said of the cover."""
    style = read_style(data, cover_words(DOCUMENT, FORM, draft=draft))
    wanted = ExportRequest(style=style, remarks=() if draft else None)
    return Document(BytesIO(proven_docx(DOCUMENT, FORM, wanted).data)), style.said


def words_of(made: DocumentObject) -> list[str]:
    """The texts of the office's cover."""
    cover = next(one for one in made.element.body if one.tag == qn("w:sdt"))
    return ["".join(one.text or "" for one in line.iter(qn("w:t"))) for line in cover.iter(qn("w:p"))]


@pytest.mark.parametrize("section", [True, False])
def test_the_offices_cover_is_taken_with_our_year_and_unit(section: bool) -> None:
    made, said = covered(style_samples.with_cover(section=section))
    unit = DOCUMENT.department.head["unit_name"]
    texts = [text for text in words_of(made) if text]
    assert texts == [f"{unit}2021年部门预算绩效文本", "编制单位", unit, "负 责 人", "　　　年　　月　　日"]
    assert any(style_samples.DAY in one for one in said)
    whole = "".join(one.text or "" for one in made.element.iter(qn("w:t")))
    assert "去年" not in whole
    assert whole.count("2021年部门预算绩效文本") == 1


def test_a_cover_of_its_own_section_keeps_its_page_and_its_heads() -> None:
    cover, front, text = covered(style_samples.with_cover())[0].sections
    assert [round(one.top_margin.mm) for one in (cover, front, text)] == [60, 30, 30]
    assert "".join(one.text for one in cover.footer.paragraphs) == style_samples.FOOTER
    assert front.header.paragraphs[0].text == style_samples.HEADER
    assert text.footer.paragraphs[0].text == style_samples.FOOTER


def test_the_covers_picture_comes_along() -> None:
    made = covered(style_samples.with_cover())[0]
    (picture,) = made.element.body.iter(qn("a:blip"))
    assert made.part.related_parts[picture.get(qn("r:embed"))].blob[1:4] == b"PNG"


def test_a_draft_says_so_on_the_offices_cover() -> None:
    made = covered(style_samples.with_cover(), draft=True)[0]
    assert any(text.endswith("绩效文本（草稿）") for text in words_of(made))
    assert [one.footer.paragraphs[-1].text for one in made.sections] == ["草稿"] * 3


def odd_cover(old: bytes, new: bytes) -> bytes:
    """A file with a cover in which something is written otherwise."""
    return style_samples.replaced(style_samples.with_cover(), "word/document.xml", old, new)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (OFFICE, "不是另起一页"),
        (style_samples.with_cover(title="路北区教育局2020年部门预算绩效文本"), "路北区教育局"),
        (odd_cover(b"<w:tbl>", b"<w:altChunk/><w:tbl>"), "嵌入"),
        (odd_cover(b"<w:tbl>", b'<w:p><w:ins w:id="9"/></w:p><w:tbl>'), "修订"),
    ],
)
def test_where_the_cover_cannot_serve_ours_is_printed_and_the_reason_said(data: bytes, why: str) -> None:
    made, said = covered(data)
    assert [why in one for one in said] == [True]
    assert any("绩效文本" in one.text for one in made.paragraphs[:2])
    assert not list(made.element.body.iter(qn("w:drawing")))


def test_what_stands_on_the_offices_cover_is_read_as_no_text_of_ours() -> None:
    style = read_style(style_samples.with_cover(), cover_words(DOCUMENT, FORM, draft=False))
    data = proven_docx(DOCUMENT, FORM, ExportRequest(style=style)).data
    again = match(read_docx(data)).document
    assert again.department.head["unit_name"] == DOCUMENT.department.head["unit_name"]
    assert again.year == DOCUMENT.year
    assert {key: value for key, value in again.department.head.items() if "编制单位" in str(value)} == {}
