"""The fixed parts that are shipped: made from the style definitions, and right as python-docx reads them."""

from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from perftui.exchange import docx_package, docx_styles
from perftui.exchange.docx_writer import write_docx
from perftui.exchange.page import PrintedPart, StyleName
from perftui.exchange.page_styles import CONTENTS_STYLES, FONTS, STYLES


@pytest.fixture(scope="module")
def document() -> DocumentObject:
    out = BytesIO()
    write_docx(PrintedPart(title="t", blocks=()), out)
    return Document(out)


def test_shipped_parts_are_those_of_the_style_definitions() -> None:
    assert dict(docx_package.fixed_parts()) == docx_styles.fixed_parts(), (
        "run python -m perftui.exchange.docx_styles and look at what changed"
    )


@pytest.mark.parametrize("name", StyleName)
def test_every_style_names_its_font_for_every_script(document: DocumentObject, name: StyleName) -> None:
    look = STYLES[name]
    style = document.styles[look.word_name]
    assert style.style_id == look.word_id
    fonts = style.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")} == {look.font}
    assert style.font.size.pt == look.size
    assert style.paragraph_format.line_spacing.pt == look.pitch
    assert style.paragraph_format.line_spacing_rule == 4  # exactly
    assert look.font in FONTS


def test_official_sizes_and_fonts() -> None:
    looks = {name: (STYLES[name].font, STYLES[name].size) for name in StyleName}
    assert looks[StyleName.TITLE] == ("方正小标宋简体", 22)
    assert looks[StyleName.HEADING1] == ("黑体", 16)
    assert looks[StyleName.HEADING2] == ("楷体_GB2312", 16)
    assert looks[StyleName.BODY] == ("仿宋_GB2312", 16)
    assert looks[StyleName.TABLE_TEXT] == looks[StyleName.TABLE_HEAD] == ("仿宋_GB2312", 10.5)
    assert {STYLES[name].pitch for name in StyleName if name is not StyleName.TABLE_SMALL} == {16, 28, 36}
    assert STYLES[StyleName.TABLE_TEXT].pitch == 16


def test_body_is_set_in_by_two_characters(document: DocumentObject) -> None:
    indent = document.styles["Body Text"].element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_headings_are_headings(document: DocumentObject) -> None:
    levels = {}
    for style in document.styles:
        outline = style.element.find(f".//{qn('w:outlineLvl')}")
        if outline is not None:
            levels[style.name] = int(outline.get(qn("w:val"))) + 1
    assert levels == {"Heading 1": 1, "Heading 2": 2, "Heading 3": 3, "Heading 4": 4, "项目标题": 2}


def test_chinese_is_set_as_chinese_and_numbers_are_not_broken(document: DocumentObject) -> None:
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("en-US", "zh-CN")
    theme = document.settings.element.find(qn("w:themeFontLang"))
    assert theme.get(qn("w:eastAsia")) == "zh-CN"
    assert document.settings.odd_and_even_pages_header_footer


def test_contents_lines_have_dots_to_the_right_margin(document: DocumentObject) -> None:
    for look in CONTENTS_STYLES:
        (tab,) = document.styles[look.word_name].paragraph_format.tab_stops
        assert round(tab.position.mm) == 156
        assert str(tab.leader).startswith("DOTS")


def test_only_what_is_used_is_shipped(document: DocumentObject) -> None:
    known = {look.word_id for look in (*STYLES.values(), *CONTENTS_STYLES)}
    assert {style.style_id for style in document.styles} == known | {
        "Normal",
        "DefaultParagraphFont",
        "TableNormal",
        "NoList",
    }
