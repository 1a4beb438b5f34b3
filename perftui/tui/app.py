"""The app: it opens a document's screen on our driver, and ends with an honest exit code."""

import contextlib
import gc
import math
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual import work
from textual.screen import Screen

from perftui.forms import exchanged
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.stop_flag import Stopped
from perftui.model.text import visible
from perftui.session.clone_watch import CloneWatch
from perftui.session.examples import documents_in
from perftui.session.last_hands import CloneStanding
from perftui.session.last_visit import note_visit
from perftui.session.open_document import OpenDocument
from perftui.session.presence import Presence, PresentUser
from perftui.session.review_settings import settings_or_default
from perftui.session.settings_conflicts import settings_stamps
from perftui.store.folder import DocumentFolder
from perftui.store.open import LoadedDocument, open_document
from perftui.store.saver import SaveStatus
from perftui.tui.commands import CHOOSE
from perftui.tui.opening_picture import progress
from perftui.tui.screens.document_screen import DocumentScreen
from perftui.tui.screens.sheet_screen import SheetScreen
from perftui.tui.start_cache import PaintedFrame, keep
from perftui.tui.state.app_state import AppState
from perftui.tui.terminal.probe import Probe
from perftui.tui.terminal.terminal_app import TerminalApp, hand_over
from perftui.tui.terminal.termios_settings import interrupted_by
from perftui.tui.terminal.tokens import Arrival
from perftui.tui.user_settings import UserSettings
from perftui.tui.widgets.tones import choose_theme

if TYPE_CHECKING:
    from perftui.review.engine import Review
    from perftui.review.review_settings import ReviewSettings
    from perftui.tui.actions.context import Action

_QUIT = b"\x11"
"""The byte of Ctrl+Q."""
_POLL, _REST = 1.5, 10
"""Seconds between looks at what others changed, and after a look so many times as long as it took: in a folder of
thousands, or on a slow disk, looks neither heap up nor take a tenth of a processor."""


FORM_CHANGED = "form"
"""The answer of an app whose document's form was exchanged underneath: the document is opened anew."""
_KEYS_FIRST = 0.1
"""Seconds in which keys that were typed during the start are answered; then the rules are asked."""
_TURN = 0.001
"""Seconds that a thread which works behind the screen keeps the interpreter, while a key waits for its turn."""


class PerftuiApp(TerminalApp[str], inherit_bindings=False):
    """Shows one screen: that of a document, or the one on which a document is chosen or made."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: ansi_default; color: ansi_default; }"

    def __init__(self, first: Callable[["PerftuiApp"], Screen[str]], ambiguous: str = "auto") -> None:
        self.ambiguous_width = ambiguous
        super().__init__(ansi_color=True)
        self._make_first = first

    def on_mount(self) -> None:
        """The first screen, the terminal's cursor on."""
        self.show_cursor(shown=True)
        self.push_screen(self._make_first(self))
        if self.ambiguous_width == "2":  # also where the terminal answers nothing
            self.terminal_probed(Probe(utf8=True, ambiguous=2))
        self.begun()

    def begun(self) -> None:
        """The first screen was pushed. (Textual calls every class's own ``on_mount``, so none overrides another.)"""

    def terminal_stream(self, arrival: Arrival) -> None:
        """What nobody typed goes to the tray, behind the keys that came before it."""
        if isinstance(self.screen, SheetScreen):
            self.screen.sheet.call_later(self.screen.tray.receive, arrival.tokens)

    def terminal_escape_was_none(self) -> None:
        """What the last Esc did is taken back."""
        if isinstance(self.screen, SheetScreen):
            self.screen.sheet.call_later(self.screen.sheet.escape_was_none)


class DocumentApp(PerftuiApp):
    """The app of an open document."""

    def __init__(self, session: OpenDocument, settings: UserSettings) -> None:
        self.state = AppState(session, enter_down=settings.enter == "down", review_later=True)
        if settings.problems:
            self.state.messages.tell(settings.problems[0])
        self.session = session
        self._settings_seen = settings_stamps(session.folder)
        self.presence = Presence(session.folder.folder)
        self._clone = CloneWatch(session.folder)
        self._git_ended = 0
        self._poll_from = 0.0
        super().__init__(lambda _one: DocumentScreen(self.state, _actions, settings.keys), settings.ambiguous)
        session.on_status = self._saved

    def begun(self) -> None:
        """What others change on disk is looked for from now on."""
        self.set_interval(_POLL, self._poll_again)
        self.call_after_refresh(self._first_shown)

    def _first_shown(self) -> None:
        """The first screen is painted: what the start has put off is done from here on."""
        gc.freeze()  # what the start made stays: no use in looking through it for cycles
        gc.enable()
        sys.setswitchinterval(_TURN)
        self.set_timer(_KEYS_FIRST, self._ask_rules)

    @work(thread=True, group="review", exclusive=True, exit_on_error=True)
    def _ask_rules(self) -> None:
        from perftui.session.versions import advice  # git is asked behind the first screen

        gc.disable()  # a look through the findings of thousands would hold all keys for half a second
        try:
            review = self.state.live_review.ask()
        except Stopped:
            return
        finally:
            gc.freeze()
            gc.enable()
        if self.is_running:
            self.call_from_thread(self._reviewed, review)
            if said := advice(self.session.folder):
                self.call_from_thread(self._say, said)
        import perftui.tui.actions.action_table
        import perftui.tui.state.pane_views
        import perftui.tui.state.suggestion_source  # noqa: F401 - so that the first key need not load them

    def _reviewed(self, review: "Review") -> None:
        self.state.live_review.take(review)
        if isinstance(self.screen, DocumentScreen):
            self.screen.show_again()

    def _say(self, sentence: str) -> None:
        if isinstance(self.screen, DocumentScreen):
            self.screen.tell(sentence)

    def _saved(self, _status: SaveStatus) -> None:
        """Called from the saver's thread."""
        if self._loop is not None and self.is_running:
            with contextlib.suppress(RuntimeError):  # the loop may close at this very moment
                self._loop.call_soon_threadsafe(self._show_foot)

    def _show_foot(self) -> None:
        if isinstance(self.screen, DocumentScreen):
            self.screen.show_foot()

    def _poll_again(self) -> None:
        if time.monotonic() >= self._poll_from:
            self._poll()

    @work(thread=True, group="poll", exclusive=True, exit_on_error=False)
    def _poll(self) -> None:
        begun, self._poll_from = time.monotonic(), math.inf  # a thread that goes on is joined by no second one
        try:
            self._look_outside()
        finally:
            self._poll_from = time.monotonic() + _REST * (time.monotonic() - begun)

    def _look_outside(self) -> None:
        git_ended = self.state.git_job.ended
        changed = self.session.poll()
        typing = self.screen.typing_in if isinstance(self.screen, DocumentScreen) else ""
        self.presence.at(self.state.file if self.state.is_one_project else "", typing)
        others = self.presence.others()
        if (changed or others != self.state.others) and self.is_running:
            self.call_from_thread(self._changed_outside, changed, others, git_ended)
        if changed:
            self._clone.forget()
        if self.state.git_job.ended != self._git_ended:
            self._git_ended = self.state.git_job.ended
            self._clone.ask_at_once()
        if self._clone.changed(self.session.status.at) and self.is_running:
            self.call_from_thread(self._ask_clone)
        seen = settings_stamps(self.session.folder)
        if seen != self._settings_seen and self.is_running:
            self._settings_seen = seen
            self.call_from_thread(self._take_settings, *settings_or_default(self.session.folder))
        if exchanged(self.session.form) is not None and self.is_running:
            self.call_from_thread(self._form_exchanged)

    @work(thread=True, group="clone", exclusive=True, exit_on_error=False)
    def _ask_clone(self) -> None:
        """Where the clone stands: git is asked where that may be another, and nobody waits for it."""
        standing = self._clone.ask(self.session.status.at)
        if self.is_running:
            self.call_from_thread(self._note_clone, standing)

    def _note_clone(self, standing: CloneStanding) -> None:
        if self.state.views.note_clone(standing) and isinstance(self.screen, DocumentScreen):
            self.state.forget()
            self.screen.show_again()

    def _form_exchanged(self) -> None:
        """Nobody types and no question is open: the document is opened anew."""
        screen = self.screen
        if isinstance(screen, DocumentScreen) and not (self.session.is_typing or screen.is_asking):
            hand_over(self, FORM_CHANGED)

    def _changed_outside(self, changed: tuple[Location, ...], others: tuple[PresentUser, ...], git_ended: int) -> None:
        """``git_ended``: of git's works, so many had ended when the files were looked at."""
        if isinstance(self.screen, DocumentScreen):
            if changed:
                told = self.state.notice
                self.screen.changed_outside(changed)
                if self.state.git_job.ended != git_ended:  # the changes are git's, which has said them meanwhile
                    self.screen.say(told)
            self.screen.others_changed(others)

    def _take_settings(self, settings: "ReviewSettings", problem: str) -> None:
        """Somebody accepted findings, or settled what two had accepted, here or elsewhere."""
        from perftui.tui.state.review_decisions import take_settings

        take_settings(self.state, settings, problem)
        if isinstance(self.screen, DocumentScreen):
            self.screen.show_again()

    def exit(self, result: str | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End; work that goes on in threads is given up, for the end waits for them."""
        self.state.live_review.stop.set()
        self._clone.stop()
        super().exit(result, return_code, message)

    def on_hangup(self) -> None:
        """The connection is lost: write what waits. The half-typed text is in the journal."""
        self.state.live_review.stop.set()
        self.session.flush(2.0)

    def terminal_probed(self, probe: Probe) -> None:
        """Frames are drawn in ASCII where the terminal draws box characters wide."""
        super().terminal_probed(probe)
        if probe.ambiguous == 2:
            self.state.use_ascii_frames()
            if isinstance(self.screen, DocumentScreen):
                self.screen.show()


def _actions() -> Mapping[str, "Action"]:
    from perftui.tui.actions.action_table import ACTIONS  # loaded behind the first screen

    return ACTIONS


def run_screens(
    data: Path,
    settings: UserSettings,
    year: int | None = None,
    unit: str | None = None,
    lang: str | None = None,
    painted: PaintedFrame | None = None,
) -> int:
    """Show the one document that is meant, or the choice; the exit code. ``painted`` stands on the terminal already."""
    choose_theme("mono" if os.environ.get("NO_COLOR") else settings.theme)
    chosen = _only(data, year, unit)
    code, said, kept = 0, "", ""
    while True:
        if chosen is None:
            chosen, code, kept = _choose(data)
        if chosen is None or code:
            sys.stderr.write(visible(kept, lines=True))
            return code
        answer, code = _edit(chosen, settings, lang, painted, said, kept)
        painted, said, kept = None, "", ""
        if answer == FORM_CHANGED:
            said = _("表样的文件改过了，已经重新打开")
        elif answer == CHOOSE:
            chosen = None
        else:
            return code


def _only(data: Path, year: int | None, unit: str | None) -> DocumentFolder | None:
    """The document that is meant, where only one can be."""
    found = [
        one for one in documents_in(data) if (year is None or one.year == year) and (unit is None or one.unit == unit)
    ]
    return found[0] if len(found) == 1 else None


def _choose(data: Path) -> tuple[DocumentFolder | None, int, str]:
    """The document that was chosen, the exit code, and a text from the tray that was not put in."""
    from perftui.tui.screens.start_screen import StartScreen

    screen = StartScreen(data)
    try:
        _answer, code = ended(PerftuiApp(lambda _one: screen))
    finally:
        screen.begun.close()
    kept = screen.texts.kept if screen.texts.kept.strip() else ""
    return screen.chosen, code, kept


def _edit(
    folder: DocumentFolder, settings: UserSettings, lang: str | None, painted: PaintedFrame | None, said: str,
    kept: str,
) -> tuple[str | None, int]:  # fmt: skip
    session = OpenDocument(_read(folder, painted))
    if kept:
        session.hold(Location(file=DEPARTMENT), kept)
    app = DocumentApp(session, settings)
    if said:
        app.state.messages.tell(said)
    if painted is not None:
        app.painted_frame = (painted.cols, painted.rows, painted.frame)
    try:
        answer, code = ended(app)
    finally:
        status = session.close()
        app.presence.leave()
        note_visit(folder.folder)
        session.keep_seen()
    if status.waiting:
        sys.stderr.write(f"{visible(status.message)}\n")
        code = code or 3
    elif code == 0:
        _keep_first_frame(session, app, settings, lang)
    return answer, code


def _read(folder: DocumentFolder, painted: PaintedFrame | None) -> LoadedDocument:
    """Read the document; beneath a picture that says how far it is, and that Ctrl+Q ends. Raises KeyboardInterrupt."""
    if painted is None:
        return open_document(folder)
    with interrupted_by(0, _QUIT):
        return open_document(folder, painted.seen, progress(painted))


def _keep_first_frame(session: OpenDocument, app: DocumentApp, settings: UserSettings, lang: str | None) -> None:
    """Leave the picture that the next start puts on the terminal at once."""
    if session.is_typing or session.offers or session.problems or session.left_over or app.state.views.ascii_frames:
        return
    from perftui.tui.start_snapshot import first_screen

    cols, rows = app.size
    frame = first_screen(session, settings, cols, rows)
    if frame is not None:
        keep(session.folder.folder, cols, rows, lang, frame)


def ended(app: PerftuiApp) -> tuple[str | None, int]:
    """Run an app to its end; its answer and exit code. Raises what ended it before its time."""
    answer = app.run()
    if app.failure is not None:
        raise app.failure
    return answer, app.return_code or 0
