"""Does a text match what somebody typed to find it? Chinese as it stands, or the initials of its readings."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from perftui.viewmodel.pinyin import readings

_FORGIVEN_FROM = 4
"""In so many letters one may be wrong: 次 is typed ``s`` by many who say it so."""

_T = TypeVar("_T")

WantedWord = tuple[str, re.Pattern[str] | None]
"""The longest run of a word's signs that find only themselves, and its expression where that is not all of it.

A text without that run is out at once: an expression takes ten times as long.
"""


def matches(wanted: str, *texts: str) -> bool:
    """Every word that was typed stands in one of the texts: upper or lower case, a letter also for a character whose
    reading begins with it; of four letters or more one may be wrong."""
    return all(_stands(word, "\n".join(texts)) or _nearly(word, "\n".join(texts)) for word in wanted.split())


def matching(wanted: str, items: Iterable[_T], texts: Callable[[_T], Sequence[str]]) -> list[_T]:
    """The items of which the texts match without a slip; where there is none, those with one."""
    all_items = list(items)
    words = wanted.split()
    if not words:
        return all_items
    joined = [(item, "\n".join(texts(item))) for item in all_items]
    exact = holding(wanted_words(wanted), joined)
    if exact or not may_slip(wanted):
        return [item for item, _text in exact]
    return [item for item, text in joined if matches(wanted, text)]


def ranked(wanted: str, items: Iterable[_T], texts: Callable[[_T], Sequence[str]]) -> list[_T]:
    """The items that match: those whose first text begins so, then those in whose first text it stands, then the rest.

    Of equal rank they stand as they stood.
    """
    words = wanted.split()
    found = matching(wanted, items, texts)
    return sorted(found, key=lambda item: _rank(words, texts(item)[0])) if words else found


def _rank(words: Sequence[str], name: str) -> int:
    if _pattern(words[0]).match(name) and all(_stands(word, name) for word in words):
        return 0
    return 1 if all(_stands(word, name) for word in words) else 2


def wanted_words(wanted: str) -> list[WantedWord]:
    """The words that were typed, made ready to be looked for."""
    return [(run := _plain_run(word), None if run == word else _pattern(word)) for word in wanted.split()]


def holding(words: Sequence[WantedWord], items: Sequence[tuple[_T, str]]) -> Sequence[tuple[_T, str]]:
    """The items in whose text every word stands. Without a call for each of thousands."""
    for plain, pattern in words:
        items = [one for one in items if plain in one[1]]
        items = items if pattern is None else [one for one in items if pattern.search(one[1])]
    return items


def may_slip(wanted: str) -> bool:
    """May a letter be wrong in one of the words that were typed?"""
    return any(map(_forgiven, wanted.split()))


def _plain_run(word: str) -> str:
    return max("".join(sign if _is_plain(sign) else "\n" for sign in word).split("\n"), key=len)


def _is_plain(sign: str) -> bool:
    """Does a sign find only itself?"""
    same = unicodedata.normalize("NFKC", sign) == sign and sign.lower() == sign.upper()
    return same and sign not in readings()


def _stands(word: str, text: str) -> bool:
    return _pattern(word).search(text) is not None


def _forgiven(word: str) -> str:
    """The letters of a word of which one may be wrong; "" of any other."""
    letters = unicodedata.normalize("NFKC", word).lower()
    return letters if len(letters) >= _FORGIVEN_FROM and all(letter in readings() for letter in letters) else ""


def _nearly(word: str, text: str) -> bool:
    """With one letter wrong, one half of the word is right: only there the rest is looked at."""
    letters = _forgiven(word)
    if not letters:
        return False
    middle = len(letters) // 2
    return any(
        _slips(letters, text[begin : begin + len(letters)]) <= 1
        for part, offset in ((letters[:middle], 0), (letters[middle:], middle))
        for match in _pattern(part).finditer(text)
        if (begin := match.start() - offset) >= 0
    )


def _slips(letters: str, text: str) -> int:
    """How many letters are wrong. Only a Chinese character's initial may be: any other sign must be equal."""
    if len(text) < len(letters):
        return len(letters)
    wrong = [sign for letter, sign in zip(letters, text, strict=True) if sign not in readings()[letter]]
    return len(wrong) if all("\u4e00" <= sign <= "\u9fff" for sign in wrong) else len(letters)


@lru_cache(maxsize=256)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile("".join(_sign(sign) for sign in word), re.IGNORECASE)


def _sign(sign: str) -> str:
    """A full-width letter finds the plain one as well, and the characters that begin with it."""
    plain = unicodedata.normalize("NFKC", sign)
    characters = readings().get(plain.lower(), "")
    if not characters and plain == sign:
        return re.escape(sign)
    return f"(?:[{re.escape(sign)}{characters}]|{re.escape(plain)})"
