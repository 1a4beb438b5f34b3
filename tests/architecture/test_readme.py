"""What the README says is true: every command is in it, and its test command is the one that is run as a whole."""

import re

from perftui.cli.registry import COMMANDS
from tests.conftest import ROOT

README = ROOT / "README.md"


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if not re.search(rf"perftui {name}\b", text)] == []


def test_the_whole_run_uses_the_readmes_test_command() -> None:
    whole = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = re.findall(r'^bash -c "(.*pytest)"', whole, re.MULTILINE)
    assert command in README.read_text(encoding="utf-8").splitlines()
