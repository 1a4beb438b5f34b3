"""A document being edited, with its undo history; it knows nothing of terminal or disk."""

import time
from collections.abc import Mapping, Sequence

from perftui.editing.edits import AddFile, CannotApply, DropFile, DropRow, Edit, PutRow, SetValue, apply, apply_all
from perftui.editing.history import History, Step
from perftui.model.document import Document, Location
from perftui.model.frozen import frozen


@frozen
class HistoryMove:
    """What an undo or a redo did."""

    step: Step
    applied: tuple[Edit, ...]
    """The edits that were really made."""
    skipped: tuple[Location, ...]
    """The places that somebody else had changed since: they were left alone."""


class DocumentEditor:
    """Runs edits on a document and remembers how to take them back."""

    def __init__(self, document: Document, history: History | None = None) -> None:
        self.document = document
        self.history = history or History()

    def run(self, edits: Sequence[Edit], label: str, place: Location | None = None) -> Step:
        """Apply edits as one step. Raises CannotApply, and then nothing has changed."""
        document, inverses = apply_all(self.document, tuple(edits))
        step = Step(label=label, edits=tuple(edits), inverses=inverses, place=place, at=time.time())
        self.document = document
        self.history = self.history.with_step(step)
        return step

    def undo(self) -> HistoryMove | None:
        """Take the last step back; ``None`` where there is none."""
        if not self.history.done:
            return None
        step = self.history.done[-1]
        applied, skipped = self._move(step.inverses, tuple(reversed(step.edits)))
        self.history = self.history.after_undo()
        return HistoryMove(step=step, applied=applied, skipped=skipped)

    def redo(self) -> HistoryMove | None:
        """Do the step undone last again; ``None`` where there is none."""
        if not self.history.undone:
            return None
        step = self.history.undone[-1]
        applied, skipped = self._move(step.edits, tuple(reversed(step.inverses)))
        self.history = self.history.after_redo()
        return HistoryMove(step=step, applied=applied, skipped=skipped)

    def adopt(self, document: Document) -> None:
        """Take over a document that was changed from outside; the history stays."""
        self.document = document

    def rename(self, names: Mapping[str, str]) -> None:
        """Projects are in other files: what was done in them can still be taken back."""
        self.document, self.history = self.document.renamed(names), self.history.in_files(names)

    def _move(
        self, edits: tuple[Edit, ...], opposites: tuple[Edit, ...]
    ) -> tuple[tuple[Edit, ...], tuple[Location, ...]]:
        """Apply edits where their place still is as the opposite edits had left it."""
        applied: list[Edit] = []
        skipped: list[Location] = []
        for edit, opposite in zip(edits, opposites, strict=True):
            try:
                # Undo never takes back what somebody else wrote there meanwhile.
                if not stands(self.document, opposite):
                    raise CannotApply(edit.file)
                self.document, _inverse = apply(self.document, edit)
                applied.append(edit)
            except CannotApply:
                skipped.append(place_of(edit))
        return tuple(applied), tuple(skipped)


def stands(document: Document, edit: Edit) -> bool:
    """Does the place of an edit made earlier still hold what that edit put there?"""
    if isinstance(edit, DropFile):
        return not document.has(edit.file)
    if not document.has(edit.file):
        return False
    record = document.record(edit.file)
    match edit:
        case SetValue():
            return record.value(edit.path) == edit.value
        case PutRow():
            return record.row(edit.group, edit.row.id) == edit.row
        case DropRow():
            return record.row(edit.group, edit.row_id) is None
        case AddFile():
            return record == edit.record


def place_of(edit: Edit) -> Location:
    """The place that an edit speaks of."""
    match edit:
        case SetValue():
            return Location(file=edit.file, path=edit.path)
        case PutRow():
            return Location(file=edit.file, path=(edit.group, edit.row.id))
        case DropRow():
            return Location(file=edit.file, path=(edit.group, edit.row_id))
    return Location(file=edit.file)
