"""The same rule saying the same of the same text is one entry with its places."""

from collections.abc import Iterable
from dataclasses import dataclass

from perftui.locale import _
from perftui.model.document import Location
from perftui.review.catalogue import rule_of
from perftui.review.finding import Finding, Severity
from perftui.review.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One sentence and everywhere it holds."""

    finding: Finding
    """The first of them."""
    places: tuple[Location, ...]

    @property
    def title(self) -> str:
        """What the rule is called."""
        rule = rule_of(self.finding.rule)
        return _(rule.title) if rule is not None else self.finding.rule


def entries(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """Findings grouped, the weightiest first, then by rule, then in document order."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.rule, finding.severity, finding.message, finding.quote, finding.span, finding.accepted)
        found.setdefault(key, []).append(finding)
    made = [Entry(finding=group[0], places=_places(group)) for group in found.values()]
    return tuple(sorted(made, key=lambda entry: (-entry.finding.severity, entry.finding.rule)))


def _places(group: list[Finding]) -> tuple[Location, ...]:
    """Where it holds; a finding about a group of projects holds in each of them."""
    return tuple(place for finding in group for place in (finding.places or (finding.location,)))


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """The open findings of each severity, the worst first."""
    weights = [finding.severity for finding in findings if finding.is_open]
    return {severity: weights.count(severity) for severity in reversed(Severity)}


def told_settings(settings: Settings) -> list[str]:
    """What the data folder changed of the rules: never silently."""
    off = [_("规则 {rule} 已关闭：{title}").format(rule=rule, title=_title(rule)) for rule in sorted(settings.off)]
    weighed = [
        _("规则 {rule} 改按{severity}处理：{title}").format(rule=rule, severity=severity.label, title=_title(rule))
        for rule, severity in sorted(settings.severities.items())
    ]
    return off + weighed


def _title(rule_id: str) -> str:
    rule = rule_of(rule_id)
    return _(rule.title) if rule is not None else _("没有这条规则")
