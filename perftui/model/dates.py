"""Dates and periods: one grammar in the files (``2021-03-01``, ``2021-03``, ``2021-01/2023-12``), a kind reader.

A date may lack its day; nothing is filled in that nobody wrote.
"""

import re
from datetime import date

from perftui.locale import _
from perftui.model.lazy_regex import lazily
from perftui.model.money import half_width

_STORED = lazily(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_WRITTEN = lazily(
    r"((?:19|20)[0-9]{2})(?:年([0-9]{1,2})月(?:份|(?:([0-9]{1,2})[日号]?))?(?![0-9])"
    r"|([-./])([0-9]{1,2})(?:\4([0-9]{1,2})(?![0-9]))?(?![0-9])|([01][0-9])([0-3][0-9])?(?![0-9]))"
)
_BETWEEN = lazily("(?:-|—|–|~|至|到|/)+")
SEPARATOR = "/"


class DateError(ValueError):
    """What was typed is no date or period; the message is the sentence for the person."""


def is_date(text: str) -> bool:
    """Is it a date as files hold it?"""
    match = _STORED.fullmatch(text)
    return match is not None and _exists(match[1], match[2], match[3])


def is_period(text: str) -> bool:
    """Is it a period as files hold it, its begin not after its end?"""
    begin, sign, end = text.partition(SEPARATOR)
    return bool(sign) and is_date(begin) and is_date(end) and not _is_after(begin, end)


def read_date(typed: str) -> str:
    """The file's text of a date that a person typed: 2021年3月1日, 2021.3.1, 20210301, 2021年3月. Raises DateError."""
    plain = _plain(typed)
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        raise DateError(_("“{typed}”不像日期，可以写成 2021-3-1 或 2021年3月").format(typed=typed.strip()))
    return _stored(match, typed)


def read_period(typed: str) -> str:
    """The file's text of a period: 2021年1月至2023年12月, 2021.1-2023.12. Raises DateError."""
    plain = _plain(typed)
    begin = _WRITTEN.match(plain)
    between = _BETWEEN.match(plain, begin.end()) if begin else None
    end = _WRITTEN.fullmatch(plain, between.end()) if between else None
    if begin is None or end is None:
        raise DateError(_("“{typed}”不像起止时间，可以写成 2021年1月至2023年12月").format(typed=typed.strip()))
    first, last = _stored(begin, typed), _stored(end, typed)
    if _is_after(first, last):
        raise DateError(_("开始 {begin} 在结束 {end} 之后").format(begin=date_in_words(first), end=date_in_words(last)))
    return f"{first}{SEPARATOR}{last}"


def date_in_words(text: str) -> str:
    """A file's date or period as a form prints it; what is neither stays as it stands."""
    if is_period(text):
        return "—".join(map(date_in_words, text.split(SEPARATOR)))
    match = _STORED.fullmatch(text)
    if match is None or not is_date(text):
        return text
    day = f"{int(match[3])}日" if match[3] else ""
    return f"{match[1]}年{int(match[2])}月{day}"


def _stored(match: re.Match[str], typed: str) -> str:
    year = match[1]
    month, day = match[2] or match[5] or match[7], match[3] or match[6] or match[8]
    if not _exists(year, month, day):
        raise DateError(_("没有“{typed}”这一天").format(typed=typed.strip()))
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _exists(year: str, month: str, day: str | None) -> bool:
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return False
    return True


def _is_after(begin: str, end: str) -> bool:
    """Compared as far as both say: a month begins and ends with itself."""
    size = min(len(begin), len(end))
    return begin[:size] > end[:size]


def _plain(typed: str) -> str:
    return "".join(half_width(typed).split())
