"""X008, X009: years in copied texts: which are last year's and can be moved on, and which only somebody can judge."""

import re
from collections.abc import Sequence

from perftui.locale import N_, _
from perftui.model.record import UNREVIEWED, FieldPath
from perftui.model.unreviewed import copied_from
from perftui.review.finding import Severity
from perftui.review.lists import quoted
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject

_ANY = "[0-9０-９]"
_FOUR = f"[2２][0０]{_ANY}{{2}}"
_CHINESE = "二[〇○零][〇○零一二三四五六七八九]{2}"
_UNTIL = r"\s*(?:[-–—~～－至到]|--)\s*"
_MONTH = rf"(?:{_ANY}{{1,2}}\s*月(?:份|底|初|{_ANY}{{1,2}}\s*日)?)?"
_NAMED = re.compile(
    rf"[\u4e00-\u9fff]{{0,8}}[〔﹝\[［【（(]{_FOUR}[〕﹞\]］】）)]\s*第?{_ANY}*\s*号?"  # 财预〔2021〕101号
    rf"|[\u4e00-\u9fff]{{0,8}}[（(]{_FOUR}年[）)]\s*第?{_ANY}+\s*号"
    rf"|{_FOUR}\s*年\s*第\s*{_ANY}+\s*号|第\s*{_FOUR}\s*号"  # 公告2021年第5号
    rf"|(?:{_FOUR}|{_CHINESE})年?\s*{_MONTH}{_UNTIL}(?:{_FOUR}|{_CHINESE})年?"  # 2021–2023, 2021年3月至2022年2月
    rf"|{_FOUR}{_UNTIL}{_ANY}{{2}}(?=\s*年)"  # 2021-23年
    rf"|{_FOUR}\s*年?(?:修订|修正|版|本)"
    rf"|《[^》]*》|“[^”]*{_FOUR}[^”]*”"
    r"|[“「]?十[一二三四五六七八九]五[”」]?|第十[一二三四五六七八九]个五年"
)
"""Numbers of documents, periods, names of laws and plans: they do not move with the calendar."""
_YEAR = re.compile(
    rf"(?<!{_ANY}){_FOUR}(?=\s*(?:财政|财|学|会计)?年|[./-]{_ANY}{{1,2}}[./-]{_ANY}{{1,2}}(?!{_ANY}))"
    f"|{_CHINESE}(?=年)"
)
_DIGITS = "〇一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def moved_on(text: str, year: int) -> str:
    """The text with last year's number put to ``year``, in digits or in Chinese; names and periods stay as they are."""
    kept = [match.span() for match in _NAMED.finditer(text)]

    def later(match: re.Match[str]) -> str:
        return match[0] if _is_within(match, kept) or _number(match[0]) != year - 1 else _like(match[0], year)

    return _YEAR.sub(later, text)


def names_with_years(text: str, year: int) -> list[str]:
    """What only somebody who looks it up can judge: numbers of documents, periods, laws, plans; years long past."""
    names = list(_NAMED.finditer(text))
    kept = [match.span() for match in names]
    past = [match for match in _YEAR.finditer(text) if not _is_within(match, kept) and _number(match[0]) < year - 1]
    found = sorted([*names, *past], key=re.Match.start)
    return list(dict.fromkeys(f"{match[0].strip()}{'年' if match in past else ''}" for match in found))


def _is_within(match: re.Match[str], kept: Sequence[tuple[int, int]]) -> bool:
    return any(start <= match.start() < end for start, end in kept)


def _number(word: str) -> int:
    plain = word.replace("○", "〇").replace("零", "〇")
    return int("".join(str(_DIGITS.index(one)) if one in _DIGITS else one for one in plain))


def _like(word: str, year: int) -> str:
    """A year written as another one is: 2022, ２０２２, 二〇二二, 二○二二."""
    if word[0] in "2２":
        return str(year) if word[0] == "2" else str(year).translate(_WIDE)
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
    year = subject.context.year
    for path, text in _copied(subject):
        if names := names_with_years(text, year or 0):
            message, advice = _("照抄的文字里有{names}，今年还适用吗"), _("对照今年的文件核对；还适用的不改，按 F3")
            yield hit(FieldText(path=path, text=text), message, advice, names=quoted(names))
