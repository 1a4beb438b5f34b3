"""Importing: a file is chosen, a preview of the import is shown, and Enter imports it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from perftui.locale import _
from perftui.session.foreign_document import TABLES, WORDS
from perftui.store.folder import DocumentFolder
from perftui.tui.actions.context import ActionContext, DialogContext
from perftui.tui.state.import_job import (
    ImportPreview,
    NewDocumentPreview,
    create_document,
    folders_of,
    paths_for,
    read_into,
    read_new,
    take,
)
from perftui.tui.widgets.picker import Picker
from perftui.tui.widgets.picker_lines import Item, numbered

_ALL, _ADD, _AS_FILE = "all", "add", "as-file"


def ask_file(
    picker: Picker, data: Path, endings: Sequence[str], chosen: Callable[[Path], None], text: str = "", title: str = ""
) -> None:
    """Ask for a file: those at hand are listed, a path can be typed; a folder that is picked opens."""
    folders = folders_of(data)

    def picked(path: str) -> None:
        if path.endswith("/"):
            ask_file(picker, data, endings, chosen, path, title)
        else:
            chosen(Path(path))

    def items(typed: str) -> list[Item]:
        return [
            Item(id=path, label=Path(path).name, hint=str(Path(path).parent))
            for path in paths_for(typed, folders, endings)
        ]

    title = title or _("读入哪个文件：输入名称的一部分或路径，回车选定")
    picker.ask(title, items(""), picked, text=text, source=items)


# ---- into the open document


def import_into(context: ActionContext) -> None:
    """Read a document of Word, or a table of indicator rows, into the open document."""
    ask_file(context.picker, context.state.session.folder.data, (*WORDS, *TABLES), lambda path: _read(context, path))


def _read(context: ActionContext, path: Path) -> None:
    context.say(_("正在读 {name}…").format(name=path.name))
    context.background("import", lambda: read_into(context.state, path), lambda read: _show(context, read))


def _show(context: ActionContext, incoming: ImportPreview | str) -> None:
    if isinstance(incoming, str):
        context.say(incoming)
        return
    plan = incoming.plan
    choices = []
    if plan.changes or plan.added:
        label = _("全部读入：新增 {added} 个项目，改动 {changed} 处").format(
            added=len(plan.added), changed=len(plan.changes)
        )
        choices.append(Item(id=_ALL, label=label))
    if plan.changes and plan.added:
        choices.append(Item(id=_ADD, label=_("只加入新项目，已有的不改")))
    if plan.asides:
        label = _("也照文件改不是在 Word 里改的 {count} 处").format(count=plan.asides)
        choices.append(Item(id=_AS_FILE, label=label))
    title = _("{name}：看清楚再选，Esc 不读入").format(name=incoming.path.name)
    if not choices:
        title = _("{name}：没有可以读入的新内容").format(name=incoming.path.name)

    def picked(choice: str) -> None:
        if choice in (_ALL, _ADD, _AS_FILE):
            taken = take(context.state, incoming, changing=choice != _ADD, as_file=choice == _AS_FILE)
            context.go(taken)
        elif choices:
            _show(context, incoming)

    ask_with_report(context.picker, title, choices, incoming.lines, picked)
    context.say("")


# ---- as a new document


Opened = Callable[[DocumentFolder], None]


def import_new(context: DialogContext, data: Path, year: int | None, unit: str, opened: Opened) -> None:
    """Read a document of Word or Excel as a new document of a data folder; ``opened`` is called with its folder."""
    read_new_file(context, data, year, unit, lambda preview: _show_new(context, preview, opened))


def read_new_file(
    context: DialogContext, data: Path, year: int | None, unit: str, show: Callable[[NewDocumentPreview], None]
) -> None:
    """Ask for a file and read it; ``show`` gets what it would become, or it is said why it cannot."""

    def read(preview: NewDocumentPreview | str) -> None:
        if isinstance(preview, str):
            context.say(preview)
            return
        context.say("")
        show(preview)

    def chosen(path: Path) -> None:
        context.say(_("正在读 {name}…").format(name=path.name))
        context.background("import", lambda: read_new(data, path, year, unit), read)

    ask_file(context.picker, data, (*WORDS, *TABLES), chosen)


def _show_new(context: DialogContext, preview: NewDocumentPreview, opened: Opened) -> None:
    def picked(choice: str) -> None:
        if choice != _ALL:
            _show_new(context, preview, opened)
            return
        why = create_document(preview)
        if why:
            context.say(why)
        else:
            opened(preview.new.folder)

    title = _("{name}：看清楚再选，Esc 不读入").format(name=preview.path.name)
    ask_with_report(context.picker, title, [Item(id=_ALL, label=_("读入，建立新的文本"))], preview.lines, picked)


def ask_with_report(
    picker: Picker, title: str, choices: Sequence[Item], lines: Sequence[str], picked: Callable[[str], None]
) -> None:
    """The choices, and below them the report to read through."""
    report = picker.as_items(lines, beside=3)  # the digits of the choices stand before every line
    picker.ask(title, [*choices, *report], picked, digits=numbered(choices))
