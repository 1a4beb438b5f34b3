"""审核意见表: the findings as a table, in CSV and as an XLSX workbook that is the same bytes for the same findings."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from perftui.forms import Form
from perftui.locale import N_, _
from perftui.model.document import Document, Location
from perftui.model.text import visible, xml_safe
from perftui.model.width import wrap
from perftui.review.finding import Acceptance, Finding
from perftui.review.location_names import LocationNames
from perftui.review.report.excerpt import excerpt
from perftui.review.report.summary import UnreadFile, settings_lines, unread_lines
from perftui.review.review_settings import ReviewSettings
from perftui.review.totals import sums_sentence

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_COLUMNS: Final = (
    (N_("序号"), 6), (N_("级别"), 6), (N_("规则"), 7), (N_("项目或部门"), 20), (N_("位置"), 28), (N_("原文"), 30),
    (N_("问题"), 36), (N_("建议"), 32), (N_("处理"), 16),
)  # fmt: skip
"""Headings and widths in cells."""

_QUOTED: Final = 240
"""Cells of a field that are quoted: of a duty's long text the part that matters."""
_LINE, _HIGHEST = 15, 405
"""Points of a line, and of the highest row that spreadsheets have."""
_A4: Final = 9
_MADE: Final = datetime(1980, 1, 1)
"""As the package's entries: the same findings give the same bytes."""

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
    from xlsxwriter import Workbook  # loaded when a workbook is asked for

    rows, notes = _rows(findings, document, form), _notes(document, form, settings, lapsed, unread)
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(_("审核意见表"))
        _set_up(sheet, len(rows))
        plain = {"font_name": "宋体", "num_format": "@", "border": 1, "text_wrap": True}
        text = book.add_format({**plain, "valign": "top"})
        heading = book.add_format({**plain, "bold": True, "align": "center", "valign": "vcenter"})
        for at, cells in enumerate([*rows, *notes]):
            sheet.set_row(at, _height(cells))
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, xml_safe(cell), text if at else heading)
    return made.getvalue()


def _rows(findings: Sequence[Finding], document: Document, form: Form) -> list[list[str]]:
    names = LocationNames(document, form)
    rows = [[_(heading) for heading, _width in _COLUMNS]]
    for number, finding in enumerate(findings, start=1):
        accepted = finding.accepted
        done = "" if accepted is None else _("{by}已接受：{reason}").format(by=accepted.by, reason=accepted.reason)
        cells = (
            str(number), finding.severity.label, finding.rule, names.file(finding.location.file),
            names.field(finding.location), excerpt(names.quote(finding), finding.span, _QUOTED),
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
        sentence = _("接受已失效：问题已经不在，或者文字改过")
        cells = ("", _("说明"), one.rule, names.file(one.file), names.field(place), "", sentence, "", done)
        rows.append([_shown(cell) for cell in cells])
    sums, changed = sums_sentence(document, form), settings_lines(settings or ReviewSettings())
    told_last = [sentence for sentence in (*unread_lines(unread), sums, *changed) if sentence]
    return rows + [["", _("说明"), "", "", "", "", _shown(sentence), "", ""] for sentence in told_last]


def _shown(text: str) -> str:
    """The text with control characters as signs; line breaks stay."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _set_up(sheet: "Worksheet", rows: int) -> None:
    """Its columns, the heading that stays, the filter, and the page that it is printed on."""
    for column, (_heading, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows - 1, len(_COLUMNS) - 1)
    sheet.repeat_rows(0)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)


def _height(cells: Sequence[str]) -> int:
    """Points of a row: spreadsheets do not heighten one for its wrapped text when they open a workbook."""
    lines = max(
        sum(len(wrap(line, width - 1)) for line in cell.split("\n"))
        for cell, (_heading, width) in zip(cells, _COLUMNS, strict=True)
    )
    return min(_HIGHEST, _LINE * lines + 3)
