import os
import stat
import threading
from datetime import date
from pathlib import Path

import pytest

from perftui.session.journal.log import JournalLog, journal_folder, old_journals
from perftui.store.json_values import from_json, to_json


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return journal_folder(tmp_path)


def entries(place: Path) -> list[object]:
    (old,) = old_journals(place)
    old.release()
    return list(old.entries)


def test_what_is_written_is_found_by_the_next_process(place: Path) -> None:
    journal = JournalLog(place)
    journal.add({"a": 1})
    journal.latest("draft", "一")
    journal.latest("draft", "二")
    journal.write()
    journal.add({"b": [date(2021, 3, 1), float("inf"), {"k": (1, "x")}]})
    journal.write()
    journal.add({"lost": True})
    journal.close()
    assert entries(place) == [{"a": 1}, {"draft": "二"}, {"b": [date(2021, 3, 1), float("inf"), {"k": [1, "x"]}]}]


def test_the_journal_of_a_running_process_is_left_alone(place: Path) -> None:
    journal = JournalLog(place)
    journal.add({"a": 1})
    journal.write()
    assert old_journals(place) == []
    journal.close()
    (old,) = old_journals(place)
    assert old_journals(place) == []
    old.release()
    assert len(old_journals(place)) == 1


def test_journals_are_private_and_go_when_they_are_retired(place: Path) -> None:
    journal = JournalLog(place)
    journal.add({"a": 1})
    journal.write()
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    journal.close()
    (old,) = old_journals(place)
    old.retire()
    assert list(place.iterdir()) == []


def test_an_entry_added_while_others_are_written_is_not_lost(place: Path) -> None:
    journal = JournalLog(place)
    done = threading.Event()

    def write_on() -> None:
        while not done.is_set():
            journal.write()

    writer = threading.Thread(target=write_on)
    writer.start()
    for number in range(2000):
        journal.add({"number": number})
    done.set()
    writer.join()
    journal.write()
    journal.close()
    assert entries(place) == [{"number": number} for number in range(2000)]


def test_damage_gives_up_what_is_damaged_and_nothing_else(place: Path) -> None:
    journal = JournalLog(place)
    for number in range(5):
        journal.add({"number": number})
        journal.write()
    journal.close()
    data = bytearray(journal.path.read_bytes())
    at = data.index(b'"number":2')
    data[at + 3] ^= 1
    journal.path.write_bytes(bytes(data[:-4]))
    assert entries(place) == [{"number": 0}, {"number": 1}, {"number": 3}]


def test_a_foreign_file_is_no_journal(place: Path) -> None:
    (place / "x.log").write_bytes(b"\x00" * 100)
    (place / "y.log").mkdir()
    assert entries(place) == []


def test_a_rewritten_journal_holds_only_what_it_was_given(place: Path) -> None:
    journal = JournalLog(place)
    for number in range(100):
        journal.add({"number": number, "pad": "x" * 1000})
    journal.write()
    assert not journal.is_large()
    journal.rewrite([{"all": 1}])
    journal.add({"more": 2})
    journal.write()
    journal.close()
    assert entries(place) == [{"all": 1}, {"more": 2}]


def test_old_journals_come_in_the_order_they_were_begun(place: Path) -> None:
    for number in range(12):
        journal = JournalLog(place)
        journal.add({"number": number})
        journal.write()
        journal.close()
    found = old_journals(place)
    assert [old.entries[0]["number"] for old in found] == list(range(12))
    os.utime(found[0].path, (0, 0))
    assert [old.is_old() for old in found].count(True) == 1
    found[1].note([{"late": 1}])
    for old in found:
        old.release()
    assert old_journals(place)[1].entries[-1] == {"late": 1}


def test_every_place_of_a_folder_has_one_journal_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to("data")
    assert journal_folder(tmp_path / "data") == journal_folder(tmp_path / "link")
    assert journal_folder(tmp_path / "data") != journal_folder(tmp_path)


def test_odd_values_come_back_from_json() -> None:
    value = {"a": [1, "x", None, True, 1.5, date(2021, 1, 1)], "b": {"c": float("-inf")}}
    assert from_json(to_json(value)) == value
