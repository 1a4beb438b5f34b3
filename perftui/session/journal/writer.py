"""The journal of an open document, and the journals of ended processes that are recovered when it is opened."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from perftui.editing.editor import DocumentEditor, HistoryMove
from perftui.editing.history import Step
from perftui.files.errors import FileError
from perftui.session.journal.entries import (
    CellDraft,
    Offer,
    answered_entry,
    draft_plain,
    history_entry,
    moved_entry,
    offer_entry,
    opened_entry,
    renamed_entry,
    replay,
    saved_entry,
    step_entry,
)
from perftui.session.journal.log import EndedJournal, Entry, JournalLog, journal_folder, old_journals
from perftui.session.journal.recovery import Recovery


class JournalWriter:
    """Numbers the steps, knows which files are not yet saved up to their last step, and compacts the journal."""

    def __init__(self, folder: Path, person: str) -> None:
        """Hold the journals of ended processes and begin a new one. Raises a FileError."""
        place = journal_folder(folder)
        self.old: list[EndedJournal] = old_journals(place)
        """What ended processes left, oldest first."""
        try:
            self._journal = JournalLog(place)
        except FileError:
            for journal in self.old:
                journal.release()
            raise
        self._person = person
        self._folder = str(folder)
        self._number = 0
        self._dirty: dict[str, int] = {}
        self._draft: object = None
        self._position: object = None
        self._lost: tuple[str, ...] = ()
        self._offers: tuple[Offer, ...] = ()

    @property
    def number(self) -> int:
        """The number of the last step."""
        return self._number

    def begin(self, recovered: Recovery) -> None:
        """Begin with what was recovered; the old journals are removed once that is in the new one on the disk."""
        self._lost = recovered.lost
        self._journal.add(opened_entry(self._person, self._folder))
        self._journal.add(history_entry(0, recovered.history))
        self._offers = recovered.offers
        for offer in recovered.offers:
            self._journal.add(offer_entry(offer))
        if recovered.draft is not None:
            self.draft(recovered.draft)
        if recovered.position is not None:
            self.position(recovered.position)

    def step(self, step: Step) -> None:
        """Note that a step was made."""
        self._number += 1
        self._journal.add(step_entry(self._number, step))
        self._touch({edit.file for edit in step.edits})

    def moved(self, kind: str, moved: HistoryMove) -> None:
        """Note that a step was undone or redone."""
        self._number += 1
        self._journal.add(moved_entry(self._number, kind, moved))
        self._touch({edit.file for edit in moved.applied})

    def renamed(self, names: Mapping[str, str]) -> None:
        """Note that files have other names: what is not yet saved of each goes into that one."""
        self._journal.add(renamed_entry(names))
        self._dirty |= {names[old]: self._dirty.pop(old) for old in tuple(self._dirty) if old in names}

    def draft(self, draft: CellDraft | None) -> None:
        """Note the text of the cell that is being edited; ``None``: none is any more."""
        self._draft = draft_plain(draft)
        self._journal.latest("draft", self._draft)

    def position(self, plain: object) -> None:
        """Note where the cursor is."""
        self._position = plain
        self._journal.latest("position", plain)

    def offered(self, offer: Offer) -> None:
        """Note a text that waits for an answer."""
        self._offers = (offer, *self._offers)
        self._journal.add(offer_entry(offer))

    def answered(self, offer: Offer) -> None:
        """A half-typed text of an earlier session was put in, or let go."""
        self._offers = tuple(one for one in self._offers if one.id != offer.id)
        self._journal.add(answered_entry(offer))

    def saved(self, file: str, number: int) -> None:
        """Note that a file is on the disk with every edit up to a step's number."""
        if self._dirty.get(file, 0) <= number:
            self._dirty.pop(file, None)
        self._journal.add(saved_entry(number, file))

    def write(self, editor: DocumentEditor, lock: threading.RLock) -> None:
        """Write what waits to the disk, and compact the journal where it has grown. Raises a FileError."""
        self._journal.write()
        self._leave_old()
        with lock:  # number 3 in the order of locks (session/sync): no step may come in while the journal is replaced
            if not self._dirty and self._journal.is_large():
                self._journal.rewrite(self._summary(editor))

    def close(self) -> None:
        """Close the journal; its file stays for the next start."""
        for journal in self.old:
            journal.release()
        with suppress(FileError):
            self._journal.close()

    def _summary(self, editor: DocumentEditor) -> list[Entry]:
        return [
            opened_entry(self._person, self._folder),
            history_entry(self._number, editor.history),
            {"draft": self._draft},
            {"position": self._position},
            *map(offer_entry, self._offers),
        ]

    def _touch(self, files: set[str]) -> None:
        self._dirty.update(dict.fromkeys(files, self._number))

    def _leave_old(self) -> None:
        """Remove the old journals, whose content is in the new one; other people's stay, for their undo history."""
        for journal in self.old:
            found = replay(journal.entries)
            lost = any(file in self._lost for file in found.unsaved)
            if journal.is_old() or (found.person == self._person and not lost):
                journal.retire()
                continue
            journal.note([{"draft": None}, *map(answered_entry, found.offers.values())])  # they are in the new one
            for file, unsaved in found.unsaved.items():
                if file not in self._lost:
                    journal.note([saved_entry(unsaved[-1][0], file)])
            journal.release()
        self.old = []
