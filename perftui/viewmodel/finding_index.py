"""The findings of a document by place and by file, kept up with its edits: what one did not touch stays as it was."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import is_
from typing import TYPE_CHECKING

from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.stop_flag import NEVER, StopFlag
from perftui.review.finding import Acceptance, Finding, Severity
from perftui.review.grouping import FindingGroup, group_findings
from perftui.session.remaining import Fault, faults_of
from perftui.viewmodel.grid import Tone

if TYPE_CHECKING:
    from perftui.review.engine import FileReview, Review

TONES: Mapping[Severity, Tone] = {
    Severity.ERROR: Tone.ERROR,
    Severity.WARNING: Tone.WARNING,
    Severity.HINT: Tone.HINT,
}

_NONE: tuple[Finding, ...] = ()


class FileFindings:
    """The findings that stand in one file, and what is asked of them again and again."""

    def __init__(self, file: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        still = [one for one in findings if one.accepted is None]
        self.counts = Counter([one.severity for one in still])
        self.at: dict[Location, list[Finding]] = {}
        """The open ones by place, also by places in other files. A finding may name a place in every file: each is
        hashed once."""
        for one in still:
            for place in one.places or (one.location,):
                self.at.setdefault(place, []).append(one)
        self.faults_elsewhere = faults_of(findings)
        """By file: most findings speak of no other."""
        self.faults = self.faults_elsewhere.pop(file, [])
        self.is_about_others = not {place.file for place in self.at} <= {file}


@frozen
class FindingPlaces:
    """The open findings of each place."""

    files: Mapping[str, FileFindings]
    others: tuple[tuple[str, FileFindings], ...]
    """The files whose findings speak of other files."""

    def get(self, place: Location, default: tuple[Finding, ...] = _NONE) -> tuple[Finding, ...]:
        """The findings of a place, worst first."""
        own = self.files.get(place.file)
        found = list(own.at.get(place, _NONE)) if own is not None else []
        for file, one in self.others:
            if file != place.file and place in one.at:
                found += one.at[place]
        found.sort(key=lambda one: -one.severity)
        return tuple(found) or default

    def __contains__(self, place: object) -> bool:
        return isinstance(place, Location) and bool(self.get(place))


@dataclass(frozen=True, kw_only=True)
class FindingIndex:
    """The findings of a document."""

    files: Mapping[str, FileFindings] = field(default_factory=dict)
    """Of every file in which any stand, in the document's order."""
    counts: Counter[Severity] = field(default_factory=Counter)
    """How many are open, by severity."""
    lapsed: tuple[Acceptance, ...] = ()
    """Acceptances for which there is no finding any more."""
    changed: tuple[str, ...] = ()
    """The rules that the data folder turned off or weighs otherwise, a sentence each."""
    pending: bool = False
    """The rules have not been asked yet."""

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "FindingIndex":
        """The index of some findings."""
        by_file: dict[str, list[Finding]] = {}
        for one in findings:
            by_file.setdefault(one.location.file, []).append(one)
        files = {file: FileFindings(file, some) for file, some in by_file.items()}
        return cls(files=files, counts=sum((one.counts for one in files.values()), Counter()))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, by file in document order."""
        return tuple(one for file in self.files.values() for one in file.findings)

    @cached_property
    def groups(self) -> tuple[FindingGroup, ...]:
        """The findings as the list of them shows them."""
        return group_findings([one for file in self.files.values() for one in file.findings])

    @cached_property
    def at(self) -> FindingPlaces:
        """The open findings by place."""
        return FindingPlaces(files=self.files, others=self._others)

    @cached_property
    def faults(self) -> dict[str, list[Fault]]:
        """What keeps each file from being done."""
        found = {file: one.faults for file, one in self.files.items()}
        for _file, one in self._others:
            for other, faults in one.faults_elsewhere.items():
                found[other] = [*found.get(other, []), *faults]
        return found

    @cached_property
    def _others(self) -> tuple[tuple[str, FileFindings], ...]:
        return tuple([(file, one) for file, one in self.files.items() if one.is_about_others])

    def tells_the_same(self, other: "FindingIndex") -> bool:
        """Are these the findings of another index?"""
        return (
            list(self.files) == list(other.files)
            and all(map(is_, self.files.values(), other.files.values()))
            and (self.lapsed, self.changed, self.pending) == (other.lapsed, other.changed, other.pending)
        )

    def counts_of(self, file: str) -> Counter[Severity]:
        """How many are open in a file, by severity."""
        known = self.files.get(file)
        return known.counts if known is not None else Counter()

    def without(self, row: Location | None) -> "FindingIndex":
        """The findings without those of a row that is not judged yet."""
        own = self.files.get(row.file) if row is not None else None
        if row is None or own is None:
            return self
        size = len(row.path)
        others = [one for one in own.findings if one.location.file != row.file or one.location.path[:size] != row.path]
        if len(others) == len(own.findings):
            return self
        judged = FileFindings(row.file, others)
        counts = Counter(self.counts)
        counts.subtract(own.counts)
        counts.update(judged.counts)
        return replace(self, files={**self.files, row.file: judged}, counts=counts)

    def tone(self, place: Location) -> Tone | None:
        """The tone of the worst finding at a place."""
        findings = self.at.get(place)
        return TONES[findings[0].severity] if findings else None


class IndexedReview:
    """The index of a review, kept up with it: a file that was not reviewed again is not looked at again."""

    def __init__(self) -> None:
        self._settings: object = None
        self._known: dict[str, tuple[FileReview, Sequence[Finding], FileFindings]] = {}
        self._counts: Counter[Severity] = Counter()

    def of(self, review: "Review", stop: StopFlag = NEVER) -> tuple[dict[str, FileFindings], Counter[Severity]]:
        """The findings of each file that has any, and how many are open. Raises Stopped."""
        if review.settings is not self._settings:
            self._settings, self._known, self._counts = review.settings, {}, Counter()
        before, self._known, beside = self._known, {}, review.beside
        counts = Counter(self._counts)
        for file, reviewed in review.files.items():
            near, known = beside.get(file, _NONE), before.get(file)
            if known is None or known[0] is not reviewed or known[1] != near:
                if known is not None:
                    counts.subtract(known[2].counts)
                if not reviewed.findings and not near:
                    continue
                stop.check()
                found = review.of(file)
                of_file = known[2] if known is not None and known[2].findings == found else FileFindings(file, found)
                known = reviewed, near, of_file
                counts.update(of_file.counts)
            self._known[file] = known
        for file, (_reviewed, _near, gone) in before.items():
            if file not in review.files:
                counts.subtract(gone.counts)
        self._counts = counts
        files = {file: one for file, (_reviewed, _beside, one) in self._known.items()}
        undecided = FindingIndex.of(review.settings.undecided)  # of the settings' own files
        return {**files, **undecided.files}, counts + undecided.counts
