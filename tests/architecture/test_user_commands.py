"""The table of the screens' commands: each has its own id and key, a label and a tooltip."""

from collections import Counter

from perftui.tui.commands import COMMANDS
from perftui.tui.panes import FORM, PANES


def test_ids_and_keys_are_unique() -> None:
    for attribute in ("id", "key"):
        counted = Counter(value for command in COMMANDS if (value := getattr(command, attribute)))
        assert [value for value, count in counted.items() if count > 1] == [], attribute


def test_every_command_says_what_it_does() -> None:
    assert [command.id for command in COMMANDS if not (command.label and command.tooltip)] == []


def test_every_screen_has_the_command_that_goes_to_it() -> None:
    assert sorted({f"view.{pane}" for pane in (*PANES, FORM)} - {command.id for command in COMMANDS}) == []


def test_letters_are_never_commands() -> None:
    bare = [key for command in COMMANDS for key in command.key.split(",") if len(key) == 1]
    assert set(bare) <= {"?", "？", "/", "、"}
