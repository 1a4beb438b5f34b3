"""Filling an office's own empty form: the file is chosen, then which projects, then it is filled in the background."""

import os
from collections.abc import Collection
from pathlib import Path

from perftui.files.errors import FileError
from perftui.locale import _
from perftui.session.export_target import exports_folder, ways_home
from perftui.session.form_filling import FORMS, NotFilled, fill_form, fill_report
from perftui.tui.actions.context import ActionContext
from perftui.tui.actions.export_actions import tell
from perftui.tui.actions.import_actions import ask_file
from perftui.tui.state.app_state import AppState
from perftui.tui.state.export_job import ExportOutcome
from perftui.tui.widgets.picker_lines import Item, numbered

_ONE, _ALL = "one", "all"


def fill_chosen(context: ActionContext) -> None:
    """Ask for an empty form and fill it."""
    title = _("填哪个空表：输入名称的一部分或路径，回车选定")
    ask_file(context.picker, context.state.session.folder.data, FORMS, lambda path: _ask(context, path), title=title)


def _ask(context: ActionContext, path: Path) -> None:
    """Ask whether all projects are meant, where one is at hand."""
    state = context.state
    if state.file not in state.document.projects:
        _start(context, path, None)
        return
    choices = [Item(id=_ONE, label=_("只填这个项目")), Item(id=_ALL, label=_("填全部项目"))]
    context.picker.ask(
        _("{name}：填哪些项目").format(name=path.name), choices,
        lambda choice: _start(context, path, (state.file,) if choice == _ONE else None), digits=numbered(choices),
    )  # fmt: skip


def _start(context: ActionContext, path: Path, files: Collection[str] | None) -> None:
    context.say(_("正在填 {name}…").format(name=path.name))
    context.background("fill", lambda: _filled(context.state, path, files), lambda done: _told(context, done))


def _filled(state: AppState, path: Path, files: Collection[str] | None) -> ExportOutcome:
    """Fill the form; slow, for a worker."""
    session = state.session
    try:
        result = fill_form(path, session.document, session.form, exports_folder(session.folder.data), files)
    except (FileError, NotFilled) as error:
        return ExportOutcome(said=_("没有填：{why}").format(why=error))
    lines = [str(result.path), *fill_report(result), *ways_home(result.path, os.environ)]
    return ExportOutcome(said="\n".join(lines), path=result.path)


def _told(context: ActionContext, done: ExportOutcome) -> None:
    if done.path is not None:
        context.state.note_export(done.path)
    tell(context, done.said)
