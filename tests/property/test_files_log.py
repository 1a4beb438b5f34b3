"""A damaged log gives up what is damaged, gives back everything else, and never invents a value."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from perftui.files.appendlog import decode_log, encode_record

QUICK = settings(deadline=None)  # the time of one example says how loaded the machine is
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
SAMPLE = ({"budget": "1973600.00"}, "资金用途：\n第一行", 7, ["\u2028", "\n1d21369d 1 5"], "x" * 40, None)


def spans(values: Sequence[object]) -> list[tuple[int, int]]:
    """Where each record's own bytes (without the line feed ahead) lie in the log of the values."""
    ends = [0]
    for value in values:
        ends.append(ends[-1] + len(encode_record(value)))
    return [(start + 1, end) for start, end in pairwise(ends)]


def encode_log(values: Sequence[object]) -> bytes:
    return b"".join(map(encode_record, values))


@QUICK
@given(st.lists(VALUES, max_size=6))
def test_every_value_comes_back(values: list[object]) -> None:
    found = decode_log(encode_log(values))
    assert found.entries == tuple(values)
    assert found.damaged == 0


@QUICK
@given(st.text(alphabet=st.characters(categories=["Cs", "Cc", "Zl", "Zp", "Lo"])))
def test_every_text_comes_back_from_one_line(text: str) -> None:
    record = encode_record(text)
    assert record.count(b"\n") == 1
    assert decode_log(record).entries == (text,)


def test_cut_at_every_byte_it_gives_back_every_whole_record() -> None:
    data = encode_log(SAMPLE)
    for size in range(len(data) + 1):
        whole = sum(end <= size for _start, end in spans(SAMPLE))
        found = decode_log(data[:size])
        assert found.entries == SAMPLE[:whole], size
        torn = data[:size].rstrip(b"\n") != encode_log(SAMPLE[:whole])
        assert found.damaged == torn, size
        assert decode_log(data[:size] + encode_record("next")).entries == (*SAMPLE[:whole], "next"), size


def test_without_its_first_bytes_it_gives_back_every_whole_record() -> None:
    data = encode_log(SAMPLE)
    for size in range(len(data) + 1):
        lost = sum(start < size for start, _end in spans(SAMPLE))
        assert decode_log(data[size:]).entries == SAMPLE[lost:], size


def test_with_any_bit_flipped_it_gives_up_one_record_at_most() -> None:
    data = encode_log(SAMPLE)
    for place in range(len(data)):
        hit = [number for number, (start, end) in enumerate(spans(SAMPLE)) if start <= place < end]
        for bit in range(8):
            damaged = bytearray(data)
            damaged[place] ^= 1 << bit
            expected = [value for number, value in enumerate(SAMPLE) if number not in hit]
            found = decode_log(bytes(damaged))
            assert found.entries == tuple(expected), (place, bit)
            assert found.damaged == len(hit), (place, bit)


@settings(QUICK, max_examples=400)
@given(st.lists(VALUES, min_size=1, max_size=6), st.data())
def test_with_a_piece_replaced_it_gives_back_all_that_is_untouched(values: list[object], data: st.DataObject) -> None:
    log = encode_log(values)
    start = data.draw(st.integers(0, len(log)))
    end = data.draw(st.integers(start, len(log)))
    put = data.draw(st.binary(max_size=20) | st.sampled_from([b"", b"\n", bytes(64), log[start:end] * 2]))
    found = decode_log(log[:start] + put + log[end:])
    before = [value for value, span in zip(values, spans(values), strict=True) if span[1] <= start]
    after = [value for value, span in zip(values, spans(values), strict=True) if span[0] > end]
    assert list(found.entries[: len(before)]) == before
    assert list(found.entries[len(found.entries) - len(after) :]) == after
    assert all(value in values for value in found.entries)


def test_a_zeroed_tail_is_one_damaged_place() -> None:
    found = decode_log(encode_log(SAMPLE) + bytes(4096))
    assert (found.entries, found.damaged) == (SAMPLE, 1)


@settings(QUICK, max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    assert decode_log(data).entries == ()
    assert decode_log(data + encode_record("last")).entries[-1:] == ("last",)
