"""The README's figures can be measured in parts, all of them by the same code on the same machine."""

import ast
import re
from pathlib import Path

from tests.bench.figures import Target
from tests.bench.kept import Kept
from tests.bench.reading import FORMS
from tests.bench.readme import in_chinese
from tests.conftest import ROOT
from tests.gallery.facts import KINDS

START, KEYS = Target(what="start", measured=1.5, most=2.0), Target(what="keys", measured=3.0, most=2.0, digits=1)


def test_topics_measured_in_parts_are_told_together_in_their_order(tmp_path: Path) -> None:
    Kept(tmp_path / "figures", "here").keep("keys", [KEYS])
    kept = Kept(tmp_path / "figures", "here")
    assert kept.lacking(("start", "keys")) == ["start"]
    kept.keep("start", [KEYS])
    kept.keep("start", [START])
    assert kept.lacking(("start", "keys")) == []
    assert kept.targets(("start", "keys")) == [START, KEYS]


def test_figures_of_another_machine_or_of_other_code_are_measured_again(tmp_path: Path) -> None:
    Kept(tmp_path, "here").keep("start", [START])
    elsewhere = Kept(tmp_path, "there")
    assert elsewhere.lacking(["start"]) == ["start"]
    assert elsewhere.targets(["start"]) == []
    path = tmp_path / "start.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"made_by": "', '"made_by": "0'), encoding="utf-8")
    assert Kept(tmp_path, "here").lacking(["start"]) == ["start"]


NAMES = {"docx", "fsync", "grep", "hebei", "kbit", "python", "PSS", "stat", "Textual", "tomllib", "vim", "zip"}
"""Names of programs and calls, the same in every language; ``list`` and ``check`` are commands."""
FILLED_IN = {
    "{kind} that are": KINDS, "read by {by}": ("the form that fits best", *FORMS), "memory of {name}": ("writing",),
    "growth of: {name}": ("open, cold", "rules after an edit"), "{name} of {count} unch": ("list", "check"),
    "document{told}": ("", ", after F5 and F7"), "p50{kind}": ("", " moves"),
}  # fmt: skip


def figure_names() -> list[str]:
    """What every figure of the benchmarks is called; what is filled in is a 9, or each word that is."""
    found = []
    for path in sorted((ROOT / "tests" / "bench").glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "target":
                found += spelt_out(ast.unparse(call.args[0]).removeprefix("f").strip("\"'"))
    return found


def spelt_out(name: str) -> list[str]:
    for part, words in FILLED_IN.items():
        if part in name:
            place = re.search(r"\{.*?\}", part)
            assert place is not None
            return [one for word in words for one in spelt_out(name.replace(part, part.replace(place[0], word)))]
    return [re.sub(r"\{.*?\}", "9", name)]


def test_every_figure_of_the_readme_has_a_chinese_name() -> None:
    names = figure_names()
    assert len(names) > 50
    english = {name: set(re.findall("[A-Za-z]{3,}", in_chinese(name.partition(" (most")[0]))) - NAMES for name in names}
    assert {name: words for name, words in english.items() if words - {"list", "check"}} == {}
    assert len({in_chinese(name) for name in names}) == len(names)
