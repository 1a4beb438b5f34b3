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
        self.offered: Document | None = None
        """The document for which a version was offered last."""
