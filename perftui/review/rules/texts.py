"""T: how texts are written: punctuation, slips, lengths, titles, blanks."""

import re
from collections.abc import Iterator
from functools import lru_cache

from perftui.forms import Field, GroupRole, Role
from perftui.locale import N_, _
from perftui.model.lazy_regex import lazily
from perftui.model.record import FieldPath
from perftui.review.finding import Severity
from perftui.review.lists import listed
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.rules.department_parts import STRAY, prose_cells
from perftui.review.rules.typos import TYPOS
from perftui.review.subject import FieldText, Subject

SLIPS = "T002"
"""The id of the rule on slips. X003 says nothing of a name in which this rule found one."""

_WIDE = "\u2018-\u201d\u3001-\u303f\u3400-\u9fff\uff01-\uff5e"
_STOPS = "。，、；："
_DOUBLED = lazily(f"[{_STOPS}]{{2,}}")
_BLANK = lazily(f"(?<=[{_WIDE}])[ \\t\u3000]+(?=[{_WIDE}])|(?<=[{_STOPS}！？）”])[ \\t\u3000]+(?=\\S)")
_COMMA_AND = lazily("、(?=和(?![谐平睦解善美气顺合风蔼]))")
_ENDED = lazily("[。！？][”’）》]*$")

_CAUSES = (
    (_DOUBLED, N_("标点重复")),
    (_COMMA_AND, N_("“和”前面不用顿号")),
    (_BLANK, N_("中间有多余的空格")),
    (STRAY, N_("句号后面多出数字")),
)


@rule("T001", Severity.WARNING, N_("标点或空格不对"))
def _punctuation(subject: Subject) -> Hits:
    for column, cell in prose_cells(subject):
        found = sorted(_faults(cell.text))
        if not found:
            continue
        fixed, stray = _mended(cell.text), STRAY.search(cell.text)
        fix = "" if fixed == cell.text or stray else fixed
        advice = _("改正标点和空格，可以自动改正")
        if not fix:
            advice = _("核对后改正；句号后面的数字可能是别处漏掉的指标值")
        what = listed(dict.fromkeys(_(one) for _span, one in found))
        yield hit(cell, _("{label}：{what}"), advice, span=found[0][0], fix=fix, label=column.label, what=what)


def _faults(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Where the punctuation is wrong, and what is wrong there."""
    yield from ((match.span(), what) for pattern, what in _CAUSES for match in pattern.finditer(text))
    if not _ENDED.search(text) and not STRAY.search(text):
        yield (len(text) - 1, len(text)), N_("末尾没有句号")


def _mended(text: str) -> str:
    """The text with its punctuation put right; as it stands where that is not certain."""
    if any(len(set(match[0])) > 1 for match in _DOUBLED.finditer(text)):
        return text
    text = _DOUBLED.sub(lambda match: match[0][0], text)
    text = _BLANK.sub("", _COMMA_AND.sub("", text))
    if _ENDED.search(text):
        return text
    return f"{text[:-1]}。" if text[-1] in _STOPS else f"{text}。"


@lru_cache(maxsize=16)
def _slips(own: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    """The slips that are looked for, and one pattern of them all, the longest first."""
    slips = {**TYPOS, **dict(own)}
    return slips, re.compile("|".join(re.escape(wrong) for wrong in sorted(slips, key=len, reverse=True)))


@lru_cache(maxsize=16384)
def _slips_in(text: str, own: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The slips in a text in the order they stand there, each once."""
    return tuple(dict.fromkeys(match[0] for match in _slips(own)[1].finditer(text)))


@rule(SLIPS, Severity.WARNING, N_("可能有错字"))
def _typos(subject: Subject) -> Hits:
    own = subject.context.typos
    slips, pattern = _slips(own)
    for path, text in subject.prose:
        words = _slips_in(text, own)
        if not words:
            continue
        start = text.index(words[0])
        fix, advice = "", _("核对后改正；没有这样的词，看本来要写的是什么")
        if all(slips[word] for word in words):
            fix, advice = pattern.sub(lambda match: slips[match[0]], text), _("核对后改正，可以自动替换")
        yield hit(
            FieldText(path=path, text=text), _("可能有错字：{words}"), advice,
            span=(start, start + len(words[0])), fix=fix, words=listed(_slip(word, slips[word]) for word in words),
        )  # fmt: skip


def _slip(wrong: str, right: str) -> str:
    return _("“{wrong}”应作“{right}”").format(wrong=wrong, right=right) if right else f"“{wrong}”"


@rule("T003", Severity.WARNING, N_("超过字数"))
def _too_long(subject: Subject) -> Hits:
    for path, one, text in subject.filled:
        size, limit = len(text), one.limit
        if size > limit:
            message, advice = _("{label}有 {count} 个字，最多 {limit} 个"), _("缩短，否则系统会截断或拒收")
            cell = FieldText(path=path, text=text)
            yield hit(cell, message, advice, span=(limit, size), label=one.label, count=size, limit=limit)


@rule("T004", Severity.WARNING, N_("表标题与项目名称不符"))
def _title(subject: Subject) -> Hits:
    title, name = subject.cell(Role.TITLE), subject.text(Role.NAME)
    usual = subject.form.layout.title.format(name=name)
    if title and title.text and name and title.text != usual:
        message = _("表标题是“{title}”，按项目名称应当是“{usual}”")
        advice = _("核对标题和项目名称哪个对；标题留空时按名称打印")
        yield hit(title, message, advice, title=title.text, usual=usual)


_ELSEWHERE = frozenset({Role.CODE, Role.OVERALL_GOAL, Role.YEAR, Role.TOTAL})
"""Required fields that a rule of their own asks for."""


_OWN_RULES = frozenset({Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.DESCRIPTION, Role.VALUE, Role.BASIS})
"""Columns of indicators that have rules of their own."""


def _cells_of_rows(subject: Subject) -> Iterator[tuple[FieldPath, Field]]:
    """The cells of rows in which something was typed, but those that other rules ask for."""
    written = {(row.group.key, row.row_id) for row in subject.indicators}
    for group in subject.spec.groups:
        if group.role in (GroupRole.INDICATORS, GroupRole.ROWS):
            taken = _OWN_RULES if group.role is GroupRole.INDICATORS else frozenset()
            columns = [one for one in group.columns if one.required and one.role not in taken]
            for row in subject.rows(group) if columns else ():
                if group.role is GroupRole.ROWS or (group.key, row.id) in written:
                    yield from (((group.key, row.id, one.key), one) for one in columns)


@rule("T005", Severity.ERROR, N_("必填的栏没有填"))
def _required(subject: Subject) -> Hits:
    spec = subject.spec
    beside = [(group.path(one), one) for group in spec.amounts for one in group.others]
    for path, one in [*(((one.key,), one) for one in spec.head), *beside, *_cells_of_rows(subject)]:
        if one.required and one.role not in _ELSEWHERE and not subject.at(path):
            yield hit(path, _("没有填{label}"), _("这一栏是表样必填的"), label=one.label)
