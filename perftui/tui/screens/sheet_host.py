"""Answers what the sheet asks about entries, keys, pastes and moves."""

from typing import TYPE_CHECKING

from textual import events

from perftui.locale import _
from perftui.model.document import Location
from perftui.model.textedit import TextEdit
from perftui.tui.commands import LIST_KEYS, key_label, useless_in_text
from perftui.tui.panes import FILTERED, LISTS, PANES
from perftui.tui.screens.list_filter import ListFilter
from perftui.tui.widgets.host_protocol import EntryOutcome
from perftui.viewmodel.grid import CellView

if TYPE_CHECKING:
    from perftui.tui.screens.host_context import HostContext
    from perftui.tui.state.app_state import AppState


_NOT_IN_TEXT = ("row.", "edit.fill", "edit.cut", "edit.paste")
"""Commands that would change the cell being typed under the hand."""


class DocumentSheetHost:
    """The host of the sheet on the screen of an open document.

    What only the first key needs is loaded with it: the first screen waits for as little as it can.
    """

    def __init__(self, screen: "HostContext") -> None:
        self._screen = screen
        self._state = screen.state
        self._told = ""  # what is said with the next change of the text
        self._selected = False  # does the foot tell of a selection?
        self._filter = ListFilter(screen)

    def holds(self, event: events.Key | events.Paste) -> bool:
        """What answers no question goes to the tray, which also answers its own."""
        return self._screen.tray.holds(event)

    @property
    def is_asking(self) -> bool:
        """Does the tray ask?"""
        return self._screen.tray.is_open

    def take_clip(self, *, put_in: bool = True) -> str:
        """What was copied or kept, as text."""
        from perftui.tui.state.clipboard import take_clip

        return take_clip(self._state, put_in=put_in)

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
        place, begun = cell.place, self._state.seen.typed_over
        if place is None:
            return

        def reopen() -> None:
            from perftui.tui.actions.app_actions import type_on

            type_on(self._screen, place, edit, begun, overwriting=overwriting)

        self._screen.throw_away(edit, reopen)

    def give_back(self) -> None:
        """Go on with the text that was thrown away just now."""
        self._screen.give_back()

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

    def key_came(self, read: int | None, pause: float | None) -> None:
        """A key has come."""
        self._state.walk.key_came(read, pause)
        self._state.messages.key_came()

    def run_key(self, key: str) -> bool:
        """Run the command of a key."""
        in_list = self._state.pane in LISTS and not self._state.filter
        command_id = self._screen.keymap.get(key) or (LIST_KEYS.get(key) if in_list else None)
        if command_id is None and key == "escape":
            return self._escape()
        if command_id is None and key == "backspace" and self._filter.text:
            self._filter.put(self._filter.text[:-1])
            return True
        if key == "ctrl+u" and self._filter.text:  # as in every line that is typed
            self._filter.put("")
            return True
        if command_id is None:
            return False
        self._filter.drop()
        _take_up(self._state, self._screen.sheet.place)
        self._screen.run(command_id)
        return True

    def while_typing(self, key: str, cell: CellView, text: str) -> bool:
        """Run a command that works on the text being typed; False where the cell is to be left first.

        A key that means nothing leaves nothing: what is typed next would replace the text.
        """
        from perftui.tui.actions.suggestion_picker import continued, stands_with_others

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
        if command_id is None or (command_id == "cell.edit" and not self._screen.sheet.overwriting):
            self._screen.say(useless_in_text(key))
            return True
        if command_id != "cell.take":
            return False
        if not text:
            self._screen.sheet.cancel()
            self._screen.run("cell.take")
        elif whole := continued(self._screen, cell, text, self._screen.draft_review.offered):
            self._screen.sheet.finish(whole)
        elif not stands_with_others(self._screen, cell):
            self._screen.say(_("没有与“{typed}”相符的建议").format(typed=text))
        elif self._screen.sheet.leave():
            self._screen.run("cell.take")
        return True

    def is_block(self, cell: CellView, text: str) -> bool:
        """Does a text go over several cells?"""
        from perftui.tui.state.clipboard import is_block

        return is_block(self._state, cell, text)

    def paste(self, cell: CellView, text: str) -> None:
        """Take a block that goes over several cells."""
        from perftui.tui.actions.copy_actions import paste_block

        paste_block(self._screen, cell, text, self._screen.tray.keep)

    def clear(self, cells: list[CellView]) -> None:
        """Make cells blank."""
        from perftui.tui.state.cell_entry import clear

        clear(self._state, cells)
        self._screen.show()

    def cursor_moved(self, _cell: CellView | None) -> None:
        """Say what is at the new place."""
        self._state.messages.repeat_lasting()
        self._screen.note_place()
        if self._state.born.leave(self._screen.sheet.place):
            self._screen.show_again()
        self._screen.show_step()
        selects = self._screen.sheet.is_selecting
        if selects or self._selected:
            self._screen.show_foot()
        self._selected = selects

    def drafted(self, cell: CellView, text: str, notice: str) -> None:
        """The text being typed has changed: it goes to the journal."""
        self._state.begin_typing()
        self._screen.draft_review.typed(cell, text)
        self._state.say(notice or self._told)
        self._told = ""
        self._state.session.draft(cell.place, text, self._state.seen.typed_over)
        self._screen.show_detail()

    def arrows_leave(self, *, leave: bool) -> None:
        """Have a wheel's arrows told apart from a hand's."""
        self._screen.arrows_leave(leave=leave)

    def closed(self) -> None:
        """Nothing is being typed any more."""
        self._screen.draft_review.left()
        self._state.end_typing()
        self._screen.show_detail()

    def opened(self, cell: CellView) -> None:
        """Enter on a row of a list goes to what it stands for."""
        from perftui.tui.actions.view_actions import open_cell

        open_cell(self._screen, cell)

    def typed_in_list(self, text: str) -> None:
        """What is typed in a list filters it."""
        if self._state.pane in FILTERED:
            if text in LIST_KEYS and not self._filter.text:
                self._screen.run(LIST_KEYS[text])
                return
            self._filter.put(self._filter.text + " ".join(text.split()))
            if text.isdecimal():
                self._screen.say(self._state.messages.once(_("在列表里输入数字也是筛选；换屏用 Alt+数字")))
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

    def at_edge(self, cell: CellView | None) -> None:
        """Say that there is nothing further."""
        from perftui.tui.actions.edges import told_at_edge

        self._screen.say(told_at_edge(cell))

    def past_end(self, step: int) -> None:
        """Tab goes on to the next project, by will alone."""
        from perftui.tui.actions.edges import tab_past_end

        tab_past_end(self._screen, step)

    def _escape(self) -> bool:
        if self._filter.drop():
            self._screen.say("")
        else:
            _step_back(self._screen, self._state)
        return True


def _step_back(screen: "HostContext", state: "AppState") -> None:
    """Esc with nothing to give up: all projects again, or back to their list."""
    viewpoint, place = state.viewpoint, screen.sheet.place

    def back() -> None:
        state.look_at(viewpoint)
        screen.show(place)

    if state.pane != PANES[0] and not state.filter:
        state.go_to_pane(PANES[0])
        screen.show(Location(file=state.file))
    else:
        is_home = not (state.filter or state.notice)
        state.filter_by("")
        state.say(_("已经在项目列表了；退出按 Ctrl+Q") if is_home else "")
        screen.show()
    screen.sheet.take_back = back


def _take_up(state: "AppState", place: Location | None) -> None:
    """The project under the cursor of a list or sheet is the one at hand for the commands."""
    if place is not None and not state.is_one_project and place.file in state.document.projects:
        state.select_project(place.file)
