"""Plays bytes with pauses to the keyboard, on a clock of its own."""

from perftui.tui.terminal.keyboard import Keyboard
from perftui.tui.terminal.tokens import Arrival, Key, Token, TokenKind, TypedText


class Hands:
    """A person at a keyboard; the time passes as they say."""

    def __init__(self, **options: float | bool) -> None:
        self.keyboard = Keyboard(**options)  # type: ignore[arg-type]
        self.now = 1000.0
        self.arrivals: list[Arrival] = []

    def send(self, data: bytes | str, after: float = 0.0) -> None:
        """Bytes come, so many seconds after the last."""
        if after:
            self.wait(after)
        self.arrivals += self.keyboard.feed(data.encode() if isinstance(data, str) else data, self.now)

    def wait(self, seconds: float) -> None:
        """Nothing comes, and the poll waits in vain."""
        until = self.now + seconds
        while (due := self.keyboard.deadline) is not None and due <= until:
            self.now = max(self.now, due)
            self.arrivals += self.keyboard.tick(self.now)
        self.now = until

    def stop(self, seconds: float) -> None:
        """The program stands still, and does not see whether anything comes."""
        self.now += seconds

    def tokens(self, wait: float = 6.0) -> list[Token]:
        """Everything that has arrived, and will."""
        self.wait(wait)
        return [token for arrival in self.arrivals for token in arrival.tokens]

    def streams(self, wait: float = 6.0) -> list[str]:
        """The texts that nobody typed."""
        self.wait(wait)
        return [arrival.text for arrival in self.arrivals if arrival.kind is TokenKind.STREAM]

    def typed(self, wait: float = 6.0) -> str:
        """The text that hands typed, names of keys in braces."""
        self.wait(wait)
        hands = [arrival for arrival in self.arrivals if arrival.kind is TokenKind.HANDS]
        return "".join(_written(token) for arrival in hands for token in arrival.tokens)

    def waiting(self) -> bytes:
        """What has come and is not yet a token."""
        state = self.keyboard._state.lexer
        return b"".join(state.paste or ()) + state.rest + state.held


def played(*pieces: bytes | str, pause: float = 0.0, **options: float | bool) -> Hands:
    """Pieces that come so many seconds apart."""
    hands = Hands(**options)
    for place, piece in enumerate(pieces):
        hands.send(piece, pause if place else 0.0)
    return hands


def _written(token: Token) -> str:
    if isinstance(token, Key):
        return f"{{{token.name}}}" if token.name else ""
    return token.character if isinstance(token, TypedText) else ""
