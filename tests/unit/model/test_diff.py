from perftui.model.diff import FieldChange, RowAdded, RowRemoved, diff, same, same_values
from perftui.model.record import Comment, Record, Row

OLD = Record(
    head={"name": "甲", "gone": 1},
    tables={"budget": {"total": "1.00"}},
    groups={"goals": (Row(id="a", values={"text": "一"}), Row(id="b", values={"text": "二"}))},
)


def test_equal_records_do_not_differ() -> None:
    assert diff(OLD, OLD) == ()
    assert same(OLD, OLD)


def test_every_kind_of_change_is_found() -> None:
    new = OLD.with_value(("name",), "乙").with_value(("gone",), None).with_value(("budget", "other"), "0.00")
    new = (
        new.without_row("goals", "b").with_row("goals", Row(id="c", values={})).with_value(("goals", "a", "text"), "改")
    )
    assert set(map(repr, diff(OLD, new))) == {
        repr(FieldChange(path=("name",), old="甲", new="乙")),
        repr(FieldChange(path=("gone",), old=1, new=None)),
        repr(FieldChange(path=("budget", "other"), old=None, new="0.00")),
        repr(FieldChange(path=("goals", "a", "text"), old="一", new="改")),
        repr(RowAdded(group="goals", row=Row(id="c", values={}))),
        repr(RowRemoved(group="goals", row=Row(id="b", values={"text": "二"}))),
    }


def test_values_of_another_type_differ() -> None:
    assert not same_values(Record(head={"x": 1}), Record(head={"x": True}))
    assert not same_values(Record(head={"x": 1}), Record(head={"x": 1.0}))


def test_empty_tables_and_groups_are_no_difference() -> None:
    assert same(Record(tables={"plan": {}}, groups={"goals": ()}), Record())


def test_comments_are_no_values() -> None:
    noted = OLD.with_comments({("name",): Comment(behind=" # x")})
    assert same_values(OLD, noted)
    assert not same(OLD, noted)


def test_a_moved_row_is_one_changed_place() -> None:
    one = Record(groups={"goals": (Row(id="a", values={"order": 1}), Row(id="b", values={"order": 2}))})
    assert diff(one, one.with_value(("goals", "a", "order"), 3)) == (
        FieldChange(path=("goals", "a", "order"), old=1, new=3),
    )
