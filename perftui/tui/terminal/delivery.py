"""From the keyboard's tokens to Textual's events and the app's calls, in the order in which they came."""

import re
from collections.abc import Callable, Iterator, Sequence

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from perftui.tui.terminal.display import Display
from perftui.tui.terminal.probe import Prober
from perftui.tui.terminal.tokens import (
    ARROWS,
    Answer,
    Arrival,
    Key,
    Pasted,
    StalledPaste,
    Token,
    TokenKind,
    TokenOrigin,
    TypedText,
    Undecodable,
    Unfinished,
    Unknown,
)

_NAMES = XTermParser()
_SYNC_KNOWN = re.compile(r"\x1b\[\?2026;[123]\$y")


class KeyPressed(events.Key, bubble=True):
    """A key, and how it came."""

    def __init__(
        self, key: str, character: str | None, came: TokenOrigin, token: Token, *, repeated: bool = False
    ) -> None:
        super().__init__(key, character)
        self.came = came
        self.token = token
        self.after_escape = isinstance(token, Key) and token.after_escape
        """Did it come as ESC and a whole key: Alt with that key in a text, or else Esc and then the key?"""
        self.repeated = repeated
        """Is it one of several equal arrows of one read, which a wheel sends?"""


KeyPressed.handler_name = "on_key"


def pressed(tokens: Sequence[Token], came: TokenOrigin) -> Iterator[events.Key | events.Paste]:
    """The events of tokens that are keys, text or pastes."""
    for number in range(len(tokens)):
        yield from _events_of(tokens, number, came)


def _events_of(tokens: Sequence[Token], number: int, came: TokenOrigin) -> Iterator[events.Key | events.Paste]:
    match token := tokens[number]:
        case TypedText(character=character):
            for event in _NAMES._sequence_to_key_events(character):
                yield KeyPressed(event.key, event.character, came, token)
        case Key(name=name) if name:
            beside = (*tokens[max(0, number - 1) : number], *tokens[number + 1 : number + 2])
            repeated = name in ARROWS and any(isinstance(one, Key) and one.name == name for one in beside)
            yield KeyPressed(name, None, came, token, repeated=repeated)
        case Pasted(text=text) | Unfinished(text=text) if text:
            yield events.Paste(text)


class Delivery:
    """Posts events, and calls the app's ``terminal_…`` methods by their names."""

    def __init__(
        self, post: Callable[[Message], object], call: Callable[..., object], display: Display, prober: Prober
    ) -> None:
        self._post = post
        self._call_app = call
        self._display = display
        self._prober = prober

    def pass_on(self, arrival: Arrival) -> None:
        """Hand on what has arrived; called in the reader's thread."""
        if arrival.kind is TokenKind.STREAM:
            if any(isinstance(token, Key) and token.takes_back for token in arrival.tokens):
                self._call_app("terminal_escape_was_none")
            self._call_app("terminal_stream", arrival)
            return
        for number, token in enumerate(arrival.tokens):
            self._say(token)
            for event in _events_of(arrival.tokens, number, arrival.came):
                self._post(event)

    def _say(self, token: Token) -> None:
        """What is said beside the keys: an Esc that was none is so before the key that it was the begin of."""
        match token:
            case Key(takes_back=True):
                self._call_app("terminal_escape_was_none")
            case Answer(text=text):
                self._answer(text)
            case StalledPaste(characters=characters):
                self._call_app("terminal_paste_waits", characters)
            case Undecodable():
                self._call_app("terminal_not_utf8")
            case Unknown():
                self._call_app("terminal_unknown_key")

    def _answer(self, text: str) -> None:
        """A mouse event, or an answer of the terminal; what is none of these is dropped."""
        if self._prober.answer(text):
            probe = self._prober.result
            if probe is not None:
                self._display.ambiguous(probe.ambiguous)
                if not probe.utf8:
                    self._display.write_ascii()
                self._call_app("terminal_probed", probe)
        elif Answer(text, b"").is_mouse:
            mouse = _NAMES.parse_mouse_code(text)
            if mouse is not None:
                self._post(mouse)
        elif _SYNC_KNOWN.fullmatch(text):
            self._display.synchronise()
