"""Lines that hold several labels with their texts, and units whose codes have letters."""

import pytest

from perftui.exchange.importer.composed_labels import column_words
from perftui.exchange.importer.labels import is_unit_line, unit_of
from perftui.exchange.importer.measures import Measure, measured, name_and_sign, name_and_value
from perftui.exchange.importer.table_head import labelled_pieces
from perftui.exchange.importer.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("项目名称：滨河路　二期：扩建", ["项目名称：滨河路　二期：扩建"]),
        ("项目名称：滨河路　主管部门：住建局", ["项目名称：滨河路", "主管部门：住建局"]),
        ("项目名称：滨河路　　保管处：档案室", ["项目名称：滨河路", "保管处：档案室"]),
        (
            "年度资金总额：350\n其中：财政拨款：300\n其他资金：50",
            ["年度资金总额：350", "财政拨款：300", "其他资金：50"],
        ),
        ("滨河路　主管部门：住建局", ["滨河路　主管部门：住建局"]),
    ],
)
def test_a_line_is_cut_before_its_labels(line: str, pieces: list[str]) -> None:
    assert labelled_pieces(vocabulary("mof-2021"), line) == pieces


@pytest.mark.parametrize(
    ("text", "unit"),
    [("A13001档案局", ("A13001", "档案局")), ("613001档案局", ("613001", "档案局")), ("ABC公司", ("", "ABC公司"))],
)
def test_a_code_may_begin_with_a_letter(text: str, unit: tuple[str, str]) -> None:
    assert unit_of(text) == unit
    assert is_unit_line(text) == bool(unit[0])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("培训人数≥300人", ("培训人数", "≥300人")),
        ("开设班次6期", ("开设班次", "6期")),
        ("完成时间：11月底前", ("完成时间", "11月底前")),
        ("完成时间2022年4月底前", ("完成时间", "2022年4月底前")),
        ("群众满意度", ("群众满意度", "")),
        ("2022年培训班", ("2022年培训班", "")),
    ],
)
def test_a_value_stands_behind_a_name(text: str, parts: tuple[str, str]) -> None:
    assert name_and_value(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("绿道完好率（≥）", ("绿道完好率", "≥")),
        ("公里维护成本(<=)", ("公里维护成本", "<=")),
        ("安装监控探头数量（个）", ("安装监控探头数量（个）", "")),
        ("（≥）", ("（≥）", "")),
    ],
)
def test_a_sign_stands_in_brackets_behind_a_name(text: str, parts: tuple[str, str]) -> None:
    assert name_and_sign(text) == parts


@pytest.mark.parametrize(
    ("sign", "text"),
    [("大于等于", "≥95%"), ("小于或等于", "≤95%"), ("等于", "=95%"), ("不低于", "不低于95%"), ("＞", ">95%")],
)
def test_a_sign_in_words_is_written_as_the_sign(sign: str, text: str) -> None:
    assert measured(Measure(sign=sign, value="95", unit="%"), "达标率", timely=False).text == text


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("本年度计划完成水平", "value"), ("全年实际完成值", "aside"), ("预计完成值", "value"), ("考核标准值", "value"),
        ("个性化指标", "name"), ("数量指标", ""), ("分值", "weight"), ("上年度实际水平", "aside"),
    ],
)  # fmt: skip
def test_a_title_of_words_of_its_own_says_what_its_column_is(title: str, meaning: str) -> None:
    assert column_words(title) == meaning
