"""What other programs did to the files: broken ones written back, copies merged, versions before had back."""

import time

from perftui.editing.edits import CannotApply
from perftui.files.errors import FileError
from perftui.locale import _, labelled
from perftui.review.location_names import LocationNames
from perftui.session.open_document import FileLocked
from perftui.store.sync_copies import original_of
from perftui.store.trash import DeletedProject
from perftui.tui.actions.context import ActionContext
from perftui.tui.state.run_edits import refusal
from perftui.tui.widgets.picker_lines import Item, numbered


def repair(context: ActionContext) -> None:
    """List the files that cannot be read, and the copies; Enter writes one back, or merges one in."""
    items = [Item(id=one.file, label=one.file, hint=one.reason) for one in context.state.session.problems]
    if not items:
        context.say(_("没有读不出来的文件，也没有副本"))
        return
    title = _("回车：副本按字段合并进去，读不出来的写回最后的好内容")
    context.picker.ask(title, items, lambda file: _repair(context, file), digits=numbered(items))


def _repair(context: ActionContext, file: str) -> None:
    def work() -> str:
        session = context.state.session
        try:
            if original_of(file.rpartition("/")[2]):
                return _("副本已按字段合并到 {file}").format(file=session.merge_copy(file, _("合并副本")))
            sentence = (
                _("{file} 已写回；原来的内容在回收站") if session.write_back(file) else _("{file} 没有好的内容可以写回")
            )
            return sentence.format(file=file)
        except (FileLocked, CannotApply) as error:
            return refusal(error)
        except FileError as error:
            return str(error)

    def done(sentence: str) -> None:
        context.state.changed()
        context.show()
        context.say(sentence)

    context.background("repair", work, done)


def earlier(context: ActionContext) -> None:
    """List the versions before changes from outside; Enter brings one back, as a step that can be undone."""
    session = context.state.session
    versions = session.replaced()
    if not versions:
        context.say(_("30 天里没有被别的程序改掉很多的文件"))
        return
    items = [
        Item(id=str(at), label=_described(context, one), hint=time.strftime("%Y-%m-%d %H:%M", time.localtime(one.at)))
        for at, one in enumerate(versions)
    ]

    def chosen(at: str) -> None:
        try:
            session.bring_back(versions[int(at)], _("取回外来改动以前的内容"))
        except (FileLocked, CannotApply) as error:
            context.say(refusal(error))
            return
        context.state.changed()
        context.show()
        context.say(_("已取回，Ctrl+Z 撤销"))

    context.picker.ask(_("取回哪一个？"), items, chosen, digits=numbered(items))


def _described(context: ActionContext, version: DeletedProject) -> str:
    """Whose file a version before is of, and what it would make of what is there now."""
    from perftui.viewmodel.changes import record_changes

    file, form, now = version.file, context.state.shown.form, context.state.document
    name = LocationNames(now, form).file(file)
    if not now.has(file):
        return name
    changes = list(record_changes(now.record(file), version.record, file, form, now, now)) or [_("和现在一样")]
    count = _("（{count} 处）").format(count=len(changes)) if len(changes) > 1 else ""
    return labelled(f"{name}{count}", changes[0])
