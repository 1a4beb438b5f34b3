"""Texts that Esc threw away, in a cell or in a question: undo brings each back, caret and all."""

from collections.abc import Callable

from perftui.editing.history import History, Step
from perftui.model.frozen import frozen
from perftui.model.textedit import TextEdit


@frozen
class ThrownText:
    """What was being typed, how it is opened again, and behind which step of the history it was thrown away."""

    edit: TextEdit
    reopen: Callable[[], None]
    after: Step | None


class ThrownTexts:
    """The texts that Esc threw away, each an undo step that comes before the steps made until then."""

    def __init__(self) -> None:
        self._texts: list[ThrownText] = []
        self._given: ThrownText | None = None

    def add(self, edit: TextEdit, reopen: Callable[[], None], history: History) -> None:
        """A text is thrown away. One that was given back and not changed makes way for the step before it."""
        given, self._given = self._given, None
        again = given is not None and given.edit.text == edit.text and given.after is _last(history, 1)
        self._texts.append(ThrownText(edit=edit, reopen=reopen, after=_last(history, 2 if again else 1)))

    def take_last(self, history: History) -> ThrownText | None:
        """The last one is wanted again; ``None`` where something done since is to be undone first."""
        last = _last(history, 1)
        self._given = next((one for one in reversed(self._texts) if one.after is last), None)
        if self._given is not None:
            self._texts.remove(self._given)
        return self._given

    def take_newest(self) -> ThrownText:
        """The one that was thrown away just now, whatever was done since: the Esc was none."""
        return self._texts.pop()


def _last(history: History, count: int) -> Step | None:
    return history.done[-count] if len(history.done) >= count else None
