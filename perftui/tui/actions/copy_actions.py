"""Copying and cutting: inside the program, and to the person's own desktop."""

import os
from collections.abc import Callable

from perftui.editing.paste import PastePlan
from perftui.locale import _
from perftui.session.journal.entries import Offer
from perftui.tui.actions.context import ActionContext
from perftui.tui.panes import LISTS
from perftui.tui.state import clipboard
from perftui.tui.state.desktop_clipboard import desktop_copy
from perftui.tui.state.run_edits import only_read
from perftui.tui.terminal.terminal_app import TerminalApp
from perftui.viewmodel.grid import CellView
from perftui.viewmodel.paste_preview import preview_lines


def copy(context: ActionContext) -> None:
    """Copy the selected cells."""
    _to_desktop(context, clipboard.copy(context.state, context.sheet.selected()))


def cut(context: ActionContext) -> None:
    """Copy the selected cells and make them blank."""
    _to_desktop(context, clipboard.cut(context.state, context.sheet.selected()))
    context.show()


def paste(context: ActionContext) -> None:
    """Paste what was copied inside; where it goes over several filled cells, it is shown and asked first."""
    if context.state.pane in LISTS:
        context.say(only_read())
        return
    plan = clipboard.plan_clip(context.state, context.sheet.view, context.sheet.selection[:2])
    if plan is None:
        return

    def run() -> None:
        context.go(clipboard.run_clip(context.state, plan))

    if clipboard.replaces_much(plan):
        _ask(context, plan, run, lambda: context.say(_("没有粘贴")))
    else:
        run()


def paste_block(context: ActionContext, cell: CellView, text: str, keep: Callable[[str, Offer | None], None]) -> None:
    """Paste a block that came from the terminal: it is shown first, and goes in where the selection begins."""
    plan = clipboard.plan_paste(context.state, context.sheet.view, context.sheet.selection[:2], text)
    held = context.state.session.hold(cell.place, text) if cell.place is not None else None

    def run() -> None:
        context.show(clipboard.run_plan(context.state, plan, held) or cell.place)

    _ask(context, plan, run, lambda: keep(text, held))


def _ask(context: ActionContext, plan: PastePlan, run: Callable[[], None], dropped: Callable[[], None]) -> None:
    context.picker.confirm(_("粘贴的内容这样放：回车 采用，Esc 放弃"), preview_lines(plan), run, dropped)


def copy_text(context: ActionContext, text: str) -> None:
    """Copy a part of a text."""
    context.state.keep_clip([[text]])
    _to_desktop(context, text)


def _to_desktop(context: ActionContext, text: str) -> None:
    """The person's own desktop gets it too, where the terminal passes it on."""
    sequence, sentence = desktop_copy(text, os.environ)
    if sequence and isinstance(context.app, TerminalApp):
        context.app.send(sequence)
    sentence = context.state.messages.once(sentence)
    context.say(_("；").join(part for part in (context.state.notice, sentence) if part))
