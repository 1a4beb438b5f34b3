"""Makes what the screens show of the open document."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from perftui.files.worktree import working_copy
from perftui.locale import _
from perftui.model.document import Document, Location, row_count
from perftui.model.money import format_amount
from perftui.model.record import Record
from perftui.session.last_hands import CloneStanding
from perftui.session.last_visit import last_visit
from perftui.session.last_year import LastYear, read_last_year
from perftui.session.open_document import OpenDocument
from perftui.session.remaining import Remaining
from perftui.session.user import person
from perftui.tui.panes import LISTS, OF_ONE_PROJECT
from perftui.tui.state.live_review import LiveReview
from perftui.tui.state.viewpoint import Viewpoint
from perftui.viewmodel.document_view import BadFileView, DocumentView
from perftui.viewmodel.drawn_pages import DrawnPages
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.findings import findings_view
from perftui.viewmodel.funds import funds_view
from perftui.viewmodel.grid import GridView
from perftui.viewmodel.projects import projects_view
from perftui.viewmodel.room import in_room, with_whitespace
from perftui.viewmodel.tally import DocumentSums

if TYPE_CHECKING:
    from perftui.review.engine import Review
    from perftui.tui.state.suggestion_source import SuggestionSource

_MANY, _MANY_ROWS = 100, 1000
"""Of so many projects, or rows in all, what is made of all of them is prepared: of fewer nobody feels it."""
_USUAL_WIDTH = 80


class DocumentViews:
    """Puts together document, findings and suggestions for the view models."""

    def __init__(self, session: OpenDocument, live_review: LiveReview, *, enter_down: bool) -> None:
        self._session = session
        self._live_review = live_review
        self._enter_down = enter_down
        self._tallies = DocumentSums()
        self._remaining = Remaining()
        self._standing = CloneStanding(in_clone=working_copy(session.folder.data) is not None)
        live_review.prepare = self._prepare
        self._suggestions: SuggestionSource | None = None
        self._prepared: SuggestionSource | None = None
        self._pages = DrawnPages()
        self.ascii_frames = False
        """Frames are drawn in ASCII: the terminal draws box characters wide."""

    @property
    def suggestions(self) -> "SuggestionSource":
        """Where dim texts come from."""
        if self._prepared is not None and self._live_review.known is not None:
            self._suggestions, self._prepared = self._prepared, None
        if self._suggestions is None:
            self._suggestions = self._suggestion_source()
        return self._suggestions

    def _suggestion_source(self) -> "SuggestionSource":
        from perftui.tui.state.suggestion_source import SuggestionSource

        return SuggestionSource(self._session, lambda: self._live_review.known, lambda: self.last_year)

    @cached_property
    def last_year(self) -> LastYear | None:
        """The document of the year before; it is read when something asks for it."""
        return read_last_year(self._session.folder, self._session.form)

    @cached_property
    def _last_visit(self) -> float | None:
        return last_visit(self._session.folder.folder)

    def note_clone(self, standing: CloneStanding) -> bool:
        """Git has said where the clone stands; False where that was known."""
        known, self._standing = self._standing, standing
        return standing != known

    @property
    def own_names(self) -> tuple[str, ...]:
        """The names of the person who is here, as conflicts may have them: told or the account's, and git's."""
        return tuple(filter(None, (person(), self._standing.own_name)))

    def shown(
        self, viewpoint: Viewpoint, document: Document, record: Record, born: Location | None = None
    ) -> DocumentView:
        """What the views are made of; ``record``: the project at hand, ``born``: the row that is not judged yet."""
        one_project = viewpoint.pane in OF_ONE_PROJECT
        is_new = one_project and not document.has(viewpoint.file)
        return DocumentView(
            document=document.with_record(viewpoint.file, record) if is_new else document,
            form=self._session.form,
            index=self._live_review.index().without(born),
            born=born,
            problems=tuple(
                BadFileView(file=one.file, line=one.line, reason=one.reason) for one in self._session.problems
            ),
            offers=self._offers(viewpoint, document, record),
            beside=lambda place: self._per_head(place, record) if one_project else "",
            changed_at=self._session.changed_at,
            changed_elsewhere_at=self._session.changed_elsewhere_at,
            told_source=lambda cell: self.suggestions.told_source(record, document, cell),
            ascii_frames=self.ascii_frames,
            ask_last_visit=lambda: self._last_visit,
            ask_last_year=lambda: self.last_year,
            tallies=self._tallies,
            remaining=self._remaining,
            pages=self._pages,
            standing=self._standing,
        )

    def _prepare(self, review: "Review", index: FindingIndex) -> None:
        """Make what all projects add up to where the rules are asked, not where keys are answered. Raises Stopped."""
        document, form, stop = self._session.opened.document, self._session.form, self._live_review.stop
        for file, record in stop.watched(document.files()):
            self._remaining.of(form, file, record, index.faults.get(file, []))
        len(index.groups)  # made here once, and kept
        if len(document.projects) < _MANY and row_count(document) < _MANY_ROWS:
            return
        source = self._suggestion_source()
        source.prepare(review, document)
        shown = DocumentView(
            document=document, form=form, index=index, offers=source.for_numbers(document.projects),
            ask_last_year=lambda: self.last_year, tallies=self._tallies, remaining=self._remaining,
        )  # fmt: skip
        for pane in stop.watched(("funds", "plan", "overview")):
            self._view(shown, Viewpoint(pane=pane, file=""), Record(), _USUAL_WIDTH)
        self._prepared = source

    def _offers(self, viewpoint: Viewpoint, document: Document, record: Record) -> Mapping[Location, str]:
        """The dim texts; the lists, the first of which is seen first, have none.

        Among many projects there are none before they were prepared: no key waits until the words of all are counted.
        """
        if viewpoint.pane in LISTS or (len(document.projects) >= _MANY and self._live_review.index().pending):
            return {}
        return self.suggestions.for_pane(viewpoint.pane, viewpoint.file, record, document)

    def _per_head(self, place: Location, record: Record) -> str:
        """The amount beside a value that counts people; "" beside any other."""
        from perftui.review.totals import per_head

        row = record.row(*place.path[:2]) if len(place.path) == 3 else None
        alone = replace(record, groups={place.path[0]: (row,)} if row is not None else {})
        amount = per_head(alone, self._session.form.project, self._session.form).get(place.path)
        return "" if amount is None else _("人均 {amount} 元").format(amount=format_amount(amount))

    def view(self, shown: DocumentView, viewpoint: Viewpoint, record: Record, width: int, lines: int) -> GridView:
        """The grid of a screen, ``width`` cells wide; the window shows so many ``lines`` of it."""
        made = self._view(shown, viewpoint, record, width)
        view = in_room(with_whitespace(made, lines, ascii_only=self.ascii_frames), lines)
        return view if self._enter_down else replace(view, enter_down=False)

    def _view(self, shown: DocumentView, viewpoint: Viewpoint, record: Record, width: int) -> GridView:
        """Screens that are not the first are loaded when they are shown, or behind the first."""
        match viewpoint.pane:
            case "projects":
                return projects_view(shown, width, viewpoint.filter)
            case "funds":
                return funds_view(shown, width)
            case "findings":
                return findings_view(shown, width, viewpoint.filter)
            case "comparison":
                from perftui.viewmodel.year_comparison import comparison_view

                return comparison_view(shown, width, viewpoint.filter)
        from perftui.tui.state.pane_views import later_view

        return later_view(shown, viewpoint.pane, viewpoint.file, record, width)
