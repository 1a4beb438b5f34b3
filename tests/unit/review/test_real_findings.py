"""The real document's findings, one line each, so that a change of a rule shows as a change of a line.

``python -m tests.unit.review.test_real_findings`` writes the table anew; every line of it was read and found true.
"""

from collections import Counter
from pathlib import Path

from perftui.forms import load_form
from perftui.review.engine import review
from perftui.review.finding import Severity
from perftui.review.location_names import LocationNames
from tests.unit.review.building import ROOT, real_document

TABLE = ROOT / "tests" / "golden" / "review" / "2021-613001.txt"
FORM = load_form("hebei-2021")
COUNTS = {
    "C001": 1, "D001": 7, "D002": 2, "D003": 1, "D004": 1, "D005": 5, "D006": 5, "D007": 1, "F004": 2, "G003": 3,
    "G004": 3, "G005": 4, "G006": 4, "I002": 1, "I003": 1, "I005": 1, "I006": 1, "I010": 18, "I011": 3, "I013": 2,
    "I016": 12, "I017": 6, "I019": 18, "I021": 3, "I022": 6, "P001": 1, "P006": 1, "T001": 8, "T002": 6, "T004": 1,
    "X001": 2, "X002": 1, "X003": 2,
}  # fmt: skip


def lines() -> list[str]:
    document = real_document()
    names = LocationNames(document, FORM)
    return [
        " | ".join((finding.rule, finding.severity.word, names.of(finding.location), finding.quote, finding.message))
        for finding in review(document, FORM)
    ]


def test_the_findings_are_those_of_the_table() -> None:
    assert lines() == TABLE.read_text(encoding="utf-8").splitlines()


def test_as_many_findings_as_were_found_by_hand() -> None:
    findings = review(real_document(), FORM)
    assert Counter(finding.rule for finding in findings) == COUNTS
    weights = Counter(finding.severity for finding in findings)
    assert weights == {Severity.ERROR: 37, Severity.WARNING: 82, Severity.HINT: 14}


def test_groups_name_all_their_projects() -> None:
    document = real_document()
    numbers = {file: number for number, file in enumerate(document.projects, start=1)}
    groups = {
        finding.rule + str([numbers[place.file] for place in finding.places])
        for finding in review(document, FORM) if finding.places
    }  # fmt: skip
    assert groups == {"X001[1, 2, 5]", "X001[3, 4, 6]", "X002[1, 2, 3, 4, 5, 6]"}


def test_fixes_take_their_findings_away_and_bring_no_others() -> None:
    document = real_document()
    before = Counter((finding.rule, finding.location) for finding in review(document, FORM))
    for finding in review(document, FORM):
        if finding.fix is not None:
            file = finding.location.file
            mended = document.with_record(file, document.record(file).with_value(finding.fix.path, finding.fix.text))
            after = Counter((found.rule, found.location) for found in review(mended, FORM))
            assert after == before - Counter([(finding.rule, finding.location)])


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    Path(TABLE).write_text("\n".join(lines()) + "\n", encoding="utf-8")
