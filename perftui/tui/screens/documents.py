"""Documents out: what F9 and its sisters do on the screen of an open document."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from perftui.locale import _
from perftui.model.width import wrap
from perftui.tui.screens.background import in_background
from perftui.tui.work.exporting import Exported, Kind, export
from perftui.tui.work.sending import send, why_not

if TYPE_CHECKING:
    from perftui.tui.screens.desk_screen import DeskScreen


def exporting(kind: Kind) -> Callable[["DeskScreen"], None]:
    """The action that prints a document in the background."""

    def start(screen: "DeskScreen") -> None:
        if kind is Kind.PROJECT and screen.bench.file not in screen.bench.document.projects:
            screen.bench.notice = _("先选一个项目")
            return
        screen.bench.notice = _("正在导出…")
        in_background(
            screen, screen, "export", lambda: export(screen.bench, kind), lambda done: _exported(screen, done)
        )

    return start


def send_last(screen: "DeskScreen") -> None:
    """Send the document exported last through the terminal; the screens lend it meanwhile."""
    path = screen.exported
    if path is None:
        screen.bench.notice = _("还没有导出过：先按 F9，再发送")
        return
    said = why_not(path)
    if not said:
        try:
            with screen.app.suspend():
                said = send(path)
        except SuspendNotSupported:
            said = _("这个终端不能让给别的程序")
    screen.show()
    tell(screen, said)


def tell(screen: "DeskScreen", said: str) -> None:
    """Say something of several lines: under the sheet where it fits, else over it."""
    width = screen.size.width or 80
    lines = said.split("\n")
    if sum(len(wrap(line, width)) for line in lines) <= screen.detail.count:
        screen.say(said)
    else:
        screen.say(lines[0])
        screen.picker.read(_("导出"), lines)


def _exported(screen: "DeskScreen", done: Exported) -> None:
    screen.exported = done.path or screen.exported
    tell(screen, done.said)
