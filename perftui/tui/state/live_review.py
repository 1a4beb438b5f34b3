"""What the rules say of the open document, kept up with every edit."""

from collections.abc import Callable
from copy import copy
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

FEW_ROWS, _FEW_FILES = 200, 300
"""Of so many rows that were changed, in so many files, the rules are asked at once: nobody feels it."""

_Index = tuple["Review", tuple[Problem, ...], FindingIndex]
_Looked = tuple[IndexedReview, _Index]
"""What a worker brings: a review, and what is shown of it."""
Background = Callable[[Callable[[], _Looked], Callable[[_Looked], None]], None]
"""Does a work in a thread, and gives its result to a function on the screen's own."""


class LiveReview:
    """The review of one document. The rules are loaded when they are first asked: that takes a tenth of the start.

    Where an edit has them look at much, they do so in a worker; until it is done the findings of before are shown.
    """

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
        self._index: _Index | None = None
        self._background: Background | None = None
        self._looked: Callable[[bool], None] = lambda _other: None
        self._looking: Document | None = None
        """What a worker is looking at."""
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

    def look_behind(self, background: Background, looked: Callable[[bool], None]) -> None:
        """From now on the screen's own thread does not wait for rules that have much to look at.

        ``looked`` is called when a worker has looked at an edit, with whether there is anything else to show.
        """
        self._background, self._looked = background, looked

    @property
    def is_behind(self) -> bool:
        """Are the findings those of before an edit, which a worker is looking at?"""
        return self._looking is not None

    def edited(self, document: Document) -> None:
        """The document is another: review what the edits touched."""
        self._document = document
        if self.known is not None and self._looking is None:
            self._look(self.known)

    def _look(self, before: "Review") -> None:
        """Review what is another than in the review before: at once where that is little, else in a worker."""
        from perftui.review.engine import review_edit, rows_to_review

        document = self._document
        many = len(document.projects) > _FEW_FILES or rows_to_review(before, document) > FEW_ROWS
        if not many or self._background is None:
            self.known = review_edit(before, document)
            return
        self._looking, problems, indexed = document, self._session.problems, copy(self._indexed)
        shown = self._index

        def work() -> _Looked:
            review = review_edit(before, document, self.stop)
            index = self._index_of(review, indexed)
            if shown is None or not index.tells_the_same(shown[2]):
                len(index.groups)  # the list of findings is made here, not when its key is pressed
            return indexed, (review, problems, index)

        def done(looked: _Looked) -> None:
            if self._looking is document:
                self._take_looked(looked)

        self._background(work, done)

    def _take_looked(self, looked: _Looked) -> None:
        """What a worker has looked at is shown; what was edited or decided meanwhile is looked at in turn."""
        document, shown, self._looking = self._looking, self._index, None
        self._indexed, (review, problems, index) = looked
        same = shown is not None and index.tells_the_same(shown[2])
        self._index = review, problems, shown[2] if same and shown is not None else index
        decided = review.settings != self._settings
        self.known = replace(review, settings=self._settings) if decided else review
        if decided or document is not self._document:
            self._look(self.known)
        if not same:
            self._changed()
        self._looked(not same)

    @property
    def current(self) -> "Review":
        """What the rules say of the document; they are asked now, if nobody did so before."""
        if self.known is None:
            self.take(self.ask())
        elif self._looking is not None:
            from perftui.review.engine import review_edit

            self._looking, self.known = None, review_edit(self.known, self._document)
        assert self.known is not None
        return self.known

    def keep_settings(self, settings: "ReviewSettings") -> None:
        """Findings were accepted or taken up again; the same rules are asked, so nothing is reviewed again."""
        self.known = self.current
        self.take_settings(settings)

    def take_settings(self, settings: "ReviewSettings") -> None:
        """The folder's settings are others; where rules are told of them, all is reviewed again."""
        self._settings = settings
        if self.known is not None and self.known.settings != settings:
            self.known = replace(self.known, settings=settings)
            if self._looking is None:
                self._look(self.known)
            self._changed()

    def index(self) -> FindingIndex:
        """The findings by place, for the views; while a worker looks at an edit, those of before."""
        if self.known is None and self._later:
            return FindingIndex(pending=True)
        if self._index is not None and self._looking is not None:
            return self._index[2]
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
