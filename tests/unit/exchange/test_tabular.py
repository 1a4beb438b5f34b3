"""Blocks of cells as the clipboard holds them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftui.exchange.tabular import format_block, parse_block

SAMPLES = Path(__file__).parents[2] / "data" / "clipboard"


def sample(name: str) -> str:
    return (SAMPLES / name).read_bytes().decode("utf-8")


def test_a_block_from_excel() -> None:
    assert parse_block(sample("excel.tsv")) == (
        ("产出指标", "数量指标", "支付工资人数", "18人"),
        ("", "质量指标", "发放准确率\n（按月）", "≥98%"),
        ("", "时效指标", '按"月"发放', ""),
        ("", "", "a\tb", '他说："好"\n就办'),
    )


def test_a_block_from_wps() -> None:
    assert parse_block(sample("wps.tsv")) == (
        ("1. 按时发放\n2. 足额发放", "年度工作计划"),
        ('"五年规划"', "=8个"),
        ("", ""),
        ("末行", ""),
    )


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", ()),
        ("\r\n", (("",),)),
        ("甲", (("甲",),)),
        ("甲\n", (("甲",),)),
        ("甲\n\n", (("甲",), ("",))),
        ("甲\r乙\r", (("甲",), ("乙",))),
        ("甲\t乙\r\n丙", (("甲", "乙"), ("丙",))),
        ("\t", (("", ""),)),
        ("甲\t", (("甲", ""),)),
        ('"甲\n乙"', (("甲\n乙",),)),
        ('"甲\r\n乙"\t丙', (("甲\n乙", "丙"),)),
        ('"甲""乙"', (('甲"乙',),)),
        ('"甲"', (('"甲"',),)),
        ('"甲"乙', (('"甲"乙',),)),
        ('"甲\t乙', (('"甲', "乙"),)),
        ('"', (('"',),)),
        ('""', (('""',),)),
        (' "甲\n乙"', ((' "甲',), ('乙"',))),
        ("甲\u2028乙", (("甲\u2028乙",),)),
    ],
)
def test_shapes_of_a_block(text: str, block: tuple[tuple[str, ...], ...]) -> None:
    assert parse_block(text) == block


CELLS = st.text(st.sampled_from('甲"\t\nab '), max_size=8)
BLOCKS = st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=4)


@given(BLOCKS)
def test_a_block_that_was_copied_is_pasted_as_it_was(block: list[list[str]]) -> None:
    expected = tuple(tuple(row) for row in block)
    text = format_block(block)
    assert parse_block(text) == expected
    if block and not text.endswith("\n"):
        assert parse_block(text + "\r\n") == expected


@given(st.text(st.sampled_from('甲"\t\r\n'), max_size=30))
def test_no_text_is_lost(text: str) -> None:
    assert "".join("".join(row) for row in parse_block(text)).count("甲") == text.count("甲")
