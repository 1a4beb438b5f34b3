"""What each command does on the screen of an open document."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from perftui.desk.conflicts import Conflict
from perftui.desk.person import VARIABLE
from perftui.forms import GroupRole, Role
from perftui.locale import _
from perftui.model.document import Location
from perftui.tui.commands import COMMANDS, PANES
from perftui.tui.screens import choosing, findings, helping, saving, versions
from perftui.tui.screens.choosing import numbered
from perftui.tui.terminal.app import TerminalApp
from perftui.tui.widgets.picker import Item
from perftui.tui.work import clipboard, going, judging, rows
from perftui.tui.work.desktop import desktop_copy
from perftui.tui.work.workbench import FORM, Workbench
from perftui.viewmodel.grid import Cell

if TYPE_CHECKING:
    from perftui.tui.screens.desk_screen import DeskScreen

Action = Callable[["DeskScreen"], None]

_MOST_FOUND = 200
"""So many places of a text are listed."""


# ---- screens


def _to_pane(pane: str) -> Action:
    if pane == "preview":
        return _preview

    def go(screen: "DeskScreen") -> None:
        screen.bench.go_to_pane(pane)
        screen.show()

    return go


def _next_pane(screen: "DeskScreen") -> None:
    pane = PANES[0] if screen.bench.pane == FORM else screen.bench.pane
    _to_pane(PANES[(PANES.index(pane) + 1) % len(PANES)])(screen)


def _preview(screen: "DeskScreen") -> None:
    """The preview opens at the project at hand."""
    file = screen.bench.file
    screen.bench.go_to_pane("preview")
    screen.show()
    places = [cell.place for row in screen.sheet.view.rows for cell in row.cells if cell.place]
    place = next((one for one in places if one.file == file), None)
    if place is not None:
        screen.sheet.go(places[-1])  # come from below, so that its page begins at the top
        screen.sheet.go(place)


def _form(screen: "DeskScreen") -> None:
    row = screen.sheet.row
    file = row.key.file if row and row.key and row.key.file in screen.bench.document.projects else screen.bench.file
    screen.bench.open_project(file)
    screen.show()


def _jump(screen: "DeskScreen") -> None:
    items = [
        Item(id=f"view.{pane}", label=_(next(c.label for c in COMMANDS if c.id == f"view.{pane}"))) for pane in PANES
    ]
    shown = screen.bench.shown
    items += [
        Item(id=f"file:{file}", label=shown.name(file), hint=_("项目")) for file in screen.bench.document.projects
    ]
    places = {f"place:{number}": one for number, one in enumerate(going.fields_of(shown, screen.bench.file))}
    items += [Item(id=item_id, label=label, hint=text) for item_id, (_place, label, text) in places.items()]

    def jumped(picked: str) -> None:
        if picked in places:
            screen.go(places[picked][0])
        else:
            _jumped(screen, picked)

    screen.picker.ask(_("跳到"), items, jumped, digits=numbered(items))


def _jumped(screen: "DeskScreen", picked: str) -> None:
    if picked.startswith("file:"):
        screen.bench.open_project(picked.removeprefix("file:"))
        screen.show()
    else:
        screen.run(picked)


# ---- cells


def _choose(screen: "DeskScreen") -> None:
    cell = screen.sheet.cell
    conflict = judging.conflict_at(screen.bench, screen.sheet.place)
    if conflict is not None:
        _settle(screen, conflict)
        return
    if cell is not None and cell.editable:
        choosing.choose(screen, cell, _category(screen, cell))


def _settle(screen: "DeskScreen", conflict: Conflict) -> None:
    labels = {side: judging.side_label(conflict, side) for side in conflict.sides}
    items = [Item(id=side, label=label, hint=whose) for side, (label, whose) in labels.items()]
    screen.picker.ask(
        _("两边都改过，用哪个？"),
        items,
        lambda side: screen.refresh_after(lambda bench: judging.settle(bench, conflict, side)),
        digits=numbered(items),
    )


def _category(screen: "DeskScreen", cell: Cell) -> str:
    place = cell.place
    if place is None or len(place.path) != 3:
        return ""
    group = screen.bench.shown.spec(place.file).group(place.path[0])
    if group is None or group.role is not GroupRole.INDICATORS:
        return ""
    row = screen.sheet.row
    level1 = group.key_of(Role.LEVEL1)
    return next((one.text for one in row.cells if one.place and one.place.path[-1:] == (level1,)), "") if row else ""


# ---- rows


def _new(screen: "DeskScreen") -> None:
    place = rows.new_row(screen.bench, screen.sheet.cell)
    screen.show(place)


def _delete(screen: "DeskScreen") -> None:
    top, _left, bottom, _right = screen.sheet.selection
    rows.delete_rows(screen.bench, screen.sheet.view.rows[top : bottom + 1])
    screen.show()


def _move(step: int) -> Action:
    def move(screen: "DeskScreen") -> None:
        place = rows.move(screen.bench, screen.sheet.row, screen.sheet.cell, step)
        screen.show(place)

    return move


def _duplicate(screen: "DeskScreen") -> None:
    place = rows.duplicate(screen.bench, screen.sheet.row)
    screen.show(place)


# ---- finding


def _find(screen: "DeskScreen") -> None:
    places: dict[str, Location] = {}

    def found(text: str) -> list[Item]:
        places.clear()
        items = []
        for number, (place, value) in enumerate(screen.bench.search.find(screen.bench.shown, text, _MOST_FOUND)):
            places[str(number)] = place
            hint = f"{screen.bench.shown.name(place.file)} {screen.bench.shown.place_label(place)}"
            items.append(Item(id=str(number), label=value, hint=hint))
        return items

    screen.picker.ask(_("在整个文本里查找"), [], lambda picked: screen.go(places[picked]), source=found)


def _next_empty(screen: "DeskScreen") -> None:
    place = going.next_empty(screen.bench, screen.sheet.place)
    if place is not None:
        screen.go(place)


# ---- the document


def _undo(screen: "DeskScreen") -> None:
    screen.refresh_after(Workbench.undo)


def _redo(screen: "DeskScreen") -> None:
    screen.refresh_after(Workbench.redo)


def _restore(screen: "DeskScreen") -> None:
    deleted = screen.bench.desk.deleted()
    if not deleted:
        screen.bench.notice = _("最近 30 天没有删除过项目")
        return
    spec = screen.bench.desk.form.project
    items = [Item(id=one.file, label=spec.text_of(one.record, Role.NAME) or one.file) for one in deleted]
    screen.picker.ask(
        _("恢复哪个项目"), items, lambda file: screen.refresh_after(lambda bench: judging.restore_deleted(bench, file))
    )


# ---- documents in and out: what they need is loaded when it is asked for, as the start does not wait for it


def _exporting(kind: str) -> Action:
    def start(screen: "DeskScreen") -> None:
        from perftui.tui.screens.documents import exporting
        from perftui.tui.work.exporting import Kind

        exporting(Kind(kind))(screen)

    return start


def _send(screen: "DeskScreen") -> None:
    from perftui.tui.screens.documents import send_last

    send_last(screen)


def _import(screen: "DeskScreen") -> None:
    from perftui.tui.screens.importing import import_into

    import_into(screen)


# ---- help and palette


def _quit(screen: "DeskScreen") -> None:
    screen.leave()


def _copy(screen: "DeskScreen") -> None:
    _to_desktop(screen, clipboard.copy(screen.bench, screen.sheet.selected()))


def _cut(screen: "DeskScreen") -> None:
    text = clipboard.cut(screen.bench, screen.sheet.selected())
    _to_desktop(screen, text)
    screen.show()


def _to_desktop(screen: "DeskScreen", text: str) -> None:
    """The person's own desktop gets it too, where the terminal passes it on."""
    sequence, told = desktop_copy(text, os.environ)
    if sequence and isinstance(screen.app, TerminalApp):
        screen.app.send(sequence)
    screen.bench.notice = _("；").join(part for part in (screen.bench.notice, told) if part)


def _name(screen: "DeskScreen") -> None:
    def told(name: str) -> None:
        if name:
            os.environ[VARIABLE] = name
            screen.say(_("{name}，您好").format(name=name))

    screen.picker.ask(_("您的名字（这次连接里有效）"), [], told)


def _edit(screen: "DeskScreen") -> None:
    screen.sheet.begin_edit()


def _extend(screen: "DeskScreen") -> None:
    screen.sheet.toggle_extending()


def _choose_document(screen: "DeskScreen") -> None:
    screen.choose_document()


ACTIONS: dict[str, Action] = {
    "app.help": helping.help_here,
    "app.name": _name,
    "app.palette": helping.palette,
    "app.quit": _quit,
    "cell.edit": _edit,
    "cell.take": choosing.take,
    "cell.choose": _choose,
    "check.next": findings.next_finding,
    "check.accept": findings.accept,
    "check.explain": findings.explain,
    "check.fix": findings.fix,
    "check.reopen": findings.reopen,
    "document.choose": _choose_document,
    "document.draft": _exporting("draft"),
    "document.export": _exporting("whole"),
    "document.final": _exporting("final"),
    "document.import": _import,
    "document.pdf": _exporting("pdf"),
    "document.project": _exporting("project"),
    "document.save": saving.save,
    "document.send": _send,
    "edit.copy": _copy,
    "edit.cut": _cut,
    "edit.fill_down": lambda screen: screen.refresh_after(lambda bench: clipboard.fill_down(bench, screen.sheet)),
    "edit.fill_right": lambda screen: screen.refresh_after(lambda bench: clipboard.fill_right(bench, screen.sheet)),
    "edit.paste": lambda screen: screen.refresh_after(
        lambda bench: clipboard.paste_clip(bench, screen.sheet.view, screen.sheet.selection[:2])
    ),
    "edit.redo": _redo,
    "edit.undo": _undo,
    "git.fetch": versions.fetch,
    "git.version": versions.ask_version,
    "find.empty": _next_empty,
    "find.text": _find,
    "row.delete": _delete,
    "row.down": _move(1),
    "row.duplicate": _duplicate,
    "row.new": _new,
    "row.pattern": choosing.begin_from_pattern,
    "row.restore": _restore,
    "row.up": _move(-1),
    "save.elsewhere": saving.save_elsewhere,
    "save.retry": saving.retry,
    "select.extend": _extend,
    "view.form": _form,
    "view.jump": _jump,
    "view.next": _next_pane,
    **{f"view.{pane}": _to_pane(pane) for pane in PANES},
}
