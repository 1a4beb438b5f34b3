"""What a record has to say of its own reading: lines of the report, and texts that are kept without a field."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from perftui.exchange.importer.imported import Confidence, Note
from perftui.exchange.importer.report import shown
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.record import FieldPath
from perftui.model.text import clean

MOST_TEXT = 2000
MOST_NOTES = 1000
_MOST_REMARKS = 200


class Standing(NamedTuple):
    """A text of the document that was taken in for a field."""

    place: str
    path: FieldPath
    """Rows are named by their number: ``("goals", "#3", "text")``."""
    text: str
    label: str
    """What the form calls the field."""


class RecordNotes:
    """The notes and remarks of a record in the making."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.makes_file = True
        """It becomes a file, at whose end texts without a field can stand."""
        self.remarks: list[str] = []
        """Texts that found no field."""
        self.watched = False
        """Somebody asks where each text stood: there are comments to be placed."""
        self.standing: list[Standing] = []
        self.unsaid = 0
        """Notes beyond the most that are kept."""

    def note(self, place: str, confidence: Confidence, message: str, path: FieldPath = (), *, text: str = "") -> None:
        """A line of the report about this record; ``text`` as it stood in the document, where it was changed."""
        target = Location(file="", path=path)
        self._note(Note(place=place, confidence=confidence, message=message, target=target, text=text))

    def stand(self, place: str, path: FieldPath, text: str, label: str) -> None:
        """A text of the document belongs to a field."""
        if self.watched:
            self.standing.append(Standing(place, path, text, label))

    def left(self, place: str, text: str) -> None:
        """A text that found no field."""
        sentence = _("没有对应的栏目，新建文件时留在末尾作备注：{text}")
        if not self.makes_file:
            sentence = _("没有对应的栏目，未读入：{text}")
        message = sentence.format(text=shown(text))
        self._note(Note(place=place, confidence=Confidence.LEFT, message=message, text=text))
        self.remark(text)

    def withhold(self, place: str, text: str) -> None:
        """A text that is reported and kept out of every file: who filled the form in, a telephone."""
        if text.strip():
            message = _("经办人的姓名、电话不存入文件，未读入：{text}").format(text=shown(text))
            self._note(Note(place=place, confidence=Confidence.LEFT, message=message, text=text))

    def remark(self, text: str) -> None:
        """Keeps a text that has no field as a comment at the end of the file."""
        kept = " ".join(clean(text[:MOST_TEXT], lines=False).text.split())
        if kept and len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(kept)

    def _note(self, note: Note) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(note)
        else:
            self.unsaid += 1

    def placed_notes(self, file: str, ids: Mapping[tuple[str, str], str]) -> tuple[Note, ...]:
        """The notes, with the file and the rows' ids that are known now: ``(group, "#3")`` -> id."""
        placed = tuple(
            replace(note, target=Location(file=file, path=placed_path(note.target.path, ids))) if note.target else note
            for note in self.notes
        )
        if not self.unsaid:
            return placed
        message = _("另有 {count} 条说明没有列出").format(count=self.unsaid)
        return (*placed, Note(place="", confidence=Confidence.LEFT, message=message))


def placed_path(path: FieldPath, ids: Mapping[tuple[str, str], str]) -> FieldPath:
    """A path with the ids of its rows: ``(group, "#3", key)`` has the third's; ``()`` where that row was not kept."""
    if len(path) < 2 or not path[1].startswith("#"):
        return path
    row = ids.get((path[0], path[1]))
    return (path[0], row, *path[2:]) if row else ()
