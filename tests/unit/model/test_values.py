from decimal import Decimal

import pytest

from perftui.model.values import ValueKind, is_counting_unit, normalise_value, parse_value


@pytest.mark.parametrize(
    ("text", "kind", "sign", "number", "unit"),
    [
        ("≥95%", ValueKind.PERCENT, "≥", "95", "%"),
        ("≥95％", ValueKind.PERCENT, "≥", "95", "%"),
        ("≤65万元", ValueKind.MONEY, "≤", "65", "万元"),
        ("=8个", ValueKind.QUANTITY, "=", "8", "个"),
        ("<=475元/亩", ValueKind.MONEY, "≤", "475", "元/亩"),
        ("=100.00(%)", ValueKind.PERCENT, "=", "100.00", "%"),
        ("＝１００（％）", ValueKind.PERCENT, "=", "100", "%"),
        ("41人", ValueKind.QUANTITY, "", "41", "人"),
        ("985米", ValueKind.QUANTITY, "", "985", "米"),
        ("6.8万元", ValueKind.MONEY, "", "6.8", "万元"),
        ("100%", ValueKind.PERCENT, "", "100", "%"),
        ("95百分比", ValueKind.PERCENT, "", "95", "百分比"),
        ("百分之95", ValueKind.PERCENT, "", "95", "%"),
        ("5‰", ValueKind.PERCENT, "", "5", "‰"),
        ("100%完成", ValueKind.PERCENT, "", "100", "%"),
        ("95以上", ValueKind.QUANTITY, "≥", "95", ""),
        ("达到95%以上", ValueKind.PERCENT, "≥", "95", "%"),
        ("3个工作日内", ValueKind.QUANTITY, "≤", "3", "个工作日"),
        ("控制在100万元以内", ValueKind.MONEY, "≤", "100", "万元"),
        ("12个月", ValueKind.QUANTITY, "", "12", "个月"),
        ("1，234 人", ValueKind.QUANTITY, "", "1234", "人"),
        ("1次/年", ValueKind.QUANTITY, "", "1", "次/年"),
        ("12", ValueKind.QUANTITY, "", "12", ""),
        (" 18人 ", ValueKind.QUANTITY, "", "18", "人"),
    ],
)
def test_numbers_with_a_unit(text: str, kind: ValueKind, sign: str, number: str, unit: str) -> None:
    value = parse_value(text)
    assert (value.kind, value.sign, value.number, value.unit) == (kind, sign, Decimal(number), unit)
    assert value.is_quantitative
    assert not value.is_missing
    assert value.text == text.strip()


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        *(
            (word, "≥")
            for word in (">=", "=>", "》=", "＞＝", "》＝", "≧", "大于等于", "大于或等于", "不低于", "不少于", "不小于")
        ),
        *((word, "≤") for word in ("<=", "=<", "《=", "＜＝", "≦", "小于等于", "不超过", "不高于", "不大于")),
        *((word, ">") for word in (">", "＞", "》", "大于", "超过", "高于")),
        *((word, "<") for word in ("<", "＜", "《", "小于", "低于")),
        *((word, "=") for word in ("=", "＝", "==", "等于")),
    ],
)
def test_every_written_form_of_an_operator(written: str, sign: str) -> None:
    assert parse_value(f"{written}95%").sign == sign
    assert normalise_value(f"{written}９５％") == f"{sign}95%"


@pytest.mark.parametrize(
    ("text", "lower", "upper", "unit"),
    [("90%-95%", 90, 95, "%"), ("90-95%", 90, 95, "%"), ("3至5次", 3, 5, "次"), ("10万元～20万元", 10, 20, "万元")],
)
def test_ranges(text: str, lower: int, upper: int, unit: str) -> None:
    value = parse_value(text)
    assert (value.number, value.upper, value.unit) == (lower, upper, unit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12月底到位", ValueKind.DATE),
        ("12月底前", ValueKind.DATE),
        ("2021年12月31日前", ValueKind.DATE),
        ("2021-12-31", ValueKind.DATE),
        ("2021/12/31", ValueKind.DATE),
        ("年底前完成", ValueKind.DATE),
        ("≤12月底", ValueKind.DATE),
        ("2021年1月-12月", ValueKind.PERIOD),
        ("2021年1月—2021年12月", ValueKind.PERIOD),
        ("1-12月", ValueKind.PERIOD),
        ("1月至12月", ValueKind.PERIOD),
        ("2021年度", ValueKind.PERIOD),
        ("2021年", ValueKind.PERIOD),
        ("全年", ValueKind.PERIOD),
        ("第三季度末", ValueKind.PERIOD),
        ("每月15日前", ValueKind.PERIOD),
    ],
)
def test_dates_and_periods(text: str, kind: ValueKind) -> None:
    value = parse_value(text)
    assert value.kind is kind
    assert not value.is_quantitative


@pytest.mark.parametrize(
    "text",
    [
        "效果明显",
        "及时",
        "合理",
        "是",
        "优",
        "无",
        "全年正常运转",
        "X光机",
        "1/2",
        "18名街道工作者补助按时拨付",
        "满意、及时",
        "9" * 20 + "人",
        "95%)",
    ],
)
def test_words_are_qualitative(text: str) -> None:
    assert parse_value(text).kind is ValueKind.QUALITATIVE


@pytest.mark.parametrize(
    "text",
    [
        "是/否",
        "是／否",
        "是 否",
        "□是 □否",
        "是否",
        "优/良/中/差",
        "优、良、中、差",
        "优良中差",
        "合格/不合格",
        "完成/未完成",
    ],
)
def test_lists_to_choose_from(text: str) -> None:
    assert parse_value(text).kind is ValueKind.CHOICE


@pytest.mark.parametrize(
    "text", ["**", "＊＊", "*", "XX", "xx", "/", "／", "—", "-", "_", "…", "≥", "≥XX%", "**人", "待定", "□"]
)
def test_signs_of_a_template_are_no_values(text: str) -> None:
    value = parse_value(text)
    assert value.kind is ValueKind.PLACEHOLDER
    assert value.is_missing


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_nothing_is_empty(text: str) -> None:
    assert parse_value(text).kind is ValueKind.EMPTY
    assert parse_value(text).is_missing


@pytest.mark.parametrize(
    ("text", "money", "unit"),
    [
        ("6.8万元", "68000", "万元"),
        ("≤100元", "100", "元"),
        ("1.2亿元", "120000000", "亿元"),
        ("3千元", "3000", "千元"),
        ("10万元-20万元", "200000", "万元"),
    ],
)
def test_money_in_yuan(text: str, money: str, unit: str) -> None:
    assert parse_value(text).money == Decimal(money)
    assert parse_value(text).money_unit == unit


def test_a_price_is_money_but_no_sum_of_money() -> None:
    value = parse_value("≤475元/亩")
    assert value.money is None
    assert value.money_unit == "元"
    assert parse_value("41人").money is None
    assert parse_value("41人").money_unit == ""


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("》=95％", "≥95%"),
        ("大于等于 95 %", "≥95%"),
        ("４１人", "41人"),
        ("6。8万元", "6.8万元"),
        ("1，000人", "1000人"),
        ("＝１００％", "=100%"),
        ("95％以上", "95%以上"),
        ("控制在１００万元以内", "控制在100万元以内"),
        ("２０２１年１月－１２月", "2021年1月-12月"),
        ("效果明显。", "效果明显。"),
        ("第①期，１号", "第①期，１号"),
        ("＊＊", "＊＊"),
        ("是／否", "是／否"),
        ("", ""),
    ],
)
def test_what_is_typed_is_normalised_when_it_reads_as_a_value(typed: str, stored: str) -> None:
    assert normalise_value(typed) == stored


def test_units_that_count() -> None:
    assert all(
        is_counting_unit(unit) for unit in ("人", "名", "辆", "个", "次", "户", "件", "台", "人次", "万人次", "次/年")
    )
    assert not any(is_counting_unit(unit) for unit in ("", "%", "米", "元", "万元", "个月", "个工作日", "万", "分"))
