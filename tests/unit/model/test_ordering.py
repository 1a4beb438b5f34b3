import pytest

from perftui.model.ordering import place_between, renumbered


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [(None, None, 1000), (3000, None, 4000), (None, 1000, 500), (1000, 2000, 1500), (1000, 1002, 1001)],
)
def test_a_place_lies_between_its_neighbours(before: int | None, after: int | None, place: int) -> None:
    assert place_between(before, after) == place


@pytest.mark.parametrize(("before", "after"), [(1000, 1001), (1000, 1000), (None, 1), (None, 0), (2000, 1000)])
def test_a_gap_may_be_used_up(before: int | None, after: int | None) -> None:
    assert place_between(before, after) is None


def test_places_are_numbered_afresh_in_steps() -> None:
    assert list(renumbered(3)) == [1000, 2000, 3000]
    assert list(renumbered(0)) == []
