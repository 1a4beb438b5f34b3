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
        return tuple([place for one in self.findings for place in (one.places or (one.location,))])


KeyedFinding = tuple[tuple[object, ...], Finding]
"""A finding behind what all of its entry have."""


def keyed(findings: Iterable[Finding]) -> list[KeyedFinding]:
    """Findings with what their entry is told by."""
    return [
        ((one.rule, one.severity, one.message, one.quote, one.span,
          one.accepted and (one.accepted.by, one.accepted.reason)), one)
        for one in findings
    ]  # fmt: skip


def grouped(findings: Iterable[KeyedFinding]) -> tuple[FindingGroup, ...]:
    """Findings grouped into entries: the most severe first, then by rule, then in document order.

    There may be a hundred thousand: nothing is called for each.
    """
    found: dict[tuple[object, ...], list[Finding]] = {}
    for key, finding in findings:
        found.setdefault(key, []).append(finding)
    groups = list(found.values())
    ranks = [(-one[0].severity, one[0].rule) for one in groups]
    order = sorted(range(len(groups)), key=ranks.__getitem__)
    return tuple([FindingGroup(findings=tuple(groups[at])) for at in order])


def group_findings(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Findings grouped into the entries of a list."""
    return grouped(keyed(findings))
