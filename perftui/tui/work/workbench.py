"""The open document with what a person is looking at: the screen, the project at hand, the filter, the findings."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from perftui.desk.desk import Desk
from perftui.desk.presence import Present
from perftui.desk.reviewing import settings_or_default
from perftui.editing.edits import Edit
from perftui.editing.overtaken import disputed
from perftui.editing.rows import NEW_ROW, blank_project
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, Location, project_file
from perftui.model.money import format_amount
from perftui.model.record import Record
from perftui.tui.commands import PANES
from perftui.viewmodel.findings import findings_view
from perftui.viewmodel.funds import funds_view
from perftui.viewmodel.grid import GridView
from perftui.viewmodel.projects import projects_view
from perftui.viewmodel.shown import BadFileView, FindingIndex, Shown
from perftui.viewmodel.tally import Tallies

if TYPE_CHECKING:
    from perftui.review.engine import Review
    from perftui.tui.work.suggesting import Suggesting
    from perftui.viewmodel.text_search import TextSearch

PENDING = project_file(NEW_ROW)
"""The file of a new project that is stored as soon as something was typed into it."""

_SAVED_SOON = 0.004
"""Seconds that an edit is waited for. Usually it is on the disk by then, where the saver alone has the processor; both
at once take turns, and each waits for the other."""

FORM = "form"
OF_ONE_PROJECT = (FORM, "indicators")
LISTS = ("projects", "findings", "preview")
"""Screens in which nothing is typed: letters filter."""


class Workbench:
    """One document on the screens."""

    def __init__(self, desk: Desk, *, enter_down: bool = True, review_later: bool = False) -> None:
        """``review_later``: the first screen does not wait for the rules; a worker brings what they say."""
        self.desk = desk
        self._review_later = review_later
        self._review: Review | None = None
        self._enter_down = enter_down
        self.pane = PANES[0]
        self.document = desk.document
        """What is worked on: the desk's document as it was last shown; others may have changed that since."""
        self.typed_over: Document | None = None
        """The document in which the cell being typed was begun."""
        self.file = next(iter(self.document.projects), PENDING)
        """The project at hand."""
        self.wanted = ""
        """What the lists are filtered by."""
        self.notice: str
        """The last thing worth saying."""
        self.lasting = ""
        """What is to be said of the cell that was left, also when the cursor has gone on from it."""
        self.clip: tuple[tuple[str, ...], ...] = ()
        """What was copied inside."""
        self.places: dict[str, Location] = {}
        """Where the cursor was left, by screen."""
        self.trail: tuple[Location, ...] = ()
        """The places of one finding, through which its key goes first."""
        self.undecided: tuple[Location, ...] = ()
        """What somebody else has just changed as well: the key for findings goes there before anywhere else."""
        self.ascii_frames = False
        self.others: tuple[Present, ...] = ()
        """Who else has the document open."""
        self._settings, self.notice = settings_or_default(desk.folder)
        self.exported: FilePath | None = None
        """The document exported last."""
        self._warned = ""
        """The last warning of what leaving would lose."""
        self._shown: Shown | None = None
        self._tallies = Tallies()

    # ---- what is shown

    @property
    def record(self) -> Record:
        """The project at hand; a blank one while it is new."""
        document = self.document
        if document.has(self.file) and self.file != DEPARTMENT:
            return document.record(self.file)
        return blank_project(document, self.desk.form)

    @property
    def shown(self) -> Shown:
        """What the views are made of."""
        if self._shown is None:
            self._shown = Shown(
                document=self.document.with_record(PENDING, self.record) if self._is_pending else self.document,
                form=self.desk.form,
                index=self._index(),
                problems=tuple(
                    BadFileView(file=problem.file, line=problem.line, reason=problem.reason)
                    for problem in self.desk.problems
                ),
                offers=self._offers(),
                beside=self._beside(),
                unseen=self.desk.unseen.still(self.document),
                changed_at=self.desk.changed_at,
                ascii_frames=self.ascii_frames,
                tallies=self._tallies,
            )
        return self._shown

    @cached_property
    def search(self) -> "TextSearch":
        """What is found in the document's texts; they are put together at the first search."""
        from perftui.viewmodel.text_search import TextSearch

        return TextSearch()

    @cached_property
    def suggesting(self) -> "Suggesting":
        """Where dim texts come from; the list of projects, which is seen first, has none."""
        from perftui.tui.work.suggesting import Suggesting

        return Suggesting(self.desk, lambda: self._review)

    @property
    def review(self) -> "Review":
        """What the rules say; they are asked now, if nobody did so before."""
        if self._review is None:
            self.take_review(self.ask_rules())
            assert self._review is not None
        return self._review

    @review.setter
    def review(self, review: "Review") -> None:
        self._review = review

    def ask_rules(self) -> "Review":
        """Ask the rules about the document as it was opened; of a large one that takes time, for a worker."""
        from perftui.desk.reviewed import review_opened  # loading the rules takes a tenth of the start

        return review_opened(self.desk.opened, self._settings)

    def take_review(self, review: "Review") -> None:
        """Take what a worker brings, unless somebody asked meanwhile; what was edited since is looked at again."""
        if self._review is None:
            from perftui.review.engine import review_edit

            self._review = review_edit(review, self.document)
            self.forget()

    def _index(self) -> FindingIndex:
        if self._review is None and self._review_later:
            return FindingIndex(pending=True)
        unread = {problem.file for problem in self.desk.problems}
        lapsed = self.review.settings.lapsed(self.review.findings, unread)
        from perftui.review.report.summary import told_settings  # no first screen waits for it

        changed = tuple(told_settings(self.review.settings))
        return FindingIndex(findings=self.review.findings, lapsed=lapsed, changed=changed)

    @property
    def _is_pending(self) -> bool:
        return self.pane in OF_ONE_PROJECT and self.file == PENDING

    def view(self, width: int) -> GridView:
        """The grid of the screen at hand, ``width`` cells wide."""
        view = self._view(width)
        return view if self._enter_down else replace(view, enter_down=False)

    def _view(self, width: int) -> GridView:
        """Screens that are not the first are loaded when they are shown, or behind the first."""
        match self.pane:
            case "projects":
                return projects_view(self.shown, width, self.wanted)
            case "funds":
                return funds_view(self.shown, width)
            case "findings":
                return findings_view(self.shown, width, self.wanted)
        from perftui.tui.work import panes

        return panes.view(self, width)

    def _offers(self) -> dict[Location, str]:
        if self.pane in OF_ONE_PROJECT:
            return self.suggesting.for_project(self.file, self.record)
        if self.pane in ("funds", "plan"):
            return self.suggesting.for_numbers(self.document.projects)
        return self.suggesting.for_department(self.document.department) if self.pane == "department" else {}

    def _beside(self) -> dict[Location, str]:
        """Per-head amounts beside the rows of the project at hand that count people."""
        if self.pane not in OF_ONE_PROJECT:
            return {}
        from perftui.review.shown import per_head

        heads = per_head(self.record, self.desk.form.project, self.desk.form)
        return {
            Location(file=self.file, path=path): _("人均 {amount} 元").format(amount=format_amount(amount))
            for path, amount in heads.items()
        }

    # ---- what is said

    def say(self, sentence: str) -> None:
        """Say something; it stands until something else is said."""
        self.notice = sentence

    def warn(self, sentence: str) -> bool:
        """Say what leaving would lose; False where just that was said before."""
        if sentence == self._warned:
            return False
        self._warned = sentence
        self.say(sentence)
        return True

    # ---- going about

    def go_to_pane(self, pane: str) -> None:
        """Another screen."""
        self.pane = pane
        self.wanted = ""
        if pane in OF_ONE_PROJECT and self.file not in self.document.projects and self.document.projects:
            self.file = next(iter(self.document.projects))
        self.forget()

    def open_project(self, file: str, pane: str = FORM) -> None:
        """One project, in its form or its indicator sheet."""
        self.file = file
        self.pane = pane
        self.wanted = ""  # else Esc in the form would end a filter that nobody sees
        self.forget()

    def show_place(self, place: Location) -> None:
        """The screen on which a place can be edited; the one at hand where it shows it."""
        spec = self.desk.form.project
        if place.file == DEPARTMENT:
            self.go_to_pane("department")
        elif place.file in self.document.projects and not self._shows(place, list(spec.tables)):
            self.open_project(place.file, FORM)

    def _shows(self, place: Location, tables: Sequence[str]) -> bool:
        if self.pane in ("funds", "plan") and len(place.path) == 2:
            amounts = [group.key for group in self.desk.form.project.amounts]
            return place.path[0] in (amounts if self.pane == "funds" else [key for key in tables if key not in amounts])
        return self.file == place.file and (self.pane == FORM or (self.pane == "indicators" and len(place.path) == 3))

    def neighbour(self, step: int) -> bool:
        """The next or previous project; False at the list's end."""
        files = list(self.document.projects)
        if self.file not in files or not 0 <= files.index(self.file) + step < len(files):
            return False
        self.open_project(files[files.index(self.file) + step], self.pane)
        return True

    def follow(self, place: Location) -> None:
        """Where a project is on the screen and an entry went to another one, a new project's, show that."""
        if self.pane in OF_ONE_PROJECT and place.file != self.file:
            self.open_project(place.file, self.pane)

    def note_export(self, path: FilePath | None) -> None:
        """A document was exported; ``None``: nothing was."""
        self.exported = path or self.exported

    # ---- edits

    def run(self, edits: Sequence[Edit], label: str, place: Location | None = None) -> str:
        """Make edits as one step; a sentence where somebody else had changed the same, else "".

        Raises FileLocked or CannotApply; nothing has changed then.
        """
        if not edits:
            return ""
        step = self.desk.run(edits, label, place, self.typed_over or self.document)
        self.desk.give_way(_SAVED_SOON)
        self.changed()
        conflicts = disputed(step.edits)
        self.undecided += conflicts
        return _("{label}：别人同时也改了，两个都留着：按 F7 回去，F4 选定").format(label=label) if conflicts else ""

    def changed(self) -> None:
        """The document is another: review what the edit touched."""
        self.document = self.desk.document
        if self._review is not None:
            from perftui.review.engine import review_edit

            self._review = review_edit(self._review, self.document)
        if self.file != PENDING and self.file not in self.document.projects:
            self.file = next(iter(self.document.projects), PENDING)
            if self.pane in OF_ONE_PROJECT:
                self.pane = PANES[0]
        self.forget()

    def forget(self) -> None:
        """What is shown must be made anew."""
        self._shown = None

    def undo(self) -> Location | None:
        """Take the last step back; where it was made."""
        return self._moved(_("撤销了：{label}"), _("没有可以撤销的了"), back=True)

    def redo(self) -> Location | None:
        """Do it again; where it was made."""
        return self._moved(_("重做了：{label}"), _("没有可以重做的了"), back=False)

    def _moved(self, done: str, nothing: str, *, back: bool) -> Location | None:
        moved = self.desk.undo() if back else self.desk.redo()
        if moved is None:
            self.notice = nothing
            return None
        self.notice = done.format(label=moved.step.label)
        if moved.skipped:
            self.notice += _("；有 {count} 处后来被别人改过，没有动").format(count=len(moved.skipped))
        self.changed()
        return moved.step.place


def record_of(bench: Workbench, file: str) -> Record:
    """A file's record; of a new project, which has none yet, the blank one. Raises KeyError for any other."""
    return bench.record if file == PENDING else bench.document.record(file)
