"""The one grid widget: keys move the cursor, select, and type; what comes of it is asked of the host."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from textual import events

from perftui.model.text import is_text
from perftui.model.textedit import TextEdit
from perftui.tui.widgets.edit_grid import EditGrid
from perftui.tui.widgets.edit_keys import NEW_IN_TEXT, EditExit, clipped, edited
from perftui.tui.widgets.grid_widget import Popup
from perftui.tui.widgets.host_protocol import SheetHost
from perftui.viewmodel import moves
from perftui.viewmodel.grid import CellView

_WHEEL = 3
"""Rows that one turn of the wheel goes."""


class Sheet(EditGrid, can_focus=True):
    """The grid with its keys. ``show`` gives it a view; what keys do is asked of the host."""

    def __init__(self, host: SheetHost) -> None:
        super().__init__(host)
        self.take_back: Callable[[], object] | None = None
        """Takes back what the last key, Esc, did."""

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        """Every key comes here first, but what answers no question goes to the host."""
        event.stop()
        event.prevent_default()
        came = getattr(event, "came", None)
        self.host.key_came(*((came.read, came.pause) if came is not None else (None, None)))
        with self._by_hand():
            self._key_came(event)

    def _key_came(self, event: events.Key) -> None:
        self.take_back = None
        if self.host.holds(event):
            return
        key = event.key
        if key.startswith("alt+") and getattr(event, "after_escape", False) and not self._is_text_open:
            self._take_key(events.Key("escape", None))
            event = events.Key(key.removeprefix("alt+"), None)
        self._take_key(event)

    def _by_hand(self) -> AbstractContextManager[None]:
        return self.popup.by_hand() if self.popup is not None else nullcontext()

    @property
    def _is_text_open(self) -> bool:
        return self.popup.is_typed if self.popup is not None and self.is_covered else self.edit is not None

    def _take_key(self, event: events.Key) -> None:
        if self.popup is not None and self.is_covered and self._popup_key(self.popup, event):
            if event.key == "escape":
                self.take_back = self.popup.reopen
        elif self.edit is not None:
            self._edit_key(event)
        elif not self._grid_key(event.key) and not self.host.run_key(event.key):
            self._type(event)

    def _popup_key(self, popup: Popup, event: events.Key) -> bool:
        if event.key == "ctrl+v" and popup.is_typed:
            return popup.take_paste(self.host.take_clip(put_in=popup.is_field))
        return popup.take_key(event)

    def escape_was_none(self) -> None:
        """The last Esc was the begin of another key: what it did is taken back."""
        if self.take_back is not None:
            self.take_back()
            self.take_back = None

    def _grid_key(self, key: str) -> bool:
        extend = "shift+" in key and key != "shift+tab"
        plain = key.replace("shift+", "") if extend else key
        target = self.target(plain)
        if target is not None:
            self._run_start = None
            self._step(target, extend=extend)
            return True
        match key:
            case "tab" | "shift+tab":
                self.next(1 if key == "tab" else -1)
            case "enter" | "ctrl+j" | "newline":
                self._enter_pressed()
            case "pageup" | "pagedown":
                self._page(1 if key == "pagedown" else -1)
            case "ctrl+a" if not self.view.row_cursor:
                self.select_all()
            case "backspace" if self._is_editable:
                self._begin("", overwriting=False)
            case "delete":
                self.host.clear([cell for row in self.selected() for cell in row if cell.editable])
            case "escape" if self._anchor is not None:
                self._drop_selection()
            case _:
                return False
        return True

    def _step(self, target: moves.Place, *, extend: bool) -> None:
        stays = target == self.at
        self._move(target, extend=extend)
        if stays:
            self.host.at_edge(None)

    def _drop_selection(self) -> None:
        selected = self.extending, self._anchor
        self.end_selection()
        self._show_selection()

        def select_again() -> None:
            self.extending, self._anchor = selected
            self._show_selection()

        self.take_back = select_again

    def _show_selection(self) -> None:
        self.refresh()
        self.host.cursor_moved(self.cell)

    def _enter_pressed(self) -> None:
        if self.cell is not None and not self.cell.editable:
            self.host.opened(self.cell)
        else:
            self._enter()

    def _enter(self) -> None:
        if not self.view.enter_down or self.row is None or not self.row.table:
            self.next()
            return
        found = moves.below_in_table(self.view, self.at, self._run_start)
        self._run_start = None
        if found is None:
            self.host.at_edge(self.cell)
        else:
            self._move(found)

    def _type(self, event: events.Key) -> None:
        if event.character is None or not is_text(event.character):
            self.host.useless(event.key)
            return
        character = event.character
        if self._is_editable:
            self._put_in(lambda edit: edit.insert(character))
        else:
            self.host.typed_in_list(character)

    def on_paste(self, event: events.Paste) -> None:
        """One text goes into the cell; a block goes to the host."""
        event.stop()
        if not self.host.holds(event):
            self.put(event.text)

    def put(self, text: str) -> None:
        """Put a text, or a block, into what lies over the grid, or in at the cursor."""
        if self.popup is None or not self.is_covered or not self.popup.take_paste(text):
            self.paste(text)

    def paste(self, text: str) -> None:
        """Put a text, or a block, in at the cursor."""
        cell = self.cell
        if cell is None or not cell.editable:
            if any(sign in text.strip() for sign in "\t\r\n"):
                self.host.keep(text)
            else:
                self.host.typed_in_list(text)
        elif self.host.is_block(cell, text):
            if self.edit is None or self.leave():
                self.host.paste(self.cell or cell, text)
            else:
                self.host.keep(text)
        else:
            from perftui.exchange.tabular import as_one_text  # loaded when something is pasted

            self._put_in(lambda edit: edit.paste(as_one_text(text)))

    # ---- the mouse

    def on_click(self, event: events.Click) -> None:
        """A click goes to a cell, or to a place in the text being typed; a double one opens it, as Enter or F2 does."""
        event.stop()
        if self.is_covered or self.host.is_asking:
            return
        index = self.index_at(event.x, event.y)
        if self.edit is not None and index is not None:
            self.overwriting = False  # who puts the caret into a text goes on inside it
            self._changed(self.edit.place(index))
            return
        at = self.cell_at(event.x, event.y)
        if at is None or (at == self.at and self.edit is not None) or not self.leave():
            return
        self._run_start = None
        self._move(at)
        if event.chain == 2:
            self._opened()

    def _opened(self) -> None:
        if self.cell is None:
            return
        if self.cell.editable:
            self.begin_edit()
            return
        with self._by_hand():
            self.host.opened(self.cell)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor, but leaves no open cell."""
        self._scrolled(event, "down")

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The same upwards."""
        self._scrolled(event, "up")

    def _scrolled(self, event: events.MouseEvent, key: str) -> None:
        event.stop()
        if self.edit is None and not self.is_covered and not self.host.is_asking:
            for _line in range(_WHEEL):
                self._grid_key(key)

    # ---- editing

    def _edit_key(self, event: events.Key) -> None:
        typed = self.typed
        if typed is None:
            return
        if event.key in NEW_IN_TEXT:
            self.host.means_something_new(event.key)
        if event.key in ("ctrl+c", "ctrl+x", "ctrl+v"):
            self._clip_key(event.key, typed.edit)
            return
        step = edited(typed.edit, event, typed.width, overwriting=self.overwriting)
        if isinstance(step, TextEdit):
            self._changed(step)
        elif step is EditExit.CANCEL:
            self._throw_away(typed.cell, typed.edit)
        elif step is EditExit.COMMAND and self.host.while_typing(event.key, typed.cell, typed.edit.text):
            return
        elif self.leave():
            self._after_leaving(step, event.key)

    def _clip_key(self, key: str, edit: TextEdit) -> None:
        """Copy or cut the selected part of the text, or put in what was copied."""
        if key == "ctrl+v":
            self.paste(self.host.take_clip())
        else:
            self._changed(clipped(edit, key, self.host.copied))

    def _throw_away(self, cell: CellView, edit: TextEdit) -> None:
        """Esc: what was typed is not wanted, but can be had back, caret and all."""
        if edit.can_undo or (edit.text and edit.text != cell.edit_text):
            self.host.thrown_away(cell, edit, overwriting=self.overwriting)
            self.take_back = lambda: None if self.edit is not None else self.host.give_back()
        elif not edit.text or not self.overwriting:
            self.take_back = lambda: self.resume(edit, overwriting=self.overwriting)
        self._close()

    def _after_leaving(self, step: EditExit, key: str) -> None:
        if step is EditExit.COMMAND:
            self.host.run_key(key)
        elif step is EditExit.ENTER:
            self._enter()
        elif step is EditExit.NEXT or step is EditExit.PREVIOUS:
            self.next(1 if step is EditExit.NEXT else -1)
        elif not self._grid_key(key):
            self._grid_key(key.removeprefix("ctrl+"))
