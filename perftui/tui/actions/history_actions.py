"""The history of the field, the project and the document at hand; an old value is taken back with one key."""

import time
from collections.abc import Callable, Sequence

from perftui.editing.edits import SetValue
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.record import plain_text
from perftui.session.version_history import FieldVersion, FileVersion, document_history, field_history, file_history
from perftui.session.versions import NoRepository
from perftui.store.git.repository import Commit, GitFailed
from perftui.tui.actions.context import ActionContext, Result
from perftui.tui.state.run_edits import run_edits
from perftui.tui.widgets.picker_lines import Item
from perftui.viewmodel.changes import record_changes


def of_field(context: ActionContext) -> None:
    """Who gave the field at hand which value, when; Enter takes a version's value, as an edit that can be undone."""
    place, session = context.sheet.place, context.state.session
    if place is None or not place.path or not context.state.document.has(place.file):
        context.say(_("先到一栏，再看它的历史"))
        return
    _ask(
        context,
        lambda: field_history(session.folder, place.file, place.path, session.form),
        lambda found: _choose_value(context, place, found),
        _("这一栏在版本里没有改过"),
    )


def of_project(context: ActionContext) -> None:
    """The versions of the project at hand; Enter shows what one changed."""
    place, session = context.sheet.place, context.state.session
    file = place.file if place is not None else context.state.file
    _ask(
        context,
        lambda: file_history(session.folder, file, session.form),
        lambda found: _choose_version(context, file, found),
        _("还没有提交过的版本"),
    )


def of_document(context: ActionContext) -> None:
    """The versions of the whole document."""
    session = context.state.session
    _ask(
        context,
        lambda: document_history(session.folder),
        lambda found: context.picker.read(_("整份文本的历史"), [_headline(one) for one in found]),
        _("还没有提交过的版本"),
    )


def _ask(
    context: ActionContext,
    look: Callable[[], Sequence[Result]],
    show: Callable[[Sequence[Result]], None],
    nothing: str,
) -> None:
    """Look up a history in the background, and show it where there is one, else say ``nothing``."""

    def work() -> Sequence[Result] | str:
        try:
            return look()
        except (NoRepository, GitFailed) as error:
            return str(error)

    def done(found: Sequence[Result] | str) -> None:
        if isinstance(found, str):
            context.say(found)
        elif not found:
            context.say(nothing)
        elif not context.state.session.is_typing:
            show(found)

    context.background("history", work, done)


def _choose_value(context: ActionContext, place: Location, found: Sequence[FieldVersion]) -> None:
    items = [
        Item(id=str(at), label=_(" → ").join((_shown(one.old), _shown(one.new))), hint=_who(one.commit))
        for at, one in enumerate(found)
    ]

    def take(at: str) -> None:
        edit = SetValue(file=place.file, path=place.path, value=found[int(at)].new)
        run_edits(context.state, [edit], _("取回以前的内容"), place)
        context.go(place)

    context.picker.ask(_("这一栏的历史：回车取回那时的内容，Esc 不动"), items, take)


def _choose_version(context: ActionContext, file: str, found: Sequence[FileVersion]) -> None:
    items = [Item(id=str(at), label=one.commit.subject, hint=_who(one.commit)) for at, one in enumerate(found)]

    def show(at: str) -> None:
        version = found[int(at)]
        context.picker.read(_headline(version.commit), _changes(context, file, version))

    context.picker.ask(_("这个项目的历史：回车看改了什么"), items, show)


def _changes(context: ActionContext, file: str, version: FileVersion) -> list[str]:
    if version.is_boundary:
        return [_("更早的历史不在这里（浅克隆）")]
    if version.before is None or version.after is None:
        return [_("新建") if version.after else _("删除")]
    document, form = context.state.document, context.state.session.form
    return list(record_changes(version.before, version.after, file, form, document, document))


def _headline(commit: Commit) -> str:
    return f"{_who(commit)} {_('（合并）') if commit.is_merge else ''}{commit.subject}"


def _who(commit: Commit) -> str:
    return f"{commit.author} {time.strftime('%Y-%m-%d %H:%M', time.localtime(commit.at))}"


def _shown(value: object) -> str:
    return plain_text(value) or _("（空）")
