"""What is loaded by what: light commands load no heavy library, the program starts without its screens."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import factories
from tests.conftest import ROOT, RunPython
from tests.unit.store.documents import write_document

HEAVY = ("textual", "rich.console", "docx", "lxml", "tomlkit", "subprocess", "asyncio", "openpyxl")
LEAKED = f"print([name for name in {HEAVY!r} if name in sys.modules])"


@pytest.mark.parametrize(
    "module",
    [
        "perftui.model.record",
        "perftui.model.width",
        "perftui.forms",
        "perftui.files.writing",
        "perftui.store.toml.decode",
        "perftui.store.toml.canonical",
        "perftui.editing.editor",
        "perftui.store.open",
        "perftui.store.git.merge_driver",
        "perftui.review.engine",
        "perftui.session.open_document",
        "perftui.session.export",
        "perftui.exchange.page",
        "perftui.exchange.layout",
        "perftui.viewmodel.page_drawing",
        "perftui.cli.main",
        "perftui.tui.commands",
    ],
)
def test_loads_no_heavy_library(module: str, run_python: RunPython) -> None:
    assert run_python(f"import sys, {module}; {LEAKED}") == "[]"


@pytest.mark.parametrize(
    "words", [["list"], ["list", "--json"], ["check"], ["show", "#1"], ["rules"], ["format", "--check"]]
)
def test_light_commands_load_no_heavy_library(words: list[str], run_python: RunPython, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")  # outside of a working copy: nobody asks git
    data = ["--data", str(tmp_path / "data")] if words != ["rules"] else []
    code = f"import sys; from perftui.cli.main import main; main({[*words, *data]!r}); {LEAKED}"
    assert run_python(code).splitlines()[-1] == "[]"


def test_a_list_of_unchanged_projects_loads_no_rule(run_python: RunPython, tmp_path: Path) -> None:
    write_document(tmp_path, factories.document(projects=60))
    run = f"import sys; from perftui.cli.main import main; main(['list', '--data', {str(tmp_path)!r}])"
    modules = ("perftui.review.catalogue", "perftui.review.report.text_report")
    told = f"print([one for one in {modules!r} if one in sys.modules])"
    assert run_python(f"{run}; {told}").splitlines()[-1] != "[]"
    assert run_python(f"{run}; {told}").splitlines()[-1] == "[]"


def test_an_answer_that_is_kept_loads_no_command_line_form_or_rule(run_python: RunPython, tmp_path: Path) -> None:
    write_document(tmp_path, factories.document())
    ask = f"kept_answers._DOUBT_NS = 0; kept_answers.main(['list', '--data', {str(tmp_path)!r}])"
    code = f"import sys; from perftui.cli import kept_answers; {ask}; print('argparse' in sys.modules)"
    first, again = run_python(code).splitlines(), run_python(f"{code}; {LEAKED}").splitlines()
    assert (first[-1], again[-2:]) == ("True", ["False", "[]"])
    assert first[:-1] == again[:-2]


def test_what_is_kept_hangs_on_every_folder_of_the_program_that_it_comes_from(
    run_python: RunPython, tmp_path: Path
) -> None:
    write_document(tmp_path, factories.document())
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    words = f"['list', '--data', {str(tmp_path)!r}], ['check', '--data', {str(tmp_path)!r}]"
    loaded = "{name.split('.')[1] for name in sys.modules if name.startswith('perftui.')}"
    answers = f"import sys; from perftui.cli import kept_answers, main; [main.main(one) for one in ({words})]"
    assert run_python(f"{answers}; print({loaded} - {{*kept_answers.PROGRAM}})").splitlines()[-1] == "set()"
    picture = "import sys; from perftui.tui import app, start_cache, start_snapshot"
    assert run_python(f"{picture}; print({loaded} - {{*start_cache.PROGRAM}})").splitlines()[-1] == "set()"


def test_the_merge_driver_needs_the_standard_library_alone(run_python: RunPython) -> None:
    """A clone may have another Python, where nothing is installed."""
    code = (
        "import sys; standard = set(sys.stdlib_module_names)\n"
        "import perftui.cli.main, perftui.cli.commands.merge_file\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} - standard - {'__main__', 'perftui'}))"
    )
    assert [name for name in ast.literal_eval(run_python(code)) if not name.startswith("_")] == []


def test_a_whole_export_loads_no_python_docx_and_of_the_heavy_only_what_reads_it_back(
    run_python: RunPython, tmp_path: Path
) -> None:
    words = ["export", "--data", str(ROOT / "data"), "-o", str(tmp_path / "a.docx")]
    code = f"import sys; from perftui.cli.main import main; main({words!r}); {LEAKED}"
    assert run_python(code).splitlines()[-1] == "['lxml']"


def test_the_first_screen_loads_nothing_that_it_does_not_show(run_python: RunPython) -> None:
    """Rules, page layout, Word and the network's modules cost the start a third; they are loaded when asked for."""
    later = (
        "perftui.review.catalogue", "perftui.exchange.layout", "perftui.exchange.importer.docx", "lxml", "docx",
        "perftui.tui.state.pane_views", "perftui.viewmodel.preview", "perftui.viewmodel.department",
        "perftui.viewmodel.project_form", "perftui.viewmodel.plan", "perftui.tui.screens.start_screen",
        "perftui.store.git.repository", "perftui.store.git.setup",
        "tomlkit", "rich.traceback", "pygments", "http", "email", "urllib.request", "importlib.resources",
    )  # fmt: skip
    code = f"import sys, perftui.tui.starting, perftui.tui.app; print([one for one in {later!r} if one in sys.modules])"
    assert run_python(code) == "[]"


def test_the_start_compiles_few_classes(run_python: RunPython) -> None:
    """``dataclass`` writes a class's functions as text and compiles them at import: half a millisecond each."""
    code = (
        "import sys, perftui.tui.starting, perftui.tui.app\n"
        "ours = [vars(module) for name, module in sys.modules.items() if name.startswith('perftui')]\n"
        "made = {one for names in ours for one in names.values() if isinstance(one, type)}\n"
        "codes = [(one, getattr(one.__init__, '__code__', None)) for one in made]\n"
        "print(sum(code is not None and code.co_filename == '<string>' and one.__module__.startswith('perftui')"
        " for one, code in codes))"
    )
    assert int(run_python(code)) <= 23
