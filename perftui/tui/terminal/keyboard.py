"""The keyboard: bytes with the time they came in, tokens with how they came out. No clock, no terminal.

A *read* is what comes until the line has been quiet for 30 ms. Text and breaks of several lines or cells in one read
come from no hands, unless a stall held back what a fast typist went on with: such a *stream* is told apart, so that it
can be asked about, as long as the terminal has not shown that it marks its pastes.

Silence counts only where our own poll has waited in vain: a stop of ours is no pause of a person's.
"""

from collections.abc import Iterable
from dataclasses import field, replace
from math import inf

from perftui.model.frozen import frozen
from perftui.tui.terminal import lexer
from perftui.tui.terminal.lexer import Lexer
from perftui.tui.terminal.tokens import (
    APART,
    ARROWS,
    BREAKS,
    Answer,
    Arrival,
    Key,
    Pasted,
    StalledPaste,
    Token,
    TokenKind,
    TokenOrigin,
    TypedText,
    Unfinished,
)

QUIET = 0.03
"""Seconds of silence that end a read."""
LONGEST_READ = 65536
"""Bytes."""
SILENCE = 0.5
"""Seconds of silence before a key may answer a question; what follows a stream sooner belongs to it."""
_HANDS = 12.0
"""Keys that fast hands press in a second,"""
_AHEAD = 3
"""and so many more: hands are not even, and the line may have held back some before we saw it stand still."""
_KEYS_OF_A_HANZI = 4
_LONGEST_STALL = 2.5
"""Seconds; what comes after a longer silence was not held back by the line."""
_GOES_ON = 1.0
"""Seconds between keys of somebody who is typing."""
_CTRL_Q = "\x11"


@frozen
class KeyboardState:
    """The read that goes on, and what is known of those before."""

    lexer: Lexer = field(default_factory=Lexer)
    number: int = 0
    open: bool = False
    at: float = -inf
    """When the read's first byte came."""
    last: float = -inf
    """When the last byte came,"""
    keyed: float = -inf
    """and when the last that was no answer of the terminal."""
    quiet: float = -inf
    """When it was last seen that nothing had come,"""
    seen: float = -inf
    """and when before this read."""
    pause: float = 0.0
    """Seconds before the read in which no key was seen to come,"""
    stall: float = 0.0
    """and in which nothing at all may have come."""
    size: int = 0
    tokens: tuple[Token, ...] = ()
    """The keys and the text of the read."""
    sent: int = 0
    """How many of them were handed on."""
    loose: bool = False
    """Is it known that hands sent the read?"""
    adrift: bool = False
    typing: bool = False
    """Went typing on before the read?"""
    streamed: float = -inf
    """When the last byte of a stream came."""
    asked: float | None = None
    """When the question that is open was written out."""
    arrows_leave: bool = False
    """Is a text being typed that an arrow leaves? Then it waits for its read's end, as a wheel sends several."""

    @property
    def came(self) -> TokenOrigin:
        """How the tokens of this read came."""
        return TokenOrigin(read=self.number, at=self.at, pause=self.pause, alone=False)


Step = tuple[KeyboardState, list[Arrival]]


class Keyboard:
    """Holds the state: takes bytes (``feed``) and the passing of time (``tick``), gives what has arrived."""

    def __init__(self, *, escape_delay: float = 0.25, escape_tab: bool = False) -> None:
        self._state = KeyboardState(lexer=Lexer(escape_delay=escape_delay, escape_tab=escape_tab))
        self.asked: float | None = None
        """When a question was written out that only a key by itself may answer; infinite: it soon will be."""
        self.arrows_leave = False
        """Does an arrow leave the text that is being typed?"""
        self.ascii_only = False
        """Is it known that the terminal is not UTF-8?"""

    @property
    def marks_pastes(self) -> bool:
        """Has the terminal marked a paste?"""
        return self._state.lexer.marks

    @property
    def _now(self) -> KeyboardState:
        lexer = replace(self._state.lexer, ascii_only=self.ascii_only)
        return replace(self._state, lexer=lexer, asked=self.asked, arrows_leave=self.arrows_leave)

    @property
    def deadline(self) -> float | None:
        """When ``tick`` has to be called, if nothing comes before."""
        return deadline(self._now)

    def question_is_read(self, now: float) -> bool:
        """Has the open question stood long enough, with nothing typed since, that what comes now is meant for it?"""
        return self.asked is not None and now - max(self.asked, self._state.last) >= SILENCE

    def feed(self, data: bytes, now: float) -> list[Arrival]:
        """What is known to have arrived with these bytes."""
        self._state, arrivals = fed(self._now, data, now)
        return arrivals

    def tick(self, now: float) -> list[Arrival]:
        """What is due because nothing has come until now; to be called only when a poll has waited in vain."""
        self._state, arrivals = waited(self._now, now)
        return arrivals


def deadline(state: KeyboardState) -> float | None:
    """When :func:`waited` is due."""
    times = [state.lexer.deadline]
    if state.open:
        times.append(state.last + QUIET)
    times += [state.last + long for long in (APART, SILENCE) if not state.open and state.quiet < state.last + long]
    if state.asked is not None and state.quiet < state.asked + SILENCE < inf:
        times.append(state.asked + SILENCE)
    return min((time for time in times if time is not None), default=None)


def fed(state: KeyboardState, data: bytes, now: float) -> Step:
    """Bytes came."""
    if not state.open:
        state = _begun(state, now)
    inner, tokens = lexer.fed(state.lexer, data, now)
    state, arrivals = _taken(replace(state, lexer=inner, last=now, size=state.size + len(data)), tokens)
    if state.size >= LONGEST_READ:
        state, more = _over(state)
        return state, arrivals + more
    if _may_pass(state):
        state, more = _passed(state, TokenKind.HANDS)
        return state, arrivals + more
    return state, arrivals


def waited(state: KeyboardState, now: float) -> Step:
    """Nothing had come until now."""
    arrivals: list[Arrival] = []
    state = replace(state, quiet=now)
    if state.open and now >= state.last + QUIET:
        state, arrivals = _over(state)
    due = state.lexer.deadline
    if due is not None and now >= due:
        inner, tokens = lexer.given_up(state.lexer)
        state, more = _taken(replace(state, lexer=inner), tokens)
        state, rest = _judged(state)
        arrivals += more + rest
    return state, arrivals


def _begun(state: KeyboardState, now: float) -> KeyboardState:
    pause, stall = max(0.0, state.quiet - state.keyed), now - state.last
    state = replace(state, number=state.number + 1, open=True, at=now, seen=state.quiet, pause=pause, stall=stall)
    return replace(state, size=0, tokens=(), sent=0, loose=False, adrift=state.lexer.adrift)


def _taken(state: KeyboardState, tokens: Iterable[Token]) -> Step:
    """The text and the keys wait for what the read is; answers and what is only said pass at once."""
    arrivals: list[Arrival] = []
    kept = list(state.tokens)
    for token in tokens:
        if not isinstance(token, Answer | StalledPaste) or _is_content(token):
            state = replace(state, keyed=state.last)
        if isinstance(token, Unfinished):
            arrivals.append(Arrival((token,), state.came, TokenKind.STREAM))
            state = replace(state, streamed=state.last)
        elif _is_content(token):
            kept.append(token)
        else:
            arrivals.append(Arrival((token,), state.came))
    return replace(state, tokens=tuple(kept)), arrivals


def _is_content(token: Token) -> bool:
    return isinstance(token, TypedText | Key | Pasted) or (isinstance(token, Answer) and token.is_mouse)


def _may_pass(state: KeyboardState) -> bool:
    """Is it known before its end that the read came from hands?"""
    if state.asked is not None or state.adrift or _joins(state):
        return False
    if state.arrows_leave and any(isinstance(token, Key) and token.name in ARROWS for token in state.tokens):
        return False
    return state.lexer.marks or state.loose or _one_key(state.tokens) or any(map(_is_key, state.tokens[state.sent :]))


def _one_key(tokens: tuple[Token, ...]) -> bool:
    """One key, or one that is held."""
    return bool(tokens) and all(token == tokens[0] for token in tokens)


def _is_key(token: Token) -> bool:
    match token:
        case TypedText(character=character):
            return (character < " " and character not in BREAKS) or character == "\x7f"
        case Key() | Answer():
            return True
    return False


def _joins(state: KeyboardState) -> bool:
    return state.at - state.streamed < SILENCE


def _over(state: KeyboardState) -> Step:
    """The line is quiet, and the read over."""
    inner, tokens = lexer.paused(state.lexer)
    state, arrivals = _taken(replace(state, lexer=inner, open=False), tokens)
    state, more = _judged(state)
    return replace(state, typing=_went_on(state)), arrivals + more


def _judged(state: KeyboardState) -> Step:
    """Hand on what is left of a read that is over."""
    if len(state.tokens) == state.sent:
        return state, []
    alone = len(state.tokens) == 1 and state.pause >= SILENCE
    if state.asked is not None:
        answers = alone and state.seen - state.asked >= SILENCE
        return _passed(state, TokenKind.HANDS if answers else TokenKind.STREAM, alone=answers)
    if state.adrift or _joins(state):
        leaves = alone and state.tokens[0][0] == _CTRL_Q
        return _passed(state, TokenKind.HANDS if leaves else TokenKind.STREAM)
    believed = state.lexer.marks or any(map(_is_key, state.tokens)) or not _nobody_typed(state.tokens)
    return _passed(state, TokenKind.HANDS if believed or _fits_hands(state) else TokenKind.STREAM)


def _passed(state: KeyboardState, kind: TokenKind, *, alone: bool = False) -> Step:
    """Hand on what was not yet."""
    left = state.tokens[state.sent :]
    if not left:
        return state, []
    loose = state.loose or any(map(_is_key, left))
    streamed = state.last if kind is TokenKind.STREAM else state.streamed
    after = replace(state, sent=len(state.tokens), loose=loose, streamed=streamed)
    return after, [Arrival(left, state.came._replace(alone=alone), kind)]


def _nobody_typed(tokens: tuple[Token, ...]) -> bool:
    """Text, break, text, break."""
    turns, text = 0, False
    for token in tokens:
        if isinstance(token, TypedText) and (token.character not in BREAKS) != text:
            text = not text
            turns += 1
    return turns >= 4


def _fits_hands(state: KeyboardState) -> bool:
    """Went typing on, and was the line's stall long enough for hands to press so many keys?"""
    if not state.typing or state.stall > _LONGEST_STALL:
        return False
    keys = sum(_KEYS_OF_A_HANZI if _character(token) >= "\u2e80" else 1 for token in state.tokens)
    return keys <= _HANDS * state.stall + _AHEAD


def _went_on(state: KeyboardState) -> bool:
    """Was this a read of somebody who types?"""
    typed = any(isinstance(token, TypedText) for token in state.tokens)
    soon = state.stall <= (_LONGEST_STALL if state.typing else _GOES_ON)
    return typed and soon and state.streamed < state.at


def _character(token: Token) -> str:
    return token.character if isinstance(token, TypedText) else ""
