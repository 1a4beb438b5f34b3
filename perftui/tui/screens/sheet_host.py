"""Answers what the sheet asks about entries, keys, pastes and moves."""

from typing import TYPE_CHECKING

from textual import events

from perftui.locale import _
from perftui.model.document import Location
from perftui.model.textedit import TextEdit
from perftui.tui.commands import LIST_KEYS, key_label
from perftui.tui.panes import COMPARISON, FILTERED, LISTS, PANES
from perftui.tui.widgets.host_protocol import EntryOutcome
from perftui.viewmodel.grid import CellView

if TYPE_CHECKING:
    from perftui.editing.paste import PastePlan
    from perftui.session.journal.entries import Offer
    from perftui.tui.screens.host_context import HostContext


_NOT_IN_TEXT = ("row.", "edit.fill", "edit.cut", "edit.paste")
"""Commands that would change the cell being typed under the hand."""


class DocumentSheetHost:
    """The host of the sheet on the screen of an open document.

    What only the first key needs is loaded with it: the first screen waits for as little as it can.
    """

    def __init__(self, screen: "HostContext") -> None:
        self._screen = screen
        self._state = screen.state
        self._told = ""
        """What is said with the next change of the text."""

    def holds(self, event: events.Key | events.Paste) -> bool:
        """What answers no question goes to the tray, which also answers its own."""
        return self._screen.tray.holds(event)

    @property
    def is_asking(self) -> bool:
        """Does the tray ask?"""
        return self._screen.tray.is_open

    def take_clip(self) -> str:
        """What was copied or kept, as text."""
        from perftui.exchange.tabular import format_block

        clip = self._state.clip
        self._state.clip_taken()
        return clip[0][0] if len(clip) == 1 and len(clip[0]) == 1 else format_block(clip)

    def copied(self, text: str) -> None:
        """Keep a part of a text, and give it to the desktop too."""
        from perftui.tui.actions.copy_actions import copy_text

        copy_text(self._screen, text)

    def say(self, sentence: str) -> None:
        """Show a sentence under the sheet."""
        self._screen.say(sentence)

    def keep(self, text: str) -> None:
        """Keep a paste for Ctrl+V."""
        self._screen.tray.keep(text)

    def means_something_new(self, key: str) -> None:
        """Say once what a key does now."""
        from perftui.tui.state.told_once import tell_once

        self._told = tell_once(key)

    def thrown_away(self, cell: CellView, edit: TextEdit, *, overwriting: bool) -> None:
        """Keep it for undo."""
        if cell.place is not None:
            history, begun = self._state.session.history, self._state.typed_over
            self._state.thrown.add(cell.place, edit, history, overwriting=overwriting, begun=begun)

    def give_back(self) -> None:
        """Open the cell again with the text that was thrown away last."""
        from perftui.tui.actions.app_actions import give_back

        give_back(self._screen)

    def commit(self, cell: CellView, text: str) -> EntryOutcome:
        """Take what was typed into a cell."""
        from perftui.editing.entry import EntryRefused
        from perftui.tui.state.cell_entry import enter

        try:
            place = enter(self._state, cell, text)
        except EntryRefused as refused:
            return EntryOutcome(refusal=str(refused))
        if self._state.messages.lasting:
            self._screen.call_after_refresh(self._state.messages.forget_lasting)
        self._screen.draft_review.left()
        if place is not None:
            self._state.follow(place)
        self._screen.sheet.drop_edit()
        self._screen.show(place)
        return EntryOutcome(place=place)

    def key_came(self, read: int | None) -> None:
        """A key has come."""
        self._state.walk.key_came(read)

    def run_key(self, key: str) -> bool:
        """Run the command of a key."""
        in_list = self._state.pane in LISTS and not self._state.filter
        command_id = self._screen.keymap.get(key) or (LIST_KEYS.get(key) if in_list else None)
        if command_id is None and key == "escape":
            return self._escape()
        if command_id is None and key == "backspace" and self._state.filter:
            self._state.filter_by(self._state.filter[:-1])
            self._screen.show()
            return True
        if command_id is None:
            return False
        self._take_up()
        self._screen.run(command_id)
        return True

    def _take_up(self) -> None:
        """The project under the cursor of a list or sheet is the one at hand for the commands."""
        cell = self._screen.sheet.cell
        file = cell.place.file if cell is not None and cell.place is not None else ""
        if not self._state.is_one_project and file in self._state.document.projects:
            self._state.select_project(file)

    def while_typing(self, key: str, cell: CellView, text: str) -> bool:
        """Run a command that works on the text being typed; False where the cell is to be left first.

        A key that means nothing leaves nothing: what is typed next would replace the text.
        """
        from perftui.tui.actions.suggestion_picker import complete

        command_id = self._screen.keymap.get(key)
        if command_id == "app.help":
            self._screen.run(command_id)
            return True
        if command_id == "app.quit":  # the journal has the text: the next start goes on with it
            if text == cell.edit_text:
                self._screen.sheet.cancel()
            self._screen.run(command_id)
            return True
        if command_id is not None and command_id.startswith(_NOT_IN_TEXT):
            self._screen.say(_("先按回车写好这一格，或按 Esc 放弃，再用这个键"))
            return True
        if command_id != "cell.take":
            return command_id is None
        if not text:
            self._screen.sheet.cancel()
            self._screen.run("cell.take")
        elif (whole := complete(self._screen, cell, text, self._screen.draft_review.offered)) is not None:
            self._screen.sheet.finish(whole)
        return True

    def paste(self, cell: CellView, text: str) -> None:
        """Take a block that goes over several cells."""
        from perftui.tui.state.clipboard import plan_paste
        from perftui.viewmodel.paste_preview import preview_lines

        plan = plan_paste(self._state, self._screen.sheet.view, self._screen.sheet.at, text)
        title = _("粘贴的内容这样放：回车 采用，Esc 放弃")
        held = self._state.session.hold(cell.place, text) if cell.place is not None else None
        self._screen.picker.confirm(
            title,
            preview_lines(plan),
            lambda: self._pasted(cell, plan, held),
            lambda: self._screen.tray.keep(text, held),
        )

    def _pasted(self, cell: CellView, plan: "PastePlan", held: "Offer | None") -> None:
        from perftui.tui.state.clipboard import run_plan

        if held is not None:
            self._state.session.let_go(held)
        place = run_plan(self._state, plan)
        self._screen.show(place or cell.place)

    def clear(self, cells: list[CellView]) -> None:
        """Make cells blank."""
        from perftui.tui.state.cell_entry import clear

        clear(self._state, cells)
        self._screen.show()

    def cursor_moved(self, _cell: CellView | None) -> None:
        """Say what is at the new place."""
        self._state.messages.say_what_lasts()
        self._screen.note_place()
        self._screen.show_step()

    def drafted(self, cell: CellView, text: str, notice: str) -> None:
        """The text being typed has changed: it goes to the journal."""
        self._state.begin_typing()
        self._screen.draft_review.typed(cell, text)
        self._state.say(notice or self._told)
        self._told = ""
        self._state.session.draft(cell.place, text, self._state.typed_over)
        self._screen.show_detail()

    def closed(self) -> None:
        """Nothing is being typed any more."""
        self._screen.draft_review.left()
        self._state.end_typing()
        self._screen.show_detail()

    def opened(self, cell: CellView) -> None:
        """Enter on a row of a list goes to what it stands for."""
        place = cell.place
        if self._state.pane == "preview":
            from perftui.viewmodel.preview import page_place

            place = page_place(cell)
        if place is None:
            return
        if self._state.pane == "projects" and place.file in self._state.document.projects:
            self._state.open_project(place.file)
            self._screen.show()
        elif self._state.pane == "findings":
            from perftui.tui.actions.finding_actions import open_row

            open_row(self._screen, place)
        elif self._state.pane == COMPARISON and not self._state.document.has(place.file):
            self._screen.say(_("这个项目今年没有了；要接着做，在项目列表里新建"))
        else:
            self._screen.go(place)

    def typed_in_list(self, text: str) -> None:
        """What is typed in a list filters it."""
        if self._state.pane in FILTERED:
            if text in LIST_KEYS and not self._state.filter:
                self._screen.run(LIST_KEYS[text])
                return
            self._state.filter_by(self._state.filter + " ".join(text.split()))
            self._screen.show()
        else:
            self._screen.say(_("这里不能输入，没有放进去"))

    def useless(self, key: str) -> None:
        """Say that a key does nothing here."""
        self._screen.say(_("{key} 在这里没有作用：F1 看所有按键").format(key=key_label(key)))

    def beyond(self, step: int) -> bool:
        """Beyond the first or last row of a project's grid, show the project before or after it."""
        if self._state.is_one_project and self._state.neighbour(step):
            self._screen.show()
            return True
        return False

    def _escape(self) -> bool:
        viewpoint, place = self._state.viewpoint, self._screen.sheet.place

        def back() -> None:
            self._state.look_at(viewpoint)
            self._screen.show(place)

        if self._state.filter:
            self._state.filter_by("")
        elif self._state.pane != PANES[0]:
            self._state.go_to_pane(PANES[0])
            self._screen.show(Location(file=self._state.file))
            self._screen.sheet.take_back = back
            return True
        self._state.say("")
        self._screen.show()
        self._screen.sheet.take_back = back
        return True
