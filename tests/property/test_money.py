from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from perftui.model.money import (
    AmountError,
    format_amount,
    format_percent,
    in_words,
    parse_amount,
    parse_percent,
    print_amount,
    read_amount,
    read_percent,
    sum_amounts,
)

FEN = st.integers(min_value=0, max_value=10**17 - 1)
amounts = FEN.map(lambda fen: Decimal(fen).scaleb(-2))


@given(amounts)
def test_format_then_parse_is_the_same_amount(amount: Decimal) -> None:
    assert parse_amount(format_amount(amount)) == amount
    assert parse_amount(format_amount(-amount)) == -amount


@given(amounts, st.sampled_from(["元", "万元"]))
def test_what_is_printed_can_be_typed_again(amount: Decimal, unit: str) -> None:
    assert read_amount(print_amount(format_amount(amount), unit), unit) == amount


@given(amounts)
def test_full_width_digits_and_separators_change_nothing(amount: Decimal) -> None:
    full = f"{amount:,.2f}".translate(str.maketrans("0123456789.,", "０１２３４５６７８９。，"))
    assert read_amount(full, "元") == amount


@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=8))
def test_a_typed_sum_is_the_sum(fens: list[int]) -> None:
    texts = [format_amount(Decimal(fen).scaleb(-2)) for fen in fens]
    assert read_amount("+".join(texts), "元") == sum_amounts(texts)


near_amounts = st.text("0123456789.,，。+-万亿元% １２٣\u200b", max_size=12)


@given(st.one_of(st.text(), near_amounts), st.sampled_from(["元", "万元"]))
def test_anything_typed_is_an_exact_amount_or_a_refusal(typed: str, unit: str) -> None:
    try:
        amount = read_amount(typed, unit)
    except AmountError:
        return
    assert parse_amount(format_amount(amount)) == amount >= 0


@given(st.integers(0, 99_999))
def test_percentages_go_round(hundredths: int) -> None:
    percent = Decimal(hundredths).scaleb(-2)
    text = format_percent(percent)
    assert parse_percent(text) == percent
    assert read_percent(f"{percent}％") == text


def slow_words(yuan: int) -> str:
    """Digit by digit: a 零 for zeros between two digits, save where a section's last zeros meet a full 仟."""
    words, before = "", None
    digits = str(yuan)
    for place in reversed(range(len(digits))):
        digit = digits[-1 - place]
        if digit != "0":
            zeros = before is not None and before - place > 1 and place != before // 4 * 4 - 1
            words += ("零" if zeros else "") + "零壹贰叁肆伍陆柒捌玖"[int(digit)] + ("", "拾", "佰", "仟")[place % 4]
            before = place
        if place % 4 == 0 and before is not None:
            section = before // 4 == place // 4
            words += {4: "万" if section else "", 8: "亿", 12: "万"}.get(place, "")
    return words


def reads_back(words: str) -> int:
    """Hundredths of an amount in words, by grammar."""
    digits = {digit: number for number, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
    places = {"拾": 10, "佰": 100, "仟": 1000}
    whole, _, cents = words.rpartition("元") if "元" in words else ("", "", words)

    def under_ten_thousand(text: str) -> int:
        total = digit = 0
        for char in text:
            if char in places:
                total, digit = total + digit * places[char], 0
            else:
                digit = digits[char]
        return total + digit

    def under_a_hundred_million(text: str) -> int:
        high, _, low = text.rpartition("万")
        return under_ten_thousand(high) * 10**4 + under_ten_thousand(low)

    high, _, low = whole.rpartition("亿")
    total = (under_a_hundred_million(high) * 10**8 + under_a_hundred_million(low)) * 100
    digit = 0
    for char in cents:
        if char in "角分":
            total += digit * (10 if char == "角" else 1)
        else:
            digit = digits.get(char, 0)
    return total


sparse = st.lists(st.sampled_from("00012"), min_size=1, max_size=15).map("".join).map(int)


@given(st.one_of(FEN, st.integers(0, 10**6), sparse))
def test_words_say_the_amount(fen: int) -> None:
    words = in_words(Decimal(fen).scaleb(-2))
    assert reads_back(words) == fen
    assert "零零" not in words
    assert "零元" not in words or fen < 100


@given(st.one_of(st.integers(1, 10**15 - 1), sparse.filter(bool)))
def test_words_agree_with_the_digit_by_digit_way(yuan: int) -> None:
    assert in_words(Decimal(yuan)) == slow_words(yuan) + "元整"
