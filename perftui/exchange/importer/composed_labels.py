"""Labels that are put together from words: 本年度申请市财政预算 is money, of this year, of the city's budget.

The words are data (``labels.toml``); a label is one only where all of it is made of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from perftui.exchange.importer.labels import WORDS, label_key


class AmountScope(Enum):
    """Of what an amount, a goal or a value is said. Where a label says several, the first counts."""

    RATE = "rate"
    """A score or a share: no amount at all."""
    SPENT = "spent"
    """What came of it."""
    ADJUSTED = "adjusted"
    PART = "part"
    """A part of the year: 半年."""
    PAST = "past"
    """A year before."""
    WHOLE = "whole"
    """The whole project, all its years."""
    YEAR = "year"
    """This year's plan."""
    NONE = "none"
    """The label does not say."""

    @property
    def may_be_years(self) -> bool:
        """May what stands there be this year's plan?"""
        return self in (AmountScope.YEAR, AmountScope.NONE)


class Source(Enum):
    """Where money comes from."""

    ALL = "all"
    """The label names no source: it is a total."""
    FISCAL = "state"
    CARRYOVER = "carried"
    OTHER = "others"
    PUBLIC = "public"
    """Public money of one level or kind: 中央补助, 政府性基金."""
    OWN = "own"
    """Money of the unit's own: 事业收入, 自筹."""


@dataclass(frozen=True, slots=True)
class AmountLabel:
    """What a label of money says."""

    scope: AmountScope
    source: Source


@dataclass(frozen=True, slots=True)
class _Words:
    """A list of words that labels are made of, and which meaning each brings."""

    meanings: dict[str, str]
    pattern: re.Pattern[str]

    def of(self, key: str) -> frozenset[str] | None:
        """The meanings of the words that a label is made of; ``None`` where something else is in it."""
        found = self.pattern.findall(key)
        return frozenset(self.meanings[word] for word in found) if key and "".join(found) == key else None


def _words(table: dict[str, list[str]]) -> _Words:
    meanings = {word: meaning for meaning, words in table.items() for word in words}
    pattern = re.compile("|".join(map(re.escape, sorted(meanings, key=len, reverse=True))) or r"(?!)")
    return _Words(meanings, pattern)


_SCOPES: dict[str, list[str]] = WORDS["scope"]
_MONEY = _words({**_SCOPES, **WORDS["money"]})
_NAMING = "project"
_NAME = _words(WORDS["name"])
_GOALS = _words({**_SCOPES, **WORDS["goal"]})
_TELLING = frozenset(("money", "act", "state", "carried", "others"))
"""Without one of these a label names a place or a time, no money."""
ASIDE_WORD = "aside"
"""What ``column_words`` says of results, scores and other times."""
_TITLES: dict[str, list[str]] = {
    **WORDS["column"], ASIDE_WORD: [*WORDS["column"][ASIDE_WORD], *_SCOPES["part"], *_SCOPES["past"]],
}  # fmt: skip
_LONGEST_KIND = 30  # characters; a longer text that names it is no label
_GOALS_NUMBER = re.compile(r"(?<=目标)[0-9一二三四五]{1,2}$")
_NUMBERED = re.compile("项目[一二三四五六七八九十0-9]{1,3}")
_YEAR_NUMBER = re.compile(r"20[0-9]{2}年度?")


@lru_cache(maxsize=4096)
def amount_label(text: str) -> AmountLabel | None:
    """What a label of money says; ``None`` for any other text."""
    key, numbered = _without_year(text)
    found = _MONEY.of(key)
    if found is None or not (found & _TELLING or "投资" in key):
        return None
    scope = _scope(found)
    if numbered and scope.may_be_years:
        scope = AmountScope.NONE
    return AmountLabel(scope, Source.ALL if _sums_up(key, found) else _source(found))


def is_fiscal_part(text: str) -> bool:
    """Does a label name one kind of the state's money, 一般公共预算, of which others are 政府性基金?"""
    return len(text) <= _LONGEST_KIND and _has(label_key(text), WORDS["fiscal_parts"])


def is_fiscal_kind(text: str) -> bool:
    """Does a label name another kind of it?"""
    return len(text) <= _LONGEST_KIND and _has(label_key(text), WORDS["fiscal_kinds"])


def is_made_of_money(text: str) -> bool:
    """Is a text made of words about money alone, also where it is no label by itself: 政府性基金?"""
    return _MONEY.of(label_key(text)) is not None


def _sums_up(key: str, found: frozenset[str]) -> bool:
    """Is 年度财政资金总额 the whole of what there is? Other money and a carryover never are."""
    return key.endswith("总额") and not found & {"carried", "others", "own"}


@lru_cache(maxsize=1024)
def goal_scope(text: str) -> AmountScope | None:
    """Of what a label of goals speaks; ``None`` for a text that is none: 本年度绩效目标 of the year."""
    found = _GOALS.of(_GOALS_NUMBER.sub("", _without_year(text)[0]))
    return None if found is None or "goal" not in found else _scope(found)


@lru_cache(maxsize=1024)
def is_name_label(text: str) -> bool:
    """Does a label ask for a project's name, 专项资金名称, or stand before it, 项目一?"""
    key = label_key(text)
    if _NUMBERED.fullmatch(key):
        return True
    found = _NAME.of(key.removesuffix("名称")) if key.endswith("名称") else None
    return found is not None and _NAMING in found


@lru_cache(maxsize=256)
def is_bare_name(title: str) -> bool:
    """Is the title of a list's column only the word for a project, 项目 or 支出项目, without 名称?"""
    found = _NAME.of(label_key(title))
    return found is not None and _NAMING in found


@lru_cache(maxsize=1024)
def title_scope(text: str) -> AmountScope | None:
    """What a title over values says they are: 年初设定目标, 全年实际完成情况; ``None`` where it says nothing."""
    found = {meaning for meaning, words in _SCOPES.items() if _has(_without_year(text)[0], words)}
    return _scope(found) if found else None


@lru_cache(maxsize=2048)
def column_words(text: str) -> str:
    """What the words in a column's title make of it, a key of ``[column]`` in ``labels.toml``; "" for nothing."""
    key, _numbered = _without_year(text)
    return next((meaning for meaning, words in _TITLES.items() if _has(key, words)), "")


def _without_year(text: str) -> tuple[str, bool]:
    key = label_key(text)
    plain = _YEAR_NUMBER.sub("", key)
    return plain, plain != key


def _has(key: str, words: Iterable[str]) -> bool:
    return any(word in key for word in words)


def _scope(found: Iterable[str]) -> AmountScope:
    said = set(found)
    return next((scope for scope in AmountScope if scope.value in said), AmountScope.NONE)


def _source(found: frozenset[str]) -> Source:
    order = (Source.CARRYOVER, Source.OTHER, Source.OWN, Source.PUBLIC, Source.FISCAL)
    return next((source for source in order if source.value in found), Source.ALL)
