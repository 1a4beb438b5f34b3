"""Numbers of a workbook as people see them in its cells: percentages, dates, and no tails of binary fractions."""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

_PERCENTS = {9, 10}
_DATES = {*range(14, 23), *range(27, 37), *range(50, 59)}
"""Built-in formats of dates, those of Chinese Excel included."""
_EPOCH = datetime(1899, 12, 30)
_LAST_DAY = 2_958_466  # the day after 9999-12-31, counted as workbooks count days
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_SIGNS = re.compile(r"[ymd]", re.I)


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
