"""X004, X005: the document as a whole."""

from perftui.locale import N_, _
from perftui.model.conflicts import OURS, OURS_BY, THEIRS, THEIRS_BY, WHOLE, conflict_rows
from perftui.model.document import DEPARTMENT
from perftui.model.record import Row
from perftui.review.facts import Survey
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hit, Hits, document_rule, hit, rule
from perftui.review.subject import FieldText, Subject


@document_rule("X004", Severity.WARNING, N_("没有项目"), compared=lambda facts: None)
def _no_project(survey: Survey) -> Hits:
    if not survey.projects:
        yield hit((), _("一个项目也没有"), _("按 Ins 新建项目，或者从上年结转"), file=DEPARTMENT)


@rule("X005", Severity.ERROR, N_("合并的冲突没有处理"))
def _conflicts(subject: Subject) -> Hits:
    blank = _("（空）")
    for path, rows in conflict_rows(subject.record).items():
        if path == WHOLE:
            yield _deleted_and_edited(rows[0])
            continue
        ours = rows[0].text(OURS)
        others = [
            _("{by}改成了“{theirs}”").format(by=row.text(THEIRS_BY) or _("别人"), theirs=row.text(THEIRS) or blank)
            for row in rows
        ]
        message = _("合并时有冲突没有处理：这里是“{ours}”，{others}")
        advice = _("按 F4 选用哪一个，或者重新填写")
        yield hit(FieldText(path=path, text=ours), message, advice, ours=ours or blank, others=_("；").join(others))


def _deleted_and_edited(row: Row) -> Hit:
    """A project that one side edited and the other deleted."""
    edited, deleted = row.text(OURS_BY) or _("一方"), row.text(THEIRS_BY) or _("另一方")
    message, advice = _("{edited}改过这个项目，{deleted}删除了它"), _("按 F4 选留下还是删除")
    return hit((), message, advice, edited=edited, deleted=deleted)
