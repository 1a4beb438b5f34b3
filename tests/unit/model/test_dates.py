"""Dates as people write them become one grammar; what is none is refused with a sentence."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftui.model.dates import DateError, date_in_words, is_date, is_period, read_date, read_period


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("2021-3-1", "2021-03-01"), ("2021年3月1日", "2021-03-01"), ("２０２１．３．１", "2021-03-01"),
        ("20210301", "2021-03-01"), ("2021/12/31", "2021-12-31"), ("2021年3月", "2021-03"), ("2021.12", "2021-12"),
        ("202103", "2021-03"), (" 2021 年 3 月 ", "2021-03"),
        ("2021年3月份", "2021-03"), ("2021年3月1号", "2021-03-01"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(typed: str, held: str) -> None:
    assert read_date(typed) == held
    assert is_date(held)


@pytest.mark.parametrize(
    "typed", ["", "3月1日", "2021-13", "2021-2-30", "明年", "2021", "2021-3-1-2", "1.5", "20211301"]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(DateError):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("2021年1月至2023年12月", "2021-01/2023-12"), ("2021.1-2023.12", "2021-01/2023-12"),
        ("2023.07-2024.01", "2023-07/2024-01"), ("2021-1-1—2021-12-31", "2021-01-01/2021-12-31"),
        ("2021-01/2023-12", "2021-01/2023-12"), ("2021-1-2023-12", "2021-01/2023-12"),
        ("20210101-20211231", "2021-01-01/2021-12-31"),
    ],
)  # fmt: skip
def test_periods_are_read_as_people_write_them(typed: str, held: str) -> None:
    assert read_period(typed) == held
    assert is_period(held)


def test_a_period_ends_after_it_begins() -> None:
    with pytest.raises(DateError, match="开始 2023年1月 在结束 2021年12月 之后"):
        read_period("2023年1月至2021年12月")
    assert not is_period("2023-01/2021-12")
    assert read_period("2021-3-15至2021-3") == "2021-03-15/2021-03"


def test_what_a_form_prints() -> None:
    assert date_in_words("2021-03-01") == "2021年3月1日"
    assert date_in_words("2021-01/2023-12") == "2021年1月—2023年12月"
    assert date_in_words("明年") == "明年"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_what_is_printed_is_read_back(day: object) -> None:
    held = str(day)
    assert read_date(date_in_words(held)) == held
    assert read_period(date_in_words(f"{held}/{held[:7]}")) == f"{held}/{held[:7]}"


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    for read, holds in ((read_date, is_date), (read_period, is_period)):
        with suppress(DateError):
            assert holds(read(text))
