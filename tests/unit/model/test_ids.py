import random

from perftui.model.ids import ALPHABET, LENGTH, derived_id, new_id

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
