from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from perftui.model.values import ValueKind, is_placeholder, normalise_value, parse_value

UNITS = ["", "%", "‰", "人", "万元", "元", "元/亩", "个工作日", "次/年", "米", "分"]
PIECES = (
    *(
        "≥",
        ">=",
        "》=",
        "大于等于",
        "控制在",
        "=",
        "<",
        "95",
        "１２",
        "3.5",
        ",",
        "，",
        "。",
        "-",
        "至",
        "%",
        "％",
        "(%)",
        " ",
    ),
    *(
        "人",
        "万元",
        "元/亩",
        "年",
        "2021年",
        "12月",
        "底",
        "前",
        "以上",
        "以内",
        "**",
        "XX",
        "/",
        "是",
        "否",
        "优",
        "效果",
    ),
)
pieces = st.sampled_from(PIECES)
typed_values = st.one_of(st.lists(pieces, max_size=7).map("".join), st.text(max_size=20))


@given(st.sampled_from(["", "≥", "≤", ">", "<", "="]), st.decimals(0, 10**9, places=2), st.sampled_from(UNITS))
def test_a_written_value_is_read_back(sign: str, number: Decimal, unit: str) -> None:
    value = parse_value(f"{sign}{number}{unit}")
    assert (value.sign, value.number, value.unit) == (sign, number, unit)
    assert normalise_value(value.text) == value.text


@given(typed_values | st.text("*_/—xX≥% 待定NA人。", max_size=5))
def test_a_placeholder_is_the_value_of_that_kind(text: str) -> None:
    assert is_placeholder(text) == (parse_value(text).kind is ValueKind.PLACEHOLDER)


@given(typed_values)
def test_every_text_is_some_value(text: str) -> None:
    value = parse_value(text)
    assert value.text == text.strip()
    assert (value.number is not None) == (value.kind in {ValueKind.QUANTITY, ValueKind.PERCENT, ValueKind.MONEY})
    assert value.upper is None or value.number is not None
    assert value.money is None or value.kind is ValueKind.MONEY


@given(typed_values)
def test_normalising_changes_neither_the_value_nor_what_is_normal(typed: str) -> None:
    stored = normalise_value(typed)
    assert normalise_value(stored) == stored
    before, after = parse_value(typed), parse_value(stored)
    assert replace(after, text="") == replace(before, text="")
