"""What each key does to a text that is being typed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum, auto

from textual import events

from perftui.locale import _
from perftui.model.text import is_text
from perftui.model.textedit import TextEdit


class EditExit(Enum):
    """The key that ends the typing in a cell."""

    CANCEL = auto()
    ENTER = auto()
    NEXT = auto()
    PREVIOUS = auto()
    MOVE = auto()
    """An arrow leaves a text that overwrites."""
    COMMAND = auto()
    """A command: the text is committed first."""


LINE_BREAKS = ("ctrl+j", "newline")
"""Keys that break a line where a text has lines, and are Enter elsewhere."""
NEW_IN_TEXT = frozenset(("ctrl+u", "ctrl+k", "ctrl+d", "ctrl+x", "ctrl+a", "ctrl+e"))
"""Keys that once were commands, or did something else, while a text was typed."""

_LEAVING = ("left", "right", "up", "down", "pageup", "pagedown")
"""Keys that leave a text which overwrites, as in a spreadsheet."""
_PAGE = 10
"""Lines that PageUp and PageDown go in a text."""
_EXITS = {
    "enter": EditExit.ENTER,
    "tab": EditExit.NEXT,
    "shift+tab": EditExit.PREVIOUS,
    "escape": EditExit.CANCEL,
}
_WORD_KEYS = {
    "alt+b": "left", "alt+left": "left", "ctrl+left": "left",
    "alt+f": "right", "alt+right": "right", "ctrl+right": "right",
}  # fmt: skip
_CHANGES: Mapping[str, Callable[[TextEdit], TextEdit]] = {
    "backspace": TextEdit.backspace,
    "delete": TextEdit.delete,
    "ctrl+d": TextEdit.delete,
    "ctrl+u": TextEdit.delete_before,
    "ctrl+k": TextEdit.delete_behind,
    "ctrl+w": TextEdit.delete_word_before,
    "alt+backspace": TextEdit.delete_word_before,
    "alt+d": TextEdit.delete_word_behind,
}


def edited(edit: TextEdit, event: events.Key, width: int, *, overwriting: bool) -> TextEdit | EditExit:
    """The text after a key, or how the key leaves the cell.

    ``overwriting``: the text was begun by typing over the cell's, and arrows and pages leave it; but several equal
    arrows of one read come from a wheel, and stay.
    """
    key = event.key
    if key in _EXITS:
        return _EXITS[key]
    if key in LINE_BREAKS:
        return edit.insert("\n") if edit.multiline else EditExit.ENTER
    if overwriting and key.removeprefix("ctrl+") in _LEAVING and not getattr(event, "repeated", False):
        return EditExit.MOVE
    changed = _moved(edit, key, width) or _changed(edit, key)
    if changed is not None:
        return changed
    if key.startswith("alt+"):
        return replace(edit, notice=_("这个键在文字里没有用，文字没有动"))
    if event.character is not None and (is_text(event.character) or event.character > "\x7f"):
        return edit.insert(event.character)
    return EditExit.COMMAND


def clipped(edit: TextEdit, key: str, copied: Callable[[str], None]) -> TextEdit:
    """The text after Ctrl+C or Ctrl+X; ``copied`` gets the selected part."""
    if not edit.selected:
        return replace(edit, notice=_("先用 Shift+方向键 选定一部分文字"))
    copied(edit.selected)
    return edit.delete() if key == "ctrl+x" else edit


def _moved(edit: TextEdit, key: str, width: int) -> TextEdit | None:
    plain = key.removeprefix("shift+")
    select, lines = plain != key, edit.multiline
    match plain:
        case "left":
            return edit.left(select=select)
        case "right":
            return edit.right(select=select)
        case "up" | "pageup":
            moved = edit.up(width, select=select, by=1 if plain == "up" else _PAGE)
            return edit.start(select=select) if moved == edit else moved
        case "down" | "pagedown":
            moved = edit.down(width, select=select, by=1 if plain == "down" else _PAGE)
            return edit.finish(select=select) if moved == edit else moved
        case "home" | "ctrl+a":
            return edit.home(width, select=select) if lines else edit.start(select=select)
        case "end" | "ctrl+e":
            return edit.end(width, select=select) if lines else edit.finish(select=select)
    return _far(edit, key)


def _far(edit: TextEdit, key: str) -> TextEdit | None:
    plain = key.replace("shift+", "")
    select = plain != key
    match _WORD_KEYS.get(plain, plain):
        case "left":
            return edit.word_left(select=select)
        case "right":
            return edit.word_right(select=select)
        case "ctrl+home" | "ctrl+up":
            return edit.start(select=select)
        case "ctrl+end" | "ctrl+down":
            return edit.finish(select=select)
    return None


def _changed(edit: TextEdit, key: str) -> TextEdit | None:
    if key in _CHANGES:
        return _CHANGES[key](edit)
    if key == "ctrl+z" and edit.can_undo:
        return edit.undo()
    if key == "ctrl+y" and edit.can_redo:
        return edit.redo()
    return None
