"""The keyboard's bytes as tokens: characters, escape sequences, pastes. Nothing that arrives can break it.

Times are seconds of a clock that the caller reads, so this can be tested without waiting.
"""

import re
from typing import NamedTuple

PASTE_START = b"\x1b[200~"
PASTE_END = b"\x1b[201~"

_PASTE_SILENCE = 2.0
"""A paste whose end does not come ends after so long a silence."""
_AFTER_PASTE = 0.05
"""If more follows the end of a paste at once, so long is waited for a second end: the first was in what was pasted."""
_BURST = re.compile(rb"(?=.{8})[^\x00-\x1f\x7f]+[\t\r\n]+[^\x00-\x1f\x7f]+[\t\r\n]", re.S)
"""What no fingers type between two reads: text with two cells or lines in it."""
_HALF_CHARACTER = 1.0
"""The rest of a character may take so long."""

_LONGEST_KEY = 64
_LONGEST_STRING = 8192
"""Bytes of a key's sequence, and of an answer of the terminal; what is longer is dropped."""

_SEQUENCE = re.compile(
    rb"\x1b(?:"
    rb"\[M..."  # X10 mouse report
    rb"|\[\[[A-E]"  # Linux console, F1 to F5
    rb"|\[[0-9]+\$"  # rxvt, with Shift
    rb"|\[(?![M\[])[0-?]*[ -/]*[@-~]"  # CSI
    rb"|O[0-9;]*[@-~]"  # SS3
    rb"|[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC, DCS, APC, PM, SOS
    rb")",
    re.S,
)
_PARTIAL = re.compile(rb"\x1b(?:\[M.{0,2}|\[\[?|\[[0-?]*[ -/]*|O[0-9;]*|[\]P_^X][^\x07\x1b]*\x1b?)?", re.S)
_CONTROL = re.compile(r"([\x00-\x1f\x7f])")
_NEVER_TYPED = re.compile(r"[\x80-\x9f]")
_NOT_PASTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Typed(NamedTuple):
    """One character, a control character included."""

    character: str


class Sequence(NamedTuple):
    """A whole escape sequence: a key, a mouse event or an answer of the terminal."""

    text: str


class Pasted(NamedTuple):
    """A pasted text: lines end in LF, control characters but TAB are gone."""

    text: str


class Undecodable(NamedTuple):
    """Text that is not UTF-8 came; it was refused."""


Token = Typed | Sequence | Pasted | Undecodable

ESCAPE = Typed("\x1b")


class Keyboard:
    """Takes bytes as they come (``feed``) and the passing of time (``tick``), gives tokens.

    ``escape_delay`` is how long the rest of an escape sequence may take; with ``escape_tab`` the terminal sends
    ESC TAB for Shift+Tab (the Linux console), for others these are two keys. With ``bursts`` a lot of text with tabs
    or returns that comes at once is a paste, until a terminal has shown that it marks its pastes.
    """

    def __init__(self, *, escape_delay: float = 0.25, escape_tab: bool = False, bursts: bool = False) -> None:
        self._escape_delay = escape_delay
        self._bursts = bursts
        self._in_burst = False
        self._escape_tab = escape_tab
        self._buffer = bytearray()
        self._pasting = False
        self._searched = 0  # the part of a paste in which its end is not
        self.deadline: float | None = None
        """When ``tick`` has to be called, if nothing comes before."""

    def feed(self, data: bytes, now: float) -> list[Token]:
        """The tokens that are complete with these bytes."""
        self._buffer += data
        return self._take(now)

    def tick(self, now: float) -> list[Token]:
        """The tokens that are due because nothing more came."""
        if self.deadline is None or now < self.deadline:
            return []
        self.deadline = None
        if self._in_burst:
            tokens = self._close_paste(len(self._buffer), len(self._buffer))
        else:
            tokens = self._end_paste(final=True) if self._pasting else self._give_up()
        return tokens + self._take(now)

    def _take(self, now: float) -> list[Token]:
        tokens: list[Token] = []
        self.deadline = None
        while self._buffer and self.deadline is None:
            if self._in_burst:
                self.deadline = now + _AFTER_PASTE
            elif self._pasting:
                tokens += self._end_paste(final=False)
                if self._pasting:
                    self.deadline = now + (_PASTE_SILENCE if self._searched else _AFTER_PASTE)
            elif self._buffer[0] == 0x1B:
                tokens += self._take_escape(now)
            elif self._bursts and _BURST.match(self._buffer):
                self._pasting = self._in_burst = True
            else:
                tokens += self._take_text(now)
        if self._pasting and self.deadline is None:
            self.deadline = now + _PASTE_SILENCE
        return tokens

    def _take_escape(self, now: float) -> list[Token]:
        match = _SEQUENCE.match(self._buffer)
        if match is not None:
            found = match.group(0)
            del self._buffer[: len(found)]
            if found == PASTE_START:
                self._pasting = True
                self._bursts = False
                self._searched = 0
                return []
            old_mouse = found.startswith(b"\x1b[M")  # we ask for the newer kind only
            if old_mouse or (len(found) > _LONGEST_KEY and found[1:2] in (b"[", b"O")):
                return []
            return [Sequence(found.decode("utf-8", "replace"))]
        if _PARTIAL.fullmatch(self._buffer):
            if len(self._buffer) > _LONGEST_STRING:
                self._buffer.clear()
                return []
            self.deadline = now + self._escape_delay
            return []
        if self._escape_tab and self._buffer[1:2] == b"\t":
            del self._buffer[:2]
            return [Sequence("\x1b\t")]
        del self._buffer[0]
        return [ESCAPE]

    def _give_up(self) -> list[Token]:
        """What was begun will not be finished: it was typed so, or the line lost the rest."""
        if self._buffer[0] != 0x1B:
            self._buffer.clear()
            return [Undecodable()]
        rest = bytes(self._buffer[1:])
        self._buffer.clear()
        if rest[:1] == b"[" and len(rest) > 1:
            return []  # the begin of a sequence; typed as text it would do harm
        return [ESCAPE, *_typed(rest.decode("utf-8", "replace"))]

    def _take_text(self, now: float) -> list[Token]:
        end = self._buffer.find(0x1B)
        whole = end < 0
        chunk = bytes(self._buffer) if whole else bytes(self._buffer[:end])
        half = _half_character(chunk) if whole else 0
        try:
            tokens = _typed(chunk[: len(chunk) - half].decode())
        except UnicodeDecodeError:
            half = 0
            tokens = _typed_but_broken(chunk.decode("utf-8", "replace"))
        del self._buffer[: len(chunk) - half]
        if half:
            self.deadline = now + _HALF_CHARACTER
        return tokens

    def _end_paste(self, *, final: bool) -> list[Token]:
        """Look for the end of the paste; ``final``: whatever there is, nothing more will come."""
        first = self._buffer.find(PASTE_END, self._searched)
        if first < 0:
            self._searched = max(1, len(self._buffer) - len(PASTE_END))
            return self._close_paste(len(self._buffer), len(self._buffer)) if final else []
        after = first + len(PASTE_END)
        following = self._buffer.find(PASTE_START, after)
        last = self._buffer.rfind(PASTE_END, after, following if following >= 0 else len(self._buffer))
        if last >= 0:
            return self._close_paste(last, last + len(PASTE_END))
        if following >= 0 or after == len(self._buffer) or final:
            return self._close_paste(first, after)
        self._searched = 0
        return []

    def _close_paste(self, end: int, rest: int) -> list[Token]:
        data = bytes(self._buffer[:end])
        del self._buffer[:rest]
        self._pasting = self._in_burst = False
        try:
            text = data.replace(PASTE_START, b"").replace(PASTE_END, b"").decode()
        except UnicodeDecodeError:
            return [Undecodable()]
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _NOT_PASTED.sub("", text)
        return [Pasted(text)] if text else []


def _typed(text: str) -> list[Token]:
    return [Typed(character) for character in _NEVER_TYPED.sub("", text)]


def _typed_but_broken(text: str) -> list[Token]:
    """Of a text with undecodable bytes only the control keys; its letters may be halves of other characters."""
    tokens: list[Token] = [Undecodable()]
    for part in _CONTROL.split(text):
        if "\ufffd" not in part:
            tokens += _typed(part)
    return tokens


def _half_character(data: bytes) -> int:
    """Number of bytes at the end that begin a character of UTF-8 and do not finish it."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte & 0xC0 == 0x80:
            continue
        needed = 2 if 0xC2 <= byte <= 0xDF else 3 if 0xE0 <= byte <= 0xEF else 4 if 0xF0 <= byte <= 0xF4 else 1
        return back if needed > back else 0
    return 0
