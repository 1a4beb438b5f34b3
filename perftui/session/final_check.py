"""Review and print: a final document has no open errors, and a draft lists its open findings at the end."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from perftui.exchange.page import MarginNote
from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document
from perftui.model.remarks import Remark, open_remarks
from perftui.model.text import visible
from perftui.review.finding import COPIED, Finding, Severity
from perftui.review.grouping import FindingGroup, group_findings
from perftui.review.location_names import LocationNames
from perftui.review.report.summary import counts


class NotFinal(Exception):  # noqa: N818 - named for what it says
    """The document cannot be made final yet; ``str()`` of it is the sentence for the person."""

    def __init__(self, sentence: str, *, unreadable: bool) -> None:
        super().__init__(sentence)
        self.unreadable = unreadable
        """Because of files that cannot be read."""


def open_findings(findings: Sequence[Finding], files: Collection[str] | None = None) -> tuple[Finding, ...]:
    """What nobody settled or accepted yet, in the whole document or in some of its projects."""
    return tuple(one for one in findings if one.is_open and (files is None or one.files & set(files)))


def as_final(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings as they weigh for a final document: what was copied and not looked at is a warning there."""
    return tuple(
        replace(one, severity=Severity.WARNING) if one.rule == COPIED and one.severity < Severity.WARNING else one
        for one in findings
    )


def require_final(findings: Sequence[Finding], unreadable: int) -> None:
    """Raises NotFinal where one of the open findings is an error, or files cannot be read."""
    if unreadable:
        raise NotFinal(_("有 {count} 个文件不能读取，没有导出定稿").format(count=unreadable), unreadable=True)
    errors = sum(one.severity is Severity.ERROR for one in findings)
    if errors:
        raise NotFinal(_("还有 {count} 个错误没有处理或接受，没有导出定稿").format(count=errors), unreadable=False)


def remarks_of(document: Document, form: Form, findings: Sequence[Finding]) -> list[tuple[str, str, str, str]]:
    """What a draft lists at its end, as ``check`` groups it: severity and rule, what is wrong, its places, advice."""
    names = LocationNames(document, form)
    return [_remark(entry, names) for entry in group_findings(findings)] or [("", _("没有发现问题"), "", "")]


def _remark(entry: FindingGroup, names: LocationNames) -> tuple[str, str, str, str]:
    said = entry.finding
    places = "\n".join(visible(names.of(place)) for place in entry.places)
    return f"{said.severity.label} {said.rule}", visible(said.message), places, visible(said.advice)


def notes_of(document: Document, findings: Sequence[Finding]) -> tuple[MarginNote, ...]:
    """What is written into the margin: each finding at its place, with what to do; others' remarks as they are."""
    said = {(file, one.id): one for file, record in document.files() for one in open_remarks(record)}
    return tuple(_note(one, said.get((one.location.file, one.key))) for one in findings)


def _note(finding: Finding, said: Remark | None) -> MarginNote:
    place = finding.location
    record = "" if place.file == DEPARTMENT else place.file
    if said is not None:
        return MarginNote(record=record, path=said.path, text=said.text, by=said.by or _("批注"), date=said.date)
    sentence = f"{finding.severity.label} {finding.rule}：{visible(finding.message)}"
    advice = _("建议：{advice}").format(advice=visible(finding.advice)) if finding.advice else ""
    return MarginNote(record=record, path=place.path, text=f"{sentence}\n{advice}".rstrip())


def counted(findings: Sequence[Finding]) -> str:
    """How many findings of each severity are open: 错误 3 · 警告 12; "" for none."""
    return " · ".join(f"{severity.label} {count}" for severity, count in counts(findings).items() if count)
