"""The list of findings, and what is said about one."""

from collections.abc import Sequence

from perftui.locale import _
from perftui.model.document import DEPARTMENT
from perftui.model.text import visible
from perftui.model.width import cell_len
from perftui.review.finding import Finding, Severity
from perftui.viewmodel.cells import label_cell
from perftui.viewmodel.grid import GAP, Cell, GridRow, GridView, Tone, placed
from perftui.viewmodel.projects import mark_sign
from perftui.viewmodel.search import matching
from perftui.viewmodel.shown import TONES, Shown


def findings_view(shown: Shown, width: int, wanted: str = "") -> GridView:
    """A row a finding, worst first within each file; the filter looks in places and sentences."""
    findings = matching(wanted, shown.index.findings, lambda one: (one.rule, one.message, finding_place(shown, one)))
    level = max(cell_len(severity.label) for severity in Severity)
    place = 22 if width < 100 else 36
    widths = (1, level, place, max(20, width - 1 - level - place - 3 * GAP))
    titles = ("", _("级别"), _("位置"), _("问题"))
    return GridView(
        rows=[_row(shown, finding, widths) for finding in findings],
        header=GridRow(cells=placed([label_cell(title, Tone.HEAD) for title in titles], widths)),
        width=width,
        row_cursor=True,
        empty=_("没有发现问题") if not wanted else _("没有含“{wanted}”的问题").format(wanted=wanted),
    )


def finding_place(shown: Shown, finding: Finding) -> str:
    """Where a finding is, in words: the project, then the field."""
    file = finding.location.file
    whose = _("部门") if file == DEPARTMENT else shown.name(file)
    return " ".join(part for part in (whose, shown.place_label(finding.location)) if part)


def finding_text(finding: Finding) -> str:
    """What is wrong and what to do, in one line."""
    accepted = "" if finding.accepted is None else _("（已接受：{reason}）").format(reason=finding.accepted.reason)
    return visible(f"{finding.severity.label}：{finding.message}。{finding.advice}{accepted}")


def next_finding(findings: Sequence[Finding], after: int) -> int | None:
    """The index of the next open finding, around the end; ``None`` where there is none."""
    count = len(findings)
    return next(
        (number % count for number in range(after + 1, after + 1 + count) if findings[number % count].is_open), None
    )


def _row(shown: Shown, finding: Finding, widths: tuple[int, ...]) -> GridRow:
    tone = Tone.DIM if not finding.is_open else TONES[Severity(finding.severity)]
    message = visible(finding.message) if finding.is_open else _("（已接受）") + visible(finding.message)
    cells = [
        Cell(text=mark_sign(tone), tone=tone),
        Cell(text=finding.severity.label, tone=tone),
        Cell(text=visible(finding_place(shown, finding)), tone=Tone.LABEL, place=finding.location, label=finding.rule),
        Cell(text=message),
    ]
    return GridRow(cells=placed(cells, widths), key=finding.location)
