"""What the rules say of the open document, kept up with every edit."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from perftui.model.document import Document
from perftui.model.stop_flag import StopFlag
from perftui.review.finding import Acceptance
from perftui.session.open_document import OpenDocument
from perftui.store.problem import Problem
from perftui.viewmodel.finding_index import FindingIndex, IndexedReview

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
        self.prepare: Callable[[Review, FindingIndex], None] = lambda _review, _index: None
        """Called where the rules are asked, with what will be shown."""
        self._later = later
        self.stop = StopFlag()
        """Set when the program ends: what threads do for its screens is given up."""
        self._indexed = IndexedReview()
        self._index: tuple[Review, tuple[Problem, ...], FindingIndex] | None = None
        self.known: Review | None = None
        """What the rules say; ``None`` where they were not asked yet."""

    def ask(self) -> "Review":
        """Ask the rules about the document as it was opened; of a large one that takes time, for a worker.

        Raises Stopped.
        """
        from perftui.session.review_cache import review_opened

        review, indexed = review_opened(self._session.opened, self._settings, self.stop), IndexedReview()
        indexed.of(review, self.stop)  # of thousands of files this takes time as well
        problems = self._session.problems
        index = self._index_of(review, indexed)
        self.prepare(review, index)
        self._indexed, self._index = indexed, (review, problems, index)
        return review

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

    def take_settings(self, settings: "ReviewSettings") -> None:
        """The folder's settings are others; where rules are told of them, all is reviewed again."""
        self._settings = settings
        if self.known is not None and self.known.settings != settings:
            from perftui.review.engine import context_of, review_document

            before, document, form = self.known, self._document, self._session.form
            same = context_of(document.department, form, document.year, settings) == before.context
            self.known = replace(before, settings=settings) if same else review_document(document, form, settings)
            self._changed()

    def index(self) -> FindingIndex:
        """The findings by place, for the views."""
        if self.known is None and self._later:
            return FindingIndex(pending=True)
        review, problems = self.current, self._session.problems
        if self._index is None or self._index[0] is not review or self._index[1] != problems:
            self._index = review, problems, self._index_of(review, self._indexed)
        return self._index[2]

    def _index_of(self, review: "Review", indexed: IndexedReview) -> FindingIndex:
        from perftui.review.report.summary import settings_lines  # no first screen waits for it

        files, counts = indexed.of(review)
        lapsed: tuple[Acceptance, ...] = ()
        if review.settings.acceptances:
            unread = {problem.file for problem in self._session.problems}
            found = [one for file in files.values() for one in file.findings]
            lapsed = review.settings.lapsed(found, unread)
        changed = tuple(settings_lines(review.settings))
        return FindingIndex(files=files, counts=counts, lapsed=lapsed, changed=changed)
