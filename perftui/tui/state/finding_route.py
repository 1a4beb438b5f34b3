"""Where the key for findings goes before it goes to the next finding of the document."""

from collections.abc import Container, Sequence

from perftui.model.conflicts import WHOLE
from perftui.model.document import Location
from perftui.review.finding import Finding


class FindingRoute:
    """Places that a merge left undecided, each gone to once; then the places of the finding that was opened."""

    def __init__(self) -> None:
        self._undecided: tuple[Location, ...] = ()
        self.trail: tuple[Location, ...] = ()
        """The places of the opened finding."""
        self.last: Finding | None = None
        """The finding that the key went to last."""

    def add_undecided(self, places: Sequence[Location]) -> None:
        """These wait for a decision: somebody else has changed them as well."""
        found = (Location(file=one.file) if one.path == WHOLE else one for one in places)  # where its finding stands
        self._undecided = tuple(dict.fromkeys((*self._undecided, *found)))

    def next_undecided(self, found: Container[Location]) -> Location | None:
        """The next undecided place that is still among those where something was found."""
        waiting = [place for place in self._undecided if place in found]
        self._undecided = tuple(waiting[1:])
        return waiting[0] if waiting else None

    def note_finding(self, found: Finding | None) -> None:
        """The key has gone to a finding."""
        self.last = found

    def begin_trail(self, places: Sequence[Location]) -> None:
        """Go through these places first."""
        self.trail = tuple(places)

    def next_on_trail(self, here: Location | None, found: Container[Location]) -> Location | None:
        """The place of the trail behind ``here``; ``None``, and the trail ends, behind the last or elsewhere."""
        at = next((number for number, place in enumerate(self.trail) if here and here.is_in(place)), None)
        rest = () if at is None else self.trail[at + 1 :]
        place = next((one for one in rest if one in found), None)
        if place is None:
            self.trail = ()
        return place
