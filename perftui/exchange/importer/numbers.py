"""Numbers as people see them in cells: amounts and their absence, percentages, dates, no tails of binary fractions."""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from perftui.model.money import AmountError, read_amount
from perftui.model.values import ERROR_VALUES

DASHES = frozenset({"-", "--", "－", "–", "—", "——", "/", "／", "\\"})
"""What people write into any cell to leave it blank."""

NOTHING = DASHES | ERROR_VALUES | {"无", "*", "**"}
"""What people write into an amount's cell to leave it blank, and what says no amount."""

_PERCENTS = {9, 10}
_DATES = {*range(14, 23), *range(27, 37), *range(50, 59)}
"""Built-in formats of dates, those of Chinese Excel included."""
_EPOCH = datetime(1899, 12, 30)
_LAST_DAY = 2_958_466  # the day after 9999-12-31, counted as workbooks count days
_FIRST_SERIAL, _LAST_SERIAL = 40_179, 54_788
"""1 January 2010 and 31 December 2049, the days that plans speak of."""
_DIGIT = re.compile("[0-9０-９]")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_SIGNS = re.compile(r"[ymd]", re.I)


@lru_cache(maxsize=4096)
def is_number(text: str) -> bool:
    """Can a text be an amount or a percentage?"""
    if not _DIGIT.search(text):
        return False
    return any(_is_read(text.strip().rstrip("%％"), unit) for unit in ("元", "万元"))  # 25.524 万元 are 255240 元


def _is_read(text: str, unit: str) -> bool:
    try:
        read_amount(text, unit)
    except AmountError:
        return False
    return True


def is_amount(text: str) -> bool:
    """Is a text a number, and no percentage?"""
    return is_number(text) and not text.strip().endswith(("%", "％"))


def serial_day(text: str) -> str:
    """The day that a workbook's serial number of this century's first decades stands for, 44561 as 2021年12月31日."""
    plain = text.strip().replace(",", "")
    if not plain.isascii() or not plain.isdecimal() or not _FIRST_SERIAL <= int(plain) <= _LAST_SERIAL:
        return ""
    day = _EPOCH + timedelta(days=int(plain))
    return f"{day.year}年{day.month}月{day.day}日"


def shown_number(stored: str, number_format: int, code: str) -> str:
    """A cell's number in its format: ``0.95`` as ``95%``, a date as ``2021年12月31日``, others as short as they are.

    ``code`` is the format's own text where it is not built in.
    """
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return stored
    if not number.is_finite() or abs(number) >= Decimal(10) ** 18:
        return stored
    plain = _QUOTED.sub("", code)
    if number_format in _PERCENTS or "%" in plain:
        return f"{_short(number * 100)}%"
    if (number_format in _DATES or _DATE_SIGNS.search(plain)) and 1 <= number < _LAST_DAY:
        day = _EPOCH + timedelta(days=int(number))
        return f"{day.year}年{day.month}月{day.day}日"
    return _short(number)


def _short(number: Decimal) -> str:
    """Fifteen digits at most, as the workbook's own program shows them: 0.1 + 0.2 is 0.3."""
    rounded = Decimal(f"{number:.15g}")
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
