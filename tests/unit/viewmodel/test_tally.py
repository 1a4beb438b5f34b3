"""Sums over all projects: the same as added up afresh, and only what is new is looked at."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from perftui.model.record import Record
from perftui.viewmodel.tally import DocumentSums


def amounts(record: Record) -> list[Decimal]:
    return [Decimal(record.text(("name",)) or 0), Decimal(1)]


def project(amount: int) -> Record:
    return Record(head={"name": str(amount)})


CHANGES = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(-(10**14), 10**14) | st.none()), min_size=1)


@given(CHANGES)
def test_sums_are_those_of_all_records_whatever_was_changed(changes: list[tuple[str, int | None]]) -> None:
    tallies = DocumentSums()
    projects = {"z": project(1)}
    for file, amount in changes:
        projects = {name: record for name, record in projects.items() if amount is not None or name != file}
        if amount is not None:
            projects[file] = project(amount)
        expected = [sum(column) for column in zip(*map(amounts, projects.values()), strict=True)]
        assert tallies.sums("x", projects, amounts) == expected


def test_only_the_record_that_changed_is_looked_at() -> None:
    tallies = DocumentSums()
    asked: list[Record] = []

    def of(record: Record) -> list[Decimal]:
        asked.append(record)
        return amounts(record)

    projects = {str(number): project(number) for number in range(100)}
    tallies.sums("x", projects, of)
    asked.clear()
    tallies.sums("x", dict(projects), of)
    assert asked == []
    again = {**projects, "7": project(70)}
    assert tallies.sums("x", again, of)[0] == sum(range(100)) + 63
    assert asked == [projects["7"], again["7"]]
