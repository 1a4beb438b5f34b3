"""What the rules say of the open document, kept up with every edit."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from perftui.model.document import Document
from perftui.model.stop_flag import StopFlag
from perftui.session.open_document import OpenDocument
from perftui.viewmodel.document_view import FindingIndex

if TYPE_CHECKING:
    from perftui.review.engine import Review
    from perftui.review.review_settings import ReviewSettings


class LiveReview:
    """The review of one document. The rules are loaded when they are first asked: that takes a tenth of the start."""

    def __init__(
        self, session: OpenDocument, settings: "ReviewSettings", changed: Callable[[], None], *, later: bool
    ) -> None:
        """``changed`` is called when there are other findings to show.

        ``later``: nobody waits for the rules; a worker asks them, and ``take`` gets what they say.
        """
        self._session = session
        self._document = session.document
        self._settings = settings
        self._changed = changed
        self._later = later
        self.stop = StopFlag()
        """Set when the program ends: what threads do for its screens is given up."""
        self.known: Review | None = None
        """What the rules say; ``None`` where they were not asked yet."""

    def ask(self) -> "Review":
        """Ask the rules about the document as it was opened; of a large one that takes time, for a worker."""
        from perftui.session.review_cache import review_opened

        return review_opened(self._session.opened, self._settings)

    def take(self, review: "Review") -> None:
        """Take what a worker brings, unless somebody asked meanwhile; what was edited since is reviewed again."""
        if self.known is None:
            self.known = review
            self.edited(self._document)
            self._changed()

    def edited(self, document: Document) -> None:
        """The document is another: review what the edits touched."""
        self._document = document
        if self.known is not None:
            from perftui.review.engine import review_edit

            self.known = review_edit(self.known, document)

    @property
    def current(self) -> "Review":
        """What the rules say of the document; they are asked now, if nobody did so before."""
        if self.known is None:
            self.take(self.ask())
            assert self.known is not None
        return self.known

    def keep_settings(self, settings: "ReviewSettings") -> None:
        """Findings were accepted or taken up again; the same rules are asked, so nothing is reviewed again."""
        self.known = replace(self.current, settings=settings)
        self._changed()

    def index(self) -> FindingIndex:
        """The findings by place, for the views."""
        if self.known is None and self._later:
            return FindingIndex(pending=True)
        from perftui.review.report.summary import settings_lines  # no first screen waits for it

        review = self.current
        unread = {problem.file for problem in self._session.problems}
        lapsed = review.settings.lapsed(review.findings, unread)
        return FindingIndex(findings=review.findings, lapsed=lapsed, changed=tuple(settings_lines(review.settings)))
