"""The part that all reports have beside the findings: counts, and the rules that the data folder changed."""

from collections.abc import Collection, Iterable

from perftui.locale import _
from perftui.review.finding import Acceptance, Finding, Severity
from perftui.review.review_settings import ReviewSettings

UnreadFile = tuple[str, int | None, str]
"""A file that cannot be read: its name, the line where one is to blame, and why."""


def unread_lines(unread: Iterable[UnreadFile]) -> list[str]:
    """A sentence for each file that cannot be read."""
    places = [(file if line is None else f"{file}:{line}", reason) for file, line, reason in unread]
    return [_("不能读取 {problem}").format(problem=f"{place}: {reason}") for place, reason in places]


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """The open findings of each severity, the worst first."""
    weights = [finding.severity for finding in findings if finding.is_open]
    return {severity: weights.count(severity) for severity in reversed(Severity)}


def settings_lines(settings: ReviewSettings) -> list[str]:
    """A sentence for each rule that the data folder switched off or gave another severity, so that readers see it."""
    off = [_("规则 {rule} 已关闭：{title}").format(rule=rule, title=title_of(rule)) for rule in sorted(settings.off)]
    weighed = [
        _("规则 {rule} 改按{severity}处理：{title}").format(rule=rule, severity=severity.label, title=title_of(rule))
        for rule, severity in sorted(settings.severities.items())
    ]
    return off + weighed


def lapsed_lines(lapsed: Collection[Acceptance]) -> list[str]:
    """How many acceptances no finding answers to any more, where there are any."""
    sentence = _("已失效的接受 {count} 条：问题已经不在，或者文字改过").format(count=len(lapsed))
    return [sentence] if lapsed else []


def title_of(rule_id: str) -> str:
    """What a rule is called."""
    from perftui.review.catalogue import rule_of  # all rules are loaded with it: not where nothing is told

    rule = rule_of(rule_id)
    return _(rule.title) if rule is not None else _("没有这条规则")
