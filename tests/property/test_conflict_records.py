"""The record of a conflict: one a field, the same on every clone, whoever merges first, and nobody's value is lost."""

from collections.abc import Sequence
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from perftui.forms import load_form
from perftui.model.conflicts import FIELD, OURS, THEIRS, THEIRS_BY, conflict_rows
from perftui.model.merge import merge
from perftui.model.record import CONFLICTS, Record, Row
from perftui.store.toml.canonical import canonical
from tests import factories

BASE = factories.project()
SPEC = load_form("hebei-2021").project
NAME = ("name",)
PEOPLE = ["甲", "乙", "丙", "丁", "戊", ""]
VALUES = ["一", "二", "三", "四", "五", None]

values = st.sampled_from(VALUES)
hands = st.lists(st.tuples(st.sampled_from(PEOPLE[:5]), st.sampled_from(VALUES)), min_size=2, max_size=5, unique_by=(
    lambda hand: hand[0], lambda hand: hand[1]))  # fmt: skip


def named(value: str | None) -> Record:
    return BASE.with_value(NAME, value)


def others(record: Record) -> list[tuple[str, str]]:
    return [(row.text(THEIRS_BY), row.text(THEIRS)) for row in conflict_rows(record).get(NAME, ())]


def gathered(first: tuple[str, str | None], rest: Sequence[tuple[str, str | None]]) -> Record:
    """One person's version, and then everybody else's merged into it."""

    def taken(record: Record, hand: tuple[str, str | None]) -> Record:
        return merge(BASE, record, named(hand[1]), hand[0], first[0]).record

    return reduce(taken, rest, named(first[1]))


@given(hands, st.randoms())
def test_every_value_is_kept_once_whoever_comes_first(all_hands: list[tuple[str, str | None]], random: object) -> None:
    first, *rest = all_hands
    record = gathered(first, rest)
    random.shuffle(rest)  # type: ignore[attr-defined]
    assert canonical(gathered(first, rest), SPEC) == canonical(record, SPEC)
    assert record.value(NAME) == first[1]
    assert sorted(others(record)) == sorted((by, value or "") for by, value in rest)


@given(hands)
def test_clones_that_merged_crosswise_have_one_conflict_together(all_hands: list[tuple[str, str | None]]) -> None:
    (mine, my_value), (other, other_value) = all_hands[:2]
    here = merge(BASE, named(my_value), named(other_value), other, mine).record
    there = merge(BASE, named(other_value), named(my_value), mine, other).record
    assert [row.id for row in here.rows(CONFLICTS)] == [row.id for row in there.rows(CONFLICTS)]
    assert merge(BASE, here, there, other, mine).record == here
    assert merge(BASE, there, here, mine, other).record == there


@given(hands, values)
def test_each_pull_onto_an_unsettled_field_takes_the_place_of_the_one_before(
    all_hands: list[tuple[str, str | None]], later: str | None
) -> None:
    (mine, my_value), (other, other_value) = all_hands[:2]
    once = merge(BASE, named(my_value), named(other_value), other, mine).record
    for base in (BASE, named(other_value)):  # with and without knowing what the other side had before
        twice = merge(base, once, named(later), other, mine).record
        assert twice.value(NAME) == my_value
        assert others(twice) == ([(other, later or "")] if later not in (my_value, BASE.value(NAME)) else others(twice))


@given(st.permutations(VALUES))
def test_two_who_settle_differently_are_asked_again(some: list[str | None]) -> None:
    torn = merge(BASE, named(some[0]), named(some[1]), "乙", "甲").record
    here, there = (torn.without_row(CONFLICTS, torn.rows(CONFLICTS)[0].id).with_value(NAME, one) for one in some[:2])
    merged = merge(torn, here, there, "乙", "甲")
    assert merged.conflicts == (NAME,)
    assert merged.record.value(NAME) == some[1]
    assert [text for _by, text in others(merged.record)] == [some[0] or ""]


@given(st.permutations(VALUES))
def test_what_one_settled_stays_settled_for_all(some: list[str | None]) -> None:
    torn = gathered(("甲", some[0]), [("乙", some[1]), ("丙", some[2])])
    settled = torn.with_value(NAME, some[3])
    for row in torn.rows(CONFLICTS):
        settled = settled.without_row(CONFLICTS, row.id)
    for merged in (merge(torn, settled, torn, "乙").record, merge(torn, torn, settled, "乙").record):
        assert merged == settled


@given(st.permutations(VALUES), st.sampled_from(["k7x2mw", "row-2"]))
def test_rows_of_older_files_are_read_and_brought_into_shape_when_they_change(
    some: list[str | None], row_id: str
) -> None:
    old = named(some[0])
    for at, value in enumerate(some[1:3]):
        row = {FIELD: "name", OURS: some[0], THEIRS: value, THEIRS_BY: "乙"}
        kept = {key: one for key, one in row.items() if one is not None}
        old = old.with_row(CONFLICTS, Row(id=f"{row_id}{at}", values=kept))
    elsewhere = merge(named(some[0]), old, named(some[0]).with_value(("plan", "m03"), "30"), "丙").record
    assert elsewhere.rows(CONFLICTS) == old.rows(CONFLICTS)
    found = merge(BASE, old, named(some[3]), "丙", "甲").record
    assert sorted(text for _by, text in others(found)) == sorted(value or "" for value in some[1:4])
    assert not {f"{row_id}0", f"{row_id}1"} & {row.id for row in found.rows(CONFLICTS)}
