"""The one screen of an open document: title, sheet, detail, foot and keys. What is shown is the state's."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.timer import Timer

from perftui.locale import _
from perftui.model.document import Location
from perftui.session.journal.recovery import as_begun, same_field
from perftui.session.losses import losses_in_words
from perftui.session.presence import PresentUser
from perftui.session.user import VARIABLE, person
from perftui.tui.commands import keymap
from perftui.tui.screens.background_work import Result, in_background
from perftui.tui.screens.draft_review import DraftReview
from perftui.tui.screens.page_count import count_behind
from perftui.tui.screens.rule_panel import RulePanel, SideBySide
from perftui.tui.screens.sheet_host import DocumentSheetHost
from perftui.tui.screens.sheet_screen import SheetScreen
from perftui.tui.screens.status_lines import foot_pieces, key_pieces, pane_at, title_pieces
from perftui.tui.state.app_state import AppState
from perftui.tui.state.journal_keeper import JournalKeeper
from perftui.tui.state.restore_position import keep_position, restore
from perftui.tui.widgets.host_protocol import SheetHost
from perftui.tui.widgets.text_lines import Piece, TextLines
from perftui.tui.widgets.tones import RULED, STYLES
from perftui.viewmodel.detail import DetailLine, detail_lines, lines_of_step
from perftui.viewmodel.moves import position
from perftui.viewmodel.outside_changes import changes_in_words, conflicts_in

if TYPE_CHECKING:
    from perftui.tui.actions.context import Action

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


def _half_typed(others: Sequence[PresentUser], known: Collection[tuple[str, float]]) -> list[str]:
    """What those who were not known before have typed and not finished, a sentence each."""
    return [
        _("{who} 在另一个窗口有一处没写完：{field}").format(who=one.person, field=one.typing)
        for one in others
        if one.typing and (one.person, one.since) not in known
    ]


Actions = Callable[[], Mapping[str, "Action"]]
"""Loads the action of each command; the first screen does not wait for it."""


class DocumentScreen(SheetScreen, inherit_bindings=False):
    """Shows the state; the sheet asks its host, and everything a person does is an action."""

    CSS = "DocumentScreen { layers: base above; layout: vertical; background: ansi_default; color: ansi_default; }"

    def __init__(self, state: AppState, actions: Actions, keys: Mapping[str, str] | None = None) -> None:
        self.state = state
        super().__init__(JournalKeeper(state))
        self._actions = actions
        self.title_line = TextLines(1, RULED, name="title")
        self.rule_panel = RulePanel()
        self.detail = TextLines(_DETAIL, name="detail")
        self.foot = TextLines(1, RULED, name="foot")
        self.keymap = keys or keymap()
        self.draft_review = DraftReview(state, self.set_timer, self.show_detail, self.background)
        self._shown_key = ""
        """The screen that was shown last."""
        self._small = False
        self._returning = False
        self._asked_name = False
        self._known_others: set[tuple[str, float]] = set()
        self._resting: Timer | None = None

    def make_host(self) -> SheetHost:
        """Who answers what the sheet asks."""
        return DocumentSheetHost(self)

    def compose(self) -> ComposeResult:
        """Five parts from top to bottom, beside the second one more, and the list that comes over them."""
        yield self.title_line
        with SideBySide():
            yield self.sheet
            yield self.rule_panel
        yield self.detail
        yield self.foot
        yield self.keys
        yield self.picker

    def on_mount(self) -> None:
        """The sheet has the keys; everything is as it was left, half-typed text included."""
        self.sheet.focus()
        self._returning = True
        shown = {True: self.show_again, False: self.show_foot}  # do the rules find something else than before?
        self.state.live_review.look_behind(partial(self.background, "edits"), lambda other: shown[other]())

    def _come_back(self) -> None:
        """Once the size is known: the screen, the place and the text of last time."""
        self._returning = False
        draft, session = restore(self.state), self.state.session
        notice = self.state.notice
        self.show(self.state.places.get(self.state.pane_key))
        if draft is not None and not (self.sheet.go(draft.place) and same_field(session.form, draft)):
            session.hold(draft.place, draft.text, draft)
            session.draft(None)
        elif draft is not None:
            self.state.begin_typing(as_begun(session.document, session.form, draft))
            self.sheet.begin_edit(draft.text)
            self.state.say(notice)
            self.show_detail()
        if session.offers:
            from perftui.tui.actions.draft_actions import list_drafts

            list_drafts(self)

    def on_resize(self) -> None:
        """Another width is another view; a low window has less room for details."""
        self.detail.resize_to(detail_count(self.size.height))
        if self._returning:
            self.call_after_refresh(self._come_back)
        self.show()

    # ---- showing

    def show(self, place: Location | None = None) -> None:
        """Show the state as it is now, the cursor at a place."""
        self._small = is_small(self.size.width, self.size.height)
        if not self.size.width:
            return
        remembered = place or self.state.places.get(self.state.pane_key)
        self.state.born.leave(remembered or self.sheet.place)
        anew, self._shown_key = self._shown_key != self.state.pane_key, self.state.pane_key
        room = self._room()
        self.sheet.show(self.state.view(room, self._lines), remembered, anew=anew)
        self.picker.lie_over(room)
        if self.state.pane == "preview":
            count_behind(self.state, self.background, self.show_again)
        if not self._returning:
            self.note_place()
        self.show_keys()
        self.show_detail()
        self.show_foot()

    def _show_title(self) -> None:
        self.title_line.show([title_pieces(self.state, self.size.width, *position(self.sheet.view, self.sheet.at[0]))])

    def note_place(self) -> None:
        """Remember where the cursor stands."""
        place = self.sheet.place
        if place is not None:
            self.state.remember(place)
            keep_position(self.state, place)

    @property
    def _lines(self) -> int:
        """The lines that the sheet has."""
        return max(1, self.size.height - self.detail.count - 3)

    def _room(self) -> int:
        """The width that the sheet has."""
        return self.rule_panel.make_room(self.state.pane, self.size.width, self._lines)

    def show_again(self) -> None:
        """Something has changed behind the screen: cursor and selection stay where they are."""
        place = self.sheet.place
        self.sheet.keep_selection(lambda: self.show(place))

    def show_detail(self) -> None:
        """Show the lines about the cell under the cursor."""
        cell, notice, width, count = self.sheet.cell, self.state.notice, self.size.width, self.detail.count
        typing = self.draft_review
        self._show_lines(
            detail_lines(self.state.shown, cell, typing.text, notice, width, count, typing.said, typing.offered)
        )
        self._show_title()
        if self.rule_panel.display:
            from perftui.tui.state.review_decisions import rule_at  # loaded behind the first screen

            rule_id = rule_at(self.state, self.sheet.at[0], self.sheet.place)
            self.rule_panel.explain(rule_id, ascii_frames=self.state.views.ascii_frames)

    def show_step(self) -> None:
        """The cursor has come to a cell: say which; what there is to read follows when it stays."""
        if self.state.notice:
            self.show_detail()
            return
        cell = self.sheet.cell
        whole = detail_lines(self.state.shown, cell, None, "", self.size.width, self.detail.count)
        self._show_lines(lines_of_step(cell, whole, self.detail.texts))
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_RESTS, self.show_detail)

    def _show_lines(self, lines: Sequence[DetailLine]) -> None:
        self.detail.show([[(line.text, STYLES[line.tone])] for line in lines])

    def show_foot(self) -> None:
        """The sums, the counts, and the state of saving."""
        least = (_LEAST_WIDTH, _LEAST_HEIGHT) if self._small else None
        self.foot.show([foot_pieces(self.state, self.sheet.selected() if self.sheet.is_selecting else None, least)])

    @property
    def detail_room(self) -> int:
        """Lines under the sheet in which a sentence is shown."""
        return self.detail.count

    @property
    def typing_in(self) -> str:
        """What people call the field or the answer that is being typed; "" for none."""
        cell = self.sheet.cell
        return self.picker.typed_into or (cell.label if self.sheet.edit is not None and cell is not None else "")

    def as_seen(self, answer: Callable[[str], None]) -> Callable[[str], None]:
        """What others write while a question is open, the answer does not write over."""
        return self.state.seen.bound(answer, self.state.document)

    def key_line(self) -> Sequence[Piece]:
        """The most used commands with their keys."""
        return key_pieces(self.size.width, self.keymap, self.state.pane)

    def on_click(self, event: events.Click) -> None:
        """A click on the name of a screen shows it."""
        pane = pane_at(event.screen_x) if event.screen_y == self.title_line.region.y else None
        if pane is not None and not self.is_asking and self.sheet.leave():
            self.run(f"view.{pane}")

    # ---- for host and actions

    def run(self, command_id: str) -> None:
        """Run a command."""
        self.state.say("")
        self._actions()[command_id](self)
        self.show_detail()
        self.show_foot()

    def go(self, place: Location | None) -> None:
        """Show a place on a screen where it can be edited; ``None``: stay where one is."""
        if place is not None:
            self.state.show_place(place)
        self.show(place)

    def changed_outside(self, changed: tuple[Location, ...]) -> None:
        """Somebody else changed files: show it; the cell being typed stays as it is. What went is told."""
        place, text, renames = self.sheet.place, self.draft_review.text, self.state.session.renames()
        if place is not None and place.file in renames:
            place = replace(place, file=renames[place.file])
        self.state.follow_renames(renames)
        were_unreadable = {problem.file for problem in self.state.shown.problems}
        self.state.changed()
        conflicts = conflicts_in(changed, self.state.document)
        self.state.route.add_undecided(conflicts)
        unreadable = {problem.file for problem in self.state.session.problems}
        self.state.say(changes_in_words(changed, len(conflicts), unreadable, were_unreadable, renames))
        self.state.messages.tell(losses_in_words(self.state.session.losses()))
        self.sheet.keep_selection(lambda: self.show(place))
        if text is not None and place is not None and self.sheet.place != place:
            self.sheet.cancel()
            self.state.keep_clip([[text]], self.state.session.hold(place, text))
            self.state.say("")
            self.state.messages.tell(_("正在填写的一格被别人删除了；输入的内容已复制，可以用 Ctrl+V 粘贴到别处"))
        self.show_detail()

    def others_changed(self, others: tuple[PresentUser, ...]) -> None:
        """Somebody else came, went, or is in another project."""
        self.state.note_others(others)
        self._show_title()
        told = _half_typed(others, self._known_others)
        self._known_others |= {(one.person, one.since) for one in others}
        if any(one.person == person() for one in others) and not self._asked_name and not os.environ.get(VARIABLE):
            self._asked_name = True
            told.append(_("这个账号还有别人在用：按 Ctrl+P 选“我是谁”，写上您的名字"))
        if told:
            self.tell(_("；").join(told))

    def say(self, sentence: str) -> None:
        """Show a sentence under the sheet."""
        self.state.say(sentence)
        self.show_detail()
        self.show_foot()

    def tell(self, sentence: str) -> None:
        """Show a sentence that no key asked for: it stands until it could be read."""
        self.state.messages.tell(sentence)
        self.show_detail()

    def background(self, group: str, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do ``work`` in a thread and give its result to ``done``."""
        in_background(self, self.tell, group, work, done)
