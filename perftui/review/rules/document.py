"""X004, X005: the document as a whole."""

from perftui.locale import N_, _
from perftui.model.conflicts import OURS, OURS_BY, THEIRS_BY, WHOLE, conflict_rows, dispute_of, is_about_row, value_at
from perftui.model.document import DEPARTMENT
from perftui.model.record import Row
from perftui.review.conflict_sides import sides_in_words, value_in_words
from perftui.review.facts import DocumentFacts
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hit, Hits, document_rule, hit, rule
from perftui.review.subject import FieldText, Subject


@document_rule("X004", Severity.WARNING, N_("没有项目"), compared=lambda facts: None)
def _no_project(survey: DocumentFacts) -> Hits:
    if not survey.projects and survey.form.has_projects:
        yield hit((), _("一个项目也没有"), _("按 Ins 新建项目，或者从上年结转"), file=DEPARTMENT)


@rule("X005", Severity.ERROR, N_("合并的冲突没有处理"))
def _conflicts(subject: Subject) -> Hits:
    for path, rows in conflict_rows(subject.record).items():
        if path == WHOLE:
            yield _deleted_and_edited(rows[0])
            continue
        is_row = is_about_row(subject.record, path, rows)
        held = rows[0].values.get(OURS) if is_row else value_at(subject.record, path)
        dispute = dispute_of(rows, held, rows[0].text(OURS_BY) if is_row else "")
        sentence = sides_in_words(dispute.ours, dispute.others, dispute.base, is_row=is_row)
        message, advice = _("两边都改了：{sides}"), _("按 F4 选用哪一个，或者重新填写")
        yield hit(FieldText(path=path, text=value_in_words(held, is_row=is_row)), message, advice, sides=sentence)


def _deleted_and_edited(row: Row) -> Hit:
    """A project that one side edited and the other deleted."""
    edited, deleted = row.text(OURS_BY) or _("一方"), row.text(THEIRS_BY) or _("另一方")
    message, advice = _("{edited}改过这个项目，{deleted}删除了它"), _("按 F4 选留下还是删除")
    return hit((), message, advice, edited=edited, deleted=deleted)
