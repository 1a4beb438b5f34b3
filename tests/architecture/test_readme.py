"""What the README says is true: every command is in it, and its test command is the one that is run as a whole."""

import re

from perftui.cli.registry import COMMANDS
from tests.bench.figures import Target
from tests.bench.readme import with_tables
from tests.conftest import ROOT

README = ROOT / "README.md"


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if not re.search(rf"perftui {name}\b", text)] == []


def test_the_bench_puts_its_table_into_the_readme_in_two_languages() -> None:
    text = README.read_text(encoding="utf-8")
    once = with_tables(text, [Target(what="find a word in 9 projects", measured=0.5, most=1)])
    again = with_tables(once, [Target(what="find a word in 9 projects", measured=2.0, most=1)])
    assert [
        re.search(row, again) is not None
        for row in ("9 projects +\\| 1 +\\| 2.00 +\\| no", "9 个项目 +\\| 1 +\\| 2.00 +\\| 否")
    ] == [True, True]
    assert "0.50" not in again
    assert again.count("<!-- bench:") == again.count("<!-- /bench:") == 2
    marked = re.compile("(<!-- bench:(..) -->\n).*?(<!-- /bench:..)", re.DOTALL)
    assert marked.sub(r"\1\3", again) == marked.sub(r"\1\3", text)


def test_the_whole_run_uses_the_readmes_test_command() -> None:
    whole = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = re.findall(r'^bash -c "(.*pytest)"', whole, re.MULTILINE)
    assert command in README.read_text(encoding="utf-8").splitlines()
