"""From the keyboard's tokens to Textual's events and the app's calls, in the order in which they came."""

import re
from collections.abc import Callable

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from perftui.tui.terminal.display import Display
from perftui.tui.terminal.probe import Prober
from perftui.tui.terminal.tokens import (
    Answer,
    Arrival,
    Key,
    Pasted,
    Token,
    TokenKind,
    TokenOrigin,
    TypedText,
    Undecodable,
    Unfinished,
    Unknown,
    Waiting,
)

_SYNC_KNOWN = re.compile(r"\x1b\[\?2026;[123]\$y")


class Pressed(events.Key, bubble=True):
    """A key, and how it came."""

    def __init__(self, key: str, character: str | None, came: TokenOrigin, *, after_escape: bool = False) -> None:
        super().__init__(key, character)
        self.came = came
        self.after_escape = after_escape
        """Did it come as ESC and a whole key: Alt with that key in a text, or else Esc and then the key?"""


Pressed.handler_name = "on_key"


class Delivery:
    """Posts events, and calls the app's ``terminal_…`` methods by their names."""

    def __init__(
        self, post: Callable[[Message], object], call: Callable[..., object], display: Display, prober: Prober
    ) -> None:
        self._post = post
        self._call_app = call
        self._display = display
        self._prober = prober
        self._names = XTermParser()

    def pass_on(self, arrival: Arrival) -> None:
        """Hand on what has arrived; called in the reader's thread."""
        if arrival.kind is TokenKind.STREAM:
            self._call_app("terminal_stream", arrival)
            return
        for token in arrival.tokens:
            self._token(token, arrival.came)

    def _token(self, token: Token, came: TokenOrigin) -> None:
        match token:
            case TypedText(character=character):
                for event in self._names._sequence_to_key_events(character):
                    self._post(Pressed(event.key, event.character, came))
            case Key():
                self._key(token, came)
            case Pasted(text=text):
                if text:
                    self._post(events.Paste(text))
            case Answer(text=text):
                self._answer(text)
            case Waiting(characters=characters):
                self._call_app("terminal_paste_waits", characters)
            case Undecodable():
                self._call_app("terminal_not_utf8")
            case Unknown():
                self._call_app("terminal_unknown_key")
            case Unfinished():
                raise AssertionError("always a stream")

    def _key(self, key: Key, came: TokenOrigin) -> None:
        if key.takes_back:
            self._call_app("terminal_escape_was_none")
        if key.name:
            self._post(Pressed(key.name, None, came, after_escape=key.after_escape))

    def _answer(self, text: str) -> None:
        """A mouse event, or an answer of the terminal; what is none of these is dropped."""
        if self._prober.answer(text):
            probe = self._prober.result
            if probe is not None:
                self._display.ambiguous(probe.ambiguous)
                self._call_app("terminal_probed", probe)
        elif text.startswith("\x1b[<"):
            mouse = self._names.parse_mouse_code(text)
            if mouse is not None:
                self._post(mouse)
        elif _SYNC_KNOWN.fullmatch(text):
            self._display.synchronise()
