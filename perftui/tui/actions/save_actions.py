"""Saving at once, trying again, and saving into another folder."""

from pathlib import Path

from perftui.files.errors import FileError
from perftui.locale import _
from perftui.session.open_document import write_copy
from perftui.store.saver import SaveState
from perftui.tui.actions.context import ActionContext
from perftui.tui.actions.git_actions import in_repository, offer_version


def save(context: ActionContext) -> None:
    """Wait until everything is written, and say so, or why it is not."""
    session = context.state.session
    status = session.flush(5.0)
    if status.state is SaveState.FAILED:
        where = session.no_journal or _("改动都在日志里")
        sentence = _("{why}；{where}。命令“另存到别处”可以先存到另一个文件夹")
        context.say(sentence.format(why=status.message, where=where))
    elif status.waiting or status.message:
        context.say(status.message)
    elif in_repository(session.folder):
        offer_version(context)
    else:
        context.say(_("所有改动都已写好"))


def retry(context: ActionContext) -> None:
    """Try again at once what could not be written."""
    context.state.session.retry()


def save_elsewhere(context: ActionContext) -> None:
    """Ask for a data folder, and write the whole document into it."""
    session = context.state.session

    def written(data: Path) -> str:
        try:
            folder = write_copy(session, data).folder
        except FileError as error:
            return _("没有存到 {folder}：{why}").format(folder=data, why=error)
        said = _("整个文本已存到 {folder}；用 perftui {data} 打开").format(folder=folder, data=data)
        if session.problems:
            said += _("；打不开的文件没有存过去：{names}").format(
                names=_("、").join(one.file for one in session.problems)
            )
        return said

    def chosen(text: str) -> None:
        if text.strip():
            data = Path(text.strip()).expanduser().absolute()
            context.background("elsewhere", lambda: written(data), context.say)

    proposed = Path.home() / f"perftui-{session.folder.year}"
    context.picker.ask(_("把整个文本另存到哪个文件夹"), [], chosen, text=str(proposed))
