"""The row that is being born: it is judged when the cursor leaves it, not while its first cell alone is there."""

from perftui.model.document import Location


class BornRow:
    """The row that was begun last, until it is left."""

    def __init__(self) -> None:
        self.place: Location | None = None

    def begin(self, place: Location | None) -> None:
        """A row was begun; ``place``: a field of it, or the row."""
        self.place = None if place is None else Location(file=place.file, path=place.path[:2])

    def leave(self, here: Location | None) -> bool:
        """The cursor stands at a place; has it left the row?"""
        if self.place is None or (here is not None and here.is_in(self.place)):
            return False
        self.place = None
        return True
