"""Which years in a copied text can be moved on, and which are names."""

import pytest

from perftui.review.rules.copied_years import moved_on, names_with_years


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2021年培训4次，2021 年底前完成", "2022年培训4次，2022 年底前完成"),
        ("二〇二一年和二○二一年", "二〇二二年和二○二二年"),
        ("比2020年增长5%", "比2020年增长5%"),
        ("依据财预〔2021〕101号", "依据财预〔2021〕101号"),
        ("2021–2023年规划，2021年—2023年，2021年至2023年", "2021–2023年规划，2021年—2023年，2021年至2023年"),
        ("《2021年预算管理办法》要求2021年完成", "《2021年预算管理办法》要求2022年完成"),
        ("编号12021年", "编号12021年"),
    ],
)
def test_last_years_number_moves_on_and_names_stay(text: str, later: str) -> None:
    assert moved_on(text, 2022) == later


def test_what_has_to_be_looked_up_is_named() -> None:
    text = "按财预〔2021〕101号和《预算法》，落实“十四五”规划，2021-2023年分三年实施"
    assert names_with_years(text) == ["按财预〔2021〕101号", "《预算法》", "“十四五”", "2021-2023年"]
    assert names_with_years("2021年培训4次") == []
