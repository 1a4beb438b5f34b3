"""The person's settings file: where it is, and the one setting that a command changes in it."""

import re
from pathlib import Path

from perftui.files.errors import Missing
from perftui.files.reading import read_file
from perftui.files.removing import create_folder
from perftui.files.writing import write_file
from perftui.files.xdg_dirs import config_folder

SETTINGS_FILE = "settings.toml"
_MOUSE = re.compile(r"^mouse[ \t]*=[^\n]*", re.M)


def settings_path() -> Path:
    """Where the settings are looked for."""
    return config_folder() / SETTINGS_FILE


def remember_mouse(*, on: bool) -> None:
    """Write down whether the mouse is wanted; everything else in the file stays as it is. Raises a FileError."""
    path = settings_path()
    create_folder(path.parent, 0o700)
    try:
        read = read_file(path)
        text, base = read.data.decode("utf-8", "surrogateescape"), read.digest
    except Missing:
        text, base = "", None
    line, head = f"mouse = {str(on).lower()}", text.partition("\n[")[0]
    found = _MOUSE.search(head)
    text = f"{text[: found.start()]}{line}{text[found.end() :]}" if found else f"{line}\n{text}"
    write_file(path, text.encode("utf-8", "surrogateescape"), base)
