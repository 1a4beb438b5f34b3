"""The one grid widget: keys move the cursor, select, and type; what comes of it is asked of the host."""

from textual import events

from perftui.model.text import is_text
from perftui.model.textedit import TextEdit, begin
from perftui.tui.widgets.cursor_grid import CursorGrid
from perftui.tui.widgets.edit_keys import EditExit, edited
from perftui.tui.widgets.host_protocol import SheetHost
from perftui.viewmodel import moves
from perftui.viewmodel.grid import CellView


class Sheet(CursorGrid, can_focus=True):
    """The grid with its keys. ``show`` gives it a view; what keys do is asked of the host."""

    def __init__(self, host: SheetHost) -> None:
        super().__init__(host)
        self.overwriting = False
        """The text being typed replaces the cell's: arrows leave it."""

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        """Every key comes here first."""
        event.stop()
        event.prevent_default()
        came = getattr(event, "came", None)
        self.host.key_came(came.read if came is not None else None)
        if self.popup is not None and self.is_covered and self.popup.take_key(event):
            return
        if self.edit is not None:
            self._edit_key(event)
        elif not self._grid_key(event.key) and not self.host.run_key(event.key):
            self._type(event)

    def _grid_key(self, key: str) -> bool:
        extend = "shift+" in key and key != "shift+tab"
        plain = key.replace("shift+", "") if extend else key
        target = self.target(plain)
        if target is not None:
            self._run_start = None
            self._move(target, extend=extend)
            return True
        match key:
            case "tab" | "shift+tab":
                self.next(1 if key == "tab" else -1)
            case "enter":
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
                self.end_selection()
                self.refresh()
            case _:
                return False
        return True

    def _enter_pressed(self) -> None:
        if self.cell is not None and not self.cell.editable:
            self.host.opened(self.cell)
        else:
            self._enter()

    def _enter(self) -> None:
        if self.view.enter_down:
            self._move(moves.down_from_run(self.view, self.at, self._run_start))
            self._run_start = None
        else:
            self.next()

    @property
    def _is_editable(self) -> bool:
        return self.cell is not None and self.cell.editable

    def _type(self, event: events.Key) -> None:
        if event.character is None or not is_text(event.character):
            self.host.useless(event.key)
            return
        if self._is_editable:
            self._begin("", overwriting=True)
            self._changed(self.edit.insert(event.character) if self.edit else None)
        else:
            self.host.typed_in_list(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """One text goes into the cell; a block goes to the host."""
        event.stop()
        cell = self.cell
        if self.popup is not None and self.is_covered and self.popup.take_paste(event.text):
            return
        if cell is None or not cell.editable:
            self.host.typed_in_list(event.text)
        elif _is_block(event.text, cell):
            if self.edit is None or self.leave():
                self.host.paste(cell, event.text)
        else:
            if self.edit is None:
                self._begin("", overwriting=True)
            self._changed(self.edit.paste(event.text.rstrip("\n")) if self.edit else None)

    # ---- editing

    def begin_edit(self, text: str | None = None) -> None:
        """Edit the current cell, at the end of its text (or of a half-typed text that came back)."""
        if self._is_editable and self.cell is not None:
            self._begin(self.cell.edit_text if text is None else text, overwriting=False)

    def _begin(self, text: str, *, overwriting: bool) -> None:
        if self.cell is not None:
            self.overwriting = overwriting
            self.end_selection()
            self._changed(_begun(text, self.cell))

    def _edit_key(self, event: events.Key) -> None:
        typed = self.typed
        if typed is None:
            return
        step = edited(typed.edit, event, typed.width, overwriting=self.overwriting)
        if isinstance(step, TextEdit):
            self._changed(step)
        elif step is EditExit.CANCEL:
            self._close()
        elif step is EditExit.COMMAND and self.host.while_typing(event.key, typed.cell, typed.edit.text):
            return
        elif step is not None and self.leave():
            self._after_leaving(step, event.key)

    def _after_leaving(self, step: EditExit, key: str) -> None:
        if step is EditExit.COMMAND:
            self.host.run_key(key)
        elif step is EditExit.ENTER:
            self._enter()
        elif step is EditExit.NEXT or step is EditExit.PREVIOUS:
            self.next(1 if step is EditExit.NEXT else -1)
        else:
            self._grid_key(key)

    def leave(self) -> bool:
        """Commit the text being typed; False where it is refused and stays open."""
        cell, edit = self.cell, self.edit
        if cell is None or edit is None:
            return True
        outcome = self.host.commit(cell, edit.text)
        if outcome.refusal:
            self.host.drafted(cell, edit.text, outcome.refusal)
            return False
        self._close()
        if outcome.place is not None:
            self.go(outcome.place)
        return True

    def finish(self, text: str) -> None:
        """Put a text in place of the one being typed, commit it and go on."""
        if self.edit is not None and self.cell is not None:
            self._changed(_begun(text, self.cell))
            if self.leave():
                self.next()

    def drop_edit(self) -> None:
        """Stop painting the text being typed: it was taken, and what is shown next has it."""
        self.edit = None

    def cancel(self) -> None:
        """Give up the text being typed."""
        if self.edit is not None:
            self._close()

    def _close(self) -> None:
        cell = self.cell
        grown = cell is not None and cell.wrapped
        self.edit = None
        self.host.closed()
        self._settle()
        if grown:
            self.refresh()
        else:
            self._refresh_row(self.at[0])

    def _changed(self, edit: TextEdit | None) -> None:
        cell = self.cell
        if edit is None or cell is None:
            return
        before = self.lines.height(self.at[0])
        self.edit = edit
        self._settle()
        if self.lines.height(self.at[0]) != before:
            self.refresh()
        else:
            self._refresh_row(self.at[0])
        self.host.drafted(cell, edit.text, edit.notice)


def _begun(text: str, cell: CellView) -> TextEdit:
    return begin(text, multiline=cell.multiline, wrapped=cell.wrapped, limit=cell.limit)


def _is_block(text: str, cell: CellView) -> bool:
    inner = text.rstrip("\r\n")
    return "\t" in inner or (not cell.multiline and ("\n" in inner or "\r" in inner))
