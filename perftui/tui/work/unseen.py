"""What was copied from elsewhere and nobody has looked at yet, kept as long as the program runs."""

from collections.abc import Iterable, Mapping

from perftui.model.document import Document, Location
from perftui.model.record import Path, Record


class Unseen:
    """Places with the text that was copied there and the name of its source.

    A mark goes when the cursor leaves the place, or when the text is another.
    """

    def __init__(self) -> None:
        self._marks: dict[Location, tuple[str, str]] = {}
        self._here: Location | None = None

    def mark(self, file: str, record: Record, paths: Iterable[Path], source: str) -> None:
        """Mark the fields of a project that hold something copied."""
        for path in paths:
            if text := record.text(path):
                self._marks[Location(file=file, path=path)] = (text, source)

    def look_at(self, place: Location | None) -> bool:
        """The cursor stands on a place; was the one that it left marked?"""
        left, self._here = self._here, place
        return left is not None and left != place and self._marks.pop(left, None) is not None

    def still(self, document: Document) -> Mapping[Location, str]:
        """The places that hold what was copied there, each with the name of its source."""
        for place, (text, _source) in list(self._marks.items()):
            if not document.has(place.file) or document.record(place.file).text(place.path) != text:
                del self._marks[place]
        return {place: source for place, (_text, source) in self._marks.items()}
