"""Entries of a list of findings: the same finding in several places is one entry."""

from collections.abc import Iterable

from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.review.finding import Finding


@frozen
class FindingGroup:
    """The findings of one rule with the same message about the same text."""

    findings: tuple[Finding, ...]
    """All that say it, in document order."""

    @property
    def finding(self) -> Finding:
        """The first of them."""
        return self.findings[0]

    @property
    def places(self) -> tuple[Location, ...]:
        """Every place of its findings; a finding about several projects has a place in each."""
        return tuple(place for finding in self.findings for place in (finding.places or (finding.location,)))


def group_findings(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Findings grouped into entries: the most severe first, then by rule, then in document order."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        accepted = finding.accepted and (finding.accepted.by, finding.accepted.reason)
        key = (finding.rule, finding.severity, finding.message, finding.quote, finding.span, accepted)
        found.setdefault(key, []).append(finding)
    made = [FindingGroup(findings=tuple(group)) for group in found.values()]
    return tuple(sorted(made, key=lambda entry: (-entry.finding.severity, entry.finding.rule)))
