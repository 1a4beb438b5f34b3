"""What each key does to a text that is being typed."""

from enum import Enum, auto

from textual import events

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


def edited(edit: TextEdit, event: events.Key, width: int, *, overwriting: bool) -> TextEdit | EditExit | None:
    """The text after a key, or how the key leaves the cell; ``None`` where it does nothing."""
    key = event.key
    if key in ("enter", "tab", "shift+tab", "escape"):
        return {
            "enter": EditExit.ENTER,
            "tab": EditExit.NEXT,
            "shift+tab": EditExit.PREVIOUS,
            "escape": EditExit.CANCEL,
        }[key]
    if key in ("ctrl+j", "newline"):
        return edit.insert("\n") if edit.multiline else EditExit.ENTER
    select = key.startswith("shift+")
    plain = key.removeprefix("shift+")
    if plain in ("left", "right", "up", "down", "home", "end"):
        if overwriting and not select and plain not in ("home", "end"):
            return EditExit.MOVE
        return _moved(edit, plain, width, select=select)
    changed = _changed(edit, key)
    if changed is not None:
        return changed
    if event.character is not None and is_text(event.character):
        return edit.insert(event.character)
    return EditExit.COMMAND


def _moved(edit: TextEdit, key: str, width: int, *, select: bool) -> TextEdit:
    match key:
        case "left":
            return edit.left(select=select)
        case "right":
            return edit.right(select=select)
        case "up":
            return edit.up(width, select=select)
        case "down":
            return edit.down(width, select=select)
        case "home":
            return edit.home(width, select=select) if edit.multiline else edit.start(select=select)
        case _:
            return edit.end(width, select=select) if edit.multiline else edit.finish(select=select)


def _changed(edit: TextEdit, key: str) -> TextEdit | None:
    match key:
        case "backspace":
            return edit.backspace()
        case "delete":
            return edit.delete()
        case "ctrl+left":
            return edit.word_left()
        case "ctrl+right":
            return edit.word_right()
        case "ctrl+a":
            return edit.select_all()
        case "ctrl+z" if edit.can_undo:
            return edit.undo()
        case "ctrl+y" if edit.can_redo:
            return edit.redo()
    return None
