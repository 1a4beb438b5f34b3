"""X004, X005: the document as a whole."""

from collections.abc import Iterator

from perftui.locale import N_, _
from perftui.model.document import DEPARTMENT
from perftui.model.record import CONFLICTS, parse_path
from perftui.review.facts import Survey
from perftui.review.finding import Severity
from perftui.review.rule import Hit, document_rule, rule
from perftui.review.subject import Subject


@document_rule("X004", Severity.WARNING, N_("没有项目"), compared=lambda facts: None)
def _no_project(survey: Survey) -> Iterator[Hit]:
    if not survey.projects:
        message, advice = _("一个项目也没有"), _("按 Ins 新建项目，或者从上年结转")
        yield Hit(file=DEPARTMENT, path=(), message=message, advice=advice)


@rule("X005", Severity.ERROR, N_("合并的冲突没有处理"))
def _conflicts(subject: Subject) -> Iterator[Hit]:
    for row in subject.record.rows(CONFLICTS):
        told = {key: row.text(key) for key in ("field", "ours", "theirs", "theirs_by")}
        path = parse_path(told["field"])
        by = told["theirs_by"] or _("别人")
        message = _("合并时有冲突没有处理：这里是“{ours}”，{by}改成了“{theirs}”").format(
            ours=told["ours"] or _("（空）"), theirs=told["theirs"] or _("（空）"), by=by
        )
        yield Hit(path=path, message=message, advice=_("按 F4 选用哪一个，或者重新填写"), quote=told["ours"])
