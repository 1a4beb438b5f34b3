"""Columns are as wide as what stands in them; where there is too little room texts give way, numbers never."""

import pytest

from perftui.viewmodel.sheet_columns import ColumnWidth, column_widths, fixed, text_column


@pytest.mark.parametrize("total", [10, 30, 33, 34, 50, 66, 67, 200])
def test_no_column_is_less_than_its_least_or_more_than_it_wants(total: int) -> None:
    columns = [fixed(3), ColumnWidth(least=10, wanted=30), fixed(12), ColumnWidth(least=5, wanted=20)]
    widths = column_widths(columns, total)
    assert all(one.least <= width <= one.wanted for one, width in zip(columns, widths, strict=True))
    assert sum(widths) + 3 == min(68, max(33, total))


def test_a_short_text_makes_no_column_wide_and_a_long_one_is_cut() -> None:
    assert text_column(7, 14, 30) == ColumnWidth(least=8, wanted=8)
    assert text_column(90, 14, 30) == ColumnWidth(least=14, wanted=30)
