"""X008, X009: years in copied texts: which are last year's and can be moved on, and which only somebody can judge."""

import re

from perftui.locale import N_, _
from perftui.model.record import UNREVIEWED, FieldPath
from perftui.model.unreviewed import copied_from
from perftui.review.finding import Severity
from perftui.review.lists import quoted
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject

_NAMED = re.compile(
    r"[\u4e00-\u9fff]{0,8}[〔\[【（(]20[0-9]{2}[〕\]】）)]\s*[0-9]*\s*号?"  # 财预〔2021〕101号
    r"|20[0-9]{2}年?\s*(?:[-–—~～至到]|--)\s*20[0-9]{2}年?"  # 2021–2023
    r"|《[^》]*》|“[^”]*20[0-9]{2}[^”]*”"
    r"|[“「]?十[一二三四五六七八九]五[”」]?"
)
"""Numbers of documents, periods, names of laws and plans: they do not move with the calendar."""
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?=\s*年)|二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = "〇一二三四五六七八九"


def moved_on(text: str, year: int) -> str:
    """The text with last year's number put to ``year``, in digits or in Chinese; names and periods stay as they are."""
    kept = [match.span() for match in _NAMED.finditer(text)]

    def later(match: re.Match[str]) -> str:
        within = any(start <= match.start() < end for start, end in kept)
        return match[0] if within or _number(match[0]) != year - 1 else _like(match[0], year)

    return _YEAR.sub(later, text)


def names_with_years(text: str) -> list[str]:
    """The numbers of documents, periods, laws and plans that a text names."""
    return list(dict.fromkeys(match[0].strip() for match in _NAMED.finditer(text)))


def _number(word: str) -> int:
    plain = word.replace("○", "〇").replace("零", "〇")
    return int("".join(str(_DIGITS.index(one)) if one in _DIGITS else one for one in plain))


def _like(word: str, year: int) -> str:
    """A year written as another one is: 2022, 二〇二二, 二○二二."""
    if word[0] == "2":
        return str(year)
    zero = next((one for one in word if one in "〇○零"), "〇")
    return "".join(_DIGITS[int(one)] for one in str(year)).replace("〇", zero)


def _copied(subject: Subject) -> list[tuple[FieldPath, str]]:
    """The texts that were copied and that nobody has looked at yet."""
    marked = subject.record.tables.get(UNREVIEWED)
    return [(path, text) for path, text in subject.prose if copied_from(subject.record, path)] if marked else []


@rule("X009", Severity.HINT, N_("照抄的文字说的是上一年"))
def _last_year(subject: Subject) -> Hits:
    year = subject.context.year
    for path, text in _copied(subject) if year else ():
        if (later := moved_on(text, year)) != text:
            message = _("照抄的文字里写的是 {last} 年")
            advice = _("说的是今年就改成 {year} 年，确实说去年的不改").format(year=year)
            yield hit(FieldText(path=path, text=text), message, advice, fix=later, last=year - 1)


@rule("X008", Severity.HINT, N_("照抄的文字里有文号、法规、期间或规划"))
def _named(subject: Subject) -> Hits:
    for path, text in _copied(subject):
        if names := names_with_years(text):
            message, advice = _("照抄的文字里有{names}，今年还适用吗"), _("对照今年的文件核对；还适用的不改，按 F3")
            yield hit(FieldText(path=path, text=text), message, advice, names=quoted(names))
