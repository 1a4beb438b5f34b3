"""X007: remarks of others that nobody has settled."""

from perftui.locale import N_, _
from perftui.model.record import FieldPath
from perftui.model.remarks import open_remarks
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject


@rule("X007", Severity.WARNING, N_("批注没有处理"))
def _open_remarks(subject: Subject) -> Hits:
    for remark in open_remarks(subject.record):
        path = _standing(subject, remark.path)
        at = FieldText(path=path, text=subject.at(path)) if path else path
        message = _("{by}批注：{text}") if remark.by else _("批注：{text}")
        if remark.answer:
            message = _("{by}批注：{text}（已答复：{answer}）") if remark.by else _("批注：{text}（已答复：{answer}）")
        advice = _("照着改好，再“接受问题”写一句答复，批注就算处理了")
        yield hit(at, message, advice, key=remark.id, by=remark.by, text=remark.text, answer=remark.answer)


def _standing(subject: Subject, path: FieldPath) -> FieldPath:
    """The place of a remark; of a row that is gone, its file."""
    group = subject.spec.group(path[0]) if len(path) > 1 else None
    gone = group is not None and subject.record.row(group.key, path[1]) is None
    return () if gone or len(path) > 3 else path
