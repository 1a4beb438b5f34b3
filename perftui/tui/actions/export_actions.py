"""The commands that export the document, and the one that sends the file through the terminal."""

from textual.app import SuspendNotSupported

from perftui.locale import _
from perftui.model.width import wrap
from perftui.tui.actions.context import Action, ActionContext
from perftui.tui.state.export_job import ExportKind, ExportOutcome, export
from perftui.tui.state.zmodem import send, why_not


def exporting(kind: ExportKind) -> Action:
    """The action that prints a document in the background."""

    def start(context: ActionContext) -> None:
        if kind is ExportKind.PROJECT and context.state.file not in context.state.document.projects:
            context.say(_("先选一个项目"))
            return
        context.say(_("正在导出…"))
        context.background("export", lambda: export(context.state, kind), lambda done: _exported(context, done))

    return start


def send_last(context: ActionContext) -> None:
    """Send the document exported last through the terminal, while the screens are suspended."""
    path = context.state.exported
    if path is None:
        context.say(_("还没有导出过：先按 F9，再发送"))
        return
    said = why_not(path)
    if not said:
        try:
            with context.app.suspend():
                said = send(path)
        except SuspendNotSupported:
            said = _("这个终端不能让给别的程序")
    context.show()
    tell(context, said)


def tell(context: ActionContext, said: str) -> None:
    """Say something of several lines: under the sheet where it fits, else over it."""
    width = context.app.size.width
    lines = said.split("\n")
    if sum(len(wrap(line, width)) for line in lines) <= context.detail_room:
        context.say("")  # it is waited for no more
        context.tell(said)
    else:
        context.say(lines[0])
        context.picker.read(_("导出"), lines)


def _exported(context: ActionContext, done: ExportOutcome) -> None:
    if done.path is not None:
        context.state.note_export(done.path)
    tell(context, done.said)
