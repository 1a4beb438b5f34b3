"""The keyboard's bytes become keys, texts, pastes and streams, whatever arrives and however it is cut."""

import random
from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftui.tui.terminal.delivery import pressed
from perftui.tui.terminal.keyboard import Keyboard
from perftui.tui.terminal.tokens import (
    APART,
    Answer,
    Key,
    Pasted,
    StalledPaste,
    Token,
    TokenKind,
    TypedText,
    Undecodable,
    Unfinished,
    Unknown,
)
from tests.soak import keyboard as keyboard_soak
from tests.unit.tui.terminal.sent import CHARACTERS, LINES, SEQUENCES, SILENT
from tests.unit.tui.terminal.streams import Hands, played

ESC = TypedText("\x1b", b"\x1b")


def typed(text: str) -> list[Token]:
    return [TypedText(character, character.encode()) for character in text]


def names(*pieces: bytes | str, pause: float = 0.0, **options: float | bool) -> str:
    return played(*pieces, pause=pause, **options).typed()


# ---- text


def test_text_and_control_keys():
    assert played("a中\r\x13").tokens() == typed("a中\r\x13")


@pytest.mark.parametrize("pause", [0.02, 0.2, 3.0, 60.0])
def test_a_character_may_come_in_pieces_with_any_pause(pause):
    pieces = [bytes([byte]) for byte in "中𠀀".encode()]
    hands = played(*pieces, pause=pause)
    assert [token.character for token in hands.tokens() if isinstance(token, TypedText)] == ["中", "𠀀"]
    assert hands.tokens() == typed("中𠀀")


def test_half_a_character_that_does_not_go_on_is_refused_alone():
    assert played(b"\xe4", b"a", pause=1.0).tokens() == [Undecodable(b"\xe4"), *typed("a")]
    assert played(b"\xe4", b"\x1b[A", pause=1.0).tokens() == [Undecodable(b"\xe4"), Key("up", b"\x1b[A")]


def test_hanzi_that_look_like_letters_of_utf8_are_refused_where_the_terminal_is_known_not_to_be_utf8():
    gbk = "模".encode("gbk")
    assert gbk.decode() == "ģ"
    hands = Hands()
    hands.keyboard.ascii_only = True
    for sent in (b"2021" + gbk, b"\x1b[200~" + gbk + b"\x1b[201~", b"60.00"):
        hands.send(sent, 1.0)
    hands.wait(1.0)
    assert [token for token in hands.tokens() if not isinstance(token, Answer)] == [
        Undecodable(b"2021" + gbk), Undecodable(gbk + b"\x1b[201~"), *typed("60.00"),
    ]  # fmt: skip


def test_text_that_is_not_utf8_is_refused_and_keys_are_not():
    gbk = "丂培训".encode("gbk")
    assert played(b"\x13" + gbk + b"\x11").tokens() == [Undecodable(gbk), *typed("\x13\x11")]
    assert played(b"\xff\x1b[A").tokens() == [Undecodable(b"\xff"), Key("up", b"\x1b[A")]


@pytest.mark.parametrize("character", ["\u3000", "\xa0", "\ue816", "\u200d", "\ufe00", "\U000323b0", "\x85"])
def test_every_character_is_typed(character):
    assert played(f"张{character}三").tokens() == typed(f"张{character}三")


# ---- sequences


@pytest.mark.parametrize(("sequence", "name"), SEQUENCES.items())
def test_the_keys_of_all_terminals(sequence, name):
    assert names(sequence) == f"{{{name}}}"


@pytest.mark.parametrize(("sequence", "characters"), CHARACTERS.items())
def test_characters_that_come_as_sequences(sequence, characters):
    assert names(sequence) == characters


@pytest.mark.parametrize("sequence", SILENT)
def test_answers_and_keys_let_go_type_nothing(sequence):
    (token,) = played(sequence).tokens()
    assert isinstance(token, Answer)


def without_taken_back(tokens: list[Token]) -> str:
    """What was typed, without each Esc that turned out to be none."""
    kept: list[str] = []
    for token in tokens:
        if isinstance(token, Key) and token.takes_back:
            assert kept.pop() == "\x1b"
        if isinstance(token, TypedText | Key):
            kept.append(token.character if isinstance(token, TypedText) else f"{{{token.name}}}" if token.name else "")
    return "".join(kept)


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.3, 1.9])
@pytest.mark.parametrize("sequence", [*SEQUENCES, *CHARACTERS, *SILENT])
def test_a_sequence_is_whole_however_it_is_cut(sequence, pause):
    """But behind an ESC that time gave up only where it begins with ``[`` or ``O``."""
    whole = played("x" + sequence + "y").typed()
    first = 1
    if pause:  # ESC apart is Esc, or the begin of a sequence: neither Alt nor an answer
        while pause > 0.25 and (sequence[first : first + 1] not in "[O" or sequence == "\x1bOM"[:first]):
            first += 1
        first += sequence.startswith("\x1b\x1b")
    for cut in range(first, len(sequence.encode())):
        hands = Hands()
        hands.send("x")
        hands.send(sequence.encode()[:cut], after=0.1)
        hands.send(sequence.encode()[cut:], after=pause)
        hands.send("y", after=0.1)
        if pause <= 0.25 or cut > 1 or sequence not in CHARACTERS or sequence[1] == "[":
            assert without_taken_back(hands.tokens()) == whole, cut


def test_the_rest_of_a_sequence_takes_back_the_esc_that_time_gave_up():
    for rest, name in ((b"[D", "left"), (b"OQ", "f2"), (b"[17~", "f6")):
        hands = played("长", b"\x1b", rest, pause=1.5)
        assert hands.tokens() == [*typed("长"), ESC, Key(name, rest, takes_back=True)]
    assert played(b"\x1b", b"[D", pause=2.5).tokens() == [ESC, *typed("[D")]
    assert played(b"\x1b", b"[Dx", pause=1.0).tokens() == [ESC, *typed("[Dx")]
    assert played(b"\x1b", b"OK", pause=1.0).tokens() == [ESC, *typed("OK")]


@pytest.mark.parametrize("sequence", [one for one in (*SEQUENCES, *CHARACTERS, *SILENT) if one[1] == "[" and one[3:]])
def test_the_rest_of_a_sequence_may_come_in_several_reads(sequence):
    whole = played("x" + sequence + "y").typed()
    for cut in range(2, len(sequence)):
        hands = played("x", sequence[:1], sequence[1:cut], sequence[cut:], pause=0.6)
        hands.send("y", after=0.6)
        assert without_taken_back(hands.tokens()) == whole, cut


def test_a_paste_whose_first_mark_is_cut_more_than_once_is_a_paste():
    for first, second in combinations(range(1, 7), 2):
        data = b"\x1b[200~1\t2\r3\x1b[201~"
        assert pastes(played(data[:first], data[first:second], data[second:], pause=0.6)) == ["1\t2\n3"]


def test_brackets_typed_behind_esc_are_text():
    for text in ("[D", "[a", "[1]", "[", "]", "[12", "]0", "[x", "[培"):
        hands = played(b"\x1b", *text, pause=0.6)
        assert hands.typed() == f"\x1b{text}"


def test_an_answer_of_the_terminal_is_no_text_however_late_and_in_how_many_pieces():
    for pieces in (("]11;rgb:00/00/00\x07",), ("]11;rgb:00/00/", "00\x07"), ("]11;rgb:00/", "00/00\x1b", "\\")):
        hands = played("长", b"\x1b", pause=0.1)
        for number, piece in enumerate(pieces):
            hands.send(piece.encode(), after=0.7 if not number else 0.1)
        assert hands.typed().replace("\x1b", "") == "长"
        assert any(isinstance(token, Key) and token.takes_back for token in hands.tokens())


@pytest.mark.parametrize("delay", [0.025, 0.25])
def test_a_begun_sequence_is_waited_for_whatever_the_delay_of_esc(delay):
    assert names(b"\x1b[1", b"7~", pause=0.3, escape_delay=delay) == "{f6}"
    assert names(b"\x1bO", b"Q", pause=0.3, escape_delay=delay) == "{f2}"
    assert names(b"\x1b", b"[D", pause=0.05, escape_delay=delay).replace("\x1b", "") == "{left}"


# ---- ESC


def test_escape_is_a_key_after_its_delay():
    keyboard = Keyboard(escape_delay=0.25)
    assert keyboard.feed(b"\x1b", 1.0) == []
    keyboard.tick(1.03)
    assert [arrival.tokens for arrival in keyboard.tick(1.25)] == [(ESC,)]


@pytest.mark.parametrize(
    ("sent", "name"),
    [("\x1bb", "{alt+b}"), ("\x1b\x7f", "{alt+backspace}"), ("\x1b1", "{alt+1}"), ("\x1bB", "{alt+shift+b}"),
     ("\x1bP", "{alt+shift+p}"), ("\x1b[", "{alt+[}"), ("\x1b]", "{alt+]}"), ("\x1bO", "{alt+shift+o}"),
     ("\x1bbx", "{alt+b}x")],
)  # fmt: skip
def test_escape_and_a_letter_in_one_read_is_alt(sent, name):
    assert names(sent) == name


def test_escape_with_a_control_character_or_a_hanzi_is_esc_and_then_the_rest():
    assert played("\x1b中").tokens() == [ESC, *typed("中")]
    assert played("\x1b\r").tokens() == [ESC, *typed("\r")]
    assert played("\x1b\x1b").tokens() == [ESC, ESC]
    assert played("\x1b\t").tokens() == [ESC, *typed("\t")]
    assert names("\x1b\t", escape_tab=True) == "{shift+tab}"


def test_escape_and_a_letter_in_two_reads_are_two_keys():
    assert played(b"\x1b", b"b", pause=0.1).tokens() == [ESC, *typed("b")]
    assert played(b"\x1b", b"]", b"abc", pause=0.1).tokens() == [ESC, *typed("]abc")]


def test_puttys_alt_with_an_arrow_says_that_it_may_be_two_keys():
    assert played(b"\x1b\x1b[D").tokens() == [Key("alt+left", b"\x1b\x1b[D", after_escape=True)]
    assert played(b"\x1b", b"\x1b[D", pause=0.1).tokens() == [ESC, Key("left", b"\x1b[D")]
    assert played(b"\x1b\x1bOP").tokens() == [ESC, Key("f1", b"\x1bOP")]


@pytest.mark.parametrize("begun", ["\x1b]11;rgb:00", "\x1bP1$r", "\x1b_Gi=1", "\x1b]0;题"])
@pytest.mark.parametrize("rest", ["", "\x1b[A", "00\x07"])
def test_a_begun_answer_of_the_terminal_is_never_text(begun, rest):
    for pause in (0.0, 0.3, 3.0):
        assert not [token for token in played(begun, rest or b"", pause=pause).tokens() if isinstance(token, TypedText)]


def test_the_begin_of_a_sequence_whose_rest_was_lost_is_said_and_not_typed():
    assert played(b"\x1b[15").tokens() == [Unknown(b"\x1b[15")]
    assert played("\x1b[15中").tokens() == [Unknown(b"\x1b[15"), *typed("中")]


@pytest.mark.parametrize("start", [b"\x1b[", b"\x1b[<1;", b"\x1bO", b"\x1b]"])
def test_endless_sequences_are_dropped(start):
    digits = b"1" * 5000
    end = b"\x07" if start == b"\x1b]" else b"R"
    assert names(start + digits + end + b"a") == "a"
    assert names(start + digits, digits, end + b"a", pause=0.01) == "a"


@pytest.mark.parametrize("report", [b"\x1b[M !!", b"\x1b[M\x20\xff\xff", b"\x1b[M\x80\xc3\x28", b"\x1b[M\x1b\x1b\x1b"])
def test_old_mouse_reports_are_dropped_bytes_and_all(report):
    assert names(b"a" + report + b"b") == "ab"
    assert names(report[:4], report[4:] + b"b", pause=0.1) == "b"


# ---- marked pastes


def pastes(hands: Hands) -> list[str]:
    return [token.text for token in hands.tokens() if isinstance(token, Pasted)]


def test_a_paste_keeps_its_lines_and_every_character():
    hands = played(b"\x1b[200~a\tb\r\nc\rd\ne\x0b\x0c\xc2\x85\x07f\x1b[201~x")
    assert pastes(hands) == ["a\tb\nc\nd\ne\x0b\x0c\x85\x07f"]
    assert hands.typed().endswith("x")


@pytest.mark.parametrize("pause", [0.0, 0.1, 0.9, 3.0])
def test_a_paste_may_come_in_any_pieces(pause):
    data = "\x1b[200~培训\t12\r会议\r\x1b[201~".encode()
    for cut in range(2, len(data)):
        assert pastes(played(data[:cut], data[cut:], pause=pause)) == ["培训\t12\n会议\n"]
    assert pastes(played(data[:1], data[1:], pause=pause)) == ["培训\t12\n会议\n"]


@pytest.mark.parametrize("pause", [0.0, 0.1, 0.9])
def test_the_marks_of_a_paste_may_come_in_any_pieces(pause):
    data = b"\x1b[200~100.00\x1b[201~"
    for first, second in combinations(range(2, len(data)), 2):
        hands = played(data[:first], data[first:second], data[second:], "x", pause=pause)
        assert pastes(hands) == ["100.00"], (first, second)
        assert hands.typed().endswith("x")
    assert pastes(played(*(data[at : at + 1] for at in range(len(data))), pause=min(pause, 0.1))) == ["100.00"]


def test_a_paste_that_stands_still_is_said_and_goes_on():
    hands = played(b"\x1b[200~100.00\t60.00\t40.00\r2")
    hands.wait(2.8)
    assert [token for arrival in hands.arrivals for token in arrival.tokens][1:] == [StalledPaste(20)]
    hands.send(b"00.00\t150.00\t50.00\r\x1b[201~")
    assert pastes(hands) == ["100.00\t60.00\t40.00\n200.00\t150.00\t50.00\n"]
    assert hands.streams() == []


@pytest.mark.parametrize("key", ["a", "\t", "\r", "5", "\x1b[A"])
def test_no_letter_and_no_break_ends_a_paste(key):
    hands = played("\x1b[200~甲", key, "\x1b[201~", pause=2.0)
    assert len(pastes(hands)) == 1


@pytest.mark.parametrize("key", [b"\x1b", b"\x03", b"\x11"])
def test_esc_alone_after_the_sentence_ends_a_paste_and_all_of_it_is_asked_about(key):
    hands = played("\x1b[200~甲\r乙", key, pause=1.5)
    hands.send("\r丙\r", after=1.0)
    hands.send("丁\x1b[201~", after=4.0)
    assert hands.streams() == ["甲\n乙", "\n丙\n", "丁"]
    assert [token.text for token in hands.tokens() if isinstance(token, Unfinished)] == ["甲\n乙"]
    hands.send("x")
    assert hands.typed().endswith("x")


def test_esc_before_the_sentence_or_with_others_ends_no_paste():
    assert pastes(played("\x1b[200~甲", b"\x1b", "\x1b[201~", pause=0.5)) == ["甲\x1b"]
    assert pastes(played("\x1b[200~甲", b"\x1bx", "\x1b[201~", pause=1.5)) == ["甲\x1bx"]


def test_after_five_seconds_of_silence_the_rest_of_a_paste_is_no_more_waited_for():
    hands = played("\x1b[200~甲", b"\x03", pause=1.5)
    hands.send("乙", after=6.0)
    assert hands.typed().endswith("乙")


def test_the_mark_of_the_end_inside_a_paste_does_not_let_the_rest_run_as_keys():
    assert pastes(played(b"\x1b[200~a\x1b[201~\x13b\x1b[201~")) == ["a\x13b"]
    assert pastes(played(b"\x1b[200~a\x1b[201~", b"\x13b\x1b[201~", pause=0.02)) == ["a\x13b"]


def test_keys_right_behind_a_paste_are_keys():
    assert names("\x1b[200~a\x1b[201~\r") == "\r"
    assert pastes(played("\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~" * 3000)) == ["a", "b"] * 3000


def test_a_paste_that_is_not_utf8_is_refused_whole():
    raw = b"1\r" + "培训".encode("gbk") + b"\x1b[201~"
    assert played(b"\x1b[200~" + raw).tokens()[1:] == [Undecodable(raw)]


def test_a_long_paste_is_read_in_linear_time():
    hands = played(b"\x1b[200~", *[b"x" * 4096] * 2000, b"\x1b[201~")
    (pasted,) = pastes(hands)
    assert len(pasted) == 4096 * 2000


# ---- streams nobody typed


def test_lines_in_one_read_are_a_stream():
    hands = played(LINES)
    assert hands.streams() == ["第一行\n第二行\n第三行\n"]
    assert hands.typed() == ""


def test_a_terminal_that_has_marked_a_paste_is_believed():
    assert played("\x1b[200~a\x1b[201~", LINES, pause=1.0).streams() == []


@pytest.mark.parametrize(
    "sent", ["a", "社区工作", "1200\r", "\r", "\t\t\t\t", "\r\r\r\r", "\x1b[B\x1b[B1\r2\r\x1b[B3\r"]
)
def test_what_hands_send_is_no_stream(sent):
    assert played(sent).streams() == []


def test_one_key_and_a_held_one_pass_at_once():
    keyboard = Keyboard()
    assert [one.tokens for one in keyboard.feed(b"a", 1.0)] == [tuple(typed("a"))]
    for step in range(1, 50):
        assert keyboard.feed(b"a", 1.0 + step * 0.016)
    keyboard = Keyboard()
    for step in range(50):
        assert keyboard.feed(b"\x1b[B", 1.0 + step * 0.016)


def test_an_arrow_that_leaves_a_text_waits_for_what_a_wheel_sends_in_several_packets():
    hands = Hands()
    hands.keyboard.arrows_leave = True
    hands.send("\x1b[B")
    assert hands.arrivals == []
    hands.send("\x1b[B", after=0.02)
    hands.send("\x1b[B", after=0.02)
    hands.wait(0.1)
    (wheel,) = hands.arrivals
    assert all(event.repeated for event in pressed(wheel.tokens, wheel.came))
    hands.arrivals.clear()
    hands.send("\x1b[B", after=0.1)
    hands.wait(0.04)
    (one,) = hands.arrivals
    assert not any(event.repeated for event in pressed(one.tokens, one.came))


def test_typed_ahead_through_a_stall_is_typing_and_a_paste_after_a_rest_is_none():
    hands = Hands()
    for character in "100\r20":
        hands.send(character, after=0.1)
    hands.send("0\r300\r4", after=1.0)
    assert hands.streams(wait=0.2) == []
    hands.send(LINES, after=6.0)
    assert hands.streams() == [LINES.replace("\r", "\n")]


def test_a_stop_of_our_own_is_no_pause():
    hands = played("a")
    hands.keyboard.asked = hands.now
    hands.stop(2.0)
    hands.send("\r")
    assert hands.typed() == "a"
    assert hands.streams() == ["\n"]


def test_a_question_is_read_after_half_a_second_in_which_nobody_typed():
    hands = played("a")
    assert not hands.keyboard.question_is_read(hands.now + 9)
    hands.keyboard.asked = hands.now + 1.0
    assert not hands.keyboard.question_is_read(hands.now + 1.4)
    assert hands.keyboard.question_is_read(hands.now + 1.5)
    hands.send("b", after=1.4)
    assert not hands.keyboard.question_is_read(hands.now + 0.4)


def test_what_follows_a_stream_within_half_a_second_joins_it():
    hands = played(LINES, "第四行", pause=0.3)
    hands.send("x", after=0.7)
    assert "".join(hands.streams()) == LINES.replace("\r", "\n") + "第四行"
    assert hands.typed() == "x"


# ---- questions


def asked(after: float, *pieces: str) -> Hands:
    hands = played("a")
    hands.wait(1.0)
    hands.keyboard.asked = hands.now
    for piece in pieces:
        hands.send(piece, after=after)
    return hands


@pytest.mark.parametrize("key", ["\r", "\t", "\x1b", "\x1b[A", "5"])
def test_a_question_is_answered_by_one_key_alone_after_half_a_second(key):
    hands = asked(0.6, key)
    assert hands.streams() == []
    assert [arrival.came.alone for arrival in hands.arrivals][1:] == [True]


def test_keys_that_come_too_early_or_together_answer_nothing():
    assert asked(0.3, "\r").streams() == ["\n"]
    assert asked(0.6, "\r\r").streams() == ["\n\n"]
    assert asked(0.3, *"abc\r").typed() == "a"
    hands = asked(0.3, *"abc")
    hands.send("\r", after=0.6)
    assert hands.typed() == "a\r"


# ---- the laws

PIECES = [
    *SEQUENCES, *CHARACTERS, *SILENT, LINES, "\x1b[200~", "\x1b[201~", "\x1b[200~甲\t乙\r丙\x1b[201~", "项目", "100\r",
    "\r", "\t", "\x1b", "\x1bb", "\x11", "\x03", "\x7f",
]  # fmt: skip
ANYTHING = st.one_of(
    st.sampled_from([piece.encode() for piece in PIECES]),
    st.text(max_size=4).map(lambda text: text.encode("utf-8", "ignore")),
    st.binary(max_size=6), st.just("培训".encode("gbk")),
)  # fmt: skip
PAUSES = st.sampled_from([0.0, 0.01, 0.02, 0.05, 0.3, 0.6, 1.1, 2.2, 3.0])


@st.composite
def streams(draw: st.DrawFn) -> list[tuple[float, bytes]]:
    """Pieces, cut anywhere, with pauses."""
    whole = b"".join(draw(st.lists(ANYTHING, max_size=12)))
    cuts = sorted({0, len(whole), *draw(st.lists(st.integers(0, max(len(whole), 1)), max_size=8))})
    parts = [whole[start:end] for start, end in pairwise(cuts) if end > start]
    return [(draw(PAUSES), part) for part in parts if part]


def play(stream: list[tuple[float, bytes]], *, question: bool) -> Hands:
    hands = Hands()
    if question:
        hands.keyboard.asked = hands.now
    for pause, part in stream:
        hands.send(part, after=pause)
    hands.wait(10.0)
    return hands


@given(streams(), st.booleans())
def test_no_byte_is_lost(stream, question):
    hands = play(stream, question=question)
    raw = b"".join(token.raw for token in hands.tokens())
    assert Counter(raw + hands.waiting()) == Counter(b"".join(part for _pause, part in stream))


@given(streams())
def test_only_hands_an_answered_question_or_a_paste_reach_a_field(stream):
    """While a question is open nothing but one key alone after silence passes, and nobody types a stream."""
    for arrival in play(stream, question=True).arrivals:
        if arrival.kind is TokenKind.HANDS and any(
            isinstance(token, TypedText | Key | Pasted) for token in arrival.tokens
        ):
            assert len(arrival.tokens) == 1
            assert arrival.came.alone
            assert arrival.came.pause >= 0.5


@given(streams())
def test_the_keyboard_works_afterwards(stream):
    hands = play(stream, question=False)
    if hands.keyboard._state.lexer.paste is not None:
        hands.send(b"\x1b[201~", after=0.1)
    hands.wait(10.0)
    before = len(hands.arrivals)
    hands.send("中")
    hands.wait(1.0)
    assert [
        token.character for one in hands.arrivals[before:] for token in one.tokens if isinstance(token, TypedText)
    ] == ["中"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), st.integers(0, 90), PAUSES)
def test_text_arrives_whatever_the_cut(text, cut, pause):
    data = text.encode()
    assert played(data[:cut], data[cut:], pause=pause).tokens() == typed(text)


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from("\r\t")), min_size=5, max_size=20), st.data())
def test_the_cuts_of_a_line_make_no_difference_to_keys(amounts, data):
    """Typed at 12 keys a second, each key in pieces of its own."""
    keys = "".join("9" * digits + end for digits, end in amounts)
    hands = Hands()
    for key in keys:
        hands.send(key, after=data.draw(st.floats(0.05, 0.15)))
    assert hands.typed() == keys


@pytest.mark.parametrize(("stall", "at_most"), [(0.3, 0), (1.0, 2), (2.0, 10)])
def test_a_fast_typist_is_seldom_asked(stall, at_most):
    """12 keys a second with amounts, Tab and Enter; in the middle the line stands still, a hundred times."""
    chance = random.Random(7)
    asked = 0
    for _ in range(100):
        hands = Hands()
        keys = "".join(f"{chance.randrange(10, 2_000_000)}{chance.choice(chr(9) + chr(13))}" for _ in range(14))
        waited, late = 0.0, ""
        for place, key in enumerate(keys):
            pause = chance.lognormvariate(0, 0.35) / 12.8
            if place >= 20 and waited + pause <= stall and place < 70:
                waited, late = waited + pause, late + key
                continue
            if late:
                hands.send(late, after=max(stall, waited))
                late, waited = "", stall
            hands.send(key, after=pause)
        asked += bool(hands.streams())
    assert asked <= at_most


def test_random_streams():
    """A thousand; ``python -m tests.soak keyboard --full`` plays 100,000."""
    keyboard_soak.run(1000, random.Random(11), lambda: False).check()


# ---- pauses before a key


def pause_before_last(hands: Hands) -> float:
    """The quiet seconds that are known of before the last key."""
    hands.wait(1.0)
    return hands.arrivals[-1].came.pause


@pytest.mark.parametrize("seconds", [0.21, 0.3, 0.45, 0.6])
def test_a_key_after_a_short_pause_was_pressed_by_itself(seconds):
    assert pause_before_last(played(b"\x07", b"\x07", pause=seconds)) >= APART


def test_a_key_that_is_held_was_not():
    assert pause_before_last(played(*[b"\x07"] * 5, pause=0.1)) < APART


@pytest.mark.parametrize("answer", ["\x1b[I", "\x1b[O", "\x1b[?1;2c", "\x1b[12;40R", "\x1b[103;5:3u"])
@pytest.mark.parametrize("cut", [0, 1, 2])
def test_what_the_terminal_says_by_itself_is_no_key_before(answer, cut):
    """A change of focus, an answer, a key let go: right before the key, and in one read with it."""
    for before in (0.0, 0.1):
        hands = played(b"\x07", answer[:cut] or answer, pause=0.6)
        if cut:
            hands.send(answer[cut:], after=0.01)
        hands.send(b"\x07", after=before)
        assert pause_before_last(hands) >= APART


def test_a_stop_of_ours_is_no_pause():
    hands = played(b"\x07")
    hands.stop(3.0)
    hands.send(b"\x07")
    assert pause_before_last(hands) < APART
