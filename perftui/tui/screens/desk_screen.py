"""The one screen of an open document: title, sheet, detail, foot and keys. What is shown is the workbench's."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.screen import Screen
from textual.timer import Timer

from perftui.desk.losses import told_losses
from perftui.desk.person import VARIABLE, person
from perftui.desk.presence import Present
from perftui.locale import _
from perftui.model.document import Location
from perftui.store.saver import SaveState
from perftui.tui.commands import keymap
from perftui.tui.screens.bars import key_pieces, saved_text, title_pieces
from perftui.tui.screens.beside import RulePage, SideBySide
from perftui.tui.screens.draft_review import DraftReview
from perftui.tui.screens.host import DeskHost
from perftui.tui.widgets.lines import Lines
from perftui.tui.widgets.picker import Picker
from perftui.tui.widgets.sheet import Sheet
from perftui.tui.widgets.tones import BAR, STYLES
from perftui.tui.work.returning import as_begun, come_back, keep_position
from perftui.tui.work.workbench import OF_ONE_PROJECT, Workbench
from perftui.viewmodel.detail import DetailLine, detail_lines, lines_of_step
from perftui.viewmodel.foot import foot_text
from perftui.viewmodel.grid import Tone
from perftui.viewmodel.outside import conflicts_in, told_of_changes

CHOOSE = "choose"
"""What the app answers when another document is to be chosen."""

_LEAST_WIDTH, _LEAST_HEIGHT = 60, 15
_DETAIL, _ROOMY = 3, 20
"""Lines of detail, in a window of at least so many lines; below that there are two, and one in a window too small."""

_RESTS = 0.2
"""Seconds after which a cursor that has come to a cell is taken to stay there."""


def is_small(width: int, height: int) -> bool:
    """Is a window too small to work in?"""
    return width < _LEAST_WIDTH or height < _LEAST_HEIGHT


def detail_count(height: int) -> int:
    """The lines of detail in a window of so many lines."""
    if height >= _ROOMY:
        return _DETAIL
    return 2 if height >= _LEAST_HEIGHT else 1


class DeskScreen(Screen[str], inherit_bindings=False):
    """Shows the workbench; the sheet asks its host, and everything a person does is an action."""

    CSS = """
    DeskScreen { layers: base above; layout: vertical; background: ansi_default; color: ansi_default; }
    """

    def __init__(self, bench: Workbench, keys: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.bench = bench
        self.sheet: Sheet = Sheet(DeskHost(self))
        self.title_line = Lines(1, name="title")
        self.page = RulePage()
        self.detail = Lines(_DETAIL, name="detail")
        self.foot = Lines(1, name="foot")
        self.keys = Lines(1, BAR, name="keys")
        self.picker = Picker(self.sheet.uncovered)
        self.sheet.over = self.picker
        self.keymap = keys or keymap()
        self.draft: str | None = None
        """The text being typed."""
        self.draft_review = DraftReview(self)
        self.exported: Path | None = None
        """The document exported last."""
        self._shown_key = ""
        """The screen that was shown last."""
        self._small = False
        self._warned = ""
        """What was said last of what would be lost by leaving."""
        self._returning = False
        self._asked_name = False
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Five parts from top to bottom, beside the second one more, and the list that comes over them."""
        yield self.title_line
        with SideBySide():
            yield self.sheet
            yield self.page
        yield self.detail
        yield self.foot
        yield self.keys
        yield self.picker

    def on_mount(self) -> None:
        """The sheet has the keys; everything is as it was left, half-typed text included."""
        self.sheet.focus()
        self._returning = True

    def _come_back(self) -> None:
        """Once the size is known: the screen, the place and the text of last time."""
        self._returning = False
        draft = come_back(self.bench)
        told = self.bench.notice
        self.show(self.bench.places.get(self.pane_key))
        if draft is not None and self.sheet.go(draft.place):
            self.bench.typed_over = as_begun(self.bench.document, draft)
            self.sheet.begin_edit(draft.text)
            self.bench.notice = told
            self.show_detail()

    def on_resize(self) -> None:
        """Another width is another view; a low window has less room for details."""
        self.detail.resize_to(detail_count(self.size.height))
        if self._returning:
            self.call_after_refresh(self._come_back)
        self.show()

    # ---- showing

    def show(self, place: Location | None = None) -> None:
        """Show the workbench as it is now, the cursor at a place."""
        self._small = is_small(self.size.width, self.size.height)
        if not self.size.width:
            return
        remembered = place or self.bench.places.get(self.pane_key)
        anew, self._shown_key = self._shown_key != self.pane_key, self.pane_key
        room = self.page.make_room(self)
        self.sheet.show(self.bench.view(room), remembered, anew=anew)
        self.picker.lie_over(room)
        if not self._returning:
            self.note_place()
        self.title_line.show([title_pieces(self.bench)])
        self.keys.show([key_pieces(self.size.width, self.keymap)])
        self.show_detail()
        self.show_foot()

    def note_place(self) -> None:
        """Remember where the cursor stands; what was copied to the cell that it left has been looked at."""
        place = self.sheet.place
        if place is not None:
            self.bench.places[self.pane_key] = place
            keep_position(self.bench, place)
        if self.bench.desk.unseen.look_at(place):
            self.bench.forget()
            self.sheet.renew(self.bench.view(self.page.make_room(self)))

    def show_again(self) -> None:
        """Something has changed behind the screen: cursor and selection stay where they are."""
        place = self.sheet.place
        self.sheet.keep_selection(lambda: self.show(place))

    def show_detail(self) -> None:
        """What is said about the cell at hand."""
        cell, notice, width, count = self.sheet.cell, self.bench.notice, self.size.width, self.detail.count
        typing = self.draft_review
        self._show_lines(
            detail_lines(self.bench.shown, cell, self.draft, notice, width, count, typing.said, typing.offered)
        )
        self.page.explain(self)

    def show_step(self) -> None:
        """The cursor has come to a cell: say which; what there is to read follows when it stays."""
        cell = self.sheet.cell
        whole = detail_lines(self.bench.shown, cell, None, "", self.size.width, self.detail.count)
        self._show_lines(lines_of_step(cell, whole, self.detail.texts))
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_RESTS, self.show_detail)

    def _show_lines(self, lines: Sequence[DetailLine]) -> None:
        self.detail.show([[(line.text, STYLES[line.tone])] for line in lines])

    def show_foot(self) -> None:
        """The sums, the counts, and the truth about saving."""
        if self._small:
            text = _("窗口太小（至少 {width}x{height}）· {saved}").format(
                width=_LEAST_WIDTH, height=_LEAST_HEIGHT, saved=saved_text(self.bench.desk.status)
            )
        else:
            record = self.bench.record if self.bench.pane in OF_ONE_PROJECT else None
            text = foot_text(self.bench.shown, record, saved_text(self.bench.desk.status))
        failed = self.bench.desk.status.state is SaveState.FAILED
        self.foot.show([[(text, STYLES[Tone.ERROR if failed else Tone.PLAIN])]])

    @property
    def pane_key(self) -> str:
        """What the cursor's place is remembered under."""
        return f"{self.bench.pane}:{self.bench.file}" if self.bench.pane in OF_ONE_PROJECT else self.bench.pane

    # ---- for host and actions

    def run(self, command_id: str) -> None:
        """Run a command."""
        self.bench.notice = ""
        from perftui.tui.screens.actions import ACTIONS  # loaded behind the first screen

        ACTIONS[command_id](self)
        self.show_detail()

    def go(self, place: Location) -> None:
        """Show a place on a screen where it can be edited, the cursor there."""
        self.bench.show_place(place)
        self.show(place)

    def refresh_after(self, act: Callable[[Workbench], Location | None]) -> None:
        """Run something on the workbench and show what came of it."""
        place = act(self.bench)
        if place is not None:
            self.bench.show_place(place)
        self.show(place)

    def changed_outside(self, changed: tuple[Location, ...]) -> None:
        """Somebody else changed files: show it; the cell being typed stays as it is."""
        place, text = self.sheet.place, self.draft
        self.bench.changed()
        conflicts = conflicts_in(changed, self.bench.document)
        self.bench.undecided += conflicts
        unreadable = {problem.file for problem in self.bench.desk.problems}
        told = told_of_changes(changed, len(conflicts), unreadable), told_losses(self.bench.desk.losses())
        self.bench.notice = _("；").join(filter(None, told))
        self.show_again()
        if text is not None and self.sheet.place != place:
            self.sheet.cancel()
            self.bench.clip = ((text,),)
            self.bench.notice = _("正在填写的一格被别人删除了；输入的内容已复制，可以用 Ctrl+V 粘贴到别处")
        self.show_detail()

    def others_changed(self, others: tuple[Present, ...]) -> None:
        """Somebody else came, went, or is in another project."""
        self.bench.others = others
        self.title_line.show([title_pieces(self.bench)])
        if any(one.person == person() for one in others) and not self._asked_name and not os.environ.get(VARIABLE):
            self._asked_name = True
            self.bench.notice = _("这个账号还有别人在用：按 Ctrl+P 选“我是谁”，写上您的名字")
            self.show_detail()

    def say(self, sentence: str) -> None:
        """Show a sentence under the sheet."""
        self.bench.notice = sentence
        self.show_detail()

    def choose_document(self) -> None:
        """Close this document and choose another."""
        self.leave(CHOOSE)

    def leave(self, answer: str | None = None) -> None:
        """Write what waits, and end; what cannot be written is said first, and again when it has got worse."""
        status = self.bench.desk.flush(3.0)
        if status.state is SaveState.FAILED:
            kept = self.bench.desk.no_journal or _("改动留在日志里，下次打开时恢复")
            told = _("{why}；再按一次 Ctrl+Q 仍然退出（{kept}）").format(why=status.message, kept=kept)
            if told != self._warned:
                self._warned = told
                self.say(told)
                return
        self.app.exit(answer)
