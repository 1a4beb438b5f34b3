"""F1 and Ctrl+P: help about the place at hand, and the list of every command behind it."""

from collections.abc import Mapping, Sequence

from perftui.locale import _
from perftui.tui.actions.context import ActionContext
from perftui.tui.commands import COMMANDS, command, key_of
from perftui.tui.panes import LISTS
from perftui.tui.widgets.picker_lines import Item
from perftui.viewmodel.help import help_lines

_TWINS = {str(number): one.id for one in COMMANDS for number in range(1, 10) if one.key == f"f{number}"}
"""Ctrl+P and a digit is that F key."""

_CELLS = "cells"
_FIRST: Mapping[str, Sequence[str]] = {
    "projects": ("row.new", "row.pattern", "row.duplicate", "row.delete", "row.up", "row.down", "find.text"),
    "findings": ("check.explain", "check.fix", "check.accept", "check.reopen", "check.next"),
    "overview": ("view.comparison", "view.findings", "check.next", "document.export"),
    "comparison": ("view.overview", "view.form", "find.text"),
    "preview": ("document.export", "document.project", "document.pdf", "document.draft"),
    _CELLS: ("cell.take", "cell.choose", "find.empty", "cell.edit", "row.new", "edit.fill_down", "edit.undo"),
}
"""The most used commands of each screen."""


def palette(context: ActionContext) -> None:
    """Every command, to be run by name."""
    recent = context.state.recent_commands.ids
    first = [*recent, *(one.id for one in COMMANDS if one.id not in recent)]

    def run(picked: str) -> None:
        context.state.recent_commands.note(picked)
        context.run(picked)

    items = [_item(context, command_id) for command_id in first]
    context.picker.ask(_("命令：输入名称，回车执行；数字等于 F 键"), items, run, digits=_TWINS)


def help_here(context: ActionContext) -> None:
    """What the cell and the screen at hand are about, then the commands, those of this screen first."""
    pane = context.state.pane
    first = _FIRST[pane if pane in LISTS else _CELLS]
    commands = [*first, *(one.id for one in COMMANDS if one.id not in first)]
    listed = context.picker.as_items(help_lines(context.state.shown, pane, context.sheet.cell), beside=2)
    items = [*listed, *(_item(context, command_id) for command_id in commands)]
    known = set(commands)

    def run(picked: str) -> None:
        if picked in known and context.sheet.leave():  # a text that is being typed stays so while one reads
            context.run(picked)

    context.picker.ask(_("帮助：输入名称找命令，回车执行，Esc 返回"), items, run, digits=_TWINS)


def _item(context: ActionContext, command_id: str) -> Item:
    one = command(command_id)
    return Item(id=one.id, label=_(one.label), hint=f"{_(one.tooltip)}  {key_of(context.keymap, one.id)}".rstrip())
