import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from perftui.model.text import clean, fold, strip_number, visible, xml_problem
from perftui.model.width import cell_len, graphemes

NASTY = "街道 \n\t\r\x0b\x1b\u200d\ufe0f\u202e\u200b\ufeff\u0301\u2028e😀🏽\ud800"
OWN_SIGN = "[\u2126\u212a\u212b\u2329\u232a\uf900-\ufad9\U0002f800-\U0002fa1d]"
"""Signs for which NFC puts another; people mean the one that they wrote."""
hostile = st.text(st.one_of(st.characters(), st.sampled_from(NASTY)))


@given(hostile, st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    again = clean(once.text, lines=lines)
    assert again.text == once.text
    assert again.removed == ()


@given(hostile, st.booleans())
def test_clean_text_is_nfc_safe_and_in_order(text: str, lines: bool) -> None:
    cleaned = clean(text, lines=lines)
    assert unicodedata.is_normalized("NFC", re.sub(OWN_SIGN, "\n", cleaned.text))
    assert xml_problem(cleaned.text) is None
    cleaned.text.encode()
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} and char != "\n" for char in cleaned.text)
    assert lines or "\n" not in cleaned.text
    assert [item.index for item in cleaned.removed] == sorted(item.index for item in cleaned.removed)


@given(hostile)
def test_nothing_that_can_be_seen_is_lost(text: str) -> None:
    def seen(of: str) -> str:
        return "".join(char for char in unicodedata.normalize("NFD", of) if unicodedata.category(char)[0] in "LNPS")

    fillers = "\u115f\u1160\u3164\uffa0"  # letters to Unicode, blanks to the eye
    wanted = "".join(char for char in text if char not in fillers)
    assert seen(clean(wanted, lines=True).text) == seen(wanted)


@given(hostile)
def test_what_is_shown_has_a_place_for_each_place(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    shown.encode()
    assert sum(cells for _, _, cells in graphemes(shown)) == cell_len(shown)


@given(st.text())
def test_the_number_and_the_rest_are_the_text(text: str) -> None:
    number, rest = strip_number(text)
    assert text.endswith(rest)
    assert number or rest == text


@given(st.text())
def test_folding_twice_is_no_different_for_a_text_without_a_number(text: str) -> None:
    assert fold(f"（1）{fold(text)}") == fold(fold(text)) or strip_number(fold(text))[0]
