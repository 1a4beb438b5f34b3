"""Findings as JSON.

``{"version": 1, "rules_version": …, "document": {"year", "unit", "form"}, "counts": {"error", "warning", "hint",
"accepted"}, "settings": ["…"], "projects_sum": "4678940.00" or null, "approved_total": the same or null, "lapsed":
[{"rule", "file", "field", "place", "by", "reason"}], "problems": [{"file", "line" or null, "reason"}], "findings":
[{"rule", "title", "severity", "file", "field", "place", "message", "advice", "quote", "span": [from, to] or null,
"places": [{"file", "field", "place"}], "fix": {"field", "text"} or null, "accepted": {"by", "reason"} or null}]}``.
Sums are in 元, ``null`` where one is no amount or none is given; ``problems`` are files that cannot be read;
``lapsed`` are acceptances that no finding answers to any more; counts are ``null`` where the document's form is not
here and nothing was reviewed. Fields are paths as in the TOML file; ``field`` is ""
for a whole file. A later version may add keys; ``version`` changes when one goes or means something else.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.model.money import format_amount
from perftui.model.record import format_path
from perftui.review.catalogue import rule_of
from perftui.review.engine import RULES_VERSION
from perftui.review.finding import Acceptance, Finding
from perftui.review.location_names import LocationNames
from perftui.review.report.summary import UnreadFile, counts, settings_lines
from perftui.review.review_settings import ReviewSettings
from perftui.review.totals import approved_total, projects_sum

JSON_VERSION: Final = 1


def to_json(
    findings: Sequence[Finding],
    document: Document,
    form: Form,
    settings: ReviewSettings | None = None,
    lapsed: Sequence[Acceptance] = (),
    unread: Sequence[UnreadFile] = (),
) -> str:
    """The findings in the schema above, in document order."""
    names = LocationNames(document, form)
    weights = {severity.word: count for severity, count in counts(findings).items()}
    weights["accepted"] = sum(not finding.is_open for finding in findings)
    report = {
        "version": JSON_VERSION,
        "rules_version": RULES_VERSION,
        "document": {"year": document.year, "unit": document.unit, "form": form.id},
        "counts": weights if form.is_known else dict.fromkeys(weights),
        "settings": settings_lines(settings or ReviewSettings()),
        "projects_sum": _amount(projects_sum(document, form)),
        "approved_total": _amount(approved_total(document, form)),
        "problems": [{"file": file, "line": line, "reason": reason} for file, line, reason in unread],
        "lapsed": [_lapsed(one, names) for one in lapsed],
        "findings": [_record(finding, names) for finding in findings],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _record(finding: Finding, names: LocationNames) -> dict[str, Any]:
    rule, fix, accepted = rule_of(finding.rule), finding.fix, finding.accepted
    return {
        "rule": finding.rule,
        "title": _(rule.title) if rule is not None else finding.rule,
        "severity": finding.severity.word,
        **_place(finding.location, names),
        "message": finding.message,
        "advice": finding.advice,
        "quote": finding.quote,
        "span": None if finding.span is None else list(finding.span),
        "places": [_place(place, names) for place in finding.places],
        "fix": None if fix is None else {"field": format_path(fix.path), "text": fix.text},
        "accepted": None if accepted is None else {"by": accepted.by, "reason": accepted.reason},
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else format_amount(amount)


def _lapsed(acceptance: Acceptance, names: LocationNames) -> dict[str, str]:
    place = _place(Location(file=acceptance.file, path=acceptance.path), names)
    return {"rule": acceptance.rule, **place, "by": acceptance.by, "reason": acceptance.reason}


def _place(location: Location, names: LocationNames) -> dict[str, str]:
    return {"file": location.file, "field": format_path(location.path), "place": names.of(location)}
