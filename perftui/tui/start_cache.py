"""The first screen, painted before anything heavy is loaded: what the program will show itself a moment later.

At the end of a session the screens leave a picture of how they will begin next time, together with everything that
picture depends on. A start that finds all of it unchanged puts the picture on the terminal at once. Keys that are typed
meanwhile wait in the terminal's queue; the settings of the terminal before are kept for the screens to give back.
"""

import os
from pathlib import Path
from typing import Any, TypeAlias

from perftui.files.errors import FileError
from perftui.files.reading import Look, SeenFiles, look
from perftui.files.xdg_dirs import config_folder
from perftui.store.cache_file import load_cache, save_cache
from perftui.store.document_state_dir import own_folder
from perftui.store.program_stamp import ENVIRONMENT, SHOWN, program_stamp
from perftui.tui.terminal import termios_settings, watchdog
from perftui.tui.terminal.modes import PLAIN_KEYS
from perftui.tui.terminal.probe import QUESTION
from perftui.tui.terminal.tty_line import OUTPUT

PROGRAM = (*SHOWN, "viewmodel", "tui")
"""The folders of the program that a first screen comes from."""

_KIND = "first-frames"
_PROJECTS = "projects"
_FRAME = "frame"
_ENVIRONMENT = (*ENVIRONMENT, "TERM", "COLORTERM", "NO_COLOR", "PERFTUI_MOUSE", "SSH_CONNECTION")
_FORMS, _LIBRARY = "forms", "library"
"""Folders by their names: to import what reads them costs more than the picture."""
_Listed: TypeAlias = tuple[tuple[str, Look | None], ...]
_BEGIN = f"\x1b[?1049h{PLAIN_KEYS}\x1b[?25l"
_LEAVE = "\x1b[m\x1b[?1049l\x1b[?25h"


class PaintedFrame:
    """What stands on the terminal's alternate screen."""

    def __init__(self, cols: int, rows: int, frame: str, seen: SeenFiles) -> None:
        """``seen``: the project files as they were looked at for it."""
        self.cols, self.rows, self.seen = cols, rows, seen
        self.drawn = frame
        self.added = ""
        """What was written over it since."""

    @property
    def frame(self) -> str:
        """All of it as one frame."""
        return self.drawn + self.added


def paint(data: Path, lang: str | None) -> PaintedFrame | None:
    """Paint the picture, if there is one that is true; ``None`` where nothing was done."""
    size, folder = window(), _only_document(data)
    if size is None or folder is None:
        return None
    cols, rows = size
    projects = _listed(folder / _PROJECTS)
    found = load_cache(folder, _KIND, _key(folder, cols, rows, lang, projects)).entries.get(_FRAME)
    if not isinstance(found, str):
        return None
    return show(cols, rows, found, {f"{_PROJECTS}/{name}": seen for name, seen in projects if seen is not None})


def window() -> tuple[int, int] | None:
    """Columns and rows of the terminal; ``None`` where there is none to paint on."""
    if not (os.isatty(0) and os.isatty(OUTPUT) and termios_settings.in_foreground(0)):
        return None
    return termios_settings.window_size(OUTPUT, 0)


def show(cols: int, rows: int, frame: str, seen: SeenFiles | None = None) -> PaintedFrame | None:
    """Put a frame on the terminal, which is on loan from now on; ``None`` where it cannot be had."""
    watchdog.current().taken()
    if not termios_settings.lend_raw(0):
        return None
    os.write(OUTPUT, f"{_BEGIN}{QUESTION}{frame}".encode("utf-8", "replace"))
    return PaintedFrame(cols, rows, frame, seen or {})


def take_back() -> None:
    """Give the terminal back as it was, unless the screens have taken it over (and given it back themselves)."""
    if termios_settings.end_loan(0):
        os.write(OUTPUT, _LEAVE.encode())
        watchdog.current().given_back()


def keep(folder: Path, cols: int, rows: int, lang: str | None, frame: str) -> None:
    """Keep the picture of the next first screen; called when nothing is written to the document any more."""
    save_cache(folder, _KIND, _key(folder, cols, rows, lang, _listed(folder / _PROJECTS)), {_FRAME: frame})


def _key(folder: Path, cols: int, rows: int, lang: str | None, projects: _Listed) -> tuple[Any, ...]:
    """Everything that a first screen depends on: the program, the terminal, the files, and where one was."""
    data = folder.parent.parent
    files = [config_folder() / "settings.toml", data / "review.toml"]
    folders = [data / _FORMS, data / _LIBRARY, config_folder() / _FORMS]
    return (
        program_stamp(*PROGRAM),
        (cols, rows, lang, os.fspath(folder.absolute())),
        tuple(os.environ.get(name) for name in _ENVIRONMENT),
        tuple(look(os.fspath(path)) for path in files),
        tuple(map(_listed, folders)),
        (_listed(folder), projects, _listed(_journals(folder))),
    )


def _only_document(data: Path) -> Path | None:
    """The folder of the one document of a data folder."""
    found = [
        os.path.join(year, unit.name)
        for year in _folders(os.fspath(data))
        for unit in os.scandir(year)
        if unit.is_dir() and os.path.isdir(os.path.join(year, unit.name, _PROJECTS))
    ]
    return Path(found[0]) if len(found) == 1 else None


def _folders(data: str) -> list[str]:
    try:
        with os.scandir(data) as entries:
            return [entry.path for entry in entries if entry.is_dir() and entry.name.isdecimal()]
    except OSError:
        return []


def _journals(folder: Path) -> Path:
    try:
        return own_folder(folder, "journals")
    except FileError:
        return folder / "journals"


def _listed(folder: Path) -> _Listed:
    """The names in a folder with sizes, times and inodes; locks come and go without meaning anything."""
    try:
        top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return ()
    try:
        names = sorted(name for name in os.listdir(top) if not name.endswith("-lock"))
        return tuple((name, look(name, top)) for name in names)
    except OSError:
        return ()
    finally:
        os.close(top)
