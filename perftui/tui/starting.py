"""Starts the screens: the guard is forked and the environment set before anything imports Textual."""

import gc
import os
from pathlib import Path

from perftui.locale import choose_language
from perftui.tui import start_cache
from perftui.tui.terminal.environment import prepare
from perftui.tui.terminal.import_stubs import left_out
from perftui.tui.terminal.watchdog import start_watchdog


def run(data: Path, year: int | None = None, unit: str | None = None, lang: str | None = None) -> int:
    """Open the screens on a data folder; the exit code. ``lang`` goes before ``PERFTUI_LANG`` and the settings.

    Raises a FileError where the folder cannot be read, and whatever ended the screens before their time.
    """
    guard = start_watchdog()
    gc.disable()  # nothing is thrown away before the first paint; the screens switch it on again
    try:
        painted = start_cache.paint(data, lang) if year is None and unit is None else None
        return _run(data, year, unit, lang, painted)
    except KeyboardInterrupt:  # Ctrl+Q while the files are read
        return 0
    finally:
        start_cache.take_back()
        gc.enable()
        guard.done()


def _run(
    data: Path, year: int | None, unit: str | None, lang: str | None, painted: start_cache.PaintedFrame | None
) -> int:
    from perftui.tui.state.settings_file import settings_path  # there is something to read by now
    from perftui.tui.user_settings import read_settings

    settings = read_settings(settings_path())
    choose_language(lang or os.environ.get("PERFTUI_LANG") or settings.language)
    if settings.mouse is not None:
        os.environ.setdefault("PERFTUI_MOUSE", "1" if settings.mouse else "0")
    prepare(os.environ)
    if painted is None:
        from perftui.tui import opening_picture  # forms and the list are not loaded for a picture that was kept

        painted = opening_picture.paint(data, year, unit)
    with left_out():
        from perftui.tui.app import run_screens

    return run_screens(data, settings, year, unit, lang, painted)
