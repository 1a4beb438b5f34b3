"""What an open document notes in its journal; where there is none, nothing is noted and the reason is kept."""

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from perftui.editing.editor import DocumentEditor, HistoryMove
from perftui.editing.history import Step
from perftui.files.errors import FileError
from perftui.locale import _
from perftui.session.journal.entries import CellDraft, Offer
from perftui.session.journal.log import EndedJournal
from perftui.session.journal.recovery import Recovery
from perftui.session.journal.writer import JournalWriter
from perftui.session.user import person

DRAFT_NOTED = 0.8
"""Seconds after which a half-typed cell is in the journal."""

SAVED_NOTED = 0.5
"""Seconds after which the journal knows that a file was written."""


class JournalRecorder:
    """Gives each note to the journal's writer, and sees to it that the saver writes it soon."""

    def __init__(self, wake: Callable[[float], None]) -> None:
        """``wake`` has the saver write what waits, after so many seconds."""
        self.failure = ""
        """Why the journal could not be written, as a sentence; "" where it holds every edit."""
        self.offers: tuple[Offer, ...] = ()
        """The half-typed texts of ended sessions that nobody has put in or let go of, the latest first."""
        self._wake = wake
        self._writer: JournalWriter | None = None

    @property
    def is_open(self) -> bool:
        """Is there a journal?"""
        return self._writer is not None

    @property
    def number(self) -> int:
        """The number of the last step; 0 without a journal."""
        return self._writer.number if self._writer else 0

    def open(self, folder: Path) -> Sequence[EndedJournal] | None:
        """Begin a journal; those of ended processes, oldest first, or ``None`` where none can be written."""
        try:
            self._writer = JournalWriter(folder, person())
        except FileError as error:
            self.failure = _unwritten(error)
            return None
        return self._writer.old

    def begin(self, recovered: Recovery) -> None:
        """Put what was recovered into the new journal."""
        self.offers = recovered.offers
        if self._writer:
            self._writer.begin(recovered)

    def step(self, step: Step) -> None:
        """Note that a step was made; the save that follows it writes the journal first."""
        if self._writer:
            self._writer.step(step)

    def moved(self, kind: str, moved: HistoryMove) -> None:
        """Note that a step was undone or done again."""
        if self._writer:
            self._writer.moved(kind, moved)

    def renamed(self, names: Mapping[str, str]) -> None:
        """Note that files have other names now."""
        if self._writer:
            self._writer.renamed(names)
        self.wake(SAVED_NOTED)

    def hold(self, draft: CellDraft) -> Offer:
        """Keep a text, to be put in or let go of."""
        now = time.time()
        offer = Offer(id=f"{now} {os.getpid()} {len(self.offers)}", draft=draft, person=person(), at=now)
        self.offers = (offer, *self.offers)
        if self._writer:
            self._writer.offered(offer)
        self.wake(DRAFT_NOTED)
        return offer

    def draft(self, draft: CellDraft | None) -> None:
        """Note the text of the cell that is being typed; ``None``: none is any more."""
        if self._writer:
            self._writer.draft(draft)
        self.wake(DRAFT_NOTED)

    def position(self, plain: object) -> None:
        """Note where the cursor is, as plain values."""
        if self._writer:
            self._writer.position(plain)
        self.wake(DRAFT_NOTED)

    def answered(self, offer: Offer) -> None:
        """A half-typed text of an ended session was put in, or let go."""
        self.offers = tuple(one for one in self.offers if one.id != offer.id)
        if self._writer:
            self._writer.answered(offer)
        self.wake(DRAFT_NOTED)

    def saved(self, file: str, number: int) -> None:
        """Note that a file is on the disk with every edit up to a step's number."""
        if self._writer:
            self._writer.saved(file, number)
        self.wake(SAVED_NOTED)

    def write(self, editor: DocumentEditor, lock: threading.RLock) -> None:
        """Write what waits to the disk. Raises a FileError, whose reason is kept until a write succeeds."""
        if self._writer is None:
            return
        try:
            self._writer.write(editor, lock)
        except FileError as error:
            self.failure = _unwritten(error)
            raise
        self.failure = ""

    def close(self) -> None:
        """Close the journal; its file stays for the next start."""
        if self._writer:
            self._writer.close()

    def wake(self, seconds: float) -> None:
        """Have the journal written after so many seconds, where there is one."""
        if self._writer:
            self._wake(seconds)


def _unwritten(error: FileError) -> str:
    return _("没有恢复日志：{reason}").format(reason=error)
