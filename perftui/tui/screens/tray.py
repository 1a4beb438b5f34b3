"""The tray: what came that nobody typed, and keys that came before a question could be read.

Nothing of it is put in, and nothing is lost: a line asks what to do with it, and the journal holds it meanwhile.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from perftui.locale import _
from perftui.model.text import is_text
from perftui.session.journal.entries import Offer
from perftui.tui.terminal.delivery import KeyPressed
from perftui.tui.terminal.tokens import Pasted, Token, TypedText, text_of

if TYPE_CHECKING:
    from perftui.tui.screens.tray_context import TextKeeper, TrayContext


class Tray:
    """Collects tokens and asks about them; a key by itself answers: Enter, Tab or Esc."""

    def __init__(self, screen: "TrayContext", keeper: "TextKeeper") -> None:
        self._screen = screen
        self._keeper = keeper
        self._tokens: tuple[Token, ...] = ()
        self._held: Offer | None = None

    @property
    def is_open(self) -> bool:
        """Is there something in it that is asked about?"""
        return bool(self._tokens)

    @property
    def question(self) -> str:
        """The line that asks; "" where nothing is asked."""
        if not self._tokens:
            return ""
        text = text_of(self._tokens)
        lines, characters = len(text.rstrip("\n").split("\n")), sum(char not in "\t\n" for char in text)
        return _("收到 {lines} 行 {count} 字：回车 按粘贴放 · Tab 按打字放 · Esc 留着").format(
            lines=lines, count=characters
        )

    def receive(self, tokens: Sequence[Token]) -> None:
        """Something came. Keys without any text are only told of: they can be pressed again."""
        if not self._tokens and not text_of(tokens).strip("\t\n"):
            sentence = _("按得太早或太快，没有用：停一下再按")
            self._screen.say(sentence)
            self._screen.picker.tell(sentence)
            return
        self._tokens += tuple(tokens)
        self._hold()
        self._screen.ask_again()

    def _hold(self) -> None:
        if self._held is not None:
            self._keeper.let_go(self._held)
        self._held = self._keeper.hold(self._screen.sheet.place, text_of(self._tokens))

    # ---- events

    def holds(self, event: events.Key | events.Paste) -> bool:
        """Take what comes while a question is open, where it does not answer it; answer the tray's own question."""
        since = self._screen.picker.opened_at if self._screen.picker.is_open else None
        if since is None and not self.is_open:
            return False
        if isinstance(event, events.Paste):
            self.receive([Pasted(event.text, b"")])
            return True
        if _came_ahead(event, since or 0.0):
            self.receive([event.token] if isinstance(event, KeyPressed) else [])
            return True
        return since is None and self._answered(event)

    def _answered(self, event: events.Key) -> bool:
        match event.key:
            case "enter" | "ctrl+j" | "newline":
                tokens = self._emptied()
                self._screen.sheet.put(text_of(tokens))
            case "tab":
                tokens = self._emptied()
                self._screen.type_again(tokens)
            case "escape":
                self._keep()
            case "ctrl+q":
                self._keep()
                return False
            case _ if event.character is not None and is_text(event.character):
                self.receive([TypedText(event.character, event.character.encode())])
        return True

    def _emptied(self) -> tuple[Token, ...]:
        tokens, held = self._tokens, self._held
        self._tokens, self._held = (), None
        self._screen.ask_again()
        if held is not None:
            self._keeper.let_go(held)
        return tokens

    def _keep(self) -> None:
        tokens, held = self._tokens, self._held
        self._tokens, self._held = (), None
        self._screen.ask_again()
        self.keep(text_of(tokens), held)

        def ask_again() -> None:
            self.receive(tokens)
            if held is not None:  # it is held anew
                self._keeper.let_go(held)

        self._screen.sheet.take_back = ask_again

    def keep(self, text: str, held: Offer | None = None) -> None:
        """Keep a text for Ctrl+V; the next start offers it, where it was not put in before."""
        self._keeper.keep_text(text, held or self._keeper.hold(self._screen.sheet.place, text))
        self._screen.say(_("留着：按 Ctrl+V 粘贴；没有粘贴的，下次打开时再问"))


def _came_ahead(event: events.Key, since: float) -> bool:
    """Was a key sent before its question could be read, or together with others?"""
    return isinstance(event, KeyPressed) and (event.came.at < since or not event.came.alone)
