"""Documents in, on the screens: a file is chosen, what it would bring is shown, and Enter takes it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perftui.desk.importing import TABLES, WORDS
from perftui.locale import _
from perftui.model.width import wrap
from perftui.tui.screens.background import in_background
from perftui.tui.widgets.picker import Item, Picker
from perftui.tui.work.importing import Founding, Incoming, folders_of, found, paths_for, read_into, read_new, take

if TYPE_CHECKING:
    from perftui.tui.screens.desk_screen import DeskScreen
    from perftui.tui.screens.start_screen import StartScreen

_ALL, _ADD = "all", "add"


def ask_file(
    picker: Picker, data: Path, endings: Sequence[str], chosen: Callable[[Path], None], text: str = ""
) -> None:
    """Ask for a file: those at hand are listed, a path can be typed; a folder that is picked opens."""
    folders = folders_of(data)

    def picked(path: str) -> None:
        if path.endswith("/"):
            ask_file(picker, data, endings, chosen, path)
        else:
            chosen(Path(path))

    def items(typed: str) -> list[Item]:
        return [
            Item(id=path, label=Path(path).name, hint=str(Path(path).parent))
            for path in paths_for(typed, folders, endings)
        ]

    title = _("读入哪个文件：输入名称的一部分或路径，回车选定")
    picker.ask(title, items(""), picked, text=text, source=items)


# ---- into the open document


def import_into(screen: "DeskScreen") -> None:
    """Read a document of Word, or a table of indicator rows, into the open document."""
    ask_file(screen.picker, screen.bench.desk.folder.data, (*WORDS, *TABLES), lambda path: _read(screen, path))


def _read(screen: "DeskScreen", path: Path) -> None:
    screen.say(_("正在读 {name}…").format(name=path.name))
    in_background(screen, screen, "import", lambda: read_into(screen.bench, path), lambda read: _show(screen, read))


def _show(screen: "DeskScreen", incoming: Incoming | str) -> None:
    if isinstance(incoming, str):
        screen.say(incoming)
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
    title = _("{name}：看清楚再选，Esc 不读入").format(name=incoming.path.name)
    if not choices:
        title = _("{name}：没有可以读入的新内容").format(name=incoming.path.name)

    def picked(choice: str) -> None:
        if choice in (_ALL, _ADD):
            screen.refresh_after(lambda bench: take(bench, incoming, changing=choice == _ALL))
        elif choices:
            _show(screen, incoming)

    _ask(screen.picker, title, choices, incoming.lines, picked)
    screen.say("")


# ---- as a new document


def import_new(screen: "StartScreen", year: int | None, unit: str) -> None:
    """Read a document of Word as a new document of the data folder."""
    ask_file(screen.picker, screen.data, WORDS, lambda path: _read_new(screen, path, year, unit))


def _read_new(screen: "StartScreen", path: Path, year: int | None, unit: str) -> None:
    screen.say(_("正在读 {name}…").format(name=path.name))

    in_background(
        screen, screen, "import", lambda: read_new(screen.data, path, year, unit), lambda read: _show_new(screen, read)
    )


def _show_new(screen: "StartScreen", founding: Founding | str) -> None:
    if isinstance(founding, str):
        screen.say(founding)
        return

    def picked(choice: str) -> None:
        if choice != _ALL:
            _show_new(screen, founding)
            return
        why = found(founding)
        if why:
            screen.say(why)
        else:
            screen.opened_document(founding.new.folder)

    screen.say("")
    title = _("{name}：看清楚再选，Esc 不读入").format(name=founding.path.name)
    _ask(screen.picker, title, [Item(id=_ALL, label=_("读入，建立新的文本"))], founding.lines, picked)


def _ask(
    picker: Picker, title: str, choices: Sequence[Item], lines: Sequence[str], picked: Callable[[str], None]
) -> None:
    """The choices, and below them the report to read through."""
    room = max(10, picker.app.size.width - 5)  # the digits of the choices stand before every line
    pieces = [line[start:end].rstrip("\n") for line in lines for start, end in wrap(line, room)]
    report = [Item(id=f"line:{number}", label=piece) for number, piece in enumerate(pieces)]
    digits = {str(number): item.id for number, item in enumerate(choices, 1)}
    picker.ask(title, [*choices, *report], picked, digits=digits)
