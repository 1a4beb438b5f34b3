"""The open document with what a person is looking at. It is changed by its own methods only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from perftui.editing.edits import Edit
from perftui.editing.rows import NEW_ROW, blank_project
from perftui.editing.stale_edits import disputed
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, Location, project_file
from perftui.model.record import Record
from perftui.session.journal.entries import Offer
from perftui.session.open_document import OpenDocument
from perftui.session.presence import PresentUser
from perftui.session.review_settings import settings_or_default
from perftui.tui.panes import FORM, OF_ONE_PROJECT, pane_key
from perftui.tui.state.born_row import BornRow
from perftui.tui.state.document_views import DocumentViews
from perftui.tui.state.finding_route import FindingRoute
from perftui.tui.state.git_job import GitJob
from perftui.tui.state.live_review import LiveReview
from perftui.tui.state.messages import Messages
from perftui.tui.state.recent_commands import RecentCommands
from perftui.tui.state.seen_document import SeenDocument
from perftui.tui.state.viewpoint import Viewpoint, first_viewpoint, renamed_places
from perftui.tui.state.walk import Walk
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.grid import GridView

if TYPE_CHECKING:
    from perftui.review.engine import Review
    from perftui.tui.state.suggestion_source import SuggestionSource
    from perftui.viewmodel.text_search import TextSearch

PENDING = project_file(NEW_ROW)
"""The file of a new project that is stored as soon as something was typed into it."""

_SAVED_SOON = 0.004
"""Seconds that an edit is waited for. Usually it is on the disk by then, where the saver alone has the processor; both
at once take turns, and each waits for the other."""

Clip = tuple[tuple[str, ...], ...]
"""Copied texts, row by row."""


class AppState:
    """One document on the screens."""

    def __init__(self, session: OpenDocument, *, enter_down: bool = True, review_later: bool = False) -> None:
        """``review_later``: the first screen does not wait for the rules; a worker brings what they say."""
        self.session = session
        self.document = session.document
        """What is worked on: the document's document as it was last shown; others may have changed that since."""
        self.viewpoint = first_viewpoint(session.form, next(iter(self.document.projects), PENDING))
        self.places: dict[str, Location] = {}  # where the cursor was left, by screen
        self.route = FindingRoute()
        self.walk = Walk()
        self.born = BornRow(self.forget)
        self.seen = SeenDocument()
        self.clip: Clip = ()  # what was copied inside, or is kept for pasting
        self.clip_unit = ""  # the unit of amounts in which it was copied
        self._held: Offer | None = None  # how the journal has that, where it stands nowhere else
        self.recent_commands = RecentCommands()
        self.exported: Path | None = None  # the document exported last
        self.git_job = GitJob()  # what git is doing for this document
        self.others: tuple[PresentUser, ...] = ()  # who else has the document open
        settings, problem = settings_or_default(session.folder)
        self.messages = Messages(problem)
        self.live_review = LiveReview(session, settings, self.forget, later=review_later)
        self.views = DocumentViews(session, self.live_review, enter_down=enter_down)
        self._shown: DocumentView | None = None

    # ---- what is looked at

    @property
    def pane(self) -> str:
        """The screen."""
        return self.viewpoint.pane

    @property
    def file(self) -> str:
        """The project at hand."""
        return self.viewpoint.file

    @property
    def filter(self) -> str:
        """What the lists are filtered by."""
        return self.viewpoint.filter

    @property
    def pane_key(self) -> str:
        """What the cursor's place on the screen is remembered under."""
        return pane_key(self.pane, self.file)

    @property
    def is_one_project(self) -> bool:
        """Does the screen show a single project?"""
        return self.pane in OF_ONE_PROJECT

    @property
    def file_at_work(self) -> str | None:
        """The file whose fields the screen shows: one project, or the department; ``None`` on a screen of many."""
        if self.pane == "department":
            return DEPARTMENT
        return self.file if self.is_one_project else None

    def look_at(self, viewpoint: Viewpoint) -> None:
        """Look at something else."""
        self.viewpoint = viewpoint
        self.forget()

    def go_to_pane(self, pane: str) -> None:
        """Another screen."""
        self.look_at(self.viewpoint.to_pane(pane, list(self.document.projects)))

    def open_project(self, file: str, pane: str = FORM) -> None:
        """One project, in its form or its indicator sheet."""
        self.look_at(self.viewpoint.to_project(file, pane))

    def show_place(self, place: Location) -> None:
        """The screen on which a place can be edited; the one at hand where it shows it."""
        found = self.viewpoint.to_place(place, list(self.document.projects), self.session.form.project)
        if found is not self.viewpoint:
            self.look_at(found)

    def follow(self, place: Location) -> None:
        """Where a single project is shown and an entry went to another one, a new project's, show that."""
        if self.is_one_project and place.file != self.file:
            self.open_project(place.file, self.pane)

    def neighbour(self, step: int) -> bool:
        """The next or previous project; False at the list's end."""
        found = self.viewpoint.to_neighbour(step, list(self.document.projects))
        if found is not None:
            self.look_at(found)
        return found is not None

    def select_project(self, file: str) -> None:
        """The project under the cursor of a list is the one at hand for the commands."""
        self.viewpoint = replace(self.viewpoint, file=file)

    def filter_by(self, text: str) -> None:
        """Filter the lists."""
        self.viewpoint = replace(self.viewpoint, filter=text)

    # ---- the document

    @property
    def record(self) -> Record:
        """The project at hand; a blank one while it is new."""
        document = self.document
        if document.has(self.file) and self.file != DEPARTMENT:
            return document.record(self.file)
        return blank_project(document, self.session.form)

    def record_of(self, file: str) -> Record:
        """A file's record; of a new project, which has none yet, the blank one. Raises KeyError for any other."""
        return self.record if file == PENDING else self.document.record(file)

    @property
    def with_pending(self) -> Document:
        """The document with the new project at hand, which is not stored yet."""
        return self.document.with_record(PENDING, self.record) if self.file == PENDING else self.document

    # ---- what is shown

    @property
    def shown(self) -> DocumentView:
        """What the views are made of."""
        if self._shown is None:
            self._shown = self.views.shown(self.viewpoint, self.document, self.record, self.born.place)
        return self._shown

    def view(self, width: int, lines: int) -> GridView:
        """The grid of the screen at hand, ``width`` cells wide; the window shows so many ``lines`` of it."""
        return self.views.view(self.shown, self.viewpoint, self.record, width, lines)

    def forget(self) -> None:
        """What is shown must be made anew."""
        self._shown = None

    def use_ascii_frames(self) -> None:
        """Draw frames in ASCII: the terminal draws box characters wide."""
        self.views.ascii_frames = True
        self.forget()

    @cached_property
    def search(self) -> "TextSearch":
        """What is found in the document's texts; they are put together at the first search."""
        from perftui.viewmodel.text_search import TextSearch

        return TextSearch()

    @property
    def suggestions(self) -> "SuggestionSource":
        """Where dim texts come from."""
        return self.views.suggestions

    @property
    def review(self) -> "Review":
        """What the rules say; they are asked now, if nobody did so before."""
        return self.live_review.current

    @property
    def notice(self) -> str:
        """The last thing worth saying."""
        return self.messages.notice

    def say(self, sentence: str) -> None:
        """Say something; it stands until something else is said."""
        self.messages.say(sentence)

    def remember(self, place: Location) -> None:
        """The cursor is at a place of the screen at hand."""
        self.places[self.pane_key] = place

    def clip_taken(self) -> None:
        """What was copied or kept has been put in somewhere: the journal need not hold it any more."""
        if self._held is not None:
            self.session.let_go(self._held)
            self._held = None

    def keep_clip(self, rows: Sequence[Sequence[str]], held: Offer | None = None) -> None:
        """Keep texts for pasting. ``held``: how the journal has them, where they stand nowhere else."""
        self.clip, self.clip_unit, self._held = tuple(tuple(row) for row in rows), self.shown.unit, held

    def note_export(self, path: Path) -> None:
        """A document was exported."""
        self.exported = path

    def note_others(self, others: tuple[PresentUser, ...]) -> None:
        """Somebody else came, went, or is in another project."""
        self.others = others

    # ---- the cell being typed

    def begin_typing(self, document: Document | None = None) -> None:
        """Others may change the cell from now on; ``document``: in which it was begun, by default the one at hand."""
        self.seen.typed_over = document or self.seen.typed_over or self.document

    def end_typing(self) -> None:
        """Nothing is being typed any more; what lasts is said again."""
        self.seen.typed_over = None
        self.messages.repeat_lasting()
        self.session.draft(None)

    # ---- edits

    def run(self, edits: Sequence[Edit], label: str, place: Location | None = None) -> str:
        """Make edits as one step; a sentence where somebody else had changed the same, else "".

        Raises FileLocked or CannotApply; nothing has changed then.
        """
        if not edits:
            return ""
        step = self.session.run(edits, label, place, self.seen.or_else(self.document))
        self.seen.edited()
        self.session.give_way(_SAVED_SOON)
        self.changed()
        conflicts = disputed(step.edits)
        self.route.add_undecided(conflicts)
        return _("{label}：别人同时也改了，两个都留着：按 F7 回去，F4 选定").format(label=label) if conflicts else ""

    def changed(self) -> None:
        """The document is another: review what the edit touched."""
        self.document = self.session.document
        self.live_review.edited(self.document)
        if self.file != PENDING and self.file not in self.document.projects:
            self.viewpoint = self.viewpoint.after_loss(next(iter(self.document.projects), PENDING))
        self.forget()

    def follow_renames(self, names: Mapping[str, str]) -> None:
        """Others gave files another name: what is looked at, and where the cursor was, is in those now."""
        self.select_project(names.get(self.file, self.file))
        self.places.update(renamed_places(self.places, names))

    def undo(self) -> Location | None:
        """Take the last step back; where it was made."""
        return self._moved(_("撤销了：{label}"), _("没有可以撤销的了"), back=True)

    def redo(self) -> Location | None:
        """Do it again; where it was made."""
        return self._moved(_("重做了：{label}"), _("没有可以重做的了"), back=False)

    def _moved(self, done: str, nothing: str, *, back: bool) -> Location | None:
        moved = self.session.undo() if back else self.session.redo()
        if moved is None:
            self.say(nothing)
            return None
        sentence = done.format(label=moved.step.label)
        if moved.skipped:
            sentence += _("；有 {count} 处后来被别人改过，没有动").format(count=len(moved.skipped))
        self.say(sentence)
        self.changed()
        return moved.step.place
