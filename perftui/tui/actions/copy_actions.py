"""Copying and cutting: inside the program, and to the person's own desktop."""

import os

from perftui.locale import _
from perftui.tui.actions.context import ActionContext
from perftui.tui.state import clipboard
from perftui.tui.state.desktop_clipboard import desktop_copy
from perftui.tui.terminal.terminal_app import TerminalApp


def copy(context: ActionContext) -> None:
    """Copy the selected cells."""
    _to_desktop(context, clipboard.copy(context.state, context.sheet.selected()))


def cut(context: ActionContext) -> None:
    """Copy the selected cells and make them blank."""
    _to_desktop(context, clipboard.cut(context.state, context.sheet.selected()))
    context.show()


def copy_text(context: ActionContext, text: str) -> None:
    """Copy a part of a text."""
    context.state.keep_clip([[text]])
    _to_desktop(context, text)


def _to_desktop(context: ActionContext, text: str) -> None:
    """The person's own desktop gets it too, where the terminal passes it on."""
    sequence, told = desktop_copy(text, os.environ)
    if sequence and isinstance(context.app, TerminalApp):
        context.app.send(sequence)
    context.say(_("；").join(part for part in (context.state.notice, told) if part))
