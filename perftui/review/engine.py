"""The rules are asked here: one file at a time, then the document by the files' facts.

They are loaded when one is asked: a document that a cache answers for needs none of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from perftui.forms import Form, Role
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import Record
from perftui.review.facts import Facts, Survey, facts_of
from perftui.review.finding import Finding, Severity
from perftui.review.order import Place, Places
from perftui.review.settings import Settings
from perftui.review.subject import Context, Subject

if TYPE_CHECKING:
    from perftui.review.rule import Hit, Rule

RULES_VERSION = 1
"""Of what the rules find: part of the key of a cache of findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What the rules that look at one file found in it."""

    findings: tuple[Finding, ...]
    """In the form's order; settings are not applied."""
    facts: Facts
    record: Record | None = None
    """The record it is about; ``None`` where a cache answers for a file that was not read."""

    def about(self, record: Record) -> "Reviewed":
        """The same, about a record that was read after a cache had answered for it."""
        return self if self.record is record else replace(self, record=record)

    def to_plain(self) -> tuple[Any, ...]:
        """As plain tuples, for a cache."""
        return tuple(finding.to_plain() for finding in self.findings), self.facts.to_plain()

    @classmethod
    def from_plain(cls, plain: tuple[Any, ...], record: Record | None = None) -> "Reviewed":
        """What ``to_plain`` made."""
        findings, facts = plain
        return cls(
            findings=tuple(Finding.from_plain(one) for one in findings), facts=Facts.from_plain(facts), record=record
        )


@dataclass(frozen=True, kw_only=True)
class Review:
    """The findings of a document, kept so that an edit costs only what it touched."""

    form: Form
    context: Context
    settings: Settings
    files: Mapping[str, Reviewed]
    """The department first, then the projects in reading order."""
    across: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    """What each rule over the document found."""

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, by file in document order, then by field."""
        beside = self._beside  # most files have nothing: thousands need not be asked
        with_some = [file for file, reviewed in self.files.items() if reviewed.findings or file in beside]
        return tuple(found for file in with_some for found in self.of(file))

    @cached_property
    def _beside(self) -> Mapping[str, Sequence[Finding]]:
        return _by_file(self.across.values())

    def of(self, file: str) -> tuple[Finding, ...]:
        """The findings of one file, those of rules over the document included."""
        reviewed, beside = self.files[file], self._beside.get(file, ())
        found = list(reviewed.findings)
        if not found and not beside:
            return ()
        if beside:
            place = Places.of_facts(self.form.spec_of(file), reviewed.facts)
            found = sorted([*found, *beside], key=lambda finding: _rank(place, finding))
        return tuple(self.settings.apply(found))

    def count(self, severity: Severity) -> int:
        """The open findings of a severity."""
        return sum(1 for finding in self.findings if finding.severity is severity and finding.is_open)


def review(document: Document, form: Form, settings: Settings | None = None) -> tuple[Finding, ...]:
    """Every finding of a document, by file in document order, then by field."""
    return review_document(document, form, settings).findings


def review_document(
    document: Document, form: Form, settings: Settings | None = None, known: Mapping[str, Reviewed] | None = None
) -> Review:
    """The review of a whole document. ``known``: what a cache holds of files that did not change."""
    chosen, given = settings or Settings(), known or {}
    context = context_of(document.department, form, document.year, chosen)
    files = {
        file: given[file].about(record) if file in given else review_file(file, record, form, context)
        for file, record in document.files()
    }
    return review_files(files, document.department, form, context, chosen)


def review_files(
    files: Mapping[str, Reviewed], department: Record, form: Form, context: Context, settings: Settings
) -> Review:
    """The review of files that were reviewed one by one: the rules over the document are asked."""
    from perftui.review.catalogue import SURVEY_RULES

    survey = _survey(files, department, form, context)
    across = {rule.id: _across(rule, survey) for rule in SURVEY_RULES}
    return Review(form=form, context=context, settings=settings, files=files, across=across)


def review_edit(before: Review, document: Document) -> Review:
    """The review after an edit: files whose record is the same one are not looked at again."""
    context = context_of(document.department, before.form, document.year, before.settings)
    if context != before.context:
        return review_document(document, before.form, before.settings)
    files = _again(before, {DEPARTMENT: document.department, **document.projects})
    changed = _changed(before.files, files)
    if changed == []:
        return replace(before, files=files)
    from perftui.review.catalogue import SURVEY_RULES

    asked = [rule for rule in SURVEY_RULES if not _same(rule, changed)]
    across = dict(before.across)
    if asked:  # the facts of all files, which may still be bytes in a cache
        survey = _survey(files, document.department, before.form, context)
        across |= {rule.id: _across(rule, survey) for rule in asked}
    return replace(before, files=files, across=across)


def review_file(file: str, record: Record, form: Form, context: Context) -> Reviewed:
    """What the rules that look at one file find in it, in the form's order."""
    from perftui.review.catalogue import FILE_RULES
    from perftui.review.causes import one_cause
    from perftui.review.texts import SLIPS

    spec = form.spec_of(file)
    subject = Subject(file=file, record=record, spec=spec, form=form, context=context)
    hits = [(rule, hit) for rule in FILE_RULES if rule.check is not None for hit in rule.check(subject)]
    findings = [_finding(rule, hit, file) for rule, hit in one_cause(hits)]
    if len(findings) > 1:
        place = Places.of_record(spec, record)
        findings.sort(key=lambda finding: _rank(place, finding))
    slips = frozenset(finding.location.path for finding in findings if finding.rule == SLIPS)
    return Reviewed(findings=tuple(findings), facts=facts_of(subject, slips), record=record)


def context_of(department: Record, form: Form, year: int, settings: Settings) -> Context:
    """What rules may know of the document around a file."""
    spec = form.department
    return Context(
        year=year,
        division=spec.text_of(department, Role.DIVISION).strip(),
        unit_name=spec.text_of(department, Role.UNIT_NAME).strip(),
        amount_unit=form.amount_unit_of(department),
        typos=tuple(settings.typos.items()),
        weight_totals=settings.weight_totals,
    )


def context_key(context: Context, form: Form) -> str:
    """What a cache of findings depends on beside the file: rules, form, language, and the document's facts."""
    told = repr((RULES_VERSION, form, Severity.ERROR.label, context))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _survey(files: Mapping[str, Reviewed], department: Record, form: Form, context: Context) -> Survey:
    return Survey(
        form=form,
        context=context,
        approved_total=form.department.text_of(department, Role.APPROVED_TOTAL).strip(),
        projects={file: reviewed.facts for file, reviewed in files.items() if file != DEPARTMENT},
    )


def _across(rule: "Rule", survey: Survey) -> tuple[Finding, ...]:
    hits = rule.survey(survey) if rule.survey is not None else ()
    return tuple(_finding(rule, hit, hit.file) for hit in hits)


def _again(before: Review, records: Mapping[str, Record]) -> dict[str, Reviewed]:
    """Every file with its review, the old one where the record is the same one."""
    old = before.files
    known = old if list(old) == list(records) else {file: old[file] for file in records if file in old}
    anew = [file for file, one in known.items() if one.record is not records[file]]
    anew += [file for file in records if file not in known]
    looked = {file: review_file(file, records[file], before.form, before.context) for file in anew}
    found = {**known, **looked}
    return found if list(found) == list(records) else {file: found[file] for file in records}


def _changed(before: Mapping[str, Reviewed], after: Mapping[str, Reviewed]) -> list[tuple[Facts, Facts]] | None:
    """The facts of projects that were looked at again, before and after; ``None`` where more than they changed."""
    if before.get(DEPARTMENT) is not after.get(DEPARTMENT) or list(before) != list(after):
        return None
    return [(before[file].facts, one.facts) for file, one in after.items() if one is not before[file]]


def _same(rule: "Rule", changed: list[tuple[Facts, Facts]] | None) -> bool:
    """Are the facts that a rule over the document compares the same as before?"""
    return changed is not None and all(rule.compared(old) == rule.compared(new) for old, new in changed)


def _rank(place: Places, finding: Finding) -> tuple[Place, int, str]:
    """Where a finding stands in its file: by field, the weightiest of a field first."""
    path = finding.location.path
    return (place(path), -finding.severity, finding.rule) if place.knows(path) else (place(path), 0, "")


def _finding(rule: "Rule", hit: "Hit", file: str) -> Finding:
    return Finding(
        rule=rule.id, severity=rule.severity, location=Location(file=file, path=hit.path), message=hit.message,
        advice=hit.advice, quote=hit.quote, span=hit.span, places=hit.places, fix=hit.fix,
        key=hit.key,
    )  # fmt: skip


def _by_file(groups: Iterable[tuple[Finding, ...]]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for group in groups:
        for finding in group:
            found.setdefault(finding.location.file, []).append(finding)
    return found
