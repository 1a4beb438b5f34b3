"""A text that was thrown away with Esc: undo brings it back, caret and all."""

from perftui.editing.history import History, Step
from perftui.model.document import Document, Location
from perftui.model.frozen import frozen
from perftui.model.textedit import TextEdit


@frozen
class ThrownText:
    """What was being typed, where, and behind which step of the history."""

    place: Location
    edit: TextEdit
    overwriting: bool
    begun: Document | None
    """The document in which the cell was begun."""
    after: Step | None


class ThrownTexts:
    """The texts that Esc threw away, each an undo step that comes before the steps made until then."""

    def __init__(self) -> None:
        self._texts: list[ThrownText] = []

    def add(
        self, place: Location, edit: TextEdit, history: History, *, overwriting: bool, begun: Document | None
    ) -> None:
        """A text is thrown away."""
        after = history.done[-1] if history.done else None
        self._texts.append(ThrownText(place=place, edit=edit, overwriting=overwriting, begun=begun, after=after))

    def take_last(self, history: History) -> ThrownText | None:
        """The last one is wanted again; ``None`` where something done since is to be undone first."""
        last = history.done[-1] if history.done else None
        return self._texts.pop() if self._texts and self._texts[-1].after is last else None
