import random

from perftui.model.ids import ALPHABET, LENGTH, SPACE, STRIDE, derived_id, new_id

RNG = random.Random(7)


def test_an_id_has_six_characters_that_cannot_be_misread() -> None:
    made = new_id(None, None, (), RNG)
    assert len(made) == LENGTH
    assert set(made) <= set(ALPHABET)
    assert not set("01iol") & set(ALPHABET)


def test_appended_ids_stand_in_reading_order_and_leave_room() -> None:
    ids: list[str] = []
    for _row in range(3000):
        ids.append(new_id(ids[-1] if ids else None, None, ids[-5:], RNG))
    assert ids == sorted(ids)
    assert len(set(ids)) == 3000


def test_an_inserted_id_lies_between_its_neighbours() -> None:
    low, high = "3aaaaa", "3abaaa"
    for _row in range(12):
        middle = new_id(low, high, (), RNG)
        assert low < middle < high
        low, high = (low, middle) if RNG.random() < 0.5 else (middle, high)


def test_where_there_is_no_room_any_free_id_does() -> None:
    assert new_id("222222", "222223", {"222222", "222223"}, RNG) not in {"222222", "222223"}
    assert len(new_id("zzzzzz", None, {"zzzzzz"}, RNG)) == LENGTH


def test_at_the_end_of_the_ids_an_appended_one_still_stands_last_while_there_is_room() -> None:
    last = "zzxzkj"  # one stride before the end: every second one from here goes beyond it
    for seed in range(50):
        made = new_id(last, None, {last}, random.Random(seed))
        assert last < made <= "zzzzzz"


class Always(random.Random):
    """Gives one number, whatever is asked for."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def randrange(self, *_range: int) -> int:  # type: ignore[override]
        return self.number


def test_the_last_id_of_all_is_given_and_behind_it_any_free_one() -> None:
    assert new_id("zzxzkj", None, (), Always(STRIDE - 1)) == "zzzzzz"
    assert new_id("zzxzkj", None, (), Always(STRIDE)) == "2242fh"


def test_between_the_last_two_ids_and_before_the_first_the_one_that_is_free_is_taken() -> None:
    assert new_id("zzzzzx", "zzzzzz", (), RNG) == "zzzzzy"
    assert new_id(None, "222223", (), RNG) == "222222"
    assert new_id("zzzzzx", "zzzzzz", {"zzzzzy"}, RNG) not in {"zzzzzx", "zzzzzy", "zzzzzz"}


def test_a_taken_id_is_never_given_again() -> None:
    """Six letters are many; to see it, all ids that the seed would give first are taken."""
    for before, after in (("zzzzzz", None), ("aaaaaa", None), ("aaaaaa", "aaabbb"), (None, None)):
        first = [new_id(before, after, (), random.Random(seed)) for seed in range(20)]
        for seed in range(20):
            assert new_id(before, after, set(first), random.Random(seed)) not in first


def test_ids_of_imported_rows_are_ids_beyond_the_end_as_well() -> None:
    beyond = SPACE // STRIDE + 5
    made = [derived_id(number, "同", ()) for number in (beyond - 10, beyond, 10**6)]
    assert all(len(one) == LENGTH and set(one) <= set(ALPHABET) for one in made)


def test_ids_written_by_hand_are_neighbours_too() -> None:
    assert len(new_id("第一", "row-2", (), RNG)) == LENGTH


def test_ids_of_imported_rows_hang_on_place_and_content_alone() -> None:
    first = derived_id(0, "甲", ())
    assert derived_id(0, "甲", ()) == first
    assert derived_id(0, "乙", ()) != first
    assert derived_id(0, "甲", {first}) != first
    ids = [derived_id(number, "同", ()) for number in range(200)]
    assert ids == sorted(ids)
    assert derived_id(0, "\ud800", ())
