"""Makes the fixed parts of every DOCX from ``page_styles`` with python-docx, as data that the package ships.

``python -m perftui.exchange.docx_styles`` writes them anew into ``docx_parts/``; a test compares. So an export
loads no python-docx, and its bytes do not depend on which version of it is installed.
"""

from collections.abc import Iterator
from importlib import resources
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.styles.style import ParagraphStyle

from perftui.exchange.docx_package import FOOTER_BLANK, FOOTER_EVEN, FOOTER_ODD, PARTS_FOLDER
from perftui.exchange.page import TEXT_WIDTH, Align, StyleName
from perftui.exchange.page_styles import CONTENTS_STYLES, FANG, FONTS, FOOTER_SIZE, LINE, SONG, STYLES, TIGHT, TextStyle

KEPT_STYLES = ("Normal", "Default Paragraph Font", "Normal Table", "No List")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RIGHT_TAB = round(TEXT_WIDTH / 25.4 * 1440)

# overflowPunct is Word's default, said aloud: without it LibreOffice drops a comma that hangs over a justified line.
# The Latin language is no Chinese one: in that LibreOffice breaks numbers and words anywhere, Word nowhere.
DOC_DEFAULTS = f"""<w:docDefaults {nsdecls("w")}>
<w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{FANG}" w:eastAsia="{FANG}" w:hAnsi="{FANG}" w:cs="Times New Roman"/>
<w:spacing w:val="{round(TIGHT * 20)}"/><w:sz w:val="32"/><w:szCs w:val="32"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="1"/>
<w:spacing w:line="{round(LINE * 20)}" w:lineRule="exact"/></w:pPr></w:pPrDefault>
</w:docDefaults>"""

LATENT_STYLES = f"""<w:latentStyles {nsdecls("w")} w:defLockedState="0" w:defUIPriority="99"
 w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>"""

SETTINGS = f"""<w:settings {nsdecls("w")}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:compat>
<w:doNotExpandShiftReturn/><w:useFELayout/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>
<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2"
 w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"
 w:followedHyperlink="followedHyperlink"/>
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>"""

APP_PROPERTIES = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>perftui</Application></Properties>"""


def fixed_parts() -> dict[str, bytes]:
    """Every part but the document and its title: name inside the DOCX -> bytes."""
    document = Document()
    _restyle(document)
    _reduce(document)
    packed = BytesIO()
    document.save(packed)
    with ZipFile(packed) as made:
        parts = {name: _tidy(made.read(name)) for name in made.namelist()}
    return {name: parts[name] for name in sorted(parts) if name not in ("word/document.xml", "docProps/core.xml")}


# ---- styles


def _restyle(document: DocumentObject) -> None:
    root = document.styles.element
    for old in [style.element for style in document.styles if style.name not in KEPT_STYLES]:
        root.remove(old)
    root.replace(root[0], parse_xml(DOC_DEFAULTS))
    root.replace(root[1], parse_xml(LATENT_STYLES))
    for look in (*STYLES.values(), *CONTENTS_STYLES):
        _add_style(document, look)
    for look in STYLES.values():
        if look.level is not None:
            styles = document.styles
            styles[look.word_name].next_paragraph_style = styles[STYLES[StyleName.BODY].word_name]
    for style in document.styles:
        if style.name in ("Normal", "Normal Table"):
            style.element.remove_all("w:rsid")


def _add_style(document: DocumentObject, look: TextStyle) -> None:
    style = document.styles.add_style(look.word_name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.element.set(qn("w:styleId"), look.word_id)
    style.element.attrib.pop(qn("w:customStyle"), None)
    if not look.word_name.isascii():
        style.element.set(qn("w:customStyle"), "1")
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.element.append(parse_xml(_paragraph_properties(look)))
    style.element.append(parse_xml(_run_properties(look.font, look.size, look.spacing)))


def _paragraph_properties(look: TextStyle) -> str:
    """In the order that the schema wants."""
    parts = []
    if look.keep_next:
        parts.append("<w:keepNext/>")
    if look.page_break_before:
        parts.append("<w:pageBreakBefore/>")
    if look in CONTENTS_STYLES:
        parts.append(f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{RIGHT_TAB}"/></w:tabs>')
    parts.append(
        f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}"'
        f' w:line="{round(look.pitch * 20)}" w:lineRule="exact"/>'
    )
    if look.indent:
        twips = round(look.indent * look.size * 20)
        side, chars = ("left", "leftChars") if look in CONTENTS_STYLES else ("firstLine", "firstLineChars")
        parts.append(f'<w:ind w:{chars}="{look.indent * 100}" w:{side}="{twips}"/>')
    parts.append(f'<w:jc w:val="{look.align}"/>')
    if look.level is not None:
        parts.append(f'<w:outlineLvl w:val="{look.level - 1}"/>')
    return f"<w:pPr {nsdecls('w')}>{''.join(parts)}</w:pPr>"


def _run_properties(font: str, size: float, spacing: float = 0.0) -> str:
    half_points = round(size * 2)
    return (
        f'<w:rPr {nsdecls("w")}><w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}"/>'
        f'<w:spacing w:val="{round(spacing * 20)}"/><w:sz w:val="{half_points}"/>'
        f'<w:szCs w:val="{half_points}"/></w:rPr>'
    )


# ---- the package


def _reduce(document: DocumentObject) -> None:
    """Leaves the parts we mean to ship, under names of ours: no thumbnail, numbering, custom XML, web settings."""
    part = document.part
    package = part.package
    assert package is not None
    theme = next(item for item in package.iter_parts() if "/theme/" in item.partname)
    keep = (document.part._styles_part, theme)
    for rel_id in list(part.rels):
        del part.rels[rel_id]

    def made(name: str, content_type: str, xml: str) -> Part:
        return Part(PackURI(f"/word/{name}"), content_type, xml.encode(), package)

    for rel_id, kind, target in (
        ("styles", RELATIONSHIP_TYPE.STYLES, keep[0]),
        ("theme", RELATIONSHIP_TYPE.THEME, keep[1]),
        ("settings", RELATIONSHIP_TYPE.SETTINGS, made("settings.xml", CONTENT_TYPE.WML_SETTINGS, SETTINGS)),
        ("fontTable", RELATIONSHIP_TYPE.FONT_TABLE, made("fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, _font_table())),
        *(
            (rel_id, RELATIONSHIP_TYPE.FOOTER, made(f"{rel_id}.xml", CONTENT_TYPE.WML_FOOTER, _footer(align)))
            for rel_id, align in ((FOOTER_ODD, Align.RIGHT), (FOOTER_EVEN, Align.LEFT), (FOOTER_BLANK, None))
        ),
    ):
        part.load_rel(kind, target, rel_id)
    _properties_only(document, package)


def _properties_only(document: DocumentObject, package: OpcPackage) -> None:
    rels = package.rels
    for rel_id in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[rel_id]
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = APP_PROPERTIES.encode()
    document.core_properties.author = ""


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{"fixed" if name != SONG else "variable"}"/></w:font>'
        for name, (instead, family) in FONTS.items()
    )
    return f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"


def _footer(align: Align | None) -> str:
    """``— 1 —`` one character in from the outer edge, or nothing."""
    if align is None:
        return f"<w:ftr {nsdecls('w')}><w:p/></w:ftr>"
    properties = _run_properties(SONG, FOOTER_SIZE).replace(f" {nsdecls('w')}", "")
    edge = round(FOOTER_SIZE * 20)
    runs = "".join(
        f"<w:r>{properties}{content}</w:r>"
        for content in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'<w:ftr {nsdecls("w")}><w:p><w:pPr><w:ind w:{align}Chars="100" w:{align}="{edge}"/>'
        f'<w:jc w:val="{align}"/></w:pPr>{runs}</w:p></w:ftr>'
    )


_PREFIXES = {nsmap["w"]: "w", nsmap["a"]: "a"}


def _tidy(xml: bytes) -> bytes:
    """Indented, without the namespaces that nothing uses: short, and a change of it can be read."""
    root = ElementTree.fromstring(xml)
    for name in [key for key in root.attrib if key.endswith("}Ignorable")]:
        del root.attrib[name]
    namespace = root.tag[1:].partition("}")[0]
    ElementTree.register_namespace(_PREFIXES.get(namespace, ""), namespace)
    ElementTree.indent(root, space=" ")
    text: str = ElementTree.tostring(root, encoding="unicode")
    return _DECLARATION + text.encode() + b"\n"


# ---- writing them


def write_parts(folder: Path) -> Iterator[str]:
    """Writes the parts into ``folder`` and yields their names."""
    for name, data in fixed_parts().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        yield name


if __name__ == "__main__":
    with resources.as_file(resources.files("perftui.exchange") / PARTS_FOLDER) as place:
        for written in write_parts(place):
            print(written)  # noqa: T201 - a tool for developers, run by hand
