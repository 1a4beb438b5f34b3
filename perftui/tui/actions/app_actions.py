"""Leaving the document, and who one is."""

import os

from perftui.locale import _
from perftui.session.user import VARIABLE
from perftui.store.saver import SaveState
from perftui.tui.actions.context import ActionContext
from perftui.tui.commands import CHOOSE


def leave(context: ActionContext, answer: str | None = None) -> None:
    """Write what waits, and end; what cannot be written is said first, and again when it has got worse."""
    session = context.state.session
    status = session.flush(3.0)
    if status.state is SaveState.FAILED:
        kept = session.no_journal or _("改动留在日志里，下次打开时恢复")
        told = _("{why}；再按一次 Ctrl+Q 仍然退出（{kept}）").format(why=status.message, kept=kept)
        if context.state.messages.warn(told):
            return
    context.app.exit(answer)


def choose_document(context: ActionContext) -> None:
    """Close this document and choose another."""
    leave(context, CHOOSE)


def ask_name(context: ActionContext) -> None:
    """Ask who is typing, where several people share an account."""

    def told(name: str) -> None:
        if name:
            os.environ[VARIABLE] = name
            context.say(_("{name}，您好").format(name=name))

    context.picker.ask(_("您的名字（这次连接里有效）"), [], told)
