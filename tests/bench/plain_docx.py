"""The plainest writer of the same document: every cell's markup put together around its text, and zipped.

What the export is measured against. It knows the form by heart, lays nothing out and reckons no page: cover, contents
and part one are given to it as they are in the finished document. From the records it makes all the rest, cell by
cell, with Python's own formatting, and puts it into the same kind of package: the same bytes.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from perftui.forms import Form, GroupRole, Role
from perftui.model.document import Document
from perftui.model.record import Record, Row

MAIN = "word/document.xml"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_FIXED = (1361, 793, 1361, 1587, 1361, 510, 510, 1361)
_LISTED = (1134, 1587, 1588, 1814, 1134, 1587)
_NO_BORDER = '<w:tcBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:right w:val="nil"/></w:tcBorders>'
_HEADING = '<w:p><w:pPr><w:pStyle w:val="ProjectHeading"/>'
_FIRST, _LAST = _HEADING.encode(), b'<w:p><w:pPr><w:spacing w:line="20"'
"""With what the first project begins, and what follows the last."""
_HEADINGS_BEFORE = 5

_Cell = tuple[str, int, str, str, str]
"""Text, width, what its properties say besides, style, alignment."""


class PlainWriter:
    """Writes documents of which it was shown the finished one: its other parts, its front, and its end."""

    def __init__(self, whole: bytes) -> None:
        with zipfile.ZipFile(BytesIO(whole)) as source:
            self._parts = [(info, source.read(info)) for info in source.infolist() if info.filename != MAIN]
            self._main = source.getinfo(MAIN)
            main = source.read(MAIN)
        self._front, self._end = main[: main.index(_FIRST)], main[main.rindex(_LAST) :]

    def write(self, document: Document, form: Form) -> bytes:
        """The document once more."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for info, data in self._parts:
                target.writestr(_again(info), data)
            with target.open(_again(self._main), "w") as part:
                part.write(self._front)
                for number, record in enumerate(document.projects.values(), 1):
                    part.write("".join(_project(record, form, number)).encode())
                part.write(self._end)
        return out.getvalue()


def _again(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(info.filename, info.date_time)
    made.compress_type = info.compress_type
    made.create_system, made.external_attr = info.create_system, info.external_attr
    return made


def _project(record: Record, form: Form, number: int) -> Iterator[str]:
    name = record.text(("name",))
    title = _run(f"{number}、{name}绩效目标表")
    at = number + _HEADINGS_BEFORE - 1
    yield (
        f'{_HEADING}</w:pPr><w:bookmarkStart w:id="{at}" w:name="_Toc{at + 1:08d}"/>{title}<w:bookmarkEnd w:id="{at}"/>'
        "</w:p>"
    )
    yield _table(_FIXED, [_row(row) for row in _head(record, form)])
    yield '<w:p><w:pPr><w:spacing w:line="320" w:lineRule="exact"/></w:pPr></w:p>'
    group = form.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    header = [_head_cell(column.label, width) for column, width in zip(group.columns, _LISTED, strict=True)]
    yield _table(_LISTED, [_row(header, "<w:tblHeader/>"), *_rows(record.rows(group.key))])


def _head(record: Record, form: Form) -> Iterator[list[_Cell]]:
    key = form.project.path_of(Role.NAME)
    assert key is not None
    yield [("613001路南街道办事处部门本级", 6463, _span(5) + _NO_BORDER, "TableText", ""),
           ("单位：元", 2381, _span(3) + _NO_BORDER, "TableText", "right")]  # fmt: skip
    yield [_head_cell("项目编码", 1361), _value(record.text(("code",)), 3741, 3), _head_cell("项目名称", 1361),
           _value(record.text(key), 2381, 3)]  # fmt: skip
    total, fiscal, other = (_amount(record.text(("budget", part))) for part in ("total", "fiscal", "other"))
    yield [_head_cell("预算规模及资金用途", 1361, '<w:vMerge w:val="restart"/>'), _head_cell("预算数", 793),
           _value(total, 1361), _head_cell("其中：财政资金", 1587), _value(fiscal, 1361),
           _head_cell("其他资金", 1020, _span(2)), _value(other, 1361)]  # fmt: skip
    yield [("", 1361, "<w:vMerge/>", "TableHead", ""),
           (record.text(("budget", "purpose")), 7483, _span(7), "TableText", "")]  # fmt: skip
    yield [_head_cell("资金支出计划（%）", 1361, '<w:vMerge w:val="restart"/>'), _head_cell("3月底", 2154, _span(2)),
           _head_cell("6月底", 1587), _head_cell("10月底", 1871, _span(2)),
           _head_cell("12月底", 1871, _span(2))]  # fmt: skip
    shares = [f"{record.text(('plan', point))}%" for point in ("m03", "m06", "m10", "m12")]
    yield [("", 1361, "<w:vMerge/>", "TableHead", ""), _value(shares[0], 2154, 2), _value(shares[1], 1587),
           _value(shares[2], 1871, 2), _value(shares[3], 1871, 2)]  # fmt: skip
    goals = "\n".join(f"{at}. {row.text('text')}" for at, row in enumerate(record.rows("goals"), 1))
    yield [_head_cell("绩效目标", 1361), (goals, 7483, _span(7), "TableText", "")]


def _rows(rows: tuple[Row, ...]) -> Iterator[str]:
    for at, row in enumerate(rows):
        texts = [row.text(key) for key in ("category", "class", "name", "description", "value", "basis")]
        cells = []
        for place, (text, width) in enumerate(zip(texts, _LISTED, strict=True)):
            again = place == 0 and at > 0 and rows[at - 1].text("category") == text
            goes_on = place == 0 and at + 1 < len(rows) and rows[at + 1].text("category") == text
            merge = "<w:vMerge/>" if again else '<w:vMerge w:val="restart"/>' if goes_on else ""
            align = "" if place in (2, 3) else "center"
            cells.append(("" if again else text, width, merge, "TableText", align))
        yield _row(cells)


def _amount(text: str) -> str:
    return "0" if text == "0.00" else text


def _span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def _head_cell(text: str, width: int, properties: str = "") -> _Cell:
    return text, width, properties, "TableHead", ""


def _value(text: str, width: int, span: int = 1) -> _Cell:
    return text, width, _span(span) if span > 1 else "", "TableText", "center"


def _row(cells: list[_Cell], repeated: str = "") -> str:
    made = "".join(_cell(text, width, properties, style, align) for text, width, properties, style, align in cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{made}</w:tr>"


def _cell(text: str, width: int, properties: str, style: str, align: str) -> str:
    aligned = f'<w:jc w:val="{align}"/>' if align else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{aligned}</w:pPr>{_run(text)}</w:p></w:tc>'
    )


def _run(text: str) -> str:
    if not text:
        return ""
    escaped = text.translate(_ESCAPES)
    if escaped == text and not any(map(str.isspace, text)):
        return f"<w:r><w:t>{text}</w:t></w:r>"
    lines = (f'<w:t xml:space="preserve">{line}</w:t>' for line in escaped.split("\n"))
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def _table(widths: tuple[int, ...], rows: list[str]) -> str:
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES)
    sides = (("top", 60), ("left", 40), ("bottom", 60), ("right", 40))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
