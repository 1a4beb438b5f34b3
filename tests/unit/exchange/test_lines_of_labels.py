"""Lines that hold several labels with their texts, and units whose codes have letters."""

import pytest

from perftui.exchange.importer.labels import is_unit_line, unit_of
from perftui.exchange.importer.measures import name_and_value
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
        ("群众满意度", ("群众满意度", "")),
        ("2022年培训班", ("2022年培训班", "")),
    ],
)
def test_a_value_stands_behind_a_name(text: str, parts: tuple[str, str]) -> None:
    assert name_and_value(text) == parts
