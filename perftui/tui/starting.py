"""The way into the screens: the guard is forked and the environment set before anything imports Textual."""

import gc
import os
from pathlib import Path

from perftui.tui.terminal.environment import prepare
from perftui.tui.terminal.guard import start_guard


def run(data: Path, year: int | None = None, unit: str | None = None) -> int:
    """Open the screens on a data folder; the exit code.

    Raises a FileError where the folder cannot be read, and whatever ended the screens before their time.
    """
    prepare(os.environ)
    guard = start_guard()
    gc.disable()  # nothing is thrown away before the first paint; the screens switch it on again
    try:
        from perftui.tui.app import run_screens

        return run_screens(data, year, unit)
    finally:
        gc.enable()
        guard.done()
