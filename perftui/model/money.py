"""Amounts and percentages: one grammar in the files, a kind reader for what hands type, words for the echo.

Amounts are exact ``Decimal`` of 元; no float is ever made. Files hold ASCII digits only; full-width digits,
separators, 万 and sums are understood in what a person typed and nowhere else.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perftui.locale import _

YUAN: Final = "元"
WAN: Final = "万元"
MAX_DIGITS: Final = 15
"""Digits of an amount before its point."""

_PRINTED = re.compile(r"[1-9][0-9]{0,14}\.[0-9]{2}")
"""Most amounts of a file are as the form prints them in 元 already."""
_ZERO = "0.00"
_STORED = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?")
_SHIFT: Final = {"": 0, YUAN: 0, "万": 4, WAN: 4, "亿": 8, "亿元": 8} | {
    f"{often}元": shift for often, shift in {"百": 2, "千": 3, "十万": 5, "百万": 6, "千万": 7, "十亿": 9}.items()
}
"""A unit's zeros. Documents have 元 or 万元; tables of other places have any of them."""
UNIT_SIZES: Final = tuple(Decimal(10) ** shift for shift in dict.fromkeys(_SHIFT.values()))
"""How many 元 one of a unit may be, the usual ones first."""
_TERM = re.compile(r"¥?([0-9][0-9, ]*|)(?:\.([0-9]*))? ?(亿元|亿|万元|万|元|%)?")
_GROUPED = re.compile(r"[0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]{1,4}(?:[, ][0-9]{4})+")
_SIGNS = {"。": ".", "\u2212": "-", "\u3000": " ", "\xa0": " ", "\t": " ", "＋": "+"}
_TYPED: Final = frozenset("0123456789.,+-= ¥%万亿元")


class AmountError(ValueError):
    """What was typed is not an amount or percentage; the message is the sentence for the person."""


# ---- the files' grammar


@lru_cache(maxsize=65536)
def parse_amount(text: str) -> Decimal | None:
    """The amount that a file's string holds, or None where it is not in the grammar.

    A leading minus is read, so that review can name a negative amount; nobody can type one.
    """
    return Decimal(text) if _STORED.fullmatch(text) else None


def format_amount(amount: Decimal) -> str:
    """The file's string of an amount in 元: two decimals, no separators. Refuses what is not exact to 分."""
    fen = amount.scaleb(2)
    if not amount.is_finite() or fen != int(fen) or abs(amount) >= Decimal(10) ** MAX_DIGITS:
        message = f"not an amount: {amount}"
        raise ValueError(message)
    return f"{abs(amount) if fen == 0 else amount:.2f}"


def sum_amounts(texts: Iterable[str]) -> Decimal | None:
    """The sum of files' amounts, blanks counting nothing; None as soon as one is not an amount."""
    total = Decimal("0.00")
    for text in texts:
        if text:
            amount = parse_amount(text)
            if amount is None:
                return None
            total += amount
    return total


def is_known_unit(text: str) -> bool:
    """Is it a unit of 元, as a table may say it: 千元, 亿元? Not 美元."""
    return text in _SHIFT


def known_unit(text: str, usual: str) -> str:
    """The unit of amounts that a text names, 元 or 万元; ``usual`` where it names none that we know."""
    return text if text in (YUAN, WAN) else usual


def print_amount(text: str, unit: str) -> str:
    """A file's amount as the form prints it in ``unit`` (元 or 万元); what is no amount stays as it stands.

    Zero is ``0``; 元 has two decimals; 万元 has as many as it needs, six at most, and is exact.
    """
    if unit == YUAN and _PRINTED.fullmatch(text):
        return text
    if text == _ZERO:  # most projects have nothing from somewhere
        return "0"
    amount = parse_amount(text)
    if amount is None:
        return text
    if amount == 0:
        return "0"
    return f"{amount:.2f}" if unit == YUAN else _trimmed(amount.scaleb(-_SHIFT[unit]))


def parse_percent(text: str) -> Decimal | None:
    """The percentage that a file's string holds ("25", "33.33"), or None; out of 0–100 is review's matter."""
    return parse_amount(text)


def format_percent(percent: Decimal) -> str:
    """The file's string of a percentage: no sign, no zeros at the end ("25", "33.3")."""
    return _trimmed(percent)


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


# ---- what hands type


def read_amount(typed: str, unit: str) -> Decimal:
    """The amount in 元 that a person typed where amounts are shown in ``unit`` (元, 万元, or what a table says, 千元).

    Takes full-width digits, ``。`` as point, separators, 万/亿/元 behind a number, and sums (``12.5+3``).
    Raises AmountError with a sentence that names what is wrong.
    """
    if not is_known_unit(unit):
        raise AmountError(_("金额单位是{unit}，不是人民币").format(unit=unit))
    fen = _read_sum(typed, _SHIFT[unit], percent=False)
    if fen < 0:
        raise AmountError(_("金额不能是负数"))
    if fen >= 10 ** (MAX_DIGITS + 2):
        raise AmountError(_too_large())
    return Decimal(fen).scaleb(-2)


def read_percent(typed: str) -> str:
    """The file's string of a percentage that a person typed: with or without ％, full-width digits, sums."""
    hundredths = _read_sum(typed, 0, percent=True)
    if hundredths < 0:
        raise AmountError(_("百分比不能是负数"))
    if hundredths >= 100_000:
        raise AmountError(_("百分比太大：小数点前最多三位"))
    return format_percent(Decimal(hundredths).scaleb(-2))


def half_width(typed: str) -> str:
    """``typed`` with full-width letters, digits and signs made ASCII.

    Only width is undone: all of NFKC would read ``10²`` as 102.
    """
    return typed.translate(_NARROWED)


class _AsciiForms(dict[int, str]):
    """Each character made ASCII, found when it is met first."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        wide = unicodedata.decomposition(char).startswith(("<wide>", "<narrow>"))
        self[code] = _SIGNS.get(char) or (unicodedata.normalize("NFKC", char) if wide else char)
        return self[code]


_NARROWED = _AsciiForms()


def _read_sum(typed: str, shift: int, *, percent: bool) -> int:
    """Hundredths of what was typed; a number without 万, 亿 or 元 behind it counts ten to the ``shift``."""
    read = _read_short if len(typed) <= _SHORT else _read_any
    return read(typed, shift, percent=percent)


def _read_any(typed: str, shift: int, *, percent: bool) -> int:
    allowed = _TYPED - set("万亿元¥") if percent else _TYPED - {"%"}
    for char in typed.strip():
        if half_width(char) not in allowed:
            raise AmountError(_("“{char}”不能写在数字里").format(char=_shown(char)))
    plain = re.sub(" +", " ", half_width(typed)).strip().removeprefix("=").strip()
    if not re.search("[0-9]", plain):
        raise AmountError(_("没有数字"))
    total, sign = 0, 1
    for number, piece in enumerate(re.split(r"([+-])", plain)):
        if number % 2:
            sign = -1 if piece == "-" else 1
        elif piece.strip() or number:
            total += sign * _read_term(piece.strip(), shift, percent=percent)
    return total


_SHORT = 24
_read_short = lru_cache(maxsize=1024)(_read_any)  # the same few shares and zeros stand in thousands of tables


def _read_term(term: str, shift: int, *, percent: bool) -> int:
    if not term:
        raise AmountError(_("加号或减号旁边少一个数字"))
    match = _TERM.fullmatch(term)
    if match is None or not (match[1] or match[2]):
        example = _("25 或 33.33") if percent else _("1973600、12.5万 或 12.5+3")
        raise AmountError(_("“{text}”看不懂，请写成 {example}").format(text=term, example=example))
    whole, fraction, suffix = match[1].rstrip(" "), (match[2] or "").rstrip("0"), match[3]
    if whole and not _GROUPED.fullmatch(whole):
        raise AmountError(_("“{text}”里的逗号或空格不在千位上，小数点请用 . 或 。").format(text=whole))
    digits = re.sub("[, ]", "", whole).lstrip("0")
    if suffix and suffix != "%":
        shift = _SHIFT[suffix]
    if len(digits) > MAX_DIGITS:
        raise AmountError(_too_large())
    places = shift + 2
    if len(fraction) > places:
        raise AmountError(_too_fine(percent=percent, places=places))
    return int(digits + fraction.ljust(places, "0"))


def _too_large() -> str:
    return _("数字太大：小数点前最多 {count} 位").format(count=MAX_DIGITS)


def _too_fine(*, percent: bool, places: int) -> str:
    if percent:
        return _("百分比最多两位小数")
    if places == 2:
        return _("金额最多两位小数，到分为止")
    return _("金额到分为止，这里最多 {count} 位小数").format(count=places)


def _shown(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"


# ---- words

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"


def in_words(amount: Decimal) -> str:
    """An amount in Chinese capital words: 壹拾贰万元整, 壹仟零伍元叁角整, 壹仟零伍元零叁分."""
    fen = abs(int(amount.scaleb(2)))
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words = "负" if amount < 0 and fen else ""
    if yuan or not fen:
        words += (_whole_words(yuan) or "零") + "元"
    if not jiao and not rest:
        return words + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif yuan:
        words += "零"
    return words + (_DIGITS[rest] + "分" if rest else "整")


def _whole_words(number: int) -> str:
    """Words of a whole number, "" for zero: the largest unit, what counts it, and the rest behind it."""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾")):
        if number >= size:
            high, low = divmod(number, size)
            skipped = size == 10**8 and high % 10**4 == 0
            gap = "零" if 0 < low < size // 10 or (low and skipped) else ""
            return _whole_words(high) + name + gap + _whole_words(low)
    return _DIGITS[number] if number else ""
