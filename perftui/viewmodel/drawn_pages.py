"""What was drawn of a document's printed pages, kept between views; nothing here draws, so the start may load it."""

from collections.abc import Sequence

from perftui.forms import Form
from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.model.record import Record
from perftui.viewmodel.grid import RowView

_KEPT = 200
"""So many projects' rows are kept; their heights are kept of all."""
_HIGH = 40
"""Lines of a project before any was drawn."""

Look = tuple[Record, Form, int, bool, bool]
"""What every project's rows hang on besides its record and number: the department, form, width, signs, a title."""
_Rows = Sequence[RowView]


@frozen
class _Drawn:
    """The rows of one project."""

    record: Record
    number: int
    rows: _Rows


class DrawnPages:
    """What was drawn of a document's projects, kept between views."""

    def __init__(self) -> None:
        self._look: Look | None = None
        self._drawn: dict[str, _Drawn] = {}
        self._heights: dict[str, tuple[Record, int]] = {}
        self._counting: Document | None = None
        self.usual = _HIGH
        """Lines of a project that was not drawn yet: as many as the first that was."""
        self.page_numbers: tuple[Document, Sequence[int]] | None = None
        """The page of each heading of a document."""

    def begin(self, look: Look) -> None:
        """Forget what was drawn in another look."""
        if self._look is None or any(old is not new and old != new for old, new in zip(self._look, look, strict=True)):
            self._look = look
            self._drawn.clear()
            self._heights.clear()

    def height(self, file: str, record: Record) -> int:
        """The lines that a project was drawn in; 0 where it was not drawn as it is now."""
        known = self._heights.get(file)
        return known[1] if known is not None and known[0] is record else 0

    def rows(self, file: str, record: Record, number: int) -> _Rows | None:
        """A project's rows, where they are kept as they would be now."""
        found = self._drawn.get(file)
        return found.rows if found is not None and found.record is record and found.number == number else None

    def keep(self, file: str, record: Record, number: int, rows: _Rows) -> None:
        """Keep the rows of a project, and let go of those that were drawn long ago."""
        if not self._heights:
            self.usual = len(rows)
        self._drawn.pop(file, None)
        self._drawn[file] = _Drawn(record=record, number=number, rows=rows)
        self._heights[file] = record, len(rows)
        for old in list(self._drawn)[:-_KEPT]:
            del self._drawn[old]

    def begin_count(self, document: Document) -> bool:
        """Are the pages of a document to be counted? Asked once, by whoever does it then."""
        begun, self._counting = self._counting, document
        return begun is not document and self.numbers_of(document) is None

    def numbers_of(self, document: Document) -> Sequence[int] | None:
        """The pages of a document's headings; ``None`` where nobody has counted them yet."""
        return self.page_numbers[1] if self.page_numbers is not None and self.page_numbers[0] is document else None
