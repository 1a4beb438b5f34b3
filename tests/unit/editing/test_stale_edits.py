"""Edits made on what a person saw, while others changed the same."""

from perftui.editing.edits import DropRow, SetValue, apply_all
from perftui.editing.stale_edits import with_conflicts
from perftui.model.document import Document
from perftui.model.merge import merge
from perftui.model.record import CONFLICTS, Record
from tests import factories

BASE = factories.project()
FILE = "projects/a.toml"
NAME = ("name",)


def document(record: Record) -> Document:
    return Document(year=2021, unit="1", form="hebei-2021", department=Record(), projects={FILE: record})


def torn(value: str) -> Record:
    return merge(BASE, BASE.with_value(NAME, "甲"), BASE.with_value(NAME, value), "李四").record


def settled_with(seen: Record, now: Record, value: str) -> Record:
    """The field typed over, and the conflict that was seen settled with it."""
    drops = [DropRow(file=FILE, group=CONFLICTS, row_id=row.id) for row in seen.rows(CONFLICTS)]
    edits = [SetValue(file=FILE, path=NAME, value=value), *drops]
    made = with_conflicts(document(seen), document(now), edits, "王五")
    return apply_all(document(now), tuple(made))[0].projects[FILE]


def test_a_conflict_that_was_seen_is_settled() -> None:
    assert settled_with(torn("乙"), torn("乙"), "丁") == BASE.with_value(NAME, "丁")


def test_a_value_that_came_since_waits_to_be_settled() -> None:
    after = settled_with(torn("乙"), torn("丙"), "丁")
    assert after.text(NAME) == "丁"
    assert [row.text("theirs") for row in after.rows(CONFLICTS)] == ["丙"]


def test_what_somebody_else_settled_meanwhile_is_not_settled_twice() -> None:
    after = settled_with(torn("乙"), BASE.with_value(NAME, "甲"), "丁")
    assert after == BASE.with_value(NAME, "丁")


def test_a_field_that_others_gave_another_value_gets_a_conflict_beside_the_one_that_stands() -> None:
    seen, now = BASE, merge(BASE, BASE.with_value(NAME, "甲"), BASE.with_value(NAME, "乙"), "李四").record
    made = with_conflicts(document(seen), document(now), [SetValue(file=FILE, path=NAME, value="丁")], "王五")
    after = apply_all(document(now), tuple(made))[0].projects[FILE]
    assert after.text(NAME) == "丁"
    assert {row.text("theirs") for row in after.rows(CONFLICTS)} == {"甲", "乙"}
