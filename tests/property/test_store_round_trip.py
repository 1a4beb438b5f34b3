"""What is written is read back the same, and writing what was read changes nothing."""

import tomllib

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from perftui.forms import RecordSpec
from perftui.model.diff import same, same_values
from perftui.model.record import Record
from perftui.store.canonical import canonical, encode_value
from perftui.store.codec import decode, has_markers
from tests.property.store_records import SPECS, Written, hand_written, plain, records

specs = st.sampled_from(SPECS)


@given(specs.flatmap(lambda spec: st.tuples(st.just(spec), records(spec))))
def test_a_record_is_read_back_with_its_comments(case: tuple[RecordSpec, Record]) -> None:
    spec, record = case
    text = canonical(record, spec)
    found = decode(text.encode(), spec)
    assert same(found, record)
    assert canonical(found, spec) == text


@given(specs.flatmap(lambda spec: st.tuples(st.just(spec), records(spec))))
def test_no_value_breaks_a_line_or_looks_like_a_marker(case: tuple[RecordSpec, Record]) -> None:
    spec, record = case
    text = canonical(record, spec)
    assert text.splitlines() == text.removesuffix("\n").split("\n")
    assert not has_markers(text.encode())
    assert text.isascii() or not any(char in text for char in "\u200b\u202e\u2028\x85\ufeff\x1b")


@given(plain)
def test_two_readers_agree_on_every_value(value: object) -> None:
    text = f"x = {encode_value(value)}\n"
    assert tomllib.loads(text)["x"] == value
    assert tomlkit.parse(text).unwrap()["x"] == value


@given(hand_written())
def test_canonical_text_of_a_hand_written_file_is_stable_and_keeps_its_comments(written: Written) -> None:
    record = decode(written.text.encode(), written.spec)
    text = canonical(record, written.spec)
    again = decode(text.encode(), written.spec)
    assert same_values(again, record)
    assert canonical(again, written.spec) == text
    kept = [line.strip() for note in again.comments.values() for line in (*note.before, note.behind) if line.strip()]
    for note in record.comments.values():
        for line in (*note.before, note.behind):
            assert not line.strip() or line.strip() in kept
