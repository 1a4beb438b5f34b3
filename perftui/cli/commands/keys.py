"""``perftui keys``: the key sheet of the screens, from their table of commands."""

from perftui.cli.arguments import Arguments, Parser
from perftui.cli.exits import Exit
from perftui.cli.output import put_table
from perftui.locale import _
from perftui.tui.commands import COMMANDS, key_label


def add_arguments(parser: Parser) -> None:
    """It has no words of its own."""


def run(args: Arguments) -> Exit:
    """Print key, id, name and purpose of every command of the screens."""
    rows = [
        (" ".join(map(key_label, filter(None, one.key.split(",")))), one.id, _(one.label), _(one.tooltip))
        for one in COMMANDS
    ]
    put_table(rows, ["left", "left", "left", "left"])
    return Exit.DONE
