"""A project of a thousand rows costs what one of thirty does: nothing that a key waits for calls a function a row.

Calls are counted, not time: the same on a busy machine.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import perftui
from perftui.editing.usage import Usage
from perftui.forms import load_form
from perftui.model.document import Document, Location
from perftui.model.record import ORDER, Record, Row
from perftui.review.engine import review
from perftui.session.remaining import Remaining, faults_of
from perftui.tui.state.navigation import in_order
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.grid import find_place
from perftui.viewmodel.moves import corner, position
from perftui.viewmodel.project_form import form_view, indicators_view
from perftui.viewmodel.text_search import TextSearch
from tests import factories

FORM, FILE = load_form("hebei-2021"), "projects/long.toml"
FEW, MANY = 120, 1000
MOST = 1.5


def long_record(count: int) -> Record:
    record = factories.project()
    rows = record.rows("indicators")
    made = [
        Row(id=f"r{number:05d}", values={**rows[number % len(rows)].values, ORDER: number, "name": f"培训{number}"})
        for number in range(count)
    ]
    return replace(record, groups={**record.groups, "indicators": tuple(made)})


def document_of(record: Record) -> Document:
    return factories.document(projects=0).with_record(FILE, record)


def edited(record: Record) -> Record:
    return record.with_value(("indicators", "r00030", "basis"), "单位年初工作安排")


def calls(work: Callable[[], object]) -> int:
    """How many functions of perftui a work calls."""
    ours, found = str(Path(perftui.__file__).parent), 0

    def called(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal found
        found += event == "call" and frame.f_code.co_filename.startswith(ours)

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


def shown_of(record: Record) -> DocumentView:
    document = document_of(record)
    return DocumentView(document=document, form=FORM, index=FindingIndex.of(review(document, FORM)))


def look(record: Record) -> Callable[[], object]:
    """The project's form and its indicators, a window of each, and where the cursor goes."""
    shown = shown_of(record)

    def work() -> None:
        for make in (form_view, indicators_view):
            view = make(shown, FILE, record, 80)
            assert find_place(view, Location(file=FILE, path=("indicators", "r00030", "value")))
            assert [view.rows[number].cells for number in range(20, 45)]
            assert position(view, corner(view, 1)[0])[1] > len(record.rows("indicators"))

    return work


def stops_after_an_edit(record: Record) -> Callable[[], object]:
    remaining, changed = Remaining(), edited(record)
    faults = faults_of(review(document_of(record), FORM)).get(FILE, [])
    remaining.of(FORM, FILE, record, faults)
    return lambda: remaining.of(FORM, FILE, changed, faults)


def words_after_an_edit(record: Record) -> Callable[[], object]:
    usage, changed = Usage(FORM), edited(record)
    usage.look_at(document_of(record), lambda _file: set())
    return lambda: usage.look_at(document_of(changed), lambda _file: set())


def an_edit(record: Record) -> Callable[[], object]:
    return lambda: edited(record)


def findings_in_order(record: Record) -> Callable[[], object]:
    shown = shown_of(record)
    return lambda: in_order(shown, FILE)


def a_word_found(record: Record) -> Callable[[], object]:
    shown = shown_of(record)
    return lambda: TextSearch().find(shown, "培训30", 200)


@pytest.mark.parametrize(
    "work", [look, an_edit, stops_after_an_edit, words_after_an_edit, findings_in_order, a_word_found]
)
def test_a_thousand_rows_cost_what_few_do(work: Callable[[Record], Callable[[], object]]) -> None:
    few, many = (calls(work(long_record(count))) for count in (FEW, MANY))
    assert many <= MOST * max(few, 200)


def test_what_is_kept_of_rows_is_what_is_made_anew() -> None:
    """Stops and words after an edit are those of a record that nobody had seen before."""
    record = long_record(FEW)
    for other in (
        edited(record),
        record.without_row("indicators", "r00007"),
        record.with_value(("indicators", "r00005", "name"), None),
        record.with_value(("unreviewed", "indicators.r00009"), "上年"),
    ):
        faults = faults_of(review(document_of(other), FORM)).get(FILE, [])
        remaining = Remaining()
        remaining.of(FORM, FILE, record, [])
        assert remaining.of(FORM, FILE, other, faults) == Remaining().of(FORM, FILE, other, faults)
        usage, fresh = Usage(FORM), Usage(FORM)
        usage.look_at(document_of(record), lambda _file: {("indicators", "r00003", "basis")})
        for one in (usage, fresh):
            one.look_at(document_of(other), lambda _file: {("indicators", "r00004", "basis")})
        assert usage.column("basis") == fresh.column("basis")
        assert sorted(usage.names("数量指标")) == sorted(fresh.names("数量指标"))


def test_a_row_put_in_its_place_stays_where_it_was() -> None:
    record = long_record(FEW)
    assert [row.id for row in edited(record).rows("indicators")] == [row.id for row in record.rows("indicators")]
    moved = record.with_value(("indicators", "r00030", ORDER), -1)
    assert moved.rows("indicators")[0].id == "r00030"
