"""Copying, pasting, filling, undoing, and the ways into a cell."""

import os

from perftui.locale import _
from perftui.tui.actions.context import ActionContext
from perftui.tui.state import clipboard
from perftui.tui.state.desktop_clipboard import desktop_copy
from perftui.tui.terminal.app import TerminalApp


def copy(context: ActionContext) -> None:
    """Copy the selected cells."""
    _to_desktop(context, clipboard.copy(context.state, context.sheet.selected()))


def cut(context: ActionContext) -> None:
    """Copy the selected cells and make them blank."""
    _to_desktop(context, clipboard.cut(context.state, context.sheet.selected()))
    context.show()


def _to_desktop(context: ActionContext, text: str) -> None:
    """The person's own desktop gets it too, where the terminal passes it on."""
    sequence, told = desktop_copy(text, os.environ)
    if sequence and isinstance(context.app, TerminalApp):
        context.app.send(sequence)
    context.say(_("；").join(part for part in (context.state.notice, told) if part))


def paste(context: ActionContext) -> None:
    """Paste what was copied inside the program."""
    context.go(clipboard.paste_clip(context.state, context.sheet.view, context.sheet.selection[:2]))


def fill_down(context: ActionContext) -> None:
    """Fill the selection from its first row."""
    context.go(clipboard.fill_down(context.state, context.sheet))


def fill_right(context: ActionContext) -> None:
    """Fill the selection from its first column."""
    context.go(clipboard.fill_right(context.state, context.sheet))


def undo(context: ActionContext) -> None:
    """Take the last step back."""
    context.go(context.state.undo())


def redo(context: ActionContext) -> None:
    """Do it again."""
    context.go(context.state.redo())


def edit(context: ActionContext) -> None:
    """Type on in the cell, at the end of its text."""
    context.sheet.begin_edit()


def extend(context: ActionContext) -> None:
    """Begin or end selecting with the arrows."""
    context.sheet.toggle_extending()
