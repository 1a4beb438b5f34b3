"""What is typed to find something."""

import time

import pytest

from perftui.viewmodel.pinyin import readings
from perftui.viewmodel.search import matches, matching


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("", "培训场次"),
        ("  ", "培训场次"),
        ("场次", "培训场次"),
        ("pxcc", "培训场次"),
        ("PXCC", "培训场次"),
        ("ｐｘｃｃ", "培训场次"),
        ("pxcs", "培训场次"),
        ("pxcs", "全年培训次数"),
        ("xc", "培训场次"),
        ("px场次", "培训场次"),
        ("px 次", "培训场次"),
        ("csg", "残疾人cSg场"),
        ("f9", "导出 F9"),
        ("dc", "导出 F9"),
        ("zfgz18", "支付工资18人"),
        ("a.b", "a.b"),
        ("(", "预算数（元）("),
        ("zqzg", "重庆主干"),
        ("cqzg", "重庆主干"),
        ("hs", "行署"),
        ("xz", "行政"),
        ("yh", "银行"),
        ("yx", "银行"),
        ("nz", "女职工"),
        ("。", "好。"),
        ("１８", "18人"),
        ("％", "98％"),
    ],
)
def test_what_is_found(wanted: str, text: str) -> None:
    assert matches(wanted, text)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("sxpz", "培训场次"),
        ("pcc", "培训场次"),
        ("pxcs", "培训c"),
        ("pxcsx", "培训场次"),
        ("a.b", "aXb"),
        ("v", "女"),
        ("培次", "培训场次"),
        ("[", "培训"),
    ],
)
def test_what_is_not_found(wanted: str, text: str) -> None:
    assert not matches(wanted, text)


def test_words_may_stand_in_different_texts_but_a_word_in_one() -> None:
    assert matches("px 次数", "培训", "次数")
    assert not matches("pxcs", "培训", "次数")


def test_a_slip_is_forgiven_only_where_nothing_matches_without_one() -> None:
    def texts(item: str) -> tuple[str]:
        return (item,)

    assert matching("pxcs", ["培训场次", "培训次数"], texts) == ["培训次数"]
    assert matching("pxcs", ["会议场次", "培训场次"], texts) == ["培训场次"]


def test_every_character_of_gb2312_has_an_initial() -> None:
    known = set("".join(readings().values()))
    codes = [bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    assert {text for code in codes if (text := code.decode("gb2312", "ignore")) and text not in known} == set()


def test_a_thousand_names_are_filtered_before_the_next_key() -> None:
    names = [f"街道工作者第{number}年度生活补助及培训场次" for number in range(1000)]
    begun = time.process_time()
    assert len([name for name in names if matches("pxcs", name)]) == 1000
    assert time.process_time() - begun < 0.25
