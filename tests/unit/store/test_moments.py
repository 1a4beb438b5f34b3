"""What is said of a plan later lies in tables of its own, keyed by the plan's rows: read, written, merged, kept."""

import pytest

from perftui.forms.assembly import unknown_form
from perftui.model.diff import FieldChange, diff
from perftui.model.document import Document
from perftui.model.merge import merge
from perftui.model.record import Record, parse_path
from perftui.session.new_document import rolled_over
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode, decode_text
from perftui.store.toml.patch import patched
from tests.unit.forms.sample import sample_form

SPEC = sample_form().project
TEXT = """schema = 1

name = "甲"

[funds_y2021]
total = "10.00"

[funds_whole]

[plan]

[indicators.3f9abk]
order = 1000
name = "人数"
value = "18人"

[watch.m07.rows.3f9abk]
actual = "9人"
reason = "刚开始"

[result]
conclusion = "好"

[result.rows.3f9abk]
actual = "18人"
own_key = 3

[result.money.total]
spent = "9.00"
"""


def test_a_moment_is_read_by_field_and_written_as_it_was() -> None:
    record, is_canonical = decode_text(TEXT, SPEC)
    assert is_canonical
    assert record.text(("result.rows", "3f9abk", "actual")) == "18人"
    assert record.text(("result", "conclusion")) == "好"
    assert record.text(("watch.m07.rows", "3f9abk", "reason")) == "刚开始"
    assert canonical(record, SPEC) == TEXT
    assert SPEC.label(("result.rows", "3f9abk", "actual")) == "实际完成值"
    for path in record.paths():
        assert record.path_named(".".join(path)) == path
    assert parse_path("watch.m07.rows.3f9abk.actual") == ("watch.m07.rows", "3f9abk", "actual")


def test_comments_and_a_hand_written_layout_stay() -> None:
    text = TEXT.replace('actual = "18人"', "actual = '18人'  # 抽查\n# 自己的").replace("[result]", "# 自评\n[result]")
    old = decode(text.encode(), SPEC)
    assert decode(canonical(old, SPEC).encode(), SPEC).comments == old.comments
    new = old.with_value(("result.rows", "3f9abk", "actual"), "17人").with_value(("result", "conclusion"), None)
    new = new.with_value(("watch.m07.rows", "3f9abk", "actual"), "8人")
    after = patched(text, old, new, SPEC)
    assert after == text.replace("'18人'  #", '"17人"  #').replace('conclusion = "好"\n', "").replace('"9人"', '"8人"')


def test_who_writes_the_plan_and_who_writes_the_result_never_meet() -> None:
    base = decode(TEXT.encode(), SPEC)
    plan = base.with_value(("indicators", "3f9abk", "value"), "19人")
    result = base.with_value(("result.rows", "3f9abk", "actual"), "20人").with_value(
        ("result.money", "total", "spent"), "8.00"
    )
    merged = merge(base, plan, result, "乙")
    assert merged.conflicts == ()
    assert merged.record.text(("result.rows", "3f9abk", "actual")) == "20人"
    lines = [set(canonical(one, SPEC).split("\n")) for one in (base, plan, result)]
    assert len(lines[1] - lines[0]) == 1


def test_both_change_one_result_and_it_is_settled_by_its_name() -> None:
    base = decode(TEXT.encode(), SPEC)
    path = ("result.rows", "3f9abk", "actual")
    merged = merge(base, base.with_value(path, "1人"), base.with_value(path, "2人"), "乙").record
    (conflict,) = merged.rows("conflicts")
    assert merged.path_named(conflict.text("field")) == path
    assert decode(canonical(merged, SPEC).encode(), SPEC) == merged


@pytest.mark.parametrize("spec", [unknown_form("none").project], ids=["unknown"])
def test_a_program_that_does_not_know_the_form_keeps_and_merges_them_by_field(spec: object) -> None:
    base = decode(TEXT.encode(), spec)  # type: ignore[arg-type]
    path = ("result.rows", "3f9abk", "actual")
    ours = base.with_value(("result.rows", "3f9abk", "own_key"), 4)
    merged = merge(base, ours, base.with_value(path, "2人"), "乙")
    assert merged.conflicts == ()
    text = canonical(merged.record, spec)  # type: ignore[arg-type]
    assert decode(text.encode(), SPEC).text(path) == "2人"
    changes = diff(base, decode(text.encode(), spec))  # type: ignore[arg-type]
    assert {change.path for change in changes if isinstance(change, FieldChange)} == {
        path, ("result.rows", "3f9abk", "own_key"),
    }  # fmt: skip


def test_a_table_whose_own_name_has_a_dot_is_kept_as_it_is() -> None:
    text = 'schema = 1\n\n["a.b".x]\ny = 1\n'
    record = decode(text.encode(), SPEC)
    assert record.head["a.b"] == {"x": {"y": 1}}
    again = decode(canonical(record, SPEC).encode(), SPEC)
    assert again.head == record.head


def test_the_next_years_plan_begins_without_what_was_said_of_this_one() -> None:
    record = decode(TEXT.encode(), SPEC)
    document = Document(
        year=2021, unit="613001", form="sample", department=Record(), projects={"projects/a.toml": record}
    )
    (copy,) = rolled_over(document, sample_form(), 2022).projects.values()
    assert not [path for path in copy.paths() if path[0].startswith(("result", "watch"))]
    assert copy.text(("indicators", "3f9abk", "value")) == "18人"
