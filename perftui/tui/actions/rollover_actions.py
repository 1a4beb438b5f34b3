"""Next year's document, from the open one or from the Word document of a year that is not at hand.

Which projects go on, amounts blank or copied, then it is written.
"""

from dataclasses import replace
from pathlib import Path

from perftui.files.errors import FileError
from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.session.new_document import free_folder, rolled_over, write_document
from perftui.store.folder import DocumentFolder
from perftui.tui.actions.context import ActionContext, DialogContext
from perftui.tui.actions.import_actions import Opened, ask_with_report, read_new_file
from perftui.tui.state.import_job import NewDocumentPreview, create_next
from perftui.tui.state.settings_file import remember, settings_path
from perftui.tui.user_settings import read_settings
from perftui.tui.widgets.picker_lines import Item, numbered

_BLANK, _COPY = "blank", "copy"
_START, _AMOUNTS, _FILE = "start", "amounts", "file"
_SHOWN = "*"
"""Stands before a project that goes on."""


@frozen
class _Choice:
    """What was chosen so far."""

    files: frozenset[str]
    """The projects that go on."""
    amounts: bool = False
    """They are copied."""


def roll_over(context: ActionContext) -> None:
    """Ask what goes into next year's document, and make it; about the amounts a person is asked once."""
    files = frozenset(context.state.document.projects)
    kept = read_settings(settings_path()).rollover_amounts
    if kept:
        _ask(context, _Choice(files=files, amounts=kept == _COPY))
        return
    items = _amount_items()

    def answered(item: str) -> None:
        _keep_amounts(context, copied=item == _COPY)
        _ask(context, _Choice(files=files, amounts=item == _COPY))

    context.picker.ask(_("下一年度的金额怎么办？选一次，以后照此"), items, answered, digits=numbered(items))


def _amount_items() -> list[Item]:
    return [Item(id=_BLANK, label=_("留空，上年的显示在旁边，F3 照用")), Item(id=_COPY, label=_("照抄上年的，再核对"))]


def _keep_amounts(context: ActionContext, *, copied: bool) -> None:
    try:
        remember("rollover_amounts", f'"{_COPY if copied else _BLANK}"')
    except FileError as error:
        context.say(_("没有记住您的选择：{why}").format(why=error))


def _ask(context: ActionContext, choice: _Choice) -> None:
    state = context.state
    year = state.document.year + 1
    label = _("生成 {year} 年的文本：带 {count} 个项目").format(year=year, count=len(choice.files))
    amounts = _("金额：照抄上年的") if choice.amounts else _("金额：留空，上年的显示在旁边")
    items = [
        Item(id=_START, label=label, hint=_("回车开始")),
        Item(id=_AMOUNTS, label=amounts, hint=_("回车改变")),
        Item(id=_FILE, label=_("不照这份，照一个 Word 文档（上年的文本只有它）"), hint=_("回车选文件")),
        *(
            Item(id=file, label=f"{_SHOWN if file in choice.files else ' '} {state.shown.name(file)}")
            for file in state.document.projects
        ),
    ]

    def picked(item: str) -> None:
        if item == _START:
            _make(context, choice, year)
        elif item == _AMOUNTS:
            _keep_amounts(context, copied=not choice.amounts)
            _ask(context, replace(choice, amounts=not choice.amounts))
        elif item == _FILE:
            roll_over_file(context, state.session.folder.data, lambda folder: context.say(_is_there(folder)))
        else:
            _ask(context, replace(choice, files=choice.files ^ {item}))

    title = _("下一年度：带 * 的项目带过去，回车选或不选")
    context.picker.ask(title, items, picked)


def _make(context: ActionContext, choice: _Choice, year: int) -> None:
    session = context.state.session
    if session.problems:
        context.say(_("有不能读取的文件，没有生成新年度的文本"))
        return
    document = rolled_over(context.state.document, session.form, year, choice.files, amounts=choice.amounts)

    def write() -> str:
        try:
            write_document(free_folder(session.folder.data, year, session.folder.unit), document)
        except FileError as error:
            return str(error)
        return _(
            "{year} 年的文本好了：带来 {count} 个项目，文字都要核对，编码要重新填写；用命令“打开别的文本”打开它"
        ).format(year=year, count=len(document.projects))

    context.say(_("正在生成 {year} 年的文本…").format(year=year))
    context.background("rollover", write, context.say)


# ---- from a Word document alone


def _is_there(folder: DocumentFolder) -> str:
    return _("{year} 年的文本好了：文字都要核对，编码要重新填写；用命令“打开别的文本”打开它").format(year=folder.year)


def roll_over_file(context: DialogContext, data: Path, opened: Opened) -> None:
    """Read last year's document from a file that is asked for, and make the next year's of it.

    ``opened`` is called with the folder of that one. Both are in the data folder then, so that they can be compared.
    """
    read_new_file(context, data, None, "", lambda preview: _show_last(context, preview, opened))


def _show_last(context: DialogContext, preview: NewDocumentPreview, opened: Opened) -> None:
    def picked(choice: str) -> None:
        if choice not in (_BLANK, _COPY):
            _show_last(context, preview, opened)
            return
        made = create_next(preview, amounts=choice == _COPY)
        if isinstance(made, DocumentFolder):
            opened(made)
        else:
            context.say(made)

    title = _("照 {name} 生成 {year} 年的文本：金额怎么办？Esc 不生成").format(
        name=preview.path.name, year=preview.new.folder.year + 1
    )
    ask_with_report(context.picker, title, _amount_items(), preview.lines, picked)
