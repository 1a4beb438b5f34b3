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


def group_findings(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Findings grouped into entries: the most severe first, then by rule, then in document order.

    There may be a hundred thousand: nothing is called for each.
    """
    found: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        accepted = one.accepted and (one.accepted.by, one.accepted.reason)
        key = (one.rule, one.severity, one.message, one.quote, one.span, accepted)
        found.setdefault(key, []).append(one)
    groups = list(found.values())
    ranks = [(-group[0].severity, group[0].rule) for group in groups]
    order = sorted(range(len(groups)), key=ranks.__getitem__)
    return tuple([FindingGroup(findings=tuple(groups[at])) for at in order])
