import pytest

from perftui.model.merge import merge
from perftui.model.record import CONFLICTS, END, Comment, Plain, Record, Row
from tests import factories

BASE = factories.project()
GOALS = [row.id for row in BASE.rows("goals")]
FIRST = GOALS[0]


def conflict(record: Record) -> dict[str, Plain]:
    (row,) = record.rows(CONFLICTS)
    return dict(row.values)


def test_changes_of_different_fields_come_together() -> None:
    ours = BASE.with_value(("name",), "甲").with_value(("goals", FIRST, "text"), "我")
    theirs = BASE.with_value(("plan", "m03"), "30").with_value(("budget", "other"), None)
    merged = merge(BASE, ours, theirs, "乙")
    assert merged.conflicts == ()
    assert merged.record.text(("name",)) == "甲"
    assert merged.record.text(("plan", "m03")) == "30"
    assert merged.record.value(("budget", "other")) is None
    assert merged.record.text(("goals", FIRST, "text")) == "我"


def test_a_field_that_both_changed_keeps_ours_and_notes_theirs() -> None:
    merged = merge(BASE, BASE.with_value(("name",), "甲"), BASE.with_value(("name",), "乙"), "李四")
    assert merged.conflicts == (("name",),)
    assert merged.record.text(("name",)) == "甲"
    assert conflict(merged.record) == {
        "field": "name", "base": BASE.text(("name",)), "ours": "甲", "theirs": "乙", "theirs_by": "李四",
    }  # fmt: skip


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    changed = BASE.with_value(("name",), "甲")
    assert merge(BASE, changed, changed, "乙").conflicts == ()


def test_a_blank_side_is_absent_in_the_conflict() -> None:
    merged = merge(BASE, BASE.with_value(("name",), None), BASE.with_value(("name",), "乙"), "李四")
    assert "ours" not in conflict(merged.record)
    assert merged.record.value(("name",)) is None


def test_rows_added_on_both_sides_are_both_kept() -> None:
    ours = BASE.with_row("goals", Row(id="aaaaaa", values={"order": 1500, "text": "我"}))
    theirs = BASE.with_row("goals", Row(id="bbbbbb", values={"order": 1500, "text": "他"}))
    merged = merge(BASE, ours, theirs, "乙")
    assert [row.id for row in merged.record.rows("goals")] == [GOALS[0], "aaaaaa", "bbbbbb", *GOALS[1:]]
    assert merged.conflicts == ()


def test_one_id_for_two_new_rows_is_a_conflict_of_their_fields() -> None:
    ours = BASE.with_row("goals", Row(id="aaaaaa", values={"order": 1500, "text": "我"}))
    theirs = BASE.with_row("goals", Row(id="aaaaaa", values={"order": 1500, "text": "他"}))
    merged = merge(BASE, ours, theirs, "乙")
    assert merged.conflicts == (("goals", "aaaaaa", "text"),)
    assert conflict(merged.record)["theirs"] == "他"


@pytest.mark.parametrize("moved", [False, True])
def test_a_row_that_one_side_took_out_goes_if_the_other_left_it(moved: bool) -> None:
    theirs = BASE.with_value(("goals", FIRST, "order"), 7000) if moved else BASE
    for one, other in ((BASE.without_row("goals", FIRST), theirs), (theirs, BASE.without_row("goals", FIRST))):
        merged = merge(BASE, one, other, "乙")
        assert merged.record.row("goals", FIRST) is None
        assert merged.conflicts == ()


def test_a_row_that_one_side_took_out_and_the_other_changed_stays() -> None:
    changed, gone = BASE.with_value(("goals", FIRST, "text"), "改"), BASE.without_row("goals", FIRST)
    for ours, theirs, side in ((changed, gone, "ours"), (gone, changed, "theirs")):
        merged = merge(BASE, ours, theirs, "乙")
        assert merged.conflicts == (("goals", FIRST),)
        assert merged.record.text(("goals", FIRST, "text")) == "改"
        noted = conflict(merged.record)
        assert noted["field"] == f"goals.{FIRST}"
        assert noted[side] == {"order": 1000, "text": "改"}
        assert ({"ours", "theirs"} - {side}).isdisjoint(noted)


def test_a_row_moved_by_one_and_changed_by_the_other_is_both() -> None:
    ours = BASE.with_value(("goals", FIRST, "order"), 9000)
    theirs = BASE.with_value(("goals", FIRST, "text"), "改")
    merged = merge(BASE, ours, theirs, "乙").record
    assert [row.text("text") for row in merged.rows("goals")][-1] == "改"


def test_a_row_moved_by_both_is_no_conflict() -> None:
    one, other = (BASE.with_value(("goals", FIRST, "order"), place) for place in (9000, 1500))
    for ours, theirs in ((one, other), (other, one)):
        merged = merge(BASE, ours, theirs, "乙")
        assert merged.conflicts == ()
        assert merged.record.value(("goals", FIRST, "order")) == 1500


def test_comments_of_both_sides_are_kept() -> None:
    ours = BASE.with_comments({("name",): Comment(before=("# 我",)), END: Comment(before=("# 末",))})
    theirs = BASE.with_comments({("name",): Comment(before=("# 他",), behind=" # 尾")})
    merged = merge(BASE, ours, theirs, "乙").record.comments
    assert merged[("name",)] == Comment(before=("# 我", "# 他", "# 尾"))
    assert merged[END] == Comment(before=("# 末",))


def test_unknown_keys_and_tables_are_merged_as_well() -> None:
    ours = BASE.with_value(("mine",), [1, 2])
    theirs = BASE.with_value(("extra", "k"), True)
    merged = merge(BASE, ours, theirs, "乙").record
    assert merged.value(("mine",)) == [1, 2]
    assert merged.value(("extra", "k")) is True


def test_a_name_that_is_a_value_here_and_a_table_there_is_one_conflict() -> None:
    ours, theirs = BASE.with_value(("x",), 1), BASE.with_value(("x", "k"), 2)
    merged = merge(BASE, ours, theirs, "乙")
    assert merged.conflicts == (("x",),)
    assert merged.record.head["x"] == 1
    assert "x" not in merged.record.tables
    assert conflict(merged.record)["theirs"] == {"k": 2}


def test_a_settled_conflict_stays_settled() -> None:
    open_conflict = merge(BASE, BASE.with_value(("name",), "甲"), BASE.with_value(("name",), "乙"), "李四").record
    (row,) = open_conflict.rows(CONFLICTS)
    settled = open_conflict.without_row(CONFLICTS, row.id).with_value(("name",), "乙")
    merged = merge(open_conflict, settled, open_conflict.with_value(("plan", "m03"), "30"), "李四")
    assert merged.record.rows(CONFLICTS) == ()
    assert merged.record.text(("name",)) == "乙"


def test_a_conflict_is_noted_once() -> None:
    theirs = BASE.with_value(("name",), "乙")
    once = merge(BASE, BASE.with_value(("name",), "甲"), theirs, "李四").record
    twice = merge(BASE, once, theirs, "李四").record
    assert twice == once


def test_both_sides_give_a_conflict_the_same_id() -> None:
    one, other = BASE.with_value(("name",), "甲"), BASE.with_value(("name",), "乙")
    ids = [merge(BASE, ours, theirs, "x").record.rows(CONFLICTS)[0].id for ours, theirs in ((one, other), (other, one))]
    assert ids[0] == ids[1]
