"""The grid with a text that is being typed into the cell under its cursor: begun, changed, committed or given up."""

from collections.abc import Callable

from perftui.locale import _
from perftui.model.textedit import TextEdit, begin
from perftui.tui.widgets.cursor_grid import CursorGrid
from perftui.tui.widgets.host_protocol import SheetHost
from perftui.viewmodel.grid import CellView


class EditGrid(CursorGrid):
    """Holds the text over its cell; the host takes it, or refuses it."""

    def __init__(self, host: SheetHost) -> None:
        super().__init__(host)
        self.overwriting = False
        """The text being typed replaces the cell's: arrows leave it."""

    @property
    def _is_editable(self) -> bool:
        return self.cell is not None and self.cell.editable

    def begin_edit(self, text: str | None = None) -> None:
        """Edit the current cell, at the end of its text (or of a half-typed text that came back)."""
        if self._is_editable and self.cell is not None:
            self._begin(self.cell.edit_text if text is None else text, overwriting=False)

    def _begin(self, text: str, *, overwriting: bool) -> None:
        if self.cell is not None:
            self.overwriting = overwriting
            self.end_selection()
            self._changed(_begun(text, self.cell))

    def _put_in(self, change: Callable[[TextEdit], TextEdit]) -> None:
        """Text goes into the open cell, or opens the current one; what leaves no text at all opens none."""
        cell = self.cell
        if self.edit is not None:
            self._changed(change(self.edit))
        elif cell is not None:
            edit = change(_begun("", cell))
            if edit.text:
                self._begin("", overwriting=True)
                self._changed(edit)
            else:
                self.host.say(edit.notice)

    def resume(self, edit: TextEdit, *, overwriting: bool) -> None:
        """Go on with a text that was thrown away."""
        if self._is_editable:
            self.overwriting = overwriting
            self.end_selection()
            self._changed(edit)

    def leave(self) -> bool:
        """Commit the text being typed; False where it is refused and stays open."""
        cell, edit = self.cell, self.edit
        if cell is None or edit is None:
            return True
        outcome = self.host.commit(cell, edit.text)
        if outcome.refusal:
            self.host.drafted(cell, edit.text, _("{why}；Esc 放弃这次输入").format(why=outcome.refusal))
            return False
        self._close()
        if outcome.place is not None:
            self._go(outcome.place)
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
        self.host.arrows_leave(leave=False)

    def cancel(self) -> None:
        """Give up the text being typed."""
        if self.edit is not None:
            self._close()

    def _close(self) -> None:
        typed = self.typed
        self.edit = None
        self.host.arrows_leave(leave=False)
        self.host.closed()
        self._settle()
        if typed is not None and (typed.is_in_place or typed.is_box):
            self.refresh()
        else:
            self._refresh_row(self.at[0])

    def _changed(self, edit: TextEdit | None) -> None:
        cell = self.cell
        if edit is None or cell is None:
            return
        before = self._painted()
        self.edit = edit
        self.host.arrows_leave(leave=self.overwriting)
        self._settle()
        if (painted := self._painted()) != before or painted[1]:
            self.refresh()
        else:
            self._refresh_row(self.at[0])
        self.host.drafted(cell, edit.text, edit.notice)

    def _painted(self) -> tuple[int, int]:
        """The lines of the current row, and those of a box over the sheet, 0 where there is none."""
        typed = self.typed
        return self.lines.height(self.at[0]), typed.height if typed is not None and typed.is_box else 0


def _begun(text: str, cell: CellView) -> TextEdit:
    return begin(text, multiline=cell.multiline, wrapped=True, limit=cell.limit)
