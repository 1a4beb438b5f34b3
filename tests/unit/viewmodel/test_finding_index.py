"""An index that is kept up with edits says what one made anew says, and looks only at what an edit touched."""

import random
from unittest.mock import patch

import pytest

from perftui.forms import load_form
from perftui.model.document import Document
from perftui.review.engine import Review, review_document, review_edit
from perftui.review.review_settings import ReviewSettings
from perftui.viewmodel import finding_index
from perftui.viewmodel.finding_index import FileFindings, FindingIndex, IndexedReview
from tests import factories

TEXTS = ("社区工作专项补助", "按时足额发放补助工做", "", "a", "社区工作专项补助（二）")


def told(index: FindingIndex) -> object:
    places = {place for file in index.files.values() for place in file.at}
    at = {place: sorted(index.at.get(place), key=repr) for place in places}
    faults = {file: sorted(faults) for file, faults in index.faults.items() if faults}
    counts = {severity: count for severity, count in index.counts.items() if count}
    return index.findings, at, faults, counts, {file: index.counts_of(file) for file in index.files}


def indexed(keeper: IndexedReview, review: Review) -> FindingIndex:
    files, counts = keeper.of(review)
    return FindingIndex(files=files, counts=counts)


def changed(document: Document, rng: random.Random) -> Document:
    files = list(document.projects)
    file = rng.choice(files)
    if rng.random() < 0.2 and len(files) > 2:
        projects = {name: record for name, record in document.projects.items() if name != file}
        return Document(
            year=document.year,
            unit=document.unit,
            form=document.form,
            department=document.department,
            projects=projects,
        )
    path = rng.choice((("name",), ("budget", "purpose"), ("budget", "total")))
    value = rng.choice(("1.00", "2.00", None)) if path[1:] == ("total",) else rng.choice(TEXTS) or None
    return document.with_record(file, document.projects[file].with_value(path, value))


@pytest.mark.parametrize("seed", range(3))
def test_it_says_after_every_edit_what_one_made_anew_says(seed: int) -> None:
    rng, form = random.Random(seed), load_form("hebei-2021")
    document = factories.document(projects=8)
    review, keeper = review_document(document, form), IndexedReview()
    for _edit in range(12):
        index = indexed(keeper, review)
        assert told(index) == told(FindingIndex.of(review.findings))
        assert index.findings == review.findings
        document = changed(document, rng)
        review = review_edit(review, document)


def test_only_what_an_edit_touched_is_looked_at() -> None:
    form, document = load_form("hebei-2021"), factories.document(projects=12)
    for file, record in document.projects.items():
        document = document.with_record(file, record.with_value(("budget", "purpose"), None))
    review, keeper = review_document(document, form), IndexedReview()
    indexed(keeper, review)
    file = list(document.projects)[5]
    document = document.with_record(file, document.projects[file].with_value(("budget", "purpose"), "社区补助工做"))
    with patch.object(finding_index, "FileFindings", side_effect=FileFindings) as made:
        indexed(keeper, review_edit(review, document))
    assert [call.args[0] for call in made.call_args_list] == [file]


def test_other_settings_are_looked_at_anew() -> None:
    form, document = load_form("hebei-2021"), factories.document(projects=3)
    file = next(iter(document.projects))
    document = document.with_record(file, document.projects[file].with_value(("budget", "purpose"), None))
    review, keeper = review_document(document, form), IndexedReview()
    rules = {one.rule for one in indexed(keeper, review).findings}
    assert rules
    off = review_document(document, form, ReviewSettings(off=frozenset(rules)))
    assert indexed(keeper, off).findings == ()
    assert not +indexed(keeper, off).counts
