"""What git is doing for a document, and what it said last when it failed."""

from perftui.model.document import Document
from perftui.programs.runner import Cancel


class GitJob:
    """One piece of work of git at a time."""

    def __init__(self) -> None:
        self.cancel: Cancel | None = None
        """Ends what is running; ``None`` where nothing is."""
        self.details = ""
        """The words of git about its last failure."""
        self.ended = 0
        """So many pieces of work came to their end."""
        self._subject = ""
        self._before: Document | None = None
        self.offered: Document | None = None
        """The document for which a version was offered last."""

    def write_subject(self, subject: str, before: Document) -> None:
        """A person has written what a new version is about; ``before``: the document of the last one."""
        self._subject, self._before = subject, before

    def subject(self, before: Document) -> str:
        """What a person wrote of a version that has not come about; "" for nothing."""
        return self._subject if self._before == before else ""
