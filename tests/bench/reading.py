"""How well forms never seen before are read: precision and recall over both halves of the gallery."""

from collections.abc import Iterable

from tests.bench.figures import Report
from tests.bench.places import Place
from tests.documents import import_document
from tests.gallery.containers import to_docx
from tests.gallery.facts import KINDS, Figures, Verdict, judged
from tests.gallery.layouts import Layout, layouts

HALVES = {1: "written before the reader was changed", 2: "written after it"}
FORMS = ("hebei-2021",)
"""Forms that all are read by besides the one that fits best: this one keeps explanation and basis."""
MOST_WRONG, MOST_MISSING = 1, 5
"""Of a hundred facts given, and of a hundred that are right, in the first half."""


def run(report: Report, place: Place) -> None:
    """A table of each half, and what stands in a wrong place."""
    del place  # the pages are made in memory
    for half, when in HALVES.items():
        for form in (None, *FORMS):
            verdicts = {layout.key: verdict_of(layout, form=form) for layout in layouts() if layout.half == half}
            by = form or "the form that fits best"
            _say(report, f"Half {half}, {len(verdicts)} layouts {when}, read by {by}", verdicts)
            for kind in KINDS if half == 1 else ():
                one = total(verdicts.values(), kind)
                report.target(f"{kind} that are wrong, of 100, read by {by}", 100 - one.precision, MOST_WRONG)
                report.target(f"{kind} that are missing, of 100, read by {by}", 100 - one.recall, MOST_MISSING)


def verdict_of(layout: Layout, *, form: str | None = None, empty: bool = False) -> Verdict:
    """What a layout is read as, by the form whose labels fit best or by one that is given. Raises ImportRefused."""
    return judged(layout, import_document(to_docx(layout.page(empty=empty)), form=form), empty=empty)


def total(verdicts: Iterable[Verdict], kind: str) -> Figures:
    """The figures of a kind over several pages."""
    return sum((one.figures[kind] for one in verdicts), Figures())


def _say(report: Report, title: str, verdicts: dict[str, Verdict]) -> None:
    rows = [[kind, total(verdicts.values(), kind)] for kind in KINDS]
    report.say(f"\n{title}:\n")
    report.table(
        ["facts", "given", "right", "both", "precision %", "recall %"],
        [[kind, one.given, one.right, one.both, one.precision, one.recall] for kind, one in rows],
    )
    misplaced = sum(len(one.misplaced) for one in verdicts.values())
    unsaid = sum(len(one.unsaid) for one in verdicts.values())
    for key, kind, fact in ((key, kind, fact) for key, one in verdicts.items() for kind, fact in one.wrong):
        report.say(f"wrong: {key}, {kind}: {' '.join(fact[1:])}")
    report.say(f"\nTexts for the report that stand in a field: {misplaced}; that stand nowhere: {unsaid}")
