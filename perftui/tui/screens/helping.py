"""F1 and Ctrl+P: help about the place at hand, and the list of every command behind it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from perftui.locale import _
from perftui.tui.commands import COMMANDS, command, key_of
from perftui.tui.widgets.picker import Item
from perftui.tui.work.workbench import LISTS
from perftui.viewmodel.help import help_lines

if TYPE_CHECKING:
    from perftui.tui.screens.desk_screen import DeskScreen

_TWINS = {str(number): one.id for one in COMMANDS for number in range(1, 10) if one.key == f"f{number}"}
"""Ctrl+P and a digit is that F key."""

_CELLS = "cells"
_FIRST: Mapping[str, Sequence[str]] = {
    "projects": ("row.new", "row.pattern", "row.duplicate", "row.delete", "row.up", "row.down", "find.text"),
    "findings": ("check.explain", "check.fix", "check.accept", "check.reopen", "check.next"),
    "preview": ("document.export", "document.project", "document.pdf", "document.draft"),
    _CELLS: ("cell.take", "cell.choose", "find.empty", "cell.edit", "row.new", "edit.fill_down", "edit.undo"),
}
"""What is done most on a screen."""


def palette(screen: "DeskScreen") -> None:
    """Every command, to be run by name."""
    items = [_item(screen, one.id) for one in COMMANDS]
    screen.picker.ask(_("命令：输入名称，回车执行；数字等于 F 键"), items, screen.run, digits=_TWINS)


def help_here(screen: "DeskScreen") -> None:
    """What the cell and the screen at hand are about, then the commands, those of this screen first."""
    pane = screen.bench.pane
    first = _FIRST[pane if pane in LISTS else _CELLS]
    commands = [*first, *(one.id for one in COMMANDS if one.id not in first)]
    told = screen.picker.as_items(help_lines(screen.bench.shown, pane, screen.sheet.cell), beside=2)
    items = [*told, *(_item(screen, command_id) for command_id in commands)]
    known = set(commands)

    def run(picked: str) -> None:
        if picked in known and screen.sheet.leave():  # a text that is being typed stays so while one reads
            screen.run(picked)

    screen.picker.ask(_("帮助：输入名称找命令，回车执行，Esc 返回"), items, run, digits=_TWINS)


def _item(screen: "DeskScreen", command_id: str) -> Item:
    one = command(command_id)
    return Item(id=one.id, label=_(one.label), hint=f"{_(one.tooltip)}  {key_of(screen.keymap, one.id)}".rstrip())
