"""A text that was thrown away with Esc: undo brings it back, caret and all."""

from dataclasses import dataclass

from perftui.editing.history import Step
from perftui.model.document import Document, Location
from perftui.model.textedit import TextEdit


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrownText:
    """What was being typed, where, and behind which step of the history."""

    place: Location
    edit: TextEdit
    overwriting: bool
    begun: Document | None
    """The document in which the cell was begun."""
    after: Step | None
