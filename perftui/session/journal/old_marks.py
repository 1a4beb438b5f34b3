"""Marks of copied texts in journals of the version before, which kept them there; today the document's files do."""

from collections.abc import Sequence
from hashlib import sha256

from perftui.editing.edits import Edit
from perftui.forms import form_or_unknown
from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath
from perftui.session.journal.log import Entry
from perftui.session.unreviewed import marking

_DIGITS = 12


@frozen
class OldMark:
    """What one field held when it was copied."""

    digest: str
    source: str
    """The name of what it was copied from."""


OldMarks = dict[tuple[str, FieldPath], OldMark]
"""By file and field."""


def take_marks(marks: OldMarks, entry: Entry) -> None:
    """Take in an entry about marks; any other changes nothing. Raises KeyError, TypeError or ValueError."""
    if "copied" in entry:
        for path, digest, source in entry["marks"]:
            marks[str(entry["copied"]), tuple(map(str, path))] = OldMark(digest=str(digest), source=str(source))
    elif "seen" in entry:
        for path in entry["paths"]:
            marks.pop((str(entry["seen"]), tuple(map(str, path))), None)


def marks_again(document: Document, sessions: Sequence[OldMarks]) -> list[Edit]:
    """The edits that mark again what still holds what was copied there; ``sessions``: oldest first, the last counts."""
    form, edits = form_or_unknown(document.form)[0], list[Edit]()
    for (file, path), mark in (sessions[-1] if sessions else {}).items():
        text = document.record(file).text(path) if file in document.projects else ""
        if text and sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS] == mark.digest:
            edits += marking(form, file, [path], mark.source)
    return list(dict.fromkeys(edits))
