"""Running the rules: those of one file on each file, then those of the document on the facts of all files.

The modules of the rules are imported inside the functions that need them: where a cache holds all findings, none is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from perftui.forms import Form, Role
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.frozen import frozen
from perftui.model.record import Record
from perftui.model.stop_flag import NEVER, StopFlag
from perftui.review.facts import DocumentFacts, RecordFacts, facts_of
from perftui.review.field_order import FieldOrder, FieldPosition
from perftui.review.finding import Finding, Severity
from perftui.review.review_settings import ReviewSettings
from perftui.review.subject import Context, Subject

if TYPE_CHECKING:
    from perftui.review.rule_definition import Hit, Rule

RULES_VERSION = 11
"""Raise it when the rules find something else: it is part of the key of the cache of findings."""


@frozen
class FileReview:
    """The findings of the rules that look at one file, and its facts for the rules over the document."""

    findings: tuple[Finding, ...]
    """In the form's order; settings are not applied."""
    facts: RecordFacts
    record: Record | None = None
    """The record it is about; ``None`` where a cache answers for a file that was not read."""

    def with_record(self, record: Record) -> "FileReview":
        """The same review with its record, which may be read only after the cache has given the findings."""
        return self if self.record is record else replace(self, record=record)

    def let_go(self) -> None:
        """Let go of the facts where they can be had again: they are compared once, and after an edit."""

    def to_plain(self) -> tuple[Any, ...]:
        """Findings and facts as plain tuples, for a cache; the record is not kept."""
        return tuple(finding.to_plain() for finding in self.findings), self.facts.to_plain()

    @classmethod
    def from_plain(cls, plain: tuple[Any, ...], record: Record | None = None) -> "FileReview":
        """The review that ``to_plain`` made plain."""
        findings, facts = plain
        return cls(
            findings=tuple(Finding.from_plain(one) for one in findings),
            facts=RecordFacts.from_plain(facts),
            record=record,
        )


@dataclass(frozen=True, kw_only=True)
class Review:
    """The findings of a document by file and by rule, so that after an edit only what it changed is reviewed again."""

    form: Form
    context: Context
    settings: ReviewSettings
    files: Mapping[str, FileReview]
    """The department first, then the projects in reading order."""
    across: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    """What each rule over the document found."""

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, by file in document order, then by field; those about the settings last."""
        beside = self.beside  # most files have nothing: thousands need not be asked
        with_some = [file for file, reviewed in self.files.items() if reviewed.findings or file in beside]
        return (*(found for file in with_some for found in self.of(file)), *self.settings.undecided)

    @cached_property
    def beside(self) -> Mapping[str, Sequence[Finding]]:
        """What the rules over the document found, by file."""
        return _by_file(self.across.values())

    def of(self, file: str) -> tuple[Finding, ...]:
        """The findings of one file, those of rules over the document included."""
        reviewed, beside = self.files[file], self.beside.get(file, ())
        found = list(reviewed.findings)
        if not found and not beside:
            return ()
        if beside:
            place = FieldOrder.of_facts(self.form.spec_of(file), reviewed.facts)
            found = sorted([*found, *beside], key=lambda finding: _rank(place, finding))
        return tuple(self.settings.apply(found))

    def count(self, severity: Severity) -> int:
        """The open findings of a severity."""
        return sum(1 for finding in self.findings if finding.severity is severity and finding.is_open)


def review(document: Document, form: Form, settings: ReviewSettings | None = None) -> tuple[Finding, ...]:
    """Every finding of a document, by file in document order, then by field."""
    return review_document(document, form, settings).findings


def review_document(
    document: Document,
    form: Form,
    settings: ReviewSettings | None = None,
    known: Mapping[str, FileReview] | None = None,
    stop: StopFlag = NEVER,
) -> Review:
    """The review of a whole document. ``known``: the reviews of files that did not change, from a cache.

    Raises Stopped.
    """
    chosen, given = settings or ReviewSettings(), known or {}
    context = context_of(document, form, chosen)
    files = {
        file: given[file].with_record(record) if file in given else review_file(file, record, form, context)
        for file, record in stop.watched(document.files())
    }
    return review_files(files, document.department, form, context, chosen, stop)


def review_files(
    files: Mapping[str, FileReview],
    department: Record,
    form: Form,
    context: Context,
    settings: ReviewSettings,
    stop: StopFlag = NEVER,
) -> Review:
    """The review of a document whose files are reviewed already: only the rules over the document are asked."""
    from perftui.review.catalogue import DOCUMENT_RULES

    survey = _survey(files, department, form, context)
    across = {rule.id: _across(rule, survey) for rule in stop.watched(DOCUMENT_RULES)}
    return Review(form=form, context=context, settings=settings, files=files, across=across)


def review_edit(before: Review, document: Document, stop: StopFlag = NEVER) -> Review:
    """The review after an edit: files whose record is the same one are not looked at again. Raises Stopped."""
    context = context_of(document, before.form, before.settings)
    if context != before.context:
        return review_document(document, before.form, before.settings, stop=stop)
    files = _again(before, {DEPARTMENT: document.department, **document.projects}, stop)
    if files is before.files:
        return before
    changed = _changed(before.files, files)
    if changed == []:
        return replace(before, files=files)
    from perftui.review.catalogue import DOCUMENT_RULES

    asked = [rule for rule in DOCUMENT_RULES if not _same(rule, changed)]
    across = dict(before.across)
    if asked:  # the facts of all files, which may still be bytes in a cache
        survey = _survey(files, document.department, before.form, context)
        across |= {rule.id: _across(rule, survey) for rule in stop.watched(asked)}
    return replace(before, files=files, across=across)


def rows_to_review(before: Review, document: Document) -> int:
    """How many rows of tables the rules would look at again for the review after an edit."""
    all_anew = context_of(document, before.form, before.settings) != before.context
    records = [
        record
        for file, record in document.files()
        if all_anew or (known := before.files.get(file)) is None or known.record is not record
    ]
    return sum(len(rows) for record in records for rows in record.groups.values())


def review_file(file: str, record: Record, form: Form, context: Context) -> FileReview:
    """The review of one file; findings in the form's order."""
    from perftui.review.catalogue import FILE_RULES
    from perftui.review.rules.texts import SLIPS
    from perftui.review.suppression import suppress_repeats

    spec = form.spec_of(file)
    subject = Subject(file=file, record=record, spec=spec, form=form, context=context)
    hits = [(rule, hit) for rule in FILE_RULES if rule.check is not None for hit in rule.check(subject)]
    findings = [_finding(rule, hit, file) for rule, hit in suppress_repeats(hits)]
    if len(findings) > 1:
        place = FieldOrder.of_record(spec, record)
        findings.sort(key=lambda finding: _rank(place, finding))
    slips = frozenset(finding.location.path for finding in findings if finding.rule == SLIPS)
    return FileReview(findings=tuple(findings), facts=facts_of(subject, slips), record=record)


def context_of(document: Document, form: Form, settings: ReviewSettings) -> Context:
    """The facts of a document that the rules of each file depend on."""
    spec, department = form.department, document.department
    return Context(
        year=document.year,
        unit=document.unit,
        division=spec.text_of(department, Role.DIVISION).strip(),
        unit_name=spec.text_of(department, Role.UNIT_NAME).strip(),
        amount_unit=form.amount_unit_of(department),
        typos=tuple(settings.typos.items()),
        weight_totals=settings.weight_totals,
    )


def context_key(context: Context, form: Form) -> str:
    """The key of a cache of findings beside the file: a digest of rules' version, form, language and context."""
    text = repr((RULES_VERSION, form, Severity.ERROR.label, context))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _survey(files: Mapping[str, FileReview], department: Record, form: Form, context: Context) -> DocumentFacts:
    return DocumentFacts(
        form=form,
        context=context,
        approved_total=form.department.text_of(department, Role.APPROVED_TOTAL).strip(),
        projects={file: reviewed.facts for file, reviewed in files.items() if file != DEPARTMENT},
    )


def _across(rule: "Rule", survey: DocumentFacts) -> tuple[Finding, ...]:
    hits = rule.survey(survey) if rule.survey is not None else ()
    return tuple(_finding(rule, hit, hit.file) for hit in hits)


def _again(before: Review, records: Mapping[str, Record], stop: StopFlag) -> Mapping[str, FileReview]:
    """The reviews of all files after an edit: the same object as before where the record is the same object."""
    old = before.files
    known = old if list(old) == list(records) else {file: old[file] for file in records if file in old}
    anew = [file for file, one in known.items() if one.record is not records[file]]
    anew += [file for file in records if file not in known]
    if not anew and known is old:
        return before.files
    looked = {file: review_file(file, records[file], before.form, before.context) for file in stop.watched(anew)}
    found = {**known, **looked}
    return found if list(found) == list(records) else {file: found[file] for file in records}


def _changed(
    before: Mapping[str, FileReview], after: Mapping[str, FileReview]
) -> list[tuple[RecordFacts, RecordFacts]] | None:
    """Facts before and after of the projects that were reviewed again; ``None`` where files came, went or moved."""
    if before.get(DEPARTMENT) is not after.get(DEPARTMENT) or list(before) != list(after):
        return None
    return [(before[file].facts, one.facts) for file, one in after.items() if one is not before[file]]


def _same(rule: "Rule", changed: list[tuple[RecordFacts, RecordFacts]] | None) -> bool:
    """Are the facts that a rule over the document compares the same as before?"""
    return changed is not None and all(rule.compared(old) == rule.compared(new) for old, new in changed)


def _rank(place: FieldOrder, finding: Finding) -> tuple[FieldPosition, int, str]:
    """The sort key of a finding in its file: by field, the most severe of a field first."""
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
