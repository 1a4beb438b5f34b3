import re
from decimal import Decimal

import pytest

from perftui.model.money import (
    AmountError,
    format_amount,
    format_percent,
    half_width,
    in_words,
    parse_amount,
    parse_percent,
    print_amount,
    read_amount,
    read_percent,
    sum_amounts,
)


@pytest.mark.parametrize("text", ["0", "0.00", "1973600.00", "12.5", "999999999999999.99", "-12.00", "007"])
def test_the_files_grammar_is_read(text: str) -> None:
    assert parse_amount(text) == Decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "1.",
        ".5",
        "1.234",
        "１２",
        "1,000",
        "1_000",
        "+1",
        "1e3",
        "NaN",
        "--1",
        "1\n",
        "٣",
        "9" * 16,
        "12万",
    ],
)
def test_nothing_else_is_an_amount_in_a_file(text: str) -> None:
    assert parse_amount(text) is None
    assert parse_percent(text) is None


def test_amounts_are_written_with_two_decimals() -> None:
    assert format_amount(Decimal("1973600")) == "1973600.00"
    assert format_amount(Decimal("-0")) == "0.00"
    assert format_amount(Decimal("12.5")) == "12.50"


@pytest.mark.parametrize("amount", ["0.001", "1e15", "Infinity"])
def test_what_the_grammar_cannot_hold_is_never_written(amount: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        format_amount(Decimal(amount))


@pytest.mark.parametrize(
    ("text", "unit", "printed"),
    [
        ("2179600.00", "元", "2179600.00"),
        ("0.00", "元", "0"),
        ("0.00", "万元", "0"),
        ("12.5", "元", "12.50"),
        ("2179600.00", "万元", "217.96"),
        ("120000.00", "万元", "12"),
        ("0.01", "万元", "0.000001"),
        ("1000000.00", "万元", "100"),
        ("-50000.00", "万元", "-5"),
        ("", "元", ""),
        ("见附件", "元", "见附件"),
    ],
)
def test_amounts_print_in_the_documents_unit(text: str, unit: str, printed: str) -> None:
    assert print_amount(text, unit) == printed


@pytest.mark.parametrize(
    ("typed", "unit", "amount"),
    [
        ("1973600", "元", "1973600"),
        ("１９７３６００。５", "元", "1973600.50"),
        ("1，973，600.00", "元", "1973600"),
        ("1,973,600", "元", "1973600"),
        ("197,3600", "元", "1973600"),
        ("1 973 600", "元", "1973600"),
        ("12万", "元", "120000"),
        ("12 万元", "元", "120000"),
        ("12.5万", "元", "125000"),
        ("1.2亿", "元", "120000000"),
        ("4000元", "元", "4000"),
        ("¥4,000.00", "元", "4000"),
        ("￥4000", "元", "4000"),
        ("12.5+3", "元", "15.5"),
        ("＝12。5＋3", "元", "15.5"),
        ("100-20", "元", "80"),
        ("100－20", "元", "80"),
        ("12万+3000", "元", "123000"),
        ("-5+10", "元", "5"),
        (".5", "元", "0.5"),
        ("5.", "元", "5"),
        ("1.500", "元", "1.5"),
        ("0", "元", "0"),
        ("000012", "元", "12"),
        ("12", "万元", "120000"),
        ("12万", "万元", "120000"),
        ("12元", "万元", "12"),
        ("197.36", "万元", "1973600"),
        ("0.000001", "万元", "0.01"),
        ("　12　", "元", "12"),
        ("999999999999999.99", "元", "999999999999999.99"),
        ("99999999999.99万", "元", "999999999999900"),
    ],
)
def test_amounts_are_read_as_hands_type_them(typed: str, unit: str, amount: str) -> None:
    assert read_amount(typed, unit) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "unit", "said"),
    [
        ("", "元", "没有数字"),
        ("元", "元", "没有数字"),
        ("12a", "元", "“a”"),
        ("１２ａ", "元", "“ａ”"),
        ("10²", "元", "“²”"),
        ("12\u202e", "元", "U+202E"),
        ("十二万", "元", "“十”"),
        ("25%", "元", "“%”"),
        ("12,50", "元", "千位"),
        ("1,23,456", "元", "千位"),
        ("12 50", "元", "千位"),
        ("12.345", "元", "两位小数"),
        ("0.0000001", "万元", "6 位小数"),
        ("-5", "元", "负数"),
        ("3-5", "元", "负数"),
        ("9" * 16, "元", "15 位"),
        ("999999999999万", "元", "15 位"),
        ("999999999999999+1", "元", "15 位"),
        ("12万3", "元", "12万3"),
        ("12.3.4", "元", "12.3.4"),
        ("12+", "元", "少一个数字"),
        ("12++3", "元", "少一个数字"),
        ("1万亿", "元", "1万亿"),
    ],
)
def test_a_refusal_says_what_is_wrong(typed: str, unit: str, said: str) -> None:
    with pytest.raises(AmountError, match=re.escape(said)):
        read_amount(typed, unit)


def test_an_endless_number_is_refused_at_once() -> None:
    with pytest.raises(AmountError):
        read_amount("9" * 100_000, "元")
    with pytest.raises(AmountError):
        read_amount("0." + "9" * 100_000, "元")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("25", "25"),
        ("25%", "25"),
        ("２５％", "25"),
        ("33.33", "33.33"),
        ("33。3", "33.3"),
        ("25.00 %", "25"),
        ("25+25", "50"),
        ("0", "0"),
        ("100", "100"),
        ("250", "250"),
    ],
)
def test_percentages_are_read_as_hands_type_them(typed: str, text: str) -> None:
    assert read_percent(typed) == text


@pytest.mark.parametrize(
    ("typed", "said"), [("", "没有"), ("-1", "负"), ("1000", "三位"), ("33.333", "两位"), ("12万", "万")]
)
def test_percentages_that_cannot_be_are_refused(typed: str, said: str) -> None:
    with pytest.raises(AmountError, match=said):
        read_percent(typed)


def test_percentages_lose_their_zeros() -> None:
    assert [format_percent(Decimal(text)) for text in ("25.00", "33.30", "100", "0.00", "-0.0")] == [
        "25",
        "33.3",
        "100",
        "0",
        "0",
    ]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("120000", "壹拾贰万元整"),
        ("1005.30", "壹仟零伍元叁角整"),
        ("1005.06", "壹仟零伍元零陆分"),
        ("1005.36", "壹仟零伍元叁角陆分"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.56", "伍角陆分"),
        ("10", "壹拾元整"),
        ("1973600.00", "壹佰玖拾柒万叁仟陆佰元整"),
        ("2179600", "贰佰壹拾柒万玖仟陆佰元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("10000500", "壹仟万零伍佰元整"),
        ("100050000", "壹亿零伍万元整"),
        ("100000007", "壹亿零柒元整"),
        ("1000700000000", "壹万零柒亿元整"),
        ("1000050000000", "壹万亿零伍仟万元整"),
        ("1010101010.10", "壹拾亿壹仟零壹拾万壹仟零壹拾元壹角整"),
        ("-12.00", "负壹拾贰元整"),
        ("999999999999999.99", "玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_amounts_in_words(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


def test_the_sum_of_amounts() -> None:
    assert sum_amounts(["1973600.00", "", "0.01"]) == Decimal("1973600.01")
    assert sum_amounts([]) == 0
    assert sum_amounts(["12.00", "见附件"]) is None


def test_only_width_is_undone() -> None:
    assert half_width("１２．５％＋Ａ－①²。　") == "12.5%+A-①². "
