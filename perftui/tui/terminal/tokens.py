"""What the keyboard's bytes mean, one record a token; each keeps its bytes, so that none is lost in silence."""

from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

BREAKS = "\t\r\n"
"""The characters that end a cell or a line when they are typed."""


ARROWS = ("up", "down", "left", "right")
"""The keys that a wheel sends, several at once, where the terminal is told to."""

APART = 0.2
"""Quiet seconds before a key that was pressed by itself: a key that is held comes ten times a second or more."""


class TypedText(NamedTuple):
    """One character, a control character included."""

    character: str
    raw: bytes


class Key(NamedTuple):
    """A key that is no character, by its name (``f2``, ``ctrl+left``, ``alt+b``); "" where it only takes back."""

    name: str
    raw: bytes
    takes_back: bool = False
    """Was its first byte, ESC, given up and handed on as the Esc key before? Then that Esc was none."""
    after_escape: bool = False
    """Did it come as ESC and a whole sequence: Alt with the key, or Esc and then the key?"""


class Answer(NamedTuple):
    """An answer of the terminal, a mouse event, or what says nothing to us: a key let go, a change of focus."""

    text: str
    raw: bytes

    @property
    def is_mouse(self) -> bool:
        """Did hands send it? Then it keeps its place among the keys."""
        return self.text.startswith("\x1b[<")


class Pasted(NamedTuple):
    """What stood between the marks of a paste; lines end in LF, and every other character is as it came."""

    text: str
    raw: bytes


class Unfinished(NamedTuple):
    """What had come of a marked paste when a person ended it; its mark did not come."""

    text: str
    raw: bytes


class StalledPaste(NamedTuple):
    """A marked paste stands still: so many characters have come, and not its end."""

    characters: int
    raw: bytes = b""


class Undecodable(NamedTuple):
    """Text that is not UTF-8; it is refused."""

    raw: bytes


class Unknown(NamedTuple):
    """A sequence that no terminal we know sends, or one whose rest did not come. It is never text."""

    raw: bytes


Token: TypeAlias = TypedText | Key | Answer | Pasted | Unfinished | StalledPaste | Undecodable | Unknown


class TokenOrigin(NamedTuple):
    """How tokens came."""

    read: int
    """The number of the read they were in: what comes until the line is quiet for 30 ms."""
    at: float
    """When the read's first byte came, in seconds of the keyboard's clock."""
    pause: float
    """Seconds before the read in which we saw that no key came."""
    alone: bool
    """Is it the only token of its read? Only known while a question is open; otherwise False."""


class TokenKind(Enum):
    """Who sent it."""

    HANDS = auto()
    """Keys, typing, and pastes that the terminal has marked."""
    STREAM = auto()
    """What nobody typed and no mark explains: it is asked about."""


class Arrival(NamedTuple):
    """Tokens that came in one read."""

    tokens: tuple[Token, ...]
    came: TokenOrigin
    kind: TokenKind = TokenKind.HANDS

    @property
    def text(self) -> str:
        """The text in it, lines ending in LF."""
        return text_of(self.tokens)


def text_of(tokens: Iterable[Token]) -> str:
    """The text in tokens, lines ending in LF."""
    return lines("".join(map(_text_of, tokens)))


def lines(text: str) -> str:
    """A text whose lines end in LF, however they ended."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text_of(token: Token) -> str:
    match token:
        case TypedText(character=character) if character >= " " or character in BREAKS:
            return character
        case Pasted(text=text) | Unfinished(text=text):
            return text
    return ""
