"""The keyboard's bytes become keys and pastes, whatever arrives and however it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftui.tui.terminal.keyboard import ESCAPE, Keyboard, Pasted, Sequence, Token, Typed, Undecodable


def tokens_of(*pieces: bytes, step: float = 0.0, wait: float = 5.0, keyboard: Keyboard | None = None) -> list[Token]:
    """The tokens of pieces that come ``step`` seconds apart, and of ``wait`` seconds of silence."""
    keyboard = keyboard or Keyboard()
    now = 100.0
    tokens: list[Token] = []
    for piece in pieces:
        tokens += run_clock(keyboard, now)
        tokens += keyboard.feed(piece, now)
        now += step
    return tokens + run_clock(keyboard, now + wait)


def run_clock(keyboard: Keyboard, until: float) -> list[Token]:
    tokens: list[Token] = []
    while keyboard.deadline is not None and keyboard.deadline <= until:
        tokens += keyboard.tick(keyboard.deadline)
    return tokens


def typed(text: str) -> list[Token]:
    return [Typed(character) for character in text]


def test_text_and_control_keys():
    assert tokens_of("a中\r\x13".encode()) == typed("a中\r\x13")


@pytest.mark.parametrize("gap", [0.0, 0.2])
@pytest.mark.parametrize(
    "sequence",
    ["\x1b[A", "\x1bOP", "\x1b[15~", "\x1b[[A", "\x1b[23$", "\x1b[7$", "\x1b[1;5H", "\x1b[<35;10;3M", "\x1b[?2026;2$y",
     "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b]11;rgb:00/00/00\x07", "\x1bO[", "\x1b[3^", "\x1b[2;3R"],
)  # fmt: skip
def test_a_sequence_is_one_token_however_it_is_cut(sequence, gap):
    data = sequence.encode()
    for cut in range(1, len(data)):
        assert tokens_of(b"x" + data[:cut], data[cut:] + b"y", step=gap) == [Typed("x"), Sequence(sequence), Typed("y")]
    assert tokens_of(*(bytes([byte]) for byte in data), step=0.2 if gap else 0.0) == [Sequence(sequence)]


def test_escape_is_a_key_after_its_delay_and_before_any_other_key():
    keyboard = Keyboard(escape_delay=0.25)
    assert keyboard.feed(b"\x1b", 1.0) == []
    assert keyboard.deadline == pytest.approx(1.25)
    assert keyboard.tick(1.2) == []
    assert keyboard.tick(1.25) == [ESCAPE]
    assert tokens_of(b"\x1ba") == [ESCAPE, Typed("a")]
    assert tokens_of("\x1b中".encode()) == [ESCAPE, Typed("中")]
    assert tokens_of(b"\x1b\x1b[A") == [ESCAPE, Sequence("\x1b[A")]
    assert tokens_of(b"\x1b[") == [ESCAPE, Typed("[")]
    assert tokens_of(b"\x1bP1") == [ESCAPE, *typed("P1")]


def test_escape_tab_is_a_key_of_the_linux_console_only():
    assert tokens_of(b"\x1b\t") == [ESCAPE, Typed("\t")]
    assert tokens_of(b"\x1b\t", keyboard=Keyboard(escape_tab=True)) == [Sequence("\x1b\t")]


def test_the_begin_of_a_sequence_whose_rest_was_lost_is_not_typed():
    assert tokens_of(b"\x1b[15") == []


@pytest.mark.parametrize("start", [b"\x1b[", b"\x1b[<1;", b"\x1bO"])
def test_endless_sequences_are_dropped(start):
    digits = b"1" * 5000
    assert tokens_of(start + digits + b"Ra") == [Typed("a")]
    assert tokens_of(start + digits, digits, b"a") == [Typed("a")]


@pytest.mark.parametrize("report", [b"\x1b[M !!", b"\x1b[M\x20\xff\xff", b"\x1b[M\x80\xc3\x28", b"\x1b[M\x1b\x1b\x1b"])
def test_old_mouse_reports_are_dropped_bytes_and_all(report):
    assert tokens_of(b"a" + report + b"b") == typed("ab")
    assert tokens_of(report[:4], report[4:] + b"b", step=0.1) == typed("b")


def test_text_that_is_not_utf8_is_refused_and_keys_are_not():
    gbk = "丂培训".encode("gbk")
    assert tokens_of(b"\x13" + gbk + b"\x11") == [Undecodable(), Typed("\x13"), Typed("\x11")]
    assert tokens_of(b"\xd6\xd0") == [Undecodable()]
    assert tokens_of(b"\xff\x1b[A") == [Undecodable(), Sequence("\x1b[A")]


def test_a_character_may_come_in_pieces_but_not_for_ever():
    data = "中𠀀".encode()
    assert tokens_of(*(bytes([byte]) for byte in data), step=0.5) == typed("中𠀀")
    assert tokens_of(b"\xe4", wait=1.0) == [Undecodable()]


def test_a_paste_is_cleaned_and_keeps_its_lines():
    pasted = b"\x1b[200~a\tb\r\nc\rd\ne\x1b[31m\x07\x00\x7f\xc2\x9bf\x1b[201~"
    assert tokens_of(pasted + b"x") == [Pasted("a\tb\nc\nd\ne[31mf"), Typed("x")]


def test_a_paste_may_come_in_any_pieces():
    data = "\x1b[200~培训\t12\x1b[201~".encode()
    for cut in range(1, len(data)):
        assert tokens_of(data[:cut], data[cut:], step=0.1) == [Pasted("培训\t12")]
    assert tokens_of(*(bytes([byte]) for byte in data), step=0.1) == [Pasted("培训\t12")]


def test_a_paste_without_an_end_ends_after_silence_and_later_keys_are_keys():
    keyboard = Keyboard()
    assert keyboard.feed(b"\x1b[200~half", 1.0) == []
    assert keyboard.tick(2.9) == []
    assert keyboard.feed(b" a text", 2.9) == []
    assert keyboard.tick(4.9) == [Pasted("half a text")]
    assert keyboard.feed(b"\x13", 5.0) == [Typed("\x13")]


def test_a_paste_start_alone_does_not_keep_the_keyboard():
    assert tokens_of(b"\x1b[200~", b"\x13", step=2.5) == [Typed("\x13")]


def test_the_mark_of_the_end_inside_a_paste_does_not_let_the_rest_run_as_keys():
    assert tokens_of(b"\x1b[200~a\x1b[201~\x13b\x1b[201~") == [Pasted("ab")]
    assert tokens_of(b"\x1b[200~a\x1b[201~\x13", b"b\x1b[201~", step=0.02) == [Pasted("ab")]


def test_keys_right_behind_a_paste_are_keys():
    assert tokens_of(b"\x1b[200~a\x1b[201~\r") == [Pasted("a"), Typed("\r")]
    assert tokens_of(b"\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~") == [Pasted("a"), Pasted("b")]


def test_a_paste_that_is_not_utf8_is_refused_whole():
    assert tokens_of(b"\x1b[200~1\r" + "培训".encode("gbk") + b"\x1b[201~") == [Undecodable()]


def test_a_long_paste_is_read_in_linear_time():
    keyboard = Keyboard()
    keyboard.feed(b"\x1b[200~", 0.0)
    for _ in range(1000):
        assert keyboard.feed(b"x" * 4096, 0.0) == []
    (pasted,) = keyboard.feed(b"\x1b[201~", 0.0)
    assert isinstance(pasted, Pasted)
    assert len(pasted.text) == 4096 * 1000


def test_a_burst_is_a_paste_if_wanted_until_a_terminal_marks_its_pastes():
    text = "培训\t12\r会议\t3\r".encode()
    assert tokens_of(text) == typed(text.decode())
    keyboard = Keyboard(bursts=True)
    assert tokens_of(text[:20], text[20:] + b"\x1b", step=0.01, keyboard=keyboard) == [Pasted("培训\t12\n会议\t3\n")]
    assert tokens_of(b"12.50\t", keyboard=keyboard) == typed("12.50\t")
    assert tokens_of(b"\t" * 20, keyboard=keyboard) == typed("\t" * 20)
    assert tokens_of(b"\x13" + text, keyboard=keyboard) == typed("\x13" + text.decode())
    assert tokens_of(b"\x1b[200~a\x1b[201~", keyboard=keyboard) == [Pasted("a")]
    assert tokens_of(text, keyboard=keyboard) == typed(text.decode())


MARKS = [b"\x1b[200~", b"\x1b[201~", b"\x1b[M", b"\x1b", b"\x1bO", b"\x1b[", "中".encode(), b"\xd6\xd0", b"\x1b]"]


@given(
    st.lists(st.one_of(st.binary(max_size=12), st.sampled_from(MARKS)), max_size=12),
    st.sampled_from([0.0, 0.1, 0.3, 3.0]),
)
def test_anything_may_arrive_and_the_keyboard_works_afterwards(pieces, gap):
    keyboard = Keyboard()
    for token in tokens_of(*pieces, step=gap, keyboard=keyboard):
        if isinstance(token, Pasted):
            assert not any(ord(character) < 32 and character not in "\t\n" for character in token.text)
    assert tokens_of(b"q", keyboard=keyboard) == [Typed("q")]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), st.integers(0, 90))
def test_text_arrives_whatever_the_cut(text, cut):
    data = text.encode()
    assert tokens_of(data[:cut], data[cut:]) == typed(text)
