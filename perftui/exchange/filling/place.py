"""The place of a value in a document, as the reader counts, and whose document it is."""

from typing import NamedTuple

from perftui.forms import Form
from perftui.model.document import DEPARTMENT, Document
from perftui.model.record import Record


class Place(NamedTuple):
    """A cell by the number of its table and its places there, all as the reader counts them; or a blank in a text."""

    table: int
    """From 1; 0 for a paragraph outside of tables."""
    row: int
    """Of a paragraph its number."""
    cell: int = 0
    gap: int = -1
    """Which of the blanks in its text; -1 is a cell that is blank as a whole."""


def records_filled(document: Document, form: Form) -> dict[str, Record]:
    """The records that stand in a form by their files: the projects, or the department of a form without any."""
    return dict(document.projects) if form.has_projects else {DEPARTMENT: document.department}


class FormOwner(NamedTuple):
    """What a form asks of whose it is, beside its projects."""

    unit: str = ""
    year: int = 0
