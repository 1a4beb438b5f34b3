"""What is left: in the page's order, each place once, offered rows not counted."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from perftui.forms import load_form
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import CONFLICTS, FieldPath, Record, Row
from perftui.review.engine import review
from perftui.session.remaining import ANY_ROW, FileStops, Need, Remaining, faults_of, stops_of
from perftui.session.unreviewed import marked, marked_with
from tests import factories

FORM = load_form("hebei-2021")


def stops(record: Record) -> FileStops:
    document = factories.document(projects=0).with_record("projects/a.toml", record)
    faults = faults_of(review(document, FORM))
    return stops_of(FORM, "projects/a.toml", record, faults.get("projects/a.toml", ()))


def needs(record: Record) -> Mapping[FieldPath, Need | None]:
    return {stop.place.path: stop.need for stop in stops(record).stops}


@pytest.mark.parametrize("form", factories.FORMS)
def test_nothing_is_left_in_a_whole_document(form: str) -> None:
    document = factories.document(form)
    faults = faults_of(review(document, load_form(form)))
    assert Remaining().left_of_whole(load_form(form), document, faults)[0] == 0


def test_blank_fields_come_in_the_pages_order() -> None:
    blank = {"budget.purpose": None, "name": None, "code": None}
    found = stops(factories.changed(factories.project(), FORM.project, **blank))
    assert [stop.place.path for stop in found.stops] == [("code",), ("name",), ("budget", "purpose")]
    assert found.left == 3
    assert found.done == found.whole - 3


def test_the_plan_is_one_place_where_it_is_wrong_first() -> None:
    record = factories.project()
    assert needs(replace(record, tables={**record.tables, "plan": {}})) == {("plan", "m03"): Need.BLANK}
    falling = factories.changed(record, FORM.project, **{"plan.m06": "90"})
    assert [path for path in needs(falling) if path[0] == "plan"] == [("plan", "m10")]


def test_a_project_without_rows_is_asked_for_a_goal_and_a_row_of_each_category_and_offered_the_rest() -> None:
    found = needs(factories.changed(factories.project(), FORM.project, goals=[], indicators=[]))
    assert found[("goals", "+", "text")] is Need.BLANK
    rows = {path: need for path, need in found.items() if path[0] == "indicators"}
    assert list(rows.values()).count(Need.MISSING) == 3
    assert list(rows.values()).count(None) == len(rows) - 3
    assert len(rows) == len(FORM.project.taxonomy.skeleton)


def test_a_category_that_the_rules_demand_is_one_place() -> None:
    record = factories.project()
    for row in record.rows("indicators"):
        if row.text("category") == "效益指标":
            record = record.without_row("indicators", row.id)
    found = {path: need for path, need in needs(record).items() if need is not None}
    assert list(found.values()) == [Need.MISSING]
    ((path, _need),) = found.items()
    assert FORM.project.taxonomy.category_of(path[1].removeprefix("+")) == "效益指标"


def test_a_copied_row_with_an_error_is_one_place_where_it_is_mended() -> None:
    record = marked(FORM, factories.project(), "去年")
    row = record.rows("indicators")[0]
    assert needs(record)[("indicators", row.id, "name")] is Need.COPIED
    found = needs(record.with_value(("indicators", row.id, "value"), None))
    assert ("indicators", row.id, "name") not in found
    assert found[("indicators", row.id, "value")] in (Need.BLANK, Need.WRONG)


def test_copied_amounts_of_a_sum_are_one_place_and_goals_another() -> None:
    record = marked(FORM, factories.project(), "去年")
    copied = [path for path, need in needs(record).items() if need is Need.COPIED]
    goal = record.rows("goals")[0].id
    head = [("name",), ("budget", "total"), ("budget", "purpose"), ("plan", "m03"), ("goals", goal, "text")]
    assert copied == head + [("indicators", row.id, "name") for row in record.rows("indicators")]
    amounts = [("budget", key) for key in ("total", "fiscal", "other")]
    assert marked_with(FORM.project, record, ("budget", "fiscal")) == tuple(amounts)
    goals = [("goals", row.id) for row in record.rows("goals")]
    assert marked_with(FORM.project, record, ("goals", goal, "text")) == tuple(goals)
    assert marked_with(FORM.project, record, ("plan", "m06")) == (("plan",),)


def test_a_conflict_is_left_before_the_rules_were_asked() -> None:
    row = Row(id="k2fmw7", values={"field": "name", "theirs": "别的"})
    found = stops_of(FORM, "projects/a.toml", factories.project().with_row(CONFLICTS, row))
    assert [(stop.place, stop.need) for stop in found.stops] == [
        (Location(file="projects/a.toml", path=("name",)), Need.WRONG)
    ]


def test_only_files_that_changed_are_walked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    document: Document = factories.document(projects=3)
    remaining, walked = Remaining(), []
    real = Remaining._walked
    monkeypatch.setattr(
        Remaining, "_walked", lambda self, form, file, *rest: walked.append(file) or real(self, form, file, *rest)
    )
    remaining.left_of_whole(FORM, document, {})
    assert walked == [DEPARTMENT, *document.projects]
    file = next(iter(document.projects))
    remaining.left_of_whole(FORM, document.with_record(file, document.projects[file].with_value(("name",), "新")), {})
    assert walked[4:] == [file]


def test_an_empty_table_that_is_warned_of_is_a_place_and_one_with_rows_is_not() -> None:
    form = factories.document(projects=0)
    empty = replace(form.department, groups={})
    faults = [(("duties",), ANY_ROW)]
    found = {stop.place.path: stop.need for stop in stops_of(FORM, DEPARTMENT, empty, faults).stops}
    assert found[("duties", "+", "name")] is Need.MISSING
    assert ("safeguards", "+", "title") not in found
    full = {stop.place.path for stop in stops_of(FORM, DEPARTMENT, form.department, faults).stops}
    assert ("duties", "+", "name") not in full
