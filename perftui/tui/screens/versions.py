"""Versions: what the commands for git do on the screen of an open document."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from perftui.desk.versions import NoRepository, fetch_others, keep_version
from perftui.locale import _
from perftui.store.folder import DocumentFolder
from perftui.store.git import GitFailed
from perftui.store.worktree import working_copy
from perftui.tui.screens.background import in_background

if TYPE_CHECKING:
    from perftui.tui.screens.desk_screen import DeskScreen


def ask_version(screen: "DeskScreen") -> None:
    """Ask what was done, and commit the document with it in the background."""
    desk = screen.bench.desk
    text = _("填写 {year} 年绩效文本").format(year=desk.document.year)

    def keep(message: str) -> None:
        if message:
            _in_background(screen, lambda: keep_version(desk.folder, desk.document, message))

    screen.picker.ask(_("存一个版本：写明做了什么"), [], keep, text=text)


def fetch(screen: "DeskScreen") -> None:
    """Pull in the background; what came is merged by the next look at the files."""
    _in_background(screen, lambda: fetch_others(screen.bench.desk.folder))


def in_repository(folder: DocumentFolder) -> bool:
    """Does a document lie in a git working copy?"""
    return working_copy(folder.folder) is not None


def _in_background(screen: "DeskScreen", act: Callable[[], str]) -> None:
    """Once everything is written, do something with git, and show the sentence that comes of it."""

    def work() -> str:
        screen.bench.desk.flush(5.0)
        try:
            return act()
        except (NoRepository, GitFailed) as error:
            return str(error)

    screen.bench.notice = _("正在等 git…")
    in_background(screen, screen, "git", work, screen.say)
