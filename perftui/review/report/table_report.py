"""审核意见表: the findings as a table, in CSV and as an XLSX workbook that is the same bytes for the same findings."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Final

from perftui.forms import Form
from perftui.locale import N_, _
from perftui.model.document import Document, Location
from perftui.model.text import visible
from perftui.model.width import wrap
from perftui.review.finding import Acceptance, Finding
from perftui.review.location_names import LocationNames
from perftui.review.report.excerpt import excerpt
from perftui.review.report.summary import UnreadFile, settings_lines, unread_lines
from perftui.review.review_settings import ReviewSettings
from perftui.review.totals import sums_sentence

_COLUMNS: Final = (
    (N_("序号"), 6), (N_("级别"), 6), (N_("规则"), 7), (N_("项目或部门"), 20), (N_("位置"), 28), (N_("原文"), 30),
    (N_("问题"), 36), (N_("建议"), 32), (N_("处理"), 16),
)  # fmt: skip
"""Headings and widths in cells."""

_QUOTED: Final = 240
"""Cells of a field that are quoted: of a duty's long text the part that matters."""
_LINE, _HIGHEST = 15, 405
"""Points of a line, and of the highest row that spreadsheets have."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(
    findings: Sequence[Finding],
    document: Document,
    form: Form,
    settings: ReviewSettings | None = None,
    lapsed: Sequence[Acceptance] = (),
    unread: Sequence[UnreadFile] = (),
) -> str:
    """The table as CSV with a byte order mark, which spreadsheets need to see that it is UTF-8.

    Below the findings stand acceptances that lapsed, and what the data folder changed of the rules.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    for row in [*_rows(findings, document, form), *_notes(document, form, settings, lapsed, unread)]:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return "\ufeff" + target.getvalue()


def to_xlsx(
    findings: Sequence[Finding],
    document: Document,
    form: Form,
    settings: ReviewSettings | None = None,
    lapsed: Sequence[Acceptance] = (),
    unread: Sequence[UnreadFile] = (),
) -> bytes:
    """The same as a workbook: one sheet, wrapped cells, the heading held and printed on every page, a filter."""
    rows, notes = _rows(findings, document, form), _notes(document, form, settings, lapsed, unread)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in {
            **_PARTS,
            "xl/workbook.xml": _workbook(),
            "xl/worksheets/sheet1.xml": _sheet(rows, notes),
        }.items():
            part = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            package.writestr(part, text.encode("utf-8"))
    return target.getvalue()


def _rows(findings: Sequence[Finding], document: Document, form: Form) -> list[list[str]]:
    names = LocationNames(document, form)
    rows = [[_(heading) for heading, _width in _COLUMNS]]
    for number, finding in enumerate(findings, start=1):
        accepted = finding.accepted
        done = "" if accepted is None else _("{by}已接受：{reason}").format(by=accepted.by, reason=accepted.reason)
        cells = (
            str(number), finding.severity.label, finding.rule, names.file(finding.location.file),
            names.field(finding.location), excerpt(finding.quote, finding.span, _QUOTED),
            finding.message, finding.advice, done,
        )  # fmt: skip
        rows.append([_shown(cell) for cell in cells])
    return rows


def _notes(
    document: Document,
    form: Form,
    settings: ReviewSettings | None,
    lapsed: Sequence[Acceptance],
    unread: Sequence[UnreadFile],
) -> list[list[str]]:
    """The rows below the findings: unreadable files, lapsed acceptances, sums, changed rules."""
    names = LocationNames(document, form)
    rows = []
    for one in lapsed:
        place = Location(file=one.file, path=one.path)
        done = _("{by}已接受：{reason}").format(by=one.by, reason=one.reason)
        told = _("接受已失效：问题已经不在，或者文字改过")
        cells = ("", _("说明"), one.rule, names.file(one.file), names.field(place), "", told, "", done)
        rows.append([_shown(cell) for cell in cells])
    sums, changed = sums_sentence(document, form), settings_lines(settings or ReviewSettings())
    told_last = [told for told in (*unread_lines(unread), sums, *changed) if told]
    return rows + [["", _("说明"), "", "", "", "", _shown(told), "", ""] for told in told_last]


def _shown(text: str) -> str:
    """The text with control characters as signs; line breaks stay."""
    return "\n".join(visible(line) for line in text.split("\n"))


_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS: Final = {
    "[Content_Types].xml": (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font>'
        '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/>'
        '<right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" '
        'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" '
        'applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def _workbook() -> str:
    name = _escaped(_("审核意见表"))
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets><definedNames>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">\'{name}\'!$1:$1</definedName>'
        "</definedNames></workbook>"
    )


def _sheet(rows: list[list[str]], notes: list[list[str]]) -> str:
    letter = _letter(len(_COLUMNS) - 1)
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, (_heading, width) in enumerate(_COLUMNS, start=1)
    )
    body = "".join(_row(number, cells) for number, cells in enumerate([*rows, *notes], start=1))
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{letter}{len(rows) + len(notes)}"/><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{columns}</cols><sheetData>{body}</sheetData><autoFilter ref="A1:{letter}{len(rows)}"/>'
        '<pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


_XML_CANNOT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _row(number: int, cells: list[str]) -> str:
    style = 2 if number == 1 else 1
    made = "".join(
        f'<c r="{_letter(index)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{_escaped(_XML_CANNOT.sub('⁇', cell))}</t></is></c>"
        for index, cell in enumerate(cells)
    )
    lines = max(
        sum(len(wrap(line, width - 1)) for line in cell.split("\n"))
        for cell, (_heading, width) in zip(cells, _COLUMNS, strict=True)
    )  # spreadsheets do not heighten a row for its wrapped text when they open a workbook
    return f'<row r="{number}" ht="{min(_HIGHEST, _LINE * lines + 3)}" customHeight="1">{made}</row>'


def _letter(index: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index]


def _escaped(text: str) -> str:
    """Text as it stands between tags; the library's own function costs every command the loading of its HTTP client."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
