"""Builds small office files for the tests of the readers, also such as no office program would write."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{MAIN}" Target="word/document.xml"/></Relationships>'
)


def document(body: str, *, spaces: str = SPACES, before: str = "") -> str:
    """The main part around a body."""
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {spaces}><w:body>{body}</w:body></w:document>'


def package(parts: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    """A zip of parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED if packed else ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, more: Mapping[str, str | bytes] | None = None, **options: str) -> bytes:
    """A DOCX with a body, and other parts where a test is about them."""
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document(body, **options)}
    return package({**parts, **(more or {})})


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*inside: str, properties: str = "") -> str:
    """A paragraph of texts, or of markup."""
    runs = "".join(one if one.startswith("<") else run(one) for one in inside if one)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def cell(*paragraphs: str, span: int | str = 1, merge: str = "") -> str:
    """A cell of paragraphs; ``merge`` is ``restart`` or ``continue``."""
    properties = "" if span == 1 else f'<w:gridSpan w:val="{span}"/>'
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inside = "".join(one if one.startswith(("<w:p", "<w:tbl")) else para(one) for one in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def row(*cells: str) -> str:
    """A row of cells or texts."""
    return f"<w:tr>{''.join(one if one.startswith('<') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def rows(*texts: tuple[str, ...]) -> list[str]:
    """Rows of plain texts."""
    return [row(*line) for line in texts]


NO_CELLS = row("项目编码", "130303210000000000001", "项目名称", "甲")
HEADER = row("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
INDICATOR = row("产出指标", "数量指标", "人数", "发放补助的人数", "18人", "年度工作计划")


def project(*, name: str = "甲", code: str = "130303210000000000001") -> str:
    """Both tables of a small project of the usual form."""
    head = table(
        row("项目编码", code, "项目名称", name),
        row(
            cell("预算规模及资金用途", merge="restart"), "预算数", "100.00", "其中：财政资金", "100.00", "其他资金", "0"
        ),
        row(cell("", merge="continue"), cell("发补助", span=6)),
        row("绩效目标", cell("1. 按时发放", span=6)),
    )
    return head + para("") + table(HEADER, INDICATOR)
