"""The three-way merge: neutral where one side did nothing, fair to both sides, and it loses nothing."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from perftui.forms import RecordSpec
from perftui.model.conflicts import FIELD, OURS, THEIRS
from perftui.model.diff import same, same_values
from perftui.model.merge import merge
from perftui.model.record import CONFLICTS, ORDER, FieldPath, Plain, Record, format_path
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests.property.store_records import SPECS, Draw, comments, edited, records, unknown_keys


@dataclass(frozen=True)
class Case:
    """A record and what two sides made of it."""

    spec: RecordSpec = field(repr=False)
    base: Record
    ours: Record
    theirs: Record


@st.composite
def cases(draw: Draw) -> Case:
    spec = draw(st.sampled_from(SPECS))
    base = draw(records(spec))
    return Case(spec, base, draw(changed(base, spec)), draw(changed(base, spec)))


@st.composite
def changed(draw: Draw, record: Record, spec: RecordSpec) -> Record:
    for _edit in range(draw(st.integers(0, 3))):
        record = draw(edited(record, spec))
    if draw(st.integers(0, 3)) == 0:
        key = draw(unknown_keys)
        record = record.with_value((key,), draw(st.none() | st.integers(0, 3)))
    paths = [path for path in record.paths() if path != ("schema",)]
    if paths and draw(st.integers(0, 3)) == 0:
        record = record.with_comments({draw(st.sampled_from(paths)): draw(comments())})
    return record


@st.composite
def unrelated(draw: Draw) -> Case:
    spec = draw(st.sampled_from(SPECS))
    return Case(spec, *(draw(records(spec)) for _side in range(3)))


every_case = cases() | unrelated()


@given(every_case)
def test_a_side_that_did_nothing_changes_nothing(case: Case) -> None:
    for one, other in ((case.base, case.ours), (case.ours, case.base), (case.theirs, case.theirs)):
        base = case.base if case.base in (one, other) else case.ours
        expected = other if one is base else one
        merged = merge(base, one, other, "乙")
        assert same(merged.record, expected)
        assert merged.conflicts == ()


@given(every_case)
def test_both_sides_are_treated_alike(case: Case) -> None:
    one = merge(case.base, case.ours, case.theirs, "乙")
    other = merge(case.base, case.theirs, case.ours, "甲")
    assert sorted(one.conflicts) == sorted(other.conflicts)
    assert same_values(*(settled(side.record, one.conflicts) for side in (one, other)))
    assert sides(one.record) == {name: (theirs, ours) for name, (ours, theirs) in sides(other.record).items()}


@given(every_case)
def test_the_result_is_a_valid_file(case: Case) -> None:
    merged = merge(case.base, case.ours, case.theirs, "乙").record
    text = canonical(merged, case.spec)
    found = decode(text.encode(), case.spec)
    assert same_values(found, merged)
    assert canonical(found, case.spec) == text


@given(every_case)
def test_nothing_that_a_side_made_is_lost(case: Case) -> None:
    merged = merge(case.base, case.ours, case.theirs, "乙")
    disputed = sides(merged.record)
    for side, other in ((case.ours, case.theirs), (case.theirs, case.ours)):
        for path in side.paths():
            value = side.value(path)
            if same_value(value, value_at(case.base, path)) or path[-1] == ORDER or path[0] == CONFLICTS:
                continue
            where = [format_path(path[:size]) for size in range(1, len(path) + 1)]
            kept = same_value(value_at(merged.record, path), value)
            assert kept or any(name in disputed for name in where), path
        for group in side.groups:
            for row in side.rows(group):
                other_has = other.row(group, row.id) is not None
                if case.base.row(group, row.id) is None or other_has:
                    assert merged.record.row(group, row.id) is not None
        lost = comment_lines(side) - comment_lines(case.base) - comment_lines(merged.record)
        assert not lost


@given(every_case)
def test_merging_the_result_again_changes_nothing(case: Case) -> None:
    merged = merge(case.base, case.ours, case.theirs, "乙").record
    again = merge(case.theirs, merged, case.theirs, "乙")
    assert same(again.record, merged)
    assert same_values(merge(case.base, merged, case.theirs, "乙").record, merged)


def settled(record: Record, conflicts: tuple[FieldPath, ...]) -> Record:
    """The record without what is in conflict, and without the notes about it."""
    for path in conflicts:
        if len(path) == 2 and path[0] in record.groups:
            record = record.without_row(*path)
        elif len(path) == 1:
            record = without_name(record, path[0])
        else:
            record = record.with_value(path, None)
    for row in record.rows(CONFLICTS):
        record = record.without_row(CONFLICTS, row.id)
    return record


def without_name(record: Record, name: str) -> Record:
    parts = (
        {key: part for key, part in held.items() if key != name} for held in (record.head, record.tables, record.groups)
    )
    head, tables, groups = parts
    return Record(head=head, tables=tables, groups=groups, comments=record.comments)


def sides(record: Record) -> dict[str, tuple[str, str]]:
    return {
        row.text(FIELD): (repr(row.values.get(OURS)), repr(row.values.get(THEIRS))) for row in record.rows(CONFLICTS)
    }


def value_at(record: Record, path: FieldPath) -> Plain | None:
    try:
        return record.value(path)
    except KeyError:
        return None


def same_value(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def comment_lines(record: Record) -> set[str]:
    return {line.strip() for note in record.comments.values() for line in (*note.before, note.behind) if line.strip()}
