"""The commands for git: commit the document, pull the changes of others."""

from collections.abc import Callable

from perftui.locale import _
from perftui.session.versions import NoRepository, fetch_others, keep_version
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import GitFailed
from perftui.store.git.worktree import working_copy
from perftui.tui.actions.context import ActionContext


def ask_version(context: ActionContext) -> None:
    """Ask for a message, and commit the document with it in the background."""
    session = context.state.session
    text = _("填写 {year} 年绩效文本").format(year=session.document.year)

    def keep(message: str) -> None:
        if message:
            _in_background(context, lambda: keep_version(session.folder, session.document, message))

    context.picker.ask(_("存一个版本：写明做了什么"), [], keep, text=text)


def fetch(context: ActionContext) -> None:
    """Pull in the background; the next poll of the files merges what came."""
    _in_background(context, lambda: fetch_others(context.state.session.folder))


def in_repository(folder: DocumentFolder) -> bool:
    """Does a document lie in a git working copy?"""
    return working_copy(folder.folder) is not None


def _in_background(context: ActionContext, act: Callable[[], str]) -> None:
    """Once everything is written, do something with git, and show the sentence that comes of it."""

    def work() -> str:
        context.state.session.flush(5.0)
        try:
            return act()
        except (NoRepository, GitFailed) as error:
            return str(error)

    context.say(_("正在等 git…"))
    context.background("git", work, context.say)
