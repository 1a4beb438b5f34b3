"""What a text may hold: cleaning of what comes in, safe display, and the numbers in front of goals.

Text comes from the keyboard, from a paste, from TOML and from DOCX; all of it goes through :func:`clean`.
Text is composed (:func:`composed`) and never NFKC, so that ``①`` and full-width punctuation stay as people wrote them.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from perftui.locale import N_, _
from perftui.model.frozen import frozen
from perftui.model.lazy_regex import lazily


class TextDefect(Enum):
    """What was wrong with a character; the value is the sentence about it."""

    CONTROL = N_("去掉了 {count} 个控制字符（第 {places} 个字）")
    BIDI = N_("去掉了 {count} 个改变文字方向的字符（第 {places} 个字）")
    INVISIBLE = N_("去掉了 {count} 个看不见的字符（第 {places} 个字）")
    INVALID = N_("去掉了 {count} 个不是文字的编码（第 {places} 个字）")
    TAB = N_("{count} 个制表符改成了空格（第 {places} 个字）")
    BREAK = N_("{count} 个特殊的换行符改成了换行（第 {places} 个字）")
    JOINED = N_("{count} 处换行接成了一行（第 {places} 个字）")


@frozen
class RemovedCharacter:
    """One character that :func:`clean` took out or changed."""

    kind: TextDefect
    char: str
    index: int
    """Its place in the text that came, CRLF counted as one character."""


@frozen
class CleanedText:
    """A text that may be kept, and what was taken out of it or changed."""

    text: str
    removed: tuple[RemovedCharacter, ...]


_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_JOINERS = "\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_INVALID = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
_KINDS = (
    (TextDefect.TAB, "\t"),
    (TextDefect.BREAK, _BREAKS),
    (TextDefect.CONTROL, _CONTROL),
    (TextDefect.BIDI, _BIDI),
    (TextDefect.INVISIBLE, _INVISIBLE + _JOINERS),
    (TextDefect.INVALID, _INVALID),
)
_SUSPECT = lazily(f"[\t{_BREAKS}{_CONTROL}{_BIDI}{_INVISIBLE}{_JOINERS}{_INVALID}]")
_MUST_LOOK = lazily(f"[\r{_SUSPECT.pattern[1:]}")
_OWN_SIGN = lazily("([\u2126\u212a\u212b\u2329\u232a\uf900-\ufad9\U0002f800-\U0002fa1d]+)")
"""Characters for which NFC puts another: 21 Hanzi of GBK among them, which stand in names."""
_XML_CANNOT = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLACES_TOLD = 5
_JOINED = 3
"""Characters before a text that a joiner in it may join."""


def clean(text: str, *, lines: bool, before: str = "") -> CleanedText:
    """``text`` as it may be kept: composed, LF, nothing invisible or misleading; ``lines`` allows line breaks.

    ``before`` is what it will stand behind: a joiner or a variation selector that is typed by itself belongs to that;
    what a joiner joins may be typed next.
    Tabs become blanks, odd line separators line breaks. Without ``lines`` the lines are joined: by a blank, but by
    nothing between full-width characters. Joiners and variation selectors stay where they shape an emoji or a 汉字.
    """
    if not _MUST_LOOK.search(text) and (lines or "\n" not in text) and composed(text) == text:
        return CleanedText(text=text, removed=())
    text = composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    removed: list[RemovedCharacter] = []
    tail = before[-_JOINED:]

    def replacement(match: re.Match[str]) -> str:
        if _shapes(tail + text, len(tail) + match.start(), goes_on=before != ""):
            return match[0]
        kind = kind_of(match[0])
        if kind is TextDefect.BREAK and not lines:
            return "\n"
        removed.append(RemovedCharacter(kind=kind, char=match[0], index=match.start()))
        return {TextDefect.TAB: " ", TextDefect.BREAK: "\n"}.get(kind, "")

    if not lines:
        removed.extend(_joined(text))
    kept = _SUSPECT.sub(replacement, text)
    if not lines:
        kept = re.sub(" *\n[\n ]*", _joint, kept.strip("\n"))
    kept = composed(kept)
    return CleanedText(text=kept, removed=tuple(sorted(removed, key=lambda item: item.index)))


def composed(text: str) -> str:
    """``text`` in NFC, but every character that is one by itself stays the one that people wrote."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return "".join(
        piece if number % 2 else unicodedata.normalize("NFC", piece)
        for number, piece in enumerate(_OWN_SIGN.split(text))
    )


def is_text(typed: str) -> bool:
    """Is this the text of a key, and not a command? Every character is text that is no control character."""
    return typed != "" and unicodedata.category(typed[0]) != "Cc"


def kind_of(char: str) -> TextDefect:
    """What is wrong with a character that :func:`clean` takes out."""
    return next(kind for kind, chars in _KINDS if re.match(f"[{chars}]", char))


def _joined(text: str) -> Iterable[RemovedCharacter]:
    """The line breaks inside a text that is to be one line; those at its ends go without a word."""
    breaks = "\n" + _BREAKS
    start, end = len(text) - len(text.lstrip(breaks)), len(text.rstrip(breaks))
    for match in re.finditer(f"[{breaks}]+", text[:end]):
        if match.start() >= start:
            yield RemovedCharacter(kind=TextDefect.JOINED, char="\n", index=match.start())


def _joint(match: re.Match[str]) -> str:
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    return "" if before >= "\u2e80" and after >= "\u2e80" else " "


def _shapes(text: str, index: int, *, goes_on: bool = False) -> bool:
    """Whether a joiner or variation selector at ``index`` has an emoji or a character to shape, or may get one."""
    char, before = text[index], text[index - 1 : index]
    if char == "\u200d":
        after = text[index + 1 : index + 2]
        shaped = before == "\ufe0f" and _shapes(text, index - 1)
        return (shaped or _pictures(before)) and (_pictures(after) or (goes_on and not after))
    varies = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return varies and before != "" and not before.isspace() and not _SUSPECT.match(before)


def _pictures(char: str) -> bool:
    return char != "" and (unicodedata.category(char) == "So" or "\U0001f3fb" <= char <= "\U0001f3ff")


def describe(removed: Iterable[RemovedCharacter]) -> str:
    """The sentence that says how many characters of which kind went, and where; "" when none did."""
    found: dict[TextDefect, list[int]] = {}
    for item in removed:
        found.setdefault(item.kind, []).append(item.index + 1)
    return _("；").join(
        _(kind.value).format(
            count=len(places),
            places=_("、").join(map(str, places[:_PLACES_TOLD])) + (_("…") if len(places) > _PLACES_TOLD else ""),
        )
        for kind, places in found.items()
    )


# ---- display and XML


_SHOWN_IN_LINES = lazily(f"[\r{_SUSPECT.pattern[1:]}")
_SHOWN = lazily(f"[\n{_SHOWN_IN_LINES.pattern[1:]}")


def visible(text: str, *, lines: bool = False) -> str:
    """``text`` with every control, direction mark and invisible character as a sign one cell wide.

    Length is kept, so that places in the text are places in what is shown. Ordinary text comes back unchanged.
    With ``lines`` the line feeds stay, for a text that is shown in lines.
    """
    pattern = _SHOWN_IN_LINES if lines else _SHOWN
    return pattern.sub(lambda match: match[0] if _shapes(text, match.start()) else _sign(match[0]), text)


def _sign(char: str) -> str:
    if char == "\n":
        return "␤"
    if char < " ":
        return chr(0x2400 + ord(char))
    return "␡" if char == "\x7f" else "⁇"


def xml_safe(text: str) -> str:
    """The text with a sign in place of each character that XML 1.0 cannot hold."""
    return _XML_CANNOT.sub("⁇", text)


def xml_problem(text: str) -> str | None:
    """The sentence about the first character that XML 1.0 cannot hold, or None."""
    match = _XML_CANNOT.search(text)
    if match is None:
        return None
    line = text.count("\n", 0, match.start()) + 1
    place = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
    code = f"U+{ord(match[0]):04X}"
    return _("第 {line} 行第 {place} 个字是 Word 文档不能保存的字符 {code}").format(line=line, place=place, code=code)


# ---- goals

_HAN = "一二三四五六七八九十"
_NUMBERED = (
    rf"\s*目标\s*([0-9０-９]{{1,2}}|[{_HAN}]{{1,3}})\s*[:：]\s*",
    rf"\s*[（(]\s*([0-9０-９]{{1,2}}|[{_HAN}]{{1,3}})\s*[)）]\s*[、.．]?\s*",
    rf"\s*([{_HAN}]{{1,3}})、\s*",
    r"\s*([①-⑳⑴-⒇⒈-⒛])\s*[、.．]?\s*",
    # "1.5万元" is a number and "1、2号楼" a list of houses; "1.2021年…" and "1、18名…" begin with a goal's number.
    r"\s*([0-9０-９]{1,2})\s*(?:[.．](?![0-9０-９](?!\d{3}年))|、(?![0-9０-９]+[、号和])|[)）])\s*",
)


def strip_number(text: str) -> tuple[str, str]:
    """A goal's leading number and the rest: ``"1. 保障"`` → ``("1", "保障")``; ``("", text)`` where there is none."""
    for pattern in _NUMBERED:
        match = re.match(pattern, text)
        if match:
            return unicodedata.normalize("NFKC", match[1]).strip("()."), text[match.end() :]
    return "", text


@lru_cache(maxsize=16384)  # the same words stand in a hundred projects
def fold(text: str) -> str:
    """A key for comparing texts: without leading number, blanks and punctuation; width and case undone."""
    plain = unicodedata.normalize("NFKC", strip_number(text)[1]).casefold()
    return "".join(char for char in plain if char in "%‰" or unicodedata.category(char)[0] not in "PZC")


def size_in_words(size: int) -> str:
    """A file's size for people: ``15 KB``, ``1.2 MB``, ``20 MB``."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"
