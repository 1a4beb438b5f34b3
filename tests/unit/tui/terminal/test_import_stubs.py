"""Textual loads without the palette and TLS, which can still be imported afterwards."""

from tests.conftest import RunPython

CODE = """
import sys
from perftui.tui.terminal.import_stubs import left_out
with left_out():
    import perftui.tui.app
    from textual.app import App
print([name in sys.modules for name in ("textual.command", "ssl")])
import ssl, asyncio, textual.command
print(hasattr(ssl, "SSLContext"), hasattr(textual.command.CommandPalette, "is_open"))
"""


def test_they_are_left_out_and_can_be_had_later(run_python: RunPython) -> None:
    assert run_python(CODE) == "[False, False]\nTrue True"


def test_what_is_loaded_already_stays(run_python: RunPython) -> None:
    code = (
        "import ssl, textual.command, sys\n"
        "from perftui.tui.terminal.import_stubs import left_out\n"
        "with left_out(): pass\n"
        "print(sys.modules['ssl'] is ssl, sys.modules['textual.command'] is textual.command)"
    )
    assert run_python(code) == "True True"
