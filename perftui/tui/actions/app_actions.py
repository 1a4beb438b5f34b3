"""Leaving the document, and who one is."""

import os

from perftui.editing.rows import NEW_ROW
from perftui.files.errors import FileError
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.model.textedit import TextEdit
from perftui.session.user import VARIABLE
from perftui.store.saver import SaveState
from perftui.tui.actions.context import ActionContext
from perftui.tui.commands import CHOOSE
from perftui.tui.panes import PROJECT_SHEETS
from perftui.tui.state.settings_file import remember
from perftui.tui.terminal.terminal_app import TerminalApp, hand_over


def leave(context: ActionContext, answer: str | None = None) -> None:
    """Write what waits, and end; what cannot be written is said first, and again when it has got worse."""
    session = context.state.session
    status = session.flush(3.0)
    if status.state is SaveState.FAILED:
        kept = session.no_journal or _("改动留在日志里，下次打开时恢复")
        sentence = _("{why}；再按一次 Ctrl+Q 仍然退出（{kept}）").format(why=status.message, kept=kept)
        if context.state.messages.warn(sentence):
            return
    if answer is None:
        context.app.exit()
    else:
        hand_over(context.app, answer)


def undo(context: ActionContext) -> None:
    """Take the last step back, or bring back the text that Esc threw away since."""
    if not context.undo_throwing():
        show_step(context, context.state.undo())


def redo(context: ActionContext) -> None:
    """Do the step undone last again."""
    show_step(context, context.state.redo())


def show_step(context: ActionContext, place: Location | None) -> None:
    """Go to where a step was made; a list or sheet of projects shows a whole project itself."""
    if place is not None and not place.path and context.state.pane in PROJECT_SHEETS:
        context.show(place)
    else:
        context.go(place)
        _where_a_row_began(context, place)


def _where_a_row_began(context: ActionContext, place: Location | None) -> None:
    """Where undo has taken a row away, in the column it began with: what is typed next is no other field of it."""
    here = context.sheet.place
    if place is None or here is None or len(place.path) != 3 or len(here.path) != 3 or here.file != place.file:
        return
    if here.path[0] == place.path[0] and here.path[1].startswith(NEW_ROW) and here.path[2] != place.path[2]:
        context.show(Location(file=here.file, path=(*here.path[:2], place.path[2])))


def type_on(
    context: ActionContext, place: Location, edit: TextEdit, begun: Document | None, *, overwriting: bool
) -> None:
    """Open a cell again with a text that Esc threw away; ``begun``: the document in which it was begun."""
    context.go(place)
    if context.sheet.place == place:
        context.state.begin_typing(begun)
        context.sheet.resume(edit, overwriting=overwriting)
    else:
        context.state.keep_clip([[edit.text]], context.state.session.hold(place, edit.text))
        context.say(_("那一格不在了；写过的文字可以用 Ctrl+V 粘贴"))


def choose_document(context: ActionContext) -> None:
    """Close this document and choose another."""
    leave(context, CHOOSE)


def turn_mouse(context: ActionContext) -> None:
    """Switch the mouse on or off, for the next starts too."""
    if not isinstance(context.app, TerminalApp):
        return
    on = context.app.turn_mouse()
    said = _("鼠标开了：点选，双击打开或编辑；按住 Shift 仍可选字和粘贴") if on else _("鼠标关了，还给终端")
    try:
        remember("mouse", str(on).lower())
    except FileError as error:
        said = _("{said}（没有记住：{why}）").format(said=said, why=error)
    context.say(said)


def ask_name(context: ActionContext) -> None:
    """Ask who is typing, where several people share an account."""

    def named(name: str) -> None:
        if name:
            os.environ[VARIABLE] = name
            context.say(_("{name}，您好").format(name=name))

    context.picker.ask(_("您的名字（这次连接里有效）"), [], named)
