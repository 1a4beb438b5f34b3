"""Findings as SARIF 2.1.0, for code hosts and editors that show findings beside the files."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.model.record import format_path
from perftui.review.catalogue import RULES
from perftui.review.engine import RULES_VERSION
from perftui.review.finding import Acceptance, Finding, Severity
from perftui.review.location_names import LocationNames
from perftui.review.report.summary import UnreadFile, lapsed_lines, settings_lines, unread_lines
from perftui.review.review_settings import ReviewSettings
from perftui.review.rule_definition import Rule

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_INDEX: Final = {rule.id: index for index, rule in enumerate(RULES)}


def to_sarif(
    findings: Sequence[Finding],
    document: Document,
    form: Form,
    *,
    settings: ReviewSettings | None = None,
    lapsed: Sequence[Acceptance] = (),
    folder: str = "",
    line_of: Callable[[Location], int | None] | None = None,
    unread: Sequence[UnreadFile] = (),
) -> str:
    """The findings as one run. What the data folder changed of the rules stands with the run's configuration.

    ``lapsed``: acceptances that no finding answers to any more.
    ``unread``: files that could not be read, so that the run did not succeed.
    ``folder``: where the document's files lie, relative to the repository's root ("data/2021/613001").
    ``line_of``: the line of a place in its file, from 1, where the caller knows it.
    """
    names = LocationNames(document, form)
    at = _Locations(folder or f"{document.year}/{document.unit}", names, line_of)
    driver = {
        "name": "perftui",
        "version": str(RULES_VERSION),
        "rules": [_rule(rule) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(settings or ReviewSettings(), lapsed, unread)],
        "results": [_result(finding, at) for finding in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _invocation(settings: ReviewSettings, lapsed: Sequence[Acceptance], unread: Sequence[UnreadFile]) -> dict[str, Any]:
    changed: dict[str, dict[str, Any]] = {rule: {"enabled": False} for rule in settings.off}
    changed |= {rule: {"level": _LEVELS[severity]} for rule, severity in settings.severities.items()}
    overrides = [
        {"descriptor": {"id": rule, "index": _INDEX[rule]}, "configuration": changed[rule]}
        for rule in sorted(changed)
        if rule in _INDEX
    ]
    notes = [
        {"level": "note", "message": {"text": line}} for line in (*settings_lines(settings), *lapsed_lines(lapsed))
    ]
    return {
        "executionSuccessful": not unread,
        "toolExecutionNotifications": [{"level": "error", "message": {"text": line}} for line in unread_lines(unread)],
        "ruleConfigurationOverrides": overrides,
        "toolConfigurationNotifications": notes,
    }


class _Locations:
    def __init__(self, folder: str, names: LocationNames, line_of: Callable[[Location], int | None] | None) -> None:
        self._folder = folder
        self._names = names
        self._line_of = line_of

    def of(self, place: Location) -> dict[str, Any]:
        """A place as SARIF has it: the file, the line where it is known, the field."""
        line = self._line_of(place) if self._line_of is not None else None
        physical: dict[str, Any] = {"artifactLocation": {"uri": f"{self._folder}/{place.file}"}}
        if line is not None:
            physical["region"] = {"startLine": line}
        logical = {"name": self._names.of(place), "fullyQualifiedName": format_path(place.path) or place.file}
        return {"physicalLocation": physical, "logicalLocations": [logical]}


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule.page
    return {
        "id": rule.id,
        "shortDescription": {"text": _(rule.title)},
        "fullDescription": {"text": page.what},
        "help": {"text": f"{page.why}{page.source.label}\n{page.mend}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, at: _Locations) -> dict[str, Any]:
    others = [place for place in finding.places if place != finding.location]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": _INDEX[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _("{message}。建议：{advice}。").format(message=finding.message, advice=finding.advice)},
        "locations": [at.of(finding.location)],
        "partialFingerprints": {"perftui/v1": _fingerprint(finding)},
    }
    if others:
        result["relatedLocations"] = [at.of(place) for place in others]
    if finding.accepted is not None:
        sentence = _("{by}：{reason}").format(by=finding.accepted.by, reason=finding.accepted.reason)
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": sentence}]
    return result


def _fingerprint(finding: Finding) -> str:
    return "/".join((finding.rule, finding.location.file, format_path(finding.location.path), finding.digest))
