"""The one grid widget: keys move the cursor, select, and type; what comes of it is asked of the host.

The host answers at once, not by messages: a key typed right after Enter must find the grid as Enter left it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from textual import events

from perftui.model.document import Location
from perftui.model.text import is_text
from perftui.model.textedit import TextEdit, begin
from perftui.tui.widgets.editing import Leave, edited
from perftui.tui.widgets.grid import Grid
from perftui.viewmodel import moves
from perftui.viewmodel.grid import Cell, find_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the host made of a text that was typed into a cell."""

    refusal: str = ""
    """Why it is not taken; the cell stays open."""
    place: Location | None = None
    """Where the cell is now, if it got another place (a new row)."""


class SheetHost(Protocol):
    """What a sheet asks of the screen around it."""

    def commit(self, cell: Cell, text: str) -> Outcome:
        """Take what was typed into a cell."""

    def run_key(self, key: str) -> bool:
        """Run the command of a key; False where the key has none."""

    def while_typing(self, key: str, cell: Cell, text: str) -> bool:
        """Run a command that works on the text being typed; False where the cell is to be left first."""

    def paste(self, cell: Cell, text: str) -> None:
        """Take a block of text that goes over several cells."""

    def clear(self, cells: list[Cell]) -> None:
        """Make cells blank."""

    def cursor_moved(self, cell: Cell | None) -> None:
        """The cursor stands on another cell."""

    def drafted(self, cell: Cell, text: str, notice: str) -> None:
        """The text being typed has changed."""

    def closed(self) -> None:
        """Nothing is being typed any more; the cell may be gone."""

    def opened(self, cell: Cell) -> None:
        """Enter on a row of a list."""

    def typed_in_list(self, text: str) -> None:
        """Text typed where nothing can be edited."""

    def beyond(self, step: int) -> bool:
        """The cursor wants over the first or last row; False where there is nothing."""


class Sheet(Grid, can_focus=True):
    """The grid with hands on it. ``show`` gives it a view; everything else is keys."""

    def __init__(self, host: SheetHost) -> None:
        super().__init__()
        self.host = host
        self.overwriting = False
        """The text being typed replaces the cell's: arrows leave it."""
        self.extending = False
        self._run_start: int | None = None

    # ---- moving

    def go(self, place: Location) -> bool:
        """Move the cursor to a place; False where the view does not show it."""
        found = find_place(self.view, place)
        if found:
            self._move(found)
        return found is not None

    def _move(self, at: moves.Place, *, extend: bool = False) -> None:
        before, selecting = self.at, self._anchor is not None
        self.extending = self.extending and selecting  # a view shown since has ended the selection
        if extend or self.extending:
            self._anchor = self._anchor or self.at
        else:
            self._anchor = None
        self.at = at
        self._settle()
        if selecting or self._anchor is not None:
            self.refresh()
        else:
            self._refresh_row(before[0])
            self._refresh_row(at[0])
        self.host.cursor_moved(self.cell)

    def next(self, step: int = 1) -> None:
        """Go to the next place that Tab stops at; beyond the last one the host may know more."""
        if self._run_start is None:
            self._run_start = self.at[1]
        found = moves.next_stop(self.view, self.at, step)
        if found is not None:
            self._move(found)
        else:
            self.host.beyond(step)

    def _enter(self) -> None:
        if self.view.enter_down:
            self._move(moves.down_from_run(self.view, self.at, self._run_start))
            self._run_start = None
        else:
            self.next()

    def _page(self, step: int) -> None:
        at, line = self.at, self._first_line(self.at[0])
        while (further := moves.vertical(self.view, at, step)) != at:
            if at != self.at and abs(self._first_line(further[0]) - line) >= self._body:
                break
            at = further
        if at != self.at or not self.host.beyond(step):
            self._move(at)

    # ---- keys

    def on_key(self, event: events.Key) -> None:
        """Every key comes here first."""
        event.stop()
        event.prevent_default()
        if self.over is not None and self.over.is_open and self.over.take_key(event):
            return
        if self.edit is not None:
            self._edit_key(event)
        elif not self._grid_key(event.key) and not self.host.run_key(event.key):
            self._type(event)

    def _grid_key(self, key: str) -> bool:
        extend = key.startswith("shift+") and key != "shift+tab"
        plain = key.removeprefix("shift+") if extend else key
        target = self._target(plain)
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
            case "backspace" if self._is_editable:
                self._begin("", overwriting=False)
            case "delete":
                self.host.clear([cell for row in self.selected() for cell in row if cell.editable])
            case "escape" if self._anchor is not None:
                self.extending, self._anchor = False, None
                self.refresh()
            case _:
                return False
        return True

    def keep_selection(self, show: Callable[[], None]) -> None:
        """What is selected stays so while another view is shown, as far as that shows it too."""
        begun = moves.cell_at(self.view, self._anchor) if self._anchor is not None else None
        show()
        self._anchor = find_place(self.view, begun.place) if begun is not None else None
        self.refresh()

    def toggle_extending(self) -> None:
        """Begin, or end, selecting with the arrows; what is selected stays so until the cursor moves."""
        self.extending = not (self.extending and self._anchor is not None)
        self._anchor = self.at if self.extending else self._anchor
        self.refresh()

    def _target(self, key: str) -> moves.Place | None:
        match key:
            case "up" | "down":
                return moves.vertical(self.view, self.at, 1 if key == "down" else -1)
            case "left" | "right" if not self.view.row_cursor:
                return moves.sideways(self.view, self.at, 1 if key == "right" else -1)
            case "home" | "end" if not self.view.row_cursor:
                return moves.row_end(self.view, self.at, 1 if key == "end" else -1)
            case "home" | "ctrl+home":
                return moves.first_row(self.view, self.at)
            case "end" | "ctrl+end":
                return moves.last_row(self.view, self.at)
        return None

    def _enter_pressed(self) -> None:
        if self.cell is not None and not self.cell.editable:
            self.host.opened(self.cell)
        else:
            self._enter()

    @property
    def _is_editable(self) -> bool:
        return self.cell is not None and self.cell.editable

    def _type(self, event: events.Key) -> None:
        if event.character is None or not is_text(event.character):
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
        if self.over is not None and self.over.is_open and self.over.take_paste(event.text):
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
            self.extending, self._anchor = False, None
            self._changed(_begun(text, self.cell))

    def _edit_key(self, event: events.Key) -> None:
        cell = self.cell
        if cell is None or self.edit is None:
            return
        step = edited(self.edit, event, self._edit_width(cell), overwriting=self.overwriting)
        if isinstance(step, TextEdit):
            self._changed(step)
        elif step is Leave.CANCEL:
            self._close()
        elif step is Leave.COMMAND and self.host.while_typing(event.key, cell, self.edit.text):
            return
        elif step is not None and self.leave():
            self._after_leaving(step, event.key)

    def _after_leaving(self, step: Leave, key: str) -> None:
        if step is Leave.COMMAND:
            self.host.run_key(key)
        elif step is Leave.ENTER:
            self._enter()
        elif step is Leave.NEXT or step is Leave.PREVIOUS:
            self.next(1 if step is Leave.NEXT else -1)
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
        before = self._height(self.at[0])
        self.edit = edit
        self._settle()
        if self._height(self.at[0]) != before:
            self.refresh()
        else:
            self._refresh_row(self.at[0])
        self.host.drafted(cell, edit.text, edit.notice)


def _begun(text: str, cell: Cell) -> TextEdit:
    return begin(text, multiline=cell.multiline, wrapped=cell.wrapped, limit=cell.limit)


def _is_block(text: str, cell: Cell) -> bool:
    inner = text.rstrip("\r\n")
    return "\t" in inner or (not cell.multiline and ("\n" in inner or "\r" in inner))
