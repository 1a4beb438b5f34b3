"""The document as the person saw it who decides on an edit: what others wrote since is kept beside it."""

from collections.abc import Callable

from perftui.model.document import Document


class SeenDocument:
    """Typing, or a question, was begun on it. Without either it is the one at hand."""

    def __init__(self) -> None:
        self.typed_over: Document | None = None
        """In which the cell being typed was begun."""
        self._asked_over: Document | None = None

    def or_else(self, document: Document) -> Document:
        """What was seen; ``document`` where nothing was begun on another."""
        return self.typed_over or self._asked_over or document

    def edited(self) -> None:
        """An edit was made: what follows is decided on its outcome."""
        self._asked_over = None

    def bound(self, answer: Callable[[str], None], document: Document) -> Callable[[str], None]:
        """The answer to a question that is asked now, ``document`` being shown."""

        def answered(given: str) -> None:
            before, self._asked_over = self._asked_over, document
            try:
                answer(given)
            finally:
                self._asked_over = before

        return answered
