import pytest

from perftui.model.record import END, UNPLACED, Comment, Record, Row, format_path, in_order, parse_path

RECORD = Record(
    head={"schema": 1, "name": "补助"},
    tables={"budget": {"total": "1.00"}},
    groups={"goals": (Row(id="a", values={"order": 1000, "text": "一"}), Row(id="b", values={"order": 2000}))},
    comments={
        ("goals", "a"): Comment(before=("# 甲",)),
        ("goals", "a", "text"): Comment(behind=" # 乙"),
        END: Comment(),
    },
)


def test_values_are_found_by_their_path() -> None:
    assert RECORD.value(("schema",)) == 1
    assert RECORD.text(("schema",)) == "1"
    assert RECORD.text(("budget", "total")) == "1.00"
    assert RECORD.text(("goals", "a", "text")) == "一"


@pytest.mark.parametrize(
    "path", [("code",), ("budget", "other"), ("plan", "m03"), ("goals", "b", "text"), ("x", "y", "z")]
)
def test_what_is_not_there_is_blank(path: tuple[str, ...]) -> None:
    assert RECORD.value(path) is None
    assert RECORD.text(path) == ""


@pytest.mark.parametrize("path", [(), ("a", "b", "c", "d")])
def test_a_path_has_one_to_three_parts(path: tuple[str, ...]) -> None:
    with pytest.raises(KeyError):
        RECORD.value(path)
    with pytest.raises(KeyError):
        RECORD.with_value(path, "x")


def test_a_changed_record_leaves_the_old_one_alone() -> None:
    changed = RECORD.with_value(("name",), "新").with_value(("budget", "total"), None).with_value(("plan", "m03"), "25")
    changed = changed.with_value(("goals", "a", "text"), "改")
    assert (changed.text(("name",)), changed.text(("budget", "total"))) == ("新", "")
    assert (changed.text(("plan", "m03")), changed.text(("goals", "a", "text"))) == ("25", "改")
    assert (RECORD.text(("name",)), RECORD.text(("goals", "a", "text"))) == ("补助", "一")
    assert "total" not in changed.tables["budget"]


def test_a_value_needs_its_row() -> None:
    with pytest.raises(KeyError):
        RECORD.with_value(("goals", "zzz", "text"), "x")


def test_rows_stand_in_reading_order() -> None:
    first = RECORD.with_row("goals", Row(id="c", values={"order": 500}))
    assert [row.id for row in first.rows("goals")] == ["c", "a", "b"]
    assert [row.id for row in first.with_value(("goals", "c", "order"), 3000).rows("goals")] == ["a", "b", "c"]


def test_rows_without_a_place_come_last_and_ties_go_by_id() -> None:
    rows = [Row(id="c", values={}), Row(id="b", values={"order": 1}), Row(id="a", values={"order": 1})]
    assert [row.id for row in in_order(rows)] == ["a", "b", "c"]
    assert rows[0].order == UNPLACED
    assert Row(id="x", values={"order": "1"}).order == UNPLACED


def test_a_row_goes_with_its_comments_and_comes_back_with_them() -> None:
    notes = RECORD.row_comments("goals", "a")
    gone = RECORD.without_row("goals", "a")
    assert gone.row("goals", "a") is None
    assert set(gone.comments) == {END}
    row = RECORD.row("goals", "a")
    assert row is not None
    assert gone.with_row("goals", row).with_comments(notes) == RECORD


def test_a_row_is_blank_without_a_text() -> None:
    assert Row(id="a", values={"order": 1}).is_blank
    assert not Row(id="a", values={"order": 1, "text": "x"}).is_blank
    assert Row(id="a", values={"text": "x"}).with_value("text", None).is_blank


def test_paths_name_every_value() -> None:
    assert [format_path(path) for path in RECORD.paths()] == [
        "schema", "name", "budget.total", "goals.a.order", "goals.a.text", "goals.b.order",
    ]  # fmt: skip
    assert parse_path("goals.a.text") == ("goals", "a", "text")


def test_rows_are_counted_in_reading_order() -> None:
    rows = [Row(id="b", values={"order": 1000}), Row(id="a", values={"order": 2000})]
    record = Record(groups={"goals": in_order(rows)})
    assert [record.row_number("goals", row_id) for row_id in ("b", "a", "new")] == [1, 2, 3]
    assert record.row_number("indicators", "new") == 1


def test_a_row_of_many_is_found_by_its_id_whatever_was_changed() -> None:
    rows = tuple(Row(id=f"r{number}", values={"order": number}) for number in range(100))
    record = Record(groups={"indicators": rows})
    for _again in range(2):
        assert record.row("indicators", "r77") is rows[77]
        assert record.row("indicators", "none") is None
    changed = record.with_value(("indicators", "r77", "name"), "新").without_row("indicators", "r5")
    assert changed.text(("indicators", "r77", "name")) == "新"
    assert changed.row("indicators", "r5") is None
    assert record.row("indicators", "r77") is rows[77]
    assert record.row("indicators", "r5") is rows[5]
