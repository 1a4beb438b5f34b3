"""X006: copied texts that nobody has looked at."""

from perftui.locale import N_, _
from perftui.model.document import Location
from perftui.model.unreviewed import copied_from, marked_paths
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import Subject


@rule("X006", Severity.HINT, N_("照抄的内容没有核对"))
def _copied(subject: Subject) -> Hits:
    paths = marked_paths(subject.record)
    if paths:
        sources = dict.fromkeys(copied_from(subject.record, path) for path in paths)
        message = _("有 {count} 处内容照抄自“{source}”，还没有核对")
        advice = _("按 Ctrl+G 一处一处看：没问题按 F3，要改的直接输入")
        places = tuple(Location(file=subject.file, path=path) for path in paths)
        yield hit(paths[0], message, advice, places=places, count=len(paths), source=_("、").join(sources))
