"""X001–X003: what several projects have in common and should not. The work grows in proportion to their number."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, combinations

from perftui.locale import N_, _
from perftui.model.document import Location
from perftui.model.text import fold
from perftui.review.facts import DocumentFacts
from perftui.review.finding import Severity
from perftui.review.lists import quoted
from perftui.review.rule_definition import Hits, document_rule, hit
from perftui.review.subject import FieldText

ALIKE_ROWS = 5
"""Rows that two projects have in common before they count as copied."""
_SKETCH = 10
"""Of a project's shared rows so many are compared, those with the smallest signatures: all that most forms have."""


@document_rule(
    "X001", Severity.HINT, N_("几个项目的指标整块相同"), compared=lambda facts: (facts.rows, facts.name, facts.table)
)
def _copied(survey: DocumentFacts) -> Hits:
    for files in _groups(tuple([(file, facts.rows) for file, facts in survey.projects.items()])):
        message = _("{count} 个项目至少有 {rows} 行指标一字不差：{names}")
        advice = _("各项目按自己的内容填写；确实相同的，看是否应当并成一个项目")
        places, names = _tables(survey, files), _listed([survey.projects[file].name for file in files])
        yield hit(
            places[0].path, message, advice, key=" ".join(files), file=files[0], places=places,
            count=len(files), rows=ALIKE_ROWS, names=names,
        )  # fmt: skip


def _tables(survey: DocumentFacts, files: Iterable[str]) -> tuple[Location, ...]:
    """The tables of indicators of some projects."""
    return tuple(Location(file=file, path=survey.projects[file].table) for file in files)


@lru_cache(maxsize=1)  # asked again when a project gets another name: its rows are the same
def _groups(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> list[list[str]]:
    """Groups of files of which each has ``ALIKE_ROWS`` rows in common with another of its group, in document order.

    Comparing every pair of files would take the square of their number. Instead, every set of ``ALIKE_ROWS`` rows of a
    file is a key, and files with the same key are in one group. Rows that only one file has are left out first; of a
    table with more than ``_SKETCH`` shared rows only the first of them by signature are used.
    """
    seen = Counter(chain.from_iterable([{*own} for _file, own in rows]))
    several = {row for row, count in seen.items() if count > 1}
    same: dict[tuple[str, ...], str] = {}
    union = _Union([file for file, _own in rows])
    holders: dict[tuple[str, ...], str] = {}
    for file, own in rows:
        shared = tuple(sorted(several.intersection(own)))
        if len(shared) < ALIKE_ROWS:
            continue
        first = same.setdefault(shared, file)
        if first != file:
            union.join(first, file)
            continue
        for part in combinations(shared[:_SKETCH], ALIKE_ROWS):
            union.join(holders.setdefault(part, file), file)
    return union.groups()


class _Union:
    """A union-find structure: which files are in one group."""

    def __init__(self, files: Iterable[str]) -> None:
        self._above = {file: file for file in files}

    def _top(self, file: str) -> str:
        while self._above[file] != file:
            self._above[file] = self._above[self._above[file]]
            file = self._above[file]
        return file

    def join(self, one: str, other: str) -> None:
        """Put the groups of two files together."""
        self._above[self._top(other)] = self._top(one)

    def groups(self) -> list[list[str]]:
        """The groups of two files and more; groups and files in the order given."""
        found: dict[str, list[str]] = {}
        for file in self._above:
            found.setdefault(self._top(file), []).append(file)
        return [files for files in found.values() if len(files) > 1]


def _listed(names: list[str]) -> str:
    names_quoted = quoted(names[:5])
    return names_quoted if len(names) <= 5 else _("{names}等").format(names=names_quoted)


@document_rule("X002", Severity.HINT, N_("依据全都一样"), compared=lambda facts: (facts.basis, facts.table))
def _one_basis(survey: DocumentFacts) -> Hits:
    found: dict[str, list[str]] = {}
    for file, facts in survey.projects.items():
        if facts.basis:
            found.setdefault(fold(facts.basis) or facts.basis, []).append(file)
    for files in (files for files in found.values() if len(files) > 1):
        first, places = survey.projects[files[0]], _tables(survey, files)
        message = _("{count} 个项目每一行的依据都是“{basis}”")
        advice = _("各行写各自的依据：计划、历史、行业标准或预算支出标准，最好写出文件名称")
        cell = FieldText(path=first.table, text=first.basis)
        yield hit(cell, message, advice, file=files[0], places=places, count=len(files), basis=first.basis)


_SHORTEST = 6
"""Characters: shorter names differ by one character without being slips, as 培训人数 and 培训次数."""
_COUNTING = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十百千万ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@document_rule("X003", Severity.HINT, N_("名称与别的项目只差一个字"), compared=lambda facts: facts.names)
def _near_names(survey: DocumentFacts) -> Hits:
    """Names that differ by one character from a name that is more frequent in the document."""
    names = [{(one.level2, one.text) for one in facts.names} for facts in survey.projects.values()]
    usual = _usual_names(Counter(chain.from_iterable(names)))
    for file, facts in survey.projects.items() if usual else ():
        for one in facts.names:
            better = usual.get((one.level2, one.text))
            if better and one.slipless:
                message, advice = _("“{name}”与别的项目的“{usual}”只差一个字"), _("看是不是写错了字")
                yield hit(
                    FieldText(path=one.path, text=one.text), message, advice, file=file, name=one.text, usual=better
                )


def _usual_names(often: Counter[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """For each name the most frequent one that differs by one character and is more frequent than the name itself.

    Two names that differ by one character become equal when that character is left out of each (``_left``), so names
    are looked up by what is left and not compared in pairs. Keys are (level2, name).
    """
    near: dict[tuple[str, str], list[str]] = {}
    for level2, text in often:
        if len(text) >= _SHORTEST:
            for left in _left(text):
                near.setdefault((level2, left), []).append(text)
    found: dict[tuple[str, str], str] = {}
    for (level2, _rest), texts in near.items():
        best = max(texts, key=lambda text: (often[level2, text], text)) if len(texts) > 1 else ""
        for text in texts if best else ():
            before = found.get((level2, text), "")
            better = often[level2, best] > max(often[level2, text], often[level2, before] if before else 0)
            if better and _differs_by_one(text, best):
                found[level2, text] = best
    return found


def _left(text: str) -> set[str]:
    """The text, and what is left of it without any one of its characters."""
    return {text, *(text[:index] + text[index + 1 :] for index in range(len(text)))}


def _differs_by_one(one: str, other: str) -> bool:
    """Is one character added, left out or replaced? Numbers and letters do not count: 一季度 and 二季度 are no slip."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    changed = {*a[:1], *b[:1]} if len(a) == len(b) else {a[0] if len(a) > len(b) else b[0]}
    same = (a[1:] == b[1:]) if len(a) == len(b) else (a[1:] == b or a == b[1:])
    return same and not changed & _COUNTING
