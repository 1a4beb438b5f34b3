import pytest

from perftui.editing.edits import apply_all
from perftui.model.conflicts import Side
from perftui.model.document import Document, Location
from perftui.model.merge import merge
from perftui.model.record import CONFLICTS, Record
from perftui.session.conflicts import conflicts_of, settling
from tests import factories

BASE = factories.project()
FILE = "projects/a.toml"
GOAL = BASE.rows("goals")[0]


def settled(record: Record, side: str) -> Record:
    (conflict,) = conflicts_of(FILE, record)
    document = Document(year=2021, unit="1", form="hebei-2021", department=Record(), projects={FILE: record})
    document, _inverses = apply_all(document, tuple(settling(record, conflict, side)))
    result = document.projects[FILE]
    assert result.rows(CONFLICTS) == ()
    return result


def test_a_conflict_is_told_as_values() -> None:
    record = merge(BASE, BASE.with_value(("name",), "甲"), BASE.with_value(("name",), "乙"), "李四").record
    (conflict,) = conflicts_of(FILE, record)
    assert conflict.place == Location(file=FILE, path=("name",))
    assert (conflict.base, conflict.ours.value, conflict.is_row) == (BASE.text(("name",)), "甲", False)
    assert conflict.others == (Side(value="乙", by="李四"),)


@pytest.mark.parametrize(("side", "value"), [("base", BASE.text(("name",))), ("ours", "甲"), ("theirs", "乙")])
def test_a_field_is_settled_for_a_side(side: str, value: str) -> None:
    record = merge(BASE, BASE.with_value(("name",), "甲"), BASE.with_value(("name",), "乙"), "x").record
    assert settled(record, side) == BASE.with_value(("name",), value)


def test_a_blank_side_makes_the_field_blank() -> None:
    record = merge(BASE, BASE.with_value(("name",), "甲"), BASE.with_value(("name",), None), "x").record
    assert settled(record, "theirs").value(("name",)) is None


@pytest.mark.parametrize("deleted_here", [False, True])
def test_a_row_is_kept_or_taken_out(deleted_here: bool) -> None:
    changed, gone = BASE.with_value(("goals", GOAL.id, "text"), "改"), BASE.without_row("goals", GOAL.id)
    ours, theirs = (gone, changed) if deleted_here else (changed, gone)
    record = merge(BASE, ours, theirs, "x").record
    (conflict,) = conflicts_of(FILE, record)
    assert conflict.is_row
    kept, out = ("theirs", "ours") if deleted_here else ("ours", "theirs")
    assert settled(record, kept).text(("goals", GOAL.id, "text")) == "改"
    assert settled(record, out).row("goals", GOAL.id) is None
    assert settled(record, "base").row("goals", GOAL.id) == GOAL


def test_a_row_that_went_meanwhile_can_still_come_back() -> None:
    changed, gone = BASE.with_value(("goals", GOAL.id, "text"), "改"), BASE.without_row("goals", GOAL.id)
    record = merge(BASE, changed, gone, "x").record.without_row("goals", GOAL.id)
    assert settled(record, "theirs").row("goals", GOAL.id) is None
    assert settled(record, "ours").text(("goals", GOAL.id, "text")) == "改"


def test_a_field_of_a_row_that_went_meanwhile_is_only_noted_off() -> None:
    path = ("goals", GOAL.id, "text")
    record = merge(BASE, BASE.with_value(path, "甲"), BASE.with_value(path, "乙"), "x").record
    assert settled(record.without_row("goals", GOAL.id), "theirs").row("goals", GOAL.id) is None


def test_a_value_here_and_a_table_there_is_left_to_an_editor() -> None:
    record = merge(BASE, BASE.with_value(("x",), 1), BASE.with_value(("x", "k"), 2), "x").record
    (conflict,) = conflicts_of(FILE, record)
    assert settling(record, conflict, "theirs") == []
    assert settled(record, "ours").head["x"] == 1


def test_a_row_of_conflicts_that_says_nothing_is_none() -> None:
    assert conflicts_of(FILE, Record(groups={CONFLICTS: ()})) == ()


def test_the_values_of_three_people_are_one_conflict() -> None:
    record = BASE.with_value(("name",), "甲")
    for by, value in (("李四", "乙"), ("王五", "丙")):
        record = merge(BASE, record, BASE.with_value(("name",), value), by, "张三").record
    (conflict,) = conflicts_of(FILE, record)
    assert list(conflict.sides) == ["ours", "theirs", "theirs2", "base"]
    assert conflict.sides["ours"] == Side(value="甲", by="张三")
    assert settled(record, "theirs2") == BASE.with_value(("name",), "丙")
