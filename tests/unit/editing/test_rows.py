"""Rows and projects added, moved, copied and deleted: ids and places so that little changes on disk."""

from itertools import pairwise

import pytest

from perftui.editing.edits import AddFile, DropFile, DropRow, PutRow, SetValue, apply_all
from perftui.editing.rows import (
    add_row,
    blank_project,
    copy_project,
    drop_project,
    drop_rows,
    is_untouched,
    move_project,
    move_row,
)
from perftui.forms import Role, load_form
from perftui.model.document import Document, project_place
from perftui.model.record import ORDER, Record, Row
from tests import factories

DOCUMENT = factories.document(projects=3)
ONE, TWO, THREE = DOCUMENT.projects
GROUP = "indicators"


def record_with(*orders: int) -> Record:
    rows = tuple(Row(id=f"row{number:03}", values={ORDER: order}) for number, order in enumerate(orders))
    return Record(groups={GROUP: rows})


def document_of(record: Record) -> Document:
    return DOCUMENT.with_record(ONE, record)


def order_after(record: Record, edits: list) -> list[str]:  # type: ignore[type-arg]
    return [row.id for row in apply_all(document_of(record), tuple(edits))[0].record(ONE).rows(GROUP)]


# ---- rows


def test_the_first_row_gets_the_first_place() -> None:
    edits, row_id = add_row(Record(), ONE, GROUP, {"name": "甲"}, 0)
    assert edits == [PutRow(file=ONE, group=GROUP, row=Row(id=row_id, values={ORDER: 1000, "name": "甲"}))]


@pytest.mark.parametrize("index", [0, 1, 2, 3])
def test_a_row_is_added_where_it_is_wanted_and_nothing_else_changes(index: int) -> None:
    record = record_with(1000, 2000, 3000)
    edits, row_id = add_row(record, ONE, GROUP, {}, index)
    assert [type(edit) for edit in edits] == [PutRow]
    assert order_after(record, edits).index(row_id) == index


@pytest.mark.parametrize("index", [0, 1, 2])
def test_without_room_the_places_are_numbered_afresh(index: int) -> None:
    record = record_with(1, 2)
    edits, row_id = add_row(record, ONE, GROUP, {}, index)
    after = apply_all(document_of(record), tuple(edits))[0].record(ONE).rows(GROUP)
    assert [row.id for row in after].index(row_id) == index
    orders = [row.order for row in after]
    assert orders == ([1000, 2000, 3000] if index < 2 else [1, 2, 1002])


def test_rows_inserted_at_one_spot_again_and_again_stay_in_order() -> None:
    document = document_of(record_with(1000, 2000))
    ids = []
    for _time in range(30):
        edits, row_id = add_row(document.record(ONE), ONE, GROUP, {}, 1)
        document = apply_all(document, tuple(edits))[0]
        ids.append(row_id)
    rows = document.record(ONE).rows(GROUP)
    assert [row.id for row in rows] == ["row000", *reversed(ids), "row001"]
    assert all(before.order < after.order for before, after in pairwise(rows))
    assert len(set(ids)) == 30


def test_moving_a_row_is_one_changed_place() -> None:
    record = record_with(1000, 2000, 3000)
    edits = move_row(record, ONE, GROUP, "row002", -1)
    assert len(edits) == 1
    assert order_after(record, edits) == ["row000", "row002", "row001"]
    assert order_after(record, move_row(record, ONE, GROUP, "row000", 1)) == ["row001", "row000", "row002"]


def test_moving_to_the_ends() -> None:
    record = record_with(1000, 2000)
    assert order_after(record, move_row(record, ONE, GROUP, "row001", -1)) == ["row001", "row000"]
    assert order_after(record, move_row(record, ONE, GROUP, "row000", 1)) == ["row001", "row000"]
    assert move_row(record, ONE, GROUP, "row000", -1) == []
    assert move_row(record, ONE, GROUP, "row001", 1) == []
    assert move_row(record, ONE, GROUP, "nobody", 1) == []


def test_moving_among_rows_without_room_or_of_the_same_place() -> None:
    for orders in ((1, 2, 3), (1000, 1000, 1000), (0, 0, 0)):
        record = record_with(*orders)
        edits = move_row(record, ONE, GROUP, "row002", -1)
        assert order_after(record, edits) == ["row000", "row002", "row001"], orders


def test_deleting_rows() -> None:
    assert drop_rows(ONE, GROUP, ["b", "a"]) == [
        DropRow(file=ONE, group=GROUP, row_id="b"),
        DropRow(file=ONE, group=GROUP, row_id="a"),
    ]


# ---- projects


@pytest.mark.parametrize("form", factories.FORMS)
def test_a_blank_project_stands_last_and_holds_nothing(form: str) -> None:
    document = factories.document(form, projects=2)
    definition = load_form(form)
    blank = blank_project(document, definition)
    assert project_place(blank) == 3000
    assert all(not blank.text(path) for path, _field in definition.project.fields(blank))


def test_a_blank_project_is_the_first_of_an_empty_document() -> None:
    document = factories.document(projects=0)
    assert project_place(blank_project(document, load_form(document.form))) == 1000


@pytest.mark.parametrize("form", factories.FORMS)
def test_a_copy_has_all_but_the_code_and_stands_right_behind(form: str) -> None:
    document = factories.document(form, projects=3)
    definition = load_form(form)
    one, two, _three = document.projects
    copy = copy_project(document, definition, one)
    assert project_place(document.projects[one]) < project_place(copy) < project_place(document.projects[two])
    same = definition.project.fields(document.projects[one])
    code = definition.project.path_of(Role.CODE)
    assert {path for path, _field in same if copy.text(path) != document.projects[one].text(path)} == (
        {code} if code else set()
    )


def test_a_copy_of_the_last_project_stands_last() -> None:
    copy = copy_project(DOCUMENT, load_form(DOCUMENT.form), THREE)
    assert project_place(copy) > project_place(DOCUMENT.projects[THREE])


def test_a_copy_where_there_is_no_room_still_stands_beside_its_source() -> None:
    close = DOCUMENT.with_record(TWO, DOCUMENT.record(TWO).with_value((ORDER,), 1001))
    copy = copy_project(close, load_form(close.form), ONE)
    after = close.with_record("projects/zz.toml", copy)
    assert list(after.projects)[:3] == [ONE, "projects/zz.toml", TWO]


def test_moving_a_project_is_one_changed_line() -> None:
    edits = move_project(DOCUMENT, THREE, -1)
    assert [type(edit) for edit in edits] == [SetValue]
    assert list(apply_all(DOCUMENT, tuple(edits))[0].projects) == [ONE, THREE, TWO]
    assert move_project(DOCUMENT, ONE, -1) == []
    assert move_project(DOCUMENT, THREE, 1) == []


@pytest.mark.parametrize("places", [(1, 2, 3), (5, 5, 5), (None, None, None), (1000, None, None)])
@pytest.mark.parametrize("step", [-1, 1])
def test_moving_among_projects_of_any_places(places: tuple[int | None, ...], step: int) -> None:
    document = DOCUMENT
    for file, place in zip(DOCUMENT.projects, places, strict=True):
        document = document.with_record(file, document.record(file).with_value((ORDER,), place))
    files = list(document.projects)
    after = apply_all(document, tuple(move_project(document, files[1], step)))[0]
    wanted = [files[0], files[2]]
    wanted.insert(1 + step, files[1])
    assert list(after.projects) == wanted


def test_a_project_deleted_and_put_back() -> None:
    after, inverses = apply_all(DOCUMENT, (drop_project(TWO),))
    assert drop_project(TWO) == DropFile(file=TWO)
    assert list(after.projects) == [ONE, THREE]
    assert inverses == (AddFile(file=TWO, record=DOCUMENT.record(TWO)),)
    assert apply_all(after, inverses)[0] == DOCUMENT


def test_a_row_of_levels_alone_is_untouched() -> None:
    spec = load_form("hebei-2021").project
    levels = {ORDER: 1000, "category": "产出指标", "class": "数量指标"}
    assert is_untouched(spec, Row(id="a", values=levels))
    assert not is_untouched(spec, Row(id="a", values={**levels, "name": "甲"}))
    assert is_untouched(spec, Row(id="a", values={}))
