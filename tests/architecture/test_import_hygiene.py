"""What is loaded by what: light commands load no heavy library, the program starts without its screens."""

import pytest

from tests.conftest import RunPython

HEAVY = ("textual", "rich.console", "docx", "lxml", "tomlkit", "subprocess", "asyncio", "openpyxl")
LEAKED = f"print([name for name in {HEAVY!r} if name in sys.modules])"


@pytest.mark.parametrize(
    "module",
    [
        "perftui.model.record",
        "perftui.model.width",
        "perftui.forms",
        "perftui.files.writing",
        "perftui.store.codec",
        "perftui.store.canonical",
        "perftui.editing.session",
        "perftui.exchange.page",
    ],
)
def test_loads_no_heavy_library(module: str, run_python: RunPython) -> None:
    assert run_python(f"import sys, {module}; {LEAKED}") == "[]"
