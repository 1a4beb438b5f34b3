"""What is written is read back the same, and writing what was read changes nothing."""

import tomllib

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from perftui.forms import RecordSpec
from perftui.model.diff import same, same_values
from perftui.model.equality import equal
from perftui.model.record import Record
from perftui.store.problem import BadFile
from perftui.store.toml.canonical import canonical, encode_value
from perftui.store.toml.decode import decode, decode_text, has_markers, read_text
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


@given(specs.flatmap(lambda spec: st.tuples(st.just(spec), records(spec))), st.data())
def test_what_is_read_quickly_is_what_the_parser_reads(case: tuple[RecordSpec, Record], data: st.DataObject) -> None:
    spec, record = case
    lines = canonical(record, spec).split("\n")
    for _change in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["drop", "twice", "spaced", "value", "header", "comment", "behind"]))
        key = lines[at].partition(" = ")[0]
        lines[at : at + 1] = {
            "drop": [], "twice": [lines[at], lines[at]], "spaced": [f"{lines[at]} "],
            "value": [f"{key} = {data.draw(st.sampled_from(_ODD_VALUES))}"], "header": [f"[{key}.a]"],
            "comment": [data.draw(st.sampled_from(_COMMENTS)), lines[at]], "behind": [f"{lines[at]}  # \"数\""],
        }[kind]  # fmt: skip
    text = "\n".join(lines)
    try:
        expected = read_text(text, spec)
    except BadFile:
        expected = None
    try:
        found = decode_text(text, spec)[0]
    except BadFile:
        found = None
    assert repr(found) == repr(expected)  # every field with its type; two values of nan are the same here


_COMMENTS = ("# 核对过", "#", "  # 核对过", '# name = "甲"', "# [goals.a]", "", '# """')

_ODD_VALUES = (
    "1", "-1", "1_0", "0x1", " 1", "1.0", "true", "'a'", '"a" ', '"a""', '""', '"a\\tb"', '"a\tb"', '"a"b"', "[1]",
    '"x # y"', "{ a = 1 }", "2021-03-01", '"""', '"[x]"', "1000000000000", '"\u200b"', "\uff11", '"a = b"',
)  # fmt: skip


@given(plain)
def test_two_readers_agree_on_every_value(value: object) -> None:
    text = f"x = {encode_value(value)}\n"
    assert equal(tomllib.loads(text)["x"], value)
    assert equal(tomlkit.parse(text).unwrap()["x"], value)


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
