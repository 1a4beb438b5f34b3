"""The row that is being born: it is judged when the cursor leaves it, not while its first cell alone is there."""

from collections.abc import Callable

from perftui.model.document import Location


class BornRow:
    """The row that was begun last, until it is left."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """``changed`` is called when another row, or none, is not judged yet."""
        self.place: Location | None = None
        self._changed = changed

    def begin(self, place: Location | None) -> None:
        """A row was begun; ``place``: a field of it, or the row."""
        self.place = None if place is None else Location(file=place.file, path=place.path[:2])
        self._changed()

    def leave(self, here: Location | None) -> bool:
        """The cursor stands at a place; has it left the row? Then that is judged."""
        if self.place is None or (here is not None and here.is_in(self.place)):
            return False
        self.place = None
        self._changed()
        return True
